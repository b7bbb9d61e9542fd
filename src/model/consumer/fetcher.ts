/**
 * The fetch loop: one request in flight to each broker, for the partitions of which nothing is buffered: to the leader, or
 * to the replica that the leader sent this consumer to. Requests go out only while the application is inside poll().
 * Source: AbstractFetch, Fetcher, FetchCollector; KIP-320, KIP-392, KIP-951.
 */
import { NO_TIMER, type TimerHandle } from '../../sim/index.ts';
import { Exchange, type ExchangeOwner } from '../network/exchange.ts';
import type { FetchedPartition, FetchPartition, FetchRequest, FetchResponse } from '../protocol.ts';
import { NO_CAUSE } from '../trace.ts';
import { forApplication } from './abortedRecords.ts';
import type { ConsumerParts } from './consumerParts.ts';
import type { PartitionState } from './partitionState.ts';

const REQUEST_BYTES = 100;
const PARTITION_BYTES = 40;

type FetchExchange = Exchange<FetchRequest, FetchResponse>;

export interface FetcherOwner {
  /** A fetch was answered: records are buffered, or the next fetch may go out. */
  fetched(): void;
  /** Positions wait for a reset. */
  resetsNeeded(): void;
  fail(exception: string, partition: number): void;
}

export class Fetcher implements ExchangeOwner<FetchRequest, FetchResponse> {
  readonly #parts: ConsumerParts;
  readonly #owner: FetcherOwner;
  /** By broker. */
  readonly #inFlight: (FetchExchange | undefined)[] = [];
  readonly #wanted: FetchPartition[][] = [];
  readonly #pollEnds = new Set<FetchExchange>();
  #retryTimer: TimerHandle = NO_TIMER;

  constructor(parts: ConsumerParts, owner: FetcherOwner) {
    this.#parts = parts;
    this.#owner = owner;
  }

  /** Sends what can be asked for now; a partition whose broker already has a fetch of ours goes with the next one. */
  send(): void {
    const { subscription, metadata, ctx, network, brokerProcesses } = this.#parts;
    const { nowUs } = ctx.kernel;
    const leaders: number[] = [];
    let isLeaderMissing = false;
    let retryUs = -1;
    for (const state of subscription.states()) {
      if (!state.isFetchable(nowUs)) {
        if (state.delayedUntilUs > nowUs && (retryUs < 0 || state.delayedUntilUs < retryUs))
          retryUs = state.delayedUntilUs;
        continue;
      }
      const leader = this.#readFrom(state, nowUs);
      const inFlight = this.#inFlight[leader];
      if (leader < 0) isLeaderMissing = true;
      else if (inFlight !== undefined) {
        if (state.requestedIn !== inFlight) this.#endPollForNews(inFlight);
      } else if (network.ready(brokerProcesses[leader]!)) this.#want(leader, state, leaders);
      if (state.requestedIn !== null && state.requestedIn !== inFlight) this.#endPollForNews(state.requestedIn);
    }
    if (isLeaderMissing) metadata.requestUpdate();
    if (retryUs >= 0) this.#retryAt(retryUs);
    for (const leader of leaders) this.#sendTo(leader);
  }

  /** Partitions were taken away: the fetch that asks for them ends with its round. */
  revoked(states: readonly PartitionState[]): void {
    for (const { requestedIn } of states) if (requestedIn !== null) this.#endPollForNews(requestedIn);
  }

