import type { TimerHandle } from '../../sim/index.ts';
import { NO_TIMER } from '../../sim/index.ts';
import { FOLLOWER_APPEND_US } from '../broker/serviceTimes.ts';
import type { ExchangeOwner } from '../network/exchange.ts';
import { Exchange } from '../network/exchange.ts';
import { NetworkClient } from '../network/networkClient.ts';
import type { Process } from '../network/process.ts';
import type {
  FetchPosition,
  FollowerExchange,
  FollowerFetch,
  FollowerFetchItem,
  FollowerFetchResponse,
} from './followerSession.ts';
import type { Replica } from './replica.ts';
import type { BrokerEnvironment } from './replicaManager.ts';
import type { ReplicationThrottles } from './replicationThrottles.ts';
import { truncationOffset } from './truncationOffset.ts';

const REQUEST_BYTES = 100;
const POSITION_BYTES = 40;

/**
 * The follower's side of replication from one source broker: fetch, append or truncate, fetch again; one request in
 * flight. Source: AbstractFetcherThread, ReplicaFetcherThread, RemoteLeaderEndPoint.
 */
export class FetcherThread implements ExchangeOwner<FollowerFetch, FollowerFetchResponse> {
  readonly #env: BrokerEnvironment;
  readonly #throttles: ReplicationThrottles;
  readonly #source: Process;
  readonly #client: NetworkClient;
  readonly #onHighWatermark: (replica: Replica) => void;
  readonly #replicas = new Set<Replica>();
  /** Records by which a replica's log end was below the leader's high watermark at the last response about it. */
  readonly #lags = new Map<Replica, number>();
  /** Whose position the leader does not know yet. */
  readonly #changed = new Set<Replica>();
  readonly #backoffUs: number;
  readonly #timeoutUs: number;
  readonly #pollUs: number;
  #sessionId: number;
  #inFlight: FollowerExchange | null = null;
  #isStopped = false;
  /** Partitions that the leader must take out of the session. */
  readonly #gone: number[] = [];
  /** How long the disks hold up the next fetch. */
  #diskWaitUs = 0;
  #retryTimer: TimerHandle = NO_TIMER;
  #newsTimer: TimerHandle = NO_TIMER;

