import { expect, test } from 'vitest';
import { ABORT_MARKER, type BatchKind, COMMIT_MARKER, PLAIN, TRANSACTIONAL } from '../log/batchKind.ts';
import type { FetchedRange } from '../protocol.ts';
import { forApplication, HIDDEN } from './abortedRecords.ts';

const range = (offset: number, kind: BatchKind, producerId = -1, count = 1): FetchedRange => ({
  offset,
  count,
  bytes: 100,
  lane: kind > TRANSACTIONAL ? -1 : 0,
  first: offset,
  createdFromUs: 0,
  createdToUs: 0,
  leaderEpoch: 0,
  producerId,
  kind,
});
const aborted = (producerId: number, firstOffset: number, lastOffset: number) => ({
  producerId,
  firstOffset,
  lastOffset,
  lastStableOffset: lastOffset + 1,
});
const seen = (ranges: readonly FetchedRange[]): number[] =>
  ranges.filter(({ lane }) => lane !== HIDDEN).map(({ offset }) => offset);

test('markers are never returned to the application, whatever the isolation level', () => {
  expect(seen(forApplication([range(0, PLAIN), range(1, COMMIT_MARKER, 7), range(2, PLAIN)], []))).toEqual([0, 2]);
});

test('records of an aborted transaction are dropped up to its marker, those of the next one are not', () => {
  const ranges = [
    range(0, TRANSACTIONAL, 7),
    range(1, TRANSACTIONAL, 8),
    range(2, ABORT_MARKER, 7),
    range(3, TRANSACTIONAL, 7),
    range(4, COMMIT_MARKER, 8),
    range(5, COMMIT_MARKER, 7),
  ];
  expect(seen(forApplication(ranges, [aborted(7, 0, 2)]))).toEqual([1, 3]);
});

test('records outside transactions are kept, also amid an aborted one', () => {
  const ranges = [range(0, TRANSACTIONAL, 7), range(1, PLAIN), range(2, TRANSACTIONAL, 7), range(3, ABORT_MARKER, 7)];
  expect(seen(forApplication(ranges, [aborted(7, 0, 3)]))).toEqual([1]);
});

test('a fetch that begins amid an aborted transaction still drops its rest', () => {
  const ranges = [range(12, TRANSACTIONAL, 7), range(13, ABORT_MARKER, 7)];
  expect(seen(forApplication(ranges, [aborted(7, 2, 13)]))).toEqual([]);
});
