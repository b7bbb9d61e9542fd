import type { PartitionImage } from './metadata.ts';
import type { Replica } from './replication/replica.ts';
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
  });
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
