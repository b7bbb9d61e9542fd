/**
 * The quota on controller mutations: a bucket of tokens that refills at the quota's rate and may go below zero.
 *
 * Source: `TokenBucket`, `ControllerMutationQuotaManager`, KIP-599. Times in milliseconds.
 */
export interface TokenBucket {
  readonly tokensPerSecond: number;
  /** The most it holds: the quota times the quota windows. */
  readonly capacity: number;
  tokens: number;
  lastRefillMs: number;
}

/**
 * A bucket begins full: Kafka's begins empty, but at the beginning of Unix time, so that its first refill fills it.
 */
export function newTokenBucket(tokensPerSecond: number, capacity: number, nowMs: number): TokenBucket {
  return { tokensPerSecond, capacity, tokens: capacity, lastRefillMs: nowMs };
}

/** Takes `count` tokens, also when there are not enough. @returns what is left, below zero for a debt */
export function takeTokens(bucket: TokenBucket, count: number, nowMs: number): number {
  const refilled = bucket.tokens + (bucket.tokensPerSecond * (nowMs - bucket.lastRefillMs)) / 1000;
  bucket.tokens = Math.min(bucket.capacity, refilled) - count;
  bucket.lastRefillMs = nowMs;
  return bucket.tokens;
}

/** How long the debt takes to refill; 0 without one. */
export function refillTimeMs(bucket: TokenBucket): number {
  return bucket.tokens >= 0 ? 0 : Math.round((-bucket.tokens / bucket.tokensPerSecond) * 1000);
}
