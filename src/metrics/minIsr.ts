import type { Cast, TraceEvent } from '../model/trace.ts';

export type ConfigFact = NonNullable<Extract<TraceEvent, { type: 'config.altered' }>['change']>;

const NAME = 'min.insync.replicas';

/**
 * `min.insync.replicas` as it is in force, followed through the run: the topic's override, else the leader broker's
 * dynamic value, else the cluster-wide dynamic one, else the static one, else 1. Values that are no positive integers
 * count as not there.
 *
 * Source: DynamicBrokerConfig (precedence), Partition.effectiveMinIsr.
 */
export class MinInsyncReplicas {
  /** By cluster. */
  readonly #static: number[];
  readonly #clusterWide: (number | null)[];
  /** By broker. */
  readonly #perBroker: (number | null)[] = [];
  /** By `cluster/topic`. */
  readonly #overrides = new Map<string, number>();
  readonly #clusters: readonly string[];

  constructor({ scenario }: Cast) {
    this.#clusters = scenario.clusters.map(({ name }) => name);
    this.#static = scenario.clusters.map(({ brokerConfigs }) => positive(brokerConfigs.get(NAME)?.value) ?? 1);
    this.#clusterWide = scenario.clusters.map(() => null);
    for (const { name, topics } of scenario.clusters) {
      for (const topic of topics) {
        const entry = topic.configs.get(NAME);
        const own = entry?.origin === 'kafka default' || entry?.origin === 'broker' ? null : positive(entry?.value);
        if (own !== null) this.#overrides.set(`${name}/${topic.name}`, own);
      }
    }
  }

  /** False when the change is about something else. */
  apply({ cluster, topic, broker, name, value }: ConfigFact): boolean {
    if (name !== NAME) return false;
    const number = positive(value);
    const key = `${cluster}/${topic}`;
    if (topic === null && broker >= 0) this.#perBroker[broker] = number;
    else if (topic === null) this.#clusterWide[this.#clusters.indexOf(cluster)] = number;
    else if (number === null) this.#overrides.delete(key);
    else this.#overrides.set(key, number);
    return true;
  }

  /** At least 1 and at most the number of replicas. `leader` -1: as a broker without a value of its own has it. */
  effective(cluster: string, topic: string, leader: number, replicas: number): number {
    return Math.min(this.configured(cluster, topic, leader), Math.max(1, replicas));
  }

  configured(cluster: string, topic: string, leader: number): number {
    const index = this.#clusters.indexOf(cluster);
    return (
      this.#overrides.get(`${cluster}/${topic}`) ??
      this.#perBroker[leader] ??
      this.#clusterWide[index] ??
      this.#static[index] ??
      1
    );
  }
}

function positive(value: unknown): number | null {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 1 ? number : null;
}
