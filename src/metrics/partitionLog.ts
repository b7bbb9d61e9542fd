import { grownFloats, grownInts } from './columns.ts';

/** Records [first, first+count) of a lane, at the offsets from `offset` on. */
export type RecordRange = (offset: number, count: number, lane: number, first: number) => void;

/**
 * One partition's log as the leaders' appends tell it: which records of which lane lie at which offset.
 *
 * Needed to name the records that retention removed (told as offsets only) and those that a new leader left
 * behind because its log was shorter. Rows of one lane that continue each other are merged.
 *
 * Limit: when an unclean election brings back a longer log that had been left behind before, the rows of that
 * older branch are not restored; their expiry then names no records.
 */
export class PartitionLog {
  #offset = new Float64Array(0);
  #count = new Float64Array(0);
  #first = new Float64Array(0);
  #lane = new Int32Array(0);
  #head = 0;
  #length = 0;
  #leaderEpoch = -1;

  get endOffset(): number {
    const last = this.#length - 1;
    return last < this.#head ? 0 : this.#offset[last]! + this.#count[last]!;
  }

  /** Appends of an older leader epoch than the newest one seen are refused (false): that log will be truncated. */
  append(
    leaderEpoch: number,
    baseOffset: number,
    count: number,
    lane: number,
    first: number,
    cut: RecordRange,
  ): boolean {
    if (leaderEpoch < this.#leaderEpoch) return false;
    this.#leaderEpoch = leaderEpoch;
    if (baseOffset < this.endOffset) this.truncate(leaderEpoch, baseOffset, cut);
    if (!this.#continuesLastRow(baseOffset, lane, first)) this.#addRow(baseOffset, count, lane, first);
    else this.#count[this.#length - 1]! += count;
    return true;
  }

  /** A leader of `leaderEpoch` starts with `toOffset` as its log end; what lies above is told to `cut`. */
  truncate(leaderEpoch: number, toOffset: number, cut: RecordRange): void {
    if (leaderEpoch < this.#leaderEpoch) return;
    this.#leaderEpoch = leaderEpoch;
    while (this.#length > this.#head) {
      const row = this.#length - 1;
      const offset = this.#offset[row]!;
      const kept = Math.max(0, Math.min(this.#count[row]!, toOffset - offset));
      if (kept === this.#count[row]!) return;
      cut(offset + kept, this.#count[row]! - kept, this.#lane[row]!, this.#first[row]! + kept);
      this.#count[row] = kept;
      if (kept > 0) return;
      this.#length--;
    }
  }

  /** The log now starts at `toOffset`; what lay below is told to `gone` in offset order. */
  expire(toOffset: number, gone: RecordRange): void {
    while (this.#head < this.#length) {
      const row = this.#head;
      const offset = this.#offset[row]!;
      const removed = Math.max(0, Math.min(this.#count[row]!, toOffset - offset));
      if (removed === 0) return;
      gone(offset, removed, this.#lane[row]!, this.#first[row]!);
      this.#offset[row] = offset + removed;
      this.#first[row]! += removed;
      this.#count[row]! -= removed;
      if (this.#count[row]! > 0) return;
      this.#head++;
    }
  }

  #continuesLastRow(baseOffset: number, lane: number, first: number): boolean {
    const row = this.#length - 1;
    return (
      row >= this.#head &&
      this.#lane[row] === lane &&
      this.#offset[row]! + this.#count[row]! === baseOffset &&
      this.#first[row]! + this.#count[row]! === first
    );
  }

  #addRow(offset: number, count: number, lane: number, first: number): void {
    if (this.#length === this.#lane.length) this.#makeRoom();
    const row = this.#length++;
    this.#offset[row] = offset;
    this.#count[row] = count;
    this.#lane[row] = lane;
    this.#first[row] = first;
  }

  /** Expired rows at the head are given back before the columns grow. */
  #makeRoom(): void {
    if (this.#head > this.#length / 2) {
      for (const column of [this.#offset, this.#count, this.#first, this.#lane]) {
        column.copyWithin(0, this.#head, this.#length);
      }
      this.#length -= this.#head;
      this.#head = 0;
      return;
    }
    this.#offset = grownFloats(this.#offset, this.#length + 1);
    this.#count = grownFloats(this.#count, this.#length + 1);
    this.#first = grownFloats(this.#first, this.#length + 1);
    this.#lane = grownInts(this.#lane, this.#length + 1);
  }
}
