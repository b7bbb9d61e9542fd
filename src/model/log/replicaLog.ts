import type { FetchedRange } from '../protocol.ts';
import type { BatchKind } from './batchKind.ts';
import type { EpochLog } from './epochLog.ts';
import type { PartitionHistory } from './partitionHistory.ts';

/** An answer to "where does this leader epoch end in your log?" (OffsetsForLeaderEpoch, KIP-101, KIP-279). */
export interface EpochEnd {
  /** -1: the log knows no epoch at all. */
  readonly leaderEpoch: number;
  readonly endOffset: number;
}

/** A stretch of one leader epoch, from `start` to the next span's start (or the end of what was read). */
export interface EpochSpan {
  readonly leaderEpoch: number;
  readonly start: number;
}

/**
 * The log of one replica: which stretch of which leader epoch it holds.
 *
 * The leader epoch cache (LeaderEpochFileCache) *is* the log here: entries ascend in epoch and start offset, each ends
 * where the next begins, the last at the log end offset.
 */
export class ReplicaLog {
  readonly history: PartitionHistory;
  logStartOffset = 0;
  /** Counts truncations: what was derived from the log's end may be wrong after one. */
  truncations = 0;
  logEndOffset = 0;
  readonly #epochs: number[] = [];
  readonly #starts: number[] = [];
  #tail: EpochLog | null = null;
  #lastLog: EpochLog | null = null;
  #onlySpan: readonly EpochSpan[] = [];

  constructor(history: PartitionHistory) {
    this.history = history;
  }

  /** Leader epoch of the last record, -1 for an empty log that never had one. */
  get lastEpoch(): number {
    return this.#epochs.length === 0 ? -1 : this.#epochs[this.#epochs.length - 1]!;
  }

  /** This replica leads from now on: what it appends belongs to `leaderEpoch`. */
  beginEpoch(leaderEpoch: number): void {
    this.#tail = this.history.open(leaderEpoch, this.logEndOffset);
    if (this.lastEpoch !== leaderEpoch) this.#pushEpoch(leaderEpoch, this.logEndOffset);
  }

  /** Appends as leader and returns the base offset. */
  append(
    count: number,
    bytes: number,
    lane: number,
    first: number,
    fromUs: number,
    toUs: number,
    producerId: number,
    producerEpoch: number,
    sequence: number,
    kind: BatchKind = 0,
  ): number {
    const baseOffset = this.logEndOffset;
    this.#tail!.append(count, bytes, lane, first, fromUs, toUs, producerId, producerEpoch, sequence, kind);
    this.logEndOffset += count;
    return baseOffset;
  }

