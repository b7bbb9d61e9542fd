import type { FetchedRange } from '../protocol.ts';
import { type BatchKind, PLAIN } from './batchKind.ts';

const INITIAL_ROWS = 16;
/** Merging keeps the newest rows as they are: the idempotent producer is judged by its last five batches. */
const UNMERGED_TAIL_ROWS = 256;
const MERGE_ABOVE_ROWS = 4096;
/** Rows are merged while they span less than this, so that creation times stay linear within a row. */
const MERGED_SPAN_US = 1_000_000;

/**
 * What one leader epoch of a partition appended: the batches of a stretch of offsets that only one leader ever wrote.
 *
 * By KIP-101 two replicas that hold the same offset of the same leader epoch hold the same record, so a batch is stored
 * once per partition and a replica's log is a list of (leader epoch, start offset) with a log end offset. A follower's
 * append then moves one number.
 *
 * Columns, one row per batch in offset order (parallel, grown by doubling):
 *   offset     Float64  base offset
 *   count      Int32    records, at least 1
 *   bytes      Float64  bytes appended by this epoch before this row
 *   lane       Int32    who wrote it; -1: not a scenario's producer
 *   first      Float64  number of the first record in its lane
 *   fromUs     Float64  creation time of the first record
 *   toUs       Float64  creation time of the last record
 *   producer   Float64  producer id, -1 without idempotence
 *   epoch      Int16    producer epoch
 *   sequence   Int32    base sequence
 *   kind       Uint8    plain, transactional, or a marker (`BatchKind`)
 */
export class EpochLog {
  readonly leaderEpoch: number;
  readonly startOffset: number;
  endOffset: number;
  #rows = 0;
  #totalBytes = 0;
  #offset = new Float64Array(INITIAL_ROWS);
  #count = new Int32Array(INITIAL_ROWS);
  #bytes = new Float64Array(INITIAL_ROWS);
  #lane = new Int32Array(INITIAL_ROWS);
  #first = new Float64Array(INITIAL_ROWS);
  #fromUs = new Float64Array(INITIAL_ROWS);
  #toUs = new Float64Array(INITIAL_ROWS);
  #producer = new Float64Array(INITIAL_ROWS);
  #epoch = new Int16Array(INITIAL_ROWS);
  #sequence = new Int32Array(INITIAL_ROWS);
  #kind = new Uint8Array(INITIAL_ROWS);
  /** Some batch belongs to a transaction, or ends one. */
  hasTransactions = false;

  constructor(leaderEpoch: number, startOffset: number) {
    this.leaderEpoch = leaderEpoch;
    this.startOffset = startOffset;
    this.endOffset = startOffset;
  }

