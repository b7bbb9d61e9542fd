import { boundOf, isWithin, NONE, textOf } from '../bounds.ts';
import { flag, leaf, limits, object } from '../schemaParts.ts';
import { CLUSTER, type FactDefinition, latest, TOPIC } from './fact.ts';

export const offlinePartitions: FactDefinition = countFact(
  'offlinePartitions',
  'offline',
  'offline partitions',
  'Partitions without a leader.',
);

export const underReplicated: FactDefinition = countFact(
  'underReplicated',
  'underReplicated',
  'under-replicated partitions',
  'Partitions whose ISR is smaller than their replica set without the replicas that a reassignment adds.',
);

export const underMinIsr: FactDefinition = countFact(
  'underMinIsr',
  'underMinIsr',
  'partitions under min ISR',
  'Partitions whose ISR is smaller than `min.insync.replicas` (as it is in force; at most the number of replicas).',
);

function countFact(
  name: string,
  field: 'offline' | 'underReplicated' | 'underMinIsr',
  words: string,
  description: string,
): FactDefinition {
  return {
    name,
    description,
    schema: object({ topic: TOPIC, cluster: CLUSTER, ...limits('count', 'How many', [1, 0]) }, description, {
      topic: 'orders',
      equals: 0,
    }),
    create: (params, collector) => {
      const topic = textOf(params, 'topic');
      const cluster = textOf(params, 'cluster');
      const bound = boundOf(params, String) ?? NONE;
      const { topics } = collector.facts.topics;
      const counted = () =>
        topics.filter(
          (known) => (topic === null || known.name === topic) && (cluster === null || known.cluster === cluster),
        );
      const now = () => counted().reduce((sum, known) => sum + known[field], 0);
      const exists = () => counted().some((known) => known.existing > 0);
      const place = topic === null ? '' : ` of ${topic}`;
      return {
        text: `the number of ${words}${place} is ${bound.text}`,
        withEveryBatch: false,
        holds: () => (exists() ? isWithin(now(), bound) : null),
        state: () => `${now()} ${words}${place}`,
        lastEvent: () =>
          latest(
            counted().flatMap((known) =>
              known.partitions.map((partition) => collector.facts.partitionEvent[partition]!),
            ),
          ),
      };
    },
  };
}

export const topicExists: FactDefinition = {
  name: 'topicExists',
  description: 'The topic was created and the controller committed its partitions.',
  schema: object(
    {
      topic: leaf('text', 'The topic.', 'orders'),
      cluster: CLUSTER,
      equals: flag('Whether it exists. Default: true.', true),
    },
    'Whether a topic exists.',
    { topic: 'orders' },
  ),
  create: (params, collector) => {
    const topic = textOf(params, 'topic') ?? '';
    const cluster = textOf(params, 'cluster');
    const wanted = params.equals !== false;
    const partitions = () => collector.facts.topics.named(topic, cluster).flatMap((known) => known.partitions);
    const now = () => partitions().some((partition) => collector.facts.exists(partition));
    return {
      text: `topic ${topic} ${wanted ? 'exists' : 'does not exist'}`,
      withEveryBatch: false,
      holds: () => now() === wanted,
      state: () => `topic ${topic} ${now() ? 'exists' : 'does not exist'}`,
      lastEvent: () => latest(partitions().map((partition) => collector.facts.partitionEvent[partition]!)),
    };
  },
};
