import { compileMachine } from '../../machines/compileMachine.ts';
import { type TransactionEvent, transactionMachine } from './transactionMachine.ts';

const machine = compileMachine(transactionMachine);

/** What is written to `__transaction_state` (TransactionLogValue). */
export interface TransactionRecord {
  readonly producerId: number;
  readonly producerEpoch: number;
  /** Version 2, when the epoch is used up: the id of the next transaction, with epoch 0; -1: the same one. */
  readonly nextProducerId: number;
  readonly timeoutUs: number;
  readonly state: string;
  /** Dense indexes; sorted by when they were added. */
  readonly partitions: readonly number[];
  /** When the first partition was added; -1: no transaction. */
  readonly startUs: number;
  readonly lastUpdateUs: number;
}

/** Epochs are shorts; the last one is kept for fencing (TransactionMetadata.isEpochExhausted). */
export const LAST_EPOCH = 32_766;

/** One transactional.id as its coordinator holds it. Source: TransactionMetadata. */
export class TransactionMetadata {
  readonly transactionalId: string;
  record: TransactionRecord;
  /** A change is being written: other requests are told CONCURRENT_TRANSACTIONS. */
  isPending = false;
  /** The epoch was bumped for a fencing whose abort could not be written: it is not bumped again. */
  hasFailedEpochFence = false;

  constructor(transactionalId: string, record: TransactionRecord) {
    this.transactionalId = transactionalId;
    this.record = record;
  }

  static empty(transactionalId: string, producerId: number, timeoutUs: number, nowUs: number): TransactionMetadata {
    return new TransactionMetadata(transactionalId, {
      producerId,
      producerEpoch: -1,
      nextProducerId: -1,
      timeoutUs,
      state: machine.initial,
      partitions: [],
      startUs: -1,
      lastUpdateUs: nowUs,
    });
  }

  get state(): string {
    return this.record.state;
  }

  get isEnding(): boolean {
    return this.state === 'PrepareCommit' || this.state === 'PrepareAbort';
  }

  /** The record after an event that the machine allows in this state. */
  after(event: TransactionEvent['type'], change: Partial<TransactionRecord>, nowUs: number): TransactionRecord {
    return { ...this.record, ...change, state: machine.step(this.state, event), lastUpdateUs: nowUs };
  }
}

export function isIn({ record }: TransactionMetadata, partition: number): boolean {
  return record.partitions.includes(partition);
}

export function nextEpoch({ producerEpoch }: TransactionRecord): Partial<TransactionRecord> {
  return { producerEpoch: producerEpoch + 1 };
}
