import { isAtLeast, type KafkaVersion } from '../../../kafka/versions.ts';
import type { Cluster, ConfigValue } from '../../../scenario/scenario.ts';
import { decide, type PlainOutcome, type PlainPartition, type PlainRules, type PlainWish } from './plainPartition.ts';

export type PlainControl = 'FENCED' | 'UNFENCED' | 'CONTROLLED_SHUTDOWN' | 'SHUTDOWN_NOW';

/** One item of an AlterPartition request as the leader sent it. */
export interface PlainAsk {
  readonly partition: number;
  readonly isr: readonly number[];
  /** Broker epochs of its members; -1: not to be checked. */
  readonly epochs: readonly number[];
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
}

/** What one controller event wrote; it commits as a whole. */
export interface PlainBatch {
  readonly partitions: readonly PlainPartition[];
  readonly broker: { readonly broker: number; readonly control: PlainControl; readonly epoch: number } | null;
  readonly configs: readonly {
    readonly topic: string | null;
    readonly broker: number;
    readonly name: string;
    readonly value: ConfigValue;
  }[];
}

/** The metadata up to some batch: maps that are copied as a whole. */
interface PlainState {
  partitions: Map<number, PlainPartition>;
  brokers: Map<number, PlainControl>;
  /** Offset of the registration of the present incarnation. */
  epochs: Map<number, number>;
  configs: Map<string, ConfigValue>;
}

const INTERNAL: Readonly<Record<string, Readonly<Record<string, ConfigValue>>>> = {
  __transaction_state: { 'min.insync.replicas': 2, 'unclean.leader.election.enable': false },
};

/**
 * The controller of a KRaft cluster as far as partitions go: who leads, who is in sync, in which epoch. It is told what
 * happens to brokers and what leaders ask for, and decides by itself.
 *
 * Source: ReplicationControlManager, PartitionChangeBuilder; which release does what is written down here once more.
 */
export class PlainController {
  readonly #cluster: Cluster;
  readonly #topicOf: (partition: number) => string;
  /** With what is appended and not committed. */
  current: PlainState = { partitions: new Map(), brokers: new Map(), epochs: new Map(), configs: new Map() };
  committed: PlainState = { partitions: new Map(), brokers: new Map(), epochs: new Map(), configs: new Map() };
  /** Every version of every partition that was ever committed. */
  #open = 0;
  readonly #versions = new Map<string, PlainPartition>();

  constructor(cluster: Cluster, topicOf: (partition: number) => string) {
    this.#cluster = cluster;
    this.#topicOf = topicOf;
  }

