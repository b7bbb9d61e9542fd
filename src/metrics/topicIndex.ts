import type { Cast } from '../model/trace.ts';

export interface TopicFacts {
  readonly cluster: string;
  readonly name: string;
  readonly internal: boolean;
  readonly partitions: number[];
  minInsyncReplicas: number;
  /** Partitions that the controller has committed. */
  existing: number;
  /** Partitions without a leader. */
  offline: number;
  underReplicated: number;
  underMinIsr: number;
}

/** Topics of the cast by name, kept up to date as partitions are created. */
export class TopicIndex {
  readonly topics: TopicFacts[] = [];
  /** topicOf[partition]: index into `topics`. */
  readonly topicOf: number[] = [];
  readonly #cast: Cast;

  constructor(cast: Cast) {
    this.#cast = cast;
    this.refresh();
  }

  /** Takes in partitions that were added to the cast since. */
  refresh(): void {
    for (let partition = this.topicOf.length; partition < this.#cast.partitions.length; partition++) {
      const { cluster, topic, internal } = this.#cast.partitions[partition]!;
      let index = this.topics.findIndex((known) => known.name === topic && known.cluster === cluster);
      if (index < 0) index = this.#add(cluster, topic, internal);
      this.topics[index]!.partitions.push(partition);
      this.topicOf[partition] = index;
    }
  }

  /** Topics of that name; `cluster` null means any. */
  named(name: string, cluster: string | null): TopicFacts[] {
    return this.topics.filter((topic) => topic.name === name && (cluster === null || topic.cluster === cluster));
  }

  #add(cluster: string, name: string, internal: boolean): number {
    const minInsyncReplicas = minIsrOf(this.#cast, cluster, name);
    const counts = { existing: 0, offline: 0, underReplicated: 0, underMinIsr: 0 };
    return this.topics.push({ cluster, name, internal, partitions: [], minInsyncReplicas, ...counts }) - 1;
  }
}

/** The topic's `min.insync.replicas`, else the broker's; changes by alterConfig during the run are not followed. */
function minIsrOf(cast: Cast, cluster: string, topic: string): number {
  const found = cast.scenario.clusters.find(({ name }) => name === cluster);
  const own = found?.topics.find(({ name }) => name === topic)?.configs.get('min.insync.replicas');
  const value = (own ?? found?.brokerConfigs.get('min.insync.replicas'))?.value;
  return typeof value === 'number' ? value : 1;
}
