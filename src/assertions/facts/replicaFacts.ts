import type { ClusterFacts } from '../../metrics/clusterFacts.ts';
import type { Collector } from '../../metrics/collector.ts';
import { brokerIds } from '../../metrics/names.ts';
import { boundOf, isWithin, numberOf } from '../bounds.ts';
import { brokerList, flag, leaf, object } from '../schemaParts.ts';
import { CLUSTER, type FactDefinition, onPartition, PARTITION, partitionIn, sameMembers } from './fact.ts';

export const leader: FactDefinition = {
  name: 'leader',
  description:
    'Broker that leads a partition, as the controller committed it. Without a leader no comparison with a broker holds; `exists` asks only whether there is one.',
  schema: object(
    {
      partition: PARTITION,
      cluster: CLUSTER,
      equals: leaf('broker', 'This broker leads.', 2),
      not: leaf('broker', 'Some other broker leads.', 1),
      exists: flag('There is (or is not) a leader.', true),
    },
    'Who leads a partition.',
    { partition: 'orders-0', equals: 2 },
  ),
  create: (params, collector) => {
    const { partition, name } = partitionIn(params, collector);
    const wanted = numberOf(params, 'equals');
    const unwanted = numberOf(params, 'not');
    const exists = typeof params.exists === 'boolean' ? params.exists : null;
    const now = () => leaderId(collector, partition());
    const claim =
      wanted !== null
        ? `is ${wanted}`
        : unwanted !== null
          ? `is not ${unwanted}`
          : exists === false
            ? 'is missing'
            : 'exists';
    return onPartition(collector, partition, `the leader of ${name} ${claim}`, {
      holds: () => {
        const id = now();
        if (wanted !== null) return id === wanted;
        if (unwanted !== null) return id !== null && id !== unwanted;
        return (id !== null) === (exists ?? true);
      },
      state: () => (now() === null ? `${name} has no leader` : `the leader of ${name} is ${now()}`),
    });
  },
};

export const isr: FactDefinition = brokersFact(
  'isr',
  'ISR',
  'In-sync replicas of a partition, as the controller committed them.',
  (facts, partition) => facts.isr[partition]!,
);

export const elr: FactDefinition = brokersFact(
  'elr',
  'ELR',
  'Eligible leader replicas of a partition (KIP-966).',
  (facts, partition) => facts.elr[partition]!,
);

export const replicas: FactDefinition = brokersFact(
  'replicas',
  'replicas',
  'Assigned replicas of a partition, the preferred leader first.',
  (facts, partition) => facts.replicas[partition]!,
);

function brokersFact(
  name: string,
  word: string,
  description: string,
  read: (facts: ClusterFacts, partition: number) => readonly number[],
): FactDefinition {
  return {
    name,
    description: `${description} \`equals\` compares members, in any order; the other keys compare how many there are.`,
    schema: object(
      {
        partition: PARTITION,
        cluster: CLUSTER,
        equals: brokerList('Exactly these brokers.', [2, 3]),
        contains: leaf('broker', 'This broker is one of them.', 1),
        excludes: leaf('broker', 'This broker is none of them.', 1),
        size: leaf('count', 'Exactly so many.', 3),
        atLeast: leaf('count', 'At least so many.', 2),
        atMost: leaf('count', 'At most so many.', 2),
      },
      description,
      { partition: 'orders-0', atLeast: 2 },
    ),
    create: (params, collector) => {
      const { partition, name: place } = partitionIn(params, collector);
      const now = () => brokerIds(collector.cast, read(collector.facts, partition()));
      const equals = Array.isArray(params.equals) ? (params.equals as number[]) : null;
      const contains = numberOf(params, 'contains');
      const excludes = numberOf(params, 'excludes');
      const size = boundOf({ ...params, equals: params.size }, String);
      const claims = [
        equals === null ? '' : `is [${equals.join(', ')}]`,
        contains === null ? '' : `contains ${contains}`,
        excludes === null ? '' : `does not contain ${excludes}`,
        size === null ? '' : `has ${size.text} members`,
      ].filter((text) => text !== '');
      return onPartition(collector, partition, `the ${word} of ${place} ${claims.join(' and ')}`, {
        holds: () => {
          const members = now();
          if (equals !== null && !sameMembers(members, equals)) return false;
          if (contains !== null && !members.includes(contains)) return false;
          if (excludes !== null && members.includes(excludes)) return false;
          return size === null || isWithin(members.length, size);
        },
        state: () => `the ${word} of ${place} is [${now().join(', ')}]`,
      });
    },
  };
}

function leaderId({ facts, cast }: Collector, partition: number): number | null {
  const index = facts.leader[partition]!;
  return index < 0 ? null : brokerIds(cast, [index])[0]!;
}
