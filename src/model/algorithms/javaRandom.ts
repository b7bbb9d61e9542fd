/**
 * `java.util.Random` and `Collections.shuffle`, for the few places where Kafka's outcome depends on how they are seeded.
 *
 * The state has 48 bits; it is kept in two halves of 24, so that every product is an exact number.
 *
 * Source: the specification of `java.util.Random` (a linear congruential generator).
 */
const HALF = 0x1000000;
const MULTIPLIER_HIGH = 0x5de;
const MULTIPLIER_LOW = 0xece66d;
const INCREMENT = 0xb;

export class JavaRandom {
  #high: number;
  #low: number;

  /** @param seed the low 48 bits of Java's long, as two halves of 24 bits */
  constructor(seedHigh: number, seedLow: number) {
    this.#high = (seedHigh ^ MULTIPLIER_HIGH) & (HALF - 1);
    this.#low = (seedLow ^ MULTIPLIER_LOW) & (HALF - 1);
  }

  /** A whole number from 0 up to the bound (`nextInt(bound)`). */
  nextInt(bound: number): number {
    if ((bound & (bound - 1)) === 0) return Math.floor((bound * this.#next31()) / 0x80000000);
    for (;;) {
      const bits = this.#next31();
      const value = bits % bound;
      // Java's int would overflow here: the last, incomplete run of values is drawn again.
      if (bits - value + (bound - 1) <= 0x7fffffff) return value;
    }
  }

  #next31(): number {
    const low = this.#low * MULTIPLIER_LOW + INCREMENT;
    const high = this.#high * MULTIPLIER_LOW + this.#low * MULTIPLIER_HIGH + Math.floor(low / HALF);
    this.#low = low % HALF;
    this.#high = high % HALF;
    return Math.floor((this.#high * HALF + this.#low) / 0x20000);
  }
}

/** `Collections.shuffle(list, random)` on a copy. */
export function javaShuffle<T>(list: readonly T[], random: JavaRandom): T[] {
  const shuffled = [...list];
  for (let size = shuffled.length; size > 1; size--) {
    const other = random.nextInt(size);
    const last = shuffled[size - 1]!;
    shuffled[size - 1] = shuffled[other]!;
    shuffled[other] = last;
  }
  return shuffled;
}
