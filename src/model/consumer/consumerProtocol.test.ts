/** Groups of the consumer protocol (KIP-848) from YAML to deliveries. */
import { describe, expect, test } from 'vitest';
import { type Played, seconds } from '../testing/play.ts';
import {
  assignmentChanges,
  type GroupScenario,
  lastChangeUs,
  memberOf,
  membersGivingUp,
  playGroup,
  readingOf,
} from './testing/groupRun.ts';

const playConsumer = (options: GroupScenario): Played => playGroup({ protocol: 'consumer', ...options });

function memberChanges(run: Played, client: number, afterUs: number): string[] {
  const changes = run.ask.events('group.member').filter((event) => event.client === client && event.atUs > afterUs);
  return changes.map(({ change }) => change);
}

/** Fails when two members of the group hold one partition at a time; those that died or froze do not count. */
function expectSingleOwners(run: Played, except: readonly number[] = []): void {
  const owners = new Map<number, number>();
  for (const event of run.trace.events) {
    if (event.type === 'client.stopped') {
      for (const [partition, client] of owners) if (client === event.client) owners.delete(partition);
    }
    if (event.type !== 'member.assignment' || except.includes(event.client)) continue;
    for (const partition of event.removed) owners.delete(partition);
    for (const partition of event.added) {
      expect(owners.get(partition), `partition ${partition} at ${event.atUs}`).toBeUndefined();
      owners.set(partition, event.client);
    }
  }
}

test('who joins gets free partitions at once, and others as their owners give them up', () => {
  const run = playConsumer({ seed: 'a', duration: '40s', group: 'startsAt: [0s, 8s, 9s]' });
  const targets = run.ask.events('group.assigned');
  expect(targets.map(({ members }) => members.length)).toEqual([1, 2, 3]);
  expect(targets.map(({ generation }) => generation)).toEqual([1, 2, 3]);
  const [first] = assignmentChanges(run);
  expect(first).toMatchObject({ client: memberOf(run, 0) });
  expect(first!.partitions.length).toBe(6);
  expectSingleOwners(run);
  expect(run.ask.events('group.state').at(-1)).toMatchObject({ to: 'Stable', generation: 3 });
  expect(readingOf(run.trace)).toMatchObject({ skipped: 0, again: 0 });
});

test('from 4.3 on no target is computed within group.consumer.assignment.interval.ms of the last one', () => {
  const at = (brokerConfig: string): number[] => {
    const run = playConsumer({ seed: 'a', duration: '30s', group: 'startsAt: [0s, 300ms, 600ms]', brokerConfig });
    return run.ask.events('group.assigned').map(({ generation }) => generation);
  };
  expect(at('')).toEqual([1, 3]);
  expect(at(', group.consumer.assignment.interval.ms: 0')).toEqual([1, 2, 3]);
});

test('a member that leaves hands its partitions to others at their next heartbeats, and nobody gives anything up', () => {
  const more = 'operations:\n  - { name: fewer, at: 25s, scale: { client: billing, instances: 2 } }';
  const run = playConsumer({ seed: 'a', duration: '60s', more });
  expect(membersGivingUp(run, seconds(25), [memberOf(run, 2)])).toEqual([]);
  expect(lastChangeUs(run, seconds(25))).toBeLessThan(seconds(5.3));
  expect(
    run.ask
      .events('group.assigned')
      .at(-1)!
      .members.map(({ partitions }) => partitions.length),
  ).toEqual([3, 3]);
  expect(readingOf(run.trace)).toMatchObject({ skipped: 0, again: 0 });
});

test('a frozen member is fenced, and learns when it thaws that its partitions are somebody else’s', () => {
  const more = 'failures:\n  - { name: pause, at: 25s, for: 60s, freeze: client billing/1 }';
  const run = playConsumer({ seed: 'a', duration: '120s', more });
  const frozen = memberOf(run, 1);
  expect(memberChanges(run, frozen, seconds(25))).toEqual(['expired', 'joined']);
  const own = assignmentChanges(run, seconds(25)).filter(({ client }) => client === frozen);
  expect(own[0]).toMatchObject({ lost: true, partitions: [] });
  expect(own[0]!.atUs).toBeGreaterThanOrEqual(seconds(85));
  expect(own.at(-1)!.partitions.length).toBe(2);
  expectSingleOwners(run, [frozen]);
  expect(readingOf(run.trace).skipped).toBe(0);
});

test('a member that works longer than max.poll.interval.ms leaves, and joins again when it polls', () => {
  const more = 'failures:\n  - { name: slow, at: 25s, for: 20s, slowConsumer: { group: billing/1, perRecord: 60s } }';
  const run = playConsumer({ seed: 'a', duration: '120s', config: ', max.poll.interval.ms: 10000', more });
  const slow = memberOf(run, 1);
  expect(memberChanges(run, slow, seconds(25))).toEqual(['left', 'joined']);
  expect(assignmentChanges(run, seconds(25)).filter(({ client }) => client === slow)[0]).toMatchObject({ lost: true });
  expect(readingOf(run.trace).skipped).toBe(0);
});

