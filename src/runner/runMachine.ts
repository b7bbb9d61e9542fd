import { setup } from 'xstate';

/**
 * One run of a scenario.
 *
 *   Ready        the world is built, the clock stands at 0
 *   Playing      events run
 *   Reached      the scenario's duration was played
 *   Stopped      a person or a wall-clock limit ended it: what was seen is reported, verdicts that could still turn are inconclusive
 *   OutOfBudget  events or one instant's events were used up: likewise
 *   Crashed      the program failed: a bug of ours
 *
 * Source: our own.
 */
export type RunEvent =
  | { type: 'started' }
  | { type: 'reached' }
  | { type: 'stopped' }
  | { type: 'budget.spent' }
  | { type: 'failed' };

export const runMachine = setup({ types: { events: {} as RunEvent } }).createMachine({
  id: 'run',
  initial: 'Ready',
  states: {
    Ready: { on: { started: 'Playing', failed: 'Crashed' } },
    Playing: {
      on: {
        reached: 'Reached',
        stopped: 'Stopped',
        'budget.spent': 'OutOfBudget',
        failed: 'Crashed',
      },
    },
    Reached: {},
    Stopped: {},
    OutOfBudget: {},
    Crashed: {},
  },
});
