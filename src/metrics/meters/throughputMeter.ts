import { Histogram } from '../histogram.ts';
import type { TraceListener } from '../traceListener.ts';
import { type Aggregation, hasPartitions, type Meter, type MeterContext, ofHistogram } from './meter.ts';

const SECOND_US = 1_000_000;

/** Bytes per second. `mean` and `rate` are over the whole window, max, min and percentiles over its full seconds. */
export abstract class ThroughputMeter implements Meter {
  protected readonly context: MeterContext;
  readonly #seconds = new Map<number, number>();
  #total = 0;

  constructor(context: MeterContext) {
    this.context = context;
  }

  sampleCount(): number {
    return this.context.window.whyNever() === null && hasPartitions(this.context) ? 1 : 0;
  }

  value(aggregation: Aggregation, nowUs: number): number | null {
    if (aggregation === 'total') return this.#total;
    const seconds = this.context.window.openUs(nowUs) / SECOND_US;
    if (aggregation === 'mean' || aggregation === 'rate') return seconds > 0 ? this.#total / seconds : null;
    return ofHistogram(this.#bySecond(nowUs), aggregation, seconds);
  }

  protected count(bytes: number, atUs: number): void {
    if (!this.context.window.isOpen) return;
    const second = Math.floor(atUs / SECOND_US);
    this.#total += bytes;
    this.#seconds.set(second, (this.#seconds.get(second) ?? 0) + bytes);
  }

  #bySecond(nowUs: number): Histogram {
    const histogram = new Histogram();
    for (let second = 0; (second + 1) * SECOND_US <= nowUs; second++) {
      const { window } = this.context;
      const isFull = window.contains(second * SECOND_US) && window.contains((second + 1) * SECOND_US - 1);
      if (isFull) histogram.record(this.#seconds.get(second) ?? 0, 1);
    }
    return histogram;
  }
}

/** What producers wrote: bytes appended by leaders. */
export class ThroughputInMeter extends ThroughputMeter implements TraceListener {
  appended(
    partition: number,
    broker: number,
    _leaderEpoch: number,
    _baseOffset: number,
    _count: number,
    bytes: number,
    lane: number,
    _first: number,
    atUs: number,
  ): void {
    const { scope, collector } = this.context;
    if (!scope.partition(partition) || !scope.broker(broker)) return;
    if (lane < 0 || scope.client(collector.cast.lanes[lane]!.client)) this.count(bytes, atUs);
  }
}

/** What consumers (`throughput.out`) or followers (`throughput.replication`) fetched. */
export class FetchThroughputMeter extends ThroughputMeter implements TraceListener {
  readonly #kind: 'consumer' | 'follower';

  constructor(context: MeterContext, kind: 'consumer' | 'follower') {
    super(context);
    this.#kind = kind;
  }

  fetched(
    kind: 'consumer' | 'follower',
    partition: number,
    fromBroker: number,
    _crossesZone: boolean,
    bytes: number,
    _latencyUs: number,
    atUs: number,
  ): void {
    const { scope } = this.context;
    if (kind === this.#kind && scope.partition(partition) && scope.broker(fromBroker)) this.count(bytes, atUs);
  }
}
