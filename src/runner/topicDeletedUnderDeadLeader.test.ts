import { expect, test } from 'vitest';
import { loadOne } from '../spec/testing/load.ts';
import { runScenario } from './runScenario.ts';

test.each(['kraft', 'zookeeper'])(
  'records of a topic that is deleted while its leader is down are not lost: %s',
  (coordination) => {
    const { ledger } = runScenario(
      loadOne(
        `
name: a topic is deleted while its leader is down
duration: 90s
cluster:
  kafka: "3.9"
  coordination: ${coordination}
  brokers: 3
  config: { auto.create.topics.enable: false }
  topics: { orders: { replicas: { 0: [3, 1, 2] } } }
producers:
  checkout: { to: orders, rate: 100/s, until: 20s, config: { acks: all } }
failures:
  - { name: down, at: 30s, for: 30s, crash: broker 3 }
operations:
  - { name: gone, at: 31s, deleteTopic: { topic: orders } }
`,
        { seed: 'deleted' },
      ),
    );
    expect(ledger.total).toMatchObject({ acknowledged: 2_000, expired: 2_000, lost: 0, stored: 0 });
  },
);
