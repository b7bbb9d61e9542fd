import { refreshesMetadata } from '../../kafka/errors.ts';
import type { RandomStream, TimerHandle } from '../../sim/index.ts';
import { NO_TIMER } from '../../sim/index.ts';
import { exponentialBackoffMs, jitterFactor } from '../algorithms/exponentialBackoff.ts';
import { Exchange, type ExchangeOwner } from '../network/exchange.ts';
import type { NetworkClient } from '../network/networkClient.ts';
import type { Process } from '../network/process.ts';
import type { ErrorName, MetadataRequest, MetadataResponse } from '../protocol.ts';

export interface MetadataOptions {
  readonly retryBackoffMs: number;
  readonly retryBackoffMaxMs: number;
  readonly requestTimeoutUs: number;
  readonly maxAgeUs: number;
  /** `allow.auto.create.topics` of a consumer; producers always ask for topics to be created. Default true. */
  readonly allowAutoTopicCreation?: boolean;
}

const REQUEST_BYTES = 80;

/**
 * What a client knows of leaders, and when it asks again: on demand after errors, when a leader is unknown, and at
 * `metadata.max.age.ms`. Older leader epochs are ignored. Source: Metadata, NetworkClient.DefaultMetadataUpdater.
 */
export class ClientMetadata implements ExchangeOwner<MetadataRequest, MetadataResponse> {
  readonly #client: NetworkClient;
  /** Those to begin with, then those that the last answer named. */
  #nodes: readonly Process[];
  readonly #clientIndex: number;
  readonly #topics: readonly string[];
  readonly #options: MetadataOptions;
  readonly #random: RandomStream;
  readonly #leaders = new Map<number, number>();
  readonly #epochs = new Map<number, number>();
  readonly #errors = new Map<string, ErrorName>();
  #topicPartitions = new Map<string, readonly number[]>();
  #onUpdate: () => void = () => {};
  #isWanted = false;
  #inFlight = false;
  #attempts = 0;
  #notBeforeUs = 0;
  #timer: TimerHandle = NO_TIMER;
  #ageTimer: TimerHandle = NO_TIMER;

  constructor(
    client: NetworkClient,
    nodes: readonly Process[],
    clientIndex: number,
    topics: readonly string[],
    options: MetadataOptions,
    random: RandomStream,
  ) {
    this.#client = client;
    this.#nodes = nodes;
    this.#clientIndex = clientIndex;
    this.#topics = topics;
    this.#options = options;
    this.#random = random;
  }

  onUpdate(listener: () => void): void {
    this.#onUpdate = listener;
  }

  /** Broker index; -1: unknown or none. */
  leader(partition: number): number {
    return this.#leaders.get(partition) ?? -1;
  }

  leaderEpoch(partition: number): number {
    return this.#epochs.get(partition) ?? -1;
  }

  partitionsOf(topic: string): readonly number[] {
    return this.#topicPartitions.get(topic) ?? [];
  }

  topicError(topic: string): ErrorName {
    return this.#errors.get(topic) ?? 'NONE';
  }

  /** A hint in a response (KIP-951). @returns whether it was news. */
  learn(partition: number, leader: number, leaderEpoch: number): boolean {
    if (leader < 0 || leaderEpoch <= this.leaderEpoch(partition)) return false;
    this.#leaders.set(partition, leader);
    this.#epochs.set(partition, leaderEpoch);
    return true;
  }

  requestUpdate(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    this.#trySend();
  }

