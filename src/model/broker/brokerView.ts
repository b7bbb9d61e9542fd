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
  readonly #registered = new Set<number>();
  /** By broker: looked up for every fetch of a follower. */
  readonly #epochs: number[] = [];

  constructor(layout: ClusterLayout, broker: number) {
    this.configs = new DynamicConfigs(layout, broker);
  }

  apply(delta: MetadataDelta): void {
    for (const topic of delta.topics) {
      this.#topics.set(topic.name, topic);
      for (const partition of topic.partitions) this.#topicOf.set(partition, topic.name);
    }
    for (const image of delta.partitions) this.#partitions.set(image.partition, image);
    for (const topic of delta.deleted ?? []) this.#forget(topic);
    for (const image of delta.brokers) {
      if (image.fenced || image.inControlledShutdown) this.#inactive.add(image.broker);
      else this.#inactive.delete(image.broker);
      this.#epochs[image.broker] = image.brokerEpoch;
      if (image.isRegistered) this.#registered.add(image.broker);
      else this.#registered.delete(image.broker);
    }
    for (const change of delta.configs) this.configs.apply(change);
  }

  #forget({ name, partitions }: TopicImage): void {
    this.#topics.delete(name);
    this.configs.forgetTopic(name);
    for (const partition of partitions) this.#partitions.delete(partition);
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

  /** The cluster's brokers, fenced ones too, in order. */
  registeredBrokers(): number[] {
    return [...this.#registered].sort((a, b) => a - b);
  }

  /** Of the broker's latest registration; -1 before it is known. */
  brokerEpoch(broker: number): number {
    return this.#epochs[broker] ?? -1;
  }

  /**
   * The broker may join an ISR: active, and its fetches come from the incarnation that is registered
   * (Partition.isReplicaIsrEligible). `fetchedEpoch` -1: it named none, which is let through (KIP-903).
   */
  isIsrEligible(broker: number, fetchedEpoch: number): boolean {
    return this.isActive(broker) && (fetchedEpoch < 0 || fetchedEpoch === this.brokerEpoch(broker));
  }

  partitions(): Iterable<PartitionImage> {
    return this.#partitions.values();
  }
}

export type { ConfigChange };
