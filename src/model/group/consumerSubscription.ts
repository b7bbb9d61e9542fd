/**
 * What a consumer says in its JoinGroup under each assignor, and what its leader makes of everybody's.
 *
 * Source: Apache Kafka `ConsumerProtocol` (subscription 3), `ConsumerCoordinator.onLeaderElected`.
 */
import type { Assignor, AssignorTopic, PartitionIndex } from './assignors/assignor.ts';
import type { JoinedMember } from './classicProtocol.ts';

export interface ConsumerSubscription {
  /** Topic ids, in the order of the subscription. */
  readonly topics: readonly number[];
  readonly ownedPartitions: readonly PartitionIndex[];
  /** Generation in which it got them; -1 for none. */
  readonly generation: number;
  /** `client.rack`. */
  readonly rack: string | null;
}

/** A consumer's share: the value of the `A` of the group protocol. */
export type ConsumerAssignment = readonly PartitionIndex[];

export function sameSubscription(left: ConsumerSubscription, right: ConsumerSubscription): boolean {
  return (
    left.generation === right.generation &&
    left.rack === right.rack &&
    sameNumbers(left.topics, right.topics) &&
    sameNumbers(left.ownedPartitions, right.ownedPartitions)
  );
}

export function sameNumbers(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((value, index) => value === right[index]);
}

/** @param topics  all that the leader's metadata shows of the subscribed topics */
export function assignAsLeader(
  assignor: Assignor,
  members: readonly JoinedMember<ConsumerSubscription>[],
  topics: readonly AssignorTopic[],
): Map<string, ConsumerAssignment> {
  return assignor.assign({
    topics,
    members: members.map(({ memberId, groupInstanceId, metadata }) => ({ memberId, groupInstanceId, ...metadata })),
  });
}
