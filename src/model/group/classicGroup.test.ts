import { describe, expect, test } from 'vitest';
import type { KafkaError } from '../../kafka/errors.ts';
import type { JoinGroupRequest, JoinGroupResponse, SyncGroupResponse } from './classicProtocol.ts';
import type { ConsumerAssignment, ConsumerSubscription } from './consumerSubscription.ts';
import { joinRequest, seconds, TestGroup } from './testGroup.ts';
import { TestTimers } from './testTimers.ts';

type Joined = JoinGroupResponse<ConsumerSubscription>;
type Synced = SyncGroupResponse<ConsumerAssignment>;

class World {
  readonly timers = new TestTimers();
  readonly test: TestGroup;

  constructor(config = {}) {
    this.test = new TestGroup(this.timers, config);
  }

  /** Joins, with the second round that KIP-394 asks for, and remembers the last answer. */
  join(client: number, changes: Partial<JoinGroupRequest<ConsumerSubscription>> = {}): { last: Joined | null } {
    const box: { last: Joined | null } = { last: null };
    this.test.group.join(joinRequest(client, changes), (response) => {
      if (response.error !== 'MEMBER_ID_REQUIRED') {
        box.last = response;
        return;
      }
      const again = joinRequest(client, { ...changes, memberId: response.memberId });
      this.test.group.join(again, (answer) => {
        box.last = answer;
      });
    });
    return box;
  }

  sync(joined: Joined | null, assignments: [string, ConsumerAssignment][] = []): { last: Synced | null } {
    const box: { last: Synced | null } = { last: null };
    const { memberId, generation, protocolName } = joined as Joined;
    this.test.group.sync(
      { memberId, groupInstanceId: null, generation, protocolName, assignments: new Map(assignments) },
      (answer) => {
        box.last = answer;
      },
    );
    return box;
  }

  heartbeat(joined: Joined | null): KafkaError {
    const { memberId, generation } = joined as Joined;
    return this.test.group.heartbeat({ memberId, groupInstanceId: null, generation });
  }
}

/** Two dynamic members in generation 1, at 6 s. */
function stablePair() {
  const world = new World();
  const leader = world.join(0);
  const follower = world.join(1);
  world.timers.runUntil(seconds(6));
  world.sync(leader.last, [
    [leader.last?.memberId as string, [0]],
    [follower.last?.memberId as string, [1]],
  ]);
  return { world, leader: leader.last as Joined, follower: follower.last as Joined };
}

describe('the coordinator of a classic group refuses', () => {
  test('a heartbeat of a member it does not know, and one of another generation', () => {
    const { world, leader } = stablePair();
    expect(world.heartbeat({ ...leader, memberId: 'stranger' })).toBe('UNKNOWN_MEMBER_ID');
    expect(world.heartbeat({ ...leader, generation: 0 })).toBe('ILLEGAL_GENERATION');
    expect(world.heartbeat(leader)).toBe('NONE');
  });

  test('a session timeout outside group.min.session.timeout.ms and group.max.session.timeout.ms', () => {
    const world = new World();
    expect(world.join(0, { sessionTimeoutUs: seconds(5) }).last?.error).toBe('INVALID_SESSION_TIMEOUT');
    expect(world.join(0, { sessionTimeoutUs: seconds(1801) }).last?.error).toBe('INVALID_SESSION_TIMEOUT');
  });

  test('more members than group.max.size', () => {
    const world = new World({ maxSize: 2 });
    world.join(0);
    world.join(1);
    expect(world.join(2).last?.error).toBe('GROUP_MAX_SIZE_REACHED');
  });

  test('a member that shares no protocol with the group', () => {
    const { world } = stablePair();
    const metadata = { topics: [0], ownedPartitions: [], generation: -1, rack: null };
    const joined = world.join(2, { protocols: [{ name: 'sticky', metadata }] });
    expect(joined.last?.error).toBe('INCONSISTENT_GROUP_PROTOCOL');
  });

  test('everything once it is unloaded, and tells the waiting ones that the coordinator moved', () => {
    const { world, leader } = stablePair();
    const newcomer = world.join(2);
    world.test.group.unload();
    expect(newcomer.last?.error).toBe('NOT_COORDINATOR');
    expect(world.heartbeat(leader)).toBe('COORDINATOR_NOT_AVAILABLE');
    expect(world.join(3).last?.error).toBe('COORDINATOR_NOT_AVAILABLE');
    expect(world.test.group.leave({ memberId: leader.memberId, groupInstanceId: null })).toBe(
      'COORDINATOR_NOT_AVAILABLE',
    );
  });
});

