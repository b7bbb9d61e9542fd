/**
 * A member of a classic group as the client itself sees it.
 *
 * Source: Apache Kafka `consumer/internals/AbstractCoordinator.java` (`MemberState`).
 *
 *   UNJOINED              not in a group, or no longer
 *   PREPARING_REBALANCE   JoinGroup is sent, its answer is not there
 *   COMPLETING_REBALANCE  JoinGroup is answered, SyncGroup is not; heartbeats begin here
 *   STABLE                it has an assignment, and heartbeats
 *
 * Hearing of a rebalance leaves a member STABLE: it rejoins only in its next poll().
 */
import { setup } from 'xstate';

export type ClassicMemberState = 'UNJOINED' | 'PREPARING_REBALANCE' | 'COMPLETING_REBALANCE' | 'STABLE';

export type ClassicMemberEvent =
  | { type: 'join.sent' }
  | { type: 'join.answered' }
  | { type: 'sync.answered' }
  | { type: 'rebalance.failed' } // JoinGroup or SyncGroup came back with an error, or not at all
  | { type: 'generation.reset' }; // UNKNOWN_MEMBER_ID, ILLEGAL_GENERATION, or it left the group

export const classicMemberMachine = setup({
  types: { events: {} as ClassicMemberEvent },
}).createMachine({
  id: 'classicMember',
  initial: 'UNJOINED',
  states: {
    UNJOINED: {
      on: { 'join.sent': 'PREPARING_REBALANCE' },
    },
    PREPARING_REBALANCE: {
      on: {
        'join.answered': 'COMPLETING_REBALANCE',
        'rebalance.failed': 'UNJOINED',
        'generation.reset': 'UNJOINED',
      },
    },
    COMPLETING_REBALANCE: {
      on: {
        'sync.answered': 'STABLE',
        'rebalance.failed': 'UNJOINED',
        'generation.reset': 'UNJOINED',
      },
    },
    STABLE: {
      on: { 'join.sent': 'PREPARING_REBALANCE', 'generation.reset': 'UNJOINED' },
    },
  },
});
