import { describe, expect, test } from 'vitest';
import { seconds, TestConsumerGroup } from './testConsumerGroup.ts';

/** A has revoked and B has got its half. */
function groupOfTwo(changes: object = {}): TestConsumerGroup {
  const test = new TestConsumerGroup(changes);
  test.heartbeat('A', 0);
  test.acknowledge('A', 1, [0, 1, 2, 3, 4, 5]);
  test.heartbeat('B', 0);
  test.heartbeat('A', 1);
  test.acknowledge('A', 1, [0, 1, 2]);
  test.heartbeat('B', 2);
  test.acknowledge('B', 2, [3, 4, 5]);
  return test;
}

describe('joining', () => {
  test('the first member gets everything at once, and its answer says how often to heartbeat', () => {
    const t = new TestConsumerGroup();
    expect(t.heartbeat('A', 0)).toEqual({
      error: 'NONE',
      memberEpoch: 1,
      heartbeatIntervalUs: seconds(5),
      assignment: [0, 1, 2, 3, 4, 5],
    });
    expect(t.group.state).toBe('Stable');
  });

  test('the second is at the group epoch at once, and waits for partitions that are not released', () => {
    const t = new TestConsumerGroup();
    t.heartbeat('A', 0);
    expect(t.heartbeat('B', 0)).toMatchObject({ memberEpoch: 2, assignment: [] });
    expect([t.standing('A'), t.standing('B')]).toEqual(['STABLE@1', 'UNRELEASED_PARTITIONS@2']);
    expect(t.heartbeat('A', 1)).toMatchObject({ memberEpoch: 1, assignment: [0, 1, 2] });
    expect(t.standing('A')).toBe('UNREVOKED_PARTITIONS@1');
    expect(t.acknowledge('A', 1, [0, 1, 2])).toMatchObject({ memberEpoch: 2, assignment: null });
    expect(t.heartbeat('B', 2)).toMatchObject({ memberEpoch: 2, assignment: [3, 4, 5] });
    expect(t.states).toEqual(['Stable', 'Reconciling', 'Stable']);
  });

  test('a plain heartbeat changes and writes nothing', () => {
    const t = groupOfTwo();
    const before = t.records.length;
    expect(t.heartbeat('A', 2)).toMatchObject({ error: 'NONE', memberEpoch: 2, assignment: null });
    expect(t.records.length).toBe(before);
  });

  test('GROUP_MAX_SIZE_REACHED beyond group.consumer.max.size, but not for members', () => {
    const t = groupOfTwo({ maxSize: 2 });
    expect(t.heartbeat('C', 0).error).toBe('GROUP_MAX_SIZE_REACHED');
    expect(t.heartbeat('A', 2).error).toBe('NONE');
  });

  test('UNSUPPORTED_ASSIGNOR for one that group.consumer.assignors does not have', () => {
    expect(new TestConsumerGroup().heartbeat('A', 0, { serverAssignor: 'sticky' }).error).toBe('UNSUPPORTED_ASSIGNOR');
  });

  test('the assignor that most members name is taken', () => {
    const t = new TestConsumerGroup();
    t.heartbeat('B', 0, { serverAssignor: 'range' });
    t.heartbeat('A', 0, { serverAssignor: 'range' });
    expect(t.group.image.target.get('A')).toEqual([0, 1, 2]);
    expect(t.group.image.target.get('B')).toEqual([3, 4, 5]);
  });
});

