import type { MetadataRecords, PartitionEntry } from '../../controller/metadataBatch.ts';
import type { PartitionImage } from '../../metadata.ts';
import type { PlainBatch } from './plainController.ts';
import type { PlainPartition } from './plainPartition.ts';

/** What the model wrote, in the oracle's own words. */
export function imageOf({
  partition,
  registration,
}: PartitionEntry): Pick<
  PartitionImage,
  'partition' | 'replicas' | 'isr' | 'elr' | 'leader' | 'leaderEpoch' | 'partitionEpoch' | 'recovering'
> {
  return { ...registration, partition, recovering: registration.leaderRecoveryState === 'RECOVERING' };
}

export function newPartition(image: ReturnType<typeof imageOf>, entry?: PartitionEntry): PlainPartition {
  const { partition, replicas, isr, elr, leader, leaderEpoch, partitionEpoch, recovering } = image;
  const lastKnown = entry?.registration.lastKnownElr ?? [];
  const adding = entry?.registration.adding ?? [];
  const removing = entry?.registration.removing ?? [];
  return {
    partition,
    replicas,
    isr,
    elr,
    lastKnown,
    adding,
    removing,
    leader,
    leaderEpoch,
    partitionEpoch,
    recovering,
  };
}

/** ISR and ELR are sets; replicas have an order. */
export function show(partition: PlainPartition): string {
  const { replicas, adding, removing, isr, elr, lastKnown, leader, leaderEpoch, partitionEpoch, recovering } =
    partition;
  return (
    `leader ${leader} epoch ${leaderEpoch}/${partitionEpoch} replicas ${replicas} isr ${listed(isr)} elr ${listed(elr)} ` +
    `last known ${lastKnown} adding ${listed(adding)} removing ${listed(removing)}${recovering ? ' recovering' : ''}`
  );
}

export function brokerOf({ broker }: MetadataRecords): PlainBatch['broker'] {
  return broker && { broker: broker.entry.broker, control: broker.entry.control, epoch: broker.entry.brokerEpoch };
}

export function sameSet(a: readonly number[], b: readonly number[]): boolean {
  return listed(a) === listed(b);
}

/** As a set. */
export function listed(ids: readonly number[] | undefined): string {
  return ids === undefined ? 'unknown' : [...ids].sort((a, b) => a - b).join(' ');
}
