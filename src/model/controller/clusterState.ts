import type { ConfigValue } from '../../scenario/scenario.ts';
import { assert } from '../../sim/index.ts';
import { NO_LEADER } from '../algorithms/partitionRegistration.ts';
import type { BrokerImage, ConfigChange, MetadataDelta, PartitionImage, TopicImage } from '../metadata.ts';
import { NO_CAUSE } from '../trace.ts';
import type { BrokerEntry, MetadataBatch, MetadataRecords, PartitionEntry } from './metadataBatch.ts';

/**
 * What the metadata log says up to some batch. The controller keeps two of these: `committed`, and `current`, which is
 * ahead by what it appended and not yet committed, and on which it decides (Kafka's timeline data structures).
 * A deposed controller's `current` falls back to what is committed.
 */
export class ClusterState {
  readonly topics = new Map<string, TopicImage>();
  readonly partitions = new Map<number, PartitionEntry>();
  readonly brokers = new Map<number, BrokerEntry>();
  /** By `broker/name`; broker -1 is the cluster-wide default. */
  readonly brokerConfigs = new Map<string, ConfigChange>();
  /** By `topic/name`. */
  readonly topicConfigs = new Map<string, ConfigChange>();
  readonly #topicOf = new Map<number, string>();
  /** By broker: the partitions that have a replica on it, in order of creation. */
  readonly #hosted = new Map<number, Set<number>>();

  apply(records: MetadataRecords): void {
    for (const topic of records.topics) {
      this.topics.set(topic.name, topic);
      for (const partition of topic.partitions) this.#topicOf.set(partition, topic.name);
    }
    for (const entry of records.partitions) {
      this.#host(entry);
      this.partitions.set(entry.partition, entry);
    }
    if (records.broker !== null) this.brokers.set(records.broker.entry.broker, records.broker.entry);
    for (const broker of records.unregistered) this.brokers.delete(broker);
    for (const topic of records.deleted) this.#forget(topic);
    for (const change of records.configs) {
      if (change.topic === null) this.brokerConfigs.set(`${change.broker}/${change.name}`, change);
      else this.topicConfigs.set(`${change.topic}/${change.name}`, change);
    }
  }

  /** Takes back what `batch` changed: everything it touched is again as in `committed`. */
  revert({ records }: MetadataBatch, committed: ClusterState): void {
    for (const { name } of records.topics) restore(this.topics, committed.topics, name);
    for (const { partition } of records.partitions) {
      const before = committed.partitions.get(partition);
      if (before !== undefined) this.#host(before);
      restore(this.partitions, committed.partitions, partition);
    }
    if (records.broker !== null) restore(this.brokers, committed.brokers, records.broker.entry.broker);
    for (const broker of records.unregistered) restore(this.brokers, committed.brokers, broker);
    for (const topic of records.deleted) this.#bringBack(topic, committed);
    for (const change of records.configs) {
      if (change.topic === null)
        restore(this.brokerConfigs, committed.brokerConfigs, `${change.broker}/${change.name}`);
      else restore(this.topicConfigs, committed.topicConfigs, `${change.topic}/${change.name}`);
    }
  }

