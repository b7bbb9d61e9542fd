import type { PartitionRegistration } from '../algorithms/partitionRegistration.ts';
import type { PartitionEntry } from '../controller/metadataBatch.ts';
import type { EventId, PartitionChangeReason } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import type { Elected } from './zkElections.ts';

/**
 * Calibrated: reading everything at a fail-over took 14 s for 100,000 partitions (Kafka 1.1 and later, pipelined with
 * zookeeper.max.in.flight.requests), and a write costs about twice a read.
 */
export const READ_PARTITION_US = 140;
export const WRITE_PARTITION_US = 300;
/** Brokers, configs, topics: a few round trips whatever their number. */
export const READ_BASE_US = 20_000;

/** The controller's own writes raise the leader epoch each time, whether the leader changes or not. */
export function written(
  entry: PartitionEntry,
  change: Partial<PartitionRegistration>,
  reason: PartitionChangeReason,
  more: { readonly unclean?: boolean; readonly cause?: EventId; readonly keepsLeaderEpoch?: boolean } = {},
): PartitionEntry {
  const { registration } = entry;
  return {
    partition: entry.partition,
    registration: {
      ...registration,
      ...change,
      leaderEpoch: registration.leaderEpoch + (more.keepsLeaderEpoch ? 0 : 1),
      partitionEpoch: registration.partitionEpoch + 1,
    },
    reason,
    unclean: more.unclean ?? false,
    cause: more.cause ?? NO_CAUSE,
    event: NO_CAUSE,
    image: null,
  };
}

/** The write that an election asks for. `recovers`: the release has LeaderRecoveryState (KIP-704). */
export function electedEntry(
  entry: PartitionEntry,
  { leader, isr, unclean }: Elected,
  reason: PartitionChangeReason,
  recovers: boolean,
  cause: EventId = NO_CAUSE,
): PartitionEntry {
  const leaderRecoveryState = unclean && recovers ? 'RECOVERING' : entry.registration.leaderRecoveryState;
  return written(entry, { leader, isr, leaderRecoveryState }, reason, { unclean, cause });
}
