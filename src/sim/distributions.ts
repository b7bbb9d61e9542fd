import { AliasTable } from './aliasTable.ts';
import { assert } from './assert.ts';

/** The most keys a Zipf table holds. */
export const MAX_ZIPF_COUNT = 1_000_000;

/**
 * Zipf's law over `count` keys: key k (from 0) has a weight of 1 / (k + 1)^exponent.
 * Built once, in time proportional to `count`; drawn from with `RandomStream.zipf`.
 */
export class ZipfTable {
  readonly count: number;
  readonly exponent: number;
  /** The probability of each key, largest first; they sum to one up to rounding. */
  readonly weights: Float64Array;
  readonly alias: AliasTable;

  /**
   * @param count    1 to MAX_ZIPF_COUNT
   * @param exponent 0 (all keys alike) to 10
   */
  constructor(count: number, exponent: number) {
    assert(Number.isInteger(count) && count >= 1 && count <= MAX_ZIPF_COUNT, `a Zipf table of ${count} keys`);
    assert(exponent >= 0 && exponent <= 10, `a Zipf exponent of ${exponent}`);
    this.count = count;
    this.exponent = exponent;
    this.weights = zipfWeights(count, exponent);
    this.alias = new AliasTable(this.weights);
  }
}

/** Measured values, drawn as often as they were seen. */
export class EmpiricalTable {
  readonly values: Float64Array;
  readonly alias: AliasTable;

  /**
   * @param values  integers; a value may appear more than once
   * @param weights how often each was seen; all alike when left out
   */
  constructor(values: ArrayLike<number>, weights: ArrayLike<number> = new Float64Array(values.length).fill(1)) {
    assert(values.length === weights.length, `${values.length} values but ${weights.length} weights`);
    this.values = Float64Array.from(values);
    for (const value of this.values) assert(Number.isSafeInteger(value), `the value ${value} is not an integer`);
    this.alias = new AliasTable(weights);
  }
}

function zipfWeights(count: number, exponent: number): Float64Array {
  const weights = new Float64Array(count);
  let total = 0;
  // Smallest first, so that a long tail is not lost beside a large sum.
  for (let key = count - 1; key >= 0; key--) {
    // A power by exp and log: the power operator gives different last bits on different engines.
    weights[key] = Math.exp(-exponent * Math.log(key + 1));
    total += weights[key]!;
  }
  for (let key = 0; key < count; key++) weights[key] = weights[key]! / total;
  return weights;
}
