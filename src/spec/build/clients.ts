import type { KafkaVersion } from '../../kafka/versions.ts';
import type {
  Cluster,
  CommitStyle,
  ConfigEntry,
  Configs,
  ConsumerGroup,
  KeyDistribution,
  NotModelled,
  PartitionerChoice,
  Place,
  Producer,
} from '../../scenario/scenario.ts';
import { checkConsumerConflicts, settleProducerConfigs } from './clientConflicts.ts';
import { effectiveConfigs, readConfigs } from './configs.ts';
import type { Names } from './names.ts';
import { resolveZones, striped } from './places.ts';
import { buildRate } from './rates.ts';
import { buildTransaction } from './transactions.ts';
import type { View } from './view.ts';

export interface ClientContext {
  readonly names: Names;
  readonly notModelled: NotModelled[];
  readonly durationUs: number;
}

const DEFAULT_VALUE_BYTES = 1024;
const DEFAULT_KEY_BYTES = 16;
const DEFAULT_COMPRESSED_SHARE = 0.5;

export function buildProducers(view: View, context: ClientContext): Producer[] {
  return view.entries.flatMap(({ key, view: producer }) => buildProducer(key, producer, context) ?? []);
}

function buildProducer(name: string, view: View, context: ClientContext): Producer | undefined {
  const { names } = context;
  const topicName = view.at('to').text;
  const cluster = producerCluster(view, topicName, names);
  if (!cluster) return undefined;
  if (topicName !== undefined) names.topic(cluster, topicName, view.at('to').span);
  const written = clientConfigs('producer', name, view, cluster, context);
  const version = cluster.kafka as KafkaVersion;
  const defaulted = effectiveConfigs('producer', version, written);
  const configs = settleProducerConfigs(view.at('config'), written, defaulted, version, names.diagnostics);
  const keys = buildKeys(view.at('record').at('keys'));
  const fromUs = view.at('from').durationUs ?? 0;
  const untilUs = view.at('until').durationUs ?? context.durationUs;
  if (untilUs <= fromUs) {
    names.diagnostics.error('SP1152', view.at('until').span, `producer '${name}' stops before it starts`);
  }
  return {
    name,
    cluster: cluster.name,
    topic: topicName ?? '',
    instances: instancePlaces(view, cluster, names),
    rate: buildRate(view.at('rate'), context.durationUs, names.diagnostics),
    fromUs,
    untilUs: Math.min(untilUs, context.durationUs),
    record: {
      valueBytes: view.at('record').at('size').bytes ?? DEFAULT_VALUE_BYTES,
      keyBytes: view.at('record').at('keySize').bytes ?? (keys.kind === 'none' ? 0 : DEFAULT_KEY_BYTES),
      compressedShare:
        configs.get('compression.type')?.value === 'none'
          ? 1
          : (view.at('record').at('compressesTo').share ?? DEFAULT_COMPRESSED_SHARE),
      keys,
    },
    partitioner: buildPartitioner(view.at('partitioner'), keys, cluster, topicName ?? '', names),
    configs,
    transaction: buildTransaction(view, written, configs, names.diagnostics),
  };
}

/** The named cluster, the only one, or the only one that has the topic. */
function producerCluster(view: View, topicName: string | undefined, names: Names): Cluster | undefined {
  const named = view.at('cluster');
  if (named.isWritten || names.clusters.length === 1 || topicName === undefined)
    return names.cluster(named.text, named.span);
  return names.topicAnywhere(topicName, undefined, view.at('to').span)?.cluster;
}

function clientConfigs(
  kind: 'producer' | 'consumer',
  name: string,
  view: View,
  cluster: Cluster,
  { names, notModelled }: ClientContext,
): Map<string, ConfigEntry> {
  const where = kind === 'producer' ? `producer ${name}` : `consumer group ${name}`;
  const version = cluster.kafka as KafkaVersion;
  return readConfigs(view.at('config'), {
    kind,
    version,
    origin: 'client',
    where,
    diagnostics: names.diagnostics,
    notModelled,
  });
}

