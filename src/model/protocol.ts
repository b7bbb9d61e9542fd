import type { KafkaError } from '../kafka/errors.ts';
import type { AbortedTransaction } from './algorithms/lastStableOffset.ts';
import type { BatchKind } from './log/batchKind.ts';

/**
 * What clients, brokers and controllers say to each other. Bodies are plain; partitions, brokers and clients are the
 * dense indexes of `Cast`. Errors are Kafka's names; 'NONE' is success.
 */
export type ErrorName = KafkaError;

/** One batch of one partition, as the accumulator built it; brokers read it and never change it. */
export interface RecordBatch {
  readonly partition: number;
  readonly lane: number;
  /** Number of its first record in the lane. */
  readonly first: number;
  count: number;
  /** Bytes on the wire: header plus (compressed) records. */
  bytes: number;
  /** Creation times of its first and last record; the rest lie evenly between. */
  createdFromUs: number;
  createdToUs: number;
  /** -1 without idempotence. */
  producerId: number;
  producerEpoch: number;
  baseSequence: number;
  /** Default: plain. */
  readonly kind?: BatchKind;
}

export interface ProduceRequest {
  readonly acks: 0 | 1 | -1;
  readonly timeoutUs: number;
  readonly batches: readonly RecordBatch[];
  /** The producer instance. */
  readonly client: number;
  /** With transactional batches: its transactional.id. */
  readonly transactionalId?: string;
}

/** Columns parallel to the request's batches. `leader`/`leaderEpoch` are KIP-951 hints, -1 when unknown. */
export interface ProduceResponse {
  readonly errors: ErrorName[];
  readonly baseOffsets: number[];
  readonly leaders: number[];
  readonly leaderEpochs: number[];
}

export interface FetchPartition {
  readonly partition: number;
  readonly fetchOffset: number;
  /** -1 when unknown. */
  readonly currentLeaderEpoch: number;
  /** Epoch of the last record fetched; -1 when none. */
  readonly lastFetchedEpoch: number;
}

/** A consumer's fetch. Followers use a path of their own. */
export interface FetchRequest {
  readonly client: number;
  /** `client.rack`; null: none. */
  readonly rack: string | null;
  readonly partitions: readonly FetchPartition[];
  readonly minBytes: number;
  readonly maxWaitUs: number;
  readonly maxBytes: number;
  readonly maxPartitionBytes: number;
  /** isolation.level=read_committed. */
  readonly readCommitted?: boolean;
}

/** A run of records of one lane in a fetch response, in offset order. */
export interface FetchedRange {
  readonly offset: number;
  readonly count: number;
  readonly bytes: number;
  /** -1 for records that no scenario producer wrote (commits, assignments). */
  readonly lane: number;
  readonly first: number;
  readonly createdFromUs: number;
  readonly createdToUs: number;
  readonly leaderEpoch: number;
  readonly producerId: number;
  readonly kind: BatchKind;
}

export interface FetchedPartition {
  readonly partition: number;
  readonly error: ErrorName;
  readonly highWatermark: number;
  readonly logStartOffset: number;
  readonly logEndOffset: number;
  readonly ranges: readonly FetchedRange[];
  readonly bytes: number;
  /** KIP-951 hints; -1 when unknown. */
  readonly leader: number;
  readonly leaderEpoch: number;
  /** KIP-320/595: the log diverged; the position must go back to this offset, or -1. */
  readonly divergingEndOffset: number;
  /** KIP-392: read from this broker instead, there are no records here; -1: go on. */
  readonly preferredReadReplica: number;
  /** read_committed: transactions that ended in an abort within the ranges; in order of their first offsets. */
  readonly aborted?: readonly AbortedTransaction[];
}

export interface FetchResponse {
  readonly partitions: readonly FetchedPartition[];
}

export interface MetadataRequest {
  readonly client: number;
  readonly topics: readonly string[];
  /** False: a consumer with allow.auto.create.topics=false, or an admin client. Default true. */
  readonly allowAutoTopicCreation?: boolean;
}

/** The answering broker's view. leader -1: LEADER_NOT_AVAILABLE. */
export interface MetadataResponse {
  /** The cluster's brokers, as numbers of processes. Not modelled: that fenced ones are left out. */
  readonly nodes: readonly number[];
  readonly topics: readonly {
    readonly topic: string;
    readonly error: ErrorName;
    readonly partitions: readonly {
      readonly partition: number;
      readonly leader: number;
      readonly leaderEpoch: number;
      readonly error: ErrorName;
    }[];
  }[];
}

export interface InitProducerIdResponse {
  readonly error: ErrorName;
  readonly producerId: number;
  readonly producerEpoch: number;
}

export interface FindCoordinatorResponse {
  readonly error: ErrorName;
  /** Broker index, -1 on error. */
  readonly coordinator: number;
}

export interface ListOffsetsRequest {
  readonly partition: number;
  /** -2 earliest, -1 latest, else a duration back from now in microseconds (by_duration). */
  readonly timestamp: number;
  readonly currentLeaderEpoch: number;
  /** isolation.level=read_committed: the latest offset is the last stable one. */
  readonly readCommitted?: boolean;
}

export interface ListOffsetsResponse {
  readonly error: ErrorName;
  readonly offset: number;
}
