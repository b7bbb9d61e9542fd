import type { AbortedTransaction } from './algorithms/lastStableOffset.ts';
import { TRANSACTIONAL } from './log/batchKind.ts';
import type { PartitionImage } from './metadata.ts';
import type { Replica } from './replication/replica.ts';
import type { Recorder } from './trace.ts';
import type { World } from './world.ts';

/**
 * Tells the recorder which records are in the log at the end: for each user partition the log of its leader, or, while
 * it has none that leads (it is dead, or not back yet), of the ISR member (only such a one can bring it back cleanly) with the longest log.
 */
export function reportSurvivingLogs(world: World): void {
  const { recorder, cast, kernel } = world.ctx;
  cast.partitions.forEach(({ internal, cluster }, partition) => {
    if (internal) return;
    const replica = survivor(world, world.cluster(cluster).controller.partitionImage(partition));
    if (replica === undefined) return;
    const { log } = replica;
    if (replica.leading === null && log.logStartOffset > 0)
      recorder.expired(partition, 0, log.logStartOffset, kernel.nowUs);
    for (const range of log.ranges(log.logStartOffset, log.logEndOffset))
      recorder.stored(partition, range.leaderEpoch, range.offset, range.count, range.lane, range.first);
    reportUncommitted(recorder, partition, replica);
  });
}

/** Which of these records belong to a transaction that was aborted, or is open still. */
function reportUncommitted(recorder: Recorder, partition: number, { log, transactions }: Replica): void {
  if (!log.hasTransactions) return;
  const aborted = byProducer(transactions.abortedWithin(log.logStartOffset, log.logEndOffset));
  for (const range of log.ranges(log.logStartOffset, log.logEndOffset)) {
    if (range.kind !== TRANSACTIONAL) continue;
    // Ranges and a producer's transactions come in the order of their offsets.
    const list = aborted.get(range.producerId) ?? [];
    while (list.length > 0 && list[0]!.lastOffset < range.offset) list.shift();
    const isAborted = list.length > 0 && list[0]!.firstOffset <= range.offset;
    const isOpen = transactions.isOpenAt(range.producerId, range.offset);
    if (isAborted || isOpen) recorder.storedUncommitted(partition, range.lane, range.first, range.count, isOpen);
  }
}

function byProducer(transactions: readonly AbortedTransaction[]): Map<number, AbortedTransaction[]> {
  const lists = new Map<number, AbortedTransaction[]>();
  for (const transaction of transactions) {
    const list = lists.get(transaction.producerId);
    if (list === undefined) lists.set(transaction.producerId, [transaction]);
    else list.push(transaction);
  }
  return lists;
}

function survivor(world: World, image: PartitionImage): Replica | undefined {
  const leader = image.leader < 0 ? undefined : world.replicas.get(image.leader, image.partition);
  if (leader !== undefined && leader.leading !== null) return leader;
  let longest: Replica | undefined;
  for (const broker of [...image.isr, ...image.elr]) {
    const replica = world.replicas.get(broker, image.partition);
    if (replica !== undefined && (longest === undefined || replica.log.logEndOffset > longest.log.logEndOffset))
      longest = replica;
  }
  return longest;
}
