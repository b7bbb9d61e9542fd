import type { EpochEnd, EpochSpan } from '../replicaLog.ts';

/** One record as an object: what columns and ranges must come to. */
export interface PlainRecord {
  readonly epoch: number;
  readonly lane: number;
  /** Number in its lane. */
  readonly number: number;
  /** Base offset of the batch that it came in. */
  readonly base: number;
  readonly bytes: number;
}

/** One replica's log, as slow and as plain as possible: an array of records and the epochs that began. */
export class PlainLog {
  readonly records: PlainRecord[] = [];
  epochs: { epoch: number; start: number }[] = [];

  get end(): number {
    return this.records.length;
  }

  /** LeaderEpochFileCache.assign: entries that the new one contradicts go. */
  assign(epoch: number, start: number): void {
    if (this.epochs.some((one) => one.epoch === epoch)) return;
    this.epochs = this.epochs.filter((one) => one.start < start);
    this.epochs.push({ epoch, start });
  }

  append(epoch: number, lane: number, first: number, count: number, bytesEach: number): void {
    const base = this.end;
    for (let i = 0; i < count; i++) this.records.push({ epoch, lane, number: first + i, base, bytes: bytesEach });
  }

  copyFrom(leader: PlainLog, upTo: number): void {
    for (const record of leader.records.slice(this.end, upTo)) {
      this.assign(record.epoch, this.end);
      this.records.push(record);
    }
  }

  truncateTo(offset: number): void {
    this.records.length = Math.min(this.end, offset);
    this.epochs = this.epochs.filter((one) => one.start < this.end);
  }

  /** LeaderEpochFileCache.endOffsetFor, by looking at all entries. */
  endOf(epoch: number): EpochEnd {
    const known = this.epochs.filter((one) => one.epoch <= epoch).at(-1);
    const [first] = this.epochs;
    if (first === undefined) return { leaderEpoch: -1, endOffset: 0 };
    if (known === undefined) return { leaderEpoch: epoch, endOffset: first.start };
    const next = this.epochs.find((one) => one.epoch > known.epoch);
    return { leaderEpoch: known.epoch, endOffset: next?.start ?? this.end };
  }

  spans(from: number, to: number): EpochSpan[] {
    const spans: { leaderEpoch: number; start: number }[] = [];
    this.records.slice(from, to).forEach(({ epoch }, i) => {
      if (spans.at(-1)?.leaderEpoch !== epoch) spans.push({ leaderEpoch: epoch, start: from + i });
    });
    return spans;
  }

  bytes(from: number, to: number): number {
    return this.records.slice(from, to).reduce((sum, record) => sum + record.bytes, 0);
  }

  /** Whole batches while they fit, at least one, at most `to`. */
  readEnd(from: number, to: number, maxBytes: number): number {
    let end = from;
    let used = 0;
    while (end < to) {
      const base = this.records[end]!.base;
      const batch = this.records.slice(end, to).filter((record, i) => record.base === base && end + i < to);
      const bytes = batch.reduce((sum, record) => sum + record.bytes, 0);
      if (end > from && used + bytes > maxBytes) break;
      used += bytes;
      end += batch.length;
    }
    return end;
  }
}
