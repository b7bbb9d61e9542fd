import { configDefinition } from '../../kafka/configTable.ts';
import type { KafkaVersion } from '../../kafka/versions.ts';
import type { Cluster, ConfigValue, NotModelled, OperationVerb } from '../../scenario/scenario.ts';
import { type ConfigContext, readConfigs, reportUnknown } from './configs.ts';
import type { Names } from './names.ts';
import { View } from './view.ts';

/** IncrementalAlterConfigs: what is set, and with null what is taken away. */
export function buildAlterConfig(
  view: View,
  names: Names,
  notModelled: NotModelled[],
  name: string,
): OperationVerb | undefined {
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
  for (const { name: config, value } of set) {
    const why = refusal(cluster, scope.kind, config, value);
    if (why === undefined) continue;
    const span = view.at('config').keySpan(config);
    names.diagnostics.warning('SP1206', span, `Kafka refuses this change of ${config}`, { hint: why });
  }
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
  const context: ConfigContext = {
    kind,
    version: cluster.kafka as KafkaVersion,
    origin: 'scenario',
    where: `operation ${name}`,
    diagnostics: names.diagnostics,
    notModelled,
  };
  const taken = view.entries
    .filter((entry) => entry.view.node?.kind === 'scalar' && entry.view.node.value === null)
    .map(({ key, keySpan }) => {
      if (configDefinition(kind, key, context.version) === undefined) reportUnknown(key, keySpan, context);
      return key;
    });
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

/**
 * What a broker or the controller will answer, as far as it does not depend on the state of the cluster.
 * Source: `DynamicBrokerConfig.validate`, `ConfigAdminManager`, `ConfigurationControlManager` (KIP-966).
 */
function refusal(
  cluster: Cluster,
  scope: 'topic' | 'clusterWide' | 'broker',
  name: string,
  value: ConfigValue,
): string | undefined {
  if (scope === 'topic') return undefined;
  const mode = configDefinition('broker', name, cluster.kafka as KafkaVersion)?.updateMode;
  if (mode === 'read-only') return 'INVALID_REQUEST: it is read from the static configuration when a node starts';
  if (mode === 'per-broker' && scope === 'clusterWide') return 'INVALID_REQUEST: it can be set for one broker only';
  if (!cluster.eligibleLeaderReplicas || name !== 'min.insync.replicas') return undefined;
  if (scope === 'broker') return 'INVALID_CONFIG: with eligible leader replicas brokers have no value of their own';
  return value === null ? 'INVALID_CONFIG: with eligible leader replicas the cluster always has a value' : undefined;
}
