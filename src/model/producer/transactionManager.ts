import type { TimerHandle } from '../../sim/index.ts';
import { NO_TIMER } from '../../sim/index.ts';
import type { GroupOffsets } from '../consumer/transformLink.ts';
import type { InGroup } from '../coordinator/groupRequests.ts';
import type { Process } from '../network/process.ts';
import type { ErrorName, InitProducerIdResponse } from '../protocol.ts';
import type { Answered, Outcome } from '../transaction/requestLink.ts';
import {
  type AddOffsetsRequest,
  type AddPartitionsRequest,
  type EndTxnRequest,
  type EndTxnResponse,
  type InitTransactionsRequest,
  PARTITION_BYTES,
  REQUEST_BYTES,
  type TxnOffsetCommitBody,
} from '../transaction/transactionProtocol.ts';
import { CoordinatorRequests } from './coordinatorRequests.ts';
import type { Lane, ProducerBatch } from './lane.ts';
import { type Sent, type TransactionOutcome, type TransactionPorts, tellOutcome } from './transactionPorts.ts';

/** While the last transaction is still being ended the first partition of the next is asked for again that soon. */
const ADD_PARTITIONS_RETRY_US = 20_000;
/** The application is blocked in send(): it commits when it comes to it. */
const BLOCKED_RETRY_US = 10_000;

/** The member is not in the group any more, or not in this generation (CommitFailedException). */
const COMMIT_FAILED: ReadonlySet<Outcome> = new Set<Outcome>([
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'FENCED_INSTANCE_ID',
  'REBALANCE_IN_PROGRESS',
  'TRANSACTION_ABORTABLE',
  'NOT_ENOUGH_REPLICAS',
]);
/**
 * The transactions of one producer instance, and the application that begins and ends them: beginTransaction(), send()
 * for a while, commitTransaction() (or abortTransaction()), and so on. Source: TransactionManager, KIP-98, KIP-890.
 *
 * The application learns what became of its records when the transaction ends: the ledger's acknowledged records are
 * those of committed transactions.
 */
export class TransactionManager {
  readonly #ports: TransactionPorts;
  readonly #requests: CoordinatorRequests;
  readonly #abortShare: number;
  readonly #everyUs: number;
  /** Partitions of the transaction, and those that were asked for. */
  readonly #added = new Set<number>();
  readonly #asked = new Set<number>();
  #isAdding = false;
  #sent: Sent[] = [];
  #ending: 'commit' | 'abort' | null = null;
  #isEndSent = false;
  #isOutcomeUnknown = false;
  #needsEpochBump = false;
  #timer: TimerHandle = NO_TIMER;
  #onEnded: (() => void) | null = null;
  /** Offsets that the transaction commits. */
  #offsets: GroupOffsets | null = null;
  #isInputRevoked = false;

