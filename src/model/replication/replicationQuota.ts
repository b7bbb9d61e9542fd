import { measureElapsedRate, newQuotaRate, type QuotaRate, recordValue } from '../algorithms/quotaRate.ts';

/**
 * How many bytes a second one side of a broker, as leader or as follower, may replicate for throttled replicas (KIP-73).
 *
 * Nothing is delayed by it: what was copied is counted, and while the rate over the last windows is above the limit,
 * throttled replicas outside the ISR get nothing.
 *
 * Source: `ReplicationQuotaManager` (replication.quota.window.num, replication.quota.window.size.seconds).
 */
export class ReplicationQuota {
  /** Infinity: no limit. */
  bytesPerSec = Number.POSITIVE_INFINITY;
  readonly #rate: QuotaRate;

  constructor(sampleCount: number, windowMs: number) {
    this.#rate = newQuotaRate({ sampleCount, windowMs });
  }

  record(bytes: number, nowUs: number): void {
    recordValue(this.#rate, bytes, Math.floor(nowUs / 1000));
  }

  isExceeded(nowUs: number): boolean {
    if (this.bytesPerSec === Number.POSITIVE_INFINITY) return false;
    return measureElapsedRate(this.#rate, Math.floor(nowUs / 1000)).perSecond > this.bytesPerSec;
  }
}
