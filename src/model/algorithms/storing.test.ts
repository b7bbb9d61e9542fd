import { describe, expect, test } from 'vitest';
import { type AppendRules, validateBatch } from './appendValidation.ts';
import { coordinatorPartition } from './coordinatorPartition.ts';
import {
  advanceHighWatermark,
  appendMarker,
  appendTransactional,
  lastStableOffset,
  newLogTransactions,
} from './lastStableOffset.ts';
import { measureRate, newQuotaRate, recordValue, throttleTimeMs } from './quotaRate.ts';
import { placeReplicas, type UsableBroker } from './replicaPlacer.ts';
import { appendBatch, deleteOldSegments, newSegmentedLog, type SegmentConfig } from './segments.ts';
import { newTokenBucket, refillTimeMs, takeTokens } from './tokenBucket.ts';

const config: SegmentConfig = {
  segmentBytes: 1000,
  segmentMs: 1000,
  retentionMs: 5000,
  retentionBytes: -1,
  indexBytes: 10_485_760,
  indexIntervalBytes: 4096,
};
const batch = (largestTimestampMs: number) => ({ recordCount: 1, sizeBytes: 400, largestTimestampMs });
const baseOffsets = (log: ReturnType<typeof newSegmentedLog>) => log.segments.map((segment) => segment.baseOffset);

describe('segments', () => {
  test('a segment ends when the next batch would not fit, or comes segment.ms after its first record', () => {
    const log = newSegmentedLog(0);
    for (const atMs of [0, 10, 20, 1021]) appendBatch(log, batch(atMs), config, atMs);
    expect(baseOffsets(log)).toEqual([0, 2, 3]);
  });

  test('retention.ms deletes whole segments whose newest record is older, never past the high watermark', () => {
    const log = newSegmentedLog(0);
    for (const atMs of [0, 10, 20, 30]) appendBatch(log, batch(atMs), config, atMs);
    expect(deleteOldSegments(log, config, 4, 5010)).toBe(0);
    expect(deleteOldSegments(log, config, 1, 9000)).toBe(0);
    expect(deleteOldSegments(log, config, 2, 9000)).toBe(1);
    expect(log.logStartOffset).toBe(2);
  });

  test('the active segment is deleted only after an empty one took its place', () => {
    const log = newSegmentedLog(0);
    appendBatch(log, batch(0), config, 0);
    expect(deleteOldSegments(log, config, 1, 6000)).toBe(1);
    expect(baseOffsets(log)).toEqual([1]);
    expect(deleteOldSegments(log, config, 1, 60_000)).toBe(0);
  });

  test('retention.bytes keeps at least that much', () => {
    const log = newSegmentedLog(0);
    for (let atMs = 0; atMs < 8; atMs++) appendBatch(log, batch(atMs), config, atMs);
    deleteOldSegments(log, { ...config, retentionBytes: 1500 }, 8, 10);
    expect(baseOffsets(log)).toEqual([4, 6]);
  });

  test('one record from the future keeps its segment and all later ones', () => {
    const log = newSegmentedLog(0);
    for (const stampMs of [1_000_000, 10, 20, 30]) appendBatch(log, batch(stampMs), config, 30);
    expect(deleteOldSegments(log, config, 4, 100_000)).toBe(0);
  });
});

test('a leader refuses what is too large, has no key or a wrong time, in this order', () => {
  const rules: AppendRules = {
    maxMessageBytes: 500,
    segmentBytes: 450,
    isCompacted: true,
    timestampType: 'CreateTime',
    timestampBeforeMaxMs: 100,
    timestampAfterMaxMs: 100,
  };
  const offered = { sizeBytes: 600, hasKeys: false, earliestTimestampMs: 0, latestTimestampMs: 0 };
  const verdicts = [
    validateBatch(offered, rules, 1000),
    validateBatch({ ...offered, sizeBytes: 460 }, rules, 1000),
    validateBatch({ ...offered, sizeBytes: 460, hasKeys: true }, rules, 1000),
    validateBatch({ ...offered, sizeBytes: 460, hasKeys: true }, { ...rules, timestampType: 'LogAppendTime' }, 1000),
    validateBatch({ ...offered, sizeBytes: 450, hasKeys: true }, rules, 50),
  ];
  expect(verdicts).toEqual([
    'MESSAGE_TOO_LARGE',
    'INVALID_RECORD',
    'INVALID_TIMESTAMP',
    'RECORD_LIST_TOO_LARGE',
    'NONE',
  ]);
});

