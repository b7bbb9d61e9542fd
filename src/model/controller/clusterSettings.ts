import type { Cluster } from '../../scenario/scenario.ts';
import { assert } from '../../sim/index.ts';

/** The timers and switches of a cluster's control plane, read once from its static broker configs. */
export interface ClusterSettings {
  readonly heartbeatIntervalUs: number;
  readonly sessionTimeoutUs: number;
  /** How long a broker waits for the answer to a heartbeat or registration: half a session (KAFKA-14392). */
  readonly heartbeatTimeoutUs: number;
  readonly registrationTimeoutUs: number;
  readonly fetchTimeoutUs: number;
  readonly electionTimeoutUs: number;
  readonly electionBackoffMaxUs: number;
  readonly quorumRequestTimeoutUs: number;
  readonly quorumRetryBackoffUs: number;
  readonly bytesBetweenSnapshots: number;
  /** Negative: unlimited. */
  readonly metadataRetentionBytes: number;
  readonly appendLingerUs: number;
  /** How old the last successful raft fetch can be while all is well. */
  readonly fetchCadenceUs: number;
  /** The active controller writes a NoOpRecord each cadence. */
  readonly writesNoOps: boolean;
  readonly preferredBalanceIntervalUs: number;
  readonly balancesPreferred: boolean;
  readonly uncleanRetryIntervalUs: number;
  readonly controlledShutdown: boolean;
}

/** controller.socket.timeout.ms */
const CONTROLLER_SOCKET_TIMEOUT_US = 30_000_000;
/** The longest a raft leader holds a fetch without news (a constant of `KafkaRaftClient`). */
const RAFT_FETCH_MAX_WAIT_US = 500_000;

export function clusterSettings(cluster: Cluster): ClusterSettings {
  const ms = (name: string, absent?: number): number => 1000 * numberConfig(cluster, name, absent);
  return {
    heartbeatIntervalUs: ms('broker.heartbeat.interval.ms'),
    sessionTimeoutUs: ms('broker.session.timeout.ms'),
    heartbeatTimeoutUs: Math.min(CONTROLLER_SOCKET_TIMEOUT_US, Math.floor(ms('broker.session.timeout.ms') / 2)),
    registrationTimeoutUs: ms('initial.broker.registration.timeout.ms'),
    fetchTimeoutUs: ms('controller.quorum.fetch.timeout.ms'),
    electionTimeoutUs: ms('controller.quorum.election.timeout.ms'),
    electionBackoffMaxUs: ms('controller.quorum.election.backoff.max.ms'),
    quorumRequestTimeoutUs: ms('controller.quorum.request.timeout.ms'),
    quorumRetryBackoffUs: ms('controller.quorum.retry.backoff.ms', 20),
    bytesBetweenSnapshots: numberConfig(cluster, 'metadata.log.max.record.bytes.between.snapshots', 20_971_520),
    metadataRetentionBytes: numberConfig(cluster, 'metadata.max.retention.bytes', 104_857_600),
    appendLingerUs: ms('controller.quorum.append.linger.ms'),
    // Releases before 3.3 write no NoOpRecord; their idle fetches end with the maximum wait alone.
    fetchCadenceUs: Math.min(
      RAFT_FETCH_MAX_WAIT_US,
      ms('metadata.max.idle.interval.ms', 500) || RAFT_FETCH_MAX_WAIT_US,
    ),
    writesNoOps: numberConfig(cluster, 'metadata.max.idle.interval.ms', 0) > 0,
    preferredBalanceIntervalUs: 1_000_000 * numberConfig(cluster, 'leader.imbalance.check.interval.seconds', 300),
    balancesPreferred: booleanConfig(cluster, 'auto.leader.rebalance.enable'),
    // A constant of five minutes until it became a config.
    uncleanRetryIntervalUs: ms('unclean.leader.election.interval.ms', 300_000),
    controlledShutdown: booleanConfig(cluster, 'controlled.shutdown.enable'),
  };
}

/** `absent` is what releases without the config do. */
export function numberConfig(cluster: Cluster, name: string, absent?: number): number {
  const value = cluster.brokerConfigs.get(name)?.value ?? absent;
  assert(value !== undefined, `cluster ${cluster.name} has no broker config ${name}`);
  return Number(value);
}

export function booleanConfig(cluster: Cluster, name: string): boolean {
  const value = cluster.brokerConfigs.get(name)?.value;
  assert(value !== undefined, `cluster ${cluster.name} has no broker config ${name}`);
  return value === true || value === 'true';
}
