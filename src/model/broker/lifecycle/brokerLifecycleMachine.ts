/**
 * One broker process as it sees itself.
 *
 * Source: Apache Kafka `BrokerState`, `BrokerLifecycleManager`.
 *
 *   NOT_RUNNING                  no process, or one that has not begun to register
 *   STARTING                     registering with the controller, catching up with the metadata log
 *   RECOVERY                     caught up; loading its logs, still fenced
 *   RUNNING                      was unfenced once; stays so even when the controller fences it later
 *   PENDING_CONTROLLED_SHUTDOWN  asked the controller to move its leaderships away; still serving
 *   SHUTTING_DOWN                flushing and closing
 *
 * Not modelled: UNKNOWN, a placeholder that no broker ever reports.
 */
import { setup } from 'xstate';
import { compileMachine } from '../../../machines/compileMachine.ts';

export type BrokerState =
  | 'NOT_RUNNING'
  | 'STARTING'
  | 'RECOVERY'
  | 'RUNNING'
  | 'PENDING_CONTROLLED_SHUTDOWN'
  | 'SHUTTING_DOWN';

export type BrokerLifecycleEvent =
  | { type: 'process.started' }
  | { type: 'metadata.caughtUp' }
  | { type: 'unfenced' }
  | { type: 'zookeeper.connected' } // with ZooKeeper instead of the two above
  | { type: 'zookeeper.registered' }
  | { type: 'controlledShutdown.begun' } // SIGTERM while RUNNING
  | { type: 'shutdown.begun' } // granted, given up waiting, or SIGTERM with nothing to hand over
  | { type: 'exited' }
  | { type: 'killed' };

export const brokerLifecycleMachine = setup({
  types: { events: {} as BrokerLifecycleEvent },
}).createMachine({
  id: 'brokerLifecycle',
  initial: 'NOT_RUNNING',
  states: {
    NOT_RUNNING: { on: { 'process.started': 'STARTING' } },
    STARTING: {
      on: {
        'metadata.caughtUp': 'RECOVERY',
        'zookeeper.connected': 'RECOVERY',
        'shutdown.begun': 'SHUTTING_DOWN',
        killed: 'NOT_RUNNING',
      },
    },
    RECOVERY: {
      on: {
        unfenced: 'RUNNING',
        'zookeeper.registered': 'RUNNING',
        'shutdown.begun': 'SHUTTING_DOWN',
        killed: 'NOT_RUNNING',
      },
    },
    RUNNING: {
      on: {
        'controlledShutdown.begun': 'PENDING_CONTROLLED_SHUTDOWN',
        'shutdown.begun': 'SHUTTING_DOWN',
        killed: 'NOT_RUNNING',
      },
    },
    PENDING_CONTROLLED_SHUTDOWN: { on: { 'shutdown.begun': 'SHUTTING_DOWN', killed: 'NOT_RUNNING' } },
    SHUTTING_DOWN: { on: { exited: 'NOT_RUNNING', killed: 'NOT_RUNNING' } },
  },
});

export const brokerLifecycleTable = compileMachine<BrokerState, BrokerLifecycleEvent['type']>(brokerLifecycleMachine);
