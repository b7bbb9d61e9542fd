import { clusterCounts, levels } from './definitions/cluster.ts';
import { COUNT, listening, type MetricDefinition, metric } from './definitions/define.ts';
import { rebalances } from './definitions/groups.ts';
import { ledgerCounts, recordCounts } from './definitions/records.ts';
import { timesUntil } from './definitions/timesUntil.ts';
import { latencies, throughputs } from './definitions/traffic.ts';
import { KAFKA_METRICS } from './kafka/names.ts';
import { ErrorCountMeter } from './meters/countMeter.ts';
import type { Unit } from './meters/meter.ts';
import type { ScopeKind } from './scope.ts';

export const METRICS: readonly MetricDefinition[] = [
  ...latencies,
  ...throughputs,
  ...recordCounts,
  ...ledgerCounts,
  ...clusterCounts,
  ...levels,
  ...rebalances,
  ...timesUntil,
  ...KAFKA_METRICS,
];

const BY_NAME = new Map(METRICS.map((definition) => [definition.name, definition]));

const ERROR_PREFIX = 'errors.';

/** Undefined for a name that does not exist. A Kafka metric also has the name of its MBean. `errors.<NAME>` exists for every spelling of an error code. */
export function metricNamed(name: string): MetricDefinition | undefined {
  if (!name.startsWith(ERROR_PREFIX)) return BY_NAME.get(METRIC_ALIASES[name] ?? name);
  const error = name.slice(ERROR_PREFIX.length);
  if (!/^[A-Z][A-Z_]*$/.test(error)) return undefined;
  return metric(
    name,
    'count',
    'a client, topic or partition',
    COUNT,
    `How often a client or follower received ${error}.`,
    listening((context) => new ErrorCountMeter(context, error)),
  );
}

/** Names of MBeans, and what they are called here. */
export const METRIC_ALIASES: Readonly<Record<string, string>> = Object.fromEntries(
  KAFKA_METRICS.map(({ name, kafka }) => [kafka!.mbean, name]),
);

/** What `of:` may be, for the metrics that are particular about it. */
export const METRIC_SCOPES: Readonly<Record<string, readonly ScopeKind[]>> = Object.fromEntries(
  KAFKA_METRICS.map(({ name, kafka }) => [name, kafka!.scopes]),
);

/** Unit of each metric, for reading `"< 60ms"`; `errors.*` stands for every error code. */
export const METRIC_UNITS: Readonly<Record<string, Unit>> = {
  ...Object.fromEntries(METRICS.map(({ name, unit }) => [name, unit])),
  'errors.*': 'count',
};