  /** Who was sent to a replica that cannot be reached asks the leader again (AbstractFetch.handleFetchFailure). */
  disconnected(broker: number): void {
    for (const state of this.#parts.subscription.states())
      if (state.preferredReplica === broker) state.readFromLeader();
  }

  stop(): void {
    this.#parts.ctx.kernel.cancel(this.#retryTimer);
    this.#inFlight.length = 0;
  }

  onResponse(exchange: FetchExchange, response: FetchResponse): void {
    const { ctx, client, subscription, brokerProcesses, settings } = this.#parts;
    const { nowUs } = ctx.kernel;
    const broker = brokerProcesses.indexOf(exchange.server);
    const sinceUs = nowUs - exchange.sentAtUs;
    const latencyUs = sinceUs > settings.fetchMaxWaitUs ? sinceUs % Math.max(1, settings.fetchMaxWaitUs) : sinceUs;
    ctx.recorder.requestDone(client, 'Fetch', broker, latencyUs, nowUs);
    for (const item of response.partitions) {
      const state = subscription.get(item.partition);
      if (state?.requestedIn === exchange) this.#apply(state, item);
    }
    this.#finished(exchange, broker);
    this.#owner.fetched();
  }

  onFailure(exchange: FetchExchange): void {
    for (const { partition } of exchange.request.partitions) this.#parts.subscription.get(partition)?.readFromLeader();
    this.#finished(exchange, this.#parts.brokerProcesses.indexOf(exchange.server));
    this.#parts.metadata.requestUpdate();
  }

  #finished(exchange: FetchExchange, broker: number): void {
    if (this.#inFlight[broker] === exchange) this.#inFlight[broker] = undefined;
    this.#pollEnds.delete(exchange);
    for (const { partition } of exchange.request.partitions) {
      const state = this.#parts.subscription.get(partition);
      if (state?.requestedIn === exchange) state.requestedIn = null;
    }
  }

  // Sending

  /** The preferred read replica while the leader's word holds, else the leader (AbstractFetch.selectReadReplica). */
  #readFrom(state: PartitionState, nowUs: number): number {
    if (state.preferredReplica < 0) return this.#parts.metadata.leader(state.partition);
    if (nowUs <= state.preferredUntilUs) return state.preferredReplica;
    state.readFromLeader();
    return this.#parts.metadata.leader(state.partition);
  }

