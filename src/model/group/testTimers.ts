import type { GroupTimers } from './groupPorts.ts';

interface Entry {
  readonly atUs: number;
  readonly rank: number;
  readonly sequence: number;
  readonly run: () => void;
}

/** A clock for tests: everything at one instant runs by rank, then in the order in which it was scheduled. */
export class TestTimers {
  #nowUs = 0;
  #sequence = 0;
  #entries: Entry[] = [];

  /** Timers of one rank; what has a lower rank runs first at the same instant. */
  ranked(rank: number, minDelayUs = 0): GroupTimers {
    return {
      nowUs: () => this.#nowUs,
      schedule: (atUs, run) => this.#schedule(Math.max(atUs, this.#nowUs + minDelayUs), rank, run),
      cancel: (entry) => {
        this.#entries = this.#entries.filter((other) => other !== entry);
      },
    };
  }

  get nowUs(): number {
    return this.#nowUs;
  }

  at(atUs: number, rank: number, run: () => void): void {
    this.#schedule(atUs, rank, run);
  }

  /** Runs everything up to and including this time. */
  runUntil(untilUs: number): void {
    for (let next = this.#next(); next !== undefined && next.atUs <= untilUs; next = this.#next()) {
      const entry = next;
      this.#entries = this.#entries.filter((other) => other !== entry);
      this.#nowUs = entry.atUs;
      entry.run();
    }
    this.#nowUs = untilUs;
  }

  #schedule(atUs: number, rank: number, run: () => void): Entry {
    const entry = { atUs, rank, sequence: this.#sequence++, run };
    this.#entries.push(entry);
    return entry;
  }

  #next(): Entry | undefined {
    const earlier = (a: Entry, b: Entry): Entry =>
      (a.atUs - b.atUs || a.rank - b.rank || a.sequence - b.sequence) <= 0 ? a : b;
    return this.#entries.length === 0 ? undefined : this.#entries.reduce(earlier);
  }
}
