import type { TimerHandle } from '../../sim/index.ts';
import { NO_TIMER } from '../../sim/index.ts';
import {
  APPEND,
  checkSequence,
  DUPLICATE,
  duplicateBaseOffset,
  INVALID_PRODUCER_EPOCH,
  recordBatch,
  recordMarker,
} from '../algorithms/producerState.ts';
import { produceServiceUs, RESPONSE_PATH_US } from '../broker/serviceTimes.ts';
import { ABORT_MARKER, COMMIT_MARKER, isMarker, PLAIN, TRANSACTIONAL } from '../log/batchKind.ts';
import type { Exchange } from '../network/exchange.ts';
import type { ErrorName, ProduceRequest, ProduceResponse, RecordBatch } from '../protocol.ts';
import { DelayedProduce } from './delayedProduce.ts';
import type { FollowerFetchPath } from './followerFetchPath.ts';
import type { HighWatermarks } from './highWatermarks.ts';
import type { LeaderState } from './leaderState.ts';
import { notLedHere } from './notLedHere.ts';
import type { BrokerEnvironment } from './replicaManager.ts';

type ProduceExchange = Exchange<ProduceRequest, ProduceResponse>;

/** A record that a coordinator writes, which no producer of the scenario sent. */
const OWN_RECORD = { lane: -1, first: 0, count: 1, producerId: -1, producerEpoch: -1, baseSequence: -1 } as const;
/** Header of a batch and a control record with its four bytes of key and six of value. */
const MARKER_BYTES = 78;

export interface TransactionVerifier {
  /** Batches that begin a transaction on their partition. */
  needed(request: ProduceRequest): RecordBatch[];
  verify(
    transactionalId: string,
    batches: readonly Pick<RecordBatch, 'partition' | 'producerId' | 'producerEpoch'>[],
    done: (error: ErrorName) => void,
  ): void;
  /** A batch with a lower sequence was asked about and is not in the log. */
  isOvertaking(batch: RecordBatch): boolean;
  /** Whether leaders ask at all. */
  readonly isOn: boolean;
}

/** Appends on the leader, and the produce purgatory. Source: ReplicaManager.appendRecords, DelayedProduce. */
export class ProducePath {
  readonly #env: BrokerEnvironment;
  readonly #highWatermarks: HighWatermarks;
  readonly #followers: FollowerFetchPath;
  readonly #purgatory: DelayedProduce[] = [];
  /** Leaders that the request at hand appended to. */
  readonly #appended: LeaderState[] = [];
  #expiryTimer: TimerHandle = NO_TIMER;
  /** Asked about the first records of a transaction on a partition; null: nobody has to be. */
  verifier: TransactionVerifier | null = null;

  constructor(env: BrokerEnvironment, highWatermarks: HighWatermarks, followers: FollowerFetchPath) {
    this.#env = env;
    this.#highWatermarks = highWatermarks;
    this.#followers = followers;
  }

