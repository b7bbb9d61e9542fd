import { grownFloats } from './columns.ts';

const NOTHING = new Float64Array(0);

/**
 * A set of integers below 2^53, kept as sorted, disjoint, half-open intervals [from, to) that never touch.
 *
 * Layout: `#bounds` holds from, to, from, to, ...; only this file indexes it. Records are numbered in the order
 * in which they are sent, so nearly every `add` extends the last interval and costs nothing but a comparison.
 */
export class IntervalSet {
  #bounds: Float64Array = NOTHING;
  /** Intervals, not integers. */
  #intervals = 0;
  #count = 0;

  /** How many integers are in the set. */
  get count(): number {
    return this.#count;
  }

  get intervalCount(): number {
    return this.#intervals;
  }

  /** One above the largest integer; 0 when the set is empty. */
  get end(): number {
    return this.#intervals === 0 ? 0 : this.#bounds[this.#intervals * 2 - 1]!;
  }

  /** Adds [first, first+count) and returns how many of them were not there before. */
  add(first: number, count: number): number {
    if (count <= 0) return 0;
    const end = this.end;
    if (this.#intervals > 0 && first === end) {
      this.#bounds[this.#intervals * 2 - 1] = end + count;
      this.#count += count;
      return count;
    }
    if (this.#intervals === 0 || first > end) {
      this.#append(first, first + count);
      return count;
    }
    return this.#merge(first, first + count);
  }

  has(integer: number): boolean {
    const row = this.#firstEndingAfter(integer);
    return row < this.#intervals && this.#bounds[row * 2]! <= integer;
  }

  /** How many of [first, first+count) are in the set. */
  countWithin(first: number, count: number): number {
    let found = 0;
    this.forEachWithin(first, count, (from, to) => {
      found += to - from;
    });
    return found;
  }

  forEach(visit: (from: number, to: number) => void): void {
    for (let row = 0; row < this.#intervals; row++) visit(this.#bounds[row * 2]!, this.#bounds[row * 2 + 1]!);
  }

  /** The parts of [first, first+count) that are in the set, ascending. The set must not change meanwhile. */
  forEachWithin(first: number, count: number, visit: (from: number, to: number) => void): void {
    const end = first + count;
    for (let row = this.#firstEndingAfter(first); row < this.#intervals; row++) {
      const from = this.#bounds[row * 2]!;
      if (from >= end) return;
      visit(Math.max(from, first), Math.min(this.#bounds[row * 2 + 1]!, end));
    }
  }

  /** The parts of [first, first+count) that are not in the set, ascending. */
  forEachMissing(first: number, count: number, visit: (from: number, to: number) => void): void {
    let next = first;
    this.forEachWithin(first, count, (from, to) => {
      if (from > next) visit(next, from);
      next = to;
    });
    if (next < first + count) visit(next, first + count);
  }

  union(other: IntervalSet): IntervalSet {
    const both = this.copy();
    other.forEach((from, to) => {
      both.add(from, to - from);
    });
    return both;
  }

  intersect(other: IntervalSet): IntervalSet {
    const common = new IntervalSet();
    this.forEach((from, to) => {
      other.forEachWithin(from, to - from, (a, b) => {
        common.add(a, b - a);
      });
    });
    return common;
  }

  subtract(other: IntervalSet): IntervalSet {
    const rest = new IntervalSet();
    this.forEach((from, to) => {
      other.forEachMissing(from, to - from, (a, b) => {
        rest.add(a, b - a);
      });
    });
    return rest;
  }

  copy(): IntervalSet {
    const copy = new IntervalSet();
    copy.#bounds = this.#bounds.slice(0, this.#intervals * 2);
    copy.#intervals = this.#intervals;
    copy.#count = this.#count;
    return copy;
  }

  /** [from, to) pairs, for tests and evidence. */
  toArray(): [number, number][] {
    const pairs: [number, number][] = [];
    this.forEach((from, to) => {
      pairs.push([from, to]);
    });
    return pairs;
  }

  #append(from: number, to: number): void {
    const place = this.#intervals * 2;
    if (place + 2 > this.#bounds.length) this.#bounds = grownFloats(this.#bounds, place + 2);
    this.#bounds[place] = from;
    this.#bounds[place + 1] = to;
    this.#intervals++;
    this.#count += to - from;
  }

  /** Replaces all intervals that overlap or touch [from, to) by one. */
  #merge(from: number, to: number): number {
    const low = this.#firstEndingAfter(from - 1);
    let high = low;
    let covered = 0;
    let mergedFrom = from;
    let mergedTo = to;
    while (high < this.#intervals && this.#bounds[high * 2]! <= to) {
      const oldFrom = this.#bounds[high * 2]!;
      const oldTo = this.#bounds[high * 2 + 1]!;
      covered += oldTo - oldFrom;
      mergedFrom = Math.min(mergedFrom, oldFrom);
      mergedTo = Math.max(mergedTo, oldTo);
      high++;
    }
    this.#replaceRows(low, high, mergedFrom, mergedTo);
    const added = mergedTo - mergedFrom - covered;
    this.#count += added;
    return added;
  }

  #replaceRows(low: number, high: number, from: number, to: number): void {
    const used = this.#intervals * 2;
    if (high === low && used + 2 > this.#bounds.length) this.#bounds = grownFloats(this.#bounds, used + 2);
    this.#bounds.copyWithin(low * 2 + 2, high * 2, used);
    this.#bounds[low * 2] = from;
    this.#bounds[low * 2 + 1] = to;
    this.#intervals += 1 - (high - low);
  }

  /** The first row whose `to` lies above `integer`; the number of rows when there is none. */
  #firstEndingAfter(integer: number): number {
    let low = 0;
    let high = this.#intervals;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#bounds[middle * 2 + 1]! > integer) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
