import { Histogram } from '../histogram.ts';
import { type Aggregation, type Extreme, type Meter, type MeterContext, ofHistogram } from './meter.ts';

/** Samples of one metric in a histogram, and the largest of them. */
export abstract class HistogramMeter implements Meter {
  readonly histogram = new Histogram();
  protected readonly context: MeterContext;
  #largest = -1;
  #largestAtUs = 0;
  #largestText = '';

  constructor(context: MeterContext) {
    this.context = context;
  }

  sampleCount(): number {
    return this.histogram.count;
  }

  value(aggregation: Aggregation, nowUs: number): number | null {
    return ofHistogram(this.histogram, aggregation, this.context.window.openUs(nowUs) / 1_000_000);
  }

  extreme(): Extreme | null {
    return this.#largest < 0
      ? null
      : { atUs: this.#largestAtUs, sinceUs: this.#largestAtUs - this.#largest, text: this.#largestText };
  }

  /** `text` says what happened at `atUs`; called for every batch, so it is a word and no sentence made for it. */
  protected keepLargest(value: number, atUs: number, text: string): void {
    if (value <= this.#largest) return;
    this.#largest = value;
    this.#largestAtUs = atUs;
    this.#largestText = text;
  }

  /** What the largest sample is up to now; -1 before there is one. */
  protected get largest(): number {
    return this.#largest;
  }
}
