import type { ReplicaLog } from '../log/replicaLog.ts';

/**
 * Where a follower cuts its log when the leader's history differs: the leader said that its last epoch at or below the
 * follower's is `divergingEpoch`, and where that ends. A follower that knows this epoch keeps what both have of it; one that
 * does not goes back to its own largest smaller epoch, and the next fetch compares again.
 *
 * Source: AbstractFetcherThread.getOffsetTruncationState, KIP-101, KIP-279.
 */
export function truncationOffset(log: ReplicaLog, divergingEpoch: number, divergingEndOffset: number): number {
  const own = log.endOf(divergingEpoch);
  if (own.leaderEpoch < 0) return divergingEndOffset;
  return own.leaderEpoch === divergingEpoch ? Math.min(own.endOffset, divergingEndOffset) : own.endOffset;
}
