import { measureRate, newQuotaRate, recordValue, throttleTimeMs } from '../../model/algorithms/quotaRate.ts';
import { newTokenBucket, refillTimeMs, takeTokens } from '../../model/algorithms/tokenBucket.ts';
import { difference, firstOf, type VectorChecker } from '../checker.ts';

interface QuotaCase {
  kind: 'rate' | 'token bucket';
  quota: number;
  numSamples: number;
  sampleWindowMs: number;
  maxThrottleMs?: number;
  steps: { t: number; record: number; [answer: string]: unknown }[];
}

/** What the quota answers to a value at a time. */
type Quota = (value: number, nowMs: number) => { value: number; windowMs?: number; throttleMs: number };

export const quotaChecker: VectorChecker = {
  file: 'quota-throttle',
  check(vector) {
    const c = vector as unknown as QuotaCase;
    const quota = c.kind === 'rate' ? rateQuota(c) : bucketQuota(c);
    return firstOf(
      c.steps.map(({ t, record, ...expected }, index) => {
        const { value, throttleMs, ...more } = quota(record, t);
        const violated = throttleMs > 0;
        const bounded = violated && c.maxThrottleMs !== undefined;
        return difference(`step ${index}`, expected, {
          ...more,
          value: sixDecimals(value),
          violated,
          ...(violated ? { throttleMs } : {}),
          ...(bounded ? { boundedThrottleMs: Math.min(throttleMs, c.maxThrottleMs!) } : {}),
        });
      }),
    );
  },
};

function rateQuota({ quota, numSamples, sampleWindowMs }: QuotaCase): Quota {
  const rate = newQuotaRate({ sampleCount: numSamples, windowMs: sampleWindowMs });
  return (value, nowMs) => {
    recordValue(rate, value, nowMs);
    const measured = measureRate(rate, nowMs);
    return { value: measured.perSecond, windowMs: measured.windowMs, throttleMs: throttleTimeMs(measured, quota) };
  };
}

function bucketQuota({ quota, numSamples, sampleWindowMs }: QuotaCase): Quota {
  const bucket = newTokenBucket(quota, (quota * numSamples * sampleWindowMs) / 1000, 0);
  // The vectors ran on a clock near 0, where Kafka's bucket had no time to fill.
  bucket.tokens = 0;
  return (value, nowMs) => ({ value: takeTokens(bucket, value, nowMs), throttleMs: refillTimeMs(bucket) });
}

/** The vectors round rates to six decimals. */
function sixDecimals(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
