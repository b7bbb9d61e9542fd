import { behaviourOf } from '../../kafka/behaviour.ts';
import { oldestMetadataVersion } from '../../kafka/metadataVersions.ts';
import {
  compareVersions,
  isAtLeast,
  type KafkaVersion,
  parseKafkaVersion,
  SUPPORTED_VERSIONS,
} from '../../kafka/versions.ts';
import type { OperationVerb } from '../../scenario/scenario.ts';
import type { Names } from './names.ts';
import type { View } from './view.ts';

/** A rolling upgrade, or a roll back to older binaries. */
export function buildUpgrade(view: View, names: Names): OperationVerb | undefined {
  const cluster = names.cluster(view.at('cluster').text, view.span);
  const to = view.at('to');
  const version = to.text === undefined ? undefined : parseKafkaVersion(to.text);
  if (cluster === undefined) return undefined;
  if (version === undefined) {
    names.diagnostics.error('SP1160', to.span, `unknown Kafka version '${to.text ?? ''}'`, {
      hint: `known: ${SUPPORTED_VERSIONS.join(', ')}`,
    });
    return undefined;
  }
  const why = impossible(cluster.kafka as KafkaVersion, version, cluster.zookeeper !== null);
  if (why !== undefined) {
    names.diagnostics.error('SP1170', to.span, `Kafka ${cluster.kafka} cannot be rolled to ${version}`, { hint: why });
    return undefined;
  }
  const pauseUs = view.at('pause').durationUs ?? null;
  return {
    verb: 'upgrade',
    cluster: cluster.name,
    to: version,
    first: view.at('first').text === 'brokers' ? 'brokers' : 'controllers',
    finalize: view.at('finalize').boolean ?? true,
    pauseUs,
    waitForInSync: view.at('waitForInSync').boolean ?? pauseUs === null,
  };
}

/** Paths that Kafka's documentation rules out, whatever the state of the cluster. */
function impossible(from: KafkaVersion, to: KafkaVersion, isZooKeeper: boolean): string | undefined {
  if (isZooKeeper) return isAtLeast(to, '4.0') ? 'ZooKeeper is gone in 4.0: migrate to KRaft in 3.9 first' : undefined;
  if (behaviourOf(from).kraftMaturity === 'earlyAccess' && !isAtLeast(to, '3.3'))
    return 'KRaft clusters could not be upgraded before 3.3';
  if (compareVersions(from, to) < 0 && compareVersions(from, oldestMetadataVersion(to)) < 0)
    return `its nodes need a metadata.version of at least ${oldestMetadataVersion(to)}: go to an earlier release first`;
  return undefined;
}
