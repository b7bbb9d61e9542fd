import { appendBatch, newSegmentedLog } from '../algorithms/segments.ts';
import type { ReplicaLog } from '../log/replicaLog.ts';
import type { TopicLimits } from '../replication/replica.ts';

/** `segment.index.bytes` and `index.interval.bytes`, Kafka's defaults. */
const INDEX_BYTES = 10_485_760;
const INDEX_INTERVAL_BYTES = 4096;
/** Below it no index of a segment is full. */
const INDEX_FILLED_BYTES = 3_000_000_000;

/**
 * Where the segment begins that was active at `atUs`. A segment is flushed when it is rolled (UnifiedLog.roll), so what
 * lies below is on disk, and start-up recovery begins there.
 *
 * Cuts the log into segments as they were when its batches were appended, so it walks batch by batch; not when one segment
 * holds everything, as it does nearly always.
 */
export function activeSegmentBase(log: ReplicaLog, limits: TopicLimits, atUs: number): number {
  const { logStartOffset, logEndOffset } = log;
  const bytes = log.bytesBetween(logStartOffset, logEndOffset);
  if (bytes <= limits.segmentBytes && bytes < INDEX_FILLED_BYTES && atUs <= limits.segmentUs) return logStartOffset;
  const config = {
    segmentBytes: limits.segmentBytes,
    segmentMs: limits.segmentUs / 1000,
    retentionMs: -1,
    retentionBytes: -1,
    indexBytes: INDEX_BYTES,
    indexIntervalBytes: INDEX_INTERVAL_BYTES,
  };
  const segmented = newSegmentedLog(0, logStartOffset);
  for (const { count, bytes: sizeBytes, createdToUs } of log.ranges(logStartOffset, logEndOffset)) {
    if (createdToUs > atUs) break;
    const largestTimestampMs = createdToUs / 1000;
    appendBatch(segmented, { recordCount: count, sizeBytes, largestTimestampMs }, config, largestTimestampMs);
  }
  return segmented.segments.at(-1)!.baseOffset;
}
