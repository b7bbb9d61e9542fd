/**
 * A partition's log as segments: when an append begins a new one, and which ones retention deletes.
 *
 * Rolling and retention look at the records' own timestamps. Deletion works on whole segments from the oldest on, stops
 * at the first that must stay, and never passes the high watermark. Nothing is deleted or rolled without an append or a
 * retention pass.
 *
 * Source: `LogSegment.shouldRoll`, `UnifiedLog.deleteOldSegments`. Sizes in bytes, times in milliseconds.
 * Not modelled: segment.jitter.ms unless the caller draws it, the limit of 2^31 offsets a segment, tiered storage.
 */
const OFFSET_INDEX_ENTRY_BYTES = 8;
const TIME_INDEX_ENTRY_BYTES = 12;

export interface SegmentConfig {
  /** segment.bytes */
  segmentBytes: number;
  /** segment.ms, less the segment's jitter. */
  segmentMs: number;
  /** retention.ms; negative for no limit. */
  retentionMs: number;
  /** retention.bytes; negative for no limit. */
  retentionBytes: number;
  /** segment.index.bytes */
  indexBytes: number;
  /** index.interval.bytes */
  indexIntervalBytes: number;
}

export interface Segment {
  baseOffset: number;
  sizeBytes: number;
  createdMs: number;
  /** Largest timestamp of the first batch, which segment.ms counts from; -1 while empty. */
  firstBatchTimestampMs: number;
  /** Largest timestamp of all batches, which retention.ms counts from; -1 while empty. */
  largestTimestampMs: number;
  offsetIndexEntries: number;
  timeIndexEntries: number;
  lastIndexedTimestampMs: number;
  bytesSinceIndexEntry: number;
}

/** Never empty; the last segment is the active one. */
export interface SegmentedLog {
  segments: Segment[];
  logStartOffset: number;
  logEndOffset: number;
}

export interface AppendedBatch {
  recordCount: number;
  sizeBytes: number;
  largestTimestampMs: number;
}

export function newSegmentedLog(nowMs: number, startOffset = 0): SegmentedLog {
  return { segments: [newSegment(startOffset, nowMs)], logStartOffset: startOffset, logEndOffset: startOffset };
}

/** Appends a batch that passed `validateBatch`, in a new segment if it must be. @returns the batch's base offset */
export function appendBatch(log: SegmentedLog, batch: AppendedBatch, config: SegmentConfig, nowMs: number): number {
  const baseOffset = log.logEndOffset;
  if (mustRoll(activeSegment(log), batch, config, nowMs)) log.segments.push(newSegment(baseOffset, nowMs));
  addToSegment(activeSegment(log), batch, config);
  log.logEndOffset += batch.recordCount;
  return baseOffset;
}

/**
 * One retention pass of a topic whose cleanup.policy has delete: segments below the log start offset, then by size,
 * then by time.
 *
 * @returns how many segments were deleted; the active one only after a fresh one took its place
 */
export function deleteOldSegments(
  log: SegmentedLog,
  config: SegmentConfig,
  highWatermark: number,
  nowMs: number,
): number {
  const belowStart = deleteWhile(log, highWatermark, nowMs, (_segment, nextBaseOffset) => {
    return nextBaseOffset >= 0 && nextBaseOffset <= log.logStartOffset;
  });
  let excessBytes = logSizeBytes(log) - config.retentionBytes;
  const bySize = deleteWhile(log, highWatermark, nowMs, (segment) => {
    if (config.retentionBytes < 0 || excessBytes < segment.sizeBytes) return false;
    excessBytes -= segment.sizeBytes;
    return true;
  });
  const byTime = deleteWhile(log, highWatermark, nowMs, (segment) => {
    return config.retentionMs >= 0 && nowMs - retentionTimestampMs(segment) > config.retentionMs;
  });
  return belowStart + bySize + byTime;
}

export function logSizeBytes(log: SegmentedLog): number {
  return log.segments.reduce((sum, segment) => sum + segment.sizeBytes, 0);
}

export function activeSegment(log: SegmentedLog): Segment {
  return log.segments.at(-1)!;
}

function newSegment(baseOffset: number, createdMs: number): Segment {
  return {
    baseOffset,
    sizeBytes: 0,
    createdMs,
    firstBatchTimestampMs: -1,
    largestTimestampMs: -1,
    offsetIndexEntries: 0,
    timeIndexEntries: 0,
    lastIndexedTimestampMs: -1,
    bytesSinceIndexEntry: 0,
  };
}

function mustRoll(segment: Segment, batch: AppendedBatch, config: SegmentConfig, nowMs: number): boolean {
  if (segment.sizeBytes > config.segmentBytes - batch.sizeBytes) return true;
  if (segment.sizeBytes > 0 && waitedMs(segment, batch, nowMs) > config.segmentMs) return true;
  return isIndexFull(segment, config);
}

function waitedMs(segment: Segment, batch: AppendedBatch, nowMs: number): number {
  const { firstBatchTimestampMs, createdMs } = segment;
  return firstBatchTimestampMs >= 0 ? batch.largestTimestampMs - firstBatchTimestampMs : nowMs - createdMs;
}

/** The time index keeps one entry free for the timestamp that is written when the segment closes. */
function isIndexFull(segment: Segment, { indexBytes }: SegmentConfig): boolean {
  return (
    segment.offsetIndexEntries >= Math.floor(indexBytes / OFFSET_INDEX_ENTRY_BYTES) ||
    segment.timeIndexEntries >= Math.floor(indexBytes / TIME_INDEX_ENTRY_BYTES) - 1
  );
}

function addToSegment(segment: Segment, batch: AppendedBatch, config: SegmentConfig): void {
  if (segment.firstBatchTimestampMs < 0) segment.firstBatchTimestampMs = batch.largestTimestampMs;
  segment.largestTimestampMs = Math.max(segment.largestTimestampMs, batch.largestTimestampMs);
  if (segment.bytesSinceIndexEntry > config.indexIntervalBytes) {
    segment.offsetIndexEntries++;
    if (segment.largestTimestampMs > segment.lastIndexedTimestampMs) {
      segment.timeIndexEntries++;
      segment.lastIndexedTimestampMs = segment.largestTimestampMs;
    }
    segment.bytesSinceIndexEntry = 0;
  }
  segment.bytesSinceIndexEntry += batch.sizeBytes;
  segment.sizeBytes += batch.sizeBytes;
}

function retentionTimestampMs({ largestTimestampMs, createdMs }: Segment): number {
  return largestTimestampMs >= 0 ? largestTimestampMs : createdMs;
}

/** @param isDue  the second argument is the next segment's base offset, -1 for the active segment */
function deleteWhile(
  log: SegmentedLog,
  highWatermark: number,
  nowMs: number,
  isDue: (segment: Segment, nextBaseOffset: number) => boolean,
): number {
  const { segments } = log;
  let count = 0;
  while (count < segments.length) {
    const segment = segments[count]!;
    const next = segments[count + 1];
    const isEmptyActive = next === undefined && segment.sizeBytes === 0;
    if (isEmptyActive || highWatermark < (next?.baseOffset ?? log.logEndOffset)) break;
    if (!isDue(segment, next?.baseOffset ?? -1)) break;
    count++;
  }
  if (count === 0) return 0;
  if (count === segments.length) segments.push(newSegment(log.logEndOffset, nowMs));
  segments.splice(0, count);
  log.logStartOffset = Math.max(log.logStartOffset, segments[0]!.baseOffset);
  return count;
}
