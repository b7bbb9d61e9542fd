import type { MetricDefinition } from '../metrics/definitions/define.ts';
import { textOf as eventText } from '../metrics/eventText.ts';
import { METRICS_NOT_MODELLED } from '../metrics/kafka/notModelled.ts';
import { AGGREGATIONS, type Aggregation, type Meter, type Unit } from '../metrics/meters/meter.ts';
import { METRIC_ALIASES, METRIC_SCOPES, METRIC_UNITS, METRICS, metricNamed } from '../metrics/metricNames.ts';
import { Scope } from '../metrics/scope.ts';
import { NO_CAUSE } from '../model/trace.ts';
import type { Bound, Expectation } from '../scenario/scenario.ts';
import { isBeyond, isBound, isWithin, momentOf, textOf } from './bounds.ts';
import {
  type Checker,
  type ClaimContext,
  type ClaimDefinition,
  evidence,
  type Finding,
  inconclusive,
} from './checker.ts';
import { likelyCause } from './likelyCause.ts';
import { leaf, type Schema } from './schemaParts.ts';
import { show } from './units.ts';
import { momentText, windowText } from './windowText.ts';

const MEANING: Readonly<Record<Aggregation, string>> = {
  p50: 'The median',
  p95: 'The value that 95 % do not exceed',
  p99: 'The value that 99 % do not exceed',
  p999: 'The value that 99.9 % do not exceed',
  max: 'The largest',
  min: 'The smallest',
  mean: 'The mean',
  rate: 'Per second of the window',
  total: 'The sum',
};

const EXAMPLE: Readonly<Record<Aggregation, string>> = {
  p50: '< 10ms',
  p95: '< 40ms',
  p99: '< 60ms',
  p999: '< 1s',
  max: '7s..11s',
  min: '>= 2',
  mean: '< 20ms',
  rate: '>= 990',
  total: '= 0',
};

export const metric: ClaimDefinition = {
  name: 'metric',
  description:
    'A number lies within bounds: percentiles, extremes, mean, sum or rate of one metric, of one client, group, topic, partition, broker or cluster, inside a window. Inconclusive when the window never came or held no sample. Metrics `time.*` count from `after` and take no window; what had not happened when the run ended fails an upper bound that has passed already, and is inconclusive otherwise.',
  examples: [
    { metric: 'produce.latency', of: 'checkout', p99: '< 60ms', during: 'steady' },
    { metric: 'produce.gap', of: 'orders-0', max: '7s..11s' },
    { metric: 'time.untilLeader', of: 'orders-0', after: 'broker-1-down', max: '7s..10.1s' },
  ],
  schema: {
    type: 'string',
    maxLength: 200,
    'x-kind': 'metric',
    'x-metricUnits': METRIC_UNITS,
    'x-metricAliases': METRIC_ALIASES,
    'x-metricScopes': METRIC_SCOPES,
    'x-metricsFromInstant': METRICS.filter(({ countsFromInstant }) => countsFromInstant).map(({ name }) => name),
    'x-metricsNotModelled': METRICS_NOT_MODELLED,
    description:
      "Name of the metric: ours, or Kafka's own (`UnderReplicatedPartitions`, or its MBean `kafka.server:type=ReplicaManager,name=UnderReplicatedPartitions`); `errors.<NAME>` for a Kafka error code.",
    examples: METRICS.slice(0, 3).map(({ name }) => name),
  },
  beside: {
    of: leaf(
      'who',
      'Whose: a producer, group, topic, partition (`orders-0`), instance (`checkout-0`), broker (`broker 1`) or cluster. Default: all together.',
      'checkout',
      'orders-0',
    ),
    after: leaf(
      'moment',
      'For `time.*`: from when; a failure or operation, `.start` (default) or `.end`. Default: the start of the run.',
      'zone-a-down',
      'zone-a-down.end',
    ),
    ...Object.fromEntries(
      AGGREGATIONS.map((name): [string, Schema] => [
        name,
        leaf('comparison', `${MEANING[name]} lies within this.`, EXAMPLE[name]),
      ]),
    ),
  },
  takesWindow: true,
  create: (context) => new MetricChecker(context),
};

class MetricChecker implements Checker {
  readonly expected: string;
  readonly #context: ClaimContext;
  readonly #definition: MetricDefinition;
  readonly #meter: Meter;
  readonly #asked: readonly (readonly [Aggregation, Bound])[];