function instancePlaces(view: View, cluster: Cluster, names: Names): Place[] {
  const named = view.at('region');
  const home = cluster.brokers[0]?.place.region ?? names.regions[0]!.name;
  const region =
    named.text === undefined ? names.regions.find((r) => r.name === home) : names.region(named.text, named.span);
  const written = resolveZones(view.at('zones'), region, names);
  const places = written.length > 0 ? written : named.isWritten ? zonesOf(region) : brokerZones(cluster);
  return striped(
    places.length > 0 ? places : zonesOf(names.regions[0]),
    Math.min(view.at('instances').integer ?? 1, 1000),
  );
}

function zonesOf(region: { readonly name: string; readonly zones: readonly string[] } | undefined): Place[] {
  return region ? region.zones.map((zone) => ({ region: region.name, zone })) : [];
}

function brokerZones(cluster: Cluster): Place[] {
  const places: Place[] = [];
  for (const { place } of cluster.brokers) {
    if (!places.some((seen) => seen.region === place.region && seen.zone === place.zone)) places.push(place);
  }
  return places;
}

function buildKeys(view: View): KeyDistribution {
  const count = view.at('count').count;
  if (count === undefined || count < 1) return { kind: 'none' };
  switch (view.at('distribution').text) {
    case 'zipf':
      return { kind: 'zipf', count, exponent: view.at('exponent').number ?? 1 };
    case 'hot':
      return { kind: 'hot', count, hotShare: view.at('hotShare').share ?? 0.5 };
    default:
      return { kind: 'uniform', count };
  }
}

function buildPartitioner(
  view: View,
  keys: KeyDistribution,
  cluster: Cluster,
  topicName: string,
  names: Names,
): PartitionerChoice {
  const weights = view.at('weights');
  if (weights.isWritten) {
    const partitions = cluster.topics.find((topic) => topic.name === topicName)?.partitionCount;
    const values = weights.items.flatMap((weight) => weight.number ?? []);
    if (partitions !== undefined && values.length !== partitions) {
      names.diagnostics.error(
        'SP1104',
        weights.span,
        `${values.length} weights for ${partitions} partitions of '${topicName}'`,
      );
    } else if (values.every((weight) => weight === 0)) {
      names.diagnostics.error('SP1104', weights.span, 'at least one weight must be larger than 0');
    }
    return { kind: 'weights', weights: values };
  }
  const word = view.text;
  if (word === 'keys' || word === 'sticky' || word === 'round-robin') {
    if (word === 'keys' && keys.kind === 'none') {
      names.diagnostics.error('SP1107', view.span, 'the records have no keys', {
        hint: 'add record: { keys: { count: 100k } }',
      });
    }
    return { kind: word };
  }
  if (word !== undefined) {
    names.diagnostics.error('SP1103', view.span, `expected one of keys, sticky, round-robin or weights, not '${word}'`);
  }
  return { kind: keys.kind === 'none' ? 'sticky' : 'keys' };
}

/** The producers of consumer groups that write what they make of their records. */
export function buildTransforms(
  view: View,
  groups: readonly ConsumerGroup[],
  durationUs: number,
  context: ClientContext,
): Producer[] {
  return view.entries.flatMap(({ key, view: group }) => {
    const spec = groups.find(({ name }) => name === key);
    const transform = group.at('transform');
    if (spec === undefined || !transform.isWritten) return [];
    return buildTransform(spec, transform, durationUs, context) ?? [];
  });
}

function buildTransform(
  group: ConsumerGroup,
  view: View,
  durationUs: number,
  context: ClientContext,
): Producer | undefined {
  const { names } = context;
  const cluster = names.clusters.find(({ name }) => name === group.cluster)!;
  const topicName = view.at('to').text;
  if (topicName !== undefined) names.topic(cluster, topicName, view.at('to').span);
  const written = transformConfigs(group, clientConfigs('producer', `${group.name}-producer`, view, cluster, context));
  const version = cluster.kafka as KafkaVersion;
  const defaulted = effectiveConfigs('producer', version, written);
  const configs = settleProducerConfigs(view.at('config'), written, defaulted, version, names.diagnostics);
  return {
    name: `${group.name}-producer`,
    cluster: cluster.name,
    topic: topicName ?? '',
    instances: group.instances,
    rate: [{ atUs: 0, recordsPerSec: 0, shape: 'step' }],
    fromUs: 0,
    untilUs: durationUs,
    record: {
      valueBytes: view.at('record').at('size').bytes ?? DEFAULT_VALUE_BYTES,
      keyBytes: 0,
      compressedShare:
        configs.get('compression.type')?.value === 'none'
          ? 1
          : (view.at('record').at('compressesTo').share ?? DEFAULT_COMPRESSED_SHARE),
      keys: { kind: 'none' },
    },
    partitioner: { kind: 'sticky' },
    configs,
    transaction: buildTransaction(view, written, configs, names.diagnostics),
    fedBy: group.name,
  };
}

