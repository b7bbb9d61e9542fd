/**
 * All that `__consumer_offsets` holds of a consumer-protocol group: its epochs, its members, and what each is to own.
 * An image is never changed; every heartbeat that changes something makes the next one.
 *
 * Source: Apache Kafka `ConsumerGroup`, `ConsumerGroupMember`; KIP-848.
 */
import { compareText, type PartitionIndex } from '../assignors/assignor.ts';
import type { ConsumerGroupState } from './consumerGroupMachine.ts';
import type { CurrentAssignment } from './reconcileMember.ts';

export interface ConsumerGroupMember extends CurrentAssignment {
  readonly client: number;
  readonly clientId: string;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly rack: string | null;
  readonly rebalanceTimeoutUs: number;
  readonly subscribedTopics: readonly string[];
  readonly serverAssignor: string | null;
}

export interface ConsumerGroupImage {
  /** Rises with every change of members, subscriptions, or partitions of subscribed topics. */
  readonly groupEpoch: number;
  /** The group epoch that the target assignment was computed for. */
  readonly assignmentEpoch: number;
  /** By member id, in the order of the ids. */
  readonly members: ReadonlyMap<string, ConsumerGroupMember>;
  readonly target: ReadonlyMap<string, readonly PartitionIndex[]>;
  /** How many partitions each subscribed topic had when the group epoch rose last. */
  readonly partitionCounts: ReadonlyMap<string, number>;
}

export const EMPTY_IMAGE: ConsumerGroupImage = {
  groupEpoch: 0,
  assignmentEpoch: 0,
  members: new Map(),
  target: new Map(),
  partitionCounts: new Map(),
};

/** A member that has joined and has nothing yet. */
export function newConsumerMember(
  identity: Pick<ConsumerGroupMember, 'client' | 'clientId' | 'memberId' | 'groupInstanceId' | 'rack'>,
): ConsumerGroupMember {
  return {
    ...identity,
    rebalanceTimeoutUs: 0,
    subscribedTopics: [],
    serverAssignor: null,
    state: 'STABLE',
    memberEpoch: 0,
    previousMemberEpoch: -1,
    assigned: [],
    pendingRevocation: [],
  };
}

export function withMember(image: ConsumerGroupImage, member: ConsumerGroupMember): ConsumerGroupImage {
  const members = new Map(image.members);
  const isNew = !members.has(member.memberId);
  members.set(member.memberId, member);
  return { ...image, members: isNew ? inOrder(members) : members };
}

export function withoutMember(image: ConsumerGroupImage, memberId: string): ConsumerGroupImage {
  const members = new Map(image.members);
  const target = new Map(image.target);
  members.delete(memberId);
  target.delete(memberId);
  return { ...image, members, target };
}

export function withBumpedEpoch(image: ConsumerGroupImage): ConsumerGroupImage {
  return { ...image, groupEpoch: image.groupEpoch + 1 };
}

export function subscribedTopics(image: ConsumerGroupImage): string[] {
  const topics = new Set<string>();
  for (const member of image.members.values()) for (const topic of member.subscribedTopics) topics.add(topic);
  return [...topics].sort(compareText);
}

/** What follows from the epochs and the members; see `maybeUpdateGroupState`. */
export function stateOf(image: ConsumerGroupImage): Exclude<ConsumerGroupState, 'Dead'> {
  if (image.members.size === 0) return 'Empty';
  if (image.groupEpoch > image.assignmentEpoch) return 'Assigning';
  for (const { state, memberEpoch } of image.members.values()) {
    if (state !== 'STABLE' || memberEpoch !== image.assignmentEpoch) return 'Reconciling';
  }
  return 'Stable';
}

/** The assignor that most members ask for; null when nobody asks. */
export function preferredAssignor(image: ConsumerGroupImage): string | null {
  const votes = new Map<string, number>();
  for (const { serverAssignor } of image.members.values()) {
    if (serverAssignor !== null) votes.set(serverAssignor, (votes.get(serverAssignor) ?? 0) + 1);
  }
  let winner: string | null = null;
  for (const [name, count] of votes) if (winner === null || count > votes.get(winner)!) winner = name;
  return winner;
}

function inOrder(members: ReadonlyMap<string, ConsumerGroupMember>): Map<string, ConsumerGroupMember> {
  return new Map([...members].sort(([left], [right]) => compareText(left, right)));
}