  constructor(context: ClaimContext) {
    const { collector, window, expectation } = context;
    this.#context = context;
    this.#definition = definitionOf(expectation);
    this.#asked = boundsOf(expectation, this.#definition);
    const scope = new Scope(collector.cast, textOf(expectation.params, 'of'));
    const after = momentOf(expectation.params, 'after');
    this.#meter = this.#definition.create({ collector, scope, window, after });
    const bounds = this.#asked.map(([aggregation, bound]) => `${aggregation} ${bound.text}`).join(' and ');
    this.expected = `${this.#definition.name} of ${scope.text}${momentText(after)}${windowText(expectation.window)}: ${bounds}`;
  }

  judge(endUs: number): Finding {
    const why = this.#whyNothing();
    const unfinished = this.#meter.unfinished?.(endUs) ?? null;
    if (unfinished !== null) return this.#judgeUnfinished(unfinished, endUs);
    if (why !== null) return inconclusive(why);
    const values = this.#asked.map(([aggregation, bound]) => ({
      aggregation,
      bound,
      value: this.#meter.value(aggregation, endUs),
    }));
    const observed = values
      .map(({ aggregation, value }) => `${aggregation} ${this.#show(value, aggregation)}`)
      .join(', ');
    if (values.some(({ value }) => value === null)) return inconclusive(`${observed}: the window was too short`);
    const broken = values.filter(({ value, bound }) => !isWithin(value!, bound));
    if (broken.length === 0) return { ...this.#finding(), status: 'passed', observed };
    return { ...this.#finding(), status: 'failed', observed };
  }

  #whyNothing(): string | null {
    const { window } = this.#context;
    if (!this.#definition.countsFromInstant && window.whyNever() !== null) return window.whyNever();
    if (this.#meter.sampleCount() > 0) return null;
    return this.#meter.whyNone?.() ?? `nothing was measured${windowText(this.#context.expectation.window)}`;
  }

  /** The last sample will be at least `unfinished`: only an upper bound on the largest can be decided. */
  #judgeUnfinished(unfinished: number, endUs: number): Finding {
    const observed = `it had not happened ${show(unfinished, this.#definition.unit)} later, when the run ended`;
    const isTooLong = this.#asked.some(([aggregation, bound]) => aggregation === 'max' && isBeyond(unfinished, bound));
    const finding = { ...this.#finding(), observed, atUs: endUs };
    return { ...finding, status: isTooLong ? 'failed' : 'inconclusive' };
  }

  #finding(): Omit<Finding, 'status' | 'observed'> {
    const extreme = this.#meter.extreme?.() ?? null;
    if (extreme === null) return { atUs: null, evidence: [], cause: NO_CAUSE };
    const { events, cast } = this.#context.collector;
    const own = extreme.event === undefined ? undefined : events.all()[extreme.event];
    const cause = own?.id ?? likelyCause(events, extreme.sinceUs, extreme.atUs);
    const text = own === undefined ? extreme.text : `${extreme.text}: ${eventText(own, cast)}`;
    return { atUs: extreme.atUs, evidence: [evidence(text, { atUs: extreme.atUs })], cause };
  }

  #show(value: number | null, aggregation: Aggregation): string {
    return value === null ? 'unknown' : show(value, unitOf(this.#definition.unit, aggregation));
  }
}

function unitOf(unit: Unit, aggregation: Aggregation): Unit {
  if (aggregation === 'total' && unit === 'bytes/s') return 'bytes';
  if (aggregation !== 'rate' || unit === 'bytes/s') return unit;
  return unit === 'bytes' ? 'bytes/s' : 'records/s';
}

function definitionOf(expectation: Expectation): MetricDefinition {
  const name = textOf(expectation.params, 'metric') ?? '';
  const definition = metricNamed(name);
  if (definition === undefined) throw new Error(`there is no metric ${name}`);
  return definition;
}

function boundsOf(expectation: Expectation, definition: MetricDefinition): (readonly [Aggregation, Bound])[] {
  const asked: (readonly [Aggregation, Bound])[] = [];
  for (const aggregation of AGGREGATIONS) {
    const bound = expectation.params[aggregation];
    if (bound === undefined) continue;
    if (!isBound(bound)) throw new Error(`${aggregation} of ${definition.name} is no comparison`);
    if (!definition.aggregations.includes(aggregation)) {
      throw new Error(`${definition.name} has no ${aggregation}, only ${definition.aggregations.join(', ')}`);
    }
    asked.push([aggregation, bound]);
  }
  if (asked.length === 0)
    throw new Error(`metric ${definition.name} needs one of ${definition.aggregations.join(', ')}`);
  return asked;
}