  #want(leader: number, state: PartitionState, leaders: number[]): void {
    let wanted = this.#wanted[leader];
    if (wanted === undefined || wanted.length === 0) {
      wanted = [];
      this.#wanted[leader] = wanted;
      leaders.push(leader);
    }
    wanted.push({
      partition: state.partition,
      fetchOffset: state.position,
      currentLeaderEpoch: this.#parts.metadata.leaderEpoch(state.partition),
      lastFetchedEpoch: state.positionEpoch,
    });
  }

  #sendTo(leader: number): void {
    const { settings, client, network, brokerProcesses, subscription } = this.#parts;
    const partitions = this.#wanted[leader]!;
    this.#wanted[leader] = [];
    const request: FetchRequest = {
      client,
      rack: settings.rack,
      partitions,
      minBytes: settings.fetchMinBytes,
      maxWaitUs: settings.fetchMaxWaitUs,
      maxBytes: settings.fetchMaxBytes,
      maxPartitionBytes: settings.maxPartitionFetchBytes,
      ...(settings.readCommitted ? { readCommitted: true } : {}),
    };
    const exchange: FetchExchange = new Exchange('Fetch', request, this);
    for (const { partition, fetchOffset } of partitions) {
      const state = subscription.get(partition)!;
      state.requestedIn = exchange;
      state.requestedOffset = fetchOffset;
    }
    this.#inFlight[leader] = exchange;
    const bytes = REQUEST_BYTES + PARTITION_BYTES * partitions.length;
    network.send(brokerProcesses[leader]!, exchange, bytes, settings.requestTimeoutUs);
  }

  /** The long poll is renewed in thought only; what is new goes with its next round, so this one ends for real. */
  #endPollForNews(exchange: FetchExchange): void {
    if (this.#pollEnds.has(exchange)) return;
    this.#pollEnds.add(exchange);
    const { ctx, process, settings } = this.#parts;
    const endUs = exchange.pollEndUs(ctx.kernel.nowUs, Math.max(1, settings.fetchMaxWaitUs));
    ctx.kernel.atControl(endUs, () => {
      this.#pollEnds.delete(exchange);
      if (!this.#inFlight.includes(exchange)) return;
      if (ctx.network.silence.sinceUs(process, exchange.server) < 0) exchange.expirePoll();
      else this.#endPollForNews(exchange);
    });
  }

  #retryAt(atUs: number): void {
    const { ctx, process } = this.#parts;
    if (ctx.kernel.isPending(this.#retryTimer)) return;
    this.#retryTimer = ctx.kernel.atControl(atUs, () => process.run(() => this.#owner.fetched()));
  }

  // Answers

  #apply(state: PartitionState, item: FetchedPartition): void {
    if (state.phase !== 'FETCHING' || state.position !== state.requestedOffset) return;
    if (item.error === 'OFFSET_OUT_OF_RANGE') this.#outOfRange(state);
    else if (item.error !== 'NONE') this.#refused(state, item);
    else if (item.preferredReadReplica >= 0) this.#sentTo(state, item.preferredReadReplica);
    else if (item.divergingEndOffset >= 0) this.#truncated(state, item.divergingEndOffset);
    else if (item.ranges.length > 0)
      this.#parts.subscription.buffer(state, forApplication(item.ranges, item.aborted ?? []));
  }

  #refused(state: PartitionState, item: FetchedPartition): void {
    const { ctx, client, metadata, settings } = this.#parts;
    ctx.recorder.errorSeen(client, state.partition, item.error, ctx.kernel.nowUs);
    if (item.error !== 'UNKNOWN_LEADER_EPOCH') state.readFromLeader();
    const isHinted = metadata.learn(state.partition, item.leader, item.leaderEpoch);
    if (isHinted) return;
    if (item.error !== 'UNKNOWN_LEADER_EPOCH') metadata.requestUpdate();
    state.delayedUntilUs = ctx.kernel.nowUs + settings.retryBackoffMs * 1000;
  }

  /** The leader names a replica in this consumer's rack: it is asked until metadata is too old (`metadata.max.age.ms`). */
  #sentTo(state: PartitionState, replica: number): void {
    if (replica === state.preferredReplica) return;
    const { ctx, process, settings } = this.#parts;
    const untilUs = ctx.kernel.nowUs + settings.metadataMaxAgeUs;
    state.preferredReplica = replica;
    state.preferredUntilUs = untilUs;
    ctx.kernel.atControl(untilUs + 1, () => process.run(() => this.#preferenceEnds(state, untilUs)));
  }

  /** Long polls are renewed in thought: the one at the replica ends for real, so that the leader is asked again. */
  #preferenceEnds(state: PartitionState, untilUs: number): void {
    if (state.preferredUntilUs !== untilUs || this.#parts.subscription.get(state.partition) !== state) return;
    state.readFromLeader();
    if (state.requestedIn !== null) this.#endPollForNews(state.requestedIn);
    else this.#owner.fetched();
  }

  /** A follower may lack what its leader has: then the leader is asked before anything is reset. */
  #outOfRange(state: PartitionState): void {
    const { ctx, client } = this.#parts;
    ctx.recorder.errorSeen(client, state.partition, 'OFFSET_OUT_OF_RANGE', ctx.kernel.nowUs);
    if (state.preferredReplica >= 0) {
      state.readFromLeader();
      return;
    }
    state.awaitReset('OFFSET_OUT_OF_RANGE');
    this.#owner.resetsNeeded();
  }

  /** The log was cut back below what this consumer has read. */
  #truncated(state: PartitionState, toOffset: number): void {
    const { ctx, client, group, settings } = this.#parts;
    ctx.recorder.event(ctx.kernel.nowUs, NO_CAUSE, {
      type: 'consumer.reset',
      group,
      client,
      partition: state.partition,
      fromOffset: state.position,
      toOffset,
      policy: settings.resetPolicy.name,
      why: 'the log was truncated below the position',
    });
    if (settings.resetPolicy.timestamp === null) this.#owner.fail('LogTruncationException', state.partition);
    else state.seek(toOffset, -1);
  }
}
