import { expect, test } from 'vitest';
import { seconds } from '../testing/play.ts';
import { assignmentChanges, memberOf, playGroup, readingOf } from './testing/groupRun.ts';

test('a member that works longer than max.poll.interval.ms leaves, loses its partitions and comes back', () => {
  const more = 'failures:\n  - { name: slow, at: 25s, for: 20s, slowConsumer: { group: billing/1, perRecord: 60s } }';
  const run = playGroup({ seed: 'a', duration: '120s', config: ', max.poll.interval.ms: 10000', more });
  const slow = memberOf(run, 1);
  const changes = run.ask.events('group.member').filter(({ client, atUs }) => client === slow && atUs > seconds(25));
  expect(changes.map(({ change }) => change)).toEqual(['left', 'joined']);
  expect(changes[0]!.atUs - seconds(25)).toBeGreaterThan(seconds(10));
  expect(changes[0]!.atUs - seconds(25)).toBeLessThan(seconds(10.5));
  const own = assignmentChanges(run, seconds(25)).filter(({ client }) => client === slow);
  expect(own[0]).toMatchObject({ lost: true, partitions: [] });
  expect(own.at(-1)!.partitions.length).toBe(2);
  expect(readingOf(run.trace).skipped).toBe(0);
});

test('a frozen member expires, and learns when it thaws that its partitions are somebody else’s', () => {
  const more = 'failures:\n  - { name: pause, at: 25s, for: 60s, freeze: client billing/1 }';
  const run = playGroup({ seed: 'a', duration: '120s', more });
  const frozen = memberOf(run, 1);
  const changes = run.ask.events('group.member').filter(({ client, atUs }) => client === frozen && atUs > seconds(25));
  expect(changes.map(({ change }) => change)).toEqual(['expired', 'joined']);
  const own = assignmentChanges(run, seconds(25)).filter(({ client }) => client === frozen);
  expect(own[0]).toMatchObject({ lost: true });
  expect(own[0]!.atUs).toBeGreaterThanOrEqual(seconds(85));
  expect(readingOf(run.trace).skipped).toBe(0);
});

test('in each generation every partition has exactly one owner', () => {
  const more = `failures:
  - { name: kill, at: 20s, for: 5s, crashClient: billing/1 }
  - { name: leaves, at: 80s, for: 5s, leaveGroup: billing/2 }
operations:
  - { name: more, at: 110s, scale: { client: billing, instances: 5 } }
  - { name: fewer, at: 130s, scale: { client: billing, instances: 2 } }`;
  for (const assignor of ['RangeAssignor', 'CooperativeStickyAssignor']) {
    const run = playGroup({ seed: 'a', duration: '160s', assignor, more });
    const generations = run.ask.events('group.assigned');
    expect(generations.length).toBeGreaterThan(4);
    for (const { members } of generations) {
      const given = members.flatMap(({ partitions }) => partitions);
      expect(new Set(given).size).toBe(given.length);
    }
    const last = generations.at(-1)!;
    expect(last.members.map(({ partitions }) => partitions.length).sort()).toEqual([3, 3]);
    expect(readingOf(run.trace).skipped).toBe(0);
  }
});

test('a group of more members than partitions leaves some without', () => {
  const run = playGroup({ seed: 'a', duration: '20s', instances: 8 });
  const [assigned] = run.ask.events('group.assigned');
  expect(assigned!.members.map(({ partitions }) => partitions.length).sort()).toEqual([0, 0, 1, 1, 1, 1, 1, 1]);
});

test('without a coordinator members go on reading, and cannot commit', () => {
  const more = 'failures:\n  - { name: kill, at: 25s, crash: { coordinatorOf: billing } }';
  const run = playGroup({ seed: 'a', duration: '60s', brokers: 3, replicationFactor: 3, offsetsFactor: 1, more });
  expect(run.trace.commits.some(({ atUs }) => atUs > seconds(25.1))).toBe(false);
  expect(run.trace.deliveries.some(({ atUs }) => atUs > seconds(45))).toBe(true);
  expect(run.ask.events('group.coordinator').length).toBe(1);
});

test('__consumer_offsets cannot be created with fewer brokers than its replication factor, and nobody reads', () => {
  const run = playGroup({ seed: 'a', duration: '30s', brokers: 1, offsetsFactor: 3 });
  expect(run.trace.deliveries).toEqual([]);
  expect(run.ask.events('topic.createFailed').length).toBeGreaterThan(1);
  expect(run.ask.events('group.coordinator')).toEqual([]);
});

test('a coordinator that is killed loses no group: its successor finds members and offsets in its log', () => {
  for (const seed of ['1', '2', '3', '4']) {
    const more = 'failures:\n  - { name: kill, at: 25s, crash: { coordinatorOf: billing } }';
    const run = playGroup({ seed, duration: '80s', brokers: 3, more });
    const [before, after] = run.ask.events('group.coordinator');
    expect(after!.broker).not.toBe(before!.broker);
    expect(after!.atUs - seconds(25)).toBeGreaterThan(seconds(7));
    expect(after!.atUs - seconds(25)).toBeLessThan(seconds(10.5));
    expect(run.ask.events('group.assigned').length).toBe(1);
    expect(run.trace.commits.some(({ atUs }) => atUs > seconds(45))).toBe(true);
    expect(readingOf(run.trace)).toMatchObject({ skipped: 0, again: 0 });
  }
});

test('equal seeds give equal runs', () => {
  const more = 'failures:\n  - { name: kill, at: 20s, for: 5s, crashClient: billing/1 }';
  const digest = (): number => playGroup({ seed: 'x', duration: '90s', brokers: 3, more }).trace.digest;
  expect(digest()).toBe(digest());
});
