import { configDefinition } from '../../kafka/configTable.ts';
import type { KafkaVersion } from '../../kafka/versions.ts';
import type { Cluster, NotModelled, OperationVerb } from '../../scenario/scenario.ts';
import { readConfigs } from './configs.ts';
import type { Names } from './names.ts';
import type { View } from './view.ts';

export const TOPIC_VERBS = ['createTopic', 'deleteTopic'] as const;

/** The createTopic operations of one cluster: what a cluster's topics are beside those that it starts with. */
export function laterTopics(root: View, cluster: string, isOnly: boolean): View[] {
  return root
    .at('operations')
    .items.map((operation) => operation.at('createTopic'))
    .filter((view) => {
      const named = view.at('cluster').text;
      return view.at('topic').text !== undefined && (named === cluster || (named === undefined && isOnly));
    });
}

export function buildTopicOperation(
  verb: (typeof TOPIC_VERBS)[number],
  view: View,
  names: Names,
  notModelled: NotModelled[],
  name: string,
): OperationVerb | undefined {
  const topic = view.at('topic');
  const found =
    topic.text === undefined ? undefined : names.topicAnywhere(topic.text, view.at('cluster').text, topic.span);
  if (found === undefined) return undefined;
  const { cluster } = found;
  if (verb === 'deleteTopic') {
    notModelled.push(...whatIsLeftOut(found.topic.name, cluster.name, names, name));
    return { verb, cluster: cluster.name, topic: found.topic.name };
  }
  warnOfRefusal(view, cluster, found.topic.name, names);
  return {
    verb,
    cluster: cluster.name,
    topic: found.topic.name,
    partitionCount: view.at('partitions').integer ?? -1,
    replicationFactor: view.at('replicationFactor').integer ?? -1,
    assignment: found.topic.creation === 'operation' ? found.topic.assignment : null,
    set: writtenConfigs(view.at('config'), cluster, names, notModelled, name),
  };
}

function writtenConfigs(view: View, cluster: Cluster, names: Names, notModelled: NotModelled[], name: string) {
  const version = cluster.kafka as KafkaVersion;
  const written = readConfigs(view, {
    kind: 'topic',
    version,
    origin: 'topic',
    where: `operation ${name}`,
    diagnostics: names.diagnostics,
    notModelled,
  });
  return [...written]
    .filter(([config]) => configDefinition('topic', config, version))
    .map(([config, { value }]) => ({ name: config, value }));
}

/** What the controller will say is known already; the operation runs nevertheless and ends with that error. */
function warnOfRefusal(view: View, cluster: Cluster, topic: string, names: Names): void {
  const factor = view.at('replicationFactor');
  const exists = cluster.topics.some((one) => one.name === topic && one.creation === 'atStart');
  if (exists && !view.has('replicas')) {
    names.diagnostics.warning('SP1206', view.at('topic').span, `topic '${topic}' is there from the start`, {
      hint: 'Kafka answers TOPIC_ALREADY_EXISTS unless it was deleted before',
    });
  }
  if (factor.integer !== undefined && factor.integer > cluster.brokers.length) {
    names.diagnostics.warning(
      'SP1206',
      factor.span,
      `${factor.integer} replicas, but the cluster has ${cluster.brokers.length} brokers`,
      { hint: 'Kafka answers INVALID_REPLICATION_FACTOR' },
    );
  }
}

/** Producers know partitions by their topic's first life only. */
function whatIsLeftOut(topic: string, cluster: string, names: Names, operation: string): NotModelled[] {
  return names.producers
    .filter((producer) => producer.topic === topic && producer.cluster === cluster)
    .map(({ name }) => ({
      what: `${name} writing to ${topic} after it was deleted and created anew`,
      where: `operation ${operation}`,
      consequence: 'its records wait until delivery.timeout.ms, or to the end; a real producer writes to the new topic',
    }));
}
