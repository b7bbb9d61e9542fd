import type { PartitionEntry } from '../controller/metadataBatch.ts';

/** Some partition is not led by its first replica. */
export function hasImbalance(entries: Iterable<PartitionEntry>): boolean {
  for (const { registration } of entries)
    if (registration.leader >= 0 && registration.leader !== registration.replicas[0]) return true;
  return false;
}

/**
 * The partitions that automatic balancing moves: those of live brokers that lead less than they are preferred for, by
 * more than `leader.imbalance.per.broker.percentage`. Partitions that are being reassigned are left alone.
 *
 * Source: `KafkaController.checkAndTriggerAutoLeaderRebalance`.
 */
export function imbalancedPartitions(
  entries: Iterable<PartitionEntry>,
  isLive: (broker: number) => boolean,
  percentage: number,
): PartitionEntry[] {
  const preferred = new Map<number, PartitionEntry[]>();
  for (const entry of entries) {
    const broker = entry.registration.replicas[0]!;
    const own = preferred.get(broker);
    if (own === undefined) preferred.set(broker, [entry]);
    else own.push(entry);
  }
  const moved: PartitionEntry[] = [];
  for (const [broker, own] of preferred) {
    const foreign = own.filter(({ registration }) => registration.leader !== broker);
    if (!isLive(broker) || foreign.length / own.length <= percentage / 100) continue;
    for (const entry of foreign) {
      const { leader, adding, removing } = entry.registration;
      if (isLive(leader) && adding.length + removing.length === 0) moved.push(entry);
    }
  }
  return moved;
}
