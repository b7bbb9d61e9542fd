/**
 * A broker's controller in a cluster that ZooKeeper coordinates.
 *
 * Source: Apache Kafka `KafkaController` (up to 3.9).
 *
 *   Standby   watches /controller, which belongs to another broker or to nobody
 *   FailOver  owns /controller and raised the controller epoch; reads brokers, topics and partition states
 *   Active    takes requests and decides
 *
 * It resigns when its session expires, when it sees another owner, or when a write meets a higher controller epoch.
 */
import { setup } from 'xstate';
import { compileMachine } from '../../machines/compileMachine.ts';

export type ZkControllerState = 'Standby' | 'FailOver' | 'Active';

export type ZkControllerEvent = { type: 'elected' } | { type: 'loaded' } | { type: 'resigned' } | { type: 'died' };

export const zkControllerMachine = setup({ types: { events: {} as ZkControllerEvent } }).createMachine({
  id: 'zkController',
  initial: 'Standby',
  states: {
    Standby: { on: { elected: 'FailOver', resigned: 'Standby', died: 'Standby' } },
    FailOver: { on: { loaded: 'Active', resigned: 'Standby', died: 'Standby' } },
    Active: { on: { resigned: 'Standby', died: 'Standby' } },
  },
});

export const zkControllerTable = compileMachine<ZkControllerState, ZkControllerEvent['type']>(zkControllerMachine);
