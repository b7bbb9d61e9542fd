import { describe, expect, test } from 'vitest';
import type { Expectation } from '../scenario/scenario.ts';
import { bound, claim, forged } from './testing/forgedTrace.ts';

function metric(name: string, params: Record<string, unknown>, more: Partial<Expectation> = {}): Expectation {
  return claim('metric', { metric: name, ...params }, more);
}

const ms = (text: string, min: number | null, max: number | null) =>
  bound(text, min === null ? null : min * 1000, max === null ? null : max * 1000);

describe('produce.latency', () => {
  const under60 = metric('produce.latency', { of: 'checkout', p99: ms('<= 60ms', null, 60) });

  test('holds when 99 of 100 records were acknowledged in time', () => {
    const trace = forged([under60]);
    for (let i = 0; i < 99; i++) trace.produces(i, 0, i, 1, 20);
    trace.produces(200, 0, 99, 1, 5000);
    expect(trace.verdict(10_000)).toMatchObject({ status: 'passed' });
  });

  test('counts failed records with the time until their failure', () => {
    const trace = forged([under60]);
    trace.produces(0, 0, 0, 10, 20);
    trace.offers(10, 0, 10, 10);
    trace.recorder.failed(0, 10, 10, 'TIMEOUT', true, 10_000, 10_000, 3_010_000);
    expect(trace.verdict(10_000)).toMatchObject({ status: 'failed' });
  });

  test('does not count the warm-up', () => {
    const trace = forged([under60], { warmupUs: 1_000_000 });
    trace.produces(100, 0, 0, 50, 500);
    trace.produces(2000, 0, 50, 5, 10);
    expect(trace.verdict(10_000)).toMatchObject({ status: 'passed', observed: 'p99 10ms' });
  });

  test('is inconclusive without samples, in a window that never came, and for a failure that touched nothing', () => {
    const quiet = forged([under60]);
    expect(quiet.verdict(1000)).toMatchObject({ status: 'inconclusive', observed: 'nothing was measured' });
    const during = { ...under60, window: { kind: 'during', name: 'broker-1-down' } } as const;
    const without = forged([during]);
    without.produces(10, 0, 0, 10);
    expect(without.verdict(1000)).toMatchObject({ status: 'inconclusive', observed: 'broker-1-down never happened' });
    const missed = forged([during]);
    missed.event(10, { type: 'failure.touchedNothing', failure: 0, name: 'broker-1-down', why: 'no broker 9' });
    expect(missed.verdict(1000)).toMatchObject({
      status: 'inconclusive',
      observed: 'broker-1-down touched nothing: no broker 9',
    });
  });

  test('takes only the samples of its window', () => {
    const steady = { ...under60, window: { kind: 'steady' } } as const;
    const during = { ...under60, window: { kind: 'during', name: 'broker-1-down' } } as const;
    const outside = { ...under60, window: { kind: 'outside', name: 'broker-1-down' } } as const;
    const trace = forged([steady, during, outside]);
    trace.produces(0, 0, 0, 10, 20);
    trace.fails(100);
    trace.produces(110, 0, 10, 10, 500);
    trace.heals(1000);
    trace.produces(1100, 0, 20, 10, 30);
    const { verdicts } = trace.ends(2000);
    expect(verdicts.map(({ status }) => status)).toEqual(['passed', 'failed', 'passed']);
    expect(verdicts[1]!.causes.at(-1)!.text).toBe('Failure broker-1-down began on broker 1');
  });
});

describe('produce.gap', () => {
  const stall = metric('produce.gap', { of: 'orders-0', max: ms('7s..11s', 7000, 11_000) });

  test('is the longest time between two acknowledgements of the partition', () => {
    const trace = forged([stall]);
    trace.produces(0, 0, 0, 1);
    trace.produces(6000, 0, 1, 1);
    trace.produces(6100, 1, 0, 1);
    trace.produces(15_000, 0, 2, 1);
    expect(trace.verdict(20_000)).toMatchObject({ status: 'passed', observed: 'max 9s', atUs: 15_005_000 });
  });

  test('is found for partitions that are created after the run began', () => {
    const trace = forged([stall, metric('time.untilLeader', { of: 'orders-0', max: ms('1s', 1000, 1000) })], {
      createsLater: true,
    });
    trace.leads(1000, 0, 0, [0, 1, 2]);
    trace.produces(2000, 0, 0, 1);
    trace.produces(10_000, 0, 1, 1);
    expect(trace.ends(20_000).verdicts.map(({ observed }) => observed)).toEqual(['max 8s', 'max 1s']);
  });

  test('of a partition whose acknowledgements never come back lasts until the end', () => {
    const trace = forged([stall]);
    trace.produces(0, 0, 0, 1);
    trace.offers(100, 0, 1, 1);
    expect(trace.verdict(30_000)).toMatchObject({ status: 'failed', observed: 'max 29.995s' });
  });

  test('does not count the silence after the load has ended', () => {
    const trace = forged([stall]);
    trace.produces(0, 0, 0, 1);
    trace.produces(8000, 0, 1, 1);
    expect(trace.verdict(60_000)).toMatchObject({ status: 'passed', observed: 'max 8s' });
  });
});

