import type { HistogramSummary } from '../result/runResult.ts';
import { grownFloats } from './columns.ts';

/** Values below this are counted exactly; above, each power of two is cut into SUB_BUCKETS equal buckets. */
const EXACT_BELOW = 128;
const SUB_BUCKETS = 64;

const POWERS_OF_TWO = Float64Array.from({ length: 53 }, (_, exponent) => Number(1n << BigInt(exponent)));

/**
 * Counts of non-negative integers below 2^53 (microseconds, bytes, records) in log-linear buckets.
 *
 * A bucket is at most 1/64 of its value wide and percentiles answer its middle, so they are off by at most 0.8 %.
 * Count, minimum, maximum and mean are exact. Two histograms add up (`merge`) to what one would have held.
 */
export class Histogram {
  #buckets = new Float64Array(256);
  #count = 0;
  #sum = 0;
  #min = Number.MAX_SAFE_INTEGER;
  #max = 0;

  get count(): number {
    return this.#count;
  }

  get sum(): number {
    return this.#sum;
  }

  /** 0 when nothing was recorded; ask `count` first. */
  get min(): number {
    return this.#count === 0 ? 0 : this.#min;
  }

  get max(): number {
    return this.#max;
  }

  get mean(): number {
    return this.#count === 0 ? 0 : this.#sum / this.#count;
  }

  record(value: number, count: number): void {
    if (count <= 0) return;
    const positive = Math.max(0, value);
    this.#put(positive, count);
    this.#sum += positive * count;
  }

  /** `count` values, the first `fromValue`, the last `toValue`, the others evenly between them. */
  recordRamp(fromValue: number, toValue: number, count: number): void {
    if (count <= 1 || fromValue === toValue) {
      this.record(fromValue, count);
      return;
    }
    const low = Math.max(0, Math.min(fromValue, toValue));
    const high = Math.max(0, fromValue, toValue);
    const step = (high - low) / (count - 1);
    this.#sum += ((low + high) / 2) * count;
    this.#put(low, 1);
    this.#put(high, 1);
    if (count > 2) this.#putRamp(low, step, count - 2);
  }

  merge(other: Histogram): void {
    if (other.#count === 0) return;
    if (other.#buckets.length > this.#buckets.length) this.#buckets = grownFloats(this.#buckets, other.#buckets.length);
    for (let bucket = 0; bucket < other.#buckets.length; bucket++) this.#buckets[bucket]! += other.#buckets[bucket]!;
    this.#count += other.#count;
    this.#sum += other.#sum;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
  }

  /** The smallest value that at least `share` (0..1) of all values do not exceed; 0 when nothing was recorded. */
  percentile(share: number): number {
    // 0.07 x 100 is 7.000000000000001: without the rounding the rank would be one too high.
    const rank = Math.max(1, Math.ceil(Math.round(share * this.#count * 1e6) / 1e6));
    let seen = 0;
    for (let bucket = 0; bucket < this.#buckets.length; bucket++) {
      seen += this.#buckets[bucket]!;
      if (seen >= rank) return Math.min(this.#max, Math.max(this.min, middleOf(bucket)));
    }
    return this.#max;
  }

  summary(metric: string, of: string, unit: HistogramSummary['unit']): HistogramSummary {
    return {
      metric,
      of,
      unit,
      count: this.#count,
      min: this.min,
      mean: Math.round(this.mean * 1000) / 1000,
      p50: this.percentile(0.5),
      p95: this.percentile(0.95),
      p99: this.percentile(0.99),
      p999: this.percentile(0.999),
      max: this.#max,
    };
  }

  #put(value: number, count: number): void {
    const bucket = bucketOf(value);
    if (bucket >= this.#buckets.length) this.#buckets = grownFloats(this.#buckets, bucket + 1);
    this.#buckets[bucket]! += count;
    this.#count += count;
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
  }

  /** The inner values low+step, low+2*step, ...: one addition per bucket instead of one per value. */
  #putRamp(low: number, step: number, count: number): void {
    let next = 1;
    while (next <= count) {
      const bucket = bucketOf(Math.floor(low + step * next));
      // The bucket is below the one of the ramp's end, so it exists.
      const beyond = Math.max(next + 1, Math.min(count + 1, Math.ceil((lowestOf(bucket + 1) - low) / step)));
      this.#buckets[bucket]! += beyond - next;
      next = beyond;
    }
    this.#count += count;
  }
}

function bucketOf(value: number): number {
  if (value < EXACT_BELOW) return Math.floor(value);
  const exponent = exponentOf(value);
  return (exponent - 5) * SUB_BUCKETS + Math.floor(value / POWERS_OF_TWO[exponent - 6]!) - SUB_BUCKETS;
}

/** floor(log2(value)) for 1 <= value < 2^53. */
function exponentOf(value: number): number {
  return value < 4294967296 ? 31 - Math.clz32(value) : 63 - Math.clz32(value / 4294967296);
}

function lowestOf(bucket: number): number {
  if (bucket < EXACT_BELOW) return bucket;
  const octave = Math.floor(bucket / SUB_BUCKETS) - 1;
  return ((bucket % SUB_BUCKETS) + SUB_BUCKETS) * POWERS_OF_TWO[octave]!;
}

function middleOf(bucket: number): number {
  return Math.floor((lowestOf(bucket) + lowestOf(bucket + 1) - 1) / 2);
}
