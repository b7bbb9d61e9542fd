import type { BrokerNode } from '../../scenario/scenario.ts';
import { BandwidthLink, MultiServer } from '../../sim/index.ts';
import { RequestQueue } from './requestQueue.ts';
import { REQUEST_PATH_US } from './serviceTimes.ts';

/** Dirty pages that the operating system takes in before writers must wait for the disk (20 % of memory, Linux default). */
const DIRTY_PAGES_SHARE = 0.2;

/**
 * What a broker's host can do: request handler threads and disk.
 *
 * Appends go to the page cache; the disk drains it. Only when the backlog exceeds the page cache's dirty limit does an
 * append wait. Not modelled: reads from disk (everything is served from the page cache), CPU cores apart from handler
 * threads.
 */
export class BrokerMachine {
  readonly #handlers: MultiServer;
  /** Requests that found every handler busy. */
  readonly queue = new RequestQueue();
  readonly #disk: BandwidthLink;
  readonly #diskBytesPerSec: number;
  readonly #dirtyLimitUs: number;
  #cpuFactor = 1;
  #diskFactor = 1;
  readonly #diskLatencyUs: number;

  constructor(node: BrokerNode, ioThreads: number) {
    const disks = node.hardware.disks;
    this.#diskBytesPerSec = disks.reduce((sum, disk) => sum + disk.throughputBytesPerSec, 0);
    this.#diskLatencyUs = disks[0]?.latencyUs ?? 0;
    this.#handlers = new MultiServer(ioThreads);
    this.#disk = new BandwidthLink({ bytesPerSec: this.#diskBytesPerSec, propagationUs: 0 });
    this.#dirtyLimitUs = Math.round((node.hardware.memoryBytes * DIRTY_PAGES_SHARE * 1e6) / this.#diskBytesPerSec);
  }

  /** When a request that arrives at `nowUs` has reached a handler and been worked on for `serviceUs`. */
  serve(nowUs: number, serviceUs: number): number {
    const arrivesUs = nowUs + REQUEST_PATH_US;
    const workUs = Math.round(serviceUs * this.#cpuFactor);
    const doneUs = this.#handlers.reserve(arrivesUs, workUs);
    if (doneUs - workUs > arrivesUs) this.queue.add(doneUs - workUs);
    return doneUs;
  }

  get handlerCount(): number {
    return this.#handlers.count;
  }

  /** Time that request handler threads have worked up to now, summed over them. */
  busyUs(nowUs: number): number {
    return this.#handlers.busyUs(nowUs);
  }

  /** Microseconds that an append of `bytes` waits for the disk; 0 while the page cache absorbs it. */
  appendWaitUs(nowUs: number, bytes: number): number {
    const drainedUs = this.#disk.transmit(nowUs, bytes);
    const stall = this.#diskFactor > 1 ? Math.round(this.#diskLatencyUs * this.#diskFactor) : 0;
    return stall + Math.max(0, drainedUs - nowUs - this.#dirtyLimitUs);
  }

  /** Time to read `bytes` back at start-up. */
  recoveryUs(bytes: number): number {
    return Math.round((bytes * 1e6 * this.#diskFactor) / this.#diskBytesPerSec);
  }

  slowCpu(factor: number): void {
    this.#cpuFactor *= factor;
  }

  slowDisk(factor: number): void {
    this.#diskFactor *= factor;
    this.#disk.bytesPerSec = Math.max(1, Math.round(this.#diskBytesPerSec / this.#diskFactor));
  }
}