describe('static members', () => {
  const group = 'static: true';

  test('a restart within the session keeps the assignment, and nobody else notices', () => {
    const more = `operations:
  - { name: stop, at: 25s, scale: { client: billing, instances: 2 } }
  - { name: start, at: 40s, scale: { client: billing, instances: 3 } }`;
    const run = playConsumer({ seed: 'a', duration: '60s', group, more });
    const after = run.ask.events('group.assigned').filter(({ atUs }) => atUs > seconds(25));
    expect(after).toEqual([]);
    expect(memberChanges(run, memberOf(run, 2), seconds(25))).toEqual(['fenced', 'joined']);
    expect(membersGivingUp(run, seconds(25), [memberOf(run, 2)])).toEqual([]);
    expect(run.ask.events('group.state').at(-1)).toMatchObject({ from: 'Reconciling', to: 'Stable' });
    expect(readingOf(run.trace)).toMatchObject({ skipped: 0, again: 0 });
  });

  test('after a crash the instance id is not free before the session ends: the new process is refused', () => {
    const more = 'failures:\n  - { name: again, at: 25s, for: 5s, crashClient: billing/1 }';
    const run = playConsumer({ seed: 'a', duration: '100s', group, more });
    const crashed = memberOf(run, 1);
    expect(run.trace.errors.some(({ error, client }) => error === 'UNRELEASED_INSTANCE_ID' && client === crashed)).toBe(
      true,
    );
    expect(memberChanges(run, crashed, seconds(25))).toEqual(['expired']);
    expect(run.ask.events('group.assigned').at(-1)!.members.length).toBe(2);
  });
});

describe('the coordinator', () => {
  test('one that is killed loses no group: its successor finds members, epochs and offsets in its log', () => {
    for (const seed of ['1', '2', '3']) {
      const more = 'failures:\n  - { name: kill, at: 25s, crash: { coordinatorOf: billing } }';
      const run = playConsumer({ seed, duration: '80s', brokers: 3, more });
      const [before, after] = run.ask.events('group.coordinator');
      expect(after!.broker).not.toBe(before!.broker);
      expect(run.ask.events('group.assigned').filter(({ atUs }) => atUs > seconds(25))).toEqual([]);
      expect(run.ask.events('group.member').filter(({ atUs }) => atUs > seconds(25))).toEqual([]);
      expect(run.trace.commits.some(({ atUs }) => atUs > seconds(45))).toBe(true);
      expect(readingOf(run.trace)).toMatchObject({ skipped: 0, again: 0 });
    }
  });

  test('it sees new partitions in its own metadata, and hands them out', () => {
    const more = 'operations:\n  - { name: wider, at: 25s, createPartitions: { topic: orders, partitions: 9 } }';
    const run = playConsumer({ seed: 'a', duration: '60s', more });
    const last = run.ask.events('group.assigned').at(-1)!;
    expect(last.atUs).toBeGreaterThan(seconds(25));
    expect(last.atUs).toBeLessThan(seconds(30.5));
    expect(last.members.map(({ partitions }) => partitions.length)).toEqual([3, 3, 3]);
    expect(membersGivingUp(run, seconds(25), [])).toEqual([]);
  });

  test('it refuses members beyond group.consumer.max.size', () => {
    const run = playConsumer({ seed: 'a', duration: '30s', brokerConfig: ', group.consumer.max.size: 2' });
    expect(run.trace.errors.some(({ error }) => error === 'GROUP_MAX_SIZE_REACHED')).toBe(true);
    expect(run.ask.events('group.assigned').at(-1)!.members.length).toBe(2);
  });

  test('with range it gives each member a block of partitions', () => {
    const run = playConsumer({ seed: 'a', duration: '30s', config: ', group.remote.assignor: range' });
    const blocks = run.ask
      .events('group.assigned')
      .at(-1)!
      .members.map(({ partitions }) => partitions);
    const orders = [0, 1, 2, 3, 4, 5].map((number) => run.ask.partition(`orders-${number}`));
    expect(blocks).toEqual([orders.slice(0, 2), orders.slice(2, 4), orders.slice(4)]);
  });
});

test('members come and go, crash and return, and no partition ever has two owners', () => {
  for (const seed of ['1', '2', '3', '4']) {
    const more = `failures:
  - { name: kill, at: 20s, for: 5s, crashClient: billing/1 }
  - { name: leaves, at: 80s, for: 5s, leaveGroup: billing/2 }
operations:
  - { name: more, at: 110s, scale: { client: billing, instances: 5 } }
  - { name: fewer, at: 130s, scale: { client: billing, instances: 2 } }`;
    const run = playConsumer({ seed, duration: '160s', more });
    expectSingleOwners(run);
    const last = run.ask.events('group.assigned').at(-1)!;
    expect(last.members.map(({ partitions }) => partitions.length)).toEqual([3, 3]);
    expect(readingOf(run.trace).skipped).toBe(0);
  }
});

test('equal seeds give equal runs', () => {
  const more = 'failures:\n  - { name: kill, at: 20s, for: 5s, crashClient: billing/1 }';
  const digest = (): number => playConsumer({ seed: 'x', duration: '90s', brokers: 3, more }).trace.digest;
  expect(digest()).toBe(digest());
});
