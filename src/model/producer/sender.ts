import { isRetriable, refreshesMetadata } from '../../kafka/errors.ts';
import type { TimerHandle } from '../../sim/index.ts';
import { NO_TIMER } from '../../sim/index.ts';
import { exponentialBackoffMs, jitterFactor } from '../algorithms/exponentialBackoff.ts';
import { addSequence } from '../algorithms/producerState.ts';
import type { ClientMetadata } from '../client/clientMetadata.ts';
import type { ModelContext } from '../context.ts';
import { Exchange, type ExchangeFailure, type ExchangeOwner } from '../network/exchange.ts';
import type { NetworkClient } from '../network/networkClient.ts';
import type { Process } from '../network/process.ts';
import type { ErrorName, ProduceRequest, ProduceResponse } from '../protocol.ts';
import type { Accumulator } from './accumulator.ts';
import type { Lane, ProducerBatch } from './lane.ts';
import type { ProducerSession } from './producerSession.ts';
import type { ProducerSettings } from './producerSettings.ts';
import type { TransactionManager } from './transactionManager.ts';

type ProduceExchange = Exchange<ProduceRequest, ProduceResponse>;

export interface SenderParts {
  readonly ctx: ModelContext;
  readonly client: number;
  readonly process: Process;
  readonly network: NetworkClient;
  readonly metadata: ClientMetadata;
  readonly settings: ProducerSettings;
  readonly accumulator: Accumulator;
  readonly session: ProducerSession;
  readonly brokerProcesses: readonly Process[];
  /** Null without a transactional.id. */
  readonly transactions: TransactionManager | null;
  readonly transactionalId?: string;
  /** Called after batches got their outcome. */
  readonly onSettled: () => void;
}

const REQUEST_BYTES = 80;

/**
 * The sender thread: which leader gets which batches when, and what becomes of the answers. It wakes per node at the
 * computed moment when a batch there becomes ready. Source: Sender, RecordAccumulator.ready and drain.
 */
