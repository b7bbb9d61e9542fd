import { assert } from '../assert.ts';

/**
 * `count` equal servers behind one first-come-first-served queue without limit: a pool of threads.
 *
 * Each job goes to the server that is free first. Jobs must come in order of time.
 * All times are integer microseconds.
 */
export class MultiServer {
  #count: number;
  /** When each server is free, as a binary heap: the first entry is the smallest. */
  #freeAtUs: Float64Array;
  #reservedUs = 0;

  /** @param count 1 or more servers */
  constructor(count: number) {
    assert(Number.isInteger(count) && count >= 1, `a pool of ${count} servers`);
    this.#count = count;
    this.#freeAtUs = new Float64Array(count);
  }

  get count(): number {
    return this.#count;
  }

  /** More servers, idle at once; or fewer: those that would be free last go, once their jobs are done. */
  resize(count: number): void {
    assert(Number.isInteger(count) && count >= 1, `a pool of ${count} servers`);
    const kept = Float64Array.from(this.#freeAtUs).sort().slice(0, count);
    this.#freeAtUs = new Float64Array(count);
    // The new ones (free since ever) first: a sorted array is a heap.
    this.#freeAtUs.set(kept, count - kept.length);
    this.#count = count;
  }

  /** When the next server is free; in the past when one is idle. */
  get nextFreeUs(): number {
    return this.#freeAtUs[0]!;
  }

  /** When the last job so far will be done; in the past when all are idle. */
  get busyUntilUs(): number {
    let latestUs = 0;
    for (const freeAtUs of this.#freeAtUs) if (freeAtUs > latestUs) latestUs = freeAtUs;
    return latestUs;
  }

  /** Queues a job of `serviceUs` and returns when it will be done. */
  reserve(nowUs: number, serviceUs: number): number {
    if (!(serviceUs >= 0 && Math.floor(serviceUs) === serviceUs)) assert(false, `a job of ${serviceUs} us`);
    const doneUs = Math.max(nowUs, this.#freeAtUs[0]!) + serviceUs;
    this.#reservedUs += serviceUs;
    this.#replaceFirst(doneUs);
    return doneUs;
  }

  /** Drops what is not done at `nowUs`, as a crash does; completions handed out for it no longer hold. */
  clear(nowUs: number): void {
    this.#reservedUs = this.busyUs(nowUs);
    // Cutting all entries at one value keeps the heap in order.
    for (let row = 0; row < this.#count; row++) this.#freeAtUs[row] = Math.min(nowUs, this.#freeAtUs[row]!);
  }

  /** Time spent working up to `nowUs`, summed over the servers; `nowUs` is not before the last job came. */
  busyUs(nowUs: number): number {
    let aheadUs = 0;
    for (const freeAtUs of this.#freeAtUs) if (freeAtUs > nowUs) aheadUs += freeAtUs - nowUs;
    return this.#reservedUs - aheadUs;
  }

  /** Share of the pool's time since the start spent working, 0 to 1; 0 at the start. */
  utilisation(nowUs: number): number {
    return nowUs === 0 ? 0 : this.busyUs(nowUs) / (nowUs * this.count);
  }

  #replaceFirst(valueUs: number): void {
    const freeAtUs = this.#freeAtUs;
    let row = 0;
    for (let child = 1; child < this.#count; child = 2 * row + 1) {
      if (child + 1 < this.#count && freeAtUs[child + 1]! < freeAtUs[child]!) child++;
      if (freeAtUs[child]! >= valueUs) break;
      freeAtUs[row] = freeAtUs[child]!;
      row = child;
    }
    freeAtUs[row] = valueUs;
  }
}
