/** What a classic group member needs from its consumer and from the network. */
import type { KafkaError } from '../../kafka/errors.ts';
import type { AssignorTopic, PartitionIndex } from './assignors/assignor.ts';
import type { ClassicMemberState } from './classicMemberMachine.ts';
import type {
  HeartbeatRequest,
  JoinGroupRequest,
  JoinGroupResponse,
  LeaveGroupRequest,
  SyncGroupRequest,
  SyncGroupResponse,
} from './classicProtocol.ts';
import type { ConsumerAssignment, ConsumerSubscription } from './consumerSubscription.ts';
import type { GroupTimers } from './groupPorts.ts';

/** How a request ended: Kafka's answer, or no answer at all. */
export type Outcome = KafkaError | 'DISCONNECTED' | 'TIMED_OUT';

/**
 * Sends a request to the coordinator that `findCoordinator` found last. Every callback comes exactly once, later or at
 * once; the response is null when the outcome is not an answer.
 */
export interface CoordinatorClient {
  findCoordinator(done: (outcome: Outcome) => void): void;
  /** Parked by the coordinator while the group prepares: its timeout is longer than `request.timeout.ms`. */
  join(
    request: JoinGroupRequest<ConsumerSubscription>,
    timeoutUs: number,
    done: (outcome: Outcome, response: JoinGroupResponse<ConsumerSubscription> | null) => void,
  ): void;
  sync(
    request: SyncGroupRequest<ConsumerAssignment>,
    done: (outcome: Outcome, response: SyncGroupResponse<ConsumerAssignment> | null) => void,
  ): void;
  heartbeat(request: HeartbeatRequest, done: (outcome: Outcome) => void): void;
  leave(request: LeaveGroupRequest, done: (outcome: Outcome) => void): void;
}

/** The consumer around the member. */
export interface MemberHost {
  /** Ids of the subscribed topics, and what the client's metadata shows of any topic ids. */
  subscription(): readonly number[];
  topics(topicIds: readonly number[]): readonly AssignorTopic[];
  /** Commits the positions of what it owns, where auto commit is on; `done` comes once, whatever became of it. */
  commitOwned(done: () => void): void;
  onPartitionsRevoked(partitions: readonly PartitionIndex[]): void;
  /** Taken away without a chance to commit. */
  onPartitionsLost(partitions: readonly PartitionIndex[]): void;
  /** Only the partitions that it did not have before. */
  onPartitionsAssigned(partitions: readonly PartitionIndex[]): void;
  onState(from: ClassicMemberState, to: ClassicMemberState, reason: string): void;
  /** poll() would throw: the member is out of the group for good. */
  onFatal(error: KafkaError): void;
}

/** The consumer's configs that concern membership, in microseconds. */
export interface MemberConfig {
  readonly client: number;
  readonly clientId: string;
  readonly groupInstanceId: string | null;
  readonly rack: string | null;
  readonly sessionTimeoutUs: number;
  readonly heartbeatIntervalUs: number;
  /** `max.poll.interval.ms`, which is also the rebalance timeout. */
  readonly maxPollIntervalUs: number;
  readonly requestTimeoutUs: number;
  readonly retryBackoffUs: number;
  readonly retryBackoffMaxUs: number;
}

export interface MemberPorts {
  readonly timers: GroupTimers;
  readonly coordinator: CoordinatorClient;
  readonly host: MemberHost;
  /** Uniform in [0, 1), for the jitter of backoffs. */
  nextUniform(): number;
}

/** A membership as the consumer around it uses it, whichever the protocol. */
export interface GroupMembership {
  readonly memberId: string;
  /** Generation or member epoch; -1 outside a group. */
  readonly generation: number;
  /** Why a commit would not even be sent now; null when it may be. */
  readonly commitRefusal: KafkaError | null;
  /** Eager members give up everything before they join again. */
  readonly rebalanceProtocol: 'EAGER' | 'COOPERATIVE';
  /**
   * The application is inside poll() from now on.
   *
   * @returns whether a rebalance is under way for this member
   */
  poll(): boolean;
  /** The application has left poll(); it must come back within `max.poll.interval.ms`. */
  returnFromPoll(): void;
  /** The connection broke, or an OffsetCommit said so. */
  coordinatorLost(): void;
  /** The client's metadata of subscribed topics changed. */
  metadataChanged(): void;
  /** The answer to an OffsetCommit, as far as it says something about membership. */
  commitAnswered(error: KafkaError): void;
  /** Commits, gives up its partitions, and leaves. */
  close(done: () => void): void;
  /** The process is gone: nothing is sent, nobody is told. */
  crash(): void;
}
