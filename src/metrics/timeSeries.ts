import type { Series } from '../result/runResult.ts';

const BUCKETS = 600;

/**
 * One number over simulated time, in at most 600 buckets: when time runs past the last one, the width doubles and
 * neighbours fold, so that a minute and a day take the same space.
 *
 * Three ways to feed it, never mixed in one series:
 *   sample  a measured value (a latency), weighted by records
 *   amount  something that happened (bytes, records); read as a rate per second
 *   step    a level that holds until the next call (a lag); weighted by time
 */
export class TimeSeries {
  #widthUs: number;
  readonly #min = new Float64Array(BUCKETS).fill(Infinity);
  readonly #max = new Float64Array(BUCKETS).fill(-Infinity);
  readonly #sum = new Float64Array(BUCKETS);
  readonly #weight = new Float64Array(BUCKETS);
  #used = 0;
  #level = 0;
  /** -1: no level yet. */
  #levelSinceUs = -1;

  constructor(widthUs = 100_000) {
    this.#widthUs = widthUs;
  }

  sample(atUs: number, value: number, weight: number): void {
    this.#put(this.#bucketAt(atUs), value, weight);
  }

  /** Samples evenly from `low` to `high`. */
  sampleRange(atUs: number, low: number, high: number, weight: number): void {
    const bucket = this.#bucketAt(atUs);
    this.#put(bucket, (low + high) / 2, weight);
    if (low < this.#min[bucket]!) this.#min[bucket] = low;
    if (high > this.#max[bucket]!) this.#max[bucket] = high;
  }

  amount(atUs: number, amount: number): void {
    const bucket = this.#bucketAt(atUs);
    this.#sum[bucket]! += amount;
    this.#weight[bucket] = 1;
  }

  step(atUs: number, level: number): void {
    if (this.#levelSinceUs >= 0) this.#holdLevelUntil(atUs);
    this.#level = level;
    this.#levelSinceUs = atUs;
    const bucket = this.#bucketAt(atUs);
    if (level < this.#min[bucket]!) this.#min[bucket] = level;
    if (level > this.#max[bucket]!) this.#max[bucket] = level;
  }

  /** The level ends at `atUs`: nobody knows it from then on, until the next step. */
  stop(atUs: number): void {
    if (this.#levelSinceUs >= 0) this.#holdLevelUntil(atUs);
    this.#levelSinceUs = -1;
  }

  get isEmpty(): boolean {
    return this.#used === 0;
  }

  /** Buckets without a sample hold null. */
  asLevels(metric: string, of: string, unit: Series['unit'], endUs: number): Series {
    if (this.#levelSinceUs >= 0) this.step(endUs, this.#level);
    const series = this.#empty(metric, of, unit);
    for (let bucket = 0; bucket < this.#used; bucket++) {
      const has = this.#min[bucket]! <= this.#max[bucket]!;
      const weight = this.#weight[bucket]!;
      series.atUs.push(bucket * this.#widthUs);
      series.min.push(has ? this.#min[bucket]! : null);
      series.max.push(has ? this.#max[bucket]! : null);
      series.mean.push(!has ? null : weight > 0 ? thousandths(this.#sum[bucket]! / weight) : this.#max[bucket]!);
    }
    return series;
  }

  /** Amounts per second; a bucket in which nothing happened is 0, and the last one ends with the run. */
  asRate(metric: string, of: string, unit: Series['unit'], endUs: number): Series {
    if (endUs > 0) this.#bucketAt(endUs - 1);
    const series = this.#empty(metric, of, unit);
    for (let bucket = 0; bucket < this.#used; bucket++) {
      const fromUs = bucket * this.#widthUs;
      const lengthUs = Math.min(this.#widthUs, endUs - fromUs);
      const rate = lengthUs > 0 ? thousandths((this.#sum[bucket]! * 1_000_000) / lengthUs) : 0;
      series.atUs.push(fromUs);
      series.min.push(rate);
      series.max.push(rate);
      series.mean.push(rate);
    }
    return series;
  }

  #holdLevelUntil(untilUs: number): void {
    let fromUs = this.#levelSinceUs;
    this.#bucketAt(untilUs);
    while (fromUs < untilUs) {
      const bucket = Math.floor(fromUs / this.#widthUs);
      const toUs = Math.min(untilUs, (bucket + 1) * this.#widthUs);
      this.#put(bucket, this.#level, toUs - fromUs);
      fromUs = toUs;
    }
  }

  #put(bucket: number, value: number, weight: number): void {
    if (value < this.#min[bucket]!) this.#min[bucket] = value;
    if (value > this.#max[bucket]!) this.#max[bucket] = value;
    this.#sum[bucket]! += value * weight;
    this.#weight[bucket]! += weight;
  }

  #bucketAt(atUs: number): number {
    let bucket = Math.floor(atUs / this.#widthUs);
    while (bucket >= BUCKETS) {
      this.#fold();
      bucket = Math.floor(atUs / this.#widthUs);
    }
    if (bucket >= this.#used) this.#used = bucket + 1;
    return bucket;
  }

  #fold(): void {
    for (let bucket = 0; bucket < BUCKETS; bucket += 2) {
      const half = bucket >> 1;
      const min = Math.min(this.#min[bucket]!, this.#min[bucket + 1]!);
      const max = Math.max(this.#max[bucket]!, this.#max[bucket + 1]!);
      const sum = this.#sum[bucket]! + this.#sum[bucket + 1]!;
      const weight = this.#weight[bucket]! + this.#weight[bucket + 1]!;
      this.#min[half] = min;
      this.#max[half] = max;
      this.#sum[half] = sum;
      this.#weight[half] = weight;
    }
    this.#min.fill(Infinity, BUCKETS / 2);
    this.#max.fill(-Infinity, BUCKETS / 2);
    this.#sum.fill(0, BUCKETS / 2);
    this.#weight.fill(0, BUCKETS / 2);
    this.#widthUs *= 2;
    this.#used = (this.#used + 1) >> 1;
  }

  #empty(metric: string, of: string, unit: Series['unit']): Series {
    return { metric, of, unit, bucketUs: this.#widthUs, atUs: [], min: [], max: [], mean: [] };
  }
}

function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000;
}
