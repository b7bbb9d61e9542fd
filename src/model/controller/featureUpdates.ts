import { behaviourOf } from '../../kafka/behaviour.ts';
import { mayDowngradeMetadata, supportsMetadataVersion } from '../../kafka/metadataVersions.ts';
import { compareVersions, isKafkaVersion, type KafkaVersion } from '../../kafka/versions.ts';
import type { ClusterLayout } from '../context.ts';
import type { ConfigChange } from '../metadata.ts';
import type { ClusterState } from './clusterState.ts';
import type { EffectiveConfigs } from './effectiveConfigs.ts';

/**
 * Why metadata.version cannot become that of `version`, or null.
 *
 * Every registered broker and every controller must know it; going back is refused when a release in between wrote
 * other records.
 *
 * Source: `FeatureControlManager.updateFeature`, KIP-584, KIP-778.
 */
export function refuseMetadataVersion(layout: ClusterLayout, state: ClusterState, version: string): string | null {
  const { versions, controllers } = layout;
  if (!isKafkaVersion(version)) return `Unknown metadata.version ${version}`;
  if (compareVersions(version, '3.3') < 0) return 'Unable to set a metadata.version less than 3.3-IV0';
  const broker = [...state.brokers.keys()].find(
    (one) => !supportsMetadataVersion(versions.software('broker', one), version),
  );
  if (broker !== undefined)
    return `Broker ${layout.spec.brokers[layout.brokers.indexOf(broker)]!.id} does not support this feature level`;
  const controller = controllers.find((one) => !supportsMetadataVersion(versions.software('controller', one), version));
  if (controller !== undefined)
    return `Controller ${layout.spec.controllers[controllers.indexOf(controller)]!.id} does not support this feature level`;
  if (compareVersions(version, versions.finalized) < 0 && !mayDowngradeMetadata(versions.finalized, version))
    return 'Refusing to perform the requested downgrade because it might delete metadata information';
  return null;
}

/**
 * With eligible leader replicas the cluster has exactly one `min.insync.replicas` beside those of topics: switching them
 * on writes the controller's value for the cluster and takes the values of single brokers away.
 *
 * Source: `ConfigurationControlManager.maybeGenerateElrSafetyRecords`, KIP-966.
 */
export function elrSafetyRecords(
  layout: ClusterLayout,
  state: ClusterState,
  configs: EffectiveConfigs,
  version: KafkaVersion,
): ConfigChange[] {
  if (layout.versions.eligibleLeaderReplicas || !behaviourOf(version).elrDefault) return [];
  return elrConfigs(state, configs);
}

/** What the cluster has to have for eligible leader replicas and does not have yet. */
export function elrConfigs(state: ClusterState, configs: EffectiveConfigs): ConfigChange[] {
  const name = 'min.insync.replicas';
  const changes: ConfigChange[] = [];
  if (state.dynamicBrokerConfig(-1, name) === undefined)
    changes.push({ topic: null, broker: -1, name, value: configs.clusterValue(state, name) });
  for (const change of state.brokerConfigs.values())
    if (change.broker >= 0 && change.name === name && change.value !== null) changes.push({ ...change, value: null });
  return changes;
}
