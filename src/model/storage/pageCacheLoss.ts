import type { ModelContext } from '../context.ts';
import type { Replica } from '../replication/replica.ts';
import type { EventId } from '../trace.ts';
import { activeSegmentBase } from './recoveryPoint.ts';

/** Where the replica's log would end if its machine lost power now. */
export function endOnDisk({ log, limits, disk }: Replica, nowUs: number): number {
  const end = disk.endOnDisk(nowUs, log.logEndOffset);
  return end === log.logEndOffset ? end : Math.max(end, activeSegmentBase(log, limits, nowUs));
}

/** The machine of these replicas lost power: each log ends where it ends on disk, and its leader epoch cache with it. */
export function losePageCache(ctx: ModelContext, replicas: readonly Replica[], cause: EventId): void {
  for (const replica of replicas) {
    cutLog(ctx, replica, endOnDisk(replica, ctx.kernel.nowUs), 'powerLoss', cause);
    replica.disk.cacheLost(replica.log.logEndOffset);
  }
}

/** The disk is gone with everything on it. */
export function loseDisk(ctx: ModelContext, replicas: readonly Replica[], cause: EventId): void {
  for (const replica of replicas) cutLog(ctx, replica, 0, 'diskFailure', cause);
}

/** Shortens one replica's log; the records stay in the logs of the others that have them. */
function cutLog(
  ctx: ModelContext,
  replica: Replica,
  toOffset: number,
  why: 'powerLoss' | 'diskFailure',
  cause: EventId,
): void {
  const { log, partition, broker } = replica;
  const from = log.logEndOffset;
  if (toOffset >= from) return;
  const { recorder, kernel } = ctx;
  const event = recorder.event(kernel.nowUs, cause, {
    type: 'log.lost',
    partition,
    broker,
    toOffset,
    fromLogEndOffset: from,
    why,
  });
  for (const range of log.ranges(Math.max(toOffset, log.logStartOffset), from))
    recorder.removed(
      partition,
      broker,
      range.leaderEpoch,
      range.offset,
      range.count,
      range.lane,
      range.first,
      event,
      kernel.nowUs,
    );
  replica.truncate(toOffset);
}
