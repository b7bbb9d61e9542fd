import type { BrokerNode } from '../../scenario/scenario.ts';
import type { RandomStream } from '../../sim/index.ts';
import type { ModelContext } from '../context.ts';
import { NO_CAUSE } from '../trace.ts';
import { type DiskRhythm, LogDir } from './logDir.ts';
import type { ReplicaDisk } from './replicaDisk.ts';
import { DIRTY_EXPIRE_US, WRITE_BACK_INTERVAL_US } from './writeBack.ts';

/** Dirty pages that the operating system takes in before writers must wait for the disk (20 % of memory, Linux default). */
const DIRTY_PAGES_SHARE = 0.2;

/** What of a broker's disks is in use; a disk is numbered from 1, as scenarios do. */
export interface DiskUse {
  readonly disk: number;
  readonly usedBytes: number;
  readonly sizeBytes: number;
}

/**
 * The disks of one broker's host, one log directory on each (`log.dirs`, KIP-112). They outlive processes.
 * The metadata log is in the first one (`metadata.log.dir`).
 */
export class BrokerDisks {
  readonly dirs: readonly LogDir[];
  /** When there is only one: most brokers have. */
  readonly only: LogDir | null;
  readonly memoryBytes: number;
  readonly #random: RandomStream;
  readonly #hasMetadataLog: boolean;
  /** The page cache holds nothing of what is on disk: the machine was off. */
  isCacheCold = false;
  /** The process ended (or ends) because of its disks, and did not start again since. */
  isHalted = false;
  /** The running process has loaded its logs: a shutdown is clean from then on. */
  areLogsLoaded = true;
  /** When the last process ended. */
  endedUs = 0;

  /** @param hasMetadataLog  the first directory has the metadata log, as with KRaft */
  constructor(node: BrokerNode, checkpointPeriodUs: number, random: RandomStream, hasMetadataLog = true) {
    const { disks, memoryBytes } = node.hardware;
    const throughput = disks.reduce((sum, disk) => sum + disk.throughputBytesPerSec, 0);
    const dirtyLimitUs = Math.round((memoryBytes * DIRTY_PAGES_SHARE * 1e6) / throughput);
    const rhythm: DiskRhythm = {
      writeBackPhaseUs: -random.uniformInt(0, WRITE_BACK_INTERVAL_US),
      checkpointPhaseUs: -random.uniformInt(0, checkpointPeriodUs),
      checkpointPeriodUs,
    };
    this.dirs = disks.map((disk, index) => new LogDir(index, disk, dirtyLimitUs, rhythm));
    this.only = this.dirs.length === 1 ? this.dirs[0]! : null;
    this.memoryBytes = memoryBytes;
    this.#random = random;
    this.#hasMetadataLog = hasMetadataLog;
  }

  /** Usage per disk; a few additions. */
  usage(): DiskUse[] {
    return this.dirs.map((dir) => ({ disk: dir.index + 1, usedBytes: dir.usedBytes, sizeBytes: dir.sizeBytes }));
  }

  /**
   * Where a new log is created: the live directory with the fewest logs, by count and not by bytes; the first of equals.
   * Source: LogManager.nextLogDirs.
   */
  place(): LogDir {
    let chosen: LogDir | null = null;
    for (const dir of this.dirs)
      if (!dir.isOffline && (chosen === null || dir.logCount < chosen.logCount)) chosen = dir;
    return chosen ?? this.dirs[0]!;
  }

  /** Creates a log. One that is there at time 0 has been written for long: its next write-back is due at any time. */
  create(disk: ReplicaDisk, nowUs: number): void {
    if (nowUs > 0) disk.create(this.place());
    else disk.create(this.place(), -this.#random.uniformInt(1, DIRTY_EXPIRE_US));
  }

  get hasOfflineDir(): boolean {
    return this.dirs.some((dir) => dir.isOffline);
  }

  /** The metadata log's directory or all of them are gone: no broker runs like that. */
  get mustHalt(): boolean {
    return (this.#hasMetadataLog && this.dirs[0]!.isOffline) || this.dirs.every((dir) => dir.isOffline);
  }

  /** Why a process that starts now could not stay; null: it can. */
  get startFailure(): string | null {
    const needed = this.#hasMetadataLog ? this.dirs.slice(0, 1) : this.dirs;
    if (needed.every((dir) => dir.isFailed) || this.dirs.every((dir) => dir.isFailed)) return 'the disk failed';
    return needed.every((dir) => dir.isFailed || dir.isFull) ? 'no space left on device' : null;
  }

  slow(factor: number): void {
    for (const dir of this.dirs) dir.slow(factor);
  }

  stall(untilUs: number): void {
    for (const dir of this.dirs) dir.stall(untilUs);
  }

  processEnded(nowUs: number): void {
    this.areLogsLoaded = false;
    this.endedUs = nowUs;
    for (const dir of this.dirs) dir.processEnded();
  }
}

/** Lets the trace know how full the disks are. */
export function tellUsage(ctx: ModelContext, broker: number, disks: BrokerDisks): void {
  const listener = (dir: LogDir): void => {
    const { usedBytes, sizeBytes } = dir;
    const disk = dir.index + 1;
    ctx.recorder.event(ctx.kernel.nowUs, NO_CAUSE, { type: 'disk.usage', broker, disk, usedBytes, sizeBytes });
  };
  for (const dir of disks.dirs) dir.onUse(listener);
}
