import { describe, expect, test } from 'vitest';
import type { Expectation } from '../scenario/scenario.ts';
import { claim, type ForgedTrace, forged } from './testing/forgedTrace.ts';

const duringFailure: Partial<Expectation> = { window: { kind: 'during', name: 'broker-1-down' } };

function created(expectations: readonly Expectation[]): ForgedTrace {
  const trace = forged(expectations);
  for (const partition of [0, 1, 2]) trace.leads(0, partition, partition, [0, 1, 2]);
  return trace;
}

describe('always and never', () => {
  const noneOffline = claim('always', { offlinePartitions: { topic: 'orders', equals: 0 } });

  test('a partition without a leader breaks it from that instant on, and the crash is the cause', () => {
    const trace = created([noneOffline]);
    const crash = trace.fails(1000);
    trace.leads(2000, 0, -1, [0], crash, 1);
    trace.leads(5000, 0, 1, [1], crash, 2);
    const verdict = trace.verdict(10_000);
    expect(verdict).toMatchObject({
      status: 'failed',
      atUs: 2_000_000,
      observed: '1 offline partitions of orders at 2s (3s in all)',
    });
    expect(verdict.causes.map(({ text }) => text)).toEqual([
      'orders-0: no leader in epoch 1, ISR [1] (fenced)',
      'Failure broker-1-down began on broker 1',
    ]);
  });

  test('a state that lasts no time does not count', () => {
    const trace = created([noneOffline]);
    trace.leads(2000, 0, -1, [0], 0, 1);
    trace.leads(2000, 0, 1, [1], 0, 2);
    expect(trace.verdict(10_000).status).toBe('passed');
  });

  test('only its window counts, and what holds as the window opens does', () => {
    const trace = created([{ ...noneOffline, ...duringFailure }, noneOffline]);
    trace.leads(500, 0, -1, [0], 0, 1);
    trace.fails(1000);
    trace.leads(1500, 0, 1, [1], 0, 2);
    trace.heals(2000);
    trace.leads(3000, 1, -1, [1], 0, 2);
    const { verdicts } = trace.ends(10_000);
    expect(verdicts.map(({ status, atUs }) => [status, atUs])).toEqual([
      ['failed', 1_000_000],
      ['failed', 500_000],
    ]);
  });

  test('trouble before and after the window is none of its business', () => {
    const trace = created([{ ...noneOffline, ...duringFailure }]);
    trace.leads(500, 0, -1, [0], 0, 1);
    trace.leads(800, 0, 1, [1], 0, 2);
    trace.fails(1000);
    trace.heals(2000);
    trace.leads(2000, 0, -1, [1], 0, 3);
    expect(trace.verdict(10_000).status).toBe('passed');
  });

  test('a window that never opened, and a topic that never existed, decide nothing', () => {
    expect(created([{ ...noneOffline, ...duringFailure }]).verdict(1000).status).toBe('inconclusive');
    expect(forged([noneOffline]).verdict(1000)).toMatchObject({
      status: 'inconclusive',
      observed: 'there was nothing to look at in that time',
    });
  });

  test('never is always not', () => {
    const trace = created([claim('never', { isr: { partition: 'orders-0', atMost: 1 } })]);
    trace.leads(2000, 0, 0, [0], 0, 0);
    expect(trace.verdict(3000)).toMatchObject({
      status: 'failed',
      observed: 'the ISR of orders-0 is [1] at 2s (1s in all)',
    });
  });
});

describe('eventually', () => {
  const back = claim('eventually', {
    leader: { partition: 'orders-0', equals: 1 },
    within: 45_000_000,
    after: 'broker-1-down.end',
  });

  test('holds when the preferred leader is back in time', () => {
    const trace = created([back]);
    trace.fails(1000);
    trace.leads(9000, 0, 1, [1, 2], 0, 1);
    trace.heals(20_000);
    trace.leads(38_000, 0, 0, [0, 1, 2], 0, 2);
    expect(trace.verdict(90_000)).toMatchObject({ status: 'passed', observed: 'it held after 18s', atUs: 38_000_000 });
  });

  test('fails when it held only before, or too late', () => {
    const trace = created([back]);
    trace.fails(1000);
    trace.leads(9000, 0, 1, [1, 2], 0, 1);
    trace.heals(20_000);
    trace.leads(66_000, 0, 0, [0, 1, 2], 0, 2);
    expect(trace.verdict(90_000)).toMatchObject({ status: 'failed', atUs: 65_000_000 });
  });

  test('is inconclusive when the run ended before the time was over, or the failure never came', () => {
    const short = created([back]);
    short.fails(1000);
    short.leads(9000, 0, 1, [1, 2], 0, 1);
    short.heals(20_000);
    expect(short.verdict(30_000).status).toBe('inconclusive');
    expect(created([back]).verdict(30_000).status).toBe('inconclusive');
  });

  test('each strike of a failure is judged', () => {
    const trace = created([
      claim('eventually', { underReplicated: { equals: 0 }, within: 10_000_000, after: 'broker-1-down.end' }),
    ]);
    for (const [atMs, backMs] of [
      [1000, 5000],
      [50_000, 75_000],
    ] as const) {
      trace.fails(atMs);
      trace.leads(atMs + 1, 0, 1, [1, 2], 0, 1);
      trace.heals(atMs + 3000);
      trace.leads(backMs, 0, 1, [0, 1, 2], 0, 1);
    }
    expect(trace.verdict(90_000)).toMatchObject({ status: 'failed', atUs: 63_000_000 });
  });
});