  /** Which leader epochs [from, to) belongs to: what a fetch response carries in its batch headers. */
  spans(from: number, to: number): readonly EpochSpan[] {
    const last = this.#epochs.length - 1;
    if (last >= 0 && this.#starts[last]! < from) return this.#lastSpan(this.#epochs[last]!);
    const spans: EpochSpan[] = [];
    for (let i = Math.max(0, this.#indexAt(from)); i < this.#epochs.length; i++) {
      if (this.#starts[i]! >= to) break;
      if (this.#endOfIndex(i) > from)
        spans.push({ leaderEpoch: this.#epochs[i]!, start: Math.max(from, this.#starts[i]!) });
    }
    return spans;
  }

  /** Only epochs that are new to the reader matter, so one span serves every read inside the last epoch. */
  #lastSpan(leaderEpoch: number): readonly EpochSpan[] {
    if (this.#onlySpan[0]?.leaderEpoch !== leaderEpoch)
      this.#onlySpan = [{ leaderEpoch, start: this.#starts[this.#starts.length - 1]! }];
    return this.#onlySpan;
  }

  /** Appends as follower what a leader sent; the spans begin at this log's end. */
  appendSpans(spans: readonly EpochSpan[], endOffset: number): void {
    for (const { leaderEpoch, start } of spans) if (leaderEpoch > this.lastEpoch) this.#pushEpoch(leaderEpoch, start);
    this.logEndOffset = endOffset;
  }

  /**
   * Last epoch at or below `leaderEpoch` in this log, and where it ends. An epoch below all known ones ends, under its
   * own number, where the first known one begins: its records are gone, or there never were any
   * (LeaderEpochFileCache.endOffsetFor).
   */
  endOf(leaderEpoch: number): EpochEnd {
    for (let i = this.#epochs.length - 1; i >= 0; i--) {
      if (this.#epochs[i]! > leaderEpoch) continue;
      const endOffset = i + 1 < this.#epochs.length ? this.#starts[i + 1]! : this.logEndOffset;
      return { leaderEpoch: this.#epochs[i]!, endOffset };
    }
    if (this.#epochs.length === 0) return { leaderEpoch: -1, endOffset: this.logStartOffset };
    return { leaderEpoch, endOffset: this.#starts[0]! };
  }

  epochAt(offset: number): number {
    const index = this.#indexAt(offset);
    return index < 0 ? -1 : this.#epochs[index]!;
  }

  /**
   * Drops everything from `offset` on, and at the end of the log the epoch that begins there without a record: its
   * leader was replaced before it appended, and its entry would contradict the next leader's for good (UnifiedLog.truncateTo).
   */
  truncateTo(offset: number): void {
    this.#tail = null;
    if (offset < this.logEndOffset) this.truncations++;
    this.logEndOffset = Math.min(this.logEndOffset, offset);
    while (this.#epochs.length > 0 && this.#starts[this.#starts.length - 1]! >= this.logEndOffset) {
      this.#epochs.pop();
      this.#starts.pop();
    }
    if (this.logStartOffset > offset) this.logStartOffset = offset;
  }

  /** Ranges of [from, to) in offset order. */
  ranges(from: number, to: number): FetchedRange[] {
    const into: FetchedRange[] = [];
    for (let i = Math.max(0, this.#indexAt(from)); i < this.#epochs.length; i++) {
      const start = Math.max(from, this.#starts[i]!);
      const end = Math.min(to, this.#endOfIndex(i));
      if (start >= to) break;
      if (start < end) this.history.epoch(this.#epochs[i]!).collect(start, end, into);
    }
    return into;
  }

  get sizeBytes(): number {
    return this.bytesBetween(this.logStartOffset, this.logEndOffset);
  }

  bytesBetween(from: number, to: number): number {
    const last = this.#epochs.length - 1;
    if (from >= to || last < 0) return 0;
    if (this.#starts[last]! <= from) {
      const log = this.#lastEpochLog();
      return log.bytesBefore(Math.min(to, this.logEndOffset)) - log.bytesBefore(from);
    }
    let bytes = 0;
    for (let i = Math.max(0, this.#indexAt(from)); i < this.#epochs.length; i++) {
      const start = Math.max(from, this.#starts[i]!);
      const end = Math.min(to, this.#endOfIndex(i));
      if (start >= to) break;
      const log = this.history.epoch(this.#epochs[i]!);
      if (start < end) bytes += log.bytesBefore(end) - log.bytesBefore(start);
    }
    return bytes;
  }

  /** Where a read of at most `maxBytes` from `from` ends: whole batches, at least one, at most `to`. */
  readEnd(from: number, to: number, maxBytes: number): number {
    if (from >= to) return from;
    const last = this.#epochs.length - 1;
    if (this.#starts[last]! <= from) {
      const log = this.#lastEpochLog();
      if (log.bytesBefore(to) - log.bytesBefore(from) <= maxBytes) return to;
    }
    const index = Math.max(0, this.#indexAt(from));
    const end = Math.min(to, this.#endOfIndex(index));
    const log = this.history.epoch(this.#epochs[index]!);
    const reached = log.endWithin(from, end, maxBytes);
    if (reached < end || end >= to) return reached;
    const used = log.bytesBefore(end) - log.bytesBefore(from);
    return used >= maxBytes ? reached : this.readEnd(end, to, maxBytes - used);
  }

  visitBatchesBackwards(
    visit: (producerId: number, producerEpoch: number, sequence: number, count: number, baseOffset: number) => boolean,
  ): void {
    for (let i = this.#epochs.length - 1; i >= 0; i--) {
      if (!this.history.epoch(this.#epochs[i]!).visitBatchesBackwards(this.#endOfIndex(i), visit)) return;
    }
  }

  /** Whether anything of a transaction may be in this log. */
  get hasTransactions(): boolean {
    return this.history.hasTransactions;
  }

  /** Batches of [from, to) that belong to transactions or end them, in offset order. */
  visitTransactional(
    from: number,
    to: number,
    visit: (producerId: number, kind: BatchKind, baseOffset: number, count: number) => void,
  ): void {
    for (let i = Math.max(0, this.#indexAt(from)); i < this.#epochs.length; i++) {
      const start = Math.max(from, this.#starts[i]!);
      const end = Math.min(to, this.#endOfIndex(i));
      if (start >= to) break;
      if (start < end) this.history.epoch(this.#epochs[i]!).visitTransactional(start, end, visit);
    }
  }

  /** First offset whose record was created at or after `timeUs`; the log end when there is none. */
  offsetAtTime(timeUs: number): number {
    for (let i = 0; i < this.#epochs.length; i++) {
      const found = this.history.epoch(this.#epochs[i]!).offsetAtTime(timeUs);
      const offset = Math.max(found, this.#starts[i]!, this.logStartOffset);
      if (found >= 0 && offset < this.#endOfIndex(i)) return offset;
    }
    return this.logEndOffset;
  }

  /** Most reads are near the end: the last epoch's stretch is looked up once per epoch. */
  #lastEpochLog(): EpochLog {
    const epoch = this.lastEpoch;
    if (this.#lastLog?.leaderEpoch !== epoch) this.#lastLog = this.history.epoch(epoch);
    return this.#lastLog!;
  }

  #endOfIndex(index: number): number {
    return index + 1 < this.#epochs.length ? this.#starts[index + 1]! : this.logEndOffset;
  }

  #indexAt(offset: number): number {
    let index = this.#epochs.length - 1;
    while (index > 0 && this.#starts[index]! > offset) index--;
    return index;
  }

  #pushEpoch(leaderEpoch: number, startOffset: number): void {
    while (this.#starts.length > 0 && this.#starts[this.#starts.length - 1]! >= startOffset) {
      this.#epochs.pop();
      this.#starts.pop();
    }
    this.#epochs.push(leaderEpoch);
    this.#starts.push(startOffset);
  }
}
