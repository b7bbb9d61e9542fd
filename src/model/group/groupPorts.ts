/** What a group coordinator and a group member need from the world around them. */
import type { KafkaError } from '../../kafka/errors.ts';
import type { ClassicGroupState } from './classicGroupMachine.ts';
import type { GroupProtocol } from './classicProtocol.ts';

export interface GroupTimers<Handle = unknown> {
  nowUs(): number;
  schedule(atUs: number, run: () => void): Handle;
  cancel(handle: Handle): void;
}

export type RemovalReason = 'LeaveGroup' | 'session.expired' | 'rebalance.timeout' | 'pending sync' | 'fenced';

/** Who a member is, for whoever watches the group. */
export interface MemberIdentity {
  readonly client: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
}

export interface GroupListener<A> {
  onState(from: ClassicGroupState, to: ClassicGroupState, reason: string): void;
  /** A new generation: the joins are answered. */
  onRebalance(generation: number, reason: string, members: readonly MemberIdentity[]): void;
  onMemberJoined(member: MemberIdentity): void;
  onMemberRemoved(member: MemberIdentity, reason: RemovalReason): void;
  /** The leader's assignment is stored; by member id, and by client for those who draw it. */
  onAssignment(generation: number, members: readonly (MemberIdentity & { readonly assignment: A | null })[]): void;
}

/** The value of a group's record in `__consumer_offsets`: what the next coordinator will know of it. */
export interface GroupRecord<M, A> {
  readonly generation: number;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  readonly leaderId: string | null;
  readonly members: readonly {
    readonly client: number;
    readonly clientId: string;
    readonly memberId: string;
    readonly groupInstanceId: string | null;
    readonly sessionTimeoutUs: number;
    readonly rebalanceTimeoutUs: number;
    readonly protocol: GroupProtocol<M>;
    readonly assignment: A | null;
  }[];
}

/** `group.initial.rebalance.delay.ms` and its neighbours, of the broker. */
export interface ClassicGroupConfig {
  readonly initialRebalanceDelayUs: number;
  readonly maxSize: number;
  readonly minSessionTimeoutUs: number;
  readonly maxSessionTimeoutUs: number;
}

export interface ClassicGroupPorts<M, A> {
  readonly timers: GroupTimers;
  readonly listener: GroupListener<A>;
  /** The random part of a member id; Kafka takes a UUID. */
  nextMemberSuffix(): string;
  /** Two subscriptions that are the same to the last byte. */
  sameMetadata(left: M, right: M): boolean;
  /** Writes the group's record with acks=all; `done` comes once, with 'NONE' or the error of the append. */
  persist(record: GroupRecord<M, A>, done: (error: KafkaError) => void): void;
}
