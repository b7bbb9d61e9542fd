/**
 * A classic consumer group as its coordinator sees it.
 *
 * Source: Apache Kafka `coordinator/group/classic/ClassicGroupState.java`, `GroupMetadataManager.java`.
 *
 *   Empty                no members; committed offsets may remain
 *   PreparingRebalance   joins are parked until every known member has rejoined, or time is up
 *   CompletingRebalance  joins are answered; waiting for the leader's assignment to be stored
 *   Stable               everybody can have its assignment
 *   Dead                 removed, or its partition of `__consumer_offsets` is led by another broker
 *
 * A member that joins, leaves or rejoins while PreparingRebalance changes nothing by itself; when it was the last one
 * that was waited for, the fact that follows is `join.completed`.
 *
 * Not modelled: expiry of groups and offsets, so a group is removed only with its coordinator.
 */
import { setup } from 'xstate';

export type ClassicGroupState = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable' | 'Dead';

export type ClassicGroupEvent =
  | { type: 'member.added' } // a member id that the group did not have
  | { type: 'member.rejoined' } // the leader, or changed protocols or metadata
  | { type: 'member.removed' } // left, session expired, or no SyncGroup in time
  | { type: 'join.completed' } // every known member has rejoined, or the others were removed
  | { type: 'join.completedEmpty' } // nobody was left
  | { type: 'assignment.stored' } // the leader's assignment is committed in __consumer_offsets
  | { type: 'assignment.failed' }
  | { type: 'group.unloaded' };

export const classicGroupMachine = setup({
  types: { events: {} as ClassicGroupEvent },
}).createMachine({
  id: 'classicGroup',
  initial: 'Empty',
  states: {
    Empty: {
      on: { 'member.added': 'PreparingRebalance', 'group.unloaded': 'Dead' },
    },
    PreparingRebalance: {
      on: { 'join.completed': 'CompletingRebalance', 'join.completedEmpty': 'Empty', 'group.unloaded': 'Dead' },
    },
    CompletingRebalance: {
      on: {
        'member.added': 'PreparingRebalance',
        'member.rejoined': 'PreparingRebalance',
        'member.removed': 'PreparingRebalance',
        'assignment.stored': 'Stable',
        'assignment.failed': 'PreparingRebalance',
        'group.unloaded': 'Dead',
      },
    },
    Stable: {
      on: {
        'member.added': 'PreparingRebalance',
        'member.rejoined': 'PreparingRebalance',
        'member.removed': 'PreparingRebalance',
        'group.unloaded': 'Dead',
      },
    },
    Dead: {},
  },
});
