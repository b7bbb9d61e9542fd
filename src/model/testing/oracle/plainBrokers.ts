import { isAtLeast, type KafkaVersion } from '../../../kafka/versions.ts';
import type { Cluster, ConfigValue } from '../../../scenario/scenario.ts';
import { PlainLeader, type PlainSurroundings } from './plainLeader.ts';
import type { PlainPartition } from './plainPartition.ts';
import { type PlainBatch, type PlainRecord, PlainReplica } from './plainReplica.ts';

/** A batch as a producer sent it. */
export interface SentBatch {
  readonly partition: number;
  readonly lane: number;
  readonly first: number;
  readonly count: number;
  readonly bytes: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
}

/** What became of a batch: its error, and the high watermark that acks=all waits for (-1: nothing). */
export interface PlainAppend {
  readonly error: string;
  readonly baseOffset: number;
  readonly required: number;
}

/** What a leader answers to one fetch position. */
export interface PlainReply {
  readonly partition: number;
  readonly error: string;
  readonly leaderEpoch: number;
  readonly from: number;
  readonly records: readonly PlainRecord[];
  readonly highWatermark: number;
  readonly logStart: number;
  readonly logEnd: number;
  readonly diverging: { readonly epoch: number; readonly end: number } | null;
}

/** A follower's position as its fetch tells it. */
export interface PlainPosition {
  readonly partition: number;
  readonly offset: number;
  readonly leaderEpoch: number;
  readonly lastEpoch: number;
  /** Of the follower's incarnation; -1: it tells none. */
  readonly brokerEpoch: number;
}

interface PlainBroker {
  readonly replicas: Map<number, PlainReplica>;
  /** Broker epochs and who is active, as it has learned from metadata. */
  readonly epochs: Map<number, number>;
  readonly active: Map<number, boolean>;
  readonly configs: Map<string, ConfigValue>;
  /** Partitions it has heard of, whoever holds them. */
  readonly heardOf: Set<number>;
}

/** Replication as all brokers of a cluster do it, one input after the other. Source: Partition, ReplicaManager, AbstractFetcherThread. */
export class PlainBrokers {
  readonly #cluster: Cluster;
  readonly #topicOf: (partition: number) => string;
  readonly #brokers = new Map<number, PlainBroker>();
  /** Where each follower of a fetch session last said that it is: `leader/session` to positions by partition. */
  readonly #sessions = new Map<string, Map<number, PlainPosition>>();

  constructor(cluster: Cluster, topicOf: (partition: number) => string) {
    this.#cluster = cluster;
    this.#topicOf = topicOf;
  }

  broker(broker: number): PlainBroker {
    let one = this.#brokers.get(broker);
    if (one === undefined) {
      one = { replicas: new Map(), epochs: new Map(), active: new Map(), configs: new Map(), heardOf: new Set() };
      this.#brokers.set(broker, one);
    }
    return one;
  }

  replica(broker: number, partition: number): PlainReplica | undefined {
    return this.#brokers.get(broker)?.replicas.get(partition);
  }

