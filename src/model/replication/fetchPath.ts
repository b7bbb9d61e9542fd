import { fetchServiceUs, pollAnsweredUs, RESPONSE_PATH_US } from '../broker/serviceTimes.ts';
import type { Exchange } from '../network/exchange.ts';
import type {
  ErrorName,
  FetchedPartition,
  FetchPartition,
  FetchRequest,
  FetchResponse,
  ListOffsetsRequest,
  ListOffsetsResponse,
} from '../protocol.ts';
import { DelayedFetch } from './delayedFetch.ts';
import type { LeaderState } from './leaderState.ts';
import type { BrokerEnvironment } from './replicaManager.ts';

type FetchExchange = Exchange<FetchRequest, FetchResponse>;

/** Consumers' fetches: up to the high watermark, at once or as a long poll. Source: KafkaApis.handleFetchRequest, DelayedFetch. */
export class FetchPath {
  readonly #env: BrokerEnvironment;

  /** Long polls that wait here. */
  readonly #parked = new Set<DelayedFetch>();

  constructor(env: BrokerEnvironment) {
    this.#env = env;
  }

  /** Fetches in the purgatory; one whose consumer is gone ends with its round, so it does not count. */
  get waitingCount(): number {
    let count = 0;
    for (const { exchange } of this.#parked) if (exchange.client.life !== 'dead') count++;
    return count;
  }

  handle(exchange: FetchExchange): void {
    const nowUs = this.#env.ctx.kernel.nowUs;
    const { request } = exchange;
    const leaders: LeaderState[] = [];
    let readable = 0;
    let mustAnswer = request.maxWaitUs <= 0;
    for (const wanted of request.partitions) {
      const leader = this.#leader(wanted.partition);
      if (this.#error(leader, wanted) !== 'NONE' || leader === null || this.#divergence(leader, wanted) >= 0) {
        mustAnswer = true;
        continue;
      }
      leaders.push(leader);
      readable += leader.replica.log.bytesBetween(wanted.fetchOffset, leader.replica.highWatermark);
    }
    if (mustAnswer || readable >= request.minBytes)
      this.#answer(exchange, this.#env.machine.serve(nowUs, fetchServiceUs(0)));
    else this.#park(exchange, leaders, readable, nowUs);
  }

  /** Something became readable on this leader at `atUs`. */
  wake(leader: LeaderState, atUs: number): void {
    if (leader.fetches.size === 0) return;
    for (const fetch of [...leader.fetches]) {
      const { minBytes, partitions } = fetch.exchange.request;
      if (minBytes > 1) {
        const readable = partitions.reduce((sum, wanted) => sum + this.#readableBytes(wanted), 0);
        if (readable < minBytes) {
          this.#expireLater(fetch, atUs);
          continue;
        }
      }
      this.#complete(fetch, atUs);
    }
  }

  /** Leadership ended: whoever polls here must learn it. */
  completeAll(leader: LeaderState): void {
    for (const fetch of [...leader.fetches]) this.#complete(fetch, this.#env.ctx.kernel.nowUs);
  }

  listOffsets(exchange: Exchange<ListOffsetsRequest, ListOffsetsResponse>): void {
    const { kernel } = this.#env.ctx;
    const { partition, timestamp } = exchange.request;
    const leader = this.#leader(partition);
    const answer = (error: ErrorName, offset: number): void =>
      exchange.respond(
        { error, offset },
        60,
        this.#env.machine.serve(kernel.nowUs, fetchServiceUs(0)) + RESPONSE_PATH_US,
      );
    if (leader === null) {
      answer(
        this.#env.view.partition(partition) === undefined ? 'UNKNOWN_TOPIC_OR_PARTITION' : 'NOT_LEADER_OR_FOLLOWER',
        -1,
      );
      return;
    }
    const { log, highWatermark } = leader.replica;
    // A new leader whose high watermark has not reached its own epoch yet cannot know the end (KIP-207).
    if (timestamp === -1 && highWatermark < leader.epochStartOffset) answer('OFFSET_NOT_AVAILABLE', -1);
    else if (timestamp === -1) answer('NONE', highWatermark);
    else if (timestamp === -2) answer('NONE', log.logStartOffset);
    else answer('NONE', Math.min(highWatermark, log.offsetAtTime(kernel.nowUs - timestamp)));
  }

  #park(exchange: FetchExchange, leaders: readonly LeaderState[], readable: number, nowUs: number): void {
    const fetch = new DelayedFetch(exchange, leaders, nowUs);
    this.#parked.add(fetch);
    exchange.park(nowUs, () => this.#complete(fetch, this.#env.ctx.kernel.nowUs));
    if (readable > 0) this.#expireLater(fetch, nowUs);
  }

  /** Fewer bytes than `fetch.min.bytes` are there: the round ends with them. */
  #expireLater(fetch: DelayedFetch, nowUs: number): void {
    const { kernel } = this.#env.ctx;
    if (kernel.isPending(fetch.timer)) return;
    const { incarnation } = this.#env.process;
    fetch.timer = kernel.atData(fetch.expiryUs(nowUs), () => {
      this.#env.process.run(() => incarnation === this.#env.process.incarnation && this.#complete(fetch, kernel.nowUs));
    });
  }

  #complete(fetch: DelayedFetch, atUs: number): void {
    if (fetch.isDone) return;
    fetch.finish();
    this.#parked.delete(fetch);
    this.#env.ctx.kernel.cancel(fetch.timer);
    fetch.exchange.parkedUs = -1;
    this.#answer(fetch.exchange, atUs);
  }

