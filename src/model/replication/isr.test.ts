import { describe, expect, test } from 'vitest';
import { orders } from '../testing/orders.ts';
import { play, seconds } from '../testing/play.ts';

/** One partition: requests for several would wait in line behind each other on the producer's connection. */
const LED_BY_1 = [[1, 2, 3]];
const SEEDS = ['a', 'b', 'c', 'd', 'e', 'f'];
/** Broker 3 does not hear broker 1, which leads everything; both go on with their heartbeats. */
const NO_WAY_FROM_1_TO_3 = 'partition: { between: [ { broker: 1 }, { broker: 3 } ] }';

describe('a follower leaves the ISR', () => {
  const yaml = orders({ duration: '60s', replicas: LED_BY_1, failures: [`name: f, at: 6s, ${NO_WAY_FROM_1_TO_3}`] });

  test('30 to 45 s after it stopped keeping up (replica.lag.time.max.ms and a scan every half of it)', () => {
    for (const seed of SEEDS) {
      const leftUs = play(yaml, { seed }).ask.isrChangeUs('orders-0', 3, false);
      expect(leftUs).toBeGreaterThanOrEqual(seconds(36));
      expect(leftUs).toBeLessThanOrEqual(seconds(51.2));
    }
  });

  test('at an instant that depends on when the leader began to scan, so seeds differ', () => {
    const left = SEEDS.map((seed) => play(yaml, { seed }).ask.isrChangeUs('orders-0', 3, false));
    expect(Math.max(...left) - Math.min(...left)).toBeGreaterThan(seconds(3));
  });

  test('sooner with a shorter replica.lag.time.max.ms', () => {
    const short = orders({
      duration: '60s',
      replicas: LED_BY_1,
      cluster: ['config: { replica.lag.time.max.ms: 10000 }'],
      failures: [`name: f, at: 6s, ${NO_WAY_FROM_1_TO_3}`],
    });
    const leftUs = play(short).ask.isrChangeUs('orders-0', 3, false);
    expect(leftUs).toBeGreaterThanOrEqual(seconds(16));
    expect(leftUs).toBeLessThanOrEqual(seconds(21.2));
  });

  test('by the leader itself: its epoch stays, and only the partition epoch rises', () => {
    const { ask } = play(yaml);
    const [created, shrunk] = ask.changes('orders-0');
    expect(shrunk).toMatchObject({ reason: 'isrShrink', leaderEpoch: created!.leaderEpoch, partitionEpoch: 1 });
  });

  test('and acks=all goes on at that moment, having waited for it until then', () => {
    const { ask } = play(yaml);
    const leftUs = ask.isrChangeUs('orders-0', 3, false);
    expect(ask.longestGapUs('orders-0')).toBeGreaterThan(leftUs - seconds(6.2));
    expect(ask.acknowledgedRecords('orders-0', leftUs, leftUs + seconds(2))).toBeGreaterThan(60);
    expect(ask.fates().storedTwice).toBe(0);
  });
});

describe('a follower stays in the ISR', () => {
  test('however long it is silent while nothing is written', () => {
    const { ask } = play(
      orders({
        duration: '5m',
        replicas: LED_BY_1,
        rate: '[{ at: 0s, rate: 30/s }, { at: 5s, rate: 0/s }]',
        failures: [`name: f, at: 6s, ${NO_WAY_FROM_1_TO_3}`],
      }),
    );
    expect(ask.isrChangeUs('orders-0', 3, false)).toBe(-1);
  });

  test('until the first scan after the next write, which then need not wait 30 s', () => {
    for (const seed of SEEDS) {
      const { ask } = play(
        orders({
          duration: '130s',
          replicas: LED_BY_1,
          rate: '[{ at: 0s, rate: 30/s }, { at: 5s, rate: 0/s }, { at: 100s, rate: 30/s }]',
          failures: [`name: f, at: 6s, ${NO_WAY_FROM_1_TO_3}`],
        }),
        { seed },
      );
      const leftUs = ask.isrChangeUs('orders-0', 3, false);
      expect(leftUs).toBeGreaterThanOrEqual(seconds(100));
      expect(leftUs).toBeLessThanOrEqual(seconds(115.2));
    }
  });

  test('when it is never at the end, but always reaches what was the end at its last fetch', () => {
    const { ask } = play(
      orders({
        duration: '90s',
        replicas: LED_BY_1,
        rate: '300/s',
        producer: 'acks: 1',
        failures: ['name: f, at: 6s, degrade: { between: [ broker 3, broker 1 ], latency: +200ms }'],
      }),
    );
    expect(ask.isrChangeUs('orders-0', 3, false)).toBe(-1);
  });

  test('when it froze for less than a session', () => {
    const { ask } = play(orders({ duration: '30s', failures: ['name: f, at: 6s, for: 5s, freeze: { broker: 3 }'] }));
    expect(ask.changes('orders-0')).toHaveLength(1);
  });
});