  #forget({ name, partitions }: TopicImage): void {
    this.topics.delete(name);
    for (const key of [...this.topicConfigs.keys()]) if (key.startsWith(`${name}/`)) this.topicConfigs.delete(key);
    for (const partition of partitions) {
      for (const broker of this.partitions.get(partition)?.registration.replicas ?? [])
        this.#hosted.get(broker)?.delete(partition);
      this.partitions.delete(partition);
    }
  }

  #bringBack({ name, partitions }: TopicImage, committed: ClusterState): void {
    restore(this.topics, committed.topics, name);
    for (const [key, change] of committed.topicConfigs)
      if (key.startsWith(`${name}/`)) this.topicConfigs.set(key, change);
    for (const partition of partitions) {
      const entry = committed.partitions.get(partition);
      if (entry === undefined) continue;
      this.#host(entry);
      this.partitions.set(partition, entry);
    }
  }

  /** Most changes keep the list of replicas as it is; a reassignment brings another one. */
  #host({ partition, registration }: PartitionEntry): void {
    const before = this.partitions.get(partition)?.registration.replicas;
    if (before === registration.replicas) return;
    for (const broker of before ?? []) {
      if (!registration.replicas.includes(broker)) this.#hosted.get(broker)?.delete(partition);
    }
    for (const broker of registration.replicas) {
      const hosted = this.#hosted.get(broker);
      if (hosted === undefined) this.#hosted.set(broker, new Set([partition]));
      else hosted.add(partition);
    }
  }

  entry(partition: number): PartitionEntry {
    const entry = this.partitions.get(partition);
    assert(entry !== undefined, `partition ${partition} is not in this cluster`);
    return entry;
  }

  topicOf(partition: number): string {
    return this.#topicOf.get(partition)!;
  }

  /** Partitions with a replica on the broker that exist, in order of creation. */
  hostedBy(broker: number): PartitionEntry[] {
    const entries: PartitionEntry[] = [];
    for (const partition of this.#hosted.get(broker) ?? []) {
      const entry = this.partitions.get(partition);
      if (entry !== undefined) entries.push(entry);
    }
    return entries;
  }

  leadsAny(broker: number): boolean {
    return this.hostedBy(broker).some(({ registration }) => registration.leader === broker);
  }

  /** Registered, not fenced, not in controlled shutdown: may be elected and join ISRs. */
  isActive(broker: number): boolean {
    const entry = this.brokers.get(broker);
    return entry !== undefined && entry.control === 'UNFENCED';
  }

  /** The broker did not report the log directory of its replica as offline (KIP-858). */
  hasOnlineDir(broker: number, partition: number): boolean {
    return !this.brokers.get(broker)?.offlinePartitions?.has(partition);
  }

  /** A dynamic value, or undefined when none is set. */
  dynamicBrokerConfig(broker: number, name: string): ConfigValue | undefined {
    return this.brokerConfigs.get(`${broker}/${name}`)?.value ?? undefined;
  }

  /** Everything, as a broker that starts reads it from its metadata log. */
  image(offset: number, cause: number): MetadataDelta {
    return {
      offset,
      topics: [...this.topics.values()],
      partitions: [...this.partitions.values()].map(partitionImage),
      brokers: [...this.brokers.values()].map(brokerImage),
      configs: [...this.brokerConfigs.values(), ...this.topicConfigs.values()],
      isWhole: true,
      cause,
    };
  }
}

/** The entry as brokers see it; one object however many ask. Only for committed entries. */
export function partitionImage(entry: PartitionEntry): PartitionImage {
  const { registration } = entry;
  entry.image ??= {
    partition: entry.partition,
    replicas: registration.replicas,
    adding: registration.adding,
    removing: registration.removing,
    isr: registration.isr,
    elr: registration.elr,
    leader: registration.leader,
    leaderEpoch: registration.leaderEpoch,
    partitionEpoch: registration.partitionEpoch,
    recovering: registration.leaderRecoveryState === 'RECOVERING',
    reason: entry.reason,
    event: entry.event,
  };
  return entry.image;
}

/** The partition, or one without replicas where none is committed: it is still to be created, or deleted. */
export function imageOf(state: ClusterState, partition: number): PartitionImage {
  const entry = state.partitions.get(partition);
  return entry === undefined ? { ...NOT_COMMITTED, partition } : partitionImage(entry);
}

const NOT_COMMITTED: Omit<PartitionImage, 'partition'> = {
  replicas: [],
  adding: [],
  removing: [],
  isr: [],
  elr: [],
  leader: -1,
  leaderEpoch: -1,
  partitionEpoch: -1,
  recovering: false,
  reason: 'created',
  event: NO_CAUSE,
};

export function brokerImage(entry: BrokerEntry): BrokerImage {
  return {
    broker: entry.broker,
    brokerEpoch: entry.brokerEpoch,
    fenced: entry.control === 'FENCED' || entry.control === 'SHUTDOWN_NOW',
    inControlledShutdown: entry.inControlledShutdown,
    isRegistered: true,
  };
}

function unregisteredImage(broker: number): BrokerImage {
  return { broker, brokerEpoch: -1, fenced: true, inControlledShutdown: false, isRegistered: false };
}

/** A committed batch as brokers get it. */
export function deltaOf(batch: MetadataBatch, cause: number): MetadataDelta {
  const { topics, partitions, broker, configs, unregistered, deleted } = batch.records;
  return {
    offset: batch.lastOffset,
    topics,
    partitions: partitions.map(partitionImage),
    brokers: [...(broker === null ? [] : [brokerImage(broker.entry)]), ...unregistered.map(unregisteredImage)],
    configs,
    ...(deleted.length > 0 ? { deleted } : {}),
    cause,
  };
}

export function isOffline(entry: PartitionEntry): boolean {
  return entry.registration.leader === NO_LEADER;
}

function restore<Key, Value>(to: Map<Key, Value>, from: ReadonlyMap<Key, Value>, key: Key): void {
  const value = from.get(key);
  if (value === undefined) to.delete(key);
  else to.set(key, value);
}
