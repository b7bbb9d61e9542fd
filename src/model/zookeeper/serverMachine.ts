/**
 * One ZooKeeper server.
 *
 * Source: Apache ZooKeeper `QuorumPeer.ServerState`, `FastLeaderElection`, `Leader`, `Follower`.
 *
 *   DOWN        no process, or one that still starts
 *   LOOKING     knows no leader; closes its clients' connections and takes part in an election
 *   FOLLOWING   synchronised with the leader; serves clients
 *   LEADING     has a majority of followers; serves clients, and it alone ends sessions
 *   STANDALONE  the only server; serves clients as long as it runs
 *
 * Not modelled: OBSERVING, read-only mode, reconfiguration.
 */
import { setup } from 'xstate';
import { compileMachine } from '../../machines/compileMachine.ts';

export type ServerState = 'DOWN' | 'LOOKING' | 'FOLLOWING' | 'LEADING' | 'STANDALONE';

export type ServerEvent =
  | { type: 'booted' }
  | { type: 'booted.alone' }
  | { type: 'elected' }
  | { type: 'leader.found' }
  | { type: 'leader.lost' } // its connection broke, or nothing was heard for syncLimit ticks
  | { type: 'quorum.lost' } // fewer than a majority are left that follow
  | { type: 'died' };

export const zooKeeperServerMachine = setup({ types: { events: {} as ServerEvent } }).createMachine({
  id: 'zooKeeperServer',
  initial: 'DOWN',
  states: {
    DOWN: { on: { booted: 'LOOKING', 'booted.alone': 'STANDALONE', died: 'DOWN' } },
    LOOKING: { on: { elected: 'LEADING', 'leader.found': 'FOLLOWING', died: 'DOWN' } },
    FOLLOWING: { on: { 'leader.lost': 'LOOKING', died: 'DOWN' } },
    LEADING: { on: { 'quorum.lost': 'LOOKING', died: 'DOWN' } },
    STANDALONE: { on: { died: 'DOWN' } },
  },
});

export const serverTable = compileMachine<ServerState, ServerEvent['type']>(zooKeeperServerMachine);