test('errors and retries are counted by name', () => {
  const trace = forged([
    metric('errors.NOT_ENOUGH_REPLICAS', { of: 'checkout', total: bound('= 2', 2, 2) }),
    metric('errors.NOT_LEADER_OR_FOLLOWER', { total: bound('= 0', 0, 0) }),
    metric('retries', { total: bound('= 1', 1, 1) }),
  ]);
  trace.produces(0, 0, 0, 5);
  trace.recorder.errorSeen(0, 0, 'NOT_ENOUGH_REPLICAS', 1000);
  trace.recorder.errorSeen(0, 1, 'NOT_ENOUGH_REPLICAS', 2000);
  trace.recorder.errorSeen(1, 1, 'NOT_ENOUGH_REPLICAS', 2000);
  trace.recorder.retried(0, 5, 'NOT_ENOUGH_REPLICAS', 2000);
  expect(trace.ends(1000).verdicts.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed']);
});

test('the share of failed records is refused and unknown over offered', () => {
  const trace = forged([metric('records.failedShare', { total: bound('28%..60%', 0.28, 0.6) })]);
  trace.produces(0, 0, 0, 60);
  trace.offers(100, 0, 60, 40);
  trace.recorder.failed(0, 60, 30, 'TIMEOUT', true, 100_000, 100_000, 900_000);
  trace.recorder.failed(0, 90, 10, 'TIMEOUT', false, 100_000, 100_000, 900_000);
  expect(trace.verdict(1000)).toMatchObject({ status: 'passed', observed: 'total 40%' });
});

describe('time until', () => {
  const untilLeader = metric('time.untilLeader', {
    of: 'orders-0',
    after: 'broker-1-down',
    max: ms('7s..10.1s', 7000, 10_100),
  });

  test('a new leader is counted from the failure', () => {
    const trace = forged([untilLeader]);
    trace.leads(0, 0, 0, [0, 1, 2]);
    const crash = trace.fails(6000);
    trace.leads(14_000, 0, 1, [1, 2], crash, 1);
    expect(trace.verdict(46_000)).toMatchObject({ status: 'passed', observed: 'max 8s', atUs: 14_000_000 });
  });

  test('the old leader that comes back is no new leader', () => {
    const trace = forged([untilLeader]);
    trace.leads(0, 0, 0, [0, 1, 2]);
    trace.fails(6000);
    trace.leads(8000, 0, -1, [0], 0, 1);
    trace.leads(14_000, 0, 0, [0], 0, 2);
    expect(trace.verdict(46_000).status).toBe('failed');
  });

  test('a leader that never came fails an upper bound only when the time was over', () => {
    for (const [endMs, status] of [
      [30_000, 'failed'],
      [10_000, 'inconclusive'],
    ] as const) {
      const trace = forged([untilLeader]);
      trace.leads(0, 0, 0, [0, 1, 2]);
      trace.fails(6000);
      expect(trace.verdict(endMs).status).toBe(status);
    }
  });

  test('without the failure nothing is decided', () => {
    const trace = forged([untilLeader]);
    trace.leads(0, 0, 0, [0, 1, 2]);
    expect(trace.verdict(46_000)).toMatchObject({ status: 'inconclusive', observed: 'broker-1-down never happened' });
  });

  test('a full ISR, a fenced broker, an exit and an active controller are counted too', () => {
    const trace = forged([
      metric('time.untilIsrFull', { of: 'orders-0', after: 'broker-1-down.end', max: ms('2s', 2000, 2000) }),
      metric('time.untilFenced', { of: 'broker 1', after: 'broker-1-down', max: ms('9s', 9000, 9000) }),
      metric('time.untilExit', { after: 'broker-1-down', max: ms('1s', 1000, 1000) }),
      metric('time.untilController', { after: 'broker-1-down', max: ms('3s', 3000, 3000) }),
    ]);
    trace.leads(0, 0, 0, [0, 1, 2]);
    trace.fails(1000);
    trace.event(2000, { type: 'broker.exited', broker: 0, clean: true });
    trace.event(4000, { type: 'controller.active', controller: 0, cluster: 'main', epoch: 2 });
    trace.event(10_000, { type: 'broker.control', broker: 0, from: 'UNFENCED', to: 'FENCED', reason: 'session' });
    trace.leads(10_000, 0, 1, [1, 2]);
    trace.heals(20_000);
    trace.leads(22_000, 0, 1, [0, 1, 2]);
    expect(trace.ends(30_000).verdicts.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed', 'passed']);
  });
});

describe('time until a reassignment ended', () => {
  const untilReassigned = metric('time.untilReassigned', {
    of: 'orders-0',
    after: 'broker-1-down',
    max: ms('<= 20s', null, 20_000),
  });
  const moves = (trace: ReturnType<typeof forged>, atMs: number, replicas: number[], adding: number[]) =>
    trace.event(atMs, {
      type: 'partition.changed',
      partition: 0,
      leader: 0,
      leaderEpoch: 0,
      isr: [0, 1, 2],
      elr: [],
      partitionEpoch: 1,
      reason: 'reassignment',
      unclean: false,
      replicas,
      adding,
      removing: [],
    });

  test('is counted from the reference to the record without replicas that come or go', () => {
    const trace = forged([untilReassigned]);
    trace.leads(0, 0, 0, [0, 1, 2]);
    trace.fails(1000);
    moves(trace, 2000, [0, 1, 2, 3], [3]);
    moves(trace, 16_000, [0, 1, 2, 3], []);
    expect(trace.verdict(60_000)).toMatchObject({ status: 'passed', observed: 'max 15s' });
  });

  test('fails an upper bound when it never ended within it', () => {
    const trace = forged([untilReassigned]);
    trace.leads(0, 0, 0, [0, 1, 2]);
    trace.fails(1000);
    moves(trace, 2000, [0, 1, 2, 3], [3]);
    expect(trace.verdict(60_000).status).toBe('failed');
  });

  test('says nothing when nothing moved', () => {
    const trace = forged([untilReassigned]);
    trace.leads(0, 0, 0, [0, 1, 2]);
    trace.fails(1000);
    expect(trace.verdict(60_000).status).toBe('inconclusive');
  });
});

test('a lag is weighted by the time for which it held', () => {
  const trace = forged([
    metric('consumer.lag', { of: 'billing', max: bound('= 100', 100, 100), mean: bound('50', 50, 50) }),
  ]);
  trace.leads(0, 0, 0, [0, 1, 2]);
  trace.delivers(0, 0, 0, 0, 1);
  trace.recorder.highWatermark(0, 0, 1, 0);
  trace.recorder.highWatermark(0, 0, 101, 500_000);
  expect(trace.verdict(1000)).toMatchObject({ status: 'passed', observed: 'max 100, mean 50' });
});

test('a count of zero says nothing when nothing could have been counted', () => {
  const none = bound('= 0', 0, 0);
  const trace = forged([
    metric('retries', { total: none }),
    metric('elections.unclean', { of: 'orders', total: none }),
    metric('rebalance.count', { of: 'billing', total: none }),
  ]);
  expect(trace.ends(1000).verdicts.map(({ status }) => status)).toEqual([
    'inconclusive',
    'inconclusive',
    'inconclusive',
  ]);
});

test('a metric that does not exist is the front door’s mistake and not a verdict', () => {
  expect(() => forged([metric('produce.latencyy', { p99: bound('< 1', null, 1) })])).toThrow(
    'there is no metric produce.latencyy',
  );
});

describe('produce.blocked', () => {
  const blocked = (params: object) => claim('metric', { metric: 'produce.blocked', of: 'checkout', ...params });

  test('is the longest wait of a send() for room in the buffer', () => {
    const trace = forged([blocked({ max: bound('< 2s', null, 1_999_999) })]);
    trace.offers(0, 0, 0, 10);
    trace.recorder.sendBlocked(0, 1_000_000, 3_500_000);
    trace.recorder.sendBlocked(0, 4_000_000, 4_100_000);
    expect(trace.verdict(9000)).toMatchObject({ status: 'failed', observed: 'max 2.5s', atUs: 3_500_000 });
  });

  test('is nothing when no send() had to wait', () => {
    const trace = forged([blocked({ max: bound('= 0s', 0, 0), total: bound('= 0s', 0, 0) })]);
    trace.offers(0, 0, 0, 10);
    expect(trace.verdict(9000)).toMatchObject({ status: 'passed', observed: 'max 0s, total 0s' });
  });
});
