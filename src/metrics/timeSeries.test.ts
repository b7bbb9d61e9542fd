import { expect, test } from 'vitest';
import { TimeSeries } from './timeSeries.ts';

test('a lag holds its level until it changes, and its mean is weighted by time', () => {
  const series = new TimeSeries(100);
  series.step(0, 10);
  series.step(50, 20);
  expect(series.asLevels('consumer.lag', 'billing', 'records', 250)).toMatchObject({
    bucketUs: 100,
    atUs: [0, 100, 200],
    min: [10, 20, 20],
    max: [20, 20, 20],
    mean: [15, 20, 20],
  });
});

test('buckets double their width when time runs past the last one, and lose no amount', () => {
  const series = new TimeSeries(1000);
  for (let atUs = 0; atUs < 5_000_000; atUs += 500) series.amount(atUs, 1);
  const rate = series.asRate('throughput.in', 'main', 'bytes/s', 5_000_000);
  expect(rate.atUs.length).toBeLessThanOrEqual(600);
  expect(rate.bucketUs).toBe(16_000);
  expect(new Set(rate.mean)).toEqual(new Set([2000]));
});

test('a bucket without a latency sample is null and not zero', () => {
  const series = new TimeSeries(100);
  series.sample(10, 7, 1);
  series.sample(210, 9, 3);
  series.sample(220, 13, 1);
  expect(series.asLevels('produce.latency', 'checkout', 'us', 300)).toMatchObject({
    min: [7, null, 9],
    max: [7, null, 13],
    mean: [7, null, 10],
  });
});
