import { Histogram } from '../histogram.ts';
import type { TraceListener } from '../traceListener.ts';
import { type Aggregation, type Extreme, type Meter, type MeterContext, ofHistogram } from './meter.ts';

/**
 * A level that holds until it changes (a lag, a number of partitions), weighted by the time for which it held:
 * p95 is the level that was not exceeded during 95 % of the window. Levels that held for no time do not count.
 */
export class GaugeMeter implements Meter {
  /** Its counts are microseconds. */
  readonly histogram = new Histogram();
  readonly #read: () => number | null;
  /** Levels are counted in whole parts of 1/scale. */
  readonly #scale: number;
  #level: number | null = null;
  #sinceUs = 0;
  #isObserved = false;
  #largest = -1;
  #largestAtUs = 0;

  /** `read` null: there is no level now. `withEveryBatch`: it depends on offsets and not only on control-plane facts. */
  constructor(context: MeterContext, withEveryBatch: boolean, read: () => number | null, scale = 1) {
    this.#read = read;
    this.#scale = scale;
    const changed = (atUs: number) => this.#changed(atUs);
    const listener: TraceListener = { end: changed };
    if (withEveryBatch) listener.levelsChanged = changed;
    else listener.factsChanged = changed;
    context.collector.listen(listener);
    context.window.whenChanged((atUs) => {
      if (!context.window.isOpen) this.#settle(atUs);
      this.#isObserved = context.window.isOpen;
      this.#sinceUs = atUs;
      this.#level = this.#read();
    });
  }

  sampleCount(): number {
    return this.histogram.count;
  }

  value(aggregation: Aggregation, nowUs: number): number | null {
    if (aggregation === 'total' || aggregation === 'rate') return null;
    const value = ofHistogram(this.histogram, aggregation, nowUs);
    return value === null ? null : value / this.#scale;
  }

  extreme(): Extreme | null {
    return this.#largest < 0
      ? null
      : { atUs: this.#largestAtUs, sinceUs: this.#largestAtUs, text: `it was ${this.#largest}` };
  }

  #changed(atUs: number): void {
    if (!this.#isObserved) return;
    this.#settle(atUs);
    this.#sinceUs = atUs;
    this.#level = this.#read();
  }

  #settle(atUs: number): void {
    const forUs = atUs - this.#sinceUs;
    if (this.#level === null || forUs <= 0) return;
    this.histogram.record(Math.round(this.#level * this.#scale), forUs);
    if (this.#level <= this.#largest) return;
    this.#largest = this.#level;
    this.#largestAtUs = this.#sinceUs;
  }
}
