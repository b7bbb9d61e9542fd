import type { EventId } from '../../model/trace.ts';
import type { Collector } from '../collector.ts';
import type { Histogram } from '../histogram.ts';
import type { ObservationWindow } from '../observationWindow.ts';
import type { Scope } from '../scope.ts';

/** What one number is made from the samples of a metric. */
export type Aggregation = 'p50' | 'p95' | 'p99' | 'p999' | 'max' | 'min' | 'mean' | 'rate' | 'total';

export const AGGREGATIONS: readonly Aggregation[] = [
  'p50',
  'p95',
  'p99',
  'p999',
  'max',
  'min',
  'mean',
  'rate',
  'total',
];

/** Base unit of a metric's samples; a rate is per second of these. */
export type Unit = 'us' | 'bytes' | 'bytes/s' | 'records' | 'records/s' | 'count' | 'share';

/** What a meter listens to, and whose samples it takes and when. */
export interface MeterContext {
  readonly collector: Collector;
  readonly scope: Scope;
  readonly window: ObservationWindow;
  /** For metrics that count from an instant: a failure or operation, `.start` or `.end`, or microseconds; null: the run's start. */
  readonly after: string | number | null;
}

export interface Extreme {
  readonly atUs: number;
  readonly sinceUs: number;
  readonly text: string;
  /** What it was, when it was an event. */
  readonly event?: EventId;
}

/** Takes the samples of one metric inside a window; read after the run, or at any time for a view. */
export interface Meter {
  /** 0: nothing was observed, and no value means anything. */
  sampleCount(): number;
  /** Null when the aggregation says nothing here. */
  value(aggregation: Aggregation, nowUs: number): number | null;
  /** Why there is no sample, when the meter knows better than "no samples in the window". */
  whyNone?(): string | null;
  /** A value that had not ended with the run: the metric is at least this. */
  unfinished?(nowUs: number): number | null;
  /** The largest sample: when it was measured, and since when it grew. */
  extreme?(): Extreme | null;
  readonly histogram?: Histogram;
}

/** A percentile or moment of a histogram; `seconds` for the rate of samples. */
export function ofHistogram(histogram: Histogram, aggregation: Aggregation, seconds: number): number | null {
  switch (aggregation) {
    case 'p50':
      return histogram.percentile(0.5);
    case 'p95':
      return histogram.percentile(0.95);
    case 'p99':
      return histogram.percentile(0.99);
    case 'p999':
      return histogram.percentile(0.999);
    case 'max':
      return histogram.max;
    case 'min':
      return histogram.min;
    case 'mean':
      return histogram.mean;
    case 'total':
      return histogram.sum;
    case 'rate':
      return seconds > 0 ? histogram.count / seconds : null;
  }
}

/** Whether any record was offered in scope: without one, a count of 0 says nothing. */
export function hasRecords({ collector, scope }: MeterContext): boolean {
  return collector.ledger.lanes.some(
    (account, lane) => account !== undefined && account.offered > 0 && scope.lane(lane),
  );
}

/** Whether any partition in scope existed. */
export function hasPartitions({ collector: { cast, facts }, scope }: MeterContext): boolean {
  return [...cast.partitions.keys()].some((partition) => scope.partition(partition) && facts.exists(partition));
}

/** Whether any group in scope was ever heard of. */
export function hasGroups({ collector: { cast, facts }, scope }: MeterContext): boolean {
  return [...cast.groups.keys()].some((group) => scope.group(group) && facts.groupEvent[group]! >= 0);
}
