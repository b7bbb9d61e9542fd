import { describe, expect, test } from 'vitest';
import { seconds } from '../testing/play.ts';
import { assignmentChanges, memberOf, playGroup, readingOf } from './testing/groupRun.ts';

const SEEDS = ['1', '2', '3'];
const KILL = 'failures:\n  - { name: kill, at: 25s, crashClient: billing/1 }';

describe.each(SEEDS)('a member is killed (seed %s)', (seed) => {
  test('auto commit: at most the records of one interval are read again, and none is lost', () => {
    const run = playGroup({ seed, more: KILL });
    const { skipped, again } = readingOf(run.trace);
    expect(skipped).toBe(0);
    expect(again).toBeGreaterThan(0);
    expect(again).toBeLessThanOrEqual(5.5 * 100 + 10);
  });

  test('commit after processing: what was worked on and not yet committed is read again', () => {
    const group = 'commit: after-processing\nwork: { perRecord: 8ms }';
    const run = playGroup({ seed, group, more: KILL });
    const { skipped, again } = readingOf(run.trace);
    expect(skipped).toBe(0);
    expect(again).toBeGreaterThan(0);
    expect(again).toBeLessThanOrEqual(500);
  });

  test('commit before processing: what was not worked on is lost, and nothing is read twice', () => {
    const group = 'commit: before-processing\nwork: { perRecord: 8ms }';
    const run = playGroup({ seed, group, more: KILL });
    const { skipped, again } = readingOf(run.trace);
    expect(again).toBe(0);
    expect(skipped).toBeGreaterThan(0);
    expect(skipped).toBeLessThanOrEqual(500);
  });
});

test('auto commit sends the positions every 5 s, and leaves out what has not moved', () => {
  const run = playGroup({ seed: 'a', duration: '60s' });
  const member = memberOf(run, 0);
  const instants = [...new Set(run.trace.commits.filter(({ client }) => client === member).map(({ atUs }) => atUs))];
  expect(instants.length).toBeGreaterThanOrEqual(9);
  const gaps = instants.slice(1).map((at, i) => at - instants[i]!);
  for (const gap of gaps) expect(Math.abs(gap - seconds(5))).toBeLessThan(seconds(0.05));
});

test('a committed offset never lies beyond what went through the application', () => {
  const run = playGroup({ seed: 'b', duration: '60s', group: 'work: { perRecord: 2ms, jitter: 50% }' });
  const reached = (partition: number, atUs: number): number =>
    Math.max(
      0,
      ...run.trace.deliveries
        .filter((one) => one.partition === partition && one.atUs <= atUs)
        .map(({ offset, count }) => offset + count),
    );
  expect(run.trace.commits.length).toBeGreaterThan(20);
  for (const { partition, offset, atUs } of run.trace.commits)
    expect(offset).toBeLessThanOrEqual(reached(partition, atUs));
});

test('close() commits, so that the next owner reads nothing twice', () => {
  const more = 'failures:\n  - { name: leaves, at: 23s, leaveGroup: billing/1 }';
  const run = playGroup({ seed: 'a', duration: '50s', more });
  expect(run.ask.events('client.stopped')).toMatchObject([{ client: memberOf(run, 1), graceful: true }]);
  expect(readingOf(run.trace)).toMatchObject({ skipped: 0, again: 0 });
});

test('records take as long as the scenario says, one after the other', () => {
  const run = playGroup({ seed: 'a', duration: '40s', instances: 1, rate: '200/s', group: 'work: { perRecord: 2ms }' });
  const deliveries = run.trace.deliveries.filter(({ atUs }) => atUs > seconds(30));
  const records = deliveries.reduce((sum, { count }) => sum + count, 0);
  // 200/s of 2 ms each: the member is busy 40 % of the time and keeps up.
  expect(records).toBeGreaterThan(1900);
  expect(records).toBeLessThan(2100);
  const behind = playGroup({
    seed: 'a',
    duration: '40s',
    instances: 1,
    rate: '1k/s',
    group: 'work: { perRecord: 2ms }',
  });
  const reading = readingOf(behind.trace);
  const sinceUs = assignmentChanges(behind)[0]!.atUs;
  expect(reading.delivered / ((seconds(40) - sinceUs) / 1e6)).toBeGreaterThan(485);
  expect(reading.delivered / ((seconds(40) - sinceUs) / 1e6)).toBeLessThanOrEqual(500);
});
