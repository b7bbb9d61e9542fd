import type { KafkaVersion } from '../../kafka/versions.ts';
import type { Cluster, NotModelled, Operation, OperationVerb } from '../../scenario/scenario.ts';
import type { Sources } from '../sources.ts';
import { readConfigs } from './configs.ts';
import { oneVerb } from './failures.ts';
import type { Names } from './names.ts';
import { buildSizeOperation, SIZE_VERBS } from './sizeOperations.ts';
import { buildTrigger } from './triggers.ts';
import { View } from './view.ts';

export const OPERATION_VERBS = ['rollingRestart', 'scale', 'alterConfig', 'electLeaders', ...SIZE_VERBS] as const;
type Verb = (typeof OPERATION_VERBS)[number];

export function buildOperation(
  view: View,
  name: string,
  names: Names,
  sources: Sources,
  notModelled: NotModelled[],
): Operation | undefined {
  const verb = oneVerb(view, 'operation', OPERATION_VERBS, names);
  const trigger = buildTrigger(view, names);
  const action = verb && buildAction(verb, view.at(verb), names, notModelled, name);
  return trigger && action && { name, trigger, action, location: sources.location(view.span) };
}

function buildAction(
  verb: Verb,
  view: View,
  names: Names,
  notModelled: NotModelled[],
  name: string,
): OperationVerb | undefined {
  switch (verb) {
    case 'rollingRestart':
      return rollingRestart(view, names);
    case 'scale': {
      const client = view.at('client');
      const found = client.text === undefined ? undefined : names.client(client.text, client.span);
      const instances = view.at('instances').integer ?? 0;
      return found && { verb, client: found.name, instances, graceful: view.at('graceful').boolean ?? true };
    }
    case 'alterConfig':
      return alterConfig(view, names, notModelled, name);
    case 'electLeaders':
      return electLeaders(view, names);
    case 'reassign':
    case 'addBrokers':
    case 'removeBroker':
    case 'createPartitions':
      return buildSizeOperation(verb, view, names);
  }
}

function rollingRestart(view: View, names: Names): OperationVerb | undefined {
  const cluster = names.cluster(view.at('cluster').text, view.at('cluster').span);
  const pauseUs = view.at('pause').durationUs ?? null;
  return (
    cluster && {
      verb: 'rollingRestart',
      cluster: cluster.name,
      pauseUs,
      waitForInSync: view.at('waitForInSync').boolean ?? pauseUs === null,
      graceful: view.at('graceful').boolean ?? true,
    }
  );
}

function alterConfig(view: View, names: Names, notModelled: NotModelled[], name: string): OperationVerb | undefined {
  const [topic, broker] = [view.at('topic'), view.at('broker')];
  if (topic.isWritten && broker.isWritten) {
    names.diagnostics.error('SP1107', view.keySpan('broker'), "'broker' and 'topic' exclude each other");
    return undefined;
  }
  const cluster =
    topic.text === undefined
      ? names.cluster(view.at('cluster').text, view.span)
      : names.topicAnywhere(topic.text, view.at('cluster').text, topic.span)?.cluster;
  if (!cluster) return undefined;
  const id = broker.integer;
  if (id !== undefined && !cluster.brokers.some((node) => node.id === id)) {
    names.diagnostics.error('SP1145', broker.span, `cluster '${cluster.name}' has no broker ${id}`);
  }
  const kind = topic.text === undefined ? 'broker' : 'topic';
  const set = alteredConfigs(view.at('config'), kind, cluster, names, notModelled, name);
  const scope =
    topic.text !== undefined
      ? ({ kind: 'topic', topic: topic.text } as const)
      : id === undefined
        ? ({ kind: 'clusterWide' } as const)
        : ({ kind: 'broker', id } as const);
  return { verb: 'alterConfig', cluster: cluster.name, scope, set };
}

function alteredConfigs(
  view: View,
  kind: 'broker' | 'topic',
  cluster: Cluster,
  names: Names,
  notModelled: NotModelled[],
  name: string,
) {
  const context = {
    kind,
    version: cluster.kafka as KafkaVersion,
    origin: 'scenario' as const,
    where: `operation ${name}`,
    diagnostics: names.diagnostics,
    notModelled,
  };
  const taken = view.entries
    .filter((entry) => entry.view.node?.kind === 'scalar' && entry.view.node.value === null)
    .map(({ key }) => key);
  const kept =
    view.node?.kind === 'map'
      ? { ...view.node, entries: new Map([...view.node.entries].filter(([key]) => !taken.includes(key))) }
      : undefined;
  const written = readConfigs(new View(kept, view.span), context);
  return [
    ...[...written].map(([config, { value }]) => ({ name: config, value })),
    ...taken.map((config) => ({ name: config, value: null })),
  ];
}

function electLeaders(view: View, names: Names): OperationVerb | undefined {
  const type = view.at('type').text === 'unclean' ? 'unclean' : 'preferred';
  const clusterName = view.at('cluster').text;
  const [partition, topic] = [view.at('partition'), view.at('topic')];
  if (partition.text !== undefined) {
    const found = names.partition(partition.text, clusterName, partition.span);
    return (
      found && {
        verb: 'electLeaders',
        cluster: found.cluster.name,
        type,
        topic: found.topic.name,
        partition: found.partition,
      }
    );
  }
  if (topic.text !== undefined) {
    const found = names.topicAnywhere(topic.text, clusterName, topic.span);
    return (
      found && { verb: 'electLeaders', cluster: found.cluster.name, type, topic: found.topic.name, partition: null }
    );
  }
  const cluster = names.cluster(clusterName, view.span);
  return cluster && { verb: 'electLeaders', cluster: cluster.name, type, topic: null, partition: null };
}
