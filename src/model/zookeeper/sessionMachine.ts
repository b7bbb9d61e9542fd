/**
 * A broker's ZooKeeper session, as ensemble and client know it together.
 *
 * Source: Apache ZooKeeper `ZooKeeper.States`, `ClientCnxn`, `SessionTrackerImpl`; Apache Kafka `ZooKeeperClient`.
 *
 *   CONNECTING  asks for a session, or looks for another server while its session lasts
 *   CONNECTED   pings a server
 *   EXPIRED     the ensemble ended it; its ephemeral nodes are gone. The client learns it when it reconnects
 *   CLOSED      the client closed it in order; its ephemeral nodes are gone
 *
 * Kafka's client never goes on with an expired session: it asks for a new one, which is another run of this machine.
 */
import { setup } from 'xstate';
import { compileMachine } from '../../machines/compileMachine.ts';

export type SessionState = 'CONNECTING' | 'CONNECTED' | 'EXPIRED' | 'CLOSED';

export type SessionEvent =
  | { type: 'connected' }
  | { type: 'connection.lost' }
  | { type: 'expired' }
  | { type: 'closed' };

export const zooKeeperSessionMachine = setup({ types: { events: {} as SessionEvent } }).createMachine({
  id: 'zooKeeperSession',
  initial: 'CONNECTING',
  states: {
    CONNECTING: { on: { connected: 'CONNECTED', expired: 'EXPIRED', closed: 'CLOSED' } },
    CONNECTED: { on: { 'connection.lost': 'CONNECTING', expired: 'EXPIRED', closed: 'CLOSED' } },
    EXPIRED: {},
    CLOSED: {},
  },
});

export const sessionTable = compileMachine<SessionState, SessionEvent['type']>(zooKeeperSessionMachine);
