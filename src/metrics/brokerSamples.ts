/**
 * The latest sample of each broker: what a monitoring system scraped last. NaN: there was none since the broker's
 * process last went away.
 */
export class BrokerSamples {
  readonly idleShare: number[] = [];
  readonly queued: number[] = [];
  readonly produces: number[] = [];
  readonly fetches: number[] = [];
  readonly maxLag: number[] = [];
  /** Kept while a sample did not look at it. */
  readonly logBytes: number[] = [];

  take(
    broker: number,
    idleShare: number,
    queued: number,
    produces: number,
    fetches: number,
    maxLag: number,
    logBytes: number,
  ): void {
    this.idleShare[broker] = idleShare;
    this.queued[broker] = queued;
    this.produces[broker] = produces;
    this.fetches[broker] = fetches;
    this.maxLag[broker] = maxLag;
    if (logBytes >= 0) this.logBytes[broker] = logBytes;
  }

  /** The process is gone, or does not answer. */
  forget(broker: number): void {
    for (const column of [this.idleShare, this.queued, this.produces, this.fetches, this.maxLag])
      column[broker] = Number.NaN;
  }
}
