import type { Cast } from '../model/trace.ts';

export interface TopicFacts {
  readonly cluster: string;
  readonly name: string;
  readonly internal: boolean;
  readonly partitions: number[];
  /** Partitions that the controller has committed. */
  existing: number;
  /** Partitions without a leader. */
  offline: number;
  /** Partitions with fewer members in the ISR than replicas that are not being added. */
  underReplicated: number;
  /** Partitions whose ISR is below min(min.insync.replicas, replicas). */
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
    const counts = { existing: 0, offline: 0, underReplicated: 0, underMinIsr: 0 };
    return this.topics.push({ cluster, name, internal, partitions: [], ...counts }) - 1;
  }
}
