import { describe, expect, test } from 'vitest';
import { RaftLog } from './raftLog.ts';

/** Epochs and where they end. */
function log(...ranges: number[]): RaftLog {
  const one = new RaftLog();
  one.appendAll(ranges);
  return one;
}

describe('a fetch offset and epoch', () => {
  const leader = log(1, 5, 2, 8, 4, 12);

  test.each([
    [0, 0, 'valid'],
    [3, 1, 'valid'],
    [5, 1, 'valid'],
    [12, 4, 'valid'],
  ])('%i after epoch %i is a prefix of the leader log', (offset, epoch, expected) => {
    expect(leader.validate(offset, epoch)).toBe(expected);
  });

  test.each([
    [7, 1, { epoch: 1, offset: 5 }],
    [10, 2, { epoch: 2, offset: 8 }],
    [9, 3, { epoch: 2, offset: 8 }],
    [14, 4, { epoch: 4, offset: 12 }],
  ])('%i after epoch %i diverges: the leader names its own end of the largest epoch up to it', (offset, epoch, end) => {
    expect(leader.validate(offset, epoch)).toEqual({ diverging: end });
  });

  test('below the log start, or of an older epoch than the snapshot, needs the snapshot', () => {
    const cut = log(1, 5, 2, 8, 4, 12);
    cut.snapshotUpTo({ offset: 8, epoch: 2 });
    const snapshot = { snapshot: { offset: 8, epoch: 2 } };
    expect(cut.validate(0, 0)).toEqual(snapshot);
    expect(cut.validate(8, 1)).toEqual(snapshot);
    expect(cut.validate(8, 2)).toBe('valid');
    expect(cut.read(8)).toEqual([4, 12]);
  });
});

describe('a diverging follower', () => {
  test('truncates to the end that both know of the epoch', () => {
    const follower = log(1, 5, 2, 10);
    expect(follower.truncateToDiverging({ epoch: 2, offset: 8 })).toBe(8);
    expect(follower.lastEpoch).toBe(2);
  });

  test('truncates whole epochs that the leader never had', () => {
    const follower = log(1, 5, 3, 9);
    expect(follower.truncateToDiverging({ epoch: 2, offset: 8 })).toBe(5);
    expect(follower.lastEpoch).toBe(1);
  });
});

test('truncation forgets epochs at their end', () => {
  const one = log(1, 5, 2, 8);
  expect(one.truncateTo(8)).toBe(false);
  expect(one.truncateTo(5)).toBe(true);
  expect([one.lastEpoch, one.endOffset]).toEqual([1, 5]);
});

test('a loaded snapshot takes the place of the log', () => {
  const one = log(1, 5, 2, 8);
  one.loadSnapshot({ offset: 20, epoch: 6 });
  expect([one.startOffset, one.endOffset, one.lastEpoch, one.flushedOffset]).toEqual([20, 20, 6, 20]);
});