describe('epochs', () => {
  test('UNKNOWN_MEMBER_ID for an id that the group does not have', () => {
    expect(groupOfTwo().heartbeat('X', 2).error).toBe('UNKNOWN_MEMBER_ID');
  });

  test('FENCED_MEMBER_EPOCH for an epoch that is ahead', () => {
    expect(groupOfTwo().heartbeat('A', 3).error).toBe('FENCED_MEMBER_EPOCH');
  });

  test('the previous epoch is taken from a member whose answer was lost, if it owns no more than it may', () => {
    const t = groupOfTwo();
    expect(t.heartbeat('A', 1).error).toBe('FENCED_MEMBER_EPOCH');
    expect(t.acknowledge('A', 1, [0, 1, 2, 3]).error).toBe('FENCED_MEMBER_EPOCH');
    expect(t.acknowledge('A', 1, [0, 1])).toMatchObject({ error: 'NONE', memberEpoch: 2 });
  });

  test('a known member that joins anew with nothing gets everything said again', () => {
    const t = groupOfTwo();
    expect(t.heartbeat('A', 0)).toMatchObject({ error: 'NONE', memberEpoch: 2, assignment: [0, 1, 2] });
    expect(t.group.groupEpoch).toBe(2);
  });

  test('commits need the member’s epoch: STALE_MEMBER_EPOCH for any other', () => {
    const t = groupOfTwo();
    expect(t.group.commitAllowed('A', 2)).toBe('NONE');
    expect(t.group.commitAllowed('A', 1)).toBe('STALE_MEMBER_EPOCH');
    expect(t.group.commitAllowed('A', 3)).toBe('STALE_MEMBER_EPOCH');
    expect(t.group.commitAllowed('X', 2)).toBe('UNKNOWN_MEMBER_ID');
    expect(t.group.commitAllowed('', -1)).toBe('UNKNOWN_MEMBER_ID');
    expect(new TestConsumerGroup().group.commitAllowed('', -1)).toBe('NONE');
  });
});

describe('leaving and being left out', () => {
  test('a member that leaves raises the group epoch; the others get its share at their own heartbeats', () => {
    const t = groupOfTwo();
    expect(t.heartbeat('B', -1)).toMatchObject({ error: 'NONE', memberEpoch: -1 });
    expect([t.group.state, t.group.groupEpoch, t.group.image.assignmentEpoch]).toEqual(['Assigning', 3, 2]);
    expect(t.heartbeat('A', 2)).toMatchObject({ memberEpoch: 3, assignment: [0, 1, 2, 3, 4, 5] });
  });

  test('the group is Empty when the last one has left', () => {
    const t = new TestConsumerGroup();
    t.heartbeat('A', 0);
    t.heartbeat('A', -1);
    expect(t.group.state).toBe('Empty');
  });

  test('a member is removed group.consumer.session.timeout.ms after its last heartbeat, whatever it commits', () => {
    const t = groupOfTwo();
    t.timers.at(seconds(10), 1, () => void t.heartbeat('A', 2));
    t.timers.at(seconds(40), 1, () => void t.group.commitAllowed('B', 2));
    t.timers.runUntil(seconds(60));
    expect(t.removals).toEqual([
      { memberId: 'B', reason: 'session.expired', atUs: seconds(45) },
      { memberId: 'A', reason: 'session.expired', atUs: seconds(55) },
    ]);
  });

  test('a member that does not confirm a revocation within its rebalance timeout is removed, although it heartbeats', () => {
    const t = new TestConsumerGroup();
    t.heartbeat('A', 0, { rebalanceTimeoutUs: seconds(30) });
    t.heartbeat('B', 0);
    for (let at = 5; at <= 60; at += 5) t.timers.at(seconds(at), 1, () => void t.heartbeat('A', 1));
    t.timers.runUntil(seconds(40));
    expect(t.removals).toEqual([{ memberId: 'A', reason: 'rebalance.timeout', atUs: seconds(35) }]);
    expect(t.heartbeat('A', 1).error).toBe('UNKNOWN_MEMBER_ID');
  });
});

