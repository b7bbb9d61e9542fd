import { describe, expect, test } from 'vitest';
import { play } from '../testing/play.ts';

const cluster = `
duration: 4m
cluster:
  kafka: "4.1"
  brokers: 3
  config: { min.insync.replicas: 2 }
  topics:
    orders: { replicas: { 0: [1, 2, 3] } }
producers:
  checkout: { to: orders, rate: 20/s, record: { size: 100B } }
`;

describe('controllers without power', () => {
  test('what the quorum committed is on the disks of a majority, and is there again when the power is', () => {
    const { ask } = play(
      `name: power ${cluster}
operations:
  - { at: 20s, createTopic: { topic: payments, partitions: 3, replicationFactor: 3 } }
failures:
  - { at: 21s, for: 30s, powerLoss: controllers }
`,
    );
    expect(ask.events('topic.created').filter(({ topic }) => topic === 'payments')).toHaveLength(1);
    expect(ask.events('controller.active').at(-1)!.atUs).toBeGreaterThan(51e6);
    expect(ask.at('payments-0', 200e6).leader).toBeGreaterThan(0);
  });

  test('the loss of the active controller alone leaves one history: nothing is decided twice', () => {
    const { ask } = play(
      `name: power ${cluster}
failures:
  - { at: 20s, for: 20s, crash: broker 1 }
  - { at: 28s, for: 30s, powerLoss: controller }
`,
    );
    const epochs = ask.changes('orders-0').map(({ leaderEpoch }) => leaderEpoch);
    expect(epochs).toEqual([...epochs].sort((a, b) => a - b));
    expect(ask.fates()).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0 });
  });
});
