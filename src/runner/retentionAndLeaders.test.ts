import { expect, test } from 'vitest';
import { loadOne } from '../spec/testing/load.ts';
import { runScenario } from './runScenario.ts';

function ledgerOf(yaml: string) {
  return runScenario(loadOne(yaml, { seed: 'retention' })).ledger.total;
}

// Each broker runs its own retention pass, 30 s after it started and every log.retention.check.interval.ms from then on (LogManager).
test('what a follower removed by retention before it was elected is expired, and not lost', () => {
  const total = ledgerOf(`
name: the restarted broker runs retention first, and becomes the leader
duration: 4m
cluster:
  brokers: 3
  config: { leader.imbalance.check.interval.seconds: 70 }
  topics:
    orders: { replicas: { 0: [3, 1, 2] }, config: { retention.ms: 45s, segment.bytes: 1MiB } }
producers:
  checkout: { to: orders, rate: 100/s, config: { acks: all } }
failures:
  - { name: down, at: 60s, for: 30s, crash: broker 3 }
`);
  expect(total.expired).toBeGreaterThan(1_000);
  expect(total).toMatchObject({ lost: 0, duplicated: 0 });
  expect(total.stored + total.expired).toBeGreaterThanOrEqual(total.acknowledged);
});

test('what the leader removed by retention and its successor still has is neither lost nor there twice', () => {
  const total = ledgerOf(`
name: the leader ran retention, and is gone
duration: 3m
cluster:
  brokers: 3
  topics:
    orders: { replicas: { 0: [1, 2, 3] }, config: { retention.ms: 45s, segment.bytes: 1MiB } }
producers:
  checkout: { to: orders, rate: 100/s, config: { acks: all } }
failures:
  - { name: restart, at: 60s, for: 10s, stop: broker 1 }
  - { name: gone, at: 130s, crash: broker 1 }
operations:
  - { name: back, at: 90s, electLeaders: { type: preferred } }
`);
  expect(total.expired).toBeGreaterThan(500);
  expect(total).toMatchObject({ lost: 0, duplicated: 0, reordered: 0 });
});
