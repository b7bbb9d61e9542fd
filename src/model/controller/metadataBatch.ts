import type { PartitionRegistration } from '../algorithms/partitionRegistration.ts';
import type { ConfigChange, PartitionImage, TopicImage } from '../metadata.ts';
import type { EventId, PartitionChangeReason } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import type { BrokerControlState } from './brokerControlMachine.ts';

/** A partition as a batch leaves it. Brokers are dense indexes. */
export interface PartitionEntry {
  readonly partition: number;
  readonly registration: PartitionRegistration;
  readonly reason: PartitionChangeReason;
  readonly unclean: boolean;
  /** NO_CAUSE: that of the batch. */
  readonly cause: EventId;
  /** The trace event that tells of it; set when the batch commits. */
  event: EventId;
  /** What brokers get, made when the first one asks. */
  image: PartitionImage | null;
}

/** A broker as a batch leaves it. */
export interface BrokerEntry {
  readonly broker: number;
  /** Offset of the registration record of its present incarnation. */
  readonly brokerEpoch: number;
  /** Which start of its process registered. */
  readonly incarnation: number;
  readonly control: BrokerControlState;
  /** Set by a controlled shutdown, cleared by the next registration only. */
  readonly inControlledShutdown: boolean;
  /** Partitions whose log directory on this broker is offline, as it reported; absent: none. */
  readonly offlinePartitions?: ReadonlySet<number>;
}

export interface MetadataRecords {
  readonly topics: readonly TopicImage[];
  readonly partitions: readonly PartitionEntry[];
  readonly broker: { readonly entry: BrokerEntry; readonly reason: string } | null;
  readonly configs: readonly ConfigChange[];
  /** Brokers that leave the cluster. */
  readonly unregistered: readonly number[];
  /** Topics that are deleted, with all their partitions and configs. */
  readonly deleted: readonly TopicImage[];
  /** metadata.version from here on, as the release that it belongs to; null: unchanged. */
  readonly metadataVersion: string | null;
}

export const NO_RECORDS: MetadataRecords = {
  topics: [],
  partitions: [],
  broker: null,
  configs: [],
  unregistered: [],
  deleted: [],
  metadataVersion: null,
};

/** What one controller event appends to the metadata log; it commits as a whole. */
export class MetadataBatch {
  readonly epoch: number;
  readonly lastOffset: number;
  /** Emptied once they are committed and applied; logs keep the batch for its place only. */
  records: MetadataRecords;
  readonly cause: EventId;
  committedAtUs = -1;
  /** Runs at the leader that appended it, once it commits; dropped when that leader loses its term. */
  onCommitted: (() => void) | null;

  constructor(
    epoch: number,
    firstOffset: number,
    records: MetadataRecords,
    cause: EventId = NO_CAUSE,
    onCommitted: (() => void) | null = null,
  ) {
    this.epoch = epoch;
    this.records = records;
    this.cause = cause;
    this.onCommitted = onCommitted;
    this.lastOffset = firstOffset + recordCount(records) - 1;
  }
}

/** At least one: the start of an epoch is a record of its own. */
function recordCount({ topics, partitions, broker, configs, unregistered, deleted }: MetadataRecords): number {
  const brokers = (broker === null ? 0 : 1) + unregistered.length;
  return Math.max(1, topics.length + partitions.length + brokers + configs.length + deleted.length);
}
