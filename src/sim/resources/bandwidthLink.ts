import { assert } from '../assert.ts';
import { SingleServer } from './singleServer.ts';

export interface BandwidthLinkOptions {
  /** Integer, 1 to 2^50. */
  bytesPerSec: number;
  /** Time on the way after the last byte was sent; integer microseconds, 0 or more. */
  propagationUs: number;
}

/**
 * A link that sends messages one after the other at its bandwidth, and delivers each after its propagation delay.
 *
 * Fractions of a microsecond are carried from message to message, so that a thousand small messages take as long
 * as one of their size. Messages must come in order of time.
 */
export class BandwidthLink {
  readonly #sender = new SingleServer();
  #bytesPerSec = 1;
  #propagationUs = 0;
  /** Work beyond the sender's last whole microsecond, in millionths of a byte; below `bytesPerSec`. */
  #remainder = 0;

  constructor(options: BandwidthLinkOptions) {
    this.bytesPerSec = options.bytesPerSec;
    this.propagationUs = options.propagationUs;
  }

  get bytesPerSec(): number {
    return this.#bytesPerSec;
  }

  /** Holds for messages from now on; what was accepted before keeps its times. */
  set bytesPerSec(value: number) {
    assert(Number.isInteger(value) && value >= 1 && value <= MAX_BYTES_PER_SEC, `a bandwidth of ${value} bytes/s`);
    // Of the old unit only the fact that the last microsecond is in use can be kept.
    if (this.#remainder > 0) this.#remainder = value - 1;
    this.#bytesPerSec = value;
  }

  get propagationUs(): number {
    return this.#propagationUs;
  }

  /** Holds for messages from now on: after a decrease, a message may arrive before an earlier one. */
  set propagationUs(value: number) {
    assert(Number.isSafeInteger(value) && value >= 0, `a propagation delay of ${value} us`);
    this.#propagationUs = value;
  }

  /** When the last byte accepted so far will have been sent; in the past when the link is idle. */
  get busyUntilUs(): number {
    return this.#sender.busyUntilUs + (this.#remainder > 0 ? 1 : 0);
  }

  /** Queues a message of 0 to 2^32 bytes and returns when its last byte arrives at the other end. */
  transmit(nowUs: number, bytes: number): number {
    if (!(bytes >= 0 && bytes <= MAX_BYTES && Math.floor(bytes) === bytes))
      assert(false, `a message of ${bytes} bytes`);
    if (nowUs > this.#sender.busyUntilUs) this.#remainder = 0;
    const work = bytes * 1_000_000 + this.#remainder; // exact: below 2^53
    this.#remainder = work % this.#bytesPerSec;
    this.#sender.reserve(nowUs, (work - this.#remainder) / this.#bytesPerSec);
    return this.busyUntilUs + this.#propagationUs;
  }

  /** Drops what was not sent at `nowUs`, as a cut does; arrivals handed out for it no longer hold. */
  clear(nowUs: number): void {
    this.#sender.clear(nowUs);
    this.#remainder = 0;
  }

  /** Time spent sending up to `nowUs`, which is not before the last message came. */
  busyUs(nowUs: number): number {
    return this.#sender.busyUs(nowUs);
  }

  /** Share of the time since the start spent sending, 0 to 1; 0 at the start. */
  utilisation(nowUs: number): number {
    return this.#sender.utilisation(nowUs);
  }
}

const MAX_BYTES = 0x1_0000_0000;
const MAX_BYTES_PER_SEC = 0x4_0000_0000_0000; // 2^50