  /** A connection became ready or broke: a waiting request may find its node now. */
  connectionsChanged(): void {
    if (this.#isWanted) this.#trySend();
  }

  stop(): void {
    this.#isWanted = false;
    this.#inFlight = false;
    this.#client.kernel.cancel(this.#timer);
    this.#client.kernel.cancel(this.#ageTimer);
  }

  /**
   * leastLoadedNode: from a random start, a ready connection without requests in flight, else the least busy one, else
   * a node being connected, else the one whose last attempt is oldest.
   */
  leastLoadedNode(): Process | null {
    const offset = this.#random.uniformInt(0, this.#nodes.length);
    let best: Process | null = null;
    let bestRank = Number.MAX_SAFE_INTEGER;
    for (let i = 0; i < this.#nodes.length; i++) {
      const node = this.#nodes[(offset + i) % this.#nodes.length]!;
      const rank = this.#rank(node);
      if (rank < bestRank) {
        best = node;
        bestRank = rank;
      }
    }
    return best;
  }

  onResponse(_exchange: Exchange<MetadataRequest, MetadataResponse>, response: MetadataResponse): void {
    this.#inFlight = false;
    this.#isWanted = false;
    const isNews = this.#adopt(response);
    const { kernel } = this.#client;
    this.#attempts = isNews ? 0 : this.#attempts + 1;
    this.#notBeforeUs =
      kernel.nowUs +
      1000 *
        exponentialBackoffMs(
          this.#attempts,
          this.#options.retryBackoffMs,
          this.#options.retryBackoffMaxMs,
          jitterFactor(this.#random.next()),
        );
    kernel.cancel(this.#ageTimer);
    this.#ageTimer = kernel.atControl(kernel.nowUs + this.#options.maxAgeUs, () =>
      this.#client.process.run(() => !this.#client.isClosed && this.requestUpdate()),
    );
    this.#onUpdate();
    // A topic that is not (or no longer) there: asked again after the backoff (Metadata.handleMetadataResponse).
    if (response.topics.some(({ error }) => error !== 'NONE' && refreshesMetadata(error))) this.requestUpdate();
  }

  onFailure(): void {
    this.#inFlight = false;
    this.#attempts++;
    this.#notBeforeUs =
      this.#client.kernel.nowUs +
      1000 *
        exponentialBackoffMs(
          this.#attempts,
          this.#options.retryBackoffMs,
          this.#options.retryBackoffMaxMs,
          jitterFactor(this.#random.next()),
        );
    this.#trySend();
  }

  #rank(node: Process): number {
    if (this.#client.isConnected(node)) return this.#client.inFlightCount(node);
    if (this.#client.isConnecting(node)) return 1_000;
    if (this.#client.backoffUntilUs(node) > this.#client.kernel.nowUs) return Number.MAX_SAFE_INTEGER - 1;
    return 1_000_000 + this.#client.lastAttemptUs(node);
  }

  #trySend(): void {
    if (this.#inFlight || this.#client.isClosed) return;
    const nowUs = this.#client.kernel.nowUs;
    if (nowUs < this.#notBeforeUs) {
      this.#wakeAt(this.#notBeforeUs);
      return;
    }
    const node = this.leastLoadedNode();
    if (node === null || !this.#client.ready(node)) {
      // onReady or onDisconnected come back here; a full connection frees itself.
      this.#wakeAt(nowUs + 1000 * this.#options.retryBackoffMs);
      return;
    }
    this.#inFlight = true;
    this.#client.send(
      node,
      new Exchange(
        'Metadata',
        {
          client: this.#clientIndex,
          topics: this.#topics,
          allowAutoTopicCreation: this.#options.allowAutoTopicCreation ?? true,
        },
        this,
      ),
      REQUEST_BYTES,
      this.#options.requestTimeoutUs,
    );
  }

  #wakeAt(atUs: number): void {
    const { kernel } = this.#client;
    kernel.cancel(this.#timer);
    this.#timer = kernel.atControl(atUs, () => this.#client.process.run(() => this.#isWanted && this.#trySend()));
  }

  /** The topic was deleted: its partitions have no leader, and what belongs to them waits or expires. */
  #forget(topic: string, partitions: readonly number[]): true {
    this.#topicPartitions.delete(topic);
    for (const partition of partitions) this.#leaders.set(partition, -1);
    return true;
  }

  #adopt(response: MetadataResponse): boolean {
    let isNews = false;
    const { processes } = this.#client.network;
    if (response.nodes.length > 0) this.#nodes = response.nodes.map((index) => processes[index]!);
    for (const { topic, error, partitions } of response.topics) {
      this.#errors.set(topic, error);
      const known = this.partitionsOf(topic);
      if (error !== 'NONE') {
        if (known.length > 0) isNews = this.#forget(topic, known);
      } else if (known.length !== partitions.length || known[0] !== partitions[0]?.partition) {
        this.#topicPartitions.set(
          topic,
          partitions.map((one) => one.partition),
        );
        isNews = true;
      }
      for (const { partition, leader, leaderEpoch } of partitions) {
        if (leaderEpoch < this.leaderEpoch(partition)) continue;
        if (leader !== this.leader(partition) || leaderEpoch !== this.leaderEpoch(partition)) isNews = true;
        this.#leaders.set(partition, leader);
        this.#epochs.set(partition, leaderEpoch);
      }
    }
    return isNews;
  }
}
