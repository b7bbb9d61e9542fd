/**
 * Each topic on its own: contiguous blocks of partitions to its sorted subscribers, the first ones one more when the
 * division leaves a rest. Small topics therefore pile up on the first members.
 *
 * With racks (KIP-881) a first pass gives, within the same quotas, only partitions that have a replica in the
 * member's rack; topics with the same subscribers and partition count are dealt together, so that equal partition
 * numbers stay with one member.
 *
 * Source: Apache Kafka `RangeAssignor`.
 */
import {
  type Assignment,
  type Assignor,
  type AssignorInput,
  type AssignorMember,
  type AssignorTopic,
  assignableTopics,
  compareMembers,
  isRackAware,
  type PartitionIndex,
  rackOf,
  replicaRacksOf,
} from './assignor.ts';

/** One topic while it is being dealt out. */
class TopicDeal {
  readonly topic: AssignorTopic;
  readonly subscribers: readonly AssignorMember[];
  readonly isRackAware: boolean;
  readonly racks: readonly ReadonlySet<string>[];
  readonly #quota: number;
  #extrasLeft: number;
  readonly #isTaken: boolean[];
  readonly #counts = new Map<string, number>();

  constructor(topic: AssignorTopic, sortedMembers: readonly AssignorMember[]) {
    this.topic = topic;
    this.subscribers = sortedMembers.filter((member) => member.topics.includes(topic.topicId));
    this.#quota = Math.floor(topic.partitions.length / this.subscribers.length);
    this.#extrasLeft = topic.partitions.length % this.subscribers.length;
    this.#isTaken = new Array<boolean>(topic.partitions.length).fill(false);
    this.racks = this.#isTaken.map((_, partition) => replicaRacksOf(topic, partition));
    const memberRacks = this.subscribers.map(rackOf).filter((rack) => rack !== null);
    this.isRackAware = isRackAware(new Set(memberRacks), this.racks);
  }

  /** How many more partitions of this topic the member may get. */
  room(member: AssignorMember): number {
    return Math.max(0, this.#quota + (this.#extrasLeft > 0 ? 1 : 0) - (this.#counts.get(member.memberId) ?? 0));
  }

  matchesRack(member: AssignorMember, partition: number): boolean {
    const rack = rackOf(member);
    return rack === null || (this.racks[partition]?.has(rack) ?? false);
  }

  /** Gives the first free partitions that qualify, as many as the member has room for. */
  giveRange(member: AssignorMember, assignment: Assignment, qualifies: (partition: number) => boolean): void {
    const chosen: number[] = [];
    const room = this.room(member);
    for (let partition = 0; partition < this.topic.partitions.length && chosen.length < room; partition++) {
      if (!this.#isTaken[partition] && qualifies(partition)) chosen.push(partition);
    }
    this.give(member, chosen, assignment);
  }

  give(member: AssignorMember, partitions: readonly number[], assignment: Assignment): void {
    if (partitions.length === 0) return;
    const count = (this.#counts.get(member.memberId) ?? 0) + partitions.length;
    this.#counts.set(member.memberId, count);
    if (count > this.#quota) this.#extrasLeft--;
    const given = assignment.get(member.memberId) as PartitionIndex[];
    for (const partition of partitions) {
      this.#isTaken[partition] = true;
      given.push(this.topic.partitions[partition] as PartitionIndex);
    }
  }
}

function assign(input: AssignorInput): Assignment {
  const assignment: Assignment = new Map(input.members.map((member) => [member.memberId, []]));
  const members = [...input.members].sort(compareMembers);
  const deals = assignableTopics(input).map((topic) => new TopicDeal(topic, members));
  const usesRacks = deals.some((deal) => deal.isRackAware);
  if (usesRacks) giveWithinRacks(deals, assignment);
  for (const deal of deals) {
    for (const member of deal.subscribers) deal.giveRange(member, assignment, () => true);
  }
  if (usesRacks) sortByTopicName(assignment, deals);
  return assignment;
}

function giveWithinRacks(deals: readonly TopicDeal[], assignment: Assignment): void {
  for (const group of coPartitioned(deals)) {
    const [only] = group;
    if (group.length > 1) {
      giveTogether(group, assignment);
    } else if (only?.isRackAware) {
      for (const member of only.subscribers) {
        only.giveRange(member, assignment, (partition) => only.matchesRack(member, partition));
      }
    }
  }
}

/** Topics with the same subscribers (in the same racks) and the same number of partitions. */
function coPartitioned(deals: readonly TopicDeal[]): TopicDeal[][] {
  const groups = new Map<string, TopicDeal[]>();
  for (const deal of deals) {
    const ids = deal.subscribers.map((member) => member.memberId);
    const hasRacks = deal.subscribers.some((member) => rackOf(member) !== null);
    const label = JSON.stringify([hasRacks ? deal.topic.partitions.length : 0, ids]);
    const group = groups.get(label);
    if (group === undefined) groups.set(label, [deal]);
    else group.push(deal);
  }
  return [...groups.values()];
}

/** Partition n of every topic of the group goes to the first member whose rack has a replica of each of them. */
function giveTogether(group: readonly TopicDeal[], assignment: Assignment): void {
  const first = group[0];
  if (first === undefined) return;
  const hasRacks = first.subscribers.some((member) => rackOf(member) !== null);
  if (!hasRacks) return;
  let candidates = [...first.subscribers];
  for (let partition = 0; partition < first.topic.partitions.length && candidates.length > 0; partition++) {
    const member = candidates.find((candidate) =>
      group.every((deal) => deal.matchesRack(candidate, partition) && deal.room(candidate) > 0),
    );
    if (member === undefined) continue;
    for (const deal of group) deal.give(member, [partition], assignment);
    if (!group.some((deal) => deal.room(member) > 0)) candidates = candidates.filter((other) => other !== member);
  }
}

function sortByTopicName(assignment: Assignment, deals: readonly TopicDeal[]): void {
  const rank = new Map<PartitionIndex, number>();
  for (const { topic } of deals) {
    for (const partition of topic.partitions) rank.set(partition, rank.size);
  }
  for (const list of assignment.values()) list.sort((left, right) => (rank.get(left) ?? 0) - (rank.get(right) ?? 0));
}

export const rangeAssignor: Assignor = { name: 'range', rebalanceProtocol: 'EAGER', assign };
