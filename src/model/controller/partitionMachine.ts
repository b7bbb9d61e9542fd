/**
 * One partition as operators speak of it.
 *
 * KRaft has no partition state machine (ZooKeeper's controller had one: NonExistent, New, Online, Offline); a partition
 * is a registration in the metadata log. This machine names what the registration says after each change record:
 *
 *   NonExistent      no registration yet
 *   Online           has a leader, and every replica is in the ISR
 *   UnderReplicated  has a leader, and some replica is not in the ISR (UnderReplicatedPartitions counts it)
 *   Offline          leader -1 (OfflinePartitionsCount counts it)
 *
 * Any of the three may follow any other in one record: a fence can take the last leader at once, and an unclean election
 * of a partition with one replica makes it whole at once. Not modelled: deletion.
 */
import { setup } from 'xstate';
import { compileMachine } from '../../machines/compileMachine.ts';

export type PartitionState = 'NonExistent' | 'Online' | 'UnderReplicated' | 'Offline';

export type PartitionMachineEvent =
  | { type: 'isr.whole' } // a leader, and ISR = replicas
  | { type: 'isr.partial' } // a leader, and a smaller ISR
  | { type: 'leader.none' };

const edges = { 'isr.whole': 'Online', 'isr.partial': 'UnderReplicated', 'leader.none': 'Offline' } as const;

export const partitionMachine = setup({
  types: { events: {} as PartitionMachineEvent },
}).createMachine({
  id: 'partition',
  initial: 'NonExistent',
  states: {
    NonExistent: { on: { 'isr.whole': 'Online', 'isr.partial': 'UnderReplicated' } },
    Online: { on: edges },
    UnderReplicated: { on: edges },
    Offline: { on: edges },
  },
});

export const partitionTable = compileMachine<PartitionState, PartitionMachineEvent['type']>(partitionMachine);
