import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TraceDigest } from './traceDigest.ts';

function digestOf(...values: unknown[]): string {
  const digest = new TraceDigest();
  for (const value of values) digest.data(value);
  return digest.hex();
}

test('the digest of a known trace never changes', () => {
  expect(digestOf(0, 1, -1, 2 ** 40, 'orders', { b: [1, 2], a: null }, true, 0.5)).toMatchInlineSnapshot(
    `"7d6c7df35c802b9d"`,
  );
});

test('the order in which a fact names its fields does not count, the order of facts does', () => {
  expect(digestOf({ leader: 1, isr: [1, 2] })).toBe(digestOf({ isr: [1, 2], leader: 1 }));
  expect(digestOf(1, 2)).not.toBe(digestOf(2, 1));
  expect(digestOf([1, 2], [3])).not.toBe(digestOf([1], [2, 3]));
});

test('large integers, negative ones and fractions all count', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (a, b) => {
      fc.pre(a !== b);
      expect(digestOf(a)).not.toBe(digestOf(b));
    }),
  );
  expect(digestOf(0.25)).not.toBe(digestOf(0.75));
});
