/**
 * What the coordinator of a consumer group hands to its assignor.
 *
 * Source: Apache Kafka `ConsumerGroupPartitionAssignor`, `GroupSpec`; KIP-848.
 */
import type { PartitionIndex } from '../../assignors/assignor.ts';

export interface ServerTopic {
  readonly name: string;
  /** Element i stands for partition i. */
  readonly partitions: readonly PartitionIndex[];
}

export interface ServerMember {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  /** Names; one without a `ServerTopic` is a topic that does not exist. */
  readonly subscribedTopics: readonly string[];
  /** Its share of the target assignment so far. */
  readonly target: readonly PartitionIndex[];
}

/**
 * Topics and members in the order in which the assignor goes over them. Kafka goes over hash maps, so any order is a
 * possible run; it decides ties.
 */
export interface ServerAssignorInput {
  readonly topics: readonly ServerTopic[];
  readonly members: readonly ServerMember[];
}

/** Member id to its partitions. */
export type TargetAssignment = Map<string, PartitionIndex[]>;

export interface ServerAssignor {
  /** As in `group.consumer.assignors` and `group.remote.assignor`. */
  readonly name: string;
  assign(input: ServerAssignorInput): TargetAssignment;
}

/** Whether all members subscribe to the same topics. */
export function isHomogeneous(members: readonly ServerMember[]): boolean {
  const [first] = members;
  if (first === undefined) return true;
  const topics = new Set(first.subscribedTopics);
  return members.every(
    ({ subscribedTopics }) =>
      subscribedTopics.length === topics.size && subscribedTopics.every((topic) => topics.has(topic)),
  );
}
