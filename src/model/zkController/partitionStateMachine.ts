/**
 * One partition as ZooKeeper's controller sees it.
 *
 * Source: Apache Kafka `PartitionState`, `ZkPartitionStateMachine` (up to 3.9).
 *
 *   NonExistentPartition  no znode
 *   NewPartition          assigned, without leader and ISR
 *   OnlinePartition       has a leader
 *   OfflinePartition      its leader died, and nobody could be elected yet
 *
 * An election that finds nobody leaves the state as it is. Not modelled: deletion.
 */
import { setup } from 'xstate';
import { compileMachine } from '../../machines/compileMachine.ts';

export type ZkPartitionState = 'NonExistentPartition' | 'NewPartition' | 'OnlinePartition' | 'OfflinePartition';

export type ZkPartitionEvent =
  | { type: 'created' }
  | { type: 'elected' } // a leader and an ISR are written
  | { type: 'leader.failed' };

export const zkPartitionMachine = setup({ types: { events: {} as ZkPartitionEvent } }).createMachine({
  id: 'zkPartition',
  initial: 'NonExistentPartition',
  states: {
    NonExistentPartition: { on: { created: 'NewPartition' } },
    NewPartition: { on: { elected: 'OnlinePartition', 'leader.failed': 'OfflinePartition' } },
    OnlinePartition: { on: { elected: 'OnlinePartition', 'leader.failed': 'OfflinePartition' } },
    OfflinePartition: { on: { elected: 'OnlinePartition', 'leader.failed': 'OfflinePartition' } },
  },
});

const table = compileMachine<ZkPartitionState, ZkPartitionEvent['type']>(zkPartitionMachine);

/** The states of all partitions in one controller's memory. */
export class ZkPartitionStates {
  readonly #states = new Map<number, ZkPartitionState>();
  /** New or offline: what an election is tried for when anything changes. */
  readonly leaderless = new Set<number>();

  of(partition: number): ZkPartitionState {
    return this.#states.get(partition) ?? table.initial;
  }

  /** Its topic was deleted. */
  forget(partition: number): void {
    this.#states.delete(partition);
    this.leaderless.delete(partition);
  }

  step(partition: number, event: ZkPartitionEvent['type']): void {
    const state = table.step(this.of(partition), event);
    this.#states.set(partition, state);
    if (state === 'OnlinePartition') this.leaderless.delete(partition);
    else this.leaderless.add(partition);
  }
}
