import { setup } from 'xstate';

/**
 * The session of one idempotent or transactional producer instance.
 *
 *   UNINITIALIZED           no producer id yet; no data is sent while one is needed
 *   INITIALIZING            InitProducerId is out, or waits to be sent again
 *   READY                   producer id and epoch are known (without transactions: all that there is)
 *   IN_TRANSACTION          beginTransaction() was called
 *   COMMITTING_TRANSACTION  inside commitTransaction(): what is buffered is sent, then EndTxn
 *   ABORTING_TRANSACTION    inside abortTransaction(): what was never sent is dropped, then EndTxn
 *   ABORTABLE_ERROR         the application must abort
 *   FATAL_ERROR             the application must close the producer
 *   (a local epoch bump, KIP-360, stays in READY; a new id is asked for when the epoch is used up)
 *
 * Source: Apache Kafka `producer/internals/TransactionManager.java` (enum State), KIP-98, KIP-360, KIP-890.
 * Not modelled: PREPARED_TRANSACTION (KIP-939).
 */
export type ProducerSessionEvent =
  | { type: 'initProducerId.sent' }
  | { type: 'initProducerId.failed' }
  | { type: 'initProducerId.answered' }
  | { type: 'epoch.bumped' }
  | { type: 'epoch.exhausted' }
  | { type: 'transaction.begun' }
  | { type: 'commit.called' }
  | { type: 'abort.called' }
  | { type: 'transaction.ended' }
  | { type: 'epoch.bump.needed' }
  | { type: 'abortable.error' }
  | { type: 'fatal.error' };

export const producerSessionMachine = setup({ types: { events: {} as ProducerSessionEvent } }).createMachine({
  id: 'producerSession',
  initial: 'UNINITIALIZED',
  states: {
    UNINITIALIZED: { on: { 'initProducerId.sent': 'INITIALIZING', 'fatal.error': 'FATAL_ERROR' } },
    INITIALIZING: {
      on: {
        'initProducerId.answered': 'READY',
        'initProducerId.failed': 'INITIALIZING',
        'abortable.error': 'ABORTABLE_ERROR',
        'fatal.error': 'FATAL_ERROR',
      },
    },
    READY: {
      on: {
        'epoch.bumped': 'READY',
        'epoch.exhausted': 'UNINITIALIZED',
        'transaction.begun': 'IN_TRANSACTION',
        'fatal.error': 'FATAL_ERROR',
      },
    },
    IN_TRANSACTION: {
      on: {
        'commit.called': 'COMMITTING_TRANSACTION',
        'abort.called': 'ABORTING_TRANSACTION',
        'abortable.error': 'ABORTABLE_ERROR',
        'fatal.error': 'FATAL_ERROR',
      },
    },
    COMMITTING_TRANSACTION: {
      on: {
        'transaction.ended': 'READY',
        'epoch.bump.needed': 'INITIALIZING',
        'abortable.error': 'ABORTABLE_ERROR',
        'fatal.error': 'FATAL_ERROR',
      },
    },
    ABORTING_TRANSACTION: {
      on: { 'transaction.ended': 'READY', 'epoch.bump.needed': 'INITIALIZING', 'fatal.error': 'FATAL_ERROR' },
    },
    ABORTABLE_ERROR: {
      on: {
        'abort.called': 'ABORTING_TRANSACTION',
        'abortable.error': 'ABORTABLE_ERROR',
        'epoch.exhausted': 'UNINITIALIZED',
        'fatal.error': 'FATAL_ERROR',
      },
    },
    FATAL_ERROR: { on: { 'fatal.error': 'FATAL_ERROR' } },
  },
});
