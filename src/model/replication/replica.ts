import { compileMachine } from '../../machines/compileMachine.ts';
import { PartitionHistory } from '../log/partitionHistory.ts';
import { ReplicaLog } from '../log/replicaLog.ts';
import type { PartitionImage } from '../metadata.ts';
import { ReplicaDisk } from '../storage/replicaDisk.ts';
import type { DelayedFetch } from './delayedFetch.ts';
import type { LeaderState } from './leaderState.ts';
import { type ReplicaEvent, replicaMachine } from './replicaMachine.ts';
import { ReplicaTransactions } from './replicaTransactions.ts';

const machine = compileMachine(replicaMachine);

/** Configs of a topic as one broker sees them now, in model units. */
export interface TopicLimits {
  readonly minInsyncReplicas: number;
  readonly maxMessageBytes: number;
  readonly retentionUs: number;
  readonly retentionBytes: number;
  readonly segmentBytes: number;
  readonly segmentUs: number;
  /** `cleanup.policy` contains delete. */
  readonly deletes: boolean;
  /** `flush.messages`: records after which an append is fsynced; Infinity: never. */
  readonly flushRecords: number;
  /** `flush.ms`: looked at by the log flusher only (`log.flush.scheduler.interval.ms`). */
  readonly flushUs: number;
}

/** One broker's copy of one partition. It outlives its process: a log stays on disk. */
export class Replica {
  readonly partition: number;
  readonly broker: number;
  readonly log: ReplicaLog;
  readonly transactions: ReplicaTransactions;
  readonly disk = new ReplicaDisk();
  /** Its log directory failed: nothing can be written or read (HostedPartition.Offline). */
  isOffline = false;
  /** Never above the log end offset. */
  highWatermark = 0;
  /** The partition as this broker last learned it; null before. */
  image: PartitionImage | null = null;
  /** Not null while this broker believes that it leads. */
  leading: LeaderState | null = null;
  /** Consumers' long polls that wait here; null: there were none yet. */
  fetches: Set<DelayedFetch> | null = null;
  limits: TopicLimits;
  #role = machine.stateIndex(machine.initial);
  /** Named by the topic's lists of throttled replicas (KIP-73). */
  isLeaderThrottled = false;
  isFollowerThrottled = false;
  /** At its last answer the leader's high watermark was not beyond this log's end. */
  isKnownCaughtUp = false;
  /** The leader's fetch session holds the partition. */
  isInSession = false;
  /** Fetching pauses until then after an error (`replica.fetch.backoff.ms`). */
  fetchDelayedUntilUs = 0;

  constructor(partition: number, broker: number, history: PartitionHistory, limits: TopicLimits) {
    this.partition = partition;
    this.broker = broker;
    this.log = new ReplicaLog(history);
    this.transactions = new ReplicaTransactions(this.log);
    this.limits = limits;
  }

  /** Cuts the log's end off (UnifiedLog.truncateTo). */
  truncate(toOffset: number): void {
    const { log, disk } = this;
    disk.dir?.release(log.bytesBetween(toOffset, log.logEndOffset));
    log.truncateTo(toOffset);
    disk.truncated(toOffset);
    this.highWatermark = Math.min(this.highWatermark, toOffset);
  }

  get role(): string {
    return machine.states[this.#role]!;
  }

  /** There are tens of thousands of replicas: a step is one read of the compiled table. */
  step(event: ReplicaEvent['type']): void {
    this.#role = machine.nextIndex(this.#role, machine.eventIndex(event));
  }
}

/** All replicas of all brokers, and the shared histories of their partitions. */
export class ReplicaTable {
  /** By broker, then by partition: looked up for every batch. */
  readonly #table: (Replica | undefined)[][] = [];
  readonly #byBroker: Replica[][] = [];
  readonly #histories = new Map<number, PartitionHistory>();

  get(broker: number, partition: number): Replica | undefined {
    return this.#table[broker]?.[partition];
  }

  getOrCreate(broker: number, partition: number, limits: TopicLimits): Replica {
    const known = this.get(broker, partition);
    if (known !== undefined) return known;
    const replica = new Replica(partition, broker, this.#history(partition), limits);
    this.#table[broker] ??= [];
    this.#byBroker[broker] ??= [];
    this.#table[broker][partition] = replica;
    this.#byBroker[broker].push(replica);
    return replica;
  }

  /** The broker is no replica any more; a later one begins with an empty log. */
  remove(replica: Replica): void {
    const { broker, partition } = replica;
    if (this.get(broker, partition) !== replica) return;
    this.#table[broker]![partition] = undefined;
    this.#byBroker[broker] = this.#byBroker[broker]!.filter((other) => other !== replica);
  }

  /** In the order in which they came to the broker. */
  of(broker: number): readonly Replica[] {
    return this.#byBroker[broker] ?? [];
  }

  #history(partition: number): PartitionHistory {
    let history = this.#histories.get(partition);
    if (history === undefined) {
      history = new PartitionHistory();
      this.#histories.set(partition, history);
    }
    return history;
  }
}
