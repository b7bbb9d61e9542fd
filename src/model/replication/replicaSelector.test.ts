import { describe, expect, test } from 'vitest';
import { isRackAwareSelector, type ReadReplica, selectRackAware } from './replicaSelector.ts';

const LEADER: ReadReplica = { broker: 0, id: 1, rack: 'a', logEndOffset: 100, sinceCaughtUpUs: 0 };

function follower(id: number, rack: string | null, logEndOffset = 100, sinceCaughtUpUs = 10): ReadReplica {
  return { broker: id - 1, id, rack, logEndOffset, sinceCaughtUpUs };
}

function chosen(rack: string | null, ...followers: ReadReplica[]): number {
  return selectRackAware(LEADER, [LEADER, ...followers], rack).id;
}

describe('RackAwareReplicaSelector', () => {
  test('chooses the follower in the rack of the consumer', () => {
    expect(chosen('b', follower(2, 'b'), follower(3, 'c'))).toBe(2);
  });

  test('keeps to the leader when it is in the rack of the consumer, however many followers are there too', () => {
    expect(chosen('a', follower(2, 'a', 100, 0))).toBe(1);
  });

  test('keeps to the leader when the consumer names no rack, or one that no replica is in', () => {
    expect(chosen(null, follower(2, 'b'))).toBe(1);
    expect(chosen('', follower(2, 'b'))).toBe(1);
    expect(chosen('d', follower(2, 'b'), follower(3, null))).toBe(1);
  });

  test('prefers the largest log end offset in the rack', () => {
    expect(chosen('b', follower(4, 'b', 90, 0), follower(2, 'b', 95, 900))).toBe(2);
  });

  test('then the one that was caught up more recently', () => {
    expect(chosen('b', follower(4, 'b', 90, 500), follower(2, 'b', 90, 100))).toBe(2);
  });

  test('then the highest broker id', () => {
    expect(chosen('b', follower(2, 'b'), follower(4, 'b'), follower(3, 'b'))).toBe(4);
  });

  test('is named by replica.selector.class, with or without its package', () => {
    expect(isRackAwareSelector('org.apache.kafka.common.replica.RackAwareReplicaSelector')).toBe(true);
    expect(isRackAwareSelector('RackAwareReplicaSelector')).toBe(true);
    expect(isRackAwareSelector(null)).toBe(false);
  });
});
