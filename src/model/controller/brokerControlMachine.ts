/**
 * One broker as the active controller sees it.
 *
 * Source: Apache Kafka `BrokerControlState`, `BrokerHeartbeatManager.calculateNextBrokerState`, KIP-631.
 *
 *   FENCED               registered, not serving; leads nothing and joins no ISR
 *   UNFENCED             caught up with the metadata log and heartbeating
 *   CONTROLLED_SHUTDOWN  its leaderships are moved away; it still serves and heartbeats
 *   SHUTDOWN_NOW         may exit; counts as fenced
 */
import { setup } from 'xstate';
import { compileMachine } from '../../machines/compileMachine.ts';

export type BrokerControlState = 'FENCED' | 'UNFENCED' | 'CONTROLLED_SHUTDOWN' | 'SHUTDOWN_NOW';

export type BrokerControlEvent =
  | { type: 'registered' } // a new incarnation, whatever became of the old one
  | { type: 'caughtUp' } // a heartbeat that wants to be unfenced, with a recent metadata offset
  | { type: 'session.expired' } // no heartbeat for broker.session.timeout.ms
  | { type: 'shutdown.requested' } // a heartbeat that wants to shut down, of a broker that leads partitions
  | { type: 'shutdown.granted' }; // it leads nothing, and every active broker knows

export const brokerControlMachine = setup({
  types: { events: {} as BrokerControlEvent },
}).createMachine({
  id: 'brokerControl',
  initial: 'FENCED',
  states: {
    FENCED: { on: { registered: 'FENCED', caughtUp: 'UNFENCED', 'shutdown.granted': 'SHUTDOWN_NOW' } },
    UNFENCED: {
      on: {
        registered: 'FENCED',
        'session.expired': 'FENCED',
        'shutdown.requested': 'CONTROLLED_SHUTDOWN',
        'shutdown.granted': 'SHUTDOWN_NOW',
      },
    },
    CONTROLLED_SHUTDOWN: {
      on: { registered: 'FENCED', 'session.expired': 'FENCED', 'shutdown.granted': 'SHUTDOWN_NOW' },
    },
    SHUTDOWN_NOW: { on: { registered: 'FENCED' } },
  },
});

export const brokerControlTable = compileMachine<BrokerControlState, BrokerControlEvent['type']>(brokerControlMachine);
