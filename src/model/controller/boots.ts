import type { RandomStreams } from '../../sim/index.ts';
import type { Process } from '../network/process.ts';

/** Calibrated: a JVM with Kafka's start-up up to its first request, 2 to 6 s on the machines measured. */
const BOOT_MIN_US = 2_000_000;
const BOOT_MAX_US = 6_000_000;

/** How long starts of processes take; broker and controller of a combined node share one start. */
export class Boots {
  readonly #random: RandomStreams;
  readonly #drawn = new Map<Process, { incarnation: number; durationUs: number }>();

  constructor(random: RandomStreams) {
    this.#random = random;
  }

  /** From the start of the present incarnation to its first request. */
  durationUs(process: Process): number {
    const drawn = this.#drawn.get(process);
    if (drawn?.incarnation === process.incarnation) return drawn.durationUs;
    const durationUs = this.#random.stream(`boot/${process.name}`).uniformInt(BOOT_MIN_US, BOOT_MAX_US + 1);
    this.#drawn.set(process, { incarnation: process.incarnation, durationUs });
    return durationUs;
  }
}
