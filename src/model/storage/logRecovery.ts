import { MultiServer } from '../../sim/index.ts';
import type { Replica } from '../replication/replica.ts';
import type { BrokerDisks } from './brokerDisks.ts';
import type { LogDir } from './logDir.ts';
import { activeSegmentBase } from './recoveryPoint.ts';
import { lastBeatUs } from './writeBack.ts';

/** Before and after the logs themselves; calibrated. */
const START_US = 150_000;
/** Opening the files and indexes of one log; calibrated. */
const OPEN_LOG_US = 2_000;
/** What one recovery thread reads, checks (CRC) and indexes from the page cache; calibrated. */
const SCAN_BYTES_PER_SEC = 400_000_000;
/** Of the memory; the rest is the JVM's. */
const PAGE_CACHE_SHARE = 0.8;

/**
 * How long a starting broker loads its logs.
 *
 * Each directory has a pool of `num.recovery.threads.per.data.dir` threads, and all directories work at once. After a
 * clean shutdown logs are only opened. Otherwise every segment from the recovery point on is read and checked, by one
 * thread a log, from the page cache if the machine stayed up and from the disk as fast as that goes.
 *
 * Source: LogManager.loadLogs, LogLoader.recoverLog.
 */
export function loadTimeUs(
  disks: BrokerDisks,
  replicas: readonly Replica[],
  threads: number,
  checkpointedUs: number,
): number {
  const { dirs } = disks;
  let longestUs = 0;
  let cachedBytes = disks.isCacheCold ? 0 : Math.round(disks.memoryBytes * PAGE_CACHE_SHARE);
  for (const dir of dirs) {
    const there = replicas.filter((replica) => replica.disk.dir === dir && !dir.isOffline);
    const bytes = dir.hasCleanMarker ? there.map(() => 0) : there.map((one) => bytesToRecover(one, checkpointedUs));
    const all = bytes.reduce((sum, one) => sum + one, 0);
    const read = Math.max(0, all - cachedBytes);
    cachedBytes = Math.max(0, cachedBytes - all);
    longestUs = Math.max(longestUs, dirTimeUs(dir, bytes, read, threads));
  }
  return START_US + longestUs;
}

function dirTimeUs(dir: LogDir, bytes: readonly number[], read: number, threads: number): number {
  const pool = new MultiServer(Math.max(1, threads));
  for (const one of bytes) pool.reserve(0, OPEN_LOG_US + Math.round((one * 1e6) / SCAN_BYTES_PER_SEC));
  return Math.max(pool.busyUntilUs, dir.transferUs(read));
}

/** Bytes of the segments that are not wholly below the checkpointed recovery point. */
export function bytesToRecover({ log, limits }: Replica, checkpointedUs: number): number {
  return Math.round(log.bytesBetween(activeSegmentBase(log, limits, checkpointedUs), log.logEndOffset));
}

/** `recovery-point-offset-checkpoint` was last written then. */
export function recoveryPointCheckpointUs(endedUs: number, periodUs: number): number {
  return lastBeatUs(endedUs, 0, periodUs);
}
