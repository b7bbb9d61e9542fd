/**
 * What the leader of a classic group hands to a client-side assignor, and what it gets back.
 *
 * Source: Apache Kafka `ConsumerPartitionAssignor`, `AbstractPartitionAssignor`; KIP-54, KIP-429, KIP-881 (racks).
 */

/** A topic partition under whatever number its owner knows it by; assignors only compare these for equality. */
export type PartitionIndex = number;

/** A topic as the leader's metadata shows it. */
export interface AssignorTopic {
  readonly topicId: number;
  readonly name: string;
  /** Element i stands for partition i; its length is the partition count. */
  readonly partitions: readonly PartitionIndex[];
  /** Racks of the replicas of partition i; left out where brokers have no `broker.rack`. */
  readonly replicaRacks?: readonly (readonly string[])[];
}

/** One member's subscription as it travelled in its JoinGroup. */
export interface AssignorMember {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  /** Topic ids; an id without an `AssignorTopic` is a topic that does not exist. */
  readonly topics: readonly number[];
  /** What the member says it owns; only the sticky assignors look at it. */
  readonly ownedPartitions: readonly PartitionIndex[];
  /** Generation of that ownership; -1 when unknown. */
  readonly generation: number;
  /** `client.rack`, or null. */
  readonly rack: string | null;
}

export interface AssignorInput {
  readonly topics: readonly AssignorTopic[];
  /**
   * In the order in which the leader sees them. Kafka iterates a hash map here, so any order is a possible run; it
   * decides only ties between members that own too many partitions.
   */
  readonly members: readonly AssignorMember[];
}

/** Member id to its partitions, in the order in which they were given; every member has an entry. */
export type Assignment = Map<string, PartitionIndex[]>;

export interface Assignor {
  /** The protocol name in JoinGroup, e.g. `range`. */
  readonly name: string;
  /** Cooperative assignors let members keep their partitions while a rebalance runs. */
  readonly rebalanceProtocol: 'EAGER' | 'COOPERATIVE';
  assign(input: AssignorInput): Assignment;
}

export const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** Static members first, by `group.instance.id`; dynamic members after them, by member id. */
export function compareMembers(left: AssignorMember, right: AssignorMember): number {
  if (left.groupInstanceId !== null && right.groupInstanceId !== null) {
    return compareText(left.groupInstanceId, right.groupInstanceId);
  }
  if (left.groupInstanceId !== null) return -1;
  if (right.groupInstanceId !== null) return 1;
  return compareText(left.memberId, right.memberId);
}

/** The topics that exist and that somebody subscribes to, by name. */
export function assignableTopics(input: AssignorInput): AssignorTopic[] {
  const subscribed = new Set<number>();
  for (const member of input.members) for (const topicId of member.topics) subscribed.add(topicId);
  return input.topics
    .filter((topic) => topic.partitions.length > 0 && subscribed.has(topic.topicId))
    .sort((left, right) => compareText(left.name, right.name));
}

/**
 * Racks matter only when a member has one, some replica is in such a rack, and not every partition has a replica in
 * all the racks (KIP-881).
 *
 * @param racksOfPartitions  one set for each partition concerned
 */
export function isRackAware(
  memberRacks: ReadonlySet<string>,
  racksOfPartitions: readonly ReadonlySet<string>[],
): boolean {
  const allRacks = new Set<string>();
  for (const racks of racksOfPartitions) for (const rack of racks) allRacks.add(rack);
  if (![...memberRacks].some((rack) => allRacks.has(rack))) return false;
  return racksOfPartitions.some((racks) => racks.size !== allRacks.size);
}

export const rackOf = (member: AssignorMember): string | null => (member.rack === '' ? null : member.rack);

export const replicaRacksOf = (topic: AssignorTopic, partition: number): ReadonlySet<string> =>
  new Set(topic.replicaRacks?.[partition] ?? []);
