import type { Assignor, AssignorInput } from '../../model/group/assignors/assignor.ts';
import { cooperativeStickyAssignor } from '../../model/group/assignors/cooperativeSticky.ts';
import { rangeAssignor } from '../../model/group/assignors/range.ts';
import { roundRobinAssignor } from '../../model/group/assignors/roundRobin.ts';
import { stickyAssignor } from '../../model/group/assignors/sticky.ts';
import { difference, type VectorChecker } from '../checker.ts';

interface MemberCase {
  topics: string[];
  owned?: string[];
  generation?: number;
  rack?: string;
  groupInstanceId?: string;
}

interface AssignorCase {
  topics: Record<string, number>;
  replicaRacks?: Record<string, string[]>;
  members: Record<string, MemberCase>;
  memberIterationOrder: string[];
  expected: Record<string, string[]>;
}

export const assignorCheckers: readonly VectorChecker[] = [
  // Kafka listed the topics of a range assignment in the order of a hash map; within a member the set counts.
  assignorChecker('assignor-range', rangeAssignor, (partitions) => [...partitions].sort()),
  assignorChecker('assignor-roundrobin', roundRobinAssignor),
  assignorChecker('assignor-sticky', stickyAssignor),
  assignorChecker('assignor-cooperative-sticky', cooperativeStickyAssignor),
];

function assignorChecker(
  file: string,
  assignor: Assignor,
  comparable: (partitions: string[]) => string[] = (partitions) => partitions,
): VectorChecker {
  return {
    file,
    check(vector) {
      const { expected, ...c } = vector as unknown as AssignorCase;
      const names = new PartitionNames(c);
      const assignment = assignor.assign(assignorInput(c, names));
      const ours = [...assignment].map(([member, keys]) => [member, comparable(keys.map((key) => names.nameOf(key)))]);
      const kafkas = Object.entries(expected).map(([member, partitions]) => [member, comparable(partitions)]);
      return difference('assignment', Object.fromEntries(kafkas), Object.fromEntries(ours));
    },
  };
}

/** Gives topics and partitions numbers in the reverse order of their names, so that nobody can sort by number. */
class PartitionNames {
  readonly #topics: string[];

  constructor(c: Omit<AssignorCase, 'expected'>) {
    const names = new Set(Object.keys(c.topics));
    for (const member of Object.values(c.members)) {
      for (const topic of member.topics) names.add(topic);
      for (const owned of member.owned ?? []) names.add(splitPartition(owned)[0]);
    }
    this.#topics = [...names].sort().reverse();
  }

  topicId(topic: string): number {
    return this.#topics.indexOf(topic);
  }

  keyOf(partition: string): number {
    const [topic, number] = splitPartition(partition);
    return this.topicId(topic) * 10_000 + number;
  }

  nameOf(key: number): string {
    return `${this.#topics[Math.floor(key / 10_000)]}-${key % 10_000}`;
  }
}

function assignorInput(c: Omit<AssignorCase, 'expected'>, names: PartitionNames): AssignorInput {
  return {
    topics: Object.entries(c.topics).map(([name, count]) => {
      const partitions = Array.from({ length: count }, (_, partition) => `${name}-${partition}`);
      return {
        topicId: names.topicId(name),
        name,
        partitions: partitions.map((partition) => names.keyOf(partition)),
        replicaRacks: partitions.map((partition) => c.replicaRacks?.[partition] ?? []),
      };
    }),
    members: c.memberIterationOrder.map((memberId) => {
      const member = c.members[memberId]!;
      return {
        memberId,
        groupInstanceId: member.groupInstanceId ?? null,
        topics: member.topics.map((topic) => names.topicId(topic)),
        ownedPartitions: (member.owned ?? []).map((partition) => names.keyOf(partition)),
        generation: member.generation ?? -1,
        rack: member.rack ?? null,
      };
    }),
  };
}

function splitPartition(partition: string): [topic: string, number: number] {
  const dash = partition.lastIndexOf('-');
  return [partition.slice(0, dash), Number(partition.slice(dash + 1))];
}
