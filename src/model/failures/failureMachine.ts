import { setup } from 'xstate';

/**
 * One failure of the scenario, from its trigger to its undoing.
 *
 *   Waiting         its time has not come
 *   InForce         it has touched at least one process or way
 *   Over            undone (or it never needs undoing)
 *   TouchedNothing  its selector matched nothing when it came: expectations about it are inconclusive
 *
 * A random process goes round: Over returns to InForce with each failure it draws.
 * Source: none of Kafka's; the names are ours.
 */
export type FailureEvent = { type: 'struck' } | { type: 'missed' } | { type: 'undone' };

export const failureMachine = setup({ types: { events: {} as FailureEvent } }).createMachine({
  id: 'failure',
  initial: 'Waiting',
  states: {
    Waiting: { on: { struck: 'InForce', missed: 'TouchedNothing' } },
    InForce: { on: { undone: 'Over' } },
    Over: { on: { struck: 'InForce', missed: 'Over' } },
    TouchedNothing: { on: { struck: 'InForce', missed: 'TouchedNothing' } },
  },
});
