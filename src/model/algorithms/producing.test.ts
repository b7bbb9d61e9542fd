import { describe, expect, test } from 'vitest';
import { exponentialBackoffMs, jitterFactor } from './exponentialBackoff.ts';
import { partitionForKey } from './murmur2.ts';
import {
  APPEND,
  addSequence,
  checkSequence,
  DUPLICATE,
  duplicateBaseOffset,
  INVALID_PRODUCER_EPOCH,
  MAX_SEQUENCE,
  newProducerState,
  OUT_OF_ORDER_SEQUENCE_NUMBER,
  recordBatch,
} from './producerState.ts';
import { batchSizeBytes, recordSizeBytes, recordsThatFit } from './recordBatchSize.ts';
import { countProduced, newStickyPartition, nextPartition, partitionLoad, stickTo } from './stickyPartitioner.ts';

describe('batch sizes', () => {
  const shape = { keyBytes: 16, valueBytes: 200, headersBytes: 1 };

  test.each([0, 0.3, 1, 7, 1000])('in one sum are those record by record, with %s ms between records', (stepMs) => {
    let bytes = 61;
    for (let count = 1; count <= 9000; count++) {
      bytes += recordSizeBytes(shape, count - 1, Math.floor((count - 1) * stepMs));
      if (count % 977 === 0 || count < 130) expect(batchSizeBytes(count, shape, stepMs)).toBe(bytes);
    }
  });

  test('a batch takes the records that do not pass batch.size', () => {
    for (const limit of [300, 16_384, 1_000_000]) {
      const count = recordsThatFit(limit, shape, 2);
      expect(batchSizeBytes(count, shape, 2)).toBeLessThanOrEqual(limit);
      expect(batchSizeBytes(count + 1, shape, 2)).toBeGreaterThan(limit);
    }
  });

  test('an empty batch takes a record of any size', () => {
    expect(recordsThatFit(0, shape)).toBe(1);
    expect(recordsThatFit(100, { ...shape, valueBytes: 10_000 })).toBe(1);
  });
});

describe('the sticky partitioner', () => {
  test('leaves a partition after batch.size bytes once its batch is closed, and after twice that in any case', () => {
    const sticky = newStickyPartition();
    stickTo(sticky, 2);
    expect(countProduced(sticky, 16_384, 16_384, false)).toBe(false);
    expect(countProduced(sticky, 1, 16_384, true)).toBe(true);
    expect(countProduced(sticky, 16_383, 16_384, false)).toBe(true);
  });

  test('chooses among available partitions, or among all when none is', () => {
    const draw = (bound: number) => bound - 1;
    expect(nextPartition(undefined, [1, 4], 6, draw)).toBe(4);
    expect(nextPartition(undefined, [], 6, draw)).toBe(5);
  });

  test('a partition with a leader that does not answer is left out even when the queues are equal', () => {
    expect(partitionLoad([1, 1, 1], [0, 1, 2], 3)).toBeUndefined();
    expect(partitionLoad([1, 1], [0, 2], 3)?.partitions).toEqual([0, 2]);
  });
});

test('adding a partition moves most keys', () => {
  const keys = Array.from({ length: 200 }, (_, index) => Uint8Array.of(1, index));
  const moved = keys.filter((key) => partitionForKey(key, 6) !== partitionForKey(key, 7));
  expect(moved.length).toBeGreaterThan(100);
});

test('retries wait twice as long each time, within 20 % and never above the maximum', () => {
  expect([0, 1, 2, 3, 4, 99].map((n) => exponentialBackoffMs(n, 100, 1000, 1))).toEqual([
    100, 200, 400, 800, 1000, 1000,
  ]);
  expect(exponentialBackoffMs(0, 100, 1000, jitterFactor(0))).toBe(80);
  expect(exponentialBackoffMs(9, 100, 1000, jitterFactor(0.99))).toBe(1000);
  expect(exponentialBackoffMs(3, 100, 100, jitterFactor(0))).toBe(100);
});

describe('the broker checks sequences', () => {
  function withBatches(...firsts: number[]) {
    const state = newProducerState();
    firsts.forEach((first) => void recordBatch(state, 0, first, 10, first));
    return state;
  }

  test('a repeated batch of the last five is a duplicate, an older one is out of order', () => {
    const state = withBatches(0, 10, 20, 30, 40, 50);
    expect(checkSequence(state, 0, 10, 10)).toBe(DUPLICATE);
    expect(duplicateBaseOffset(state, 0, 10, 10)).toBe(10);
    expect(checkSequence(state, 0, 0, 10)).toBe(OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(duplicateBaseOffset(state, 0, 0, 10)).toBe(-1);
  });

  test('a gap is out of order, an older epoch is refused, a new one begins with 0', () => {
    const state = withBatches(0);
    recordBatch(state, 3, 0, 10, 10);
    expect(checkSequence(state, 3, 10, 1)).toBe(APPEND);
    expect(checkSequence(state, 3, 11, 1)).toBe(OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(checkSequence(state, 2, 10, 1)).toBe(INVALID_PRODUCER_EPOCH);
    expect(checkSequence(state, 4, 10, 1)).toBe(OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(checkSequence(state, 4, 0, 1)).toBe(APPEND);
  });

  test('sequences wrap to 0', () => {
    expect(addSequence(MAX_SEQUENCE, 1)).toBe(0);
    expect(addSequence(MAX_SEQUENCE - 4, 10)).toBe(5);
    const state = newProducerState();
    recordBatch(state, 0, MAX_SEQUENCE - 4, 10, 0);
    expect(checkSequence(state, 0, 4, 1)).toBe(OUT_OF_ORDER_SEQUENCE_NUMBER);
    expect(checkSequence(state, 0, 5, 1)).toBe(APPEND);
  });
});
