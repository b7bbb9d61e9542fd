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
import { notLedHere } from './notLedHere.ts';
import type { Replica } from './replica.ts';
import type { BrokerEnvironment } from './replicaManager.ts';
import { isRackAwareSelector, type ReadReplica, selectRackAware } from './replicaSelector.ts';

type FetchExchange = Exchange<FetchRequest, FetchResponse>;

/**
 * Consumers' fetches: up to the high watermark, at once or as a long poll. Every replica answers, up to the high watermark
 * that it knows; a leader sends consumers to a replica in their rack if `replica.selector.class` says so (KIP-392).
 * Source: KafkaApis.handleFetchRequest, ReplicaManager.readFromLog, DelayedFetch.
 */
export class FetchPath {
  readonly #env: BrokerEnvironment;
  readonly #isRackAware: boolean;

  /** Long polls that wait here. */
  readonly #parked = new Set<DelayedFetch>();

  constructor(env: BrokerEnvironment) {
    this.#env = env;
    this.#isRackAware = isRackAwareSelector(env.view.configs.broker('replica.selector.class'));
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
    const replicas: Replica[] = [];
    let readable = 0;
    let mustAnswer = request.maxWaitUs <= 0;
    for (const wanted of request.partitions) {
      const replica = this.#replica(wanted.partition);
      if (
        this.#error(replica, wanted) !== 'NONE' ||
        replica === undefined ||
        this.#divergence(replica, wanted) >= 0 ||
        this.#preferred(replica, wanted.fetchOffset, request) >= 0
      ) {
        mustAnswer = true;
        continue;
      }
      replicas.push(replica);
      readable += replica.log.bytesBetween(wanted.fetchOffset, readLimit(replica, request));
    }
    if (mustAnswer || readable >= request.minBytes)
      this.#answer(exchange, this.#env.machine.serve(nowUs, fetchServiceUs(0)));
    else this.#park(exchange, replicas, readable, nowUs);
  }

