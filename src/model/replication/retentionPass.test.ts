import { describe, expect, test } from 'vitest';
import { PartitionHistory } from '../log/partitionHistory.ts';
import { ReplicaLog } from '../log/replicaLog.ts';
import type { TopicLimits } from './replica.ts';
import { startAfterRetention } from './retentionPass.ts';

const SEC = 1_000_000;
/** Segments of ten batches of 100 records and 1,000 bytes. */
const LIMITS = {
  segmentBytes: 10_000,
  segmentUs: 7 * 86_400 * SEC,
  retentionUs: -1,
  retentionBytes: -1,
} as TopicLimits;

/** One batch a second, created then. */
function log(batches: number): ReplicaLog {
  const one = new ReplicaLog(new PartitionHistory());
  one.beginEpoch(0);
  for (let i = 0; i < batches; i++) one.append(100, 1_000, 0, i * 100, i * SEC, i * SEC, -1, -1, -1);
  return one;
}

function start(batches: number, limits: Partial<TopicLimits>, highWatermark: number, nowSec: number): number {
  return startAfterRetention(log(batches), { ...LIMITS, ...limits }, highWatermark, nowSec * SEC);
}

describe('a retention pass', () => {
  test('deletes segments of which every record is older than retention.ms, whole ones only', () => {
    // Segments begin at offsets 0, 1000, 2000 and 3000; their newest records are of 9, 19, 29 and 34 s.
    expect(start(35, { retentionUs: 10 * SEC }, 3_500, 19)).toBe(0);
    expect(start(35, { retentionUs: 10 * SEC }, 3_500, 20)).toBe(1_000);
    expect(start(35, { retentionUs: 10 * SEC }, 3_500, 38.5)).toBe(2_000);
  });

  test('deletes the active segment too once its newest record is too old: the log is empty and goes on at its end', () => {
    expect(start(35, { retentionUs: 10 * SEC }, 3_500, 50)).toBe(3_500);
  });

  test('keeps at least retention.bytes', () => {
    expect(start(35, { retentionBytes: 25_001 }, 3_500, 40)).toBe(0);
    expect(start(35, { retentionBytes: 25_000 }, 3_500, 40)).toBe(1_000);
    expect(start(35, { retentionBytes: 1 }, 3_500, 40)).toBe(3_000);
  });

  test('never deletes what lies above the high watermark', () => {
    expect(start(35, { retentionUs: 10 * SEC }, 1_500, 3_600)).toBe(1_000);
    expect(start(35, { retentionUs: 10 * SEC }, 999, 3_600)).toBe(0);
  });
});
