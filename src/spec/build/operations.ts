import type { NotModelled, Operation, OperationVerb } from '../../scenario/scenario.ts';
import type { Sources } from '../sources.ts';
import { buildAlterConfig } from './alterConfig.ts';
import { oneVerb } from './failures.ts';
import type { Names } from './names.ts';
import { buildSizeOperation, SIZE_VERBS } from './sizeOperations.ts';
import { buildTopicOperation, TOPIC_VERBS } from './topicOperations.ts';
import { buildTrigger } from './triggers.ts';
import { buildUpgrade } from './upgrade.ts';
import type { View } from './view.ts';

export const OPERATION_VERBS = [
  'rollingRestart',
  'scale',
  'alterConfig',
  'electLeaders',
  'upgrade',
  ...SIZE_VERBS,
  ...TOPIC_VERBS,
] as const;
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
      return buildAlterConfig(view, names, notModelled, name);
    case 'electLeaders':
      return electLeaders(view, names);
    case 'upgrade':
      return buildUpgrade(view, names);
    case 'createTopic':
    case 'deleteTopic':
      return buildTopicOperation(verb, view, names, notModelled, name);
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
