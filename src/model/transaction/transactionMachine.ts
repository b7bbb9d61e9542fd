import { setup } from 'xstate';

/**
 * One transactional.id on its coordinator, as its record in `__transaction_state` says.
 *
 *   Empty              a producer id and epoch, and nothing under way
 *   Ongoing            partitions were added
 *   PrepareCommit      it will be committed: markers are on their way to the partitions' leaders
 *   PrepareAbort       it will be aborted: likewise
 *   CompleteCommit     every leader has its marker
 *   CompleteAbort      every leader has its marker
 *   PrepareEpochFence  a newer producer bumped the epoch while a transaction was open; never written
 *   Dead               the id was not used for transactional.id.expiration.ms
 *
 * Source: Apache Kafka `TransactionMetadata`, `TransactionState`; KIP-98, KIP-890.
 */
export type TransactionEvent =
  | { type: 'initProducerId' }
  | { type: 'partitions.added' }
  | { type: 'commit.prepared' }
  | { type: 'abort.prepared' }
  | { type: 'epoch.fenced' }
  | { type: 'markers.written' }
  | { type: 'id.expired' };

export const transactionMachine = setup({ types: { events: {} as TransactionEvent } }).createMachine({
  id: 'transaction',
  initial: 'Empty',
  states: {
    Empty: {
      on: {
        initProducerId: 'Empty',
        'partitions.added': 'Ongoing',
        'abort.prepared': 'PrepareAbort',
        'id.expired': 'Dead',
      },
    },
    Ongoing: {
      on: {
        'partitions.added': 'Ongoing',
        'commit.prepared': 'PrepareCommit',
        'abort.prepared': 'PrepareAbort',
        'epoch.fenced': 'PrepareEpochFence',
      },
    },
    PrepareCommit: { on: { 'markers.written': 'CompleteCommit' } },
    PrepareAbort: { on: { 'markers.written': 'CompleteAbort' } },
    CompleteCommit: {
      on: {
        initProducerId: 'Empty',
        'partitions.added': 'Ongoing',
        'abort.prepared': 'PrepareAbort',
        'id.expired': 'Dead',
      },
    },
    CompleteAbort: {
      on: {
        initProducerId: 'Empty',
        'partitions.added': 'Ongoing',
        'abort.prepared': 'PrepareAbort',
        'id.expired': 'Dead',
      },
    },
    PrepareEpochFence: { on: { 'abort.prepared': 'PrepareAbort' } },
    Dead: { type: 'final' },
  },
});
