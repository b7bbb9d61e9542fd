import { expect, test } from 'vitest';
import { play, seconds } from '../testing/play.ts';

/** Broker 1 leads `orders` and `payments`; nothing is written for 20 s, then broker 2 is cut off, and both are written to. */
const CUT_US = seconds(20);
const SCENARIO = `name: long polls
duration: 45s
cluster:
  kafka: "4.1"
  brokers: 3
  config: { replica.lag.time.max.ms: 10000 }
  topics:
    orders: { replicas: { 0: [1, 2] }, config: { min.insync.replicas: 1 } }
    payments: { replicas: { 0: [1, 2] }, config: { min.insync.replicas: 1 } }
producers:
  checkout: { to: orders, rate: 10/s, from: 20200ms, config: { acks: 1 } }
  billing: { to: payments, rate: 10/s, from: 21s, config: { acks: 1 } }
failures:
  - { name: cut, at: 20s, partition: { between: [ { broker: 2 }, { broker: 1 } ] } }
`;

test('a follower that long polled until it was cut off leaves every ISR after replica.lag.time.max.ms, not sooner', () => {
  for (const seed of ['a', 'b', 'c', 'd']) {
    const { ask } = play(SCENARIO, { seed });
    for (const name of ['orders-0', 'payments-0']) {
      const leftUs = ask.isrChangeUs(name, 2, false) - CUT_US;
      expect(leftUs).toBeGreaterThanOrEqual(seconds(9.5));
      expect(leftUs).toBeLessThanOrEqual(seconds(15.5));
    }
  }
});
