import { describe, expect, test } from 'vitest';
import { play, seconds } from '../testing/play.ts';
import { parseResetPolicy } from './resetPolicy.ts';
import { playGroup, readingOf } from './testing/groupRun.ts';

const LATE = 'startsAt: 20s';

describe('without a committed offset', () => {
  test('earliest begins at the start of the log', () => {
    const run = playGroup({ seed: 'a', duration: '30s', group: LATE });
    expect(readingOf(run.trace).skipped).toBe(0);
    expect(run.ask.events('consumer.reset').map(({ toOffset, policy }) => [toOffset, policy])).toEqual(
      Array(6).fill([0, 'earliest']),
    );
  });

  test('latest begins at the end: what was written before is never read', () => {
    const run = playGroup({ seed: 'a', duration: '40s', group: LATE, reset: 'latest' });
    const resets = run.ask.events('consumer.reset');
    expect(resets.length).toBe(6);
    const skipped = resets.reduce((sum, { toOffset }) => sum + toOffset, 0);
    // 20 s and the join, at 300/s.
    expect(skipped).toBeGreaterThan(23 * 300);
    expect(skipped).toBeLessThan(27.5 * 300);
    expect(readingOf(run.trace).skipped).toBe(skipped);
  });

  test('by_duration begins with the first record that is young enough', () => {
    const run = playGroup({
      seed: 'a',
      duration: '40s',
      group: LATE,
      reset: '"by_duration:PT10S"',
    });
    const [reset] = run.ask.events('consumer.reset');
    const first = run.trace.deliveries.find(({ partition }) => partition === reset!.partition)!;
    expect(reset!.atUs - first.createdFromUs).toBeLessThanOrEqual(seconds(10));
    expect(reset!.atUs - first.createdFromUs).toBeGreaterThan(seconds(9.8));
  });

  test('none throws NoOffsetForPartitionException, and the application ends', () => {
    const run = playGroup({ seed: 'a', duration: '30s', reset: 'none' });
    expect(run.ask.errorCounts()).toMatchObject({ NoOffsetForPartitionException: 3 });
    expect(run.ask.events('client.stopped').length).toBe(3);
    expect(run.trace.deliveries).toEqual([]);
  });
});

test('a group that comes back goes on where it committed', () => {
  const more = 'failures:\n  - { name: stop, at: 20s, for: 10s, leaveGroup: billing }';
  const run = playGroup({ seed: 'a', duration: '50s', more });
  expect(run.ask.events('consumer.reset').length).toBe(6);
  expect(readingOf(run.trace)).toMatchObject({ skipped: 0, again: 0 });
  expect(run.trace.deliveries.some(({ atUs }) => atUs > seconds(45))).toBe(true);
});

test('a position that retention has overtaken is reset', () => {
  const run = play(
    `duration: 15m
clusters:
  main:
    brokers: 1
    config: { offsets.topic.replication.factor: 1, log.retention.check.interval.ms: 10000 }
    topics:
      orders: { partitions: 1, replicationFactor: 1, config: { retention.ms: 60000, segment.ms: 30000 } }
producers:
  checkout: { to: orders, rate: 10/s }
consumers:
  billing: { from: orders, config: { auto.offset.reset: earliest } }
failures:
  - { name: stop, at: 60s, for: 10m, leaveGroup: billing }`,
    { seed: 'a' },
  );
  const last = run.ask.events('consumer.reset').at(-1)!;
  expect(last).toMatchObject({ policy: 'earliest', why: 'OFFSET_OUT_OF_RANGE' });
  expect(last.toOffset).toBeGreaterThan(last.fromOffset);
  expect(readingOf(run.trace).skipped).toBe(last.toOffset - last.fromOffset);
});