  since(version: KafkaVersion): boolean {
    return isAtLeast(this.#cluster.kafka as KafkaVersion, version);
  }

  // ── what is written ───────────────────────────────────────────────────────────────────────────

  append(batch: PlainBatch): void {
    write(this.current, batch);
    this.#open++;
  }

  /** @param batch also one that a former controller appended, and that `current` does not have any more */
  commit(batch: PlainBatch): void {
    write(this.committed, batch);
    if (this.#open === 0) write(this.current, batch);
    else this.#open--;
    for (const partition of batch.partitions) this.#remember(partition);
  }

  /** A controller fell: what it had not committed is gone, until a later one commits it after all. */
  revert(): void {
    const { partitions, brokers, epochs, configs } = this.committed;
    this.current = {
      partitions: new Map(partitions),
      brokers: new Map(brokers),
      epochs: new Map(epochs),
      configs: new Map(configs),
    };
    this.#open = 0;
  }

  /** Before the first event. */
  begin(partition: PlainPartition): void {
    const batch = { partitions: [partition], broker: null, configs: [] };
    this.append(batch);
    this.commit(batch);
  }

  #remember(partition: PlainPartition): void {
    this.#versions.set(`${partition.partition}/${partition.partitionEpoch}`, partition);
  }

  version(partition: number, partitionEpoch: number): PlainPartition | undefined {
    return this.#versions.get(`${partition}/${partitionEpoch}`);
  }

  // ── what is decided ───────────────────────────────────────────────────────────────────────────

  isActive(broker: number): boolean {
    return this.current.brokers.get(broker) === 'UNFENCED';
  }

  hosted(broker: number): PlainPartition[] {
    return [...this.current.partitions.values()].filter((one) => one.replicas.includes(broker));
  }

  /** The broker must leave: fenced, stopping, or back as another incarnation (`unclean`: without a clean shutdown). */
  withoutBroker(broker: number, unclean: boolean): PlainOutcome[] {
    const outcomes: PlainOutcome[] = [];
    for (const partition of this.hosted(broker)) {
      const isInElr = unclean && partition.elr.includes(broker);
      if (!partition.isr.includes(broker) && partition.leader !== broker && !isInElr) continue;
      const outcome = this.change(
        partition,
        { isr: partition.isr.filter((id) => id !== broker), ...(unclean ? { uncleanReturn: broker } : {}) },
        (id) => id !== broker && this.isActive(id),
      );
      if (outcome !== null) outcomes.push(outcome);
    }
    return outcomes;
  }

  /** The broker may lead again: partitions without leader get one. */
  withBroker(broker: number): PlainOutcome[] {
    const outcomes: PlainOutcome[] = [];
    for (const partition of this.hosted(broker)) {
      if (partition.leader >= 0) continue;
      const outcome = this.change(partition, {}, (id) => id === broker || this.isActive(id));
      if (outcome !== null) outcomes.push(outcome);
    }
    return outcomes;
  }

  /** The first check that fails, or the change that an accepted item makes (null: it changes nothing). */
  alter(broker: number, ask: PlainAsk): { readonly error: string; readonly outcome: PlainOutcome | null } {
    const refused = (error: string) => ({ error, outcome: null });
    const partition = this.current.partitions.get(ask.partition);
    if (partition === undefined) return refused('UNKNOWN_TOPIC_OR_PARTITION');
    if (ask.leaderEpoch > partition.leaderEpoch) return refused('NOT_CONTROLLER');
    if (ask.partitionEpoch > partition.partitionEpoch) return refused('NOT_CONTROLLER');
    if (ask.leaderEpoch < partition.leaderEpoch) return refused('FENCED_LEADER_EPOCH');
    if (broker !== partition.leader) return refused('INVALID_REQUEST');
    if (ask.partitionEpoch < partition.partitionEpoch) return refused('INVALID_UPDATE_VERSION');
    if (ask.isr.some((id) => !partition.replicas.includes(id))) return refused('INVALID_REQUEST');
    if (!ask.isr.includes(broker)) return refused('INVALID_REQUEST');
    if (this.since('3.3') && ask.isr.some((id) => !this.isActive(id))) return refused('INELIGIBLE_REPLICA');
    const isFormer = (id: number, i: number): boolean =>
      (ask.epochs[i] ?? -1) >= 0 && ask.epochs[i] !== this.current.epochs.get(id);
    if (this.since('3.5') && ask.isr.some(isFormer)) return refused('INELIGIBLE_REPLICA');
    return { error: 'NONE', outcome: this.change(partition, { isr: ask.isr, recovered: true }) };
  }

  change(
    partition: PlainPartition,
    wish: PlainWish,
    mayLead: (broker: number) => boolean = (id) => this.isActive(id),
  ): PlainOutcome | null {
    return decide(partition, wish, this.#rules(partition, mayLead));
  }

  #rules({ partition }: PlainPartition, mayLead: (broker: number) => boolean): PlainRules {
    const topic = this.#topicOf(partition);
    return {
      mayLead,
      uncleanAllowed: this.since('3.9') && String(this.config(topic, 'unclean.leader.election.enable')) === 'true',
      minIsr: Number(this.config(topic, 'min.insync.replicas')),
      elr: this.#cluster.eligibleLeaderReplicas,
      shrinkRaisesEpoch: !this.since('3.6'),
      lastKnownMustLive: this.since('4.1'),
      rememberedWhenLeaderless: this.since('4.1'),
      addedSuffice: this.since('4.3'),
    };
  }

  /** The topic's own value, else the cluster-wide dynamic one, else the static one. */
  config(topic: string, name: string): ConfigValue {
    const { configs } = this.current;
    const spec = this.#cluster.topics.find((one) => one.name === topic)?.configs.get(name);
    const own = configs.has(`${topic}/${name}`)
      ? configs.get(`${topic}/${name}`)
      : spec?.origin === 'topic'
        ? spec.value
        : INTERNAL[topic]?.[name];
    return own ?? configs.get(`/${name}`) ?? this.#cluster.brokerConfigs.get(name)?.value ?? null;
  }
}

function write(state: PlainState, { partitions, broker, configs }: PlainBatch): void {
  for (const partition of partitions) state.partitions.set(partition.partition, partition);
  if (broker !== null) {
    state.brokers.set(broker.broker, broker.control);
    state.epochs.set(broker.broker, broker.epoch);
  }
  for (const { topic, broker: one, name, value } of configs)
    if (topic !== null) state.configs.set(`${topic}/${name}`, value);
    else if (one < 0) state.configs.set(`/${name}`, value);
}
