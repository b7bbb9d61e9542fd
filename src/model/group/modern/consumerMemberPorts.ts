/** What a member of a consumer-protocol group needs from its consumer and from the network. */
import type { KafkaError } from '../../../kafka/errors.ts';
import type { PartitionIndex } from '../assignors/assignor.ts';
import type { GroupTimers } from '../groupPorts.ts';
import type { Outcome } from '../memberPorts.ts';
import type { ConsumerMemberState } from './consumerMemberMachine.ts';
import type { ConsumerHeartbeatRequest, ConsumerHeartbeatResponse } from './consumerProtocol.ts';

/** Every callback comes exactly once, later or at once; the response is null when the outcome is not an answer. */
export interface ConsumerCoordinatorClient {
  findCoordinator(done: (outcome: Outcome) => void): void;
  consumerHeartbeat(
    request: ConsumerHeartbeatRequest,
    done: (outcome: Outcome, response: ConsumerHeartbeatResponse | null) => void,
  ): void;
}

/** The consumer around the member. */
export interface ConsumerMemberHost {
  subscribedTopics(): readonly string[];
  /** Nothing of them is fetched or returned from now on; their positions can still be committed. */
  onRevocationPending(partitions: readonly PartitionIndex[]): void;
  /** Commits the positions of what it owns, where auto commit is on; `done` comes once, whatever became of it. */
  commitOwned(done: () => void): void;
  onPartitionsRevoked(partitions: readonly PartitionIndex[]): void;
  /** Taken away without a chance to commit. */
  onPartitionsLost(partitions: readonly PartitionIndex[]): void;
  /** Only the partitions that it did not have before. */
  onPartitionsAssigned(partitions: readonly PartitionIndex[]): void;
  onState(from: ConsumerMemberState, to: ConsumerMemberState, reason: string): void;
  /** poll() would throw: the member is out of the group for good. */
  onFatal(error: KafkaError): void;
}

/** The consumer's configs that concern membership, in microseconds. Session and heartbeats are the coordinator's. */
export interface ConsumerMemberConfig {
  readonly client: number;
  readonly clientId: string;
  readonly groupInstanceId: string | null;
  readonly rack: string | null;
  /** `group.remote.assignor`; null when it is not set. */
  readonly serverAssignor: string | null;
  /** `max.poll.interval.ms`, which is also the rebalance timeout. */
  readonly maxPollIntervalUs: number;
  readonly retryBackoffUs: number;
  readonly retryBackoffMaxUs: number;
}

export interface ConsumerMemberPorts {
  readonly timers: GroupTimers;
  readonly coordinator: ConsumerCoordinatorClient;
  readonly host: ConsumerMemberHost;
  /** Uniform in [0, 1), for the jitter of backoffs. */
  nextUniform(): number;
}