describe('at', () => {
  const leaderAt46 = claim('at', { at: 46_000_000, leader: { partition: 'orders-0', equals: 2 } });

  test('sees what happened at that very instant and nothing later', () => {
    const trace = created([leaderAt46]);
    trace.leads(46_000, 0, 1, [1, 2], 0, 1);
    trace.leads(46_001, 0, 2, [2], 0, 2);
    expect(trace.verdict(50_000)).toMatchObject({ status: 'passed', observed: 'the leader of orders-0 is 2' });
  });

  test('fails with the state it saw, and is inconclusive when the run ended earlier', () => {
    expect(created([leaderAt46]).verdict(50_000)).toMatchObject({
      status: 'failed',
      observed: 'the leader of orders-0 is 1',
    });
    expect(created([leaderAt46]).verdict(46_000).status).toBe('failed');
    expect(created([leaderAt46]).verdict(45_000).status).toBe('inconclusive');
  });
});

describe('facts', () => {
  const atEnd = (fact: Record<string, unknown>) => claim('at', { at: 10_000_000, ...fact });

  test('answer for brokers, controllers, groups, assignments, topics and offsets', () => {
    const trace = created([
      atEnd({ brokerState: { broker: 1, equals: 'FENCED' } }),
      atEnd({ brokerState: { broker: 2, not: 'NOT_RUNNING' } }),
      atEnd({ controller: { equals: 101 } }),
      atEnd({ groupState: { group: 'billing', equals: 'Stable' } }),
      atEnd({ assignment: { group: 'billing', complete: true } }),
      atEnd({ assignment: { group: 'billing', member: 'billing-1', equals: ['orders-2', 'orders-1'] } }),
      atEnd({ topicExists: { topic: 'payments', equals: false } }),
      atEnd({ endOffset: { partition: 'orders-0', equals: 10 } }),
      atEnd({ highWatermark: { partition: { topic: 'orders', partition: 0 }, below: 9 } }),
      atEnd({ consumerLag: { group: 'billing', equals: 3 } }),
      atEnd({ consumerLag: { group: 'billing', by: 'committed', equals: 7 } }),
      atEnd({ isr: { partition: 'orders-0', equals: [3, 2, 1] } }),
      atEnd({ replicas: { partition: 'orders-1', contains: 1, size: 3 } }),
      atEnd({ isr: { partition: 'orders-0', excludes: 9 } }),
      atEnd({ underMinIsr: { equals: 0 } }),
    ]);
    trace.event(100, { type: 'broker.state', broker: 1, from: 'RECOVERY', to: 'RUNNING' });
    trace.event(100, { type: 'controller.active', controller: 0, cluster: 'main', epoch: 1 });
    trace.event(100, {
      type: 'group.state',
      group: 0,
      from: 'Empty',
      to: 'Stable',
      generation: 1,
      reason: 'all joined',
    });
    const takes = (client: number, partitions: readonly number[]) =>
      trace.event(100, {
        type: 'member.assignment',
        group: 0,
        client,
        partitions,
        added: partitions,
        removed: [],
        lost: false,
      });
    takes(1, [0]);
    takes(2, [1, 2]);
    trace.produces(200, 0, 0, 10);
    trace.recorder.highWatermark(0, 0, 8, 300_000);
    trace.delivers(400, 0, 0, 0, 5);
    trace.recorder.committed(0, 1, 0, 1, 500_000);
    const { verdicts } = trace.ends(20_000);
    expect(
      verdicts.filter(({ status }) => status !== 'passed').map(({ expected, observed }) => [expected, observed]),
    ).toEqual([]);
  });

  test('a group that starts at the beginning lags before it has read anything', () => {
    const lagBelow = claim('at', { at: 1_000_000, consumerLag: { group: 'billing', below: 5 } });
    const trace = forged([lagBelow], { offsetReset: 'earliest' });
    trace.leads(0, 0, 0, [0, 1, 2]);
    trace.recorder.highWatermark(0, 0, 50, 10_000);
    expect(trace.verdict(2000)).toMatchObject({ status: 'failed', observed: 'the lag of group billing is 50 records' });
    const later = forged([lagBelow]);
    later.leads(0, 0, 0, [0, 1, 2]);
    later.recorder.highWatermark(0, 0, 50, 10_000);
    expect(later.verdict(2000).status).toBe('inconclusive');
  });
});

test('a broker that is not to be in the ISR fails the fact while it is there', () => {
  const trace = forged([claim('always', { isr: { partition: 'orders-0', excludes: 3 } })]);
  trace.leads(0, 0, 0, [0, 1]);
  trace.leads(1000, 0, 0, [0, 1, 2], trace.fails(900));
  expect(trace.verdict(2000)).toMatchObject({ status: 'failed', atUs: 1_000_000 });
});
