import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Histogram } from './histogram.ts';

function of(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value, 1);
  return histogram;
}

const values = fc.array(fc.integer({ min: 0, max: 2 ** 40 }), { minLength: 1, maxLength: 200 });

// Law: a percentile is within 0.8 % of the value at that rank; count, min, max and mean are exact.
test('percentiles are within one percent of a sorted list', () => {
  fc.assert(
    fc.property(values, fc.constantFrom(0.5, 0.95, 0.99, 0.999, 1), (list, share) => {
      const histogram = of(list);
      const sorted = [...list].sort((a, b) => a - b);
      const exact = sorted[Math.ceil(Math.round(share * list.length * 1e6) / 1e6) - 1]!;
      expect(Math.abs(histogram.percentile(share) - exact)).toBeLessThanOrEqual(exact / 120 + 0.5);
      expect(histogram.min).toBe(sorted[0]);
      expect(histogram.max).toBe(sorted.at(-1));
    }),
  );
});

test('two merged histograms are one', () => {
  fc.assert(
    fc.property(values, values, (left, right) => {
      const merged = of(left);
      merged.merge(of(right));
      expect(merged.summary('m', 'x', 'us')).toEqual(of([...left, ...right]).summary('m', 'x', 'us'));
    }),
  );
});

// Law: a ramp is what recording its values one by one would be, up to the rounding of inner values to integers.
test('a ramp of latencies counts as if each record had been recorded', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 5_000_000 }),
      fc.integer({ min: 0, max: 5_000_000 }),
      fc.integer({ min: 1, max: 500 }),
      (from, to, count) => {
        const ramp = new Histogram();
        ramp.recordRamp(from, to, count);
        const one = new Histogram();
        for (let i = 0; i < count; i++)
          one.record(Math.floor(count === 1 ? from : from + ((to - from) * i) / (count - 1)), 1);
        expect(ramp.count).toBe(one.count);
        expect(ramp.max).toBe(one.max);
        expect(ramp.min).toBe(one.min);
        expect(Math.abs(ramp.mean - one.mean)).toBeLessThanOrEqual(1);
        const p50 = one.percentile(0.5);
        expect(Math.abs(ramp.percentile(0.5) - p50)).toBeLessThanOrEqual(p50 / 50 + 2);
      },
    ),
  );
});

test('an empty histogram answers zero and says that it is empty', () => {
  expect(new Histogram().summary('produce.latency', 'checkout', 'us')).toMatchObject({
    count: 0,
    min: 0,
    p99: 0,
    max: 0,
  });
});
