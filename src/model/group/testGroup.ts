import type { KafkaError } from '../../kafka/errors.ts';
import { ClassicGroup } from './classicGroup.ts';
import type { ClassicGroupState } from './classicGroupMachine.ts';
import type { JoinGroupRequest } from './classicProtocol.ts';
import { type ConsumerAssignment, type ConsumerSubscription, sameSubscription } from './consumerSubscription.ts';
import type { ClassicGroupConfig, GroupRecord, GroupTimers, MemberIdentity, RemovalReason } from './groupPorts.ts';
import type { TestTimers } from './testTimers.ts';

export const COORDINATOR_RANK = 0;
export const CLIENT_RANK = 1;
export const seconds = (count: number): number => count * 1_000_000;

export interface StateChange {
  atUs: number;
  from: ClassicGroupState;
  to: ClassicGroupState;
  reason: string;
}

/** The simplest consumer there is, with `orders` as topic 0. */
export function joinRequest(
  client: number,
  changes: Partial<JoinGroupRequest<ConsumerSubscription>> = {},
): JoinGroupRequest<ConsumerSubscription> {
  const metadata = { topics: [0], ownedPartitions: [], generation: -1, rack: null };
  return {
    client,
    clientId: `consumer-${client}`,
    memberId: '',
    groupInstanceId: null,
    sessionTimeoutUs: seconds(45),
    rebalanceTimeoutUs: seconds(300),
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata }],
    ...changes,
  };
}

/** A group with its listener written down; records are stored at once unless `persist` says otherwise. */
export class TestGroup {
  readonly group: ClassicGroup<ConsumerSubscription, ConsumerAssignment>;
  readonly states: StateChange[] = [];
  readonly removals: { atUs: number; member: MemberIdentity; reason: RemovalReason }[] = [];
  readonly generations: { atUs: number; generation: number; clients: number[] }[] = [];
  readonly assignments: { atUs: number; generation: number; shares: Map<number, ConsumerAssignment | null> }[] = [];
  lastRecord: GroupRecord<ConsumerSubscription, ConsumerAssignment> | null = null;
  persist: (done: (error: KafkaError) => void) => void = (done) => done('NONE');

  constructor(
    timers: TestTimers,
    config: Partial<ClassicGroupConfig> = {},
    record: GroupRecord<ConsumerSubscription, ConsumerAssignment> | null = null,
    coordinatorTimers: GroupTimers = timers.ranked(COORDINATOR_RANK),
  ) {
    let suffix = 0;
    const full = {
      initialRebalanceDelayUs: seconds(3),
      maxSize: 2_147_483_647,
      minSessionTimeoutUs: seconds(6),
      maxSessionTimeoutUs: seconds(1800),
      ...config,
    };
    const ports = {
      timers: coordinatorTimers,
      nextMemberSuffix: () => `${suffix++}`,
      sameMetadata: sameSubscription,
      persist: (
        written: GroupRecord<ConsumerSubscription, ConsumerAssignment>,
        done: (error: KafkaError) => void,
      ): void => {
        this.lastRecord = written;
        this.persist(done);
      },
      listener: {
        onState: (from: ClassicGroupState, to: ClassicGroupState, reason: string) =>
          void this.states.push({ atUs: timers.nowUs, from, to, reason }),
        onRebalance: (generation: number, _reason: string, members: readonly MemberIdentity[]) =>
          void this.generations.push({ atUs: timers.nowUs, generation, clients: members.map(({ client }) => client) }),
        onMemberJoined: () => {},
        onMemberRemoved: (member: MemberIdentity, reason: RemovalReason) =>
          void this.removals.push({ atUs: timers.nowUs, member, reason }),
        onAssignment: (
          generation: number,
          members: readonly (MemberIdentity & { readonly assignment: ConsumerAssignment | null })[],
        ) =>
          void this.assignments.push({
            atUs: timers.nowUs,
            generation,
            shares: new Map(members.map(({ client, assignment }) => [client, assignment])),
          }),
      },
    };
    this.group = record === null ? new ClassicGroup(full, ports) : ClassicGroup.load(full, ports, record);
  }
}
