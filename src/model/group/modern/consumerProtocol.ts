/**
 * The one request of the consumer group protocol: a heartbeat that joins, acknowledges, stays and leaves.
 *
 * Source: Apache Kafka `ConsumerGroupHeartbeatRequest` 1; KIP-848, KIP-1082 (the member makes its own id).
 */
import type { KafkaError } from '../../../kafka/errors.ts';
import type { PartitionIndex } from '../assignors/assignor.ts';

/** Member epochs that stand for something else than an epoch. */
export const JOIN_EPOCH = 0;
export const LEAVE_EPOCH = -1;
/** A static member leaves and will be back. */
export const STATIC_LEAVE_EPOCH = -2;

export interface ConsumerHeartbeatRequest {
  /** Dense index of the client process. */
  readonly client: number;
  readonly clientId: string;
  readonly memberId: string;
  /** The epoch that the member has reached, or one of the three above. */
  readonly memberEpoch: number;
  readonly groupInstanceId: string | null;
  readonly rack: string | null;
  // What follows is null where it has not changed since the last heartbeat that was answered.
  /** `max.poll.interval.ms`: how long the member may take to give up partitions. */
  readonly rebalanceTimeoutUs: number | null;
  readonly subscribedTopics: readonly string[] | null;
  /** `group.remote.assignor`; null leaves the choice to the coordinator. */
  readonly serverAssignor: string | null;
  readonly ownedPartitions: readonly PartitionIndex[] | null;
}

export interface ConsumerHeartbeatResponse {
  readonly error: KafkaError;
  readonly memberEpoch: number;
  readonly heartbeatIntervalUs: number;
  /** All that the member may own now; null when nothing changed for it. */
  readonly assignment: readonly PartitionIndex[] | null;
}

export type ConsumerHeartbeatReply = (response: ConsumerHeartbeatResponse) => void;

export function refusedHeartbeat(error: KafkaError): ConsumerHeartbeatResponse {
  return { error, memberEpoch: 0, heartbeatIntervalUs: 0, assignment: null };
}