  #answer(exchange: FetchExchange, atUs: number): void {
    const { request } = exchange;
    const partitions: FetchedPartition[] = [];
    let bytes = 0;
    for (const wanted of request.partitions) {
      const fetched = this.#read(wanted, Math.min(request.maxPartitionBytes, request.maxBytes - bytes), bytes === 0);
      if (fetched === null) continue;
      bytes += fetched.bytes;
      partitions.push(fetched);
    }
    const { ctx, broker, process } = this.#env;
    const servedUs = pollAnsweredUs(atUs, bytes);
    const crosses = ctx.network.links.crossesZone(process, exchange.client);
    for (const fetched of partitions)
      if (fetched.bytes > 0)
        ctx.recorder.fetched(
          'consumer',
          fetched.partition,
          broker,
          crosses,
          fetched.bytes,
          servedUs - exchange.sentAtUs,
          servedUs,
          request.client,
        );
    exchange.respond({ partitions }, 40 + 40 * partitions.length + bytes, servedUs);
  }

  /** Null: nothing to say about this partition (KIP-227 leaves it out). */
  #read(wanted: FetchPartition, maxBytes: number, isFirst: boolean): FetchedPartition | null {
    const leader = this.#leader(wanted.partition);
    const error = this.#error(leader, wanted);
    if (error !== 'NONE' || leader === null) return this.#refusal(wanted.partition, error);
    const { log, highWatermark } = leader.replica;
    const diverging = this.#divergence(leader, wanted);
    const common = {
      partition: wanted.partition,
      error,
      highWatermark,
      logStartOffset: log.logStartOffset,
      logEndOffset: log.logEndOffset,
      leader: -1,
      leaderEpoch: leader.leaderEpoch,
    };
    if (diverging >= 0) return { ...common, ranges: [], bytes: 0, divergingEndOffset: diverging };
    if (wanted.fetchOffset >= highWatermark || (maxBytes <= 0 && !isFirst)) return null;
    const end = log.readEnd(wanted.fetchOffset, highWatermark, Math.max(0, maxBytes));
    return {
      ...common,
      ranges: log.ranges(wanted.fetchOffset, end),
      bytes: Math.round(log.bytesBetween(wanted.fetchOffset, end)),
      divergingEndOffset: -1,
    };
  }

  #refusal(partition: number, error: ErrorName): FetchedPartition {
    const { view } = this.#env;
    const image = view.configs.behaviour.leaderHintInErrors ? view.partition(partition) : undefined;
    const replica = this.#env.replicas.get(this.#env.broker, partition);
    return {
      partition,
      error,
      highWatermark: replica?.highWatermark ?? -1,
      logStartOffset: replica?.log.logStartOffset ?? -1,
      logEndOffset: replica?.log.logEndOffset ?? -1,
      ranges: [],
      bytes: 0,
      leader: image?.leader ?? -1,
      leaderEpoch: image?.leaderEpoch ?? -1,
      divergingEndOffset: -1,
    };
  }

  #leader(partition: number): LeaderState | null {
    return this.#env.replicas.get(this.#env.broker, partition)?.leading ?? null;
  }

  #readableBytes(wanted: FetchPartition): number {
    const replica = this.#leader(wanted.partition)?.replica;
    return replica === undefined ? 0 : replica.log.bytesBetween(wanted.fetchOffset, replica.highWatermark);
  }

  #error(leader: LeaderState | null, wanted: FetchPartition): ErrorName {
    if (leader === null)
      return this.#env.view.partition(wanted.partition) === undefined
        ? 'UNKNOWN_TOPIC_OR_PARTITION'
        : 'NOT_LEADER_OR_FOLLOWER';
    if (wanted.currentLeaderEpoch >= 0 && wanted.currentLeaderEpoch < leader.leaderEpoch) return 'FENCED_LEADER_EPOCH';
    if (wanted.currentLeaderEpoch > leader.leaderEpoch) return 'UNKNOWN_LEADER_EPOCH';
    const { log } = leader.replica;
    if (this.#divergence(leader, wanted) >= 0) return 'NONE';
    return wanted.fetchOffset < log.logStartOffset || wanted.fetchOffset > log.logEndOffset
      ? 'OFFSET_OUT_OF_RANGE'
      : 'NONE';
  }

  /** Where the reader's history ends to agree with this log (KIP-320); -1: it agrees. */
  #divergence(leader: LeaderState, wanted: FetchPartition): number {
    const { log } = leader.replica;
    if (
      wanted.lastFetchedEpoch < 0 ||
      (wanted.lastFetchedEpoch === log.lastEpoch && wanted.fetchOffset <= log.logEndOffset)
    )
      return -1;
    const end = log.endOf(wanted.lastFetchedEpoch);
    return end.endOffset < wanted.fetchOffset || end.leaderEpoch !== wanted.lastFetchedEpoch
      ? Math.min(end.endOffset, wanted.fetchOffset)
      : -1;
  }
}