describe('offset commits of a classic group', () => {
  test('come from members of the current generation only, while it has members', () => {
    const { world, leader } = stablePair();
    const { group } = world.test;
    expect(group.commitAllowed(leader.memberId, null, 1)).toBe('NONE');
    expect(group.commitAllowed(leader.memberId, null, 0)).toBe('ILLEGAL_GENERATION');
    expect(group.commitAllowed('stranger', null, 1)).toBe('UNKNOWN_MEMBER_ID');
    expect(group.commitAllowed('', null, -1)).toBe('UNKNOWN_MEMBER_ID');
  });

  test('are taken from a consumer without membership while the group is Empty', () => {
    expect(new World().test.group.commitAllowed('', null, -1)).toBe('NONE');
  });

  test('still count while joins are parked, and not between join and sync', () => {
    const { world, leader, follower } = stablePair();
    const { group } = world.test;
    world.join(2);
    expect(group.commitAllowed(leader.memberId, null, 1)).toBe('NONE');
    world.join(0, { memberId: leader.memberId });
    world.join(1, { memberId: follower.memberId });
    expect(group.state).toBe('CompletingRebalance');
    expect(group.commitAllowed(leader.memberId, null, 2)).toBe('REBALANCE_IN_PROGRESS');
  });

  test('keep the session of their member alive', () => {
    const { world, leader } = stablePair();
    world.timers.runUntil(seconds(40));
    world.test.group.commitAllowed(leader.memberId, null, 1);
    world.timers.runUntil(seconds(60));
    expect(world.test.removals.map(({ member }) => member.client)).toEqual([1]);
  });
});

