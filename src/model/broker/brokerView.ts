import type { ClusterLayout } from '../context.ts';
import type { ConfigChange, MetadataDelta, PartitionImage, TopicImage } from '../metadata.ts';
import { DynamicConfigs } from './dynamicConfigs.ts';

/** The metadata image of one broker: what it has applied so far, right or stale. */
export class BrokerView {
  readonly configs: DynamicConfigs;
  readonly #partitions = new Map<number, PartitionImage>();
  readonly #topics = new Map<string, TopicImage>();
  readonly #topicOf = new Map<number, string>();
  readonly #inactive = new Set<number>();

  constructor(layout: ClusterLayout, broker: number) {
    this.configs = new DynamicConfigs(layout, broker);
  }

  apply(delta: MetadataDelta): void {
    for (const topic of delta.topics) {
      this.#topics.set(topic.name, topic);
      for (const partition of topic.partitions) this.#topicOf.set(partition, topic.name);
    }
    for (const image of delta.partitions) this.#partitions.set(image.partition, image);
    for (const image of delta.brokers) {
      if (image.fenced || image.inControlledShutdown) this.#inactive.add(image.broker);
      else this.#inactive.delete(image.broker);
    }
    for (const change of delta.configs) this.configs.apply(change);
  }

  partition(partition: number): PartitionImage | undefined {
    return this.#partitions.get(partition);
  }

  topic(name: string): TopicImage | undefined {
    return this.#topics.get(name);
  }

  topicOf(partition: number): string {
    return this.#topicOf.get(partition) ?? '';
  }

  /** Registered, unfenced, not in controlled shutdown: may be in an ISR. */
  isActive(broker: number): boolean {
    return !this.#inactive.has(broker);
  }

  partitions(): Iterable<PartitionImage> {
    return this.#partitions.values();
  }
}

export type { ConfigChange };
