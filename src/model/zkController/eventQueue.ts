import type { Process } from '../network/process.ts';

/** One step of the controller; `done` when its writes are answered. */
export type Step = (done: () => void) => void;

/**
 * The controller's single thread: one event after the other, each with all its reads and writes.
 *
 * Source: Kafka's `ControllerEventManager`.
 */
export class EventQueue {
  readonly #process: Process;
  readonly #steps: Step[] = [];
  #isBusy = false;
  #isClosed = false;

  constructor(process: Process) {
    this.#process = process;
  }

  add(step: Step): void {
    if (this.#isClosed) return;
    this.#steps.push(step);
    this.#next();
  }

  close(): void {
    this.#isClosed = true;
    this.#steps.length = 0;
  }

  #next(): void {
    if (this.#isBusy || this.#isClosed) return;
    const step = this.#steps.shift();
    if (step === undefined) return;
    this.#isBusy = true;
    this.#process.run(() => {
      if (this.#isClosed) return;
      step(() => {
        this.#isBusy = false;
        this.#next();
      });
    });
  }
}
