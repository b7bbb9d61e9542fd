import { expect, test } from 'vitest';
import { play } from '../testing/play.ts';

const SEEDS = Array.from({ length: 60 }, (_, number) => `rejoin-${number}`);

/** Brokers 10 ms apart, so that a follower's fetch is often on its way; below min ISR nothing is appended and nobody has news. */
const YAML = `
duration: 100s
regions: { west: { zones: [a, b, c], network: { betweenZones: 10ms } } }
cluster:
  brokers: { count: 3, zones: [a, b, c] }
  config: { min.insync.replicas: 2 }
  topics: { orders: { replicas: { 0: [1, 2, 3], 1: [2, 3, 1], 2: [3, 1, 2] } } }
producers:
  load: { to: orders, rate: 60/s, from: 2s, partitioner: round-robin, config: { acks: all, linger.ms: 0, delivery.timeout.ms: 30s, request.timeout.ms: 10s } }
failures:
  - { name: one, at: 10s, for: 60s, crash: broker 1 }
  - { name: two, at: 25s, for: 45s, crash: broker 2 }
expect: [{ noRecordLoss: { topic: orders } }]
`;

test('a follower that becomes eligible while its fetch is on the way joins the ISR with the next one', () => {
  for (const seed of SEEDS) {
    const { ask } = play(YAML, { seed });
    for (const partition of ['orders-0', 'orders-1', 'orders-2'])
      expect(ask.changes(partition).at(-1)!.isr.length, `${partition} under seed ${seed}`).toBe(3);
  }
});
