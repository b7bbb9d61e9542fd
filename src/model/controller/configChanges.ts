import { ruleAccepts } from '../../kafka/configRule.ts';
import { configDefinition } from '../../kafka/configTable.ts';
import type { KafkaVersion } from '../../kafka/versions.ts';
import type { ConfigChange } from '../metadata.ts';
import type { ClusterState } from './clusterState.ts';
import type { TopicRequest } from './topicCreation.ts';

/**
 * Why the controller refuses config changes, or NONE. A request is refused as a whole.
 *
 * Source: `ConfigurationControlManager`, `DynamicBrokerConfig`, `ControllerConfigurationValidator`.
 */
export function refuseConfigs(
  state: ClusterState,
  version: KafkaVersion,
  elrEnabled: boolean,
  changes: readonly ConfigChange[],
): string {
  for (const change of changes) {
    const error =
      change.topic === null
        ? refuseBrokerConfig(version, elrEnabled, change)
        : refuseTopicConfig(state, version, change);
    if (error !== 'NONE') return error;
  }
  return 'NONE';
}

/** Configs of a topic to be created, as the records that say them. */
export function creationConfigs({ name, configs }: TopicRequest): ConfigChange[] {
  return (configs ?? []).map((config) => ({ topic: name, broker: -1, name: config.name, value: config.value }));
}

export function hasValidValues(version: KafkaVersion, changes: readonly ConfigChange[]): boolean {
  return changes.every(({ name, value }) => isValidTopicConfig(version, name, value));
}

function isValidTopicConfig(version: KafkaVersion, name: string, value: ConfigChange['value']): boolean {
  const definition = configDefinition('topic', name, version);
  if (definition === undefined) return false;
  return value === null || definition.valid === undefined || ruleAccepts(definition.valid, value);
}

function refuseTopicConfig(state: ClusterState, version: KafkaVersion, { topic, name, value }: ConfigChange): string {
  if (!state.topics.has(topic!)) return 'UNKNOWN_TOPIC_OR_PARTITION';
  return isValidTopicConfig(version, name, value) ? 'NONE' : 'INVALID_CONFIG';
}

function refuseBrokerConfig(version: KafkaVersion, elrEnabled: boolean, { broker, name, value }: ConfigChange): string {
  const definition = configDefinition('broker', name, version);
  if (definition === undefined) return 'INVALID_CONFIG';
  if (definition.updateMode === 'read-only') return 'INVALID_REQUEST';
  if (definition.updateMode === 'per-broker' && broker < 0) return 'INVALID_REQUEST';
  if (elrEnabled && name === 'min.insync.replicas') {
    // With ELR the controller decides by it: one value for the cluster, and always one.
    if (broker >= 0 || value === null) return 'INVALID_CONFIG';
  }
  const isValid = value === null || definition.valid === undefined || ruleAccepts(definition.valid, value);
  return isValid ? 'NONE' : 'INVALID_CONFIG';
}
