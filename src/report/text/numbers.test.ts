import { describe, expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatInstant,
  formatPercent,
  formatQuantity,
  plural,
} from './numbers.ts';

const thin = (text: string) => text.replaceAll('_', '\u202f');

describe('durations', () => {
  test.each([
    [0, '0 s'],
    [1, '1 µs'],
    [250, '250 µs'],
    [999, '999 µs'],
    [999.6, '1 ms'],
    [8_400, '8.4 ms'],
    [12_345, '12.3 ms'],
    [999_499, '999 ms'],
    [999_600, '1 s'],
    [8_400_000, '8.4 s'],
    [59_940_000, '59.9 s'],
    [59_960_000, '1 min'],
    [185_000_000, '3 min 5 s'],
    [3_599_800_000, '1 h'],
    [7_800_000_000, '2 h 10 min'],
    [86_400_000_000, '1 d'],
    [30 * 86_400_000_000, '30 d'],
    [-8_400_000, '−8.4 s'],
    [Number.NaN, '—'],
  ])('%d µs is written %s', (us, text) => {
    expect(formatDuration(us)).toBe(text);
  });
});

describe('instants', () => {
  test.each([
    [0, '0 s'],
    [40_215_000, '40.215 s'],
    [118_000_000, '118 s'],
    [723_500_000, '12 min 3.5 s'],
    [900_000_000, '15 min'],
    [7_200_000_000, '2 h'],
    [93_849_700_000, '26 h 4 min 9 s'],
    [7_259_960_000, '2 h 1 min'],
  ])('%d µs is written %s', (us, text) => {
    expect(formatInstant(us)).toBe(text);
  });
});

describe('shares', () => {
  test.each([
    [1, '100%'],
    [0, '0%'],
    [0.9995, '99.95%'],
    [0.5, '50%'],
    [0.99999, '99.999%'],
    [0.000001, '0.0001%'],
    [0.9999999999, '> 99.999999%'],
    [0.0000000001, '< 0.000001%'],
    [1.2, '120%'],
  ])('%d is written %s', (share, text) => {
    expect(formatPercent(share)).toBe(text);
  });
});

test('counts are grouped with a thin space and keep at most two decimals', () => {
  expect(formatCount(1_204_388)).toBe(thin('1_204_388'));
  expect(formatCount(999)).toBe('999');
  expect(formatCount(1234.5)).toBe(thin('1_234.5'));
  expect(formatCount(-1000)).toBe(thin('−1_000'));
  expect(formatCount(-0.001)).toBe('0');
  expect(formatCount(2 ** 53)).toBe(thin('9_007_199_254_740_992'));
});

test('bytes use decimal multiples', () => {
  expect([0, 999, 1_000, 10_240_000, 999_600].map(formatBytes)).toEqual(['0 B', '999 B', '1 kB', '10.2 MB', '1 MB']);
});

test('a quantity carries the unit of its series', () => {
  expect(formatQuantity(2000, 'records/s')).toBe(thin('2_000 /s'));
  expect(formatQuantity(2_048_000, 'bytes/s')).toBe('2.05 MB/s');
  expect(formatQuantity(0.25, 'share')).toBe('25%');
});

test('one of a thing is singular', () => {
  expect([plural(0, 'broker'), plural(1, 'broker'), plural(2, 'entry', 'entries')]).toEqual([
    '0 brokers',
    '1 broker',
    '2 entries',
  ]);
});
