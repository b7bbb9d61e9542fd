/** The transactional ids of one partition of `__transaction_state` on the broker that leads it. Source: TransactionStateManager. */
import type { BrokerServer } from '../broker/brokerServer.ts';
import type { ErrorName } from '../protocol.ts';
import type { Replica } from '../replication/replica.ts';
import type { TransactionLog } from './transactionLog.ts';
import { TransactionMetadata, type TransactionRecord } from './transactionMetadata.ts';

/** Scheduling and opening of the load; calibrated. The rest is reading the log from the page cache. */
const LOAD_US = 5_000;
const LOAD_BYTES_PER_US = 100;
/** Batch header, key and value of a record with a usual name, and each partition in it. */
const RECORD_BYTES = 150;
const PARTITION_BYTES = 20;

export class TransactionShard {
  isLoaded = false;
  /** The broker resigned, or its process is gone. */
  isOver = false;
  readonly ids = new Map<string, TransactionMetadata>();
  readonly #server: BrokerServer;
  readonly #partition: number;
  readonly #log: TransactionLog;
  readonly #timeoutUs: number;

  constructor(server: BrokerServer, partition: number, log: TransactionLog, timeoutUs: number) {
    this.#server = server;
    this.#partition = partition;
    this.#log = log;
    this.#timeoutUs = timeoutUs;
  }

  /** @param loaded  called when requests can be answered */
  startLoading(loaded: () => void): void {
    const { log } = this.#replica;
    const { kernel } = this.#server.ctx;
    const bytes = log.bytesBetween(log.logStartOffset, log.logEndOffset);
    kernel.atControl(kernel.nowUs + LOAD_US + Math.round(bytes / LOAD_BYTES_PER_US), () =>
      this.alive(() => {
        for (const [id, record] of this.#log.latest(this.#partition, this.#replica.log))
          this.ids.set(id, new TransactionMetadata(id, record));
        this.isLoaded = true;
        loaded();
      }),
    );
  }

  /** Appends with acks=all; the metadata changes when it is replicated. `done` comes once, or never when this broker is no coordinator any more. */
  write(metadata: TransactionMetadata, record: TransactionRecord | null, done: (error: ErrorName) => void): void {
    metadata.isPending = true;
    const { transactionalId } = metadata;
    const { log, leading } = this.#replica;
    const offset = log.logEndOffset;
    const bytes = RECORD_BYTES + PARTITION_BYTES * (record?.partitions.length ?? 0);
    this.#server.replicas.produce.appendInternal(this.#partition, bytes, this.#timeoutUs, (error) =>
      this.alive(() => {
        metadata.isPending = false;
        if (error === 'NONE' && record !== null) metadata.record = record;
        if (error === 'NONE' && record === null) this.ids.delete(transactionalId);
        done(asCoordinatorError(error));
      }),
    );
    if (leading === null || log.logEndOffset === offset) return;
    const entry = { offset, leaderEpoch: leading.leaderEpoch, transactionalId, record };
    this.#log.append(this.#partition, entry, log, () => this.#settledOffset());
  }

  /** Runs `work` while this broker coordinates the partition. */
  alive(work: () => void): void {
    if (!this.isOver) this.#server.process.run(() => !this.isOver && work());
  }

  stop(): void {
    this.isOver = true;
    this.isLoaded = false;
  }

  #settledOffset(): number {
    const { env } = this.#server.replicas;
    const replicas = this.#replica.image?.replicas ?? [];
    return Math.min(...replicas.map((broker) => env.replicas.get(broker, this.#partition)?.log.logEndOffset ?? 0));
  }

  get #replica(): Replica {
    return this.#server.replicas.env.replicas.get(this.#server.broker, this.#partition)!;
  }
}

/** What clients are told when the record could not be written (TransactionStateManager.appendTransactionToLog). */
function asCoordinatorError(error: ErrorName): ErrorName {
  switch (error) {
    case 'NONE':
      return 'NONE';
    case 'NOT_LEADER_OR_FOLLOWER':
    case 'KAFKA_STORAGE_ERROR':
      return 'NOT_COORDINATOR';
    default:
      return 'COORDINATOR_NOT_AVAILABLE';
  }
}