export class Sender implements ExchangeOwner<ProduceRequest, ProduceResponse> {
  readonly #parts: SenderParts;
  readonly #timers: TimerHandle[] = [];
  readonly #timerAtUs: number[] = [];
  readonly #lanesOf: Lane[][] = [];
  readonly #drainFrom: number[] = [];
  readonly #onTheWay = new Set<ProducerBatch>();
  #blockTimer: TimerHandle = NO_TIMER;
  #guardTimer: TimerHandle = NO_TIMER;
  #memoryTimer: TimerHandle = NO_TIMER;
  #switchTimer: TimerHandle = NO_TIMER;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#armGuard(this.#parts.ctx.kernel.nowUs + this.#parts.settings.deliveryTimeoutUs);
    this.wakeAll();
  }

  stop(): void {
    const { kernel } = this.#parts.ctx;
    for (const timer of this.#timers) kernel.cancel(timer ?? NO_TIMER);
    this.#timers.length = 0;
    this.#onTheWay.clear();
    this.#timerAtUs.length = 0;
    for (const timer of [this.#blockTimer, this.#guardTimer, this.#memoryTimer, this.#switchTimer])
      kernel.cancel(timer);
  }

  /** Leaders changed or were learned. */
  leadersChanged(): void {
    this.#lanesOf.length = 0;
    let isUnknown = false;
    for (const lane of this.#parts.accumulator.lanes) {
      const leader = this.#parts.metadata.leader(lane.partition);
      if (leader < 0) {
        isUnknown = true;
        continue;
      }
      const lanes = this.#lanesOf[leader] ?? [];
      lanes.push(lane);
      this.#lanesOf[leader] = lanes;
      for (const batch of lane.queue) if (batch.attempts > 0 && this.#isNewLeaderKnown(batch)) batch.notBeforeUs = 0;
    }
    if (isUnknown) this.#parts.metadata.requestUpdate();
    this.wakeAll();
  }

  wakeAll(): void {
    for (let node = 0; node < this.#lanesOf.length; node++) if (this.#lanesOf[node] !== undefined) this.#wakeOne(node);
    this.#armSwitch();
  }

  /** Sends what is ready for a node, and sets the next moment to look; every node looks when the sticky partition changes. */
  wake(node: number): void {
    this.#wakeOne(node);
    if (this.#parts.accumulator.hasMoved()) this.wakeAll();
  }

  #wakeOne(node: number): void {
    const lanes = this.#lanesOf[node];
    const { session, settings, network, brokerProcesses, ctx } = this.#parts;
    if (lanes === undefined || network.isClosed) return;
    if (settings.isIdempotent && !session.isReady) return;
    const process = brokerProcesses[node]!;
    const { nowUs } = ctx.kernel;
    for (;;) {
      const readyUs = this.#readyUs(lanes);
      if (readyUs > nowUs) {
        this.#wakeAt(node, readyUs);
        return;
      }
      if (!network.ready(process)) {
        this.#armMemory();
        return;
      }
      const batches = this.#drain(node, lanes, nowUs);
      if (batches.length === 0) {
        this.#wakeAt(node, Math.max(this.#readyUs(lanes), nowUs + 1000));
        return;
      }
      this.#send(process, batches);
    }
  }

  #readyUs(lanes: readonly Lane[]): number {
    const { accumulator, session, settings, transactions } = this.#parts;
    let earliest = Number.POSITIVE_INFINITY;
    for (const lane of lanes) {
      if (lane.isMuted) continue;
      const head = lane.head;
      if (head !== undefined && settings.isIdempotent && session.mustWait(lane, head)) continue;
      if (head === undefined && lane.hasUnresolved) continue;
      if (transactions?.isWaiting(lane, head)) continue;
      const readyUs = accumulator.readyUs(lane);
      if (readyUs < earliest) earliest = readyUs;
    }
    return earliest;
  }

  /** At most one batch per partition, round robin over the node's partitions, also batches that have not lingered. */
  #drain(node: number, lanes: readonly Lane[], nowUs: number): ProducerBatch[] {
    const { accumulator, session, settings, metadata, transactions } = this.#parts;
    const batches: ProducerBatch[] = [];
    let bytes = 0;
    const start = (this.#drainFrom[node] ?? 0) % lanes.length;
    for (let i = 0; i < lanes.length; i++) {
      const lane = lanes[(start + i) % lanes.length]!;
      if (lane.isMuted) continue;
      accumulator.admit(lane, nowUs);
      const batch = lane.head;
      if (batch === undefined || batch.notBeforeUs > nowUs || (settings.isIdempotent && session.mustWait(lane, batch)))
        continue;
      if (transactions !== null && (transactions.isWaiting(lane, batch) || !transactions.mayDrain(batch))) continue;
      if (batches.length > 0 && bytes + batch.bytes > settings.maxRequestBytes) {
        this.#drainFrom[node] = (start + i) % lanes.length;
        break;
      }
      lane.queue.shift();
      batch.isClosed = true;
      if (settings.isIdempotent && batch.baseSequence < 0) session.assign(lane, batch);
      if (settings.maxInFlight === 1) lane.isMuted = true;
      lane.inFlight++;
      this.#onTheWay.add(batch);
      batch.wasSent = true;
      batch.sentLeaderEpoch = metadata.leaderEpoch(lane.partition);
      bytes += batch.bytes;
      batches.push(batch);
    }
    if (batches.length > 0 && this.#drainFrom[node] === start) this.#drainFrom[node] = start + 1;
    return batches;
  }

  #send(process: Process, batches: readonly ProducerBatch[]): void {
    const { settings, network, client, ctx } = this.#parts;
    let bytes = REQUEST_BYTES;
    for (const batch of batches) bytes += batch.bytes + 20;
    const { transactionalId } = this.#parts;
    const timeoutUs = settings.requestTimeoutUs;
    const request: ProduceRequest =
      transactionalId === undefined
        ? { acks: settings.acks, timeoutUs, batches, client }
        : { acks: settings.acks, timeoutUs, batches, client, transactionalId };
    const exchange: ProduceExchange = new Exchange('Produce', request, this);
    const isWritten = network.send(process, exchange, bytes, settings.requestTimeoutUs, settings.acks !== 0);
    if (settings.acks === 0 && isWritten) for (const batch of batches) this.#succeed(batch, -1, ctx.kernel.nowUs);
  }

  /** acks=0: a request counts as delivered once it is written to the socket, which takes as long as the broker hangs. */
  onWritten(exchange: ProduceExchange): void {
    const { nowUs } = this.#parts.ctx.kernel;
    for (const batch of exchange.request.batches as readonly ProducerBatch[]) this.#succeed(batch, -1, nowUs);
    this.#freed(exchange);
  }

  /** Every batch whose outcome the application does not know: queued, in flight, or waiting for a retry. */
  openBatches(): ProducerBatch[] {
    const open = new Set<ProducerBatch>(this.#onTheWay);
    for (const lane of this.#parts.accumulator.lanes) for (const batch of lane.queue) open.add(batch);
    return [...open].filter((batch) => !batch.isDone);
  }

  // ── answers ───────────────────────────────────────────────────────────────────────────────────

  onResponse(exchange: ProduceExchange, response: ProduceResponse): void {
    const { ctx, client, settings, metadata, brokerProcesses } = this.#parts;
    if (settings.acks === 0) return;
    const { nowUs } = ctx.kernel;
    ctx.recorder.requestDone(
      client,
      'Produce',
      brokerProcesses.indexOf(exchange.server),
      nowUs - exchange.sentAtUs,
      nowUs,
    );
    let learned = false;
    const batches = exchange.request.batches as readonly ProducerBatch[];
    for (let i = 0; i < batches.length; i++) {
      if (metadata.learn(batches[i]!.partition, response.leaders[i]!, response.leaderEpochs[i]!)) learned = true;
      const error = response.errors[i]!;
      if (error === 'NONE') this.#succeed(batches[i]!, response.baseOffsets[i]!, nowUs);
      else this.#refused(batches[i]!, error, false);
    }
    if (learned) this.leadersChanged();
    this.#freed(exchange);
  }

  onFailure(exchange: ProduceExchange, failure: ExchangeFailure): void {
    this.#parts.metadata.requestUpdate();
    for (const batch of exchange.request.batches as readonly ProducerBatch[])
      this.#refused(batch, failure === 'TIMED_OUT' ? 'REQUEST_TIMED_OUT' : 'NETWORK_EXCEPTION', true);
    this.#freed(exchange);
  }

  #freed(exchange: ProduceExchange): void {
    const { accumulator, ctx } = this.#parts;
    accumulator.unblock(ctx.kernel.nowUs);
    this.#armBlock();
    this.wake(this.#parts.brokerProcesses.indexOf(exchange.server));
    this.#parts.onSettled();
  }

  #succeed(batch: ProducerBatch, baseOffset: number, nowUs: number): void {
    const { accumulator, session, settings, ctx, transactions } = this.#parts;
    this.#left(batch);
    if (settings.isIdempotent) session.completed(batch.owner, batch);
    if (!batch.isDone) {
      batch.isDone = true;
      accumulator.release(batch);
      if (transactions !== null) transactions.acknowledged(batch, baseOffset);
      else
        ctx.recorder.acknowledged(
          batch.lane,
          batch.first,
          batch.count,
          baseOffset,
          batch.createdFromUs,
          batch.createdToUs,
          nowUs,
        );
    }
    if (settings.isIdempotent) session.resolve(batch.owner, nowUs);
  }

  #refused(batch: ProducerBatch, error: ErrorName, connectionLost: boolean): void {
    const { ctx, client, metadata, settings, session } = this.#parts;
    const { nowUs } = ctx.kernel;
    this.#left(batch);
    ctx.recorder.errorSeen(client, batch.partition, error, nowUs);
    if (refreshesMetadata(error)) metadata.requestUpdate();
    if (batch.isDone) {
      batch.owner.forgetSequence(batch);
      session.resolve(batch.owner, nowUs);
      return;
    }
    if (error === 'MESSAGE_TOO_LARGE' && batch.count > 1) {
      this.#split(batch);
      return;
    }
    if (error === 'DUPLICATE_SEQUENCE_NUMBER') {
      this.#succeedAfterLeaving(batch, nowUs);
      return;
    }
    const isOverdue = nowUs - batch.createdUs >= settings.deliveryTimeoutUs;
    if (isOverdue || batch.attempts >= settings.retries || !this.#mayRetry(batch, error)) {
      this.#fail(batch, isOverdue ? 'TimeoutException' : error, nowUs, connectionLost);
      return;
    }
    ctx.recorder.retried(batch.lane, batch.count, error, nowUs);
    this.#requeue(batch, nowUs);
  }

  #succeedAfterLeaving(batch: ProducerBatch, nowUs: number): void {
    batch.owner.inFlight++;
    this.#succeed(batch, -1, nowUs);
  }

  #mayRetry(batch: ProducerBatch, error: ErrorName): boolean {
    const { settings, session, ctx } = this.#parts;
    if (!settings.isIdempotent) return isRetriable(error);
    if (error !== 'OUT_OF_ORDER_SEQUENCE_NUMBER' && error !== 'UNKNOWN_PRODUCER_ID') return isRetriable(error);
    // A true gap: this batch is the next one after what was acknowledged, and the broker still refuses it.
    if (batch.baseSequence !== batch.owner.lastAckedSequence + 1) return true;
    if (this.#parts.transactions !== null) return false;
    session.bumpEpoch(batch.owner, ctx.kernel.nowUs);
    return true;
  }

  #requeue(batch: ProducerBatch, nowUs: number): void {
    const { settings, metadata, ctx } = this.#parts;
    const random = this.#parts.network.random;
    batch.attempts++;
    const backoffUs =
      1000 *
      exponentialBackoffMs(
        batch.attempts - 1,
        settings.retryBackoffMs,
        settings.retryBackoffMaxMs,
        jitterFactor(random.next()),
      );
    batch.notBeforeUs = this.#isNewLeaderKnown(batch) ? nowUs : nowUs + backoffUs;
    batch.owner.requeue(batch);
    const leader = metadata.leader(batch.partition);
    if (leader >= 0) this.#wakeAt(leader, Math.max(batch.notBeforeUs, ctx.kernel.nowUs));
  }

  /** Newer than the one that the batch was last sent to (ProducerBatch.hasLeaderChangedForTheOngoingRetry). */
  #isNewLeaderKnown({ partition, sentLeaderEpoch }: ProducerBatch): boolean {
    const { settings, metadata } = this.#parts;
    return (
      settings.skipsBackoffForNewLeader &&
      metadata.leaderEpoch(partition) > sentLeaderEpoch &&
      metadata.leader(partition) >= 0
    );
  }

  #fail(batch: ProducerBatch, error: string, nowUs: number, outcomeUnknown: boolean): void {
    const { accumulator, ctx, settings, session, transactions } = this.#parts;
    batch.isDone = true;
    accumulator.release(batch);
    if (transactions !== null) transactions.failed(batch, error);
    else
      ctx.recorder.failed(
        batch.lane,
        batch.first,
        batch.count,
        error,
        batch.wasSent && (outcomeUnknown || error === 'TimeoutException'),
        batch.createdFromUs,
        batch.createdToUs,
        nowUs,
      );
    if (!settings.isIdempotent) return;
    if (batch.baseSequence >= 0) batch.owner.hasUnresolved = true;
    batch.owner.forgetSequence(batch);
    session.resolve(batch.owner, nowUs);
  }

  /** A batch with several records that is too large goes again as two, under its sequence numbers (RecordAccumulator.splitAndReenqueue). */
  #split(batch: ProducerBatch): void {
    const { settings } = this.#parts;
    const lane = batch.owner;
    const half = Math.ceil(batch.count / 2);
    const stepUs = (batch.createdToUs - batch.createdFromUs) / Math.max(1, batch.count - 1);
    const second: ProducerBatch = {
      ...batch,
      first: batch.first + half,
      count: batch.count - half,
      bytes: settings.sizeBytes(batch.count - half),
      createdFromUs: Math.round(batch.createdFromUs + stepUs * half),
      baseSequence: batch.baseSequence < 0 ? -1 : addSequence(batch.baseSequence, half),
      poolBytes: 0,
    };
    batch.count = half;
    batch.bytes = settings.sizeBytes(half);
    batch.createdToUs = Math.round(batch.createdFromUs + stepUs * (half - 1));
    lane.requeueSplit(batch, second);
  }

  #left(batch: ProducerBatch): void {
    batch.owner.inFlight--;
    this.#onTheWay.delete(batch);
    if (this.#parts.settings.maxInFlight === 1) batch.owner.isMuted = false;
  }

  // ── time ──────────────────────────────────────────────────────────────────────────────────────

  #wakeAt(node: number, atUs: number): void {
    if (atUs === Number.POSITIVE_INFINITY) return;
    const { kernel } = this.#parts.ctx;
    const timer = this.#timers[node] ?? NO_TIMER;
    if (kernel.isPending(timer) && this.#timerAtUs[node]! <= atUs) return;
    kernel.cancel(timer);
    this.#timerAtUs[node] = atUs;
    this.#timers[node] = kernel.atData(Math.max(atUs, kernel.nowUs), this.#onTimer, node);
  }

  readonly #onTimer = (node: number): void => {
    const { process } = this.#parts;
    if (process.life === 'running') this.wake(node);
    else process.run(() => this.wake(node));
  };

  /** The oldest batch's delivery.timeout.ms; re-armed only when it fires. */
  #armGuard(atUs: number): void {
    const { kernel } = this.#parts.ctx;
    kernel.cancel(this.#guardTimer);
    this.#guardTimer = kernel.atControl(Math.max(atUs, kernel.nowUs), () =>
      this.#parts.process.run(() => this.#expire()),
    );
  }

  #expire(): void {
    const { accumulator, settings, ctx, network } = this.#parts;
    if (network.isClosed) return;
    const { nowUs } = ctx.kernel;
    accumulator.admitAll(nowUs);
    let oldestUs = nowUs;
    for (const lane of accumulator.lanes) {
      for (const batch of lane.queue.length === 0 && lane.inFlight === 0
        ? []
        : [...lane.queue, ...this.#onTheWayOf(lane)]) {
        if (batch.isDone) continue;
        if (nowUs - batch.createdUs < settings.deliveryTimeoutUs) {
          oldestUs = Math.min(oldestUs, batch.createdUs);
          continue;
        }
        const at = lane.queue.indexOf(batch);
        if (at >= 0) lane.queue.splice(at, 1);
        this.#fail(batch, 'TimeoutException', nowUs, true);
      }
    }
    accumulator.unblock(nowUs);
    this.#armBlock();
    this.#armGuard(Math.max(oldestUs + settings.deliveryTimeoutUs, nowUs + 1));
    this.wakeAll();
    this.#parts.onSettled();
  }

  #onTheWayOf(lane: Lane): ProducerBatch[] {
    return [...this.#onTheWay].filter((batch) => batch.owner === lane);
  }

  /** While a node cannot be sent to, the pool fills: look when it may be used up. */
  #armMemory(): void {
    const { accumulator, ctx } = this.#parts;
    const { kernel } = ctx;
    if (kernel.isPending(this.#memoryTimer)) return;
    const atUs = accumulator.exhaustedUs(kernel.nowUs);
    if (atUs === Number.POSITIVE_INFINITY || atUs > ctx.scenario.durationUs) return;
    this.#memoryTimer = kernel.atControl(atUs, () =>
      this.#parts.process.run(() => {
        accumulator.admitAll(kernel.nowUs);
        this.#armBlock();
        if (accumulator.blockedSinceUs < 0 && accumulator.usedBytes > 0) this.#armMemory();
      }),
    );
  }

  #armBlock(): void {
    const { accumulator, settings, ctx } = this.#parts;
    const { kernel } = ctx;
    if (accumulator.blockedSinceUs < 0 || kernel.isPending(this.#blockTimer)) return;
    const since = accumulator.blockedSinceUs;
    this.#blockTimer = kernel.atControl(Math.max(kernel.nowUs, since + settings.maxBlockUs), () =>
      this.#parts.process.run(() => {
        if (accumulator.blockedSinceUs === since) accumulator.failBlocked(kernel.nowUs);
        this.#armBlock();
      }),
    );
  }

  /** The sticky partitioner leaves a partition whose leader is away: somebody must look when its batch is full. */
  #armSwitch(): void {
    const { accumulator, ctx, process } = this.#parts;
    const { kernel } = ctx;
    const atUs = accumulator.nextSwitchUs();
    if (atUs === Number.POSITIVE_INFINITY || kernel.isPending(this.#switchTimer)) return;
    this.#switchTimer = kernel.atData(Math.max(atUs, kernel.nowUs + 1000), () =>
      process.run(() => {
        accumulator.admitAll(kernel.nowUs);
        this.wakeAll();
      }),
    );
  }
}
