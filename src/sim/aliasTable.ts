import { assert } from './assert.ts';

/**
 * Draws an index with given weights in constant time (Walker's alias method, built as Vose does).
 * Each column is one index topped up by one other, so a draw is one column and one comparison.
 */
export class AliasTable {
  readonly count: number;
  readonly #ownShare: Float64Array; // of each column, the part that is the column's own index; 0 to 1
  readonly #other: Int32Array;

  /** @param weights at least one, none negative, not all zero; need not sum to one */
  constructor(weights: ArrayLike<number>) {
    const count = weights.length;
    let total = 0;
    for (let index = 0; index < count; index++) {
      const weight = weights[index]!;
      assert(weight >= 0 && weight < Infinity, `weight ${index} is ${weight}, not a finite number of at least 0`);
      total += weight;
    }
    assert(total > 0 && total < Infinity, `the weights sum to ${total}: nothing could be drawn`);
    this.count = count;
    this.#ownShare = new Float64Array(count);
    this.#other = new Int32Array(count);
    for (let index = 0; index < count; index++) this.#ownShare[index] = (weights[index]! * count) / total;
    this.#levelColumns();
  }

  /** @param uniform in [0, 1) with 53 random bits: the whole part chooses the column, the rest the side */
  indexAt(uniform: number): number {
    const position = uniform * this.count;
    const column = Math.floor(position);
    return position - column < this.#ownShare[column]! ? column : this.#other[column]!;
  }

  /** Fills each column that is short from one that has more than its share. */
  #levelColumns(): void {
    const share = this.#ownShare;
    const short: number[] = [];
    const long: number[] = [];
    for (let index = 0; index < this.count; index++) (share[index]! < 1 ? short : long).push(index);
    while (short.length > 0 && long.length > 0) {
      const taker = short.pop()!;
      const giver = long.at(-1)!;
      this.#other[taker] = giver;
      share[giver] = share[giver]! + share[taker]! - 1;
      if (share[giver]! < 1) short.push(long.pop()!);
    }
    // What is left differs from 1 by rounding only.
    for (const index of short) share[index] = 1;
    for (const index of long) share[index] = 1;
  }
}
