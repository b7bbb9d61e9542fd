/**
 * The transaction coordinator of one broker: answers for the transactional ids whose partition of `__transaction_state`
 * it leads. Source: TransactionCoordinator, TransactionStateManager; KIP-98, KIP-360, KIP-890.
 *
 * Not modelled: two-phase commit (KIP-939), the coordinator's own linger.
 */
import { coordinatorPartition } from '../algorithms/coordinatorPartition.ts';
import type { TopicImage } from '../metadata.ts';
import type { ErrorName, InitProducerIdResponse } from '../protocol.ts';
import type { CoordinatorParts } from './coordinatorParts.ts';
import { isIn, LAST_EPOCH, nextEpoch, TransactionMetadata, type TransactionRecord } from './transactionMetadata.ts';
import {
  type AddOffsetsRequest,
  type AddPartitionsRequest,
  type EndTxnRequest,
  type EndTxnResponse,
  type InitTransactionsRequest,
  TRANSACTION_TOPIC,
  type TransactionalProducer,
} from './transactionProtocol.ts';
import { TransactionShard } from './transactionShard.ts';

type Answer<Response> = (response: Response) => void;

/** How long the coordinator waits before it writes an outcome again that its log refused. */
const COMPLETE_RETRY_US = 100_000;

export class TransactionCoordinator {
  readonly #parts: CoordinatorParts;
  /** By partition of `__transaction_state`; those that this broker leads. */
  readonly #shards = new Map<number, TransactionShard>();

  constructor(parts: CoordinatorParts) {
    this.#parts = parts;
    parts.scans.start({
      timedOut: (nowUs) => this.#abortTimedOut(nowUs),
      expired: (nowUs) => this.#removeExpired(nowUs),
    });
  }

  leadershipChanged(partition: number, leads: boolean): void {
    const { server, log } = this.#parts;
    if (server.view.topicOf(partition) !== TRANSACTION_TOPIC) return;
    this.#shards.get(partition)?.stop();
    this.#shards.delete(partition);
    if (!leads) return;
    const timeoutUs = server.view.configs.number('request.timeout.ms') * 1000;
    const shard = new TransactionShard(server, partition, log, timeoutUs);
    this.#shards.set(partition, shard);
    shard.startLoading(() => this.#resume(shard));
  }

  stop(): void {
    for (const shard of this.#shards.values()) shard.stop();
    this.#shards.clear();
    this.#parts.scans.stop();
  }

  /** The id's partition of `__transaction_state`; -1 while this broker knows no such topic. */
  partitionOf(transactionalId: string): number {
    const topic = this.#topic;
    if (topic === undefined) return -1;
    return topic.partitions[coordinatorPartition(transactionalId, topic.partitions.length)] ?? -1;
  }

  // ── requests ──────────────────────────────────────────────────────────────────────────────────

  initProducerId(request: InitTransactionsRequest, answer: Answer<InitProducerIdResponse>): void {
    const refuse = (error: ErrorName): void => answer({ error, producerId: -1, producerEpoch: -1 });
    const shard = this.#shardOf(request.transactionalId);
    if (typeof shard === 'string') {
      refuse(shard);
      return;
    }
    const { server } = this.#parts;
    if (request.timeoutUs > server.view.configs.number('transaction.max.timeout.ms') * 1000) {
      refuse('INVALID_TRANSACTION_TIMEOUT');
      return;
    }
    const known = shard.ids.get(request.transactionalId);
    if (known !== undefined) {
      this.#initKnown(shard, known, request, answer);
      return;
    }
    this.#newProducerId(shard, refuse, (producerId) => {
      const { nowUs } = server.ctx.kernel;
      const metadata =
        shard.ids.get(request.transactionalId) ??
        TransactionMetadata.empty(request.transactionalId, producerId, request.timeoutUs, nowUs);
      shard.ids.set(request.transactionalId, metadata);
      this.#initKnown(shard, metadata, request, answer);
    });
  }

  /** AddPartitionsToTxn of a producer, or of a leader that verifies (verifyOnly) or adds (version 2) for it. */
  addPartitions(request: AddPartitionsRequest, answer: Answer<{ readonly error: ErrorName }>): void {
    const found = this.#producerOf(request);
    if (typeof found === 'string') {
      answer({ error: found });
      return;
    }
    const { shard, metadata } = found;
    if (request.verifyOnly) {
      const isPart = metadata.state === 'Ongoing' && request.partitions.every((one) => isIn(metadata, one));
      answer({ error: isPart ? 'NONE' : metadata.isEnding ? 'CONCURRENT_TRANSACTIONS' : 'TRANSACTION_ABORTABLE' });
      return;
    }
    this.#add(shard, metadata, request.partitions, answer);
  }

