import type { PlainLeader } from './plainLeader.ts';
import type { PlainPartition } from './plainPartition.ts';

/** One record. Batches are remembered only as far as followers and idempotent producers need them. */
export interface PlainRecord {
  readonly epoch: number;
  readonly lane: number;
  /** Its number in the lane. */
  readonly number: number;
  /** Which append brought it: unique per batch. */
  readonly batch: PlainBatch;
}

export interface PlainBatch {
  readonly base: number;
  readonly count: number;
  readonly bytes: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly sequence: number;
}

export interface PlainEpochEnd {
  readonly epoch: number;
  readonly end: number;
}

/**
 * One broker's copy of one partition: an array of records and a list of (leader epoch, start offset).
 *
 * Written from what Kafka does (LeaderEpochFileCache, UnifiedLog, KIP-101, KIP-279), not from our log: no columns, no
 * ranges, nothing shared between replicas.
 */
export class PlainReplica {
  readonly partition: number;
  readonly broker: number;
  /** Offset of the first record in `records`. */
  base = 0;
  records: PlainRecord[] = [];
  epochs: { readonly epoch: number; readonly start: number }[] = [];
  /** Records below are deleted, though they may still be in the array. */
  logStart = 0;
  highWatermark = 0;
  /** The partition as this broker last learned it; null: it knows nothing since it started. */
  known: PlainPartition | null = null;
  leader: PlainLeader | null = null;

  constructor(partition: number, broker: number) {
    this.partition = partition;
    this.broker = broker;
  }

  get end(): number {
    return this.base + this.records.length;
  }

  get lastEpoch(): number {
    return this.epochs.at(-1)?.epoch ?? -1;
  }

  at(offset: number): PlainRecord {
    const record = this.records[offset - this.base];
    if (record === undefined) throw new Error(`no record at ${offset} of [${this.base}, ${this.end})`);
    return record;
  }

  assignEpoch(epoch: number, start: number): void {
    if (epoch <= this.lastEpoch) return;
    this.epochs = this.epochs.filter((one) => one.start < start);
    this.epochs.push({ epoch, start });
  }

  append(record: PlainRecord): void {
    this.assignEpoch(record.epoch, this.end);
    this.records.push(record);
  }

  truncateTo(offset: number): void {
    if (offset < this.end) this.records.length = Math.max(0, offset - this.base);
    const { end } = this;
    this.epochs = this.epochs.filter((one) => one.start < end);
    this.highWatermark = Math.min(this.highWatermark, end);
  }

  /** Nothing is left; the next record is at `offset`. */
  restartAt(offset: number): void {
    this.records = [];
    this.epochs = [];
    this.base = offset;
    this.logStart = offset;
    this.highWatermark = Math.min(this.highWatermark, offset);
  }

  /** The largest epoch of this log at or below `epoch`, and the offset at which the next one begins. */
  endOfEpoch(epoch: number): PlainEpochEnd {
    const below = this.epochs.filter((one) => one.epoch <= epoch);
    const above = this.epochs.filter((one) => one.epoch > epoch);
    const end = above[0]?.start ?? this.end;
    if (this.epochs.length === 0) return { epoch: -1, end: this.logStart };
    return { epoch: below.at(-1)?.epoch ?? epoch, end };
  }

  /** Whole batches from `offset` on, at least one, that have at most `maxBytes` together. */
  read(offset: number, maxBytes: number): PlainRecord[] {
    const taken: PlainRecord[] = [];
    let bytes = 0;
    for (let at = offset; at < this.end; at++) {
      const { batch } = this.at(at);
      if (taken.at(-1)?.batch !== batch) {
        bytes += batch.bytes;
        if (taken.length > 0 && bytes > maxBytes) break;
      }
      taken.push(this.at(at));
    }
    return taken;
  }

  /** The newest five batches of a producer, newest first. */
  lastBatchesOf(producerId: number): PlainBatch[] {
    const found: PlainBatch[] = [];
    for (let i = this.records.length - 1; i >= 0 && found.length < 5; i--) {
      const { batch } = this.records[i]!;
      if (batch.producerId !== producerId || batch === found.at(-1)) continue;
      if (found.length > 0 && found[0]!.producerEpoch !== batch.producerEpoch) break;
      found.push(batch);
    }
    return found;
  }
}
