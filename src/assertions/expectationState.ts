import { compileMachine } from '../machines/compileMachine.ts';
import type { VerdictStatus } from '../result/runResult.ts';
import { expectationMachine } from './expectationMachine.ts';

const machine = compileMachine(expectationMachine);

/** Where one expectation stands. An edge that the machine does not have is a checker that changed its mind: a programmer error. */
export class ExpectationState {
  #state = machine.initial;

  /** What a checker says is certain already; null: open. Repeating it changes nothing. */
  observe(soFar: VerdictStatus | null): VerdictStatus | null {
    if (this.#state === 'Open' && soFar === 'failed') this.#state = machine.step(this.#state, 'became.violated');
    if (this.#state === 'Open' && soFar === 'passed') this.#state = machine.step(this.#state, 'became.fulfilled');
    return CERTAIN[this.#state] ?? soFar;
  }

  judge(status: VerdictStatus): VerdictStatus {
    this.#state = machine.step(this.#state, `judged.${status}`);
    return status;
  }
}

const CERTAIN: Readonly<Record<string, VerdictStatus>> = { Violated: 'failed', Fulfilled: 'passed' };