  addOffsets(request: AddOffsetsRequest, answer: Answer<{ readonly error: ErrorName }>): void {
    const partition = this.#parts.offsetsPartitionOf(request.group);
    const found = this.#producerOf(request);
    if (typeof found === 'string') answer({ error: found });
    else if (partition < 0) answer({ error: 'COORDINATOR_NOT_AVAILABLE' });
    else this.#add(found.shard, found.metadata, [partition], answer);
  }

  /** Answered as soon as the outcome is written; the markers follow. */
  endTxn(request: EndTxnRequest, answer: Answer<EndTxnResponse>): void {
    const refuse = (error: ErrorName): void => answer({ error, producerId: -1, producerEpoch: -1 });
    const shard = this.#shardOf(request.transactionalId);
    const metadata = typeof shard === 'string' ? undefined : shard.ids.get(request.transactionalId);
    if (typeof shard === 'string') refuse(shard);
    else if (metadata === undefined || metadata.record.producerId !== request.producerId)
      refuse('INVALID_PRODUCER_ID_MAPPING');
    else this.#endFor(shard, metadata, request, answer, refuse);
  }

  // ── InitProducerId ────────────────────────────────────────────────────────────────────────────

  #initKnown(
    shard: TransactionShard,
    metadata: TransactionMetadata,
    request: InitTransactionsRequest,
    answer: Answer<InitProducerIdResponse>,
  ): void {
    const refuse = (error: ErrorName): void => answer({ error, producerId: -1, producerEpoch: -1 });
    const { record } = metadata;
    const isNamed = request.producerId >= 0;
    if (metadata.isPending || metadata.isEnding) refuse('CONCURRENT_TRANSACTIONS');
    else if (isNamed && (request.producerId !== record.producerId || request.producerEpoch !== record.producerEpoch))
      refuse('PRODUCER_FENCED');
    else if (metadata.state === 'Ongoing') this.#fence(shard, metadata, () => refuse('CONCURRENT_TRANSACTIONS'));
    else if (metadata.state === 'PrepareEpochFence') refuse('CONCURRENT_TRANSACTIONS');
    else this.#bump(shard, metadata, request.timeoutUs, answer, refuse);
  }

  #bump(
    shard: TransactionShard,
    metadata: TransactionMetadata,
    timeoutUs: number,
    answer: Answer<InitProducerIdResponse>,
    refuse: (error: ErrorName) => void,
  ): void {
    const write = (producerId: number, producerEpoch: number): void => {
      const { nowUs } = this.#parts.server.ctx.kernel;
      const change = { producerId, producerEpoch, timeoutUs, partitions: [], startUs: -1 };
      shard.write(metadata, metadata.after('initProducerId', change, nowUs), (error) =>
        error === 'NONE' ? answer({ error, producerId, producerEpoch }) : refuse(error),
      );
    };
    const { producerId, producerEpoch } = metadata.record;
    if (producerEpoch < LAST_EPOCH) write(producerId, producerEpoch + 1);
    else this.#newProducerId(shard, refuse, (fresh) => write(fresh, 0));
  }

  /** A newer instance asks while a transaction is open: the epoch is raised and the transaction aborted; it asks again. */
  #fence(shard: TransactionShard, metadata: TransactionMetadata, done: () => void): void {
    const { nowUs } = this.#parts.server.ctx.kernel;
    const fenced = this.#fenced(metadata);
    metadata.record = metadata.after('epoch.fenced', fenced, nowUs);
    this.#tellAborted(metadata, 'fenced');
    this.#prepare(shard, metadata, false, {}, done);
  }

  #newProducerId(shard: TransactionShard, refuse: (error: ErrorName) => void, next: (id: number) => void): void {
    const { server } = this.#parts;
    server.producerIds.next(server.broker, (producerId) => {
      if (producerId < 0) refuse('COORDINATOR_LOAD_IN_PROGRESS');
      else if (shard.isOver) refuse('NOT_COORDINATOR');
      else next(producerId);
    });
  }

  // ── a transaction's course ────────────────────────────────────────────────────────────────────

  #add(
    shard: TransactionShard,
    metadata: TransactionMetadata,
    partitions: readonly number[],
    answer: Answer<{ readonly error: ErrorName }>,
  ): void {
    if (metadata.isPending || metadata.isEnding) {
      answer({ error: 'CONCURRENT_TRANSACTIONS' });
      return;
    }
    const isOngoing = metadata.state === 'Ongoing';
    const fresh = partitions.filter((partition) => !isOngoing || !isIn(metadata, partition));
    if (fresh.length === 0) {
      answer({ error: 'NONE' });
      return;
    }
    const { kernel } = this.#parts.server.ctx;
    const known = isOngoing ? metadata.record.partitions : [];
    const startUs = isOngoing ? metadata.record.startUs : kernel.nowUs;
    const change = { partitions: [...known, ...fresh], startUs };
    shard.write(metadata, metadata.after('partitions.added', change, kernel.nowUs), (error) => {
      if (error === 'NONE') this.#parts.scans.transactionsAreOpen();
      answer({ error });
    });
  }

  #endFor(
    shard: TransactionShard,
    metadata: TransactionMetadata,
    { producerEpoch, isCommit }: EndTxnRequest,
    answer: Answer<EndTxnResponse>,
    refuse: (error: ErrorName) => void,
  ): void {
    const isV2 = this.#parts.isV2();
    const { record, state } = metadata;
    // Version 2 raises the epoch with the outcome: who asks again after that still names the old one.
    const isRetry = isV2 && !metadata.isPending && producerEpoch === record.producerEpoch - 1;
    if (!isRetry && producerEpoch !== record.producerEpoch) {
      refuse('PRODUCER_FENCED');
      return;
    }
    const done = (): void => {
      const { nextProducerId, producerId, producerEpoch: epoch } = metadata.record;
      if (nextProducerId < 0) answer({ error: 'NONE', producerId, producerEpoch: epoch });
      else answer({ error: 'NONE', producerId: nextProducerId, producerEpoch: 0 });
    };
    const end = (outcome: boolean): void =>
      this.#withNextEpoch(shard, record, isV2, refuse, (change) =>
        this.#prepare(shard, metadata, outcome, change, (error) => (error === 'NONE' ? done() : refuse(error))),
      );
    const isSame = isCommit ? state === 'CompleteCommit' : state === 'CompleteAbort';
    if (metadata.isPending) refuse('CONCURRENT_TRANSACTIONS');
    else if (metadata.isEnding)
      refuse((state === 'PrepareCommit') === isCommit ? 'CONCURRENT_TRANSACTIONS' : 'INVALID_TXN_STATE');
    else if (state === 'Ongoing' && !isRetry) end(isCommit);
    else if (isSame && (isRetry || !isV2)) done();
    else if (isV2 && !isRetry && !isCommit && state !== 'PrepareEpochFence') end(false);
    else refuse('INVALID_TXN_STATE');
  }

  /** Version 2: the markers carry the next epoch; when that is the last one the next transaction has a new producer id. */
  #withNextEpoch(
    shard: TransactionShard,
    record: TransactionRecord,
    isV2: boolean,
    refuse: (error: ErrorName) => void,
    next: (change: Partial<TransactionRecord>) => void,
  ): void {
    if (!isV2) next({});
    else if (record.producerEpoch < LAST_EPOCH) next(nextEpoch(record));
    else
      this.#newProducerId(shard, refuse, (nextProducerId) =>
        next({ producerEpoch: record.producerEpoch + 1, nextProducerId }),
      );
  }

  /** Writes what the transaction will come to; from here nothing can change it. */
  #prepare(
    shard: TransactionShard,
    metadata: TransactionMetadata,
    isCommit: boolean,
    change: Partial<TransactionRecord>,
    done: (error: ErrorName) => void,
  ): void {
    const { nowUs } = this.#parts.server.ctx.kernel;
    const record = metadata.after(isCommit ? 'commit.prepared' : 'abort.prepared', change, nowUs);
    const before = metadata.record;
    shard.write(metadata, record, (error) => {
      if (error === 'NONE') {
        done('NONE');
        this.#writeMarkers(shard, metadata);
        return;
      }
      // A bumped epoch stays bumped for the next try (hasFailedEpochFence), the transaction is open as before.
      if (before.state === 'PrepareEpochFence') {
        metadata.hasFailedEpochFence = true;
        metadata.record = { ...before, state: 'Ongoing' };
      }
      done(error);
    });
  }

  #writeMarkers(shard: TransactionShard, metadata: TransactionMetadata): void {
    const { producerId, producerEpoch, partitions, state } = metadata.record;
    const marker = { producerId, producerEpoch, isCommit: state === 'PrepareCommit' };
    this.#parts.markers.send(
      marker,
      partitions,
      (work) => shard.alive(work),
      () => this.#complete(shard, metadata),
    );
  }

  #complete(shard: TransactionShard, metadata: TransactionMetadata): void {
    const { kernel } = this.#parts.server.ctx;
    const { nextProducerId } = metadata.record;
    const renewed = nextProducerId < 0 ? {} : { producerId: nextProducerId, producerEpoch: 0, nextProducerId: -1 };
    const change = { partitions: [], startUs: -1, ...renewed };
    shard.write(metadata, metadata.after('markers.written', change, kernel.nowUs), (error) => {
      if (error === 'NONE') metadata.hasFailedEpochFence = false;
      else kernel.atControl(kernel.nowUs + COMPLETE_RETRY_US, () => shard.alive(() => this.#complete(shard, metadata)));
    });
  }

  /** This broker has become coordinator: what was being ended is ended. */
  #resume(shard: TransactionShard): void {
    for (const metadata of shard.ids.values()) if (metadata.isEnding) this.#writeMarkers(shard, metadata);
    this.#parts.scans.transactionsAreOpen();
    this.#parts.scans.idsAreKnown();
  }

  // ── scans ─────────────────────────────────────────────────────────────────────────────────────

  /** @returns whether transactions are still open */
  #abortTimedOut(nowUs: number): boolean {
    let isAnyOpen = false;
    for (const shard of this.#shards.values())
      for (const metadata of shard.ids.values()) {
        const { state, startUs, timeoutUs } = metadata.record;
        if (state !== 'Ongoing') continue;
        isAnyOpen = true;
        if (metadata.isPending || startUs + timeoutUs >= nowUs) continue;
        this.#tellAborted(metadata, 'timedOut');
        metadata.record = metadata.after('epoch.fenced', this.#fenced(metadata), nowUs);
        this.#prepare(shard, metadata, false, {}, () => {});
      }
    return isAnyOpen;
  }

  /** @returns whether ids are left */
  #removeExpired(nowUs: number): boolean {
    const expiryUs = this.#parts.server.view.configs.number('transactional.id.expiration.ms') * 1000;
    let isAnyLeft = false;
    for (const shard of this.#shards.values())
      for (const metadata of [...shard.ids.values()]) {
        const { state, lastUpdateUs } = metadata.record;
        isAnyLeft = true;
        const isIdle = state === 'Empty' || state === 'CompleteCommit' || state === 'CompleteAbort';
        if (isIdle && !metadata.isPending && lastUpdateUs + expiryUs <= nowUs) shard.write(metadata, null, () => {});
      }
    return isAnyLeft;
  }

  // ── look-ups ──────────────────────────────────────────────────────────────────────────────────

  #fenced(metadata: TransactionMetadata): Partial<TransactionRecord> {
    return metadata.hasFailedEpochFence ? {} : nextEpoch(metadata.record);
  }

  #tellAborted({ transactionalId }: TransactionMetadata, why: 'timedOut' | 'fenced'): void {
    const { ctx, broker, process } = this.#parts.server;
    const cluster = this.#parts.server.layout.spec.name;
    ctx.recorder.event(ctx.kernel.nowUs, process.cause, {
      type: 'transaction.aborted',
      cluster,
      transactionalId,
      broker,
      why,
    });
  }

  #producerOf(
    request: TransactionalProducer,
  ): { readonly shard: TransactionShard; readonly metadata: TransactionMetadata } | ErrorName {
    const shard = this.#shardOf(request.transactionalId);
    if (typeof shard === 'string') return shard;
    const metadata = shard.ids.get(request.transactionalId);
    if (metadata === undefined || metadata.record.producerId !== request.producerId)
      return 'INVALID_PRODUCER_ID_MAPPING';
    if (metadata.record.producerEpoch !== request.producerEpoch) return 'PRODUCER_FENCED';
    return { shard, metadata };
  }

  #shardOf(transactionalId: string): TransactionShard | ErrorName {
    const shard = this.#shards.get(this.partitionOf(transactionalId));
    if (shard === undefined) return 'NOT_COORDINATOR';
    return shard.isLoaded ? shard : 'COORDINATOR_LOAD_IN_PROGRESS';
  }

  get #topic(): TopicImage | undefined {
    return this.#parts.server.view.topic(TRANSACTION_TOPIC);
  }
}
