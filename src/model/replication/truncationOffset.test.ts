import { describe, expect, test } from 'vitest';
import { PartitionHistory } from '../log/partitionHistory.ts';
import { ReplicaLog } from '../log/replicaLog.ts';
import { truncationOffset } from './truncationOffset.ts';

/** A log of stretches: leader epoch and how many records. */
function log(...epochs: readonly (readonly [epoch: number, records: number])[]): ReplicaLog {
  const one = new ReplicaLog(new PartitionHistory());
  for (const [epoch, records] of epochs) {
    one.beginEpoch(epoch);
    if (records > 0) one.append(records, records, 0, 0, 0, 0, -1, -1, -1);
  }
  return one;
}

describe('a follower whose history differs', () => {
  test('keeps of an epoch that both know what both have', () => {
    expect(truncationOffset(log([1, 15], [2, 10]), 1, 10)).toBe(10);
    expect(truncationOffset(log([1, 8], [2, 10]), 1, 10)).toBe(8);
  });

  test('goes back to its own largest smaller epoch when it lacks the leader epoch named, whatever its end there', () => {
    expect(truncationOffset(log([1, 12], [3, 18]), 2, 20)).toBe(12);
    expect(truncationOffset(log([1, 30], [3, 10]), 2, 20)).toBe(30);
  });

  test('needs several steps when neither knows the epochs of the other', () => {
    const follower = log([1, 30], [3, 10], [5, 5]);
    const leader = log([1, 10], [2, 20], [4, 10]);
    const steps: number[] = [];
    for (;;) {
      const end = leader.endOf(follower.lastEpoch);
      if (end.leaderEpoch === follower.lastEpoch && end.endOffset >= follower.logEndOffset) break;
      steps.push(truncationOffset(follower, end.leaderEpoch, end.endOffset));
      follower.truncateTo(steps.at(-1)!);
    }
    // Epoch 5 against 4, epoch 3 against 2, then epoch 1 in both.
    expect(steps).toEqual([40, 30, 10]);
  });

  test('takes the word of the leader when its own log has no epoch at all', () => {
    expect(truncationOffset(new ReplicaLog(new PartitionHistory()), 4, 7)).toBe(7);
  });
});
