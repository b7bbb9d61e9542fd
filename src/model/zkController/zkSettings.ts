import type { Cluster } from '../../scenario/scenario.ts';
import { booleanConfig, numberConfig } from '../controller/clusterSettings.ts';

/** The timers and switches of a cluster that ZooKeeper coordinates, read once from its static broker configs. */
export interface ZkSettings {
  /** As the ensemble negotiates it. */
  readonly sessionTimeoutUs: number;
  /** How long a broker that starts waits for its first connection. */
  readonly connectionTimeoutUs: number;
  readonly balancesPreferred: boolean;
  readonly preferredBalanceIntervalUs: number;
  readonly imbalancePercentage: number;
  readonly deletesTopics: boolean;
  readonly controlledShutdown: boolean;
  readonly controlledShutdownRetries: number;
  readonly controlledShutdownBackoffUs: number;
}

/** The ensemble grants between 2 and 20 ticks (minSessionTimeout, maxSessionTimeout). */
const MIN_TICKS = 2;
const MAX_TICKS = 20;

export function zkSettings(cluster: Cluster): ZkSettings {
  const { tickTimeUs } = cluster.zookeeper!;
  const asked = 1000 * numberConfig(cluster, 'zookeeper.session.timeout.ms');
  const connection = cluster.brokerConfigs.get('zookeeper.connection.timeout.ms')?.value ?? null;
  return {
    sessionTimeoutUs: Math.min(MAX_TICKS * tickTimeUs, Math.max(MIN_TICKS * tickTimeUs, asked)),
    connectionTimeoutUs: connection === null ? asked : 1000 * Number(connection),
    balancesPreferred: booleanConfig(cluster, 'auto.leader.rebalance.enable'),
    preferredBalanceIntervalUs: 1_000_000 * numberConfig(cluster, 'leader.imbalance.check.interval.seconds', 300),
    imbalancePercentage: numberConfig(cluster, 'leader.imbalance.per.broker.percentage', 10),
    deletesTopics: booleanConfig(cluster, 'delete.topic.enable'),
    controlledShutdown: booleanConfig(cluster, 'controlled.shutdown.enable'),
    controlledShutdownRetries: numberConfig(cluster, 'controlled.shutdown.max.retries', 3),
    controlledShutdownBackoffUs: 1000 * numberConfig(cluster, 'controlled.shutdown.retry.backoff.ms', 5000),
  };
}
