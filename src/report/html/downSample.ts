import type { Series } from '../../result/runResult.ts';

/** Neighbouring intervals merged until at most `limit` are left: smallest minimum, largest maximum, mean of means. */
export function downSample(series: Series, limit: number): Series {
  const step = Math.ceil(series.atUs.length / limit);
  if (step <= 1) return series;
  const starts = Array.from({ length: Math.ceil(series.atUs.length / step) }, (_, index) => index * step);
  const merge = (column: readonly (number | null)[], join: (values: number[]) => number) =>
    starts.map((start) => {
      const values = column.slice(start, start + step).filter((value) => value !== null);
      return values.length === 0 ? null : join(values);
    });
  return {
    ...series,
    bucketUs: series.bucketUs * step,
    atUs: starts.map((start) => series.atUs[start] ?? 0),
    min: merge(series.min, (values) => Math.min(...values)),
    max: merge(series.max, (values) => Math.max(...values)),
    mean: merge(series.mean, (values) => values.reduce((sum, value) => sum + value, 0) / values.length),
  };
}
