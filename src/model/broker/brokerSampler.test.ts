import { describe, expect, test } from 'vitest';
import { type Played, play, seconds } from '../testing/play.ts';
import { sampleIntervalUs } from './brokerSampler.ts';
import { RequestQueue } from './requestQueue.ts';

describe('the request queue', () => {
  test('holds requests until a handler takes them', () => {
    const queue = new RequestQueue();
    for (let i = 0; i < 100; i++) queue.add(1000 + i * 10, 0);
    expect(queue.waiting(999)).toBe(100);
    expect(queue.waiting(1000)).toBe(99);
    expect(queue.waiting(1495)).toBe(50);
    queue.add(2500, 1600);
    expect(queue.waiting(1600)).toBe(40);
    expect(queue.waiting(2499)).toBe(1);
    expect(queue.waiting(2500)).toBe(0);
  });
});

test('brokers are sampled once a second, in runs of more than an hour 3,600 times', () => {
  expect(sampleIntervalUs(seconds(60))).toBe(seconds(1));
  expect(sampleIntervalUs(seconds(3600))).toBe(seconds(1));
  expect(sampleIntervalUs(seconds(36_000))).toBe(seconds(10));
});

describe('samples of brokers', () => {
  const crash = (): Played =>
    play(`
name: sampled
duration: 60s
cluster: { brokers: 3, config: { min.insync.replicas: 2 }, topics: { orders: { partitions: 3, replicationFactor: 3 } } }
producers:
  checkout: { to: orders, rate: 3k/s, record: { size: 1KiB }, partitioner: round-robin }
consumers:
  billing: { from: [orders], instances: 2 }
failures:
  - { name: f, at: 20500ms, for: 15s, crash: { broker: 1 } }
`);
  const { trace } = crash();
  const of = (broker: number) => trace.brokerSamples.filter((sample) => sample.broker === broker);

  test('stop while the process is away', () => {
    const instants = of(0).map(({ atUs }) => atUs / 1e6);
    expect(instants.filter((at) => at > 20 && at < 35)).toEqual([]);
    expect(instants.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, second) => second + 1));
  });

  test('tell request handlers that have work, but little', () => {
    for (const { idleShare } of of(1)) {
      expect(idleShare).toBeLessThanOrEqual(1);
      expect(idleShare).toBeGreaterThan(0.9);
    }
    expect(of(1).some(({ idleShare }) => idleShare < 1)).toBe(true);
  });

  test('find produce requests in the purgatory while a dead follower is in the ISR', () => {
    const atUs = seconds(24);
    const waiting = trace.brokerSamples.filter((sample) => sample.atUs === atUs).map(({ produces }) => produces);
    expect(waiting.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
    expect(of(1).find((sample) => sample.atUs === seconds(10))!.produces).toBeLessThan(3);
  });

  test('find fetches of the other brokers and of consumers in the purgatory', () => {
    const { fetches } = of(1).find((sample) => sample.atUs === seconds(18))!;
    expect(fetches).toBeGreaterThanOrEqual(1);
    expect(fetches).toBeLessThanOrEqual(6);
  });

  test('tell the lag of a returned follower until it has caught up', () => {
    const back = of(0).filter(({ atUs }) => atUs > seconds(35));
    expect(back.some(({ maxLag }) => maxLag > 1000)).toBe(true);
    expect(back.at(-1)!.maxLag).toBe(0);
  });

  test('sum up logs: three copies of what was acknowledged', () => {
    const last = [0, 1, 2].map((broker) => of(broker).findLast(({ logBytes }) => logBytes >= 0)!.logBytes);
    for (const bytes of last) {
      expect(bytes).toBeGreaterThan(100_000 * 1024);
      expect(bytes).toBeLessThan(220_000 * 1024);
    }
  });
});
