import { describe, expect, test } from 'vitest';
import { LED_BY_1, orders } from '../testing/orders.ts';
import { play, seconds } from '../testing/play.ts';

/** How long the first batch that met NOT_LEADER_OR_FOLLOWER waited until it was appended by the new leader. */
function repeatedAfterUs(kafka: string, seed: string): number {
  const { ask, trace } = play(
    orders({
      duration: '20s',
      kafka,
      replicas: LED_BY_1,
      rate: '600/s',
      producer: 'acks: 1',
      failures: ['name: term, at: 6s, stop: { broker: 1 }'],
    }),
    { seed },
  );
  const refused = trace.errors.find(({ error }) => error === 'NOT_LEADER_OR_FOLLOWER')!;
  const again = trace.appends.find(
    ({ partition, broker, atUs }) =>
      partition === refused.partition && ask.brokerId(broker) === 2 && atUs > refused.atUs,
  )!;
  return again.atUs - refused.atUs;
}

describe('a batch refused with NOT_LEADER_OR_FOLLOWER', () => {
  test('goes to the new leader at once when the error names it (KIP-951, since 3.7)', () => {
    for (const seed of ['a', 'b', 'c']) expect(repeatedAfterUs('4.1', seed)).toBeLessThan(seconds(0.03));
  });

  test('waits retry.backoff.ms before, up to 3.6', () => {
    for (const seed of ['a', 'b', 'c']) expect(repeatedAfterUs('3.6', seed)).toBeGreaterThanOrEqual(seconds(0.1));
  });
});
