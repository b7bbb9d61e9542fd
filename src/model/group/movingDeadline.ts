import type { GroupTimers } from './groupPorts.ts';

/**
 * A timer that is nearly always pushed back before it fires, such as a session that heartbeats renew. Pushing back only
 * writes a number; the scheduled event looks at it when it comes, and goes to sleep again.
 */
export class MovingDeadline {
  readonly #timers: GroupTimers;
  readonly #onExpired: () => void;
  #deadlineUs = 0;
  #armedUs = 0;
  #handle: { readonly timer: unknown } | null = null;
  #isSet = false;

  constructor(timers: GroupTimers, onExpired: () => void) {
    this.#timers = timers;
    this.#onExpired = onExpired;
  }

  get isSet(): boolean {
    return this.#isSet;
  }

  /** Expires `delayUs` from now, and not before, whatever was set earlier. */
  restart(delayUs: number): void {
    this.#deadlineUs = this.#timers.nowUs() + delayUs;
    this.#isSet = true;
    if (this.#handle !== null && this.#armedUs > this.#deadlineUs) this.#disarm();
    if (this.#handle === null) this.#arm();
  }

  clear(): void {
    this.#isSet = false;
    this.#disarm();
  }

  #arm(): void {
    this.#armedUs = this.#deadlineUs;
    this.#handle = { timer: this.#timers.schedule(this.#armedUs, () => this.#fire()) };
  }

  #disarm(): void {
    if (this.#handle !== null) this.#timers.cancel(this.#handle.timer);
    this.#handle = null;
  }

  #fire(): void {
    this.#handle = null;
    if (this.#timers.nowUs() < this.#deadlineUs) {
      this.#arm();
      return;
    }
    this.#isSet = false;
    this.#onExpired();
  }
}
