import { expect, test } from 'vitest';
import { play, seconds } from '../testing/play.ts';

test.each(['x', 'y', 'z'])(
  'a follower asks a new leader that was frozen for its partitions as soon as that one runs again, seed %s',
  (seed) => {
    // Idle partitions keep long polls parked between all brokers, in which orders-0 is not.
    const run = play(
      `duration: 20s
clusters:
  main:
    kafka: "4.3"
    brokers: 3
    config: { min.insync.replicas: 1 }
    topics:
      orders: { partitions: 1, replicas: { 0: [1, 2, 3] } }
      idle: { partitions: 6, replicationFactor: 3 }
producers:
  checkout: { to: orders, rate: 20/s }
failures:
  - { name: freeze, at: 10s, for: 3s, freeze: broker 2 }
  - { name: term, at: 10.2s, stop: broker 1 }
`,
      { seed },
    );
    expect(run.ask.at('orders-0', seconds(12)).leader).toBe(2);
    const firstUs = run.trace.acknowledgements.find((one) => one.atUs > seconds(10.5))!.atUs;
    expect(firstUs).toBeGreaterThan(seconds(13));
    expect(firstUs).toBeLessThan(seconds(13.6));
  },
);
