import { ERROR_ROWS } from '../../kafka/tables/errorCodes.ts';
import type { Bound } from '../../scenario/scenario.ts';
import { didYouMean } from '../check/kinds.ts';
import { nearest } from '../nearest.ts';
import { resolved, type SchemaPart, schemaBelow } from '../schema.ts';
import { parseBound, type QuantityUnit, type Reading } from '../units.ts';
import type { Names } from './names.ts';
import { readMoment } from './triggers.ts';
import type { View } from './view.ts';

/** Where a parameter stands: the map around it, which may name the metric whose unit counts or the cluster. */
export interface ParameterPlace {
  readonly beside: View;
  readonly schema: SchemaPart;
  readonly names: Names;
}

/** One parameter of a claim in base units, by its schema's `x-kind`; maps and lists as a whole. */
export function readParameter(key: string, view: View, part: SchemaPart, place: ParameterPlace): unknown {
  const kind = part['x-kind'];
  const { node } = view;
  if (kind !== undefined && node && (node.kind === 'scalar' || kind === 'brokerList'))
    return readKind(kind, key, view, place);
  if (node?.kind === 'list') {
    const items = part.items && resolved(part.items);
    return view.items.map((item) => readParameter(key, item, items ?? {}, place));
  }
  if (node?.kind === 'map') {
    const below = { beside: view, schema: part, names: place.names };
    return Object.fromEntries(
      view.entries.map(({ key: name, view: item }) => [
        name,
        readParameter(name, item, schemaBelow(part, node, name) ?? {}, below),
      ]),
    );
  }
  return node?.kind === 'scalar' ? node.value : null;
}

function readKind(kind: string, key: string, view: View, place: ParameterPlace): unknown {
  const { names } = place;
  const text = view.text;
  const cluster = place.beside.at('cluster').text;
  switch (kind) {
    case 'duration':
      return view.durationUs ?? null;
    case 'size':
      return view.bytes ?? null;
    case 'rate':
      return view.recordsPerSec ?? null;
    case 'throughput':
      return view.bytesPerSec ?? null;
    case 'percent':
      return view.share ?? null;
    case 'count':
      return view.count ?? null;
    case 'factor':
      return view.factor ?? null;
    case 'durationBound':
      return readBound(view, 'duration', names);
    case 'comparison': {
      const unit = comparisonUnit(key, place);
      return unit && readBound(view, unit, names);
    }
    case 'topic':
      return text === undefined ? null : (names.topicAnywhere(text, cluster, view.span)?.topic.name ?? null);
    case 'partition': {
      const found = text === undefined ? undefined : names.partition(text, cluster, view.span);
      return found ? { topic: found.topic.name, partition: found.partition } : null;
    }
    case 'topicOrPartition':
      return knownTopicOrPartition(view, cluster, names);
    case 'group':
      return text === undefined ? null : (names.group(text, view.span)?.name ?? null);
    case 'client':
      return text === undefined ? null : names.client(text.replace(/\/\d{1,6}$/, ''), view.span) ? text : null;
    case 'cluster':
      return text === undefined ? null : (names.cluster(text, view.span)?.name ?? null);
    case 'failure':
      return text === undefined ? null : (names.event(text, view.span) ?? null);
    case 'broker':
      return knownBroker(view, cluster, names);
    case 'brokerList':
      return view.itemsOrSelf.map((item) => knownBroker(item, cluster, names));
    case 'metric':
      return knownMetric(view, place);
    case 'who':
      return knownWho(view, names);
    case 'moment':
      return readInstant(view, names);
    default:
      return view.node?.kind === 'scalar' ? view.node.value : null;
  }
}

function readBound(view: View, unit: QuantityUnit, { diagnostics }: Names): Bound | null {
  const first = view.text === undefined ? undefined : parseBound(view.text, unit);
  // A rate is per second anyway: `>= 990` says the same as `>= 990/s`.
  const reading = unit === 'rate' && first?.ok === false ? betterOf(first, parseBound(view.text!, 'number')) : first;
  if (reading?.ok) return reading.value;
  diagnostics.error('SP1125', view.span, `expected a comparison in ${UNIT_WORDS[unit]}, not '${view.text ?? ''}'`, {
    hint: reading?.suggestion === undefined ? undefined : `did you mean \`${reading.suggestion}\`?`,
  });
  return null;
}

function betterOf(first: Reading<Bound>, second: Reading<Bound>): Reading<Bound> {
  return second.ok ? second : first;
}

const UNIT_WORDS: Readonly<Record<QuantityUnit, string>> = {
  duration: 'time, such as "< 60ms" or "7s..10.1s"',
  size: 'bytes, such as "< 10MiB"',
  rate: 'records per time, such as "> 20k/s"',
  throughput: 'bytes per second, such as "> 80MB/s"',
  percent: 'percent, such as ">= 99.9%"',
  count: 'whole numbers, such as "= 0" or "<= 5"',
  number: 'numbers, such as "< 1.5"',
};

