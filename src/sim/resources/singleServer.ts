import { assert } from '../assert.ts';

/**
 * One server with a first-come-first-served queue without limit: a disk, a single thread.
 *
 * It needs no events of its own: a job's completion is known when the job comes. Jobs must come in order of time.
 * All times are integer microseconds.
 */
export class SingleServer {
  #busyUntilUs = 0;
  #reservedUs = 0;

  /** When the last job so far will be done; in the past when the server is idle. */
  get busyUntilUs(): number {
    return this.#busyUntilUs;
  }

  /** Queues a job of `serviceUs` and returns when it will be done. */
  reserve(nowUs: number, serviceUs: number): number {
    if (!(serviceUs >= 0 && Math.floor(serviceUs) === serviceUs)) assert(false, `a job of ${serviceUs} us`);
    this.#busyUntilUs = Math.max(nowUs, this.#busyUntilUs) + serviceUs;
    this.#reservedUs += serviceUs;
    return this.#busyUntilUs;
  }

  /** Drops what is not done at `nowUs`, as a crash does; completions handed out for it no longer hold. */
  clear(nowUs: number): void {
    this.#reservedUs = this.busyUs(nowUs);
    if (this.#busyUntilUs > nowUs) this.#busyUntilUs = nowUs;
  }

  /** Time spent working up to `nowUs`, which is not before the last job came. */
  busyUs(nowUs: number): number {
    // Whatever is still to do lies without a gap between now and the last completion.
    return this.#reservedUs - Math.max(0, this.#busyUntilUs - nowUs);
  }

  /** Share of the time since the start spent working, 0 to 1; 0 at the start. */
  utilisation(nowUs: number): number {
    return nowUs === 0 ? 0 : this.busyUs(nowUs) / nowUs;
  }
}
