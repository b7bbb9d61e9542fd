/** What the coordinator of a consumer-protocol group needs from the world around it. */
import type { KafkaError } from '../../../kafka/errors.ts';
import type { PartitionIndex } from '../assignors/assignor.ts';
import type { GroupTimers, MemberIdentity, RemovalReason } from '../groupPorts.ts';
import type { ServerAssignor } from './assignors/serverAssignor.ts';
import type { ConsumerGroupImage } from './consumerGroupImage.ts';
import type { ConsumerGroupState } from './consumerGroupMachine.ts';

/** `group.consumer.*` of the broker, and what a group config overrides. */
export interface ConsumerGroupConfig {
  readonly sessionTimeoutUs: number;
  readonly heartbeatIntervalUs: number;
  readonly maxSize: number;
  /** The first is the default. */
  readonly assignors: readonly ServerAssignor[];
  /** `group.consumer.assignment.interval.ms`: no target sooner after the last one. 0 before 4.3. */
  readonly assignmentIntervalUs: number;
}

export interface ConsumerGroupListener {
  onState(from: ConsumerGroupState, to: ConsumerGroupState, reason: string): void;
  onMemberJoined(member: MemberIdentity): void;
  onMemberRemoved(member: MemberIdentity, reason: RemovalReason): void;
  /** A new target assignment, for this assignment epoch. */
  onTarget(
    epoch: number,
    members: readonly (MemberIdentity & { readonly assignment: readonly PartitionIndex[] })[],
  ): void;
}

export interface ConsumerGroupPorts {
  readonly timers: GroupTimers;
  readonly listener: ConsumerGroupListener;
  /** The topic's partitions as this broker's metadata shows them; empty for a topic that it does not know. */
  partitionsOf(topic: string): readonly PartitionIndex[];
  /**
   * Appends the changed records to `__consumer_offsets` with acks=all; `done` comes once, with 'NONE' or an error.
   *
   * @param changes  how many records: for members, their targets, and the group's epochs
   * @returns whether they were appended; if not, nothing of it has happened
   */
  persist(image: ConsumerGroupImage, changes: number, done: (error: KafkaError) => void): boolean;
}