  /** @param onHighWatermark  a replica's high watermark moved */
  constructor(
    env: BrokerEnvironment,
    source: number,
    fetcherId: number,
    throttles: ReplicationThrottles,
    onHighWatermark: (replica: Replica) => void,
  ) {
    this.#env = env;
    this.#throttles = throttles;
    this.#onHighWatermark = onHighWatermark;
    this.#source = env.brokerProcesses[source]!;
    this.#backoffUs = env.view.configs.number('replica.fetch.backoff.ms') * 1000;
    this.#timeoutUs = env.view.configs.number('request.timeout.ms') * 1000;
    this.#pollUs = env.view.configs.number('replica.fetch.wait.max.ms') * 1000;
    this.#sessionId = nextSessionId(env);
    const { configs } = env.view;
    const socketTimeoutUs = configs.number('replica.socket.timeout.ms') * 1000;
    const setupTimeoutUs = Math.min(socketTimeoutUs, configs.number('socket.connection.setup.timeout.ms') * 1000);
    const random = env.ctx.kernel.random.stream(`fetcher/${env.broker}/${source}/${fetcherId}`);
    // BrokerBlockingSender: no reconnect backoff of its own, the partitions are delayed instead; and it forgets a node
    // that it failed to reach, so that the set-up time-out does not grow.
    const options = {
      maxInFlight: 1,
      reconnectBackoffUs: 0,
      reconnectBackoffMaxUs: 0,
      setupTimeoutUs,
      setupTimeoutMaxUs: setupTimeoutUs,
      receiveBufferBytes: configs.number('replica.socket.receive.buffer.bytes'),
    };
    this.#client = new NetworkClient(env.process, env.ctx.network, options, random, {
      onReady: () => this.wake(),
      onDisconnected: (_node, reason) => {
        if (reason !== 'request.timeout') this.#connectionFailed();
      },
    });
  }

  add(replica: Replica): void {
    replica.isInSession = false;
    replica.isKnownCaughtUp = false;
    this.#replicas.add(replica);
    this.#changed.add(replica);
  }

  remove(replica: Replica): void {
    this.#replicas.delete(replica);
    this.#changed.delete(replica);
    this.#lags.delete(replica);
  }

  /** As `remove`, while the leader goes on leading: it is told that nobody asks for the partition any more. */
  forget(replica: Replica): void {
    this.remove(replica);
    if (!replica.isInSession) return;
    replica.isInSession = false;
    this.#gone.push(replica.partition);
    this.wake();
  }

  get maxLag(): number {
    let largest = 0;
    for (const lag of this.#lags.values()) if (lag > largest) largest = lag;
    return largest;
  }

  stop(): void {
    this.#isStopped = true;
    this.#env.ctx.kernel.cancel(this.#retryTimer);
    this.#env.ctx.kernel.cancel(this.#newsTimer);
    this.#client.close();
  }

  /** Sends a fetch when there is something to tell, and keeps one long poll out otherwise. */
  wake(): void {
    this.#fetch(this.#env.ctx.kernel.nowUs);
  }

  #fetch(startUs: number): void {
    if (this.#isStopped || (this.#replicas.size === 0 && this.#gone.length === 0)) return;
    if (this.#inFlight !== null) {
      this.#endPollForNews(this.#inFlight);
      return;
    }
    if (!this.#client.ready(this.#source)) return;
    const nowUs = this.#env.ctx.kernel.nowUs;
    const positions: FetchPosition[] = [];
    const forgotten: number[] = this.#gone.splice(0);
    let earliestUs = -1;
    let isThrottling = false;
    for (const replica of this.#changed) {
      if (replica.isFollowerThrottled && this.#isThrottled(replica, nowUs)) {
        isThrottling = true;
        if (replica.isInSession) forgotten.push(replica.partition);
        replica.isInSession = false;
        continue;
      }
      if (replica.fetchDelayedUntilUs > nowUs) {
        if (earliestUs < 0 || replica.fetchDelayedUntilUs < earliestUs) earliestUs = replica.fetchDelayedUntilUs;
        continue;
      }
      this.#changed.delete(replica);
      replica.isInSession = true;
      positions.push({
        partition: replica.partition,
        fetchOffset: replica.log.logEndOffset,
        currentLeaderEpoch: replica.image!.leaderEpoch,
        lastFetchedEpoch: replica.log.lastEpoch,
        logStartOffset: replica.log.logStartOffset,
      });
    }
    if (earliestUs >= 0) this.#retryAt(earliestUs);
    // All partitions are backing off or throttled: the thread sleeps, once the leader knows what it need not hold ready.
    const isEmpty = positions.length === 0 && this.#changed.size === this.#replicas.size;
    if (isEmpty && forgotten.length === 0) {
      if (isThrottling && earliestUs < 0) this.#retryAt(nowUs + this.#backoffUs);
      return;
    }
    const request: FollowerFetch = {
      follower: this.#env.broker,
      brokerEpoch: this.#brokerEpoch,
      sessionId: this.#sessionId,
      positions,
      forgotten,
      isEmpty,
    };
    this.#inFlight = new Exchange('FollowerFetch', request, this);
    this.#client.send(
      this.#source,
      this.#inFlight,
      REQUEST_BYTES + POSITION_BYTES * positions.length,
      this.#timeoutUs,
      true,
      startUs,
    );
    if (isThrottling) this.#endPollForNews(this.#inFlight);
  }

  /** Listed, behind, and the follower's quota is used up (ReplicaFetcherThread.shouldFollowerThrottle). */
  #isThrottled(replica: Replica, nowUs: number): boolean {
    return !replica.isKnownCaughtUp && this.#throttles.follower.isExceeded(nowUs);
  }

  get #brokerEpoch(): number {
    const { broker, view } = this.#env;
    return view.configs.behaviour.isrChecksBrokerEpoch ? view.brokerEpoch(broker) : -1;
  }

  /** No partition is left to it: the thread ends (shutdownIdleFetcherThreads). */
  get isIdle(): boolean {
    return this.#replicas.size === 0 && this.#gone.length === 0;
  }

  /**
   * A partition that joins or changed its position goes with the next fetch: when the long poll's round ends, or the
   * first one in which both ends hear each other again.
   */
  #endPollForNews(exchange: FollowerExchange): void {
    if ((this.#changed.size === 0 && this.#gone.length === 0) || exchange.channel === null) return;
    const { kernel, network } = this.#env.ctx;
    kernel.cancel(this.#newsTimer);
    this.#newsTimer = kernel.atControl(exchange.pollEndUs(kernel.nowUs, this.#pollUs), () => {
      if (this.#inFlight !== exchange) return;
      const isHeard = network.silence.sinceUs(this.#env.process, this.#source) < 0;
      if (isHeard && exchange.parkedUs >= 0) exchange.expirePoll();
      else this.#endPollForNews(exchange);
    });
  }

  onResponse(_exchange: FollowerExchange, response: FollowerFetchResponse): void {
    if (this.#isStopped) return;
    this.#diskWaitUs = 0;
    let bytes = 0;
    for (const item of response.items) {
      bytes += item.bytes;
      this.#apply(item);
    }
    const { ctx, machine } = this.#env;
    const nowUs = ctx.kernel.nowUs;
    const { only } = machine.disks;
    if (only !== null) this.#diskWaitUs += only.appendWaitUs(nowUs, bytes);
    this.#inFlight = null;
    this.#fetch(nowUs + FOLLOWER_APPEND_US + this.#diskWaitUs);
  }

  onFailure(): void {
    this.#inFlight = null;
    this.#connectionFailed();
  }

  #connectionFailed(): void {
    if (this.#isStopped) return;
    const untilUs = this.#env.ctx.kernel.nowUs + this.#backoffUs;
    this.#sessionId = nextSessionId(this.#env);
    for (const replica of this.#replicas) {
      replica.isInSession = false;
      replica.fetchDelayedUntilUs = untilUs;
      this.#changed.add(replica);
    }
    this.#retryAt(untilUs);
  }

  #retryAt(atUs: number): void {
    const { kernel } = this.#env.ctx;
    kernel.cancel(this.#retryTimer);
    const { incarnation } = this.#env.process;
    this.#retryTimer = kernel.atControl(atUs, () => {
      this.#env.process.run(() => incarnation === this.#env.process.incarnation && this.wake());
    });
  }

  #apply(item: FollowerFetchItem): void {
    const replica = this.#env.replicas.get(this.#env.broker, item.partition);
    if (replica === undefined || !this.#replicas.has(replica) || replica.image?.leaderEpoch !== item.currentLeaderEpoch)
      return;
    if (item.error === 'NONE' && item.fetchOffset < 0 && item.divergingEndOffset < 0) {
      this.#learnHighWatermark(replica, item.highWatermark);
      return;
    }
    this.#changed.add(replica);
    if (item.error === 'OFFSET_OUT_OF_RANGE') this.#outOfRange(replica, item);
    else if (item.error !== 'NONE') this.#refused(replica, item);
    else if (item.divergingEndOffset >= 0)
      this.#truncate(replica, truncationOffset(replica.log, item.divergingEpoch, item.divergingEndOffset));
    else this.#append(replica, item);
  }

  #append(replica: Replica, item: FollowerFetchItem): void {
    if (item.fetchOffset !== replica.log.logEndOffset) return;
    const { nowUs } = this.#env.ctx.kernel;
    if (item.bytes > 0 && !this.#write(replica, item, nowUs)) return;
    this.#learnHighWatermark(replica, item.highWatermark);
    const lag = item.highWatermark - replica.log.logEndOffset;
    replica.isKnownCaughtUp = lag <= 0;
    if (replica.isFollowerThrottled) this.#throttles.follower.record(item.bytes, nowUs);
    if (lag > 0) this.#lags.set(replica, lag);
    else if (this.#lags.size > 0) this.#lags.delete(replica);
    if (item.logStartOffset > replica.log.logStartOffset)
      replica.log.logStartOffset = Math.min(item.logStartOffset, replica.log.logEndOffset);
  }

  /** The leader's, as far as the log reaches; consumers that read here are answered (processPartitionData). */
  #learnHighWatermark(replica: Replica, leaderHighWatermark: number): void {
    const highWatermark = Math.min(leaderHighWatermark, replica.log.logEndOffset);
    if (highWatermark === replica.highWatermark) return;
    replica.disk.highWatermarkMoves(this.#env.ctx.kernel.nowUs, replica.highWatermark);
    replica.highWatermark = highWatermark;
    if (replica.fetches !== null) this.#onHighWatermark(replica);
  }

  /** @returns false when the log directory does not take it */
  #write(replica: Replica, item: FollowerFetchItem, nowUs: number): boolean {
    const { disk, log, limits } = replica;
    const dir = disk.dir!;
    if (!dir.accepts(item.bytes)) {
      this.#env.ioError(dir);
      return false;
    }
    disk.appending(nowUs, log.logEndOffset);
    dir.take(item.bytes);
    log.appendSpans(item.spans, item.endOffset);
    if (this.#env.machine.disks.only === null) this.#diskWaitUs += dir.appendWaitUs(nowUs, item.bytes);
    if (disk.unflushedRecords(log.logEndOffset) >= limits.flushRecords) {
      disk.flush(log.logEndOffset, nowUs);
      this.#diskWaitUs += dir.flushUs(nowUs);
    }
    return true;
  }

  /** A fenced partition waits for metadata to tell its new leader epoch (onPartitionFenced); others for the backoff. */
  #refused(replica: Replica, item: FollowerFetchItem): void {
    this.#env.ctx.recorder.errorSeen(-1, replica.partition, item.error, this.#env.ctx.kernel.nowUs);
    if (item.error === 'FENCED_LEADER_EPOCH') {
      this.remove(replica);
      return;
    }
    replica.fetchDelayedUntilUs = this.#env.ctx.kernel.nowUs + this.#backoffUs;
  }

  /** The log lies wholly before or partly after the leader's: start again at its start, or cut back to its end. */
  #outOfRange(replica: Replica, item: FollowerFetchItem): void {
    if (item.endOffset < replica.log.logEndOffset) {
      this.#truncate(replica, item.endOffset);
      return;
    }
    this.#truncate(replica, 0);
    replica.log.logStartOffset = item.logStartOffset;
    replica.log.logEndOffset = item.logStartOffset;
  }

  #truncate(replica: Replica, toOffset: number): void {
    const { log, partition, broker } = replica;
    const from = log.logEndOffset;
    if (toOffset >= from) {
      log.truncateTo(from);
      return;
    }
    const { recorder, kernel } = this.#env.ctx;
    const event = recorder.event(kernel.nowUs, replica.image?.event ?? -1, {
      type: 'replica.truncated',
      partition,
      broker,
      toOffset,
      fromLogEndOffset: from,
      highWatermark: replica.highWatermark,
    });
    for (const range of log.ranges(toOffset, from))
      recorder.removed(
        partition,
        broker,
        range.leaderEpoch,
        range.offset,
        range.count,
        range.lane,
        range.first,
        event,
        kernel.nowUs,
      );
    replica.truncate(toOffset);
  }
}

const sessionCounters = new WeakMap<object, number>();

/** Unique within a run. */
function nextSessionId(env: BrokerEnvironment): number {
  const id = (sessionCounters.get(env.ctx) ?? 0) + 1;
  sessionCounters.set(env.ctx, id);
  return id;
}
