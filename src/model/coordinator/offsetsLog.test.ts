import { expect, test } from 'vitest';
import { PartitionHistory } from '../log/partitionHistory.ts';
import { ReplicaLog } from '../log/replicaLog.ts';
import { OffsetsLog } from './offsetsLog.ts';

const PARTITION = 7;

function append(offsets: OffsetsLog, log: ReplicaLog, offset: number, settled = 0): void {
  const entry = {
    offset: log.logEndOffset,
    leaderEpoch: log.lastEpoch,
    group: 0,
    metadata: null,
    offsets: [{ partition: 3, offset, leaderEpoch: 0 }],
  };
  log.append(1, 100, -1, 0, 0, 0, -1, -1, -1);
  offsets.append(PARTITION, entry, log, () => settled);
}

const committed = (offsets: OffsetsLog, log: ReplicaLog): number[] =>
  [...offsets.visible(PARTITION, log)].map((entry) => entry.offsets[0]!.offset);

test('a new coordinator finds what its replica holds, and nothing that was cut off', () => {
  const offsets = new OffsetsLog();
  const history = new PartitionHistory();
  const leader = new ReplicaLog(history);
  const follower = new ReplicaLog(history);
  leader.beginEpoch(0);
  append(offsets, leader, 10);
  append(offsets, leader, 20);
  follower.appendSpans(leader.spans(0, 1), 1);
  expect(committed(offsets, follower)).toEqual([10]);

  follower.beginEpoch(1);
  append(offsets, follower, 15);
  expect(committed(offsets, follower)).toEqual([10, 15]);
  expect(committed(offsets, leader)).toEqual([10, 20]);

  leader.truncateTo(1);
  leader.appendSpans(follower.spans(1, 2), 2);
  expect(committed(offsets, leader)).toEqual([10, 15]);
});

test('newer commits replace older ones, but only where every replica holds them', () => {
  const offsets = new OffsetsLog();
  const history = new PartitionHistory();
  const leader = new ReplicaLog(history);
  leader.beginEpoch(0);
  for (let commit = 0; commit < 1000; commit++) append(offsets, leader, commit, 100);
  const kept = committed(offsets, leader);
  expect(kept.at(-1)).toBe(999);
  // Everything from 100 on may still be truncated; below it the last one is enough.
  expect(kept.filter((commit) => commit < 100)).toEqual([99]);
  expect(kept.length).toBe(901);
});
