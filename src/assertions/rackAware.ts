import { brokerIds, partitionName } from '../metrics/names.ts';
import { textOf } from './bounds.ts';
import {
  type Checker,
  type ClaimContext,
  type ClaimDefinition,
  evidence,
  type Finding,
  inconclusive,
  passed,
} from './checker.ts';
import { leaf, object } from './schemaParts.ts';

export const rackAware: ClaimDefinition = {
  name: 'rackAware',
  description:
    'The replicas of every partition lie in as many racks (`broker.rack`) as possible: in as many as there are replicas, or in all racks of the cluster when there are fewer. Inconclusive when brokers have no rack, when there is only one, or when the topic has no partition.',
  examples: [{ rackAware: { topic: 'orders' } }],
  schema: object(
    {
      topic: leaf('topic', 'Partitions of this topic only. Default: all, internal ones included.', 'orders'),
      cluster: leaf('cluster', 'The cluster, when there are several.', 'eu'),
    },
    'Replicas are spread over racks.',
    { topic: 'orders' },
  ),
  beside: {},
  takesWindow: false,
  create: (context) => new RackAware(context),
};

class RackAware implements Checker {
  readonly expected: string;
  readonly #context: ClaimContext;
  readonly #topic: string | null;
  readonly #cluster: string | null;

  constructor(context: ClaimContext) {
    const { params } = context.expectation;
    this.#context = context;
    this.#topic = textOf(params, 'topic');
    this.#cluster = textOf(params, 'cluster');
    this.expected = `replicas of ${this.#topic ?? 'every topic'} lie in as many racks as possible`;
  }

  judge(): Finding {
    const { cast, facts } = this.#context.collector;
    const partitions = [...cast.partitions.entries()].filter(
      ([, { topic, cluster }]) =>
        (this.#topic === null || topic === this.#topic) && (this.#cluster === null || cluster === this.#cluster),
    );
    if (partitions.length === 0) return inconclusive('there is no partition');
    const gathered: number[] = [];
    for (const [partition, { cluster }] of partitions) {
      const replicas = facts.replicas[partition]!;
      const racks = this.#racksOf(cluster);
      if (racks === null) return inconclusive(`brokers of ${cluster} have no racks, or all the same`);
      const used = new Set(replicas.map((broker) => cast.brokers[broker]?.rack));
      if (used.size < Math.min(replicas.length, racks)) gathered.push(partition);
    }
    if (gathered.length === 0) return passed(`${partitions.length} partitions are spread over racks`);
    return {
      status: 'failed',
      observed: `${gathered.length} of ${partitions.length} partitions could be in more racks`,
      atUs: null,
      evidence: gathered.slice(0, 20).map((partition) => {
        const { topic, partition: number } = cast.partitions[partition]!;
        const replicas = facts.replicas[partition]!;
        const racks = replicas.map((broker) => cast.brokers[broker]?.rack ?? 'none');
        const text = `${partitionName(cast, partition)} on brokers ${brokerIds(cast, replicas).join(', ')} in racks ${racks.join(', ')}`;
        return evidence(text, { topic, partition: number });
      }),
      cause: -1,
    };
  }

  /** Null when a broker has no rack or all have the same. */
  #racksOf(cluster: string): number | null {
    const racks = this.#context.collector.cast.brokers
      .filter((broker) => broker.cluster === cluster)
      .map(({ rack }) => rack);
    const distinct = new Set(racks).size;
    return racks.includes(null) || distinct < 2 ? null : distinct;
  }
}
