/**
 * A group of the consumer protocol as its coordinator sees it. Its state is a consequence of three kinds of epochs, so
 * every fact names the state that it leads to.
 *
 * Source: Apache Kafka `ConsumerGroup.ConsumerGroupState`, `maybeUpdateGroupState`; KIP-848.
 *
 *   Empty        no members; committed offsets may remain
 *   Assigning    the group epoch is ahead of the assignment epoch: a new target is still to be computed
 *   Reconciling  the target is there, and some member has not reached it
 *   Stable       all members have what the target gives them
 *   Dead         its partition of `__consumer_offsets` is led by another broker
 */
import { setup } from 'xstate';

export type ConsumerGroupState = 'Empty' | 'Assigning' | 'Reconciling' | 'Stable' | 'Dead';

export type ConsumerGroupEvent =
  | { type: 'members.gone' } // the last member left or was removed
  | { type: 'epoch.bumped' } // members, subscriptions or partitions changed, and there is no new target yet
  | { type: 'members.behind' } // somebody is not at the assignment epoch, or waits for partitions
  | { type: 'members.converged' }
  | { type: 'group.unloaded' };

export const consumerGroupMachine = setup({
  types: { events: {} as ConsumerGroupEvent },
}).createMachine({
  id: 'consumerGroup',
  initial: 'Empty',
  states: {
    Empty: {
      on: {
        'epoch.bumped': 'Assigning',
        'members.behind': 'Reconciling',
        'members.converged': 'Stable',
        'group.unloaded': 'Dead',
      },
    },
    Assigning: {
      on: {
        'members.gone': 'Empty',
        'members.behind': 'Reconciling',
        'members.converged': 'Stable',
        'group.unloaded': 'Dead',
      },
    },
    Reconciling: {
      on: {
        'members.gone': 'Empty',
        'epoch.bumped': 'Assigning',
        'members.converged': 'Stable',
        'group.unloaded': 'Dead',
      },
    },
    Stable: {
      on: {
        'members.gone': 'Empty',
        'epoch.bumped': 'Assigning',
        'members.behind': 'Reconciling',
        'group.unloaded': 'Dead',
      },
    },
    Dead: {},
  },
});
