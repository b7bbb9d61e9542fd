/**
 * The rate that a client quota measures, and the delay that follows from exceeding it.
 *
 * Values are summed in windows of `windowMs`; those with an event in the last `sampleCount` windows count. The rate divides by the time since
 * the oldest of them began, but always by at least `sampleCount` - 1 full windows: a fresh client may send about ten
 * seconds' worth at once.
 *
 * Source: `Rate`, `SampledStat`, `QuotaUtils.throttleTime`. Times in milliseconds; the unit of values is the caller's.
 */
export interface QuotaWindowConfig {
  /** quota.window.num */
  sampleCount: number;
  /** quota.window.size.seconds, in milliseconds. */
  windowMs: number;
}

interface Sample {
  startMs: number;
  lastEventMs: number;
  sum: number;
}

/**
 * A ring of samples, one more than `sampleCount`, since the oldest may still have an event inside the time that counts;
 * fewer until that many windows have begun.
 */
export interface QuotaRate {
  readonly config: QuotaWindowConfig;
  readonly samples: Sample[];
  current: number;
}

export interface MeasuredRate {
  perSecond: number;
  /** What the sum was divided by. */
  windowMs: number;
}

export function newQuotaRate(config: QuotaWindowConfig): QuotaRate {
  return { config, samples: [], current: 0 };
}

export function recordValue(rate: QuotaRate, value: number, nowMs: number): void {
  const sample = currentSample(rate, nowMs);
  sample.sum += value;
  sample.lastEventMs = nowMs;
}

/** Forgets windows that are too old; then the sum of the rest over their time. */
export function measureRate(rate: QuotaRate, nowMs: number): MeasuredRate {
  const { sampleCount, windowMs: size } = rate.config;
  for (const sample of rate.samples) {
    if (nowMs - sample.lastEventMs >= sampleCount * size) resetSample(sample, nowMs);
  }
  const oldestMs = rate.samples.reduce((oldest, sample) => Math.min(oldest, sample.startMs), nowMs);
  const sum = rate.samples.reduce((total, sample) => total + sample.sum, 0);
  const elapsedMs = nowMs - oldestMs;
  const missingWindows = Math.max(0, sampleCount - 1 - Math.floor(elapsedMs / size));
  const windowMs = Math.max(elapsedMs + missingWindows * size, 1);
  return { perSecond: sum / (windowMs / 1000), windowMs };
}

/**
 * The rate that a replication quota measures: over the time since the oldest window began, and at least one window. So a
 * throttle takes hold after its first second's worth, where a client quota lets ten seconds' worth pass (`SimpleRate`).
 */
export function measureElapsedRate(rate: QuotaRate, nowMs: number): MeasuredRate {
  const { sampleCount, windowMs: size } = rate.config;
  let oldestMs = nowMs;
  let sum = 0;
  for (const sample of rate.samples) {
    if (nowMs - sample.lastEventMs >= sampleCount * size) resetSample(sample, nowMs);
    if (sample.startMs < oldestMs) oldestMs = sample.startMs;
    sum += sample.sum;
  }
  const windowMs = Math.max(nowMs - oldestMs, size);
  return { perSecond: sum / (windowMs / 1000), windowMs };
}

/** How long to be silent until the rate is back at the quota; 0 while it is not above it. */
export function throttleTimeMs({ perSecond, windowMs }: MeasuredRate, quotaPerSecond: number): number {
  if (perSecond <= quotaPerSecond) return 0;
  return Math.round(((perSecond - quotaPerSecond) / quotaPerSecond) * windowMs);
}

function currentSample(rate: QuotaRate, nowMs: number): Sample {
  const { samples, config } = rate;
  const current = samples[rate.current];
  if (current && nowMs - current.startMs < config.windowMs) return current;
  if (current) rate.current = (rate.current + 1) % (config.sampleCount + 1);
  const next = samples[rate.current];
  if (next) {
    resetSample(next, nowMs);
    return next;
  }
  const sample = { startMs: nowMs, lastEventMs: nowMs, sum: 0 };
  samples.push(sample);
  return sample;
}

function resetSample(sample: Sample, nowMs: number): void {
  sample.startMs = nowMs;
  sample.lastEventMs = nowMs;
  sample.sum = 0;
}