describe('a follower comes back into the ISR', () => {
  /** Broker 3 comes back at about 20 s with some 15 s of 0.9 MB/s to copy over 3 MB/s that also carry what is new. */
  const thinWay = (crashed: number): string =>
    orders({
      duration: '70s',
      replicas: [[1, 2, 3]],
      rate: '4000/s',
      failures: [
        `name: down, at: 3s, for: 15s, crash: { broker: ${crashed} }`,
        `name: thin, at: 3s, degrade: { between: [ broker ${crashed}, [ broker 1, broker 2, broker 3 ] ], bandwidth: 24Mbps }`,
      ],
    });

  test('once its log reaches the high watermark, not before', () => {
    const { ask } = play(thinWay(3));
    const runsUs = ask.events('broker.state').find((event) => event.to === 'RUNNING' && event.atUs > seconds(18))!.atUs;
    const backUs = ask.isrChangeUs('orders-0', 3, true, seconds(19));
    expect(backUs - runsUs).toBeGreaterThan(seconds(4));
    expect(backUs - runsUs).toBeLessThan(seconds(25));
  });

  test('and acks=all waits for it meanwhile if it had caught up within replica.lag.time.max.ms', () => {
    // The same leader remembers when it last had everything, so it may join any moment.
    expect(play(thinWay(3)).ask.longestGapUs('orders-0', seconds(20))).toBeGreaterThan(seconds(3));
  });

  test('and acks=all does not wait for it when a leader elected without it never saw it caught up', () => {
    expect(play(thinWay(1)).ask.longestGapUs('orders-0', seconds(20))).toBeLessThan(seconds(1.2));
  });

  test('and while it copies, acks=all does not wait for it', () => {
    const { ask } = play(orders({ duration: '60s', failures: ['name: f, at: 6s, for: 20s, crash: { broker: 3 }'] }));
    const backUs = ask.isrChangeUs('orders-0', 3, true, seconds(26));
    expect(backUs).toBeGreaterThan(seconds(26));
    expect(ask.longestGapUs('orders-0', seconds(26))).toBeLessThan(seconds(1));
  });

  test('also of a partition to which nothing was ever written', () => {
    const { ask, simulation } = play(
      orders({ duration: '90s', rate: '0/s', failures: ['name: f, at: 5s, for: 20s, crash: { broker: 1 }'] }),
    );
    expect(ask.at('orders-0', seconds(90)).isr).toEqual([2, 3, 1]);
    expect(simulation.stats.dataEvents).toBeLessThan(5_000);
  });
});

test('a leader that its controllers cannot hear cannot shrink the ISR, so acks=all there never succeeds', () => {
  const { ask } = play(
    orders({
      duration: '70s',
      producer: 'request.timeout.ms: 60000',
      failures: [
        'name: f, at: 6s, partition: { between: [ { broker: 1 }, controllers of kafka ] }',
        'name: g, at: 6s, partition: { between: [ { broker: 1 }, [ { broker: 2 }, { broker: 3 } ] ] }',
      ],
    }),
  );
  expect(ask.changes('orders-0').map((event) => event.reason)).toEqual(['created', 'fenced']);
  // Until its oldest request has hung for request.timeout.ms the producer believes in broker 1.
  expect(ask.acknowledgedRecords('orders-0', seconds(6.1), seconds(66))).toBe(0);
});
