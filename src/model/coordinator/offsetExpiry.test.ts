import { describe, expect, test } from 'vitest';
import { playGroup, readingOf } from '../consumer/testing/groupRun.ts';
import { seconds } from '../testing/play.ts';
import { OffsetAges } from './offsetAges.ts';

/** With `latest` a group does not read what came before its first assignment, here within seven seconds. */
const BEFORE_THE_FIRST_POSITION = 20 * 7;

const minutes = (count: number): number => seconds(60 * count);

describe('how old offsets are', () => {
  const ages = new OffsetAges();
  ages.committed(0, minutes(1));
  ages.committed(1, minutes(5));

  test('those of a group with members never expire', () => {
    expect(ages.expired([0, 1], { hasMembers: true, emptySinceUs: null }, minutes(100))).toEqual([]);
  });

  test('those of an empty classic group count from when it became Empty', () => {
    const user = { hasMembers: false, emptySinceUs: minutes(9) };
    expect(ages.expired([0, 1], user, minutes(8))).toEqual([]);
    expect(ages.expired([0, 1], user, minutes(9))).toEqual([0, 1]);
  });

  test('those of any other group count from their commit', () => {
    expect(ages.expired([0, 1], { hasMembers: false, emptySinceUs: null }, minutes(4))).toEqual([0]);
  });
});

describe('a group that is down for longer than offsets.retention.minutes', () => {
  const brokerConfig = ', offsets.retention.minutes: 10, offsets.retention.check.interval.ms: 60000';
  const downUntil = (sec: number): string => `operations:
  - { name: down, at: 60s, scale: { client: billing, instances: 0 } }
  - { name: up, at: ${sec}s, scale: { client: billing, instances: 3 } }`;
  const options = { seed: 'a', rate: '20/s', reset: 'latest', brokerConfig };

  test.each([undefined, 'consumer'] as const)(
    'protocol %s: begins at the end, and never reads what came meanwhile',
    (protocol) => {
      const run = playGroup({ ...options, duration: '15m', more: downUntil(780), ...(protocol ? { protocol } : {}) });
      const resets = run.ask.events('consumer.reset').filter(({ atUs }) => atUs > seconds(780));
      expect(resets.length).toBe(6);
      expect(readingOf(run.trace).skipped).toBeGreaterThan(20 * 700);
    },
  );

  test.each([undefined, 'consumer'] as const)(
    'protocol %s: one that is back in time goes on where it was',
    (protocol) => {
      const run = playGroup({ ...options, duration: '15m', more: downUntil(600), ...(protocol ? { protocol } : {}) });
      expect(run.ask.events('consumer.reset').filter(({ atUs }) => atUs > seconds(600))).toEqual([]);
      expect(readingOf(run.trace).skipped).toBeLessThan(BEFORE_THE_FIRST_POSITION);
    },
  );

  test('a new coordinator knows how long the group has been empty', () => {
    const more = `failures:\n  - { name: kill, at: 300s, for: 30s, crash: { coordinatorOf: billing } }\n${downUntil(800)}`;
    const run = playGroup({ ...options, brokers: 3, duration: '15m', more });
    expect(run.ask.events('group.coordinator').length).toBeGreaterThan(1);
    expect(run.ask.events('consumer.reset').filter(({ atUs }) => atUs > seconds(800)).length).toBe(6);
  });
});

test('a topic that members subscribe to keeps its offsets, however long nothing is committed', () => {
  const brokerConfig = ', offsets.retention.minutes: 1, offsets.retention.check.interval.ms: 10000';
  const more =
    'failures:\n  - { name: again, at: 400s, for: 60s, crashClient: billing/1 }\n  - { name: quiet, at: 20s, for: 350s, crashClient: checkout }';
  const run = playGroup({ seed: 'a', rate: '20/s', reset: 'latest', duration: '10m', brokerConfig, more });
  expect(run.ask.events('consumer.reset').filter(({ atUs }) => atUs > seconds(30))).toEqual([]);
  expect(readingOf(run.trace).skipped).toBeLessThan(BEFORE_THE_FIRST_POSITION);
});
