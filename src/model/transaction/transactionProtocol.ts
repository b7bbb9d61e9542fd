/** Bodies of the requests that transactions need (KIP-98, KIP-890). Answers name an error; NONE is success. */
import type { CommittedOffset } from '../coordinator/groupRequests.ts';
import type { ErrorName } from '../protocol.ts';

/** Who asks: a producer instance under its transactional.id. */
export interface TransactionalProducer {
  readonly transactionalId: string;
  /** -1 before the first InitProducerId. */
  readonly producerId: number;
  readonly producerEpoch: number;
}

export interface InitTransactionsRequest extends TransactionalProducer {
  /** transaction.timeout.ms */
  readonly timeoutUs: number;
}

export interface AddPartitionsRequest extends TransactionalProducer {
  readonly partitions: readonly number[];
  /** A leader asks whether they are part of the transaction; nothing is added. */
  readonly verifyOnly: boolean;
}

export interface AddOffsetsRequest extends TransactionalProducer {
  /** Index of the cast. */
  readonly group: number;
}

/** To the group's coordinator: offsets that count when the transaction is committed. */
export interface TxnOffsetCommitBody extends TransactionalProducer {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly generation: number;
  readonly offsets: readonly CommittedOffset[];
}

export interface EndTxnRequest extends TransactionalProducer {
  readonly isCommit: boolean;
}

export interface EndTxnResponse {
  readonly error: ErrorName;
  /** For the next transaction (transaction.version 2); else as before. */
  readonly producerId: number;
  readonly producerEpoch: number;
}

export interface WriteMarkersRequest {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly isCommit: boolean;
  readonly partitions: readonly number[];
}

/** Columns parallel to the request's partitions. */
export interface WriteMarkersResponse {
  readonly error: ErrorName;
  readonly errors: readonly ErrorName[];
}

export interface FindTransactionCoordinatorRequest {
  readonly transactionalId: string;
}

export const TRANSACTION_TOPIC = '__transaction_state';
/** A request or an answer of this family, with names of the usual length. */
export const REQUEST_BYTES = 100;
export const PARTITION_BYTES = 20;