  /** Something became readable on this replica at `atUs`. */
  wake({ fetches }: Replica, atUs: number): void {
    if (fetches === null || fetches.size === 0) return;
    for (const fetch of [...fetches]) {
      const { request } = fetch.exchange;
      const { minBytes, partitions } = request;
      if (minBytes > 1 || request.readCommitted === true) {
        const readable = partitions.reduce((sum, wanted) => sum + this.#readableBytes(wanted, request), 0);
        // An open transaction keeps back what the high watermark has passed.
        if (readable === 0 && minBytes > 0) continue;
        if (readable < minBytes) {
          this.#expireLater(fetch, atUs);
          continue;
        }
      }
      this.#complete(fetch, atUs);
    }
  }

  /** The leader epoch ended: whoever polls here must learn it. */
  completeAll({ fetches }: Replica): void {
    if (fetches === null) return;
    for (const fetch of [...fetches]) this.#complete(fetch, this.#env.ctx.kernel.nowUs);
  }

  /** The process is gone, and with it who waited. */
  stop(): void {
    for (const fetch of this.#parked) fetch.finish();
    this.#parked.clear();
  }

  listOffsets(exchange: Exchange<ListOffsetsRequest, ListOffsetsResponse>): void {
    const { kernel } = this.#env.ctx;
    const { partition, timestamp, readCommitted } = exchange.request;
    const leader = this.#replica(partition)?.leading ?? null;
    const answer = (error: ErrorName, offset: number): void =>
      exchange.respond(
        { error, offset },
        60,
        this.#env.machine.serve(kernel.nowUs, fetchServiceUs(0)) + RESPONSE_PATH_US,
      );
    if (leader === null) {
      answer(notLedHere(this.#env, partition), -1);
      return;
    }
    const { log, highWatermark } = leader.replica;
    // A new leader whose high watermark has not reached its own epoch yet cannot know the end (KIP-207).
    if (timestamp === -1 && highWatermark < leader.epochStartOffset) answer('OFFSET_NOT_AVAILABLE', -1);
    else if (timestamp === -1)
      answer(
        'NONE',
        readCommitted === true ? leader.replica.transactions.lastStableOffset(highWatermark) : highWatermark,
      );
    else if (timestamp === -2) answer('NONE', log.logStartOffset);
    else answer('NONE', Math.min(highWatermark, log.offsetAtTime(kernel.nowUs - timestamp)));
  }

  #park(exchange: FetchExchange, replicas: readonly Replica[], readable: number, nowUs: number): void {
    const fetch = new DelayedFetch(exchange, replicas, nowUs);
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
      const fetched = this.#read(
        request,
        wanted,
        Math.min(request.maxPartitionBytes, request.maxBytes - bytes),
        bytes === 0,
      );
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
  #read(request: FetchRequest, wanted: FetchPartition, maxBytes: number, isFirst: boolean): FetchedPartition | null {
    const replica = this.#replica(wanted.partition);
    const error = this.#error(replica, wanted);
    if (error !== 'NONE' || replica === undefined) return this.#refusal(wanted.partition, error);
    const { log, highWatermark } = replica;
    const diverging = this.#divergence(replica, wanted);
    const preferredReadReplica = this.#preferred(replica, wanted.fetchOffset, request);
    const common = {
      partition: wanted.partition,
      error,
      highWatermark,
      logStartOffset: log.logStartOffset,
      logEndOffset: log.logEndOffset,
      leader: -1,
      leaderEpoch: replica.image!.leaderEpoch,
      preferredReadReplica,
    };
    if (preferredReadReplica >= 0) return { ...common, ranges: [], bytes: 0, divergingEndOffset: -1 };
    if (diverging >= 0) return { ...common, ranges: [], bytes: 0, divergingEndOffset: diverging };
    const limit = readLimit(replica, request);
    if (wanted.fetchOffset >= limit || (maxBytes <= 0 && !isFirst)) return null;
    const end = log.readEnd(wanted.fetchOffset, limit, Math.max(0, maxBytes));
    const aborted =
      request.readCommitted === true
        ? { aborted: replica.transactions.abortedWithin(wanted.fetchOffset, end) }
        : undefined;
    return {
      ...common,
      ...aborted,
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
      preferredReadReplica: -1,
    };
  }

  /** The broker that the consumer should read from instead; -1: from here. Only leaders send away (findPreferredReadReplica). */
  #preferred({ leading }: Replica, fetchOffset: number, { rack }: FetchRequest): number {
    if (!this.#isRackAware || rack === null || leading === null) return -1;
    const { ctx, broker } = this.#env;
    const { nowUs } = ctx.kernel;
    const leader = this.#readReplica(broker, leading.replica.log.logEndOffset, 0);
    const candidates = [leader];
    for (const follower of leading.followers) {
      const holds = follower.logEndOffset >= fetchOffset && follower.logStartOffset <= fetchOffset;
      if (holds && leading.committedIsr.includes(follower.broker))
        candidates.push(this.#readReplica(follower.broker, follower.logEndOffset, nowUs - follower.lastCaughtUpUs));
    }
    const selected = selectRackAware(leader, candidates, rack);
    return selected === leader ? -1 : selected.broker;
  }

  #readReplica(broker: number, logEndOffset: number, sinceCaughtUpUs: number): ReadReplica {
    const { id, rack } = this.#env.ctx.cast.brokers[broker]!;
    return { broker, id, rack, logEndOffset, sinceCaughtUpUs };
  }

  /** Hosted here and known from metadata, as leader or as follower. */
  #replica(partition: number): Replica | undefined {
    const replica = this.#env.replicas.get(this.#env.broker, partition);
    return replica === undefined || replica.image === null || replica.isOffline ? undefined : replica;
  }

  #readableBytes(wanted: FetchPartition, request: FetchRequest): number {
    const replica = this.#replica(wanted.partition);
    return replica === undefined ? 0 : replica.log.bytesBetween(wanted.fetchOffset, readLimit(replica, request));
  }

  /** Leader epochs are compared whatever the role (Partition.checkCurrentLeaderEpoch): consumers may read from followers. */
  #error(replica: Replica | undefined, wanted: FetchPartition): ErrorName {
    if (replica === undefined) return notLedHere(this.#env, wanted.partition);
    const { leaderEpoch } = replica.image!;
    if (wanted.currentLeaderEpoch >= 0 && wanted.currentLeaderEpoch < leaderEpoch) return 'FENCED_LEADER_EPOCH';
    if (wanted.currentLeaderEpoch > leaderEpoch) return 'UNKNOWN_LEADER_EPOCH';
    const { log } = replica;
    if (wanted.fetchOffset < log.logStartOffset) return 'OFFSET_OUT_OF_RANGE';
    if (this.#divergence(replica, wanted) >= 0) return 'NONE';
    return wanted.fetchOffset > log.logEndOffset ? 'OFFSET_OUT_OF_RANGE' : 'NONE';
  }

  /** Where the reader's history ends to agree with this log (KIP-320); -1: it agrees. */
  #divergence({ log }: Replica, wanted: FetchPartition): number {
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

/** The high watermark; with read_committed the last stable offset (Partition.fetchOffsetSnapshot). */
function readLimit(replica: Replica, request: FetchRequest): number {
  return request.readCommitted === true
    ? replica.transactions.lastStableOffset(replica.highWatermark)
    : replica.highWatermark;
}
