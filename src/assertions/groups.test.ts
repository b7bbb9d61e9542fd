import { describe, expect, test } from 'vitest';
import { bound, claim, type ForgedTrace, forged } from './testing/forgedTrace.ts';

function assigned(trace: ForgedTrace, atMs: number, generation: number, held: readonly (readonly number[])[]): void {
  const members = held.map((partitions, member) => ({ client: 1 + member, partitions }));
  trace.event(atMs, { type: 'group.assigned', group: 0, generation, members });
}

function holds(
  trace: ForgedTrace,
  atMs: number,
  member: number,
  added: readonly number[],
  removed: readonly number[],
  now: readonly number[],
): void {
  trace.event(atMs, {
    type: 'member.assignment',
    group: 0,
    client: 1 + member,
    partitions: now,
    added,
    removed,
    lost: false,
  });
}

describe('rebalances', () => {
  const atMostOne = claim('rebalances', { group: 'billing', atMost: 1 });

  test('each new assignment counts', () => {
    const trace = forged([atMostOne]);
    assigned(trace, 3000, 1, [[0, 1, 2]]);
    assigned(trace, 5000, 2, [[0], [1], [2]]);
    expect(trace.judge.progress()!.expectations[0]!.status).toBe('failed');
    expect(trace.verdict(9000)).toMatchObject({ status: 'failed', observed: '2 rebalances', atUs: 5_000_000 });
  });

  test('those of the warm-up do not', () => {
    const trace = forged([atMostOne], { warmupUs: 4_000_000 });
    assigned(trace, 3000, 1, [[0, 1, 2]]);
    assigned(trace, 5000, 2, [[0], [1], [2]]);
    expect(trace.verdict(9000).status).toBe('passed');
  });

  test('a group without members decides nothing', () => {
    expect(forged([atMostOne]).verdict(9000).status).toBe('inconclusive');
  });
});

describe('consumersIdle', () => {
  const none = claim('consumersIdle', { group: 'billing', atMost: 0 });

  test('a member of the latest assignment without partitions is idle', () => {
    const trace = forged([none]);
    assigned(trace, 3000, 1, [[0, 1], [2], []]);
    expect(trace.verdict(9000)).toMatchObject({ status: 'failed', observed: 'idle: billing-2' });
  });

  test('one that stopped is not', () => {
    const trace = forged([none]);
    assigned(trace, 3000, 1, [[0, 1], [2], []]);
    trace.event(4000, { type: 'client.stopped', client: 3, graceful: false });
    expect(trace.verdict(9000).status).toBe('passed');
  });
});

describe('leadersBalanced', () => {
  const expectation = claim('leadersBalanced', { topic: 'orders' });

  test('a broker that lost its only preferred leadership is 100% out of balance', () => {
    const trace = forged([expectation]);
    for (const partition of [0, 1, 2]) trace.leads(0, partition, partition, [0, 1, 2]);
    trace.leads(1000, 0, 1, [1, 2], 0, 1);
    expect(trace.verdict(9000)).toMatchObject({
      status: 'failed',
      observed: 'broker 1 has the largest imbalance, 100%',
    });
  });

  test('only the end of the window counts', () => {
    const trace = forged([expectation]);
    for (const partition of [0, 1, 2]) trace.leads(0, partition, partition, [0, 1, 2]);
    trace.leads(1000, 0, 1, [1, 2], 0, 1);
    trace.leads(5000, 0, 0, [0, 1, 2], 0, 2);
    expect(trace.verdict(9000).status).toBe('passed');
  });
});

describe('metrics of groups', () => {
  const until = claim('metric', {
    metric: 'time.untilAssigned',
    of: 'billing',
    after: 'member-dies',
    max: bound('41.5s..52s', 41_500_000, 52_000_000),
  });
  const gaveUp = claim(
    'metric',
    { metric: 'assignment.membersGivingUp', of: 'billing', total: bound('= 2', 2, 2) },
    { window: { kind: 'during', name: 'member-dies' } },
  );

  function crash(): ForgedTrace {
    const trace = forged([
      until,
      gaveUp,
      claim('metric', { metric: 'rebalance.stoppedTime', of: 'billing', max: bound('43s', 43_000_000, 43_000_000) }),
    ]);
    for (const partition of [0, 1, 2]) trace.leads(0, partition, partition, [0, 1, 2]);
    for (const member of [0, 1, 2]) holds(trace, 4000, member, [member], [], [member]);
    trace.event(25_000, { type: 'failure.began', failure: 0, name: 'member-dies', touched: ['billing-2'] });
    trace.event(25_000, { type: 'client.stopped', client: 3, graceful: false });
    return trace;
  }

  test('an eager group has all partitions back when the last survivor has its share', () => {
    const trace = crash();
    holds(trace, 67_900, 0, [], [0], []);
    holds(trace, 67_900, 1, [], [1], []);
    holds(trace, 68_000, 0, [0, 1], [], [0, 1]);
    holds(trace, 68_000, 1, [2], [], [2]);
    const { verdicts } = trace.ends(90_000);
    expect(verdicts.map(({ status, observed }) => [status, observed])).toEqual([
      ['passed', 'max 43s'],
      ['passed', 'total 2'],
      ['passed', 'max 43s'],
    ]);
  });

  test('an assignment that stays incomplete fails the bound when its time is over', () => {
    expect(crash().ends(90_000).verdicts[0]).toMatchObject({ status: 'failed' });
    expect(crash().ends(60_000).verdicts[0]).toMatchObject({ status: 'inconclusive' });
  });
});