const METRIC_UNITS: Readonly<Record<string, QuantityUnit>> = {
  us: 'duration',
  bytes: 'size',
  'bytes/s': 'throughput',
  records: 'number',
  'records/s': 'rate',
  count: 'number',
  share: 'percent',
};

/** The unit of the metric that stands beside; its `rate` counts per second, its `total` counts what a rate is made of. */
function comparisonUnit(key: string, place: ParameterPlace): QuantityUnit | null {
  const unit = metricUnits(place).get(metricKey(place.beside.at('metric').text ?? ''));
  if (unit === undefined) return place.beside.has('metric') ? null : 'number';
  if (key === 'rate' && (unit === 'records' || unit === 'us')) return 'rate';
  if (key === 'total' && unit === 'bytes/s') return 'size';
  return METRIC_UNITS[unit] ?? 'number';
}

function metricUnits({ schema }: ParameterPlace): ReadonlyMap<string, string> {
  const table = schema.properties?.metric?.['x-metricUnits'] ?? schema['x-metricUnits'] ?? {};
  return new Map(Object.entries(table));
}

/** `errors.*` stands for every error code of Kafka. */
export function metricKey(name: string): string {
  return name.startsWith('errors.') ? 'errors.*' : name;
}

function knownMetric(view: View, place: ParameterPlace): string | null {
  const name = view.text ?? '';
  const known = [...metricUnits(place).keys()];
  const isError = name.startsWith('errors.');
  if (isError ? isErrorName(name.slice('errors.'.length)) : known.includes(name)) return name;
  const candidates = isError ? Object.keys(ERROR_ROWS).map((error) => `errors.${error}`) : known;
  const near = nearest(name, candidates);
  place.names.diagnostics.error('SP1103', view.span, `unknown metric '${name}'`, {
    hint: didYouMean(near) ?? `known: ${known.join(', ')}`,
  });
  return null;
}

function isErrorName(name: string): boolean {
  return Object.hasOwn(ERROR_ROWS, name);
}

function knownTopicOrPartition(view: View, cluster: string | undefined, names: Names): string | null {
  const text = view.text;
  if (text === undefined) return null;
  const isTopic = names.clusters.some((c) => c.topics.some((topic) => topic.name === text));
  const isPartition = !isTopic && /-\d{1,6}$/.test(text);
  const found = isPartition ? names.partition(text, cluster, view.span) : names.topicAnywhere(text, cluster, view.span);
  return found ? text : null;
}

function knownBroker(view: View, clusterName: string | undefined, names: Names): number | null {
  const id = view.integer ?? (/^\d+$/.test(view.text ?? '') ? Number(view.text) : undefined);
  const clusters = clusterName === undefined ? names.clusters : names.clusters.filter((c) => c.name === clusterName);
  if (id !== undefined && clusters.some((c) => c.brokers.some((broker) => broker.id === id))) return id;
  names.diagnostics.error('SP1145', view.span, `there is no broker ${view.text ?? ''}`);
  return null;
}

/** A client, an instance (`billing-0`), group, broker, topic, partition or cluster, as text. */
function knownWho(view: View, names: Names): string | null {
  const text = view.text ?? '';
  const topics = names.clusters.flatMap((cluster) => cluster.topics);
  const clients = [...names.producers, ...names.consumers];
  const brokers = names.clusters.flatMap((c) =>
    c.brokers.flatMap(({ id }) => [`broker ${id}`, `${c.name}/broker ${id}`]),
  );
  const known = [...clients, ...names.clusters, ...topics].map((thing) => thing.name);
  if (known.includes(text) || brokers.includes(text) || brokers.includes(`broker ${text}`)) return text;
  const numbered = /^(.+)([/-])(\d{1,6})$/.exec(text);
  const [, name, , digits] = numbered ?? [];
  if (topics.some((topic) => topic.name === name && Number(digits) < topic.partitionCount)) return text;
  if (clients.some((client) => client.name === name && Number(digits) < client.instances.length))
    return `${name}-${digits}`;
  if (names.declaredClients.has(text)) return null;
  names.diagnostics.error(
    'SP1143',
    view.span,
    `'${text}' is no client, group, broker, topic, partition or cluster of this scenario`,
    {
      hint: didYouMean(nearest(text, [...known, ...brokers])),
    },
  );
  return null;
}

/** `5m` in microseconds, or the start or end of a failure or operation as text: `zone-a-down.end`. */
function readInstant(view: View, names: Names): number | string | null {
  if (view.durationUs !== undefined) return view.durationUs;
  return view.text !== undefined && readMoment(view.text, view.span, names) ? view.text : null;
}