describe('replica placement', () => {
  const broker = (id: number, rack: string | null, isFenced = false): UsableBroker => ({ id, rack, isFenced });
  const place = (brokers: UsableBroker[], replicationFactor: number) =>
    placeReplicas({ brokers, partitionCount: 12, replicationFactor }, (bound) => bound - 1);

  test('with as many racks as replicas every partition has one replica in each rack', () => {
    const brokers = [1, 2, 3, 4, 5, 6].map((id) => broker(id, `rack-${id % 3}`));
    const placement = place(brokers, 3);
    expect(placement.ok).toBe(true);
    if (!placement.ok) return;
    for (const replicas of placement.replicas) expect(new Set(replicas.map((id) => id % 3)).size).toBe(3);
  });

  test('a fenced broker gets replicas but no leadership', () => {
    const placement = place([broker(1, null), broker(2, null), broker(3, null, true)], 3);
    if (!placement.ok) throw new Error(placement.reason);
    for (const [leader, ...followers] of placement.replicas) {
      expect(leader).not.toBe(3);
      expect(followers).toContain(3);
    }
  });

  test('more replicas than brokers, or no living broker, is refused', () => {
    expect(place([broker(1, null)], 2)).toEqual({ ok: false, reason: 'tooFewBrokers' });
    expect(place([broker(1, null, true)], 1)).toEqual({ ok: false, reason: 'allBrokersFenced' });
    expect(place([], 0)).toEqual({ ok: false, reason: 'notPositive' });
  });
});

test('a group lives on one partition of __consumer_offsets', () => {
  expect(coordinatorPartition('billing', 50)).toBe(9);
  expect(coordinatorPartition('polygenelubricants', 50)).toBe(0);
});

describe('transactions in a log', () => {
  test('an open one holds back read_committed consumers, also after its end until the marker is replicated', () => {
    const log = newLogTransactions();
    appendTransactional(log, 7, 10);
    appendTransactional(log, 7, 12);
    expect(lastStableOffset(log, 15)).toBe(10);
    appendMarker(log, 7, 15, false);
    advanceHighWatermark(log, 15);
    expect(lastStableOffset(log, 15)).toBe(10);
    advanceHighWatermark(log, 16);
    expect(lastStableOffset(log, 16)).toBe(16);
  });

  test('only aborted ones are remembered for consumers to leave out', () => {
    const log = newLogTransactions();
    appendTransactional(log, 7, 0);
    appendTransactional(log, 8, 1);
    appendMarker(log, 7, 2, false);
    appendMarker(log, 8, 3, true);
    appendMarker(log, 9, 4, true);
    expect(log.aborted.map(({ producerId, firstOffset }) => [producerId, firstOffset])).toEqual([[8, 1]]);
  });
});

describe('quotas', () => {
  test('a fresh client may send ten seconds of its rate at once before it is delayed', () => {
    const rate = newQuotaRate({ sampleCount: 11, windowMs: 1000 });
    recordValue(rate, 10_000, 0);
    expect(throttleTimeMs(measureRate(rate, 0), 1000)).toBe(0);
    recordValue(rate, 5000, 0);
    expect(throttleTimeMs(measureRate(rate, 0), 1000)).toBe(5000);
  });

  test('controller mutations run up a debt that the quota pays off', () => {
    const bucket = newTokenBucket(5, 55, 0);
    expect(takeTokens(bucket, 60, 0)).toBe(-5);
    expect(refillTimeMs(bucket)).toBe(1000);
    expect(takeTokens(bucket, 0, 1_000_000)).toBe(55);
  });
});
