import { assert } from '../../sim/index.ts';

/** A position in the metadata log: the epoch of the record before it, and its offset. */
export interface OffsetAndEpoch {
  readonly offset: number;
  readonly epoch: number;
}

/** What a leader says of the end of a follower's log. */
export type FetchValidation = 'valid' | { readonly diverging: OffsetAndEpoch } | { readonly snapshot: OffsetAndEpoch };

/**
 * One replica of the metadata log, without its records: which leader epoch wrote which offsets.
 *
 * An epoch has one leader and that one appends in order, so (epoch, offset) says what a record is, and a log is a list
 * of epochs with the offset at which each ends. A snapshot takes the place of everything below `startOffset`.
 *
 * Offsets count records; ends are exclusive.
 *
 * Source: `KafkaRaftLog` (`KafkaMetadataLog` before 4.2), `LeaderEpochFileCache`, KIP-595, KIP-630.
 */
export class RaftLog {
  /** Parallel: epochs ascending, and the end of each; the last end is the log end. */
  readonly #epochs: number[] = [];
  readonly #ends: number[] = [];
  #start: OffsetAndEpoch = { offset: 0, epoch: 0 };
  /** Below it everything survives a power loss. */
  flushedOffset = 0;

  get startOffset(): number {
    return this.#start.offset;
  }

  get endOffset(): number {
    return this.#ends.at(-1) ?? this.#start.offset;
  }

  get lastEpoch(): number {
    return this.#epochs.at(-1) ?? this.#start.epoch;
  }

  append(epoch: number, endOffset: number): void {
    assert(epoch >= this.lastEpoch && endOffset > this.endOffset, 'a log grows at its end');
    if (this.#epochs.at(-1) === epoch) this.#ends[this.#ends.length - 1] = endOffset;
    else {
      this.#epochs.push(epoch);
      this.#ends.push(endOffset);
    }
  }

  /** Drops everything from `offset` on; returns whether there was something. */
  truncateTo(offset: number): boolean {
    if (offset >= this.endOffset) return false;
    assert(offset >= this.#start.offset, 'nobody truncates below a snapshot');
    while (this.#ends.length > 0 && this.#startOf(this.#ends.length - 1) >= offset) {
      this.#ends.pop();
      this.#epochs.pop();
    }
    if (this.#ends.length > 0) this.#ends[this.#ends.length - 1] = offset;
    this.flushedOffset = Math.min(this.flushedOffset, offset);
    return true;
  }

  #startOf(index: number): number {
    return index === 0 ? this.#start.offset : this.#ends[index - 1]!;
  }

  /** The largest epoch up to `epoch` that the log knows, and where it ends. */
  endOffsetForEpoch(epoch: number): OffsetAndEpoch {
    let index = this.#epochs.length - 1;
    while (index >= 0 && this.#epochs[index]! > epoch) index--;
    return index < 0 ? this.#start : { epoch: this.#epochs[index]!, offset: this.#ends[index]! };
  }

  /** The epoch of the record before `offset`. */
  epochBefore(offset: number): number {
    for (let index = 0; index < this.#ends.length; index++)
      if (offset <= this.#ends[index]! && offset > this.#startOf(index)) return this.#epochs[index]!;
    return this.#start.epoch;
  }

  /** Whether a follower whose log ends there, with a record of that epoch, may append what follows here. */
  validate(offset: number, epoch: number): FetchValidation {
    const behindSnapshot = offset < this.#start.offset || epoch < this.#start.epoch;
    if (this.#start.offset > 0 && (behindSnapshot || (offset === this.#start.offset && epoch !== this.#start.epoch)))
      return { snapshot: this.#start };
    if (offset === this.#start.offset && epoch === this.#start.epoch) return 'valid';
    const end = this.endOffsetForEpoch(epoch);
    return end.epoch !== epoch || end.offset < offset ? { diverging: end } : 'valid';
  }

  /** A follower was told where the leader's log parts from its own; returns the new end. */
  truncateToDiverging(diverging: OffsetAndEpoch): number {
    const own = this.endOffsetForEpoch(diverging.epoch);
    const to = own.epoch === diverging.epoch ? Math.min(own.offset, diverging.offset) : own.offset;
    this.truncateTo(Math.max(to, this.#start.offset));
    return this.endOffset;
  }

  /** What a fetch from `offset` returns: epochs and ends in turn. */
  read(offset: number): number[] {
    const ranges: number[] = [];
    for (let index = 0; index < this.#ends.length; index++)
      if (this.#ends[index]! > offset) ranges.push(this.#epochs[index]!, this.#ends[index]!);
    return ranges;
  }

  appendAll(ranges: readonly number[]): void {
    for (let at = 0; at < ranges.length; at += 2)
      if (ranges[at + 1]! > this.endOffset) this.append(ranges[at]!, ranges[at + 1]!);
  }

  /** A snapshot of everything below `to` exists and the records below it are deleted. */
  snapshotUpTo(to: OffsetAndEpoch): void {
    assert(to.offset >= this.#start.offset && to.offset <= this.endOffset, 'a snapshot covers what the log has');
    while (this.#ends.length > 0 && this.#ends[0]! <= to.offset) {
      this.#ends.shift();
      this.#epochs.shift();
    }
    this.#start = to;
  }

  /** A follower too far behind replaces its whole log by the leader's snapshot. */
  loadSnapshot(snapshot: OffsetAndEpoch): void {
    this.#ends.length = 0;
    this.#epochs.length = 0;
    this.#start = snapshot;
    this.flushedOffset = snapshot.offset;
  }

  get snapshot(): OffsetAndEpoch {
    return this.#start;
  }
}
