import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Assignor, AssignorInput } from './assignor.ts';
import { cooperativeStickyAssignor } from './cooperativeSticky.ts';
import { rangeAssignor } from './range.ts';
import { roundRobinAssignor } from './roundRobin.ts';
import { stickyAssignor } from './sticky.ts';

interface VectorMember {
  topics: string[];
  owned?: string[];
  generation?: number;
  rack?: string;
  groupInstanceId?: string;
}
interface VectorCase {
  source: string;
  topics: Record<string, number>;
  replicaRacks?: Record<string, string[]>;
  members: Record<string, VectorMember>;
  memberIterationOrder: string[];
  expected: Record<string, string[]>;
}

const read = (name: string): VectorCase[] =>
  JSON.parse(readFileSync(new URL(`../../../../evidence/vectors/${name}.json`, import.meta.url), 'utf8')).cases;

/** Ids are given in reverse, so that an assignor that sorts by id instead of name is found out. */
function toInput(vector: VectorCase): { input: AssignorInput; nameOf: (key: number) => string } {
  const names = new Set(Object.keys(vector.topics));
  for (const member of Object.values(vector.members)) {
    for (const topic of member.topics) names.add(topic);
    for (const owned of member.owned ?? []) names.add(owned.slice(0, owned.lastIndexOf('-')));
  }
  const sorted = [...names].sort().reverse();
  const keyOf = (text: string): number => {
    const dash = text.lastIndexOf('-');
    return sorted.indexOf(text.slice(0, dash)) * 1000 + Number(text.slice(dash + 1));
  };
  const input: AssignorInput = {
    topics: Object.entries(vector.topics).map(([name, partitionCount]) => ({
      topicId: sorted.indexOf(name),
      name,
      partitions: Array.from({ length: partitionCount }, (_, p) => keyOf(`${name}-${p}`)),
      replicaRacks: Array.from({ length: partitionCount }, (_, p) => vector.replicaRacks?.[`${name}-${p}`] ?? []),
    })),
    members: vector.memberIterationOrder.map((memberId) => {
      const member = vector.members[memberId] as VectorMember;
      return {
        memberId,
        groupInstanceId: member.groupInstanceId ?? null,
        topics: member.topics.map((topic) => sorted.indexOf(topic)),
        ownedPartitions: (member.owned ?? []).map(keyOf),
        generation: member.generation ?? -1,
        rack: member.rack ?? null,
      };
    }),
  };
  return { input, nameOf: (key) => `${sorted[Math.floor(key / 1000)]}-${key % 1000}` };
}

function run(assignor: Assignor, vector: VectorCase): Record<string, string[]> {
  const { input, nameOf } = toInput(vector);
  return Object.fromEntries([...assignor.assign(input)].map(([id, keys]) => [id, keys.map(nameOf)]));
}

const sortLists = (lists: Record<string, string[]>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(lists).map(([id, list]) => [id, [...list].sort()]));

describe.each([
  { assignor: roundRobinAssignor, file: 'assignor-roundrobin' },
  { assignor: rangeAssignor, file: 'assignor-range' },
  { assignor: stickyAssignor, file: 'assignor-sticky' },
  { assignor: cooperativeStickyAssignor, file: 'assignor-cooperative-sticky' },
])('$file: the $assignor.name assignor answers as Kafka did', ({ assignor, file }) => {
  test.each(read(file).map((vector, index) => ({ vector, title: `${index}: ${vector.source}` })))(
    '$title',
    ({ vector }) => {
      // The range vectors list a member's topics in Java's hash order.
      const comparable = assignor === rangeAssignor ? sortLists : (lists: Record<string, string[]>) => lists;
      expect(comparable(run(assignor, vector))).toEqual(comparable(vector.expected));
    },
  );
});
