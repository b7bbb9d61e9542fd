/**
 * One replica as ZooKeeper's controller sees it.
 *
 * Source: Apache Kafka `ReplicaState`, `ZkReplicaStateMachine` (up to 3.9).
 *
 *   NonExistentReplica  not assigned
 *   NewReplica          assigned by a topic's creation or a reassignment; only becomes a follower
 *   OnlineReplica       started; leads or follows
 *   OfflineReplica      its broker is dead or shut down; out of the ISR unless it was alone in it
 *
 * Not modelled: ReplicaDeletionStarted, ReplicaDeletionSuccessful, ReplicaDeletionIneligible.
 */
import { setup } from 'xstate';
import { compileMachine } from '../../machines/compileMachine.ts';

export type ZkReplicaState = 'NonExistentReplica' | 'NewReplica' | 'OnlineReplica' | 'OfflineReplica';

export type ZkReplicaEvent =
  | { type: 'assigned' }
  | { type: 'started' }
  | { type: 'broker.failed' } // or shuts down
  | { type: 'removed' }; // a reassignment took it away

export const zkReplicaMachine = setup({ types: { events: {} as ZkReplicaEvent } }).createMachine({
  id: 'zkReplica',
  initial: 'NonExistentReplica',
  states: {
    NonExistentReplica: { on: { assigned: 'NewReplica' } },
    NewReplica: { on: { started: 'OnlineReplica', 'broker.failed': 'OfflineReplica' } },
    OnlineReplica: { on: { started: 'OnlineReplica', 'broker.failed': 'OfflineReplica' } },
    OfflineReplica: {
      on: { started: 'OnlineReplica', 'broker.failed': 'OfflineReplica', removed: 'NonExistentReplica' },
    },
  },
});

const table = compileMachine<ZkReplicaState, ZkReplicaEvent['type']>(zkReplicaMachine);

/** The states of all replicas in one controller's memory. */
export class ZkReplicaStates {
  readonly #states = new Map<number, Map<number, ZkReplicaState>>();

  of(partition: number, broker: number): ZkReplicaState {
    return this.#states.get(partition)?.get(broker) ?? table.initial;
  }

  step(partition: number, broker: number, event: ZkReplicaEvent['type']): void {
    let states = this.#states.get(partition);
    if (states === undefined) {
      states = new Map();
      this.#states.set(partition, states);
    }
    states.set(broker, table.step(this.of(partition, broker), event));
  }
}
