import { setup } from 'xstate';

/**
 * The idempotent session of one producer instance, as far as TransactionManager goes without transactions.
 *
 *   UNINITIALIZED  no producer id yet; no data is sent while one is needed
 *   INITIALIZING   InitProducerId is out, or waits to be sent again
 *   READY          producer id and epoch are known
 *   (a local epoch bump, KIP-360, stays in READY; a new id is asked for when the epoch is used up)
 *
 * Source: Apache Kafka `producer/internals/TransactionManager.java` (enum State), KIP-98, KIP-360.
 * Not modelled here: the transactional states.
 */
export type ProducerSessionEvent =
  | { type: 'initProducerId.sent' }
  | { type: 'initProducerId.failed' }
  | { type: 'initProducerId.answered' }
  | { type: 'epoch.bumped' }
  | { type: 'epoch.exhausted' };

export const producerSessionMachine = setup({ types: { events: {} as ProducerSessionEvent } }).createMachine({
  id: 'producerSession',
  initial: 'UNINITIALIZED',
  states: {
    UNINITIALIZED: { on: { 'initProducerId.sent': 'INITIALIZING' } },
    INITIALIZING: { on: { 'initProducerId.answered': 'READY', 'initProducerId.failed': 'INITIALIZING' } },
    READY: { on: { 'epoch.bumped': 'READY', 'epoch.exhausted': 'UNINITIALIZED' } },
  },
});