  constructor(ports: TransactionPorts) {
    this.#ports = ports;
    this.#requests = new CoordinatorRequests({
      ...ports,
      group: () => this.#offsets?.group ?? -1,
      unanswered: () => {
        this.#isOutcomeUnknown = true;
      },
    });
    const { everyUs, abortShare } = ports.settings.transaction!;
    this.#everyUs = everyUs;
    this.#abortShare = abortShare;
    ports.session.onGap = () => {
      this.#needsEpochBump = true;
    };
  }

  /** initTransactions(): the application waits for it before it sends anything. */
  start(): void {
    this.#requests.start();
    this.#ports.accumulator.hold(this.#nowUs);
    this.#ports.feeder()?.pauseThen(() => {});
    this.#initialize(-1, -1);
  }

  /** The process ends: what its transaction held is told. */
  stop(): void {
    this.#requests.stop();
    this.#ports.ctx.kernel.cancel(this.#timer);
    this.#settleSent(this.#isEndSent && this.#ending === 'commit' ? 'unknown' : 'aborted');
    this.#reset();
    this.#needsEpochBump = false;
    this.#isOutcomeUnknown = false;
    this.#onEnded = null;
  }

  /** close(): the application ends its transaction first. */
  endThen(done: () => void): void {
    this.#onEnded = done;
    if (this.#ending === null && this.#ports.session.state === 'IN_TRANSACTION') this.#timeToEnd();
    else if (this.#ending === null) done();
  }

  /** At the end of the run: records of the transaction under way. */
  finish(): void {
    const { recorder } = this.#ports.ctx;
    for (const { batch } of this.#sent) recorder.unresolved(batch.lane, batch.first, batch.count, true);
    this.#sent = [];
  }

  // ── what the sender asks and tells ────────────────────────────────────────────────────────────

  /** The lane's head must wait: its partition is not part of the transaction yet, or the transaction will be aborted. */
  isWaiting(lane: Lane, head: ProducerBatch | undefined): boolean {
    if (this.#asked.has(lane.partition)) return true;
    const { state } = this.#ports.session;
    return state !== 'IN_TRANSACTION' && state !== 'COMMITTING_TRANSACTION' && (head?.baseSequence ?? -1) < 0;
  }

  /** @returns false when the partition has to be added first, which is asked for now (version 1) */
  mayDrain(batch: ProducerBatch): boolean {
    const { partition } = batch;
    if (this.#added.has(partition)) return true;
    if (this.#ports.isV2()) {
      this.#added.add(partition);
      return true;
    }
    if (!this.#asked.has(partition)) {
      this.#asked.add(partition);
      this.#addPartitions();
    }
    return false;
  }

  acknowledged(batch: ProducerBatch, baseOffset: number): void {
    this.#sent.push({ batch, baseOffset });
  }

  /** send() failed: the application must abort, and does. */
  failed(batch: ProducerBatch, error: string): void {
    const { recorder } = this.#ports.ctx;
    recorder.aborted(batch.lane, batch.first, batch.count, this.#nowUs);
    if (batch.baseSequence >= 0) this.#needsEpochBump = true;
    this.#abortable(error);
  }

  /** Batches got their outcome, or connections have room: what waits for them goes on. */
  settled(): void {
    this.#requests.flush();
    if (this.#ending === null || this.#isEndSent || this.#isAdding) return;
    if (this.#ports.openBatches().length === 0) this.#sendEnd();
  }

  connectionReady(): void {
    this.#requests.flush();
  }

  disconnected(node: Process): void {
    this.#requests.disconnected(node);
  }

  // ── the application's loop ────────────────────────────────────────────────────────────────────

  #begin(wasAborted: boolean): void {
    const { session, accumulator } = this.#ports;
    session.step('transaction.begun', this.#nowUs);
    accumulator.goOn(this.#nowUs);
    this.#ports.feeder()?.resume(wasAborted);
    this.#endIn(this.#everyUs);
    this.#ports.wake();
  }

  #endIn(waitUs: number): void {
    this.#timer = this.#requests.later(waitUs, () => this.#timeToEnd());
  }

  #timeToEnd(): void {
    const { accumulator, session, ctx } = this.#ports;
    ctx.kernel.cancel(this.#timer);
    if (session.state !== 'IN_TRANSACTION') return;
    if (accumulator.blockedSinceUs >= 0) {
      this.#endIn(BLOCKED_RETRY_US);
      return;
    }
    const { life } = this.#requests;
    const end = (): void => {
      if (life === this.#requests.life && session.state === 'IN_TRANSACTION') this.#end();
    };
    const feeder = this.#ports.feeder();
    if (feeder === null) end();
    else feeder.pauseThen(end);
  }

  /** The application is between two sends. */
  #end(): void {
    const { accumulator } = this.#ports;
    accumulator.hold(this.#nowUs);
    const isEmpty = this.#sent.length === 0 && this.#added.size === 0 && this.#ports.openBatches().length === 0;
    if (isEmpty && this.#onEnded === null) {
      // Nothing was sent: there is no transaction for the coordinator to end.
      accumulator.goOn(this.#nowUs);
      this.#isInputRevoked = false;
      this.#ports.feeder()?.resume(false);
      this.#endIn(this.#everyUs);
      this.#ports.wake();
      return;
    }
    const isUnwanted = this.#abortShare > 0 && this.#ports.random.chance(this.#abortShare);
    if (this.#isInputRevoked || isUnwanted) {
      this.#abort();
      return;
    }
    this.#offsets = this.#ports.feeder()?.offsets() ?? null;
    if (this.#offsets === null || this.#offsets.offsets.length === 0) this.#commit();
    else this.#sendOffsets(this.#offsets);
    this.#ports.wake();
  }

  #commit(): void {
    const { session } = this.#ports;
    if (session.state !== 'IN_TRANSACTION') return;
    session.step('commit.called', this.#nowUs);
    this.#ending = 'commit';
    this.#ports.wake();
    this.settled();
  }

  /** The members of the group have changed: what was read from partitions that are gone must not be committed. */
  inputRevoked(): void {
    if (this.#ports.session.state !== 'IN_TRANSACTION' || this.#offsets !== null) return;
    this.#isInputRevoked = true;
    this.#timeToEnd();
  }

  /** sendOffsetsToTransaction(): the group's partition of `__consumer_offsets` becomes part of the transaction, and has the offsets until it ends. */
  #sendOffsets(offsets: GroupOffsets): void {
    if (this.#ports.isV2()) {
      this.#commitOffsets(offsets);
      return;
    }
    const request = (): AddOffsetsRequest => ({ ...this.#ids, group: offsets.group });
    this.#requests.ask<{ readonly error: ErrorName }>(
      'transaction',
      'AddOffsetsToTxn',
      request,
      REQUEST_BYTES,
      (outcome) => {
        if (outcome === 'NONE') this.#commitOffsets(offsets);
        else if (outcome === 'TRANSACTION_ABORTABLE') this.#abortable(outcome);
        else this.#fatal(outcome);
      },
    );
  }

  #commitOffsets(offsets: GroupOffsets): void {
    const { group, memberId, groupInstanceId, generation } = offsets;
    const request = (): InGroup<TxnOffsetCommitBody> => ({
      group,
      body: { ...this.#ids, memberId, groupInstanceId, generation, offsets: offsets.offsets },
    });
    const bytes = REQUEST_BYTES + PARTITION_BYTES * offsets.offsets.length;
    this.#requests.ask<{ readonly error: ErrorName }>('group', 'TxnOffsetCommit', request, bytes, (outcome) => {
      if (outcome === 'NONE') this.#commit();
      else if (COMMIT_FAILED.has(outcome)) this.#abortable(outcome);
      else this.#fatal(outcome);
    });
  }

  #abortable(error: string): void {
    const { session, accumulator, ctx, client, transactionalId } = this.#ports;
    if (session.state !== 'IN_TRANSACTION' && session.state !== 'COMMITTING_TRANSACTION') return;
    session.step('abortable.error', this.#nowUs);
    const { cause } = this.#ports.process;
    ctx.recorder.event(this.#nowUs, cause, {
      type: 'transaction.failed',
      client,
      transactionalId,
      error,
      fatal: false,
    });
    ctx.kernel.cancel(this.#timer);
    accumulator.hold(this.#nowUs);
    const { life } = this.#requests;
    const abort = (): void => {
      if (life === this.#requests.life && session.state === 'ABORTABLE_ERROR') this.#abort();
    };
    const feeder = this.#ports.feeder();
    if (feeder === null) abort();
    else feeder.pauseThen(abort);
  }

  #abort(): void {
    const { session, accumulator, ctx } = this.#ports;
    session.step('abort.called', this.#nowUs);
    this.#ending = 'abort';
    for (const { lane, first, count } of accumulator.dropUndrained())
      ctx.recorder.aborted(lane, first, count, this.#nowUs);
    if (this.#ports.feeder() !== null) accumulator.dropHeld(this.#nowUs);
    this.#ports.wake();
    this.settled();
  }

  #sendEnd(): void {
    this.#isEndSent = true;
    if (this.#added.size === 0) {
      this.#ended();
      return;
    }
    const isCommit = this.#ending === 'commit';
    const request = (): EndTxnRequest => ({ ...this.#ids, isCommit });
    this.#requests.ask<EndTxnResponse>('transaction', 'EndTxn', request, REQUEST_BYTES, (outcome, response) => {
      if (outcome === 'NONE') {
        if (this.#ports.isV2()) this.#ports.session.renew(response!.producerId, response!.producerEpoch);
        this.#ended();
      } else if (outcome === 'TRANSACTION_ABORTABLE' && isCommit) {
        this.#isEndSent = false;
        this.#abortable(outcome);
      } else this.#fatal(outcome);
    });
  }

  #ended(): void {
    const { session } = this.#ports;
    this.#settleSent(this.#ending === 'commit' ? 'committed' : 'aborted');
    const wasAborted = this.#ending === 'abort';
    if (!wasAborted && this.#offsets !== null) this.#ports.feeder()?.committed(this.#offsets.offsets);
    this.#reset();
    const after = this.#onEnded;
    if (wasAborted && this.#needsEpochBump && !this.#ports.isV2() && after === null) {
      this.#needsEpochBump = false;
      session.step('epoch.bump.needed', this.#nowUs);
      this.#initialize(session.producerId, session.producerEpoch);
      return;
    }
    this.#needsEpochBump = false;
    session.step('transaction.ended', this.#nowUs);
    if (after === null) this.#begin(wasAborted);
    else after();
  }

  #fatal(error: Outcome): void {
    const { session, ctx, client, transactionalId, process } = this.#ports;
    session.step('fatal.error', this.#nowUs);
    const fact = { client, transactionalId, error, fatal: true } as const;
    ctx.recorder.event(this.#nowUs, process.cause, { type: 'transaction.failed', ...fact });
    ctx.recorder.errorSeen(client, -1, error, this.#nowUs);
    const isUnknown = this.#ending === 'commit' && this.#isEndSent && this.#isOutcomeUnknown;
    this.#settleSent(isUnknown ? 'unknown' : 'aborted');
    this.#ports.closeAfterFatal();
  }

  #settleSent(outcome: TransactionOutcome): void {
    tellOutcome(this.#ports.ctx.recorder, this.#sent, outcome, this.#nowUs);
    this.#sent = [];
  }

  #reset(): void {
    this.#added.clear();
    this.#asked.clear();
    this.#isAdding = false;
    this.#ending = null;
    this.#isEndSent = false;
    this.#isOutcomeUnknown = false;
    this.#offsets = null;
    this.#isInputRevoked = false;
  }

  // ── requests ──────────────────────────────────────────────────────────────────────────────────

  #initialize(producerId: number, producerEpoch: number): void {
    const { session, settings, transactionalId } = this.#ports;
    if (session.state === 'UNINITIALIZED') session.step('initProducerId.sent', this.#nowUs);
    const { timeoutUs } = settings.transaction!;
    const request = (): InitTransactionsRequest => ({ transactionalId, producerId, producerEpoch, timeoutUs });
    this.#requests.ask<InitProducerIdResponse>(
      'transaction',
      'InitProducerId',
      request,
      REQUEST_BYTES,
      (outcome, response) => {
        if (outcome !== 'NONE') {
          this.#fatal(outcome);
          return;
        }
        session.adopt(response!.producerId, response!.producerEpoch, this.#nowUs);
        if (this.#onEnded === null) this.#begin(true);
        else this.#onEnded();
      },
    );
  }

  /** One request at a time, for all partitions that wait. */
  #addPartitions(): void {
    if (this.#isAdding || this.#asked.size === 0) return;
    this.#isAdding = true;
    const partitions = [...this.#asked];
    const request = (): AddPartitionsRequest => ({ ...this.#ids, partitions, verifyOnly: false });
    const bytes = REQUEST_BYTES + PARTITION_BYTES * partitions.length;
    const retryUs = this.#added.size === 0 ? ADD_PARTITIONS_RETRY_US : undefined;
    const done: Answered<{ readonly error: ErrorName }> = (outcome) => {
      this.#isAdding = false;
      for (const partition of partitions) this.#asked.delete(partition);
      if (outcome === 'NONE') {
        for (const partition of partitions) this.#added.add(partition);
        this.#addPartitions();
        this.#ports.wake();
        this.settled();
      } else if (outcome === 'TRANSACTION_ABORTABLE') this.#abortable(outcome);
      else this.#fatal(outcome);
    };
    this.#requests.ask('transaction', 'AddPartitionsToTxn', request, bytes, done, retryUs);
  }

  get #ids() {
    const { session, transactionalId } = this.#ports;
    return { transactionalId, producerId: session.producerId, producerEpoch: session.producerEpoch };
  }

  get #nowUs(): number {
    return this.#ports.ctx.kernel.nowUs;
  }
}
