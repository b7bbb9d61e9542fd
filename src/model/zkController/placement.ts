import { assignReplicas } from '../algorithms/zkReplicaAssignment.ts';
import type { Placer } from '../controller/topicCreation.ts';

/** Replicas go to live brokers only: a replication factor above their number is refused. */
export const placeOnLiveBrokers: Placer = (brokers, partitionCount, replicationFactor, random) => {
  const live = brokers.filter(({ isFenced }) => !isFenced);
  if (live.length === 0 || replicationFactor > live.length) return null;
  return assignReplicas(live, partitionCount, replicationFactor, random);
};
