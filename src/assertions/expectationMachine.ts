import { setup } from 'xstate';

/**
 * One expectation from the start of a run to its verdict; three-valued.
 *
 *   Open          nothing is certain yet
 *   Violated      certain already: nothing that comes can repair it (an `always` that broke, an acknowledged record gone)
 *   Fulfilled     certain already: nothing that comes can break it (an `eventually` that came in time)
 *   Passed, Failed, Inconclusive   the verdict, given once, when the run has ended
 *
 * Inconclusive is reachable from every open or certain state, since a run that was cut short decides nothing that
 * the rest of it might have changed. A verdict is final.
 * Source: none of Kafka's; three-valued verdicts as in Jepsen's checkers (valid, invalid, unknown).
 */
export type ExpectationEvent =
  | { type: 'became.violated' }
  | { type: 'became.fulfilled' }
  | { type: 'judged.passed' }
  | { type: 'judged.failed' }
  | { type: 'judged.inconclusive' };

export const expectationMachine = setup({ types: { events: {} as ExpectationEvent } }).createMachine({
  id: 'expectation',
  initial: 'Open',
  states: {
    Open: {
      on: {
        'became.violated': 'Violated',
        'became.fulfilled': 'Fulfilled',
        'judged.passed': 'Passed',
        'judged.failed': 'Failed',
        'judged.inconclusive': 'Inconclusive',
      },
    },
    Violated: { on: { 'judged.failed': 'Failed', 'judged.inconclusive': 'Inconclusive' } },
    Fulfilled: { on: { 'judged.passed': 'Passed', 'judged.inconclusive': 'Inconclusive' } },
    Passed: {},
    Failed: {},
    Inconclusive: {},
  },
});