  replicas(): PlainReplica[] {
    return [...this.#brokers.values()].flatMap(({ replicas }) => [...replicas.values()]);
  }

  // ── metadata ──────────────────────────────────────────────────────────────────────────────────

  learnBroker(broker: number, about: number, isActive: boolean, epoch: number): void {
    this.broker(broker).active.set(about, isActive);
    this.broker(broker).epochs.set(about, epoch);
  }

  learnConfig(broker: number, topic: string | null, of: number, name: string, value: ConfigValue): void {
    if (topic !== null) this.broker(broker).configs.set(`topic ${topic}/${name}`, value);
    else if (of < 0) this.broker(broker).configs.set(`cluster ${name}`, value);
    else if (of === broker) this.broker(broker).configs.set(`broker ${name}`, value);
  }

  learnPartition(broker: number, partition: PlainPartition, nowUs: number): void {
    const { replicas, heardOf } = this.broker(broker);
    heardOf.add(partition.partition);
    if (!partition.replicas.includes(broker)) {
      replicas.delete(partition.partition);
      return;
    }
    let replica = replicas.get(partition.partition);
    if (replica === undefined) {
      replica = new PlainReplica(partition.partition, broker);
      replicas.set(partition.partition, replica);
    }
    const { known } = replica;
    if (known !== null && partition.leaderEpoch === known.leaderEpoch) {
      if (partition.partitionEpoch <= known.partitionEpoch) return;
      replica.known = partition;
      if (replica.leader !== null && partition.partitionEpoch > replica.leader.partition.partitionEpoch) {
        replica.leader.adopt(partition);
        this.advance(replica, nowUs);
      }
      return;
    }
    if (known !== null && partition.leaderEpoch < known.leaderEpoch) return;
    replica.known = partition;
    const before = replica.leader;
    replica.leader = null;
    if (partition.leader !== broker) return;
    before?.renew(partition, nowUs);
    replica.leader = before ?? new PlainLeader(replica, partition, nowUs);
    replica.assignEpoch(partition.leaderEpoch, replica.end);
    this.advance(replica, nowUs);
  }

  /** The process ended; logs stay. */
  died(broker: number): void {
    const one = this.broker(broker);
    one.active.clear();
    one.epochs.clear();
    one.configs.clear();
    one.heardOf.clear();
    for (const replica of one.replicas.values()) {
      replica.known = null;
      replica.leader = null;
    }
  }

  // ── appends ───────────────────────────────────────────────────────────────────────────────────

  append(broker: number, batch: SentBatch, acks: number): PlainAppend {
    const refused = (error: string): PlainAppend => ({ error, baseOffset: -1, required: -1 });
    const replica = this.replica(broker, batch.partition);
    const leader = replica?.leader ?? null;
    if (replica === undefined || leader === null)
      return refused(
        this.broker(broker).heardOf.has(batch.partition) ? 'NOT_LEADER_OR_FOLLOWER' : 'UNKNOWN_TOPIC_OR_PARTITION',
      );
    const minIsr = this.#minIsr(broker, batch.partition);
    if (acks === -1 && leader.partition.isr.length < leader.effectiveMinIsr(minIsr))
      return refused('NOT_ENOUGH_REPLICAS');
    if (batch.bytes > this.#topicNumber(broker, batch.partition, 'max.message.bytes'))
      return refused('MESSAGE_TOO_LARGE');
    if (batch.producerId >= 0) {
      const verdict = judgeSequence(replica.lastBatchesOf(batch.producerId), batch);
      if (typeof verdict === 'string') return refused(verdict);
      if (verdict !== null) return { error: 'NONE', baseOffset: verdict.base, required: verdict.base + verdict.count };
    }
    const base = replica.end;
    const { count, bytes, producerId, producerEpoch, baseSequence: sequence } = batch;
    const appended: PlainBatch = { base, count, bytes, producerId, producerEpoch, sequence };
    const epoch = leader.partition.leaderEpoch;
    for (let i = 0; i < count; i++)
      replica.append({ epoch, lane: batch.lane, number: batch.first + i, batch: appended });
    return { error: 'NONE', baseOffset: base, required: replica.end };
  }

  /** @returns whether the high watermark moved */
  advance(replica: PlainReplica, nowUs: number): boolean {
    return replica.leader?.advance(nowUs, this.around(replica)) ?? false;
  }

  around({ broker, partition }: PlainReplica): PlainSurroundings {
    return {
      minIsr: this.#minIsr(broker, partition),
      lagUs: Number(this.#cluster.brokerConfigs.get('replica.lag.time.max.ms')?.value) * 1000,
      needsMinIsr: isAtLeast(this.#cluster.kafka as KafkaVersion, '3.7'),
      mayJoin: (other, epoch) =>
        this.broker(broker).active.get(other) !== false && (epoch < 0 || epoch === this.epochOf(broker, other)),
    };
  }

  /** KIP-903, as `broker` has learned it. */
  epochOf(broker: number, about: number): number {
    return this.broker(broker).epochs.get(about) ?? -1;
  }

  #minIsr(broker: number, partition: number): number {
    return this.#topicNumber(broker, partition, 'min.insync.replicas');
  }

  minIsrOf(replica: PlainReplica): number {
    return replica.leader?.effectiveMinIsr(this.#minIsr(replica.broker, replica.partition)) ?? 0;
  }

  /** Topic, per-broker, cluster-wide, static: the first that has it. */
  #topicNumber(broker: number, partition: number, name: string): number {
    const topic = this.#topicOf(partition);
    const { configs } = this.broker(broker);
    const brokerName = name === 'max.message.bytes' ? 'message.max.bytes' : name;
    const spec = this.#cluster.topics.find((one) => one.name === topic)?.configs.get(name);
    const own = configs.has(`topic ${topic}/${name}`)
      ? configs.get(`topic ${topic}/${name}`)
      : spec?.origin === 'topic'
        ? spec.value
        : null;
    return Number(
      own ??
        configs.get(`broker ${brokerName}`) ??
        configs.get(`cluster ${brokerName}`) ??
        this.#cluster.brokerConfigs.get(brokerName)?.value,
    );
  }

  // ── followers' fetches ────────────────────────────────────────────────────────────────────────

  /**
   * A fetch arrives: what it says anew, and for everything else in its session what it said last.
   * @returns the replicas whose follower told its position
   */
  fetch(
    broker: number,
    follower: number,
    session: number,
    positions: readonly PlainPosition[],
    nowUs: number,
  ): PlainReplica[] {
    const key = `${broker}/${session}`;
    const known = this.#sessions.get(key) ?? new Map<number, PlainPosition>();
    this.#sessions.set(key, known);
    for (const position of positions) known.set(position.partition, position);
    const told: PlainReplica[] = [];
    for (const position of known.values()) {
      const replica = this.replica(broker, position.partition);
      const leader = replica?.leader ?? null;
      if (replica === undefined || leader === null || this.#refusal(broker, follower, position) !== 'NONE') continue;
      if (this.#divergence(replica, position) !== null) continue;
      if (position.offset < replica.logStart || position.offset > replica.end) continue;
      leader.fetched(follower, position.brokerEpoch, position.offset, nowUs);
      if (leader.mayExpandWith(follower, this.around(replica)))
        leader.ask([...leader.partition.isr, follower], this.epochOf(broker, broker));
      if (positions.includes(position)) told.push(replica);
    }
    return told;
  }

  /** A long poll of the session was renewed at `nowUs`: a fetch that says nothing new. */
  renewed(broker: number, follower: number, session: number, nowUs: number): void {
    for (const position of this.positionsOf(broker, session)) {
      const replica = this.replica(broker, position.partition);
      if (replica?.leader == null || this.#refusal(broker, follower, position) !== 'NONE') continue;
      replica.leader.fetched(follower, position.brokerEpoch, position.offset, nowUs);
    }
  }

  /** The follower was refused, or follows somebody else: its next fetch does not ask for the partition any more. */
  forget(broker: number, session: number, partition: number): void {
    this.#sessions.get(`${broker}/${session}`)?.delete(partition);
  }

  /** Whether the follower still copies the partition from there in that epoch, as it sees it itself. */
  follows(follower: number, source: number, { partition, leaderEpoch }: PlainPosition): boolean {
    const replica = this.replica(follower, partition);
    return replica?.known?.leader === source && replica.known.leaderEpoch === leaderEpoch;
  }

  positionsOf(broker: number, session: number): PlainPosition[] {
    return [...(this.#sessions.get(`${broker}/${session}`)?.values() ?? [])];
  }

  /** Epochs are compared before roles (Partition.getLocalLog); a former incarnation's fetch is refused (KIP-903). */
  #refusal(broker: number, follower: number, position: PlainPosition): string {
    const replica = this.replica(broker, position.partition);
    const epoch = replica?.known?.leaderEpoch;
    if (replica === undefined || epoch === undefined)
      return this.broker(broker).heardOf.has(position.partition) ? 'NOT_LEADER_OR_FOLLOWER' : 'UNKNOWN_TOPIC_ID';
    if (position.leaderEpoch < epoch) return 'FENCED_LEADER_EPOCH';
    if (position.leaderEpoch > epoch) return 'UNKNOWN_LEADER_EPOCH';
    if (position.brokerEpoch >= 0 && this.epochOf(broker, follower) > position.brokerEpoch)
      return 'NOT_LEADER_OR_FOLLOWER';
    if (replica.leader === null) return 'NOT_LEADER_OR_FOLLOWER';
    return replica.leader.followers.some((one) => one.broker === follower) ? 'NONE' : 'UNKNOWN_LEADER_EPOCH';
  }

  #divergence(replica: PlainReplica, position: PlainPosition): { epoch: number; end: number } | null {
    if (position.lastEpoch < 0 || position.offset < replica.logStart) return null;
    const mine = replica.endOfEpoch(position.lastEpoch);
    return mine.end < position.offset || mine.epoch !== position.lastEpoch ? mine : null;
  }

  get #maxFetchBytes(): number {
    return Number(this.#cluster.brokerConfigs.get('replica.fetch.max.bytes')?.value);
  }

  /** What the leader says to this position now: an error, where histories part, or everything that it has. */
  reply(broker: number, follower: number, position: PlainPosition, isHeld: boolean): PlainReply {
    const replica = this.replica(broker, position.partition);
    // Only a fetch that arrives says who it is from: a long poll that ends is not asked again.
    const asked = isHeld ? { ...position, brokerEpoch: -1 } : position;
    const error = this.#refusal(broker, follower, asked);
    const common = {
      partition: position.partition,
      leaderEpoch: position.leaderEpoch,
      from: position.offset,
      records: [],
      highWatermark: replica?.highWatermark ?? -1,
      logStart: replica?.logStart ?? -1,
      logEnd: replica?.end ?? -1,
      diverging: null,
    };
    if (replica === undefined || error !== 'NONE') return { ...common, error };
    const diverging = this.#divergence(replica, position);
    if (diverging !== null) return { ...common, error, diverging };
    if (position.offset < replica.logStart || position.offset > replica.end)
      return { ...common, error: 'OFFSET_OUT_OF_RANGE' };
    return { ...common, error, records: replica.read(position.offset, this.#maxFetchBytes) };
  }

  /** The answer is there: the follower truncates, appends, or does nothing. */
  receive(follower: number, source: number, reply: PlainReply): void {
    const replica = this.replica(follower, reply.partition);
    if (replica === undefined || replica.known === null || replica.leader !== null) return;
    if (replica.known.leader !== source || replica.known.leaderEpoch !== reply.leaderEpoch) return;
    if (reply.error === 'OFFSET_OUT_OF_RANGE') {
      if (reply.logEnd < replica.end) replica.truncateTo(reply.logEnd);
      else replica.restartAt(reply.logStart);
      return;
    }
    if (reply.error !== 'NONE') return;
    if (reply.diverging !== null) {
      const { epoch, end } = reply.diverging;
      const mine = replica.endOfEpoch(epoch);
      const to = mine.epoch < 0 ? end : mine.epoch === epoch ? Math.min(mine.end, end) : mine.end;
      replica.truncateTo(Math.min(to, replica.end));
      return;
    }
    if (reply.from !== replica.end) return;
    for (const record of reply.records) replica.append(record);
    replica.highWatermark = Math.min(reply.highWatermark, replica.end);
    replica.logStart = Math.max(replica.logStart, Math.min(reply.logStart, replica.end));
  }
}

/** Null: append. A batch: this is its duplicate. Source: ProducerAppendInfo, ProducerStateEntry. */
function judgeSequence(last: readonly PlainBatch[], batch: SentBatch): PlainBatch | string | null {
  const [newest] = last;
  if (newest === undefined) return null;
  const same = last.find(
    (one) =>
      one.producerEpoch === batch.producerEpoch && one.sequence === batch.baseSequence && one.count === batch.count,
  );
  if (same !== undefined) return same;
  if (batch.producerEpoch < newest.producerEpoch) return 'INVALID_PRODUCER_EPOCH';
  if (batch.producerEpoch > newest.producerEpoch)
    return batch.baseSequence === 0 ? null : 'OUT_OF_ORDER_SEQUENCE_NUMBER';
  return batch.baseSequence === newest.sequence + newest.count ? null : 'OUT_OF_ORDER_SEQUENCE_NUMBER';
}
