/**
 * What both sticky algorithms start from: partitions and members as small integers, and the claims of ownership
 * cleared of contradictions.
 *
 *   partition p   index into all assignable partitions, sorted by topic name, then partition number
 *   member m      index into the leader's iteration order
 *
 * Source: Apache Kafka `AbstractStickyAssignor` (KIP-54, KIP-429, KIP-792 for generations, KIP-881 for racks).
 */
import {
  type AssignorInput,
  type AssignorMember,
  type AssignorTopic,
  assignableTopics,
  compareText,
  isRackAware,
  type PartitionIndex,
  rackOf,
  replicaRacksOf,
} from './assignor.ts';

export interface StickyInput {
  readonly members: readonly AssignorMember[];
  readonly topics: readonly AssignorTopic[];
  /** The caller's number for each partition. */
  readonly indexes: readonly PartitionIndex[];
  /** Index into `topics` of each partition. */
  readonly topicOf: readonly number[];
  /** Partition number within its topic. */
  readonly numberOf: readonly number[];
  /** Topic indexes that each member subscribes to, of those that exist. */
  readonly subscriptions: readonly ReadonlySet<number>[];
  readonly isUniform: boolean;
  /** All that a member claims, of the partitions that exist; contradictions included. */
  readonly claimed: readonly (readonly number[])[];
  /** What is left of the claims: of two members the later generation wins, of two in one generation neither. */
  readonly owned: readonly number[][];
  readonly claimedTwice: ReadonlySet<number>;
  readonly maxGeneration: number;
  readonly racks: StickyRacks;
}

export interface StickyRacks {
  readonly isUsed: boolean;
  /** The member has a rack and no replica of the partition is in it; never when racks are not used. */
  mismatch(member: number, partition: number): boolean;
  /** The member has a rack and a replica is in it; never when racks are not used. */
  match(member: number, partition: number): boolean;
  /** Partitions that fewer members could read in their own rack come first. */
  sortByReaders(partitions: readonly number[]): number[];
}

export function prepareStickyInput(input: AssignorInput): StickyInput {
  const topics = assignableTopics(input);
  const indexes = topics.flatMap((topic) => topic.partitions);
  const topicOf = topics.flatMap((topic, topicIndex) => topic.partitions.map(() => topicIndex));
  const numberOf = topics.flatMap((topic) => topic.partitions.map((_, number) => number));
  const rankOf = new Map(indexes.map((index, rank) => [index, rank]));
  const claimed = input.members.map((member) =>
    member.ownedPartitions.map((index) => rankOf.get(index)).filter((rank) => rank !== undefined),
  );
  const topicIndexes = new Map(topics.map((topic, index) => [topic.topicId, index]));
  return {
    members: input.members,
    topics,
    indexes,
    topicOf,
    numberOf,
    subscriptions: input.members.map(
      (member) => new Set(member.topics.map((id) => topicIndexes.get(id)).filter((index) => index !== undefined)),
    ),
    isUniform: subscribeToTheSame(input.members),
    claimed,
    ...settleClaims(input.members, claimed),
    maxGeneration: input.members.reduce((max, member) => Math.max(max, member.generation), -1),
    racks: stickyRacks(input.members, topics),
  };
}

function subscribeToTheSame(members: readonly AssignorMember[]): boolean {
  const first = new Set(members[0]?.topics ?? []);
  return members.every((member) => {
    const topics = new Set(member.topics);
    return topics.size === first.size && [...topics].every((topicId) => first.has(topicId));
  });
}

function settleClaims(members: readonly AssignorMember[], claimed: readonly (readonly number[])[]) {
  const owned = members.map((): number[] => []);
  const claimedTwice = new Set<number>();
  const lastClaimant = new Map<number, number>();
  claimed.forEach((partitions, member) => {
    for (const partition of partitions) {
      const other = lastClaimant.get(partition);
      const lead = other === undefined ? 1 : generationOf(members, member) - generationOf(members, other);
      if (lead < 0) continue;
      if (other !== undefined) drop(owned[other], partition);
      if (lead > 0) owned[member]?.push(partition);
      else claimedTwice.add(partition);
      lastClaimant.set(partition, member);
    }
  });
  return { owned, claimedTwice };
}

const generationOf = (members: readonly AssignorMember[], member: number): number => members[member]?.generation ?? -1;

export function drop(list: number[] | undefined, value: number): void {
  const at = list?.indexOf(value) ?? -1;
  if (at >= 0) list?.splice(at, 1);
}

function stickyRacks(members: readonly AssignorMember[], topics: readonly AssignorTopic[]): StickyRacks {
  const memberRacks = members.map(rackOf);
  const present = new Set(memberRacks.filter((rack) => rack !== null));
  if (present.size === 0) return noRacks;
  const racksOfPartitions = topics.flatMap((topic) =>
    topic.partitions.map((_, number) => replicaRacksOf(topic, number)),
  );
  const isUsed = isRackAware(present, racksOfPartitions);
  const match = (member: number, partition: number): boolean => {
    const rack = memberRacks[member] ?? null;
    return isUsed && rack !== null && (racksOfPartitions[partition]?.has(rack) ?? false);
  };
  const readers = racksOfPartitions.map(
    (racks) => memberRacks.filter((rack) => rack !== null && racks.has(rack)).length,
  );
  return {
    isUsed,
    match,
    mismatch: (member, partition) => isUsed && (memberRacks[member] ?? null) !== null && !match(member, partition),
    sortByReaders: (partitions) => [...partitions].sort((a, b) => (readers[a] ?? 0) - (readers[b] ?? 0)),
  };
}

const noRacks: StickyRacks = {
  isUsed: false,
  mismatch: () => false,
  match: () => false,
  sortByReaders: (partitions) => [...partitions],
};

export const compareMemberIds =
  (input: StickyInput) =>
  (left: number, right: number): number =>
    compareText(input.members[left]?.memberId ?? '', input.members[right]?.memberId ?? '');
