import { appendBatch, deleteOldSegments, newSegmentedLog } from '../algorithms/segments.ts';
import type { ReplicaLog } from '../log/replicaLog.ts';
import type { TopicLimits } from './replica.ts';

/** `segment.index.bytes` and `index.interval.bytes`, Kafka's defaults. */
const INDEX_BYTES = 10_485_760;
const INDEX_INTERVAL_BYTES = 4096;

/**
 * The log start offset after one retention pass. The log's batches are cut into segments by the rules of
 * `algorithms/segments.ts`, as they were when they were appended; only whole segments go. Walks batch by batch, so it is
 * called only when something may be deleted.
 */
export function startAfterRetention(
  log: ReplicaLog,
  limits: TopicLimits,
  highWatermark: number,
  nowUs: number,
): number {
  const config = {
    segmentBytes: limits.segmentBytes,
    segmentMs: limits.segmentUs / 1000,
    retentionMs: limits.retentionUs < 0 ? -1 : limits.retentionUs / 1000,
    retentionBytes: limits.retentionBytes,
    indexBytes: INDEX_BYTES,
    indexIntervalBytes: INDEX_INTERVAL_BYTES,
  };
  const segmented = newSegmentedLog(0, log.logStartOffset);
  for (const { count, bytes, createdToUs } of log.ranges(log.logStartOffset, log.logEndOffset)) {
    const largestTimestampMs = createdToUs / 1000;
    appendBatch(segmented, { recordCount: count, sizeBytes: bytes, largestTimestampMs }, config, largestTimestampMs);
  }
  deleteOldSegments(segmented, config, highWatermark, nowUs / 1000);
  return segmented.logStartOffset;
}
