import seedrandom from 'seedrandom';
import { assert } from './assert.ts';
import type { EmpiricalTable, ZipfTable } from './distributions.ts';

/** Draws are cut here, so that adding one to a reachable time stays an exact integer; about 142 years in microseconds. */
export const MAX_DRAW = 0x10_0000_0000_0000;

/**
 * The luck of one subject: numbers that depend on the seed's text and on nothing else.
 *
 * Samplers use only log, exp and sqrt (which agree on every engine we support) and round to integers at once.
 * How many numbers a sampler takes from the generator is part of the contract: changing it changes every digest.
 */
export class RandomStream {
  readonly #generator: seedrandom.PRNG;
  #spareNormal = 0;
  #hasSpareNormal = false;

  /** @param seed never empty: the library would take entropy instead */
  constructor(seed: string) {
    assert(typeof seed === 'string' && seed !== '', 'a random stream needs a seed that is not empty');
    this.#generator = seedrandom.alea(seed);
  }

  /** Uniform in [0, 1), in steps of 2^-32. */
  next(): number {
    return this.#generator();
  }

  /** Uniform integer from `lo` inclusive to `hi` exclusive; there must be at least one. */
  uniformInt(lo: number, hi: number): number {
    assert(Number.isSafeInteger(lo) && Number.isSafeInteger(hi) && lo < hi, `no integer from ${lo} up to ${hi}`);
    const span = hi - lo;
    // Beyond 2^21 values, 32 random bits would favour some values by more than one part in 2,000.
    const uniform = span <= 0x20_0000 ? this.#generator() : this.#generator.double();
    return lo + Math.floor(uniform * span);
  }

  /** True with probability `p`; never at 0 or less, always at 1 or more. One number is drawn in any case. */
  chance(p: number): boolean {
    return this.#generator() < p;
  }

  /** Integer around an exponential with this mean; 0 or more. */
  exponentialInt(mean: number): number {
    assert(mean >= 0, `an exponential with the mean ${mean}`);
    // 1 - u is never 0, and 53 bits keep the tail whole up to 36 means.
    return toDraw(-mean * Math.log(1 - this.#generator.double()));
  }

  /** Integer around a normal; may be negative. */
  normalInt(mean: number, sd: number): number {
    assert(sd >= 0, `a normal with the standard deviation ${sd}`);
    return toDraw(mean + sd * this.#standardNormal());
  }

  /** Integer around a lognormal: half of the draws are below `median`, and log(draw) has the deviation `sigma`. */
  lognormalInt(median: number, sigma: number): number {
    assert(median >= 0 && sigma >= 0, `a lognormal with the median ${median} and sigma ${sigma}`);
    return toDraw(median * Math.exp(sigma * this.#standardNormal()));
  }

  /** Integer uniformly in [value * (1 - fraction), value * (1 + fraction)], both ends included and rounded inwards. */
  jitter(valueUs: number, fraction: number): number {
    assert(valueUs >= 0 && fraction >= 0 && fraction <= 1, `a jitter of ${fraction} around ${valueUs}`);
    const lo = Math.ceil(valueUs * (1 - fraction));
    const hi = Math.floor(valueUs * (1 + fraction));
    return hi <= lo ? Math.round(valueUs) : this.uniformInt(lo, hi + 1);
  }

  /** Key index, 0 the most frequent. */
  zipf(table: ZipfTable): number {
    return table.alias.indexAt(this.#generator.double());
  }

  /** One of the table's values. */
  empirical(table: EmpiricalTable): number {
    return table.values[table.alias.indexAt(this.#generator.double())]!;
  }

  /** Shuffles in place (Fisher-Yates) and returns the same array. */
  shuffle<T>(array: T[]): T[] {
    for (let last = array.length - 1; last > 0; last--) {
      const chosen = this.uniformInt(0, last + 1);
      const held = array[last]!;
      array[last] = array[chosen]!;
      array[chosen] = held;
    }
    return array;
  }

  /** Marsaglia's polar method: two normals from a point in the unit circle; the second is kept for the next call. */
  #standardNormal(): number {
    if (this.#hasSpareNormal) {
      this.#hasSpareNormal = false;
      return this.#spareNormal;
    }
    let x: number;
    let y: number;
    let squared: number;
    do {
      x = 2 * this.#generator() - 1;
      y = 2 * this.#generator() - 1;
      squared = x * x + y * y;
    } while (squared >= 1 || squared === 0);
    const factor = Math.sqrt((-2 * Math.log(squared)) / squared);
    this.#spareNormal = y * factor;
    this.#hasSpareNormal = true;
    return x * factor;
  }
}

function toDraw(value: number): number {
  // Adding 0 turns -0 into 0, which would otherwise be visible in printed results.
  return Math.round(Math.max(-MAX_DRAW, Math.min(MAX_DRAW, value))) + 0;
}
