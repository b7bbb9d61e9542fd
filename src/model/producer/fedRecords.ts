import type { RecordSource } from './arrivals.ts';

interface Segment {
  /** Records handed over before this segment. */
  readonly start: number;
  readonly count: number;
  readonly atUs: number;
  readonly lane: number;
  readonly first: number;
}

/** A run of output records and the input records that they were made from, one for one. */
export type Origin = (index: number, count: number, lane: number, first: number) => void;

/**
 * Records that an application makes from what it reads, one from each, as a source for its producer: they come when the
 * application is done with the input, instead of by a rate.
 */
export class FedRecords implements RecordSource {
  readonly #segments: Segment[] = [];
  #total = 0;

  push(count: number, atUs: number, lane: number, first: number): void {
    const last = this.#segments[this.#segments.length - 1];
    this.#segments.push({ start: this.#total, count, atUs: Math.max(atUs, last?.atUs ?? 0), lane, first });
    this.#total += count;
  }

  countBy(atUs: number): number {
    for (let i = this.#segments.length - 1; i >= 0; i--) {
      const { start, count, atUs: cameUs } = this.#segments[i]!;
      if (cameUs <= atUs) return start + count;
    }
    return this.#segments[0]?.start ?? this.#total;
  }

  timeOf(number: number): number {
    return this.#segments[this.#indexOf(number)]?.atUs ?? Number.POSITIVE_INFINITY;
  }

  rateAt(): number {
    return 0;
  }

  /** What [from, from+count) was made from; what lies before is forgotten. */
  origins(from: number, count: number, visit: Origin): void {
    const end = from + count;
    let i = this.#indexOf(from);
    this.#segments.splice(0, i);
    for (i = 0; i < this.#segments.length && this.#segments[i]!.start < end; i++) {
      const { start, count: length, lane, first } = this.#segments[i]!;
      const low = Math.max(from, start);
      const high = Math.min(end, start + length);
      if (low < high) visit(low - from, high - low, lane, first + low - start);
    }
  }

  /** The segment that holds the record; their number when it has not come yet. */
  #indexOf(number: number): number {
    let low = 0;
    let high = this.#segments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const { start, count } = this.#segments[middle]!;
      if (start + count <= number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
