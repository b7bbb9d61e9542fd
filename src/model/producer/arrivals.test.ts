import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RatePoint } from '../../scenario/scenario.ts';
import { Arrivals } from './arrivals.ts';
import { partitionShares } from './keyShares.ts';
import { RateCurve } from './rateCurve.ts';

const SEC = 1_000_000;
const UNTIL_US = 100 * SEC;

const points: fc.Arbitrary<RatePoint[]> = fc
  .array(
    fc.record({
      at: fc.integer({ min: 1, max: 90 }),
      recordsPerSec: fc.constantFrom(0, 1, 7, 100, 2_000),
      shape: fc.constantFrom('step' as const, 'ramp' as const),
    }),
    { maxLength: 5 },
  )
  .map((more) => {
    const times = [...new Set(more.map(({ at }) => at))].sort((a, b) => a - b);
    const later = times.map((at, i) => ({
      atUs: at * SEC,
      recordsPerSec: more[i]!.recordsPerSec,
      shape: more[i]!.shape,
    }));
    return [{ atUs: 0, recordsPerSec: 50, shape: 'step' as const }, ...later];
  });

describe('arrivals', () => {
  // Law: a record has come exactly when the count says so; times ascend.
  test('are counted and timed alike, whatever the rate does', () => {
    fc.assert(
      fc.property(
        points,
        fc.constantFrom(1, 0.5, 1 / 3),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        (rates, share, phase) => {
          const arrivals = new Arrivals(new RateCurve(rates, 1, 0, UNTIL_US), share, phase);
          const total = arrivals.countBy(UNTIL_US);
          let before = 0;
          for (let i = 0; i < total; i += Math.max(1, Math.floor(total / 50))) {
            const atUs = arrivals.timeOf(i);
            expect(Number.isInteger(atUs)).toBe(true);
            expect(atUs).toBeGreaterThanOrEqual(before);
            expect(arrivals.countBy(atUs)).toBeGreaterThanOrEqual(i + 1);
            if (atUs > 1) expect(arrivals.countBy(atUs - 2)).toBeLessThanOrEqual(i + 1);
            before = atUs;
          }
          expect(arrivals.timeOf(total + 1)).toBe(Number.POSITIVE_INFINITY);
        },
      ),
      { numRuns: 200, seed: 51 },
    );
  });

  // Law: shares of one curve lose and invent nothing.
  test('of several partitions add up to the whole rate', () => {
    fc.assert(
      fc.property(points, fc.integer({ min: 1, max: 12 }), (rates, partitions) => {
        const curve = new RateCurve(rates, 1, 0, UNTIL_US);
        let sum = 0;
        for (let i = 0; i < partitions; i++)
          sum += new Arrivals(curve, 1 / partitions, i / partitions).countBy(UNTIL_US);
        expect(Math.abs(sum - curve.countBy(UNTIL_US))).toBeLessThanOrEqual(partitions);
      }),
      { numRuns: 100, seed: 52 },
    );
  });

  test('begin and end when the producer does', () => {
    const arrivals = new Arrivals(
      new RateCurve([{ atUs: 0, recordsPerSec: 10, shape: 'step' }], 1, 20 * SEC, 30 * SEC),
      1,
      0,
    );
    expect(arrivals.countBy(20 * SEC)).toBe(0);
    expect(arrivals.timeOf(0)).toBe(20.1 * SEC);
    expect([arrivals.countBy(30 * SEC), arrivals.countBy(90 * SEC)]).toEqual([100, 100]);
  });

  test('of a ramp come as the area under it', () => {
    const curve = new RateCurve(
      [
        { atUs: 0, recordsPerSec: 0, shape: 'ramp' },
        { atUs: 10 * SEC, recordsPerSec: 100, shape: 'step' },
      ],
      1,
      0,
      20 * SEC,
    );
    expect(curve.countBy(5 * SEC)).toBeCloseTo(125, 6);
    expect(curve.countBy(10 * SEC)).toBeCloseTo(500, 6);
    expect(curve.countBy(20 * SEC)).toBeCloseTo(1_500, 6);
  });
});

describe('shares of keyed partitions', () => {
  const sum = (shares: readonly number[]): number => shares.reduce((total, share) => total + share, 0);

  test('add up to one and, with many equal keys, are about even', () => {
    const shares = partitionShares({ kind: 'uniform', count: 20_000 }, 20, 6);
    expect(sum(shares)).toBeCloseTo(1, 9);
    for (const share of shares) expect(Math.abs(share * 6 - 1)).toBeLessThan(0.05);
  });

  test('follow a hot key to its partition', () => {
    const shares = partitionShares({ kind: 'hot', count: 10_000, hotShare: 0.4 }, 20, 6);
    expect(sum(shares)).toBeCloseTo(1, 9);
    expect(Math.max(...shares)).toBeCloseTo(0.4 + 0.6 / 6, 1);
  });

  test('leave partitions empty to which no key hashes', () => {
    const shares = partitionShares({ kind: 'uniform', count: 2 }, 20, 12);
    expect(shares.filter((share) => share > 0).length).toBeLessThanOrEqual(2);
  });
});
