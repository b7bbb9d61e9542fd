/**
 * The wait before an attempt, in whole milliseconds (KIP-580): doubling from `initialMs` up to `maxMs`, times a random
 * factor, and never above `maxMs`.
 *
 * @param attempts      0 for the first wait
 * @param randomFactor  from `jitterFactor`; 1 for none
 * @returns `min(initialMs, maxMs)` without jitter when the initial wait is 0 or reaches the maximum
 *
 * Source: `ExponentialBackoff` with multiplier 2.
 */
export function exponentialBackoffMs(attempts: number, initialMs: number, maxMs: number, randomFactor: number): number {
  if (initialMs >= maxMs || initialMs === 0) return Math.min(initialMs, maxMs);
  let term = initialMs;
  for (let doubled = 0; doubled < attempts && term < maxMs; doubled++) term *= 2;
  return Math.min(Math.floor(Math.min(term, maxMs) * randomFactor), maxMs);
}

const JITTER = 0.2;

/** The factor in [0.8, 1.2) for a uniform draw in [0, 1). Source: `CommonClientConfigs`, jitter 20 %. */
export function jitterFactor(uniform: number): number {
  return 1 - JITTER + 2 * JITTER * uniform;
}
