/**
 * Whether a leader takes a batch from a producer, before the producer's sequence is looked at.
 *
 * In Kafka's order: size, keys of a compacted topic, timestamps, segment size. A refused batch appends nothing.
 *
 * Source: `UnifiedLog.append`, `LogValidator`. Sizes in bytes as sent (compressed, header included), times in
 * milliseconds.
 */
import type { KafkaError } from '../../kafka/errors.ts';

export interface AppendRules {
  /** max.message.bytes */
  maxMessageBytes: number;
  /** segment.bytes */
  segmentBytes: number;
  /** cleanup.policy has compact. */
  isCompacted: boolean;
  /** message.timestamp.type */
  timestampType: 'CreateTime' | 'LogAppendTime';
  /** message.timestamp.before.max.ms and .after.max.ms: how far from the broker's clock a record may be. */
  timestampBeforeMaxMs: number;
  timestampAfterMaxMs: number;
}

export interface OfferedBatch {
  sizeBytes: number;
  /** Every record has a key. */
  hasKeys: boolean;
  earliestTimestampMs: number;
  latestTimestampMs: number;
}

/** `'NONE'` when the batch may be appended. */
export function validateBatch(batch: OfferedBatch, rules: AppendRules, nowMs: number): KafkaError {
  if (batch.sizeBytes > rules.maxMessageBytes) return 'MESSAGE_TOO_LARGE';
  if (rules.isCompacted && !batch.hasKeys) return 'INVALID_RECORD';
  if (!areTimestampsAllowed(batch, rules, nowMs)) return 'INVALID_TIMESTAMP';
  if (batch.sizeBytes > rules.segmentBytes) return 'RECORD_LIST_TOO_LARGE';
  return 'NONE';
}

/** The timestamp that rolling and retention see: the producer's, or the broker's clock under LogAppendTime. */
export function storedTimestampMs(batch: OfferedBatch, rules: AppendRules, nowMs: number): number {
  return rules.timestampType === 'LogAppendTime' ? nowMs : batch.latestTimestampMs;
}

function areTimestampsAllowed(batch: OfferedBatch, rules: AppendRules, nowMs: number): boolean {
  if (rules.timestampType === 'LogAppendTime') return true;
  const isTooOld = nowMs - batch.earliestTimestampMs > rules.timestampBeforeMaxMs;
  const isTooNew = batch.latestTimestampMs - nowMs > rules.timestampAfterMaxMs;
  return !isTooOld && !isTooNew;
}
