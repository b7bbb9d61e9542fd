import type { PartitionEntry } from '../controller/metadataBatch.ts';
import { electedEntry, written } from './partitionWrites.ts';
import { electOnShutdown, withoutReplica } from './zkElections.ts';

export interface ShutdownWrites {
  readonly changed: readonly PartitionEntry[];
  /** Partitions that the broker neither leads nor follows from then on. */
  readonly stopped: ReadonlySet<number>;
  /** Followed partitions whose replica there is offline from then on. */
  readonly offline: readonly number[];
}

/**
 * What a ControlledShutdown changes: another leader where the broker leads and somebody may take over, a smaller ISR
 * where it follows. Partitions with one replica are left alone.
 *
 * Source: `KafkaController.doControlledShutdown` (up to 3.9).
 */
export function shutdownWrites(
  broker: number,
  hosted: readonly PartitionEntry[],
  isLive: (replica: number) => boolean,
  isLeaving: (replica: number) => boolean,
  recovers: boolean,
): ShutdownWrites {
  const changed: PartitionEntry[] = [];
  const stopped = new Set<number>();
  const offline: number[] = [];
  for (const entry of hosted) {
    const { replicas, isr, leader } = entry.registration;
    if (replicas.length === 1) continue;
    if (leader === broker) {
      const elected = electOnShutdown(replicas, isr, isLive, isLeaving);
      if (elected === undefined) continue;
      changed.push(electedEntry(entry, elected, 'controlledShutdown', recovers));
    } else if (isr.includes(broker) && isr.length > 1) {
      changed.push(written(entry, withoutReplica(leader, isr, broker), 'controlledShutdown'));
      offline.push(entry.partition);
    }
    stopped.add(entry.partition);
  }
  return { changed, stopped, offline };
}
