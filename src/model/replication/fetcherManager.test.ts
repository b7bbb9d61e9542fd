import { describe, expect, test } from 'vitest';
import { play, seconds } from '../testing/play.ts';
import { fetcherIdOf } from './fetcherManager.ts';

describe('the fetcher of a partition', () => {
  test('is abs(31 x hash(topic) + partition) modulo num.replica.fetchers, with the hash of Java strings', () => {
    // "orders".hashCode() is -1008770331; 31 times that, in 32 bits, is -1207109189.
    expect([0, 1, 2, 3].map((partition) => fetcherIdOf('orders', partition, 4))).toEqual([1, 0, 3, 2]);
    expect(fetcherIdOf('orders', 5, 1)).toBe(0);
  });

  test('is 0 for the one number that has no positive counterpart (Utils.abs)', () => {
    const partition = -2147483648 - -1207109189;
    expect(fetcherIdOf('orders', partition, 7)).toBe(0);
  });
});

test('several fetchers copy from a distant leader as many windows at once', () => {
  const copied = (fetchers: number): number => {
    const { trace } = play(`
duration: 30s
regions: { lab: { zones: [near, far], network: { withinZone: 250us, betweenZones: 40ms, jitter: 0% } } }
cluster:
  brokers: { count: 2, zones: [near, far] }
  controllers: { count: 1, zones: [near] }
  config: { num.replica.fetchers: ${fetchers} }
  topics: { orders: { partitions: 8, replicas: { 0: [1, 2], 1: [1, 2], 2: [1, 2], 3: [1, 2], 4: [1, 2], 5: [1, 2], 6: [1, 2], 7: [1, 2] } } }
producers:
  load: { to: orders, zones: [near], rate: 8000/s, record: { size: 1kB }, partitioner: round-robin, config: { acks: 1, enable.idempotence: false } }
`);
    return trace.fetches
      .filter((one) => one.kind === 'follower' && one.atUs > seconds(10))
      .reduce((sum, one) => sum + one.bytes, 0);
  };
  const one = copied(1);
  expect(one / 20 / 1e6).toBeGreaterThan(0.6);
  expect(one / 20 / 1e6).toBeLessThan(1.3);
  expect(copied(4) / one).toBeGreaterThan(3.3);
});