describe('static members', () => {
  const instance = { groupInstanceId: 'one' };

  test('who comes back under the instance id that was released takes over, without a new epoch', () => {
    const t = groupOfTwo();
    t.heartbeat('A', -1);
    t.heartbeat('B', -1);
    t.heartbeat('C', 0, instance);
    const { groupEpoch } = t.group;
    t.heartbeat('C', -2, instance);
    expect([t.standing('C'), t.group.state]).toEqual(['STABLE@-2', 'Reconciling']);
    expect(t.heartbeat('D', 0, instance)).toMatchObject({ memberEpoch: groupEpoch, assignment: [0, 1, 2, 3, 4, 5] });
    expect([t.group.groupEpoch, t.standing('C')]).toEqual([groupEpoch, 'none']);
    expect(t.heartbeat('C', groupEpoch, instance).error).toBe('UNKNOWN_MEMBER_ID');
  });

  test('UNRELEASED_INSTANCE_ID while the holder has not said that it left', () => {
    const t = new TestConsumerGroup();
    t.heartbeat('A', 0, instance);
    expect(t.heartbeat('B', 0, instance).error).toBe('UNRELEASED_INSTANCE_ID');
    t.timers.runUntil(seconds(45));
    expect(t.heartbeat('B', 0, instance).error).toBe('NONE');
  });

  test('the pause of a static member does not prolong its session', () => {
    const t = new TestConsumerGroup();
    t.heartbeat('A', 0, instance);
    t.timers.at(seconds(20), 1, () => void t.heartbeat('A', -2, instance));
    t.timers.runUntil(seconds(60));
    expect(t.removals).toEqual([{ memberId: 'A', reason: 'session.expired', atUs: seconds(45) }]);
  });
});

describe('topics', () => {
  test('new partitions of a subscribed topic raise the group epoch with the next heartbeat of anybody', () => {
    const t = groupOfTwo();
    t.partitions = [0, 1, 2, 3, 4, 5, 6, 7];
    expect(t.heartbeat('B', 2)).toMatchObject({ memberEpoch: 3 });
    expect(t.group.groupEpoch).toBe(3);
    expect([...t.group.image.target.values()].flat().sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('another subscription raises it too, the same one does not', () => {
    const t = groupOfTwo();
    t.heartbeat('B', 2, { subscribedTopics: ['orders'] });
    expect(t.group.groupEpoch).toBe(2);
    t.heartbeat('B', 2, { subscribedTopics: ['orders', 'payments'] });
    expect(t.group.groupEpoch).toBe(3);
  });

  test('within group.consumer.assignment.interval.ms of the last target there is no other one', () => {
    const t = new TestConsumerGroup({ assignmentIntervalUs: seconds(1) });
    t.heartbeat('A', 0);
    expect(t.heartbeat('B', 0)).toMatchObject({ memberEpoch: 1, assignment: [] });
    expect([t.group.state, t.group.groupEpoch]).toEqual(['Assigning', 2]);
    t.timers.runUntil(seconds(1));
    expect(t.heartbeat('B', 1)).toMatchObject({ memberEpoch: 2, assignment: null });
    expect(t.group.image.target.get('B')?.length).toBe(3);
  });
});

describe('the log', () => {
  test('what could not be appended has not happened', () => {
    const t = groupOfTwo();
    const { image } = t.group;
    t.appendError = 'NOT_ENOUGH_REPLICAS';
    expect(t.heartbeat('C', 0).error).toBe('COORDINATOR_NOT_AVAILABLE');
    expect(t.heartbeat('B', -1).error).toBe('COORDINATOR_NOT_AVAILABLE');
    expect(t.group.image).toBe(image);
    expect(t.heartbeat('B', 2).error).toBe('NONE');
  });

  test('the next coordinator knows epochs, targets and who has not released what; sessions begin anew', () => {
    const t = new TestConsumerGroup();
    t.heartbeat('A', 0, { rebalanceTimeoutUs: seconds(20) });
    t.heartbeat('B', 0);
    t.heartbeat('A', 1);
    t.timers.runUntil(seconds(10));
    t.failOver();
    expect(t.group.state).toBe('Reconciling');
    expect(t.heartbeat('B', 2)).toMatchObject({ error: 'NONE', memberEpoch: 2, assignment: null });
    expect(t.acknowledge('A', 1, [0, 1, 2])).toMatchObject({ memberEpoch: 2 });
    expect(t.heartbeat('B', 2).assignment).toEqual([3, 4, 5]);
    t.timers.runUntil(seconds(54));
    expect(t.removals).toEqual([]);
  });

  test('a coordinator that has resigned answers COORDINATOR_NOT_AVAILABLE', () => {
    const t = groupOfTwo();
    t.group.unload();
    expect(t.heartbeat('A', 2).error).toBe('COORDINATOR_NOT_AVAILABLE');
    expect(t.group.commitAllowed('A', 2)).toBe('COORDINATOR_NOT_AVAILABLE');
  });
});
