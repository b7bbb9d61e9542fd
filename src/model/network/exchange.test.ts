import { describe, expect, test } from 'vitest';
import { Exchange } from './exchange.ts';

const POLL_US = 500_000;

function sentAt(us: number): Exchange<string, string> {
  const exchange = new Exchange<string, string>('Fetch', '', { onResponse: () => {}, onFailure: () => {} });
  exchange.sentAtUs = us;
  return exchange;
}

describe('the long poll’s round that is under way ends', () => {
  test('one wait after it was parked, and then every wait', () => {
    const exchange = sentAt(900_000);
    exchange.park(1_000_000, () => {});
    expect(exchange.pollEndUs(1_000_000, POLL_US)).toBe(1_500_000);
    expect(exchange.pollEndUs(1_499_999, POLL_US)).toBe(1_500_000);
    expect(exchange.pollEndUs(1_500_000, POLL_US)).toBe(2_000_000);
    expect(exchange.pollEndUs(2_700_000, POLL_US)).toBe(3_000_000);
  });

  test('one wait after it is sent when the follower still appends before it sends', () => {
    expect(sentAt(1_000_450).pollEndUs(1_000_000, POLL_US)).toBe(1_500_450);
  });
});
