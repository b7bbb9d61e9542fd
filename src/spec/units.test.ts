import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { showDuration } from './showUnits.ts';
import {
  parseBound,
  parseCount,
  parseDelay,
  parseDuration,
  parseFactor,
  parsePercent,
  parseRate,
  parseSize,
  parseThroughput,
} from './units.ts';

describe('units are read into base units', () => {
  test.each([
    ['250us', 250],
    ['5ms', 5_000],
    ['1.5s', 1_500_000],
    ['2m', 120_000_000],
    ['1h', 3_600_000_000],
    ['7d', 604_800_000_000],
    ['0', 0],
    ['+80ms', 80_000],
  ])('the duration %s', (text, us) => expect(parseDuration(text)).toEqual({ ok: true, value: us }));

  test.each([
    ['512B', 512],
    ['1KiB', 1024],
    ['1kB', 1000],
    ['10GB', 10_000_000_000],
    ['1.5MiB', 1_572_864],
  ])('the size %s', (text, bytes) => expect(parseSize(text)).toEqual({ ok: true, value: bytes }));

  test.each([
    ['80MB/s', 80_000_000],
    ['10Gbps', 1_250_000_000],
    ['100Mbit/s', 12_500_000],
    ['1GiB/s', 1_073_741_824],
  ])('the throughput %s', (text, value) => expect(parseThroughput(text)).toEqual({ ok: true, value }));

  test.each([
    ['20k/s', 20_000],
    ['300/m', 5],
    ['1.5M/s', 1_500_000],
    ['0', 0],
  ])('the rate %s', (text, value) => expect(parseRate(text)).toEqual({ ok: true, value }));

  test.each([
    ['99.95%', 0.9995],
    ['2%', 0.02],
    ['0%', 0],
    ['100 %', 1],
  ])('the share %s', (text, value) => expect(parsePercent(text)).toEqual({ ok: true, value }));

  test('counts, factors and delays', () => {
    expect(parseCount('100k')).toEqual({ ok: true, value: 100_000 });
    expect(parseFactor('10x')).toEqual({ ok: true, value: 10 });
    expect(parseDelay('2m ± 1m')).toEqual({ ok: true, value: { meanUs: 120_000_000, spreadUs: 60_000_000 } });
  });
});

describe('what is no unit is refused, with what may be meant', () => {
  test.each([
    ['10 minutes', '10m'],
    ['250', '250ms'],
    ['30', '30s'],
    ['5 Sec', '5s'],
  ])('%s', (text, suggestion) => expect(parseDuration(text)).toEqual({ ok: false, suggestion }));

  test.each(['', 'abc', '1e3s', '--5s', '5s5s', '99999999999999d'])('the duration "%s"', (text) =>
    expect(parseDuration(text).ok).toBe(false),
  );
  test.each(['101%', '-1%', '0.5'])('the share %s', (text) => expect(parsePercent(text).ok).toBe(false));
});

describe('comparisons', () => {
  test.each([
    ['< 60ms', { min: null, minInclusive: false, max: 60_000, maxInclusive: false }],
    ['>= 5s', { min: 5_000_000, minInclusive: true, max: null, maxInclusive: false }],
    ['= 0', { min: 0, minInclusive: true, max: 0, maxInclusive: true }],
    ['7s..10.1s', { min: 7_000_000, minInclusive: true, max: 10_100_000, maxInclusive: true }],
    ['> 1s, <= 2s', { min: 1_000_000, minInclusive: false, max: 2_000_000, maxInclusive: true }],
  ])('%s', (text, bound) => expect(parseBound(text, 'duration')).toEqual({ ok: true, value: { ...bound, text } }));

  test('an empty interval is refused', () => expect(parseBound('3..2', 'number').ok).toBe(false));
});

test('what is shown of a duration reads back as the same duration', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000_000_000 }), (us) => {
      expect(parseDuration(showDuration(us))).toEqual({ ok: true, value: us });
    }),
    { seed: 1 },
  );
});
