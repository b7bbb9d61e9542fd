import { MultiServer } from '../../sim/index.ts';
import type { BrokerDisks } from '../storage/brokerDisks.ts';
import { RequestQueue } from './requestQueue.ts';
import { REQUEST_PATH_US } from './serviceTimes.ts';

/**
 * What a broker's host can do: request handler threads and disks.
 *
 * Not modelled: reads from disk (everything is served from the page cache), CPU cores apart from handler threads.
 */
export class BrokerMachine {
  readonly #handlers: MultiServer;
  /** Requests that found every handler busy. */
  readonly queue = new RequestQueue();
  readonly disks: BrokerDisks;
  #cpuFactor = 1;

  constructor(disks: BrokerDisks, ioThreads: number) {
    this.disks = disks;
    this.#handlers = new MultiServer(ioThreads);
  }

  /** When a request that arrives at `nowUs` has reached a handler and been worked on for `serviceUs`. */
  serve(nowUs: number, serviceUs: number): number {
    const arrivesUs = nowUs + REQUEST_PATH_US;
    const workUs = Math.round(serviceUs * this.#cpuFactor);
    const doneUs = this.#handlers.reserve(arrivesUs, workUs);
    if (doneUs - workUs > arrivesUs) this.queue.add(doneUs - workUs, nowUs);
    return doneUs;
  }

  /** Another `num.io.threads`, while requests go on. */
  resizeHandlers(count: number): void {
    if (count !== this.#handlers.count) this.#handlers.resize(count);
  }

  get handlerCount(): number {
    return this.#handlers.count;
  }

  /** Time that request handler threads have worked up to now, summed over them. */
  busyUs(nowUs: number): number {
    return this.#handlers.busyUs(nowUs);
  }

  slowCpu(factor: number): void {
    this.#cpuFactor *= factor;
  }
}
