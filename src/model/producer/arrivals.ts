import type { RateCurve } from './rateCurve.ts';

/** Differences below this are rounding, not records. */
const ROUNDING = 1e-7;

/** Records to come, by their number: when, and how many by an instant. Nothing is polled. */
export interface RecordSource {
  countBy(atUs: number): number;
  /** Infinity: not foreseen. */
  timeOf(number: number): number;
  /** Per microsecond. */
  rateAt(atUs: number): number;
}

/**
 * The records that an application hands to one partition (or, without keys, to the sticky partitioner): every
 * `1/share`-th record of a rate curve, with a phase. Nothing is polled; counts and times are computed.
 */
export class Arrivals implements RecordSource {
  readonly #curve: RateCurve;
  readonly #share: number;
  readonly #phase: number;
  /** Records of the curve that came before these arrivals begin. */
  readonly #before: number;

  /**
   * @param share  of the curve's records that come here, 0..1
   * @param phase  0..1: how far the first one is already under way when the curve begins
   * @param fromUs  what came before is not counted: another deal of the curve held until then
   */
  constructor(curve: RateCurve, share: number, phase: number, fromUs = 0) {
    this.#curve = curve;
    this.#share = share;
    this.#phase = phase;
    this.#before = fromUs <= curve.fromUs ? 0 : curve.countBy(fromUs);
  }

  countBy(atUs: number): number {
    if (atUs < this.#curve.fromUs) return 0;
    return Math.floor(Math.max(0, this.#curve.countBy(atUs) - this.#before) * this.#share + this.#phase + ROUNDING);
  }

  /** When the record of that number (0, 1, ...) comes; Infinity: never. */
  timeOf(number: number): number {
    if (this.#share <= 0) return Number.POSITIVE_INFINITY;
    return this.#curve.timeOf((number + 1 - this.#phase) / this.#share + this.#before);
  }

  /** Per microsecond. */
  rateAt(atUs: number): number {
    return this.#curve.rateAt(atUs) * this.#share;
  }
}