test('a leader that dies costs the consumer no record and no reset', () => {
  for (const seed of ['1', '2', '3']) {
    const more = 'failures:\n  - { name: kill, at: 25s, for: 20s, crash: leader of orders-0 }';
    const run = playGroup({ seed, duration: '80s', brokers: 3, more });
    expect(readingOf(run.trace)).toMatchObject({ skipped: 0, again: 0 });
    expect(run.ask.events('consumer.reset').filter(({ fromOffset }) => fromOffset >= 0)).toEqual([]);
    expect(run.ask.events('group.assigned').length).toBe(1);
    expect(run.trace.deliveries.some(({ partition, atUs }) => partition === 0 && atUs > seconds(75))).toBe(true);
  }
});

test('fetch.min.bytes holds records back until enough are there, or fetch.max.wait.ms is over', () => {
  const lateness = (config: string): number => {
    const run = playGroup({ seed: 'a', duration: '30s', config });
    const late = run.trace.deliveries.filter(({ atUs }) => atUs > seconds(15));
    return Math.max(...late.map(({ atUs, createdFromUs }) => atUs - createdFromUs));
  };
  expect(lateness('')).toBeLessThan(seconds(0.05));
  const held = lateness(', fetch.min.bytes: 1000000');
  expect(held).toBeGreaterThan(seconds(0.4));
  expect(held).toBeLessThan(seconds(0.6));
});

test('max.poll.records limits a batch, not what is fetched', () => {
  const group = 'commit: after-processing\nwork: { perRecord: 1ms }\nstartsAt: 20s';
  const run = playGroup({ seed: 'a', duration: '40s', instances: 1, group, config: ', max.poll.records: 50' });
  const steps = run.trace.commits.filter(({ atUs }) => atUs < seconds(30)).length;
  const delivered = run.trace.deliveries
    .filter(({ atUs }) => atUs < seconds(30))
    .reduce((sum, one) => sum + one.count, 0);
  expect(delivered / steps).toBeGreaterThan(45);
  expect(delivered / steps).toBeLessThanOrEqual(50);
  const fetches = run.trace.requests.filter(({ api, atUs }) => api === 'Fetch' && atUs < seconds(30)).length;
  expect(fetches).toBeLessThan(steps / 5);
});

test('auto.offset.reset is read as Kafka reads it', () => {
  expect(parseResetPolicy('latest')).toEqual({ name: 'latest', timestamp: -1 });
  expect(parseResetPolicy('by_duration:P1DT2H3M4.5S').timestamp).toBe(93_784_500_000);
  expect(() => parseResetPolicy('by_duration:10s')).toThrow('not a policy');
});

test('a consumer that has read what an unclean election loses goes back to where the logs agree', () => {
  const run = play(
    `duration: 100s
clusters:
  main:
    brokers: 3
    topics:
      orders: { partitions: 1, replicas: {0: [1, 2]}, config: { min.insync.replicas: 1, unclean.leader.election.enable: true } }
producers:
  checkout: { to: orders, rate: 100/s, config: { acks: 1, enable.idempotence: false } }
consumers:
  billing: { from: orders, config: { auto.offset.reset: earliest } }
failures:
  - { name: follower, at: 20s, for: 40s, crash: broker 2 }
  - { name: leader, at: 50s, crash: broker 1 }`,
    { seed: 'a' },
  );
  const reset = run.ask.events('consumer.reset').at(-1)!;
  expect(reset.why).toBe('the log was truncated below the position');
  expect(reset.toOffset).toBeLessThan(reset.fromOffset);
  const after = run.trace.deliveries.find(({ atUs }) => atUs > reset.atUs)!;
  expect(after.offset).toBe(reset.toOffset);
});

test('what a member does names what happened to its group, and that names the failure', () => {
  const more = 'failures:\n  - { name: kill, at: 25s, crashClient: billing/1 }';
  const run = playGroup({ seed: 'a', more });
  const chain: string[] = [];
  let event = run.ask.events('member.assignment').at(-1) as (typeof run.trace.events)[number] | undefined;
  while (event !== undefined) {
    chain.push(event.type);
    event = run.trace.events[event.cause];
  }
  expect(chain[0]).toBe('member.assignment');
  expect(chain).toContain('group.assigned');
  expect(chain.at(-1)).toBe('failure.began');
});
