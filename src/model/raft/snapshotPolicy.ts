import type { OffsetAndEpoch } from './raftLog.ts';

/**
 * When the metadata log is cut: each replica makes a snapshot after so many committed bytes, and deletes what lies below
 * one when log and snapshots together have outgrown their retention.
 *
 * Not modelled: snapshots and retention by time (`metadata.log.max.snapshot.interval.ms`, `metadata.max.retention.ms`).
 *
 * Source: `SnapshotGenerator`, `KafkaRaftLog.maybeClean`, KIP-630.
 */
export class SnapshotPolicy {
  readonly #bytesBetween: number;
  readonly #retentionBytes: number;
  /** Ascending; `atBytes` is the length of the whole log up to there. */
  readonly #snapshots: { readonly at: OffsetAndEpoch; readonly atBytes: number }[] = [];
  #committedBytes = 0;
  #snapshotBytes = 0;

  /**
   * @param bytesBetween   metadata.log.max.record.bytes.between.snapshots
   * @param retentionBytes metadata.max.retention.bytes; negative: unlimited
   */
  constructor(bytesBetween: number, retentionBytes: number) {
    this.#bytesBetween = bytesBetween;
    this.#retentionBytes = retentionBytes;
  }

  onCommitted(end: OffsetAndEpoch, bytes: number): void {
    this.#committedBytes += bytes;
    if (this.#committedBytes - this.#snapshotBytes < this.#bytesBetween) return;
    this.#snapshotBytes = this.#committedBytes;
    this.#snapshots.push({ at: end, atBytes: this.#committedBytes });
  }

  /** Where a replica's log begins that has applied everything below `highWatermark`; null: where it began before. */
  startFor(highWatermark: number, startOffset: number): OffsetAndEpoch | null {
    if (this.#retentionBytes < 0) return null;
    let start: OffsetAndEpoch | null = null;
    for (const { at, atBytes } of this.#snapshots) {
      if (at.offset <= startOffset) continue;
      if (at.offset > highWatermark) break;
      start = at;
      if (this.#committedBytes - atBytes <= this.#retentionBytes) break;
    }
    const whole = this.#committedBytes - this.#bytesBelow(startOffset);
    return whole > this.#retentionBytes ? start : null;
  }

  #bytesBelow(offset: number): number {
    return this.#snapshots.findLast(({ at }) => at.offset <= offset)?.atBytes ?? 0;
  }
}
