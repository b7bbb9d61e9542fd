import { expect, test } from 'vitest';
import { linearScale, logScale, niceStep, timeScale } from './scales.ts';

test.each([1_000, 90_000, 2_500_000, 150_000_000, 86_400_000_000, 30 * 86_400_000_000, 1])(
  'a run of %d µs gets between one and eleven round instants, inside the axis',
  (endUs) => {
    const scale = timeScale(endUs, 100, 900, 10);
    expect(scale.ticks.length).toBeGreaterThanOrEqual(1);
    expect(scale.ticks.length).toBeLessThanOrEqual(11);
    expect(scale.ticks.every(({ value }) => value >= 0 && value <= endUs)).toBe(true);
    expect(new Set(scale.ticks.map(({ label }) => label)).size).toBe(scale.ticks.length);
    expect([scale(0), scale(endUs)]).toEqual([100, 900]);
  },
);

test('values stay between the first and last tick of a linear axis that begins at zero', () => {
  const scale = linearScale(20, 6_100, 160, 10, 'records');
  expect(scale.ticks.map(({ label }) => label)).toEqual(['0', '2\u202f000', '4\u202f000', '6\u202f000', '8\u202f000']);
  expect(scale(0)).toBe(160);
  expect(scale(8_000)).toBe(10);
});

test('a series of only zeros still has an axis', () => {
  const scale = linearScale(0, 0, 160, 10, 'count');
  expect(scale.ticks.map(({ label }) => label)).toEqual(['0', '1']);
  expect(scale(0)).toBe(160);
});

test('a logarithmic axis has whole powers of ten around the values', () => {
  const scale = logScale(2_700, 480_000, 160, 10, 'us');
  expect(scale.ticks.map(({ label }) => label)).toEqual(['1 ms', '10 ms', '100 ms', '1 s']);
  expect(scale(1)).toBe(160);
});

test('steps are one, two or five times a power of ten', () => {
  expect([0.3, 1, 1.5, 3, 7, 120].map(niceStep)).toEqual([0.5, 1, 2, 5, 10, 200]);
});
