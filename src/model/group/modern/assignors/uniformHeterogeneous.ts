/**
 * The uniform assignor where members subscribe to different topics: as even as subscriptions allow, then sticky.
 *
 * Members keep what they still subscribe to. Topics with the most partitions per subscriber come first: each partition
 * that nobody has goes to the subscriber with the least. Then topic after topic, partitions move from the subscriber with
 * the most to the one with the least until a whole round moves nothing, for at most 16 rounds.
 *
 * Source: Apache Kafka `UniformHeterogeneousAssignmentBuilder` (4.x).
 */
import { compareText, type PartitionIndex } from '../../assignors/assignor.ts';
import type { ServerAssignorInput, ServerTopic, TargetAssignment } from './serverAssignor.ts';

const MAX_ROUNDS = 16;

interface Share {
  /** In which order members of the same size are taken. */
  readonly rank: number;
  readonly topics: ReadonlySet<string>;
  readonly partitions: PartitionIndex[];
}

export function uniformHeterogeneous({ topics, members }: ServerAssignorInput): TargetAssignment {
  const shares: Share[] = members.map(({ subscribedTopics }, rank) => ({
    rank,
    topics: new Set(subscribedTopics),
    partitions: [],
  }));
  const assigned = new Set<PartitionIndex>();
  for (const { name, partitions } of topics) keep(name, new Set(partitions), members, shares, assigned);
  const sorted = subscribedTopics(topics, shares);
  for (const topic of sorted) {
    const level = byLoad(topic, shares);
    for (const partition of topic.partitions)
      if (!assigned.has(partition)) level[least(level)]!.partitions.push(partition);
  }
  balance(sorted, shares);
  return new Map(members.map(({ memberId }, index) => [memberId, shares[index]!.partitions]));
}

function keep(
  name: string,
  ofTopic: ReadonlySet<PartitionIndex>,
  members: ServerAssignorInput['members'],
  shares: readonly Share[],
  assigned: Set<PartitionIndex>,
): void {
  for (const [index, { target }] of members.entries()) {
    if (!shares[index]!.topics.has(name)) continue;
    for (const partition of target) {
      if (!ofTopic.has(partition)) continue;
      shares[index]!.partitions.push(partition);
      assigned.add(partition);
    }
  }
}

/** Most partitions per subscriber first, then fewest subscribers, then by name (Kafka: by topic id). */
function subscribedTopics(topics: readonly ServerTopic[], shares: readonly Share[]): ServerTopic[] {
  const subscribers = new Map(
    topics.map(({ name }) => [name, shares.filter((share) => share.topics.has(name)).length]),
  );
  const count = ({ name }: ServerTopic): number => subscribers.get(name)!;
  return topics
    .filter((topic) => count(topic) > 0)
    .sort(
      (left, right) =>
        right.partitions.length * count(left) - left.partitions.length * count(right) ||
        count(left) - count(right) ||
        compareText(left.name, right.name),
    );
}

function balance(topics: readonly ServerTopic[], shares: readonly Share[]): void {
  let lastMoved = -1;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    for (const [index, topic] of topics.entries()) {
      if (index === lastMoved) return;
      if (balanceTopic(topic, shares) || lastMoved < 0) lastMoved = index;
    }
  }
}

function balanceTopic(topic: ServerTopic, shares: readonly Share[]): boolean {
  const ofTopic = new Set(topic.partitions);
  const level = byLoad(topic, shares);
  let hasMoved = false;
  for (;;) {
    const to = level[least(level)]!;
    const from = mostWith(level, ofTopic);
    if (from === null || from.partitions.length - to.partitions.length <= 1) return hasMoved;
    const last = topic.partitions.findLast((partition) => from.partitions.includes(partition))!;
    from.partitions.splice(from.partitions.indexOf(last), 1);
    to.partitions.push(last);
    hasMoved = true;
  }
}

/** The topic's subscribers, smallest share first. */
function byLoad({ name }: ServerTopic, shares: readonly Share[]): Share[] {
  return shares
    .filter((share) => share.topics.has(name))
    .sort((left, right) => left.partitions.length - right.partitions.length || left.rank - right.rank);
}

function least(level: readonly Share[]): number {
  let found = 0;
  for (let i = 1; i < level.length; i++) if (level[i]!.partitions.length < level[found]!.partitions.length) found = i;
  return found;
}

/** The largest share that has something of the topic to give; among equals the last. */
function mostWith(level: readonly Share[], ofTopic: ReadonlySet<PartitionIndex>): Share | null {
  let found: Share | null = null;
  for (const share of level) {
    if (found !== null && share.partitions.length < found.partitions.length) continue;
    if (share.partitions.some((partition) => ofTopic.has(partition))) found = share;
  }
  return found;
}