describe('a classic group in its generations', () => {
  test('gives a follower that repeats its JoinGroup the current generation without a rebalance', () => {
    const { world, follower } = stablePair();
    const again = world.join(1, { memberId: follower.memberId });
    expect(again.last).toMatchObject({ error: 'NONE', generation: 1, members: [] });
    expect(world.test.group.state).toBe('Stable');
  });

  test('rebalances when its leader rejoins, even with the same metadata', () => {
    const { world, leader } = stablePair();
    world.join(0, { memberId: leader.memberId });
    expect(world.test.group.state).toBe('PreparingRebalance');
  });

  test('keeps static members that did not rejoin in time, but takes a leader that did', () => {
    const world = new World();
    const as = (id: string) => ({ groupInstanceId: id, rebalanceTimeoutUs: seconds(20) });
    const first = world.join(0, as('orders-0'));
    const second = world.join(1, as('orders-1'));
    world.timers.runUntil(seconds(6));
    expect(world.test.group.members.leaderId).toBe(first.last?.memberId);
    const third = world.join(2, as('orders-2'));
    world.join(1, { ...as('orders-1'), memberId: second.last?.memberId as string });
    world.timers.runUntil(seconds(26));
    expect(world.test.generations.at(-1)).toMatchObject({ atUs: seconds(26), clients: [0, 1, 2] });
    expect([second.last?.memberId, third.last?.memberId]).toContain(world.test.group.members.leaderId);
    expect(world.test.removals).toEqual([]);
  });

  test('does not hold a missing SyncGroup of the last generation against a member of the next', () => {
    const world = new World();
    const quick = { rebalanceTimeoutUs: seconds(20) };
    world.join(0, quick);
    world.join(1, quick);
    world.timers.runUntil(seconds(10));
    world.join(2, quick);
    world.timers.runUntil(seconds(29));
    expect(world.test.removals).toEqual([]);
  });

  test('counts the session of a member whose SyncGroup was parked from the answer', () => {
    const world = new World();
    const leader = world.join(0);
    const follower = world.join(1);
    world.timers.runUntil(seconds(6));
    world.sync(follower.last);
    world.timers.runUntil(seconds(40));
    world.sync(leader.last);
    world.timers.runUntil(seconds(84));
    expect(world.test.removals).toEqual([]);
    world.timers.runUntil(seconds(85));
    expect(world.test.removals.length).toBeGreaterThan(0);
  });

  test('does not take the stored assignment of an earlier generation for its own', () => {
    const world = new World();
    const held: ((error: KafkaError) => void)[] = [];
    world.test.persist = (done) => void held.push(done);
    const leader = world.join(0);
    world.timers.runUntil(seconds(3));
    world.sync(leader.last);
    world.join(1);
    world.join(0, { memberId: leader.last?.memberId as string });
    expect(world.test.group).toMatchObject({ state: 'CompletingRebalance', generation: 2 });
    held[0]?.('NONE');
    expect(world.test.group.state).toBe('CompletingRebalance');
  });

  test('has one protocol type at a time, until it is Empty', () => {
    const { world, leader, follower } = stablePair();
    expect(world.join(2, { protocolType: 'connect' }).last?.error).toBe('INCONSISTENT_GROUP_PROTOCOL');
    for (const { memberId } of [leader, follower]) world.test.group.leave({ memberId, groupInstanceId: null });
    expect(world.test.group.state).toBe('Empty');
    const worker = world.join(3, { protocolType: 'connect' });
    world.timers.runUntil(seconds(9));
    expect(worker.last?.error).toBe('NONE');
    expect(world.join(4, { protocolType: 'consumer' }).last?.error).toBe('INCONSISTENT_GROUP_PROTOCOL');
  });

  test('tells its members why only through heartbeats', () => {
    const { world, leader } = stablePair();
    world.join(2);
    expect(world.heartbeat(leader)).toBe('REBALANCE_IN_PROGRESS');
  });

  test('votes for the protocol that most members prefer, of those that all know', () => {
    const world = new World();
    const metadata = { topics: [0], ownedPartitions: [], generation: -1, rack: null };
    const prefer = (...names: string[]) => ({ protocols: names.map((name) => ({ name, metadata })) });
    const first = world.join(0, prefer('range', 'sticky', 'roundrobin'));
    world.join(1, prefer('sticky', 'range'));
    world.join(2, prefer('sticky', 'range'));
    world.timers.runUntil(seconds(6));
    expect(first.last?.protocolName).toBe('sticky');
  });

  test('begins a new round when the assignment cannot be stored', () => {
    const world = new World();
    world.test.persist = (done) => done('NOT_ENOUGH_REPLICAS');
    const only = world.join(0);
    world.timers.runUntil(seconds(3));
    expect(world.sync(only.last).last?.error).toBe('COORDINATOR_NOT_AVAILABLE');
    expect(world.test.group.state).toBe('PreparingRebalance');
  });

  test('waits for an id that it gave out, until that id would have timed out', () => {
    const { world, leader, follower } = stablePair();
    world.test.group.join(joinRequest(2), () => {});
    world.join(3);
    world.join(0, { memberId: leader.memberId });
    world.join(1, { memberId: follower.memberId });
    expect(world.test.group.state).toBe('PreparingRebalance');
    world.timers.runUntil(seconds(6 + 45));
    expect(world.test.group.state).toBe('CompletingRebalance');
    expect(world.test.generations.at(-1)?.clients).toEqual([0, 1, 3]);
  });

  test('removes a member that was never in a generation after five minutes of waiting', () => {
    const world = new World();
    const patient = { rebalanceTimeoutUs: seconds(600) };
    const slow = world.join(0, patient);
    world.timers.runUntil(seconds(3));
    world.sync(slow.last);
    const newcomer = world.join(1, patient);
    for (let at = 30; at < 300; at += 30) {
      world.timers.runUntil(seconds(at));
      world.heartbeat(slow.last);
    }
    world.timers.runUntil(seconds(302));
    expect(newcomer.last).toBe(null);
    world.heartbeat(slow.last);
    world.timers.runUntil(seconds(303));
    expect(newcomer.last?.error).toBe('UNKNOWN_MEMBER_ID');
  });
});

describe('the next coordinator of a classic group', () => {
  test('knows generation, leader, members and assignments from the record, and starts every session anew', () => {
    const { world, leader, follower } = stablePair();
    const record = world.test.lastRecord;
    const timers = new TestTimers();
    timers.runUntil(seconds(100));
    const next = new TestGroup(timers, {}, record);
    expect(next.group).toMatchObject({ state: 'Stable', generation: 1 });
    expect(next.group.members.leaderId).toBe(leader.memberId);
    const heartbeat = { memberId: follower.memberId, groupInstanceId: null, generation: 1 };
    expect(next.group.heartbeat(heartbeat)).toBe('NONE');
    timers.runUntil(seconds(144));
    expect(next.removals).toEqual([]);
    timers.runUntil(seconds(145));
    expect(next.removals.length).toBe(2);
    expect(next.group.state).toBe('Empty');
  });
});
