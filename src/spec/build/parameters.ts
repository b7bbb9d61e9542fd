import type { Bound } from '../../scenario/scenario.ts';
import { nearest } from '../nearest.ts';
import { resolved, type SchemaPart, schemaBelow } from '../schema.ts';
import { parseBound, type QuantityUnit } from '../units.ts';
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
export function readParameter(view: View, part: SchemaPart, place: ParameterPlace): unknown {
  const kind = part['x-kind'];
  const { node } = view;
  if (kind !== undefined && node && (node.kind === 'scalar' || kind === 'brokerList'))
    return readKind(kind, view, place);
  if (node?.kind === 'list') {
    const items = part.items && resolved(part.items);
    return view.items.map((item) => readParameter(item, items ?? {}, place));
  }
  if (node?.kind === 'map') {
    const below = { beside: view, schema: part, names: place.names };
    return Object.fromEntries(
      view.entries.map(({ key, view: item }) => [key, readParameter(item, schemaBelow(part, node, key) ?? {}, below)]),
    );
  }
  return node?.kind === 'scalar' ? node.value : null;
}

function readKind(kind: string, view: View, place: ParameterPlace): unknown {
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
    case 'comparison':
      return readBound(view, metricUnit(place), names);
    case 'topic':
      return text === undefined ? null : (names.topicAnywhere(text, cluster, view.span)?.topic.name ?? null);
    case 'partition': {
      const found = text === undefined ? undefined : names.partition(text, cluster, view.span);
      return found ? { topic: found.topic.name, partition: found.partition } : null;
    }
    case 'topicOrPartition':
      return topicOrPartition(view, cluster, names);
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
  const reading = view.text === undefined ? undefined : parseBound(view.text, unit);
  if (reading?.ok) return reading.value;
  diagnostics.error('SP1125', view.span, `expected a comparison in ${UNIT_WORDS[unit]}, not '${view.text ?? ''}'`, {
    hint: reading?.suggestion === undefined ? undefined : `did you mean \`${reading.suggestion}\`?`,
  });
  return null;
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

/** The unit of the metric that stands beside, from the schema's table. */
function metricUnit({ beside, schema }: ParameterPlace): QuantityUnit {
  const name = beside.at('metric').text ?? '';
  const units = schema.properties?.metric?.['x-metricUnits'] ?? schema['x-metricUnits'] ?? {};
  const wildcard = `${name.split('.')[0]}.*`;
  const unit = Object.hasOwn(units, name) ? units[name] : Object.hasOwn(units, wildcard) ? units[wildcard] : 'number';
  return (unit ?? 'number') as QuantityUnit;
}

function knownMetric(view: View, { schema, names }: ParameterPlace): string | null {
  const units = schema.properties?.metric?.['x-metricUnits'] ?? schema['x-metricUnits'] ?? {};
  const name = view.text ?? '';
  const known = Object.keys(units);
  if (known.includes(name) || known.includes(`${name.split('.')[0]}.*`)) return name;
  const near = nearest(name, known);
  names.diagnostics.error('SP1103', view.span, `unknown metric '${name}'`, {
    hint: near === undefined ? `known: ${known.join(', ')}` : `did you mean '${near}'?`,
  });
  return null;
}

function topicOrPartition(
  view: View,
  cluster: string | undefined,
  names: Names,
): { topic: string; partition: number | null } | null {
  const text = view.text;
  if (text === undefined) return null;
  const isTopic = names.clusters.some((c) => c.topics.some((topic) => topic.name === text));
  if (isTopic || !/-\d{1,6}$/.test(text)) {
    const found = names.topicAnywhere(text, cluster, view.span);
    return found ? { topic: found.topic.name, partition: null } : null;
  }
  const found = names.partition(text, cluster, view.span);
  return found ? { topic: found.topic.name, partition: found.partition } : null;
}

function knownBroker(view: View, clusterName: string | undefined, names: Names): number | null {
  const id = view.integer ?? (/^\d+$/.test(view.text ?? '') ? Number(view.text) : undefined);
  const clusters = clusterName === undefined ? names.clusters : names.clusters.filter((c) => c.name === clusterName);
  if (id !== undefined && clusters.some((c) => c.brokers.some((broker) => broker.id === id))) return id;
  names.diagnostics.error('SP1145', view.span, `there is no broker ${view.text ?? ''}`);
  return null;
}

/** A client, group, broker, topic, partition, cluster or region, as written. */
function knownWho(view: View, names: Names): string | null {
  const text = view.text ?? '';
  const instanceOf = text.replace(/\/\d{1,6}$/, '');
  const partition = /^(.+)-(\d{1,6})$/.exec(text);
  const topics = names.clusters.flatMap((cluster) => cluster.topics);
  const brokers = names.clusters.flatMap((cluster) => cluster.brokers.map((broker) => `broker ${broker.id}`));
  const known = [
    ...[...names.producers, ...names.consumers, ...names.clusters, ...topics].map((thing) => thing.name),
    ...brokers,
  ];
  if (known.includes(text) || known.includes(instanceOf) || known.includes(`broker ${text}`)) return text;
  const isPartition =
    partition && topics.some((t) => t.name === partition[1] && Number(partition[2]) < t.partitionCount);
  if (isPartition) return text;
  const near = nearest(text, known);
  names.diagnostics.error(
    'SP1143',
    view.span,
    `'${text}' is no client, group, broker, topic, partition or cluster of this scenario`,
    {
      hint: near === undefined ? undefined : `did you mean '${near}'?`,
    },
  );
  return null;
}

/** `5m`, or the start or end of a failure or operation. */
function readInstant(view: View, names: Names): number | { of: string; edge: 'start' | 'end' } | null {
  if (view.durationUs !== undefined) return view.durationUs;
  return view.text === undefined ? null : (readMoment(view.text, view.span, names) ?? null);
}
