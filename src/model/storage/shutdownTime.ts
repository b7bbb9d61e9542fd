import type { BrokerServer } from '../broker/brokerServer.ts';
import type { ModelContext } from '../context.ts';
import type { Replica } from '../replication/replica.ts';
import { endOnDisk } from './pageCacheLoss.ts';

/**
 * From the end of request processing to the end of the process, apart from flushing: threads and pools are stopped one
 * after the other. Calibrated: a broker that led a third of three partitions exited 2.9, 3.1 and 6.7 s after SIGTERM,
 * of which 2.05 or 4.05 s are the wait for the controller (evidence/lab/term-broker.json).
 */
const CLOSE_MIN_US = 600_000;
const CLOSE_MAX_US = 2_600_000;

/**
 * How long a broker closes: every log with unflushed data is fsynced, by `num.recovery.threads.per.data.dir` threads a
 * directory, directories at once. Source: BrokerServer.shutdown, LogManager.shutdown.
 */
export function closeTimeUs(ctx: ModelContext, server: BrokerServer, replicas: readonly Replica[]): number {
  const { machine, view, process } = server;
  const threads = Math.max(1, view.configs.number('num.recovery.threads.per.data.dir'));
  const { nowUs } = ctx.kernel;
  let longestUs = 0;
  for (const dir of machine.disks.dirs) {
    let bytes = 0;
    let logs = 0;
    for (const replica of replicas) {
      if (replica.disk.dir !== dir || replica.isOffline) continue;
      const end = replica.log.logEndOffset;
      const onDisk = endOnDisk(replica, nowUs);
      if (onDisk === end) continue;
      logs++;
      bytes += replica.log.bytesBetween(onDisk, end);
    }
    const flushUs = dir.transferUs(bytes) + Math.ceil(logs / threads) * dir.latencyUs + dir.stallUs(nowUs);
    longestUs = Math.max(longestUs, flushUs);
  }
  const random = ctx.kernel.random.stream(`exit/${process.name}`);
  return longestUs + random.uniformInt(CLOSE_MIN_US, CLOSE_MAX_US + 1);
}
