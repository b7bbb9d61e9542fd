import type { KafkaMetricName } from '../kafka/define.ts';
import { AGGREGATIONS, type Aggregation, type Meter, type MeterContext, type Unit } from '../meters/meter.ts';
import type { TraceListener } from '../traceListener.ts';

/** One metric that an expectation may name. */
export interface MetricDefinition {
  readonly name: string;
  readonly unit: Unit;
  /** What it is, in Kafka's terms, and what happens at the edges. */
  readonly description: string;
  /** What `of:` may name. */
  readonly of: string;
  readonly aggregations: readonly Aggregation[];
  /** It counts from `after:` and takes no window. */
  readonly countsFromInstant: boolean;
  readonly create: (context: MeterContext) => Meter;
  /** Of Kafka's own metrics only. */
  readonly kafka?: KafkaMetricName;
}

export const DISTRIBUTION = AGGREGATIONS;

export const COUNT: readonly Aggregation[] = ['total', 'rate'];

export const TOTAL: readonly Aggregation[] = ['total'];

export const LEVEL: readonly Aggregation[] = ['max', 'min', 'mean', 'p50', 'p95', 'p99', 'p999'];

export const TIME_UNTIL: readonly Aggregation[] = ['max', 'min', 'mean', 'p50', 'p95', 'p99', 'p999'];

type Listening = Meter & TraceListener;

export function listening(make: (context: MeterContext) => Listening): (context: MeterContext) => Meter {
  return (context) => {
    const meter = make(context);
    context.collector.listen(meter);
    return meter;
  };
}

export function metric(
  name: string,
  unit: Unit,
  of: string,
  aggregations: readonly Aggregation[],
  description: string,
  create: (context: MeterContext) => Meter,
  countsFromInstant = false,
): MetricDefinition {
  return { name, unit, of, aggregations, description, create, countsFromInstant };
}

export const RECORDS_OF = 'a producer, topic, partition or cluster';

export const GROUPS_OF = 'a consumer group';