  /** Errors name the new leader (KIP-951). */
  get #hintsLeader(): boolean {
    return this.#env.view.configs.behaviour.leaderHintInErrors;
  }

  /** Requests in the purgatory. */
  countWaiting(): number {
    this.#dropAnswered();
    return this.#purgatory.length;
  }

  handle(exchange: ProduceExchange): void {
    const { request } = exchange;
    const asked = request.transactionalId === undefined ? [] : (this.verifier?.needed(request) ?? []);
    if (asked.length === 0) {
      this.#handle(exchange, null);
      return;
    }
    const { process } = this.#env;
    const { incarnation } = process;
    this.verifier!.verify(request.transactionalId!, asked, (error) =>
      process.run(() => {
        if (incarnation !== process.incarnation) return;
        const refused = error === 'NONE' ? null : new Map(asked.map(({ partition }) => [partition, error]));
        this.#handle(exchange, refused);
      }),
    );
  }

  /** @param refused  errors of partitions that are not part of the producer's transaction */
  #handle(exchange: ProduceExchange, refused: ReadonlyMap<number, ErrorName> | null): void {
    const { request } = exchange;
    const nowUs = this.#env.ctx.kernel.nowUs;
    let bytes = 0;
    for (const batch of request.batches) bytes += batch.bytes;
    const servedUs = this.#env.machine.serve(
      nowUs,
      produceServiceUs(request.batches.length, bytes) + this.#diskWaitUs(request, nowUs, bytes),
    );
    const count = request.batches.length;
    // Sized at once: a growing array takes room for 17 entries with its first one.
    const response: ProduceResponse = {
      errors: new Array(count),
      baseOffsets: new Array(count),
      leaders: new Array(count),
      leaderEpochs: new Array(count),
    };
    const delayed = request.acks === -1 ? new DelayedProduce(exchange, response, nowUs + request.timeoutUs) : null;
    let failed = false;
    for (let i = 0; i < count; i++) {
      const batch = request.batches[i]!;
      const leader = this.#env.replicas.get(this.#env.broker, batch.partition)?.leading ?? null;
      const end = this.#append(leader, batch, i, request, response, servedUs, refused);
      failed ||= end < 0;
      if (delayed === null) continue;
      if (end >= 0 && end > leader!.replica.highWatermark) delayed.wait(i, leader!, end);
    }
    this.#completeAppends(servedUs);
    if (delayed?.isDone) return;
    if (request.acks === 0) this.#finishWithoutAnswer(exchange, response, failed, servedUs);
    else if (delayed === null || delayed.pendingCount === 0)
      exchange.respond(response, 60 * request.batches.length, servedUs + RESPONSE_PATH_US);
    else this.#park(delayed);
  }

  /** @returns the offset after the batch's last record, or -1 when it was refused. */
  #append(
    leader: LeaderState | null,
    batch: RecordBatch,
    i: number,
    request: ProduceRequest,
    response: ProduceResponse,
    servedUs: number,
    refused: ReadonlyMap<number, ErrorName> | null,
  ): number {
    const error = refused?.get(batch.partition) ?? this.#check(leader, batch, request);
    const image = this.#env.view.partition(batch.partition);
    const isHinted = error === 'NOT_LEADER_OR_FOLLOWER' && this.#hintsLeader;
    response.leaders[i] = isHinted ? (image?.leader ?? -1) : -1;
    response.leaderEpochs[i] = isHinted ? (image?.leaderEpoch ?? -1) : -1;
    if (error !== 'NONE' || leader === null) return this.#refuse(response, i, error, batch.partition, servedUs);
    const sequenceError = this.#checkSequence(leader, batch);
    if (sequenceError === 'DUPLICATE_SEQUENCE_NUMBER') {
      const state = leader.producer(batch.producerId);
      const baseOffset = duplicateBaseOffset(state, batch.producerEpoch, batch.baseSequence, batch.count);
      this.#env.ctx.recorder.duplicateRefused(batch.partition, batch.lane, batch.first, batch.count, servedUs);
      response.errors[i] = 'NONE';
      response.baseOffsets[i] = baseOffset;
      // A duplicate appends nothing, but Partition.appendRecordsToLeader looks at the high watermark all the same.
      this.#appended.push(leader);
      return baseOffset + batch.count;
    }
    if (sequenceError !== 'NONE') return this.#refuse(response, i, sequenceError, batch.partition, servedUs);
    if (!leader.replica.disk.dir!.accepts(batch.bytes)) {
      this.#env.ioError(leader.replica.disk.dir!);
      return this.#refuse(response, i, 'KAFKA_STORAGE_ERROR', batch.partition, servedUs);
    }
    response.errors[i] = 'NONE';
    response.baseOffsets[i] = this.#write(leader, batch, servedUs);
    return leader.replica.log.logEndOffset;
  }

  #refuse(response: ProduceResponse, i: number, error: ErrorName, partition: number, atUs: number): -1 {
    response.errors[i] = error;
    response.baseOffsets[i] = -1;
    this.#env.ctx.recorder.appendRefused(partition, this.#env.broker, error, atUs);
    return -1;
  }

  /** One disk for everything and no fsync by count, as nearly everywhere: no look at the batches. */
  #diskWaitUs(request: ProduceRequest, nowUs: number, bytes: number): number {
    const { machine, view } = this.#env;
    const { only } = machine.disks;
    if (only !== null && !view.configs.flushesByCount) return only.appendWaitUs(nowUs, bytes);
    let waitUs = 0;
    for (const batch of request.batches) {
      const replica = this.#env.replicas.get(this.#env.broker, batch.partition);
      const dir = replica?.disk.dir;
      if (replica === undefined || !dir) continue;
      let oneUs = dir.appendWaitUs(nowUs, batch.bytes);
      const unflushed = replica.disk.unflushedRecords(replica.log.logEndOffset) + batch.count;
      if (unflushed >= replica.limits.flushRecords) oneUs += dir.flushUs(nowUs + oneUs);
      waitUs += oneUs;
    }
    return waitUs;
  }

  #check(leader: LeaderState | null, batch: RecordBatch, request: ProduceRequest): ErrorName {
    if (leader === null) return notLedHere(this.#env, batch.partition);
    if (request.acks === -1 && leader.committedIsr.length < leader.effectiveMinIsr) return 'NOT_ENOUGH_REPLICAS';
    return batch.bytes > leader.replica.limits.maxMessageBytes ? 'MESSAGE_TOO_LARGE' : 'NONE';
  }

  #checkSequence(leader: LeaderState, batch: RecordBatch): ErrorName {
    if (batch.producerId < 0) return 'NONE';
    const state = leader.producer(batch.producerId);
    if (state.producerEpoch < 0 && batch.kind === TRANSACTIONAL && this.verifier?.isOvertaking(batch) === true)
      return 'OUT_OF_ORDER_SEQUENCE_NUMBER';
    const verdict = checkSequence(state, batch.producerEpoch, batch.baseSequence, batch.count);
    if (verdict === APPEND) return 'NONE';
    if (verdict === DUPLICATE) return 'DUPLICATE_SEQUENCE_NUMBER';
    return verdict === INVALID_PRODUCER_EPOCH ? 'INVALID_PRODUCER_EPOCH' : 'OUT_OF_ORDER_SEQUENCE_NUMBER';
  }

  #write(leader: LeaderState, batch: RecordBatch, servedUs: number): number {
    const { log, partition, disk, limits } = leader.replica;
    const { recorder, kernel } = this.#env.ctx;
    disk.appending(kernel.nowUs, log.logEndOffset);
    disk.dir!.take(batch.bytes);
    const baseOffset = log.append(
      batch.count,
      batch.bytes,
      batch.lane,
      batch.first,
      batch.createdFromUs,
      batch.createdToUs,
      batch.producerId,
      batch.producerEpoch,
      batch.baseSequence,
      batch.kind ?? PLAIN,
    );
    if (disk.unflushedRecords(log.logEndOffset) >= limits.flushRecords) disk.flush(log.logEndOffset, kernel.nowUs);
    if (isMarker(batch.kind ?? PLAIN)) recordMarker(leader.producer(batch.producerId), batch.producerEpoch);
    else if (batch.producerId >= 0)
      recordBatch(leader.producer(batch.producerId), batch.producerEpoch, batch.baseSequence, batch.count, baseOffset);
    recorder.appended(
      partition,
      this.#env.broker,
      leader.leaderEpoch,
      baseOffset,
      batch.count,
      batch.bytes,
      batch.lane,
      batch.first,
      servedUs,
    );
    this.#followers.appended(leader, baseOffset, servedUs);
    this.#appended.push(leader);
    return baseOffset;
  }

  /**
   * A coordinator's own record on a partition that it leads (acks=all): `done` is called with NONE once it is replicated.
   * @returns false when this broker does not lead or the ISR is too small; `done` was called with the error.
   */
  appendInternal(partition: number, bytes: number, timeoutUs: number, done: (error: ErrorName) => void): void {
    const { nowUs } = this.#env.ctx.kernel;
    this.#appendOwn({ partition, bytes, ...OWN_RECORD, createdFromUs: nowUs, createdToUs: nowUs }, timeoutUs, done);
  }

  /**
   * A transaction ends on this partition (WriteTxnMarkers, ReplicaManager.appendRecords with origin COORDINATOR): one
   * control record, replicated before `done`. The producer's later writes must carry `producerEpoch` or a higher one.
   */
  appendMarker(
    partition: number,
    producerId: number,
    producerEpoch: number,
    isCommit: boolean,
    timeoutUs: number,
    done: (error: ErrorName) => void,
  ): void {
    const leader = this.#env.replicas.get(this.#env.broker, partition)?.leading ?? null;
    if (leader !== null && leader.producer(producerId).producerEpoch > producerEpoch) {
      done('INVALID_PRODUCER_EPOCH');
      return;
    }
    const { nowUs } = this.#env.ctx.kernel;
    const kind = isCommit ? COMMIT_MARKER : ABORT_MARKER;
    const marker = { ...OWN_RECORD, producerId, producerEpoch, kind };
    const bytes = MARKER_BYTES;
    this.#appendOwn({ partition, bytes, ...marker, createdFromUs: nowUs, createdToUs: nowUs }, timeoutUs, done);
  }

  #appendOwn(batch: RecordBatch, timeoutUs: number, done: (error: ErrorName) => void): void {
    const { partition, bytes } = batch;
    const leader = this.#env.replicas.get(this.#env.broker, partition)?.leading ?? null;
    const { kernel } = this.#env.ctx;
    const request: ProduceRequest = { acks: -1, timeoutUs, batches: [batch], client: -1 };
    const error = this.#check(leader, batch, request);
    if (error !== 'NONE' || leader === null) {
      done(error);
      return;
    }
    const dir = leader.replica.disk.dir!;
    if (!dir.accepts(bytes)) {
      this.#env.ioError(dir);
      done('KAFKA_STORAGE_ERROR');
      return;
    }
    const servedUs = this.#env.machine.serve(kernel.nowUs, produceServiceUs(1, bytes) + dir.stallUs(kernel.nowUs));
    this.#write(leader, batch, servedUs);
    this.#completeAppends(servedUs);
    const end = leader.replica.log.logEndOffset;
    if (end <= leader.replica.highWatermark) {
      kernel.atData(servedUs, () => done('NONE'));
      return;
    }
    const answer = {
      respond: (response: ProduceResponse, _bytes: number, atUs: number) =>
        kernel.atData(Math.max(atUs, kernel.nowUs), () => done(response.errors[0]!)),
    };
    const delayed = new DelayedProduce(
      answer as unknown as ProduceExchange,
      { errors: ['NONE'], baseOffsets: [end - 1], leaders: [-1], leaderEpochs: [-1] },
      kernel.nowUs + timeoutUs,
    );
    delayed.wait(0, leader, end);
    this.#park(delayed);
  }

  /**
   * A leader that is alone in its ISR moves its high watermark with the append itself; delayed fetches are completed when
   * all partitions of the request are appended (Partition.appendRecordsToLeader, ReplicaManager's action queue).
   */
  #completeAppends(servedUs: number): void {
    for (const leader of this.#appended) this.#highWatermarks.maybeAdvance(leader, servedUs);
    for (const leader of this.#appended) this.#followers.answerParked(leader, servedUs);
    this.#appended.length = 0;
  }

  #finishWithoutAnswer(exchange: ProduceExchange, response: ProduceResponse, failed: boolean, servedUs: number): void {
    if (failed) exchange.closeConnection(servedUs);
    else exchange.respond(response, 0, servedUs);
  }

  #park(produce: DelayedProduce): void {
    this.#purgatory.push(produce);
    if (this.#expiryTimer === NO_TIMER) this.#armExpiry();
  }

  /** One timer for the oldest request: answered ones are dropped when it comes round. */
  #armExpiry(): void {
    this.#expiryTimer = NO_TIMER;
    this.#dropAnswered();
    const oldest = this.#purgatory[0];
    if (oldest === undefined) return;
    this.#expiryTimer = this.#env.ctx.kernel.atControl(Math.max(oldest.deadlineUs, this.#env.ctx.kernel.nowUs), () => {
      const { incarnation } = this.#env.process;
      this.#env.process.run(() => incarnation === this.#env.process.incarnation && this.#expire());
    });
  }

  #dropAnswered(): void {
    let kept = 0;
    for (const produce of this.#purgatory) if (!produce.isDone) this.#purgatory[kept++] = produce;
    this.#purgatory.length = kept;
  }

  #expire(): void {
    const nowUs = this.#env.ctx.kernel.nowUs;
    for (const produce of this.#purgatory) {
      if (produce.isDone || produce.deadlineUs > nowUs) continue;
      for (let i = 0; i < produce.leaders.length; i++)
        if (produce.leaders[i] !== null) produce.response.errors[i] = 'REQUEST_TIMED_OUT';
      this.#finish(produce);
    }
    this.#armExpiry();
  }

  /** Leadership was lost while requests waited. */
  failWaiting(leader: LeaderState, error: ErrorName): void {
    for (const produce of leader.produces.splice(0)) {
      if (produce.isDone) continue;
      const at = produce.leaders.indexOf(leader);
      if (at < 0) continue;
      produce.leaders[at] = null;
      produce.response.errors[at] = error;
      if (this.#hintsLeader) {
        produce.response.leaders[at] = leader.replica.image?.leader ?? -1;
        produce.response.leaderEpochs[at] = leader.replica.image?.leaderEpoch ?? -1;
      }
      if (--produce.pendingCount === 0) this.#finish(produce);
    }
  }

  stop(): void {
    this.#env.ctx.kernel.cancel(this.#expiryTimer);
    this.#expiryTimer = NO_TIMER;
    this.#purgatory.length = 0;
  }

  #finish(produce: DelayedProduce): void {
    produce.isDone = true;
    produce.exchange.respond(produce.response, 60 * produce.response.errors.length, this.#env.ctx.kernel.nowUs);
  }
}
