import type { Disk } from '../../scenario/scenario.ts';
import { BandwidthLink } from '../../sim/index.ts';
import { type EventId, NO_CAUSE } from '../trace.ts';
import { nextBeatUs, writtenBackUs } from './writeBack.ts';

/** What the directories of one broker share. */
export interface DiskRhythm {
  /** An instant of the write-back rounds of the operating system. */
  readonly writeBackPhaseUs: number;
  readonly checkpointPhaseUs: number;
  readonly checkpointPeriodUs: number;
}

/**
 * One log directory, on a disk of its own.
 *
 * Appends go to the page cache; the disk drains it. Only when more is dirty than the operating system allows does an
 * append wait. A write that does not fit, or to a disk that failed, is an I/O error: Kafka takes the directory offline,
 * whatever the reason (LogDirFailureChannel); it has no rule of its own for a full disk.
 *
 * Not modelled: reads from disk, index files and what else Kafka keeps beside the records.
 */
export class LogDir {
  /** From 0, in the order of `log.dirs`. */
  readonly index: number;
  readonly sizeBytes: number;
  readonly latencyUs: number;
  readonly #throughput: number;
  readonly #link: BandwidthLink;
  readonly #dirtyLimitUs: number;
  readonly #rhythm: DiskRhythm;
  /** Logs that live here. */
  logCount = 0;
  /** The disk does not answer any more. */
  isFailed = false;
  /** The disk was replaced under the running process, whose open files are those of the old one. */
  isStale = false;
  /** The running process has given the directory up; a new one tries again. */
  isOffline = false;
  /** `.kafka_cleanshutdown` lies here. */
  hasCleanMarker = false;
  /** What broke the disk or filled it. */
  cause: EventId = NO_CAUSE;
  #usedBytes = 0;
  /** Bytes that somebody else wrote. */
  #foreignBytes = 0;
  /** No append may bring the use above it; -1: none is possible. */
  #limitBytes: number;
  #factor = 1;
  #stalledUntilUs = 0;
  #onUse: (dir: LogDir) => void = () => {};
  #tellAbove: number;
  #tellBelow = -1;

  constructor(index: number, disk: Disk, dirtyLimitUs: number, rhythm: DiskRhythm) {
    this.index = index;
    this.sizeBytes = disk.sizeBytes;
    this.latencyUs = disk.latencyUs;
    this.#throughput = disk.throughputBytesPerSec;
    this.#link = new BandwidthLink({ bytesPerSec: disk.throughputBytesPerSec, propagationUs: 0 });
    this.#dirtyLimitUs = dirtyLimitUs;
    this.#rhythm = rhythm;
    this.#limitBytes = disk.sizeBytes;
    this.#tellAbove = disk.sizeBytes / TOLD_STEPS;
  }

  // ── time ──────────────────────────────────────────────────────────────────────────────────────

  writtenBackUs(dirtiedUs: number): number {
    return writtenBackUs(dirtiedUs, this.#rhythm.writeBackPhaseUs);
  }

  nextCheckpointUs(nowUs: number): number {
    return nextBeatUs(nowUs, this.#rhythm.checkpointPhaseUs, this.#rhythm.checkpointPeriodUs);
  }

  /** Microseconds that an append of `bytes` waits for the disk; 0 while the page cache absorbs it. */
  appendWaitUs(nowUs: number, bytes: number): number {
    const drainedUs = this.#link.transmit(nowUs, bytes);
    let waitUs = Math.max(0, drainedUs - nowUs - this.#dirtyLimitUs);
    if (this.#factor > 1) waitUs += Math.round(this.latencyUs * this.#factor);
    return waitUs + this.stallUs(nowUs);
  }

  /** How long whoever writes now hangs. */
  stallUs(nowUs: number): number {
    return this.#stalledUntilUs > nowUs ? this.#stalledUntilUs - nowUs : 0;
  }

  /** An fsync: what is dirty is drained, then one access. */
  flushUs(nowUs: number): number {
    return Math.max(0, this.#link.busyUntilUs - nowUs) + Math.round(this.latencyUs * this.#factor);
  }

  /** Time to read or write `bytes` in one go. */
  transferUs(bytes: number): number {
    return Math.round((bytes * 1e6 * this.#factor) / this.#throughput);
  }

  slow(factor: number): void {
    this.#factor *= factor;
    this.#link.bytesPerSec = Math.max(1, Math.round(this.#throughput / this.#factor));
  }

  /** No write returns before `untilUs`; the process runs on. */
  stall(untilUs: number): void {
    this.#stalledUntilUs = untilUs;
  }

  // ── room ──────────────────────────────────────────────────────────────────────────────────────

  get usedBytes(): number {
    return this.#usedBytes + this.#foreignBytes;
  }

  /** Whether a write of `bytes` succeeds: on the path of every batch. */
  accepts(bytes: number): boolean {
    return this.#usedBytes + bytes <= this.#limitBytes;
  }

  /** Less than a few small files fit: not even a checkpoint can be written. */
  get isFull(): boolean {
    return this.#limitBytes >= 0 && this.#limitBytes - this.#usedBytes < CHECKPOINT_BYTES;
  }

  take(bytes: number): void {
    this.#usedBytes += bytes;
    if (this.#usedBytes + this.#foreignBytes >= this.#tellAbove) this.#tell();
  }

  release(bytes: number): void {
    this.#usedBytes = Math.max(0, this.#usedBytes - bytes);
    if (this.#usedBytes + this.#foreignBytes < this.#tellBelow) this.#tell();
  }

  /** Somebody else fills the disk up to `share` of its size; it holds at least what Kafka has there. */
  fill(share: number): void {
    this.#foreignBytes = Math.max(0, Math.round(this.sizeBytes * share) - this.#usedBytes);
    this.#limit();
    this.#tell();
  }

  free(): void {
    this.#foreignBytes = 0;
    this.#limit();
    this.#tell();
  }

  /** `listener` is told whenever the use has changed by a twentieth of the size. */
  onUse(listener: (dir: LogDir) => void): void {
    this.#onUse = listener;
  }

  #tell(): void {
    const step = this.sizeBytes / TOLD_STEPS;
    const reached = Math.floor(this.usedBytes / step);
    this.#tellAbove = (reached + 1) * step;
    this.#tellBelow = (reached - 1) * step;
    this.#onUse(this);
  }

  // ── failing ───────────────────────────────────────────────────────────────────────────────────

  fail(): void {
    this.isFailed = true;
    this.#limit();
  }

  /**
   * A new, empty disk in the place of the old one.
   * @param isInUse  a process runs; it must start anew to use the new one
   */
  replace(isInUse: boolean): void {
    this.isFailed = false;
    this.isStale = isInUse;
    this.hasCleanMarker = false;
    this.#limit();
  }

  goOffline(): void {
    this.isOffline = true;
    this.#limit();
  }

  /** A new process looks at the directory: a failed disk stays away, and so does one on which nothing can be written. */
  open(): void {
    this.isOffline = this.isFailed || this.isFull;
    this.#limit();
  }

  /** The process that gave it up is gone. */
  processEnded(): void {
    this.isOffline = false;
    this.isStale = false;
    this.#limit();
  }

  #limit(): void {
    const isUsable = !this.isFailed && !this.isStale && !this.isOffline;
    this.#limitBytes = isUsable ? Math.max(0, this.sizeBytes - this.#foreignBytes) : -1;
  }
}

/** The use of a disk is told in twentieths. */
const TOLD_STEPS = 20;
/** Room for the checkpoint files that Kafka writes every few seconds. */
const CHECKPOINT_BYTES = 16_384;