/** exactlyOnce is a transactional.id; without one the group's name serves. */
function transformConfigs(group: ConsumerGroup, written: Map<string, ConfigEntry>): Map<string, ConfigEntry> {
  if (group.transform?.exactlyOnce !== true || written.has('transactional.id')) return written;
  return new Map(written).set('transactional.id', { value: group.name, origin: 'scenario' });
}

/** What the two ways to commit leave no room for. */
function checkTransform(group: View, { diagnostics }: Names): void {
  const transform = group.at('transform');
  if (isExactlyOnce(group) && group.at('commit').isWritten)
    diagnostics.error('SP1165', group.at('commit').span, 'exactlyOnce commits the offsets with its transactions', {
      hint: 'take out commit, or exactlyOnce',
    });
  if (transform.isWritten && !isExactlyOnce(group) && transform.at('every').isWritten)
    diagnostics.error('SP1165', transform.at('every').span, 'without exactlyOnce there are no transactions to end', {
      hint: 'add exactlyOnce: true; else offsets are committed as `commit` says',
    });
}

function isExactlyOnce(group: View): boolean {
  return group.at('transform').at('exactlyOnce').boolean ?? false;
}

export function buildConsumers(view: View, context: ClientContext): ConsumerGroup[] {
  return view.entries.flatMap(({ key, view: group }) => buildConsumer(key, group, context) ?? []);
}

function buildConsumer(name: string, view: View, context: ClientContext): ConsumerGroup | undefined {
  const { names } = context;
  const topics = view.at('from').itemsOrSelf;
  const cluster = producerCluster(view, topics[0]?.text, names);
  if (!cluster) return undefined;
  for (const topic of topics) if (topic.text !== undefined) names.topic(cluster, topic.text, topic.span);
  const written = clientConfigs('consumer', name, view, cluster, context);
  const commit = isExactlyOnce(view)
    ? 'in-transaction'
    : ((view.at('commit').text as CommitStyle | undefined) ?? defaultCommit(written));
  const configs = effectiveConfigs('consumer', cluster.kafka as KafkaVersion, withCommit(written, commit));
  checkConsumerConflicts(view, written, commit, configs, cluster, names.diagnostics);
  checkTransform(view, names);
  const instances = instancePlaces(view, cluster, names);
  return {
    name,
    cluster: cluster.name,
    topics: [...new Set(topics.flatMap((topic) => topic.text ?? []))],
    instances,
    startsAtUs: startTimes(view.at('startsAt'), instances.length, names),
    work: {
      perRecordUs: view.at('work').at('perRecord').durationUs ?? 0,
      jitter: view.at('work').at('jitter').share ?? 0,
    },
    commit,
    staticMembership: view.at('static').boolean ?? false,
    configs,
    ...(view.at('transform').isWritten
      ? { transform: { producer: `${name}-producer`, exactlyOnce: isExactlyOnce(view) } }
      : {}),
  };
}

function defaultCommit(written: Configs): CommitStyle {
  return written.get('enable.auto.commit')?.value === false ? 'after-processing' : 'auto';
}

/** A commit style other than auto means that the application has switched auto commit off. */
function withCommit(written: Configs, commit: CommitStyle): Configs {
  if (written.has('enable.auto.commit')) return written;
  return new Map(written).set('enable.auto.commit', {
    value: commit === 'auto',
    origin: commit === 'auto' ? 'kafka default' : 'scenario',
  });
}

function startTimes(view: View, count: number, names: Names): number[] {
  if (view.node?.kind !== 'list') return new Array<number>(count).fill(view.durationUs ?? 0);
  if (view.items.length !== count) {
    names.diagnostics.error('SP1106', view.span, `${view.items.length} start times for ${count} instances`);
  }
  return Array.from({ length: count }, (_, index) => view.items[index]?.durationUs ?? 0);
}
