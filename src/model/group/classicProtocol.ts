/**
 * The four requests of the classic group protocol. `M` is what a member says of itself under one protocol (for a
 * consumer its subscription), `A` what the leader gives it.
 *
 * Source: Apache Kafka `JoinGroupRequest` 9, `SyncGroupRequest` 5, `HeartbeatRequest` 4, `LeaveGroupRequest` 5.
 */
import type { KafkaError } from '../../kafka/errors.ts';

export const UNKNOWN_MEMBER_ID = '';
export const NO_GENERATION = -1;

export interface GroupProtocol<M> {
  readonly name: string;
  readonly metadata: M;
}

export interface JoinGroupRequest<M> {
  /** Dense index of the client process. */
  readonly client: number;
  readonly clientId: string;
  /** UNKNOWN_MEMBER_ID the first time. */
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly sessionTimeoutUs: number;
  readonly rebalanceTimeoutUs: number;
  readonly protocolType: string;
  /** In the member's order of preference. */
  readonly protocols: readonly GroupProtocol<M>[];
}

export interface JoinedMember<M> {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly metadata: M;
}

export interface JoinGroupResponse<M> {
  readonly error: KafkaError;
  readonly memberId: string;
  readonly generation: number;
  readonly protocolName: string | null;
  readonly leaderId: string;
  /** The leader need not compute an assignment: it came back as a static member and nothing changed. */
  readonly skipAssignment: boolean;
  /** For the leader only. */
  readonly members: readonly JoinedMember<M>[];
}

export interface SyncGroupRequest<A> {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly generation: number;
  readonly protocolName: string | null;
  /** From the leader; empty from everybody else. */
  readonly assignments: ReadonlyMap<string, A>;
}

export interface SyncGroupResponse<A> {
  readonly error: KafkaError;
  /** null with an error, and for a member that the leader gave nothing. */
  readonly assignment: A | null;
}

export interface HeartbeatRequest {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly generation: number;
}

export interface LeaveGroupRequest {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
}

export type JoinReply<M> = (response: JoinGroupResponse<M>) => void;
export type SyncReply<A> = (response: SyncGroupResponse<A>) => void;
