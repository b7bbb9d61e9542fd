import type { ErrorName } from '../protocol.ts';
import type { BrokerEnvironment } from './replicaManager.ts';

/**
 * What a broker answers about a partition that it does not lead: it does not know it, it cannot read its log directory, or
 * somebody else leads. Source: ReplicaManager.getPartitionOrError.
 */
export function notLedHere(env: BrokerEnvironment, partition: number): ErrorName {
  if (env.view.partition(partition) === undefined) return 'UNKNOWN_TOPIC_OR_PARTITION';
  return env.replicas.get(env.broker, partition)?.isOffline ? 'KAFKA_STORAGE_ERROR' : 'NOT_LEADER_OR_FOLLOWER';
}