  get rowCount(): number {
    return this.#rows;
  }

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
    kind: BatchKind = PLAIN,
  ): void {
    if (this.#rows === this.#offset.length) this.#grow();
    const row = this.#rows++;
    this.#offset[row] = this.endOffset;
    this.#count[row] = count;
    this.#bytes[row] = this.#totalBytes;
    this.#lane[row] = lane;
    this.#first[row] = first;
    this.#fromUs[row] = fromUs;
    this.#toUs[row] = toUs;
    this.#producer[row] = producerId;
    this.#epoch[row] = producerEpoch;
    this.#sequence[row] = sequence;
    this.#kind[row] = kind;
    if (kind !== PLAIN) this.hasTransactions = true;
    this.#totalBytes += bytes;
    this.endOffset += count;
  }

  /** Bytes of [startOffset, offset), linear within a batch. */
  bytesBefore(offset: number): number {
    if (offset >= this.endOffset) return this.#totalBytes;
    if (offset <= this.startOffset) return 0;
    const row = this.rowAt(offset);
    const from = this.#bytes[row]!;
    const to = row + 1 < this.#rows ? this.#bytes[row + 1]! : this.#totalBytes;
    return from + ((to - from) * (offset - this.#offset[row]!)) / this.#count[row]!;
  }

  /** The row that holds `offset`; the last row when it lies behind. Looks at the tail first: most readers are there. */
  rowAt(offset: number): number {
    let low = 0;
    let high = this.#rows - 1;
    for (let near = high; near >= 0 && near > high - 4; near--) if (this.#offset[near]! <= offset) return near;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#offset[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The last offset (exclusive) of a batch boundary at which [from, x) holds at most `maxBytes`, but always one batch; at most `to`. */
  endWithin(from: number, to: number, maxBytes: number): number {
    const startBytes = this.bytesBefore(from);
    let row = this.rowAt(from);
    let end = Math.min(to, this.#offset[row]! + this.#count[row]!);
    while (end < to) {
      row++;
      const next = Math.min(to, this.#offset[row]! + this.#count[row]!);
      if (this.bytesBefore(next) - startBytes > maxBytes) break;
      end = next;
    }
    return end;
  }

  /** Adds the ranges of [from, to) to `into`, cut at its ends. */
  collect(from: number, to: number, into: FetchedRange[]): void {
    let row = this.rowAt(from);
    let offset = from;
    while (offset < to && row < this.#rows) {
      const base = this.#offset[row]!;
      const rowCount = this.#count[row]!;
      const skipped = offset - base;
      const count = Math.min(rowCount - skipped, to - offset);
      const fromUs = this.#fromUs[row]!;
      const stepUs = rowCount > 1 ? (this.#toUs[row]! - fromUs) / (rowCount - 1) : 0;
      const rowBytes = (row + 1 < this.#rows ? this.#bytes[row + 1]! : this.#totalBytes) - this.#bytes[row]!;
      into.push({
        offset,
        count,
        bytes: Math.round((rowBytes * count) / rowCount),
        lane: this.#lane[row]!,
        first: this.#first[row]! + skipped,
        createdFromUs: Math.round(fromUs + stepUs * skipped),
        createdToUs: Math.round(fromUs + stepUs * (skipped + count - 1)),
        leaderEpoch: this.leaderEpoch,
        producerId: this.#producer[row]!,
        kind: this.#kind[row] as BatchKind,
      });
      offset += count;
      row++;
    }
  }

  /** Batches newest first below `offset`; stops when `visit` returns false. */
  visitBatchesBackwards(
    offset: number,
    visit: (producerId: number, producerEpoch: number, sequence: number, count: number, baseOffset: number) => boolean,
  ): boolean {
    if (this.#rows === 0 || offset <= this.startOffset) return true;
    for (let row = this.rowAt(offset - 1); row >= 0; row--) {
      const base = this.#offset[row]!;
      // A joined row may reach beyond what this reader holds.
      const count = Math.min(this.#count[row]!, offset - base);
      if (!visit(this.#producer[row]!, this.#epoch[row]!, this.#sequence[row]!, count, base)) return false;
    }
    return true;
  }

  /** Batches of [from, to) that belong to transactions or end them, in offset order. */
  visitTransactional(
    from: number,
    to: number,
    visit: (producerId: number, kind: BatchKind, baseOffset: number, count: number) => void,
  ): void {
    if (!this.hasTransactions || this.#rows === 0) return;
    for (let row = this.rowAt(from); row < this.#rows && this.#offset[row]! < to; row++) {
      const offset = Math.max(from, this.#offset[row]!);
      const count = Math.min(to, this.#offset[row]! + this.#count[row]!) - offset;
      const kind = this.#kind[row] as BatchKind;
      if (kind !== PLAIN && count > 0) visit(this.#producer[row]!, kind, offset, count);
    }
  }

  /** Creation time of the newest record below `offset`, or -1. */
  lastCreatedUs(offset: number): number {
    if (this.#rows === 0 || offset <= this.startOffset) return -1;
    return this.#toUs[this.rowAt(offset - 1)]!;
  }

  /** Offset of the first record created at or after `timeUs`, or -1. */
  offsetAtTime(timeUs: number): number {
    for (let row = 0; row < this.#rows; row++) {
      if (this.#toUs[row]! < timeUs) continue;
      const span = this.#toUs[row]! - this.#fromUs[row]!;
      const inside = span <= 0 ? 0 : Math.ceil(((timeUs - this.#fromUs[row]!) / span) * (this.#count[row]! - 1));
      return this.#offset[row]! + Math.max(0, inside);
    }
    return -1;
  }

  /** Joins old rows of the same lane to keep long runs small. Only rows wholly below `settledOffset` (held by every replica) are touched. */
  compact(settledOffset: number): void {
    if (this.#rows < MERGE_ABOVE_ROWS) return;
    const limit = this.#rows - UNMERGED_TAIL_ROWS;
    let kept = 0;
    for (let row = 1; row < this.#rows; row++) {
      if (row < limit && this.#offset[row]! + this.#count[row]! <= settledOffset && this.#joins(kept, row)) {
        this.#count[kept] = this.#count[kept]! + this.#count[row]!;
        this.#toUs[kept] = this.#toUs[row]!;
        continue;
      }
      kept++;
      if (kept !== row) this.#copyRow(row, kept);
    }
    this.#rows = kept + 1;
  }

  #joins(kept: number, row: number): boolean {
    return (
      this.#lane[kept] === this.#lane[row] &&
      this.#producer[kept] === this.#producer[row] &&
      this.#epoch[kept] === this.#epoch[row] &&
      this.#kind[kept] === this.#kind[row] &&
      this.#first[kept]! + this.#count[kept]! === this.#first[row] &&
      this.#toUs[row]! - this.#fromUs[kept]! < MERGED_SPAN_US
    );
  }

  #copyRow(from: number, to: number): void {
    for (const column of this.#columns()) column[to] = column[from]!;
  }

  #columns(): (Float64Array | Int32Array | Int16Array | Uint8Array)[] {
    return [
      this.#offset,
      this.#count,
      this.#bytes,
      this.#lane,
      this.#first,
      this.#fromUs,
      this.#toUs,
      this.#producer,
      this.#epoch,
      this.#sequence,
      this.#kind,
    ];
  }

  #grow(): void {
    const rows = this.#offset.length * 2;
    this.#offset = grown(this.#offset, rows);
    this.#count = grown(this.#count, rows);
    this.#bytes = grown(this.#bytes, rows);
    this.#lane = grown(this.#lane, rows);
    this.#first = grown(this.#first, rows);
    this.#fromUs = grown(this.#fromUs, rows);
    this.#toUs = grown(this.#toUs, rows);
    this.#producer = grown(this.#producer, rows);
    this.#epoch = grown(this.#epoch, rows);
    this.#sequence = grown(this.#sequence, rows);
    this.#kind = grown(this.#kind, rows);
  }
}

function grown<T extends Float64Array | Int32Array | Int16Array | Uint8Array>(column: T, rows: number): T {
  const larger = new (column.constructor as new (length: number) => T)(rows);
  larger.set(column as never);
  return larger;
}
