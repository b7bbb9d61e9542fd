import { expect, test } from 'vitest';
import { RandomStream } from '../../sim/index.ts';
import { reconnectedAtUs } from './reconnect.ts';

const SECOND = 1_000_000;

test('a short cut is over with the next retransmission', () => {
  const at = reconnectedAtUs(10 * SECOND, 11 * SECOND, 2 * SECOND, new RandomStream('A'));
  expect(at).toBe(11_400_000); // 0.2, 0.6, 1.4 s after the first try
});

test('after the request timed out, what counts is the next SYN of the attempt under way', () => {
  // The first attempt begins 2 s after the cut, and its SYNs follow after 1, 3 and 7 s.
  const at = reconnectedAtUs(0, 4 * SECOND, 2 * SECOND, new RandomStream('A'));
  expect(at).toBe(5 * SECOND);
});

test('the heal of a long cut is noticed up to some 15 s late, and never before it', () => {
  const lates: number[] = [];
  for (let seed = 0; seed < 200; seed++)
    lates.push(reconnectedAtUs(0, 60 * SECOND, 2 * SECOND, new RandomStream(`${seed}`)) - 60 * SECOND);
  expect(Math.min(...lates)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...lates)).toBeGreaterThan(5 * SECOND);
  expect(Math.max(...lates)).toBeLessThan(16 * SECOND);
});
