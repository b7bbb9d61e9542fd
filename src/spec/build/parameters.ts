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
    return kind === 'who' ? knownWho(view, part, place) : readKind(kind, key, view, place);
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
  const unit = metricUnits(place).get(metricKey(place.beside.at('metric').text ?? '', metricPart(place)));
  if (unit === undefined) return place.beside.has('metric') ? null : 'number';
  if (key === 'rate' && (unit === 'records' || unit === 'us')) return 'rate';
  if (key === 'total' && unit === 'bytes/s') return 'size';
  return METRIC_UNITS[unit] ?? 'number';
}

function metricPart({ schema }: ParameterPlace): SchemaPart {
  return schema.properties?.metric ?? schema;
}

function metricUnits(place: ParameterPlace): ReadonlyMap<string, string> {
  return new Map(Object.entries(metricPart(place)['x-metricUnits'] ?? {}));
}

/** What tables know a metric by: `errors.*` stands for every error code of Kafka, an MBean for its own name. */
export function metricKey(name: string, part: SchemaPart | undefined): string {
  return name.startsWith('errors.') ? 'errors.*' : (ownEntry(part?.['x-metricAliases'], name) ?? name);
}

function ownEntry<Value>(table: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
  return table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}

function knownMetric(view: View, place: ParameterPlace): string | null {
  const written = view.text ?? '';
  const part = metricPart(place);
  const known = [...metricUnits(place).keys()];
  const mbean = readMBean(written);
  if (mbean !== null && mbean.extra !== null) {
    const hint = 'write topic, partition or client beside it as `of:`';
    place.names.diagnostics.error('SP1103', view.span, `'${mbean.extra}' is no part of a metric's name here`, { hint });
    return null;
  }
  const name = ownEntry(part['x-metricAliases'], mbean?.name ?? written) ?? written;
  const why = ownEntry(part['x-metricsNotModelled'], mbean?.attribute ?? written);
  if (why !== undefined && !known.includes(name)) {
    const metric = mbean?.attribute ?? written;
    place.names.diagnostics.error('SP1180', view.span, `the metric ${metric} is not modelled: ${why}`);
    return null;
  }
  const isError = name.startsWith('errors.');
  if (isError ? isErrorName(name.slice('errors.'.length)) : known.includes(name)) return name;
  const mbeans = Object.keys(part['x-metricAliases'] ?? {});
  const candidates = isError ? Object.keys(ERROR_ROWS).map((error) => `errors.${error}`) : mbean ? mbeans : known;
  const near = nearest(name, candidates);
  place.names.diagnostics.error('SP1103', view.span, `unknown metric '${name}'`, {
    hint: didYouMean(near) ?? `known: ${known.join(', ')}`,
  });
  return null;
}

/**
 * `kafka.server:type=ReplicaManager,name=UnderReplicatedPartitions`. Keys that say which client or node it is on are
 * left out, since they name nothing here; `extra` is a key that would narrow the metric down. Null: no MBean.
 */
function readMBean(text: string): { name: string; attribute: string; extra: string | null } | null {
  const [, domain, keys] = /^(kafka\.[a-z.]+):(.+)$/.exec(text) ?? [];
  if (domain === undefined || keys === undefined) return null;
  const pairs = keys.split(',').map((pair) => pair.trim());
  const kept = pairs.filter((pair) => /^(type|name|delayedOperation)=/.test(pair));
  const extra = pairs.find((pair) => /^(topic|partition|request)=/.test(pair)) ?? null;
  const attribute = pairs.find((pair) => pair.startsWith('name='))?.slice('name='.length) ?? '';
  return { name: `${domain}:${kept.join(',')}`, attribute, extra };
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
function knownWho(view: View, part: SchemaPart, place: ParameterPlace): string | null {
  const found = whoIs(view, place.names);
  if (found === null) return null;
  const metric = metricKey(place.beside.at('metric').text ?? '', metricPart(place));
  const scopes = part['x-scopes'] ?? ownEntry(metricPart(place)['x-metricScopes'], metric);
  if (scopes === undefined || scopes.includes(found.kind)) return found.text;
  const may = scopes.filter((scope) => scope !== 'everything').join(', ');
  place.names.diagnostics.error('SP1143', view.span, `'${found.text}' is a ${found.kind}, and this has none for one`, {
    hint: `it has one of: ${may}`,
  });
  return null;
}

interface Who {
  readonly text: string;
  readonly kind: 'client' | 'group' | 'instance' | 'broker' | 'topic' | 'partition' | 'cluster';
}

function whoIs(view: View, names: Names): Who | null {
  const text = view.text ?? '';
  const topics = names.clusters.flatMap((cluster) => cluster.topics);
  const clients = [...names.producers, ...names.consumers];
  const brokers = names.clusters.flatMap((c) =>
    c.brokers.flatMap(({ id }) => [`broker ${id}`, `${c.name}/broker ${id}`]),
  );
  const known = [...clients, ...names.clusters, ...topics].map((thing) => thing.name);
  const isNamed = (things: readonly { readonly name: string }[]) => things.some((thing) => thing.name === text);
  const numbered = /^(.+)([/-])(\d{1,6})$/.exec(text);
  const [, name, , digits] = numbered ?? [];
  // The order in which the run will understand the name: a partition before a group, a client before a topic.
  const isPartition = names.clusters.some((cluster) =>
    cluster.topics.some((topic) => topic.name === name && Number(digits) < names.mostPartitions(cluster, topic)),
  );
  if (isPartition) return { text, kind: 'partition' };
  if (isNamed(names.consumers)) return { text, kind: 'group' };
  if (isNamed(names.producers)) return { text, kind: 'client' };
  if (isNamed(topics)) return { text, kind: 'topic' };
  if (clients.some((client) => client.name === name && Number(digits) < client.instances.length))
    return { text: `${name}-${digits}`, kind: 'instance' };
  if (brokers.includes(text) || brokers.includes(`broker ${text}`)) return { text, kind: 'broker' };
  if (isNamed(names.clusters)) return { text, kind: 'cluster' };
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
