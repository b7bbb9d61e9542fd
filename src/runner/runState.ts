import { compileMachine } from '../machines/compileMachine.ts';
import type { RunEnd } from '../sim/index.ts';
import { runMachine } from './runMachine.ts';

const machine = compileMachine(runMachine);

const EVENT_OF_END: Readonly<Record<RunEnd, string>> = {
  reached: 'reached',
  drained: 'reached',
  stopped: 'stopped',
  budget: 'budget.spent',
  zeno: 'budget.spent',
};

/** Where one run stands; a step that the machine does not have is a programmer error. */
export class RunState {
  #state = machine.initial;

  get name(): string {
    return this.#state;
  }

  started(): void {
    this.#state = machine.step(this.#state, 'started');
  }

  ended(how: RunEnd): void {
    this.#state = machine.step(this.#state, EVENT_OF_END[how]);
  }

  /** The program failed while building or playing; after the end it is the report that failed, not the run. */
  failed(): void {
    if (machine.accepts(this.#state, 'failed')) this.#state = machine.step(this.#state, 'failed');
  }
}
