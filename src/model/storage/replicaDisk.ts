import type { Kernel } from '../../sim/index.ts';
import type { LogDir } from './logDir.ts';

/**
 * What of one replica's log is on disk, apart from the page cache.
 *
 * Kafka does not fsync appends; four things put them on disk: the operating system's write-back, a flush by
 * `flush.messages` or `flush.ms`, the roll of a segment (looked up when it matters, see `recoveryPoint.ts`), and a clean
 * shutdown. Both numbers move at appends only; what time has done meanwhile is computed when somebody asks.
 *
 * The high watermark on disk is that of `replication-offset-checkpoint`, which is fsynced.
 * Source: UnifiedLog (recoveryPoint, flush), ReplicaManager.checkpointHighWatermarks.
 */
export class ReplicaDisk {
  /** Null until the log is created. */
  dir: LogDir | null = null;
  /** Everything appended before the last append is on disk from then on. */
  #writeBackUs = -1;
  #writtenBack = 0;
  #flushed = 0;
  /** When Kafka last flushed the log. */
  flushedUs = 0;
  #checkpoint = 0;
  /** The high watermark of now is on disk from then on. */
  #checkpointUs = -1;

  /**
   * The log is created in a directory.
   * @param dirtySinceUs  the file was last written back at most so long before its first append; now for a new one
   */
  create(dir: LogDir, dirtySinceUs = -1): void {
    this.dir = dir;
    dir.logCount++;
    if (dirtySinceUs !== -1) this.#writeBackUs = dir.writtenBackUs(dirtySinceUs);
  }

  /** The log is deleted; its room is free when the renamed files are (`file.delete.delay.ms`). */
  delete(bytes: number, kernel: Kernel, delayUs: number): void {
    const { dir } = this;
    if (dir === null) return;
    dir.logCount--;
    kernel.atControl(kernel.nowUs + delayUs, () => dir.release(bytes));
    this.dir = null;
  }

  /** The disk is gone, and with it the log; a new one may be created elsewhere. */
  lose(): void {
    if (this.dir !== null) this.dir.logCount--;
    this.dir = null;
    this.truncated(0);
    this.#writeBackUs = -1;
  }

  /** Called before each append; `logEndOffset` is where it will begin. One comparison while the file is dirty. */
  appending(nowUs: number, logEndOffset: number): void {
    if (nowUs < this.#writeBackUs) return;
    this.#writtenBack = logEndOffset;
    this.#writeBackUs = this.dir!.writtenBackUs(nowUs);
  }

  /** Called before each change of the high watermark. */
  highWatermarkMoves(nowUs: number, highWatermark: number): void {
    if (nowUs < this.#checkpointUs) return;
    this.#checkpoint = highWatermark;
    this.#checkpointUs = this.dir!.nextCheckpointUs(nowUs);
  }

  /** fsync up to the log's end. */
  flush(logEndOffset: number, nowUs: number): void {
    this.#flushed = logEndOffset;
    this.flushedUs = nowUs;
  }

  /** Records since the last flush by Kafka. */
  unflushedRecords(logEndOffset: number): number {
    return logEndOffset - this.#flushed;
  }

  /** Flushed, and the high watermark checkpointed. */
  closeCleanly(logEndOffset: number, highWatermark: number): void {
    this.#flushed = logEndOffset;
    this.#checkpoint = highWatermark;
    this.#checkpointUs = -1;
    this.#writeBackUs = -1;
  }

  truncated(toOffset: number): void {
    this.#writtenBack = Math.min(this.#writtenBack, toOffset);
    this.#flushed = Math.min(this.#flushed, toOffset);
    this.#checkpoint = Math.min(this.#checkpoint, toOffset);
  }

  /** Where the log ends on disk if the page cache is lost now, without regard to segments that were rolled. */
  endOnDisk(nowUs: number, logEndOffset: number): number {
    if (nowUs >= this.#writeBackUs) return logEndOffset;
    return Math.min(logEndOffset, Math.max(this.#writtenBack, this.#flushed));
  }

  /** The high watermark that a process that starts now reads. */
  highWatermarkOnDisk(nowUs: number, highWatermark: number): number {
    return nowUs >= this.#checkpointUs ? highWatermark : Math.min(this.#checkpoint, highWatermark);
  }

  /** The process ended: what it had not checkpointed is forgotten. @returns the high watermark that the next one reads */
  processEnded(nowUs: number, highWatermark: number): number {
    this.#checkpoint = this.highWatermarkOnDisk(nowUs, highWatermark);
    this.#checkpointUs = -1;
    return this.#checkpoint;
  }

  /** The page cache is gone; what is left is on disk. */
  cacheLost(logEndOffset: number): void {
    this.truncated(logEndOffset);
    this.#writeBackUs = -1;
  }
}
