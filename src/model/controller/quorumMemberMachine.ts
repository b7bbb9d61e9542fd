/**
 * One voter of the controller quorum.
 *
 * Source: Apache Kafka `QuorumState`, KIP-595, KIP-853, KIP-996.
 *
 *   Unattached   knows no leader of its epoch; may have voted
 *   Prospective  asks whether it would win (pre-vote) before it raises the epoch; only in releases with pre-vote
 *   Candidate    raised the epoch, voted for itself, asks for votes
 *   Leader       appends to the metadata log; its broker-facing half is the active controller
 *   Follower     fetches from the leader
 *   Resigned     was leader in this epoch; waits for the election of another one
 *
 * Which of `preVote.begun` and `candidacy.begun` follows a timeout is the release's behaviour, not the machine's.
 * Not modelled: Voted (folded into Unattached, as in 3.9 and later), observers.
 */
import { setup } from 'xstate';
import { compileMachine } from '../../machines/compileMachine.ts';

export type QuorumMemberState = 'Unattached' | 'Prospective' | 'Candidate' | 'Leader' | 'Follower' | 'Resigned';

export type QuorumMemberEvent =
  | { type: 'preVote.begun' }
  | { type: 'preVote.lost' } // no leader known; with one known it is leader.found again
  | { type: 'candidacy.begun' }
  | { type: 'elected' }
  | { type: 'leader.found' } // of this epoch or a higher one
  | { type: 'epoch.raised' } // someone named a higher epoch without a leader
  | { type: 'resigned' } // check-quorum failed, or graceful shutdown
  | { type: 'restarted' }
  | { type: 'restarted.formerLeader' };

export const quorumMemberMachine = setup({
  types: { events: {} as QuorumMemberEvent },
}).createMachine({
  id: 'quorumMember',
  initial: 'Unattached',
  states: {
    Unattached: {
      on: {
        'preVote.begun': 'Prospective',
        'candidacy.begun': 'Candidate',
        'leader.found': 'Follower',
        'epoch.raised': 'Unattached',
        restarted: 'Unattached',
      },
    },
    Prospective: {
      on: {
        'candidacy.begun': 'Candidate',
        'preVote.lost': 'Unattached',
        'leader.found': 'Follower',
        'epoch.raised': 'Unattached',
        restarted: 'Unattached',
      },
    },
    Candidate: {
      on: {
        elected: 'Leader',
        'preVote.begun': 'Prospective',
        'candidacy.begun': 'Candidate',
        'leader.found': 'Follower',
        'epoch.raised': 'Unattached',
        restarted: 'Unattached',
      },
    },
    Leader: {
      on: {
        resigned: 'Resigned',
        'leader.found': 'Follower',
        'epoch.raised': 'Unattached',
        'restarted.formerLeader': 'Resigned',
      },
    },
    Follower: {
      on: {
        'preVote.begun': 'Prospective',
        'candidacy.begun': 'Candidate',
        'leader.found': 'Follower',
        'epoch.raised': 'Unattached',
        restarted: 'Unattached',
      },
    },
    Resigned: {
      on: {
        'candidacy.begun': 'Candidate',
        'leader.found': 'Follower',
        'epoch.raised': 'Unattached',
        restarted: 'Unattached',
        'restarted.formerLeader': 'Resigned',
      },
    },
  },
});

export const quorumMemberTable = compileMachine<QuorumMemberState, QuorumMemberEvent['type']>(quorumMemberMachine);
