import type { AnyStateMachine } from 'xstate';
import { brokerLifecycleMachine } from './broker/lifecycle/brokerLifecycleMachine.ts';
import { brokerControlMachine } from './controller/brokerControlMachine.ts';
import { partitionMachine } from './controller/partitionMachine.ts';
import { quorumMemberMachine } from './controller/quorumMemberMachine.ts';
import { failureMachine } from './failures/failureMachine.ts';
import { classicGroupMachine } from './group/classicGroupMachine.ts';
import { classicMemberMachine } from './group/classicMemberMachine.ts';
import { consumerGroupMachine } from './group/modern/consumerGroupMachine.ts';
import { consumerMemberMachine } from './group/modern/consumerMemberMachine.ts';
import { producerSessionMachine } from './producer/producerSessionMachine.ts';
import { replicaMachine } from './replication/replicaMachine.ts';
import { transactionMachine } from './transaction/transactionMachine.ts';
import { zkControllerMachine } from './zkController/controllerMachine.ts';
import { zkPartitionMachine } from './zkController/partitionStateMachine.ts';
import { zkReplicaMachine } from './zkController/replicaStateMachine.ts';
import { zooKeeperServerMachine } from './zookeeper/serverMachine.ts';
import { zooKeeperSessionMachine } from './zookeeper/sessionMachine.ts';

export interface NamedMachine {
  /** As in `streamproof machines NAME`. */
  readonly name: string;
  readonly machine: AnyStateMachine;
  /** Kafka class or KIP that the states are from. */
  readonly source: string;
}

/** The model's state machines, from the broker outwards. */
export const machines: readonly NamedMachine[] = [
  { name: 'broker', machine: brokerLifecycleMachine, source: 'BrokerState, BrokerLifecycleManager' },
  { name: 'registration', machine: brokerControlMachine, source: 'BrokerControlState, BrokerHeartbeatManager' },
  { name: 'quorum', machine: quorumMemberMachine, source: 'QuorumState; KIP-595, KIP-853, KIP-996' },
  { name: 'partition', machine: partitionMachine, source: 'PartitionRegistration, PartitionChangeBuilder' },
  { name: 'replica', machine: replicaMachine, source: 'ReplicaManager, Partition (HostedPartition)' },
  { name: 'group', machine: classicGroupMachine, source: 'ClassicGroupState, GroupMetadataManager' },
  { name: 'member', machine: classicMemberMachine, source: 'AbstractCoordinator.MemberState' },
  { name: 'consumer-group', machine: consumerGroupMachine, source: 'ConsumerGroup.ConsumerGroupState; KIP-848' },
  { name: 'consumer-member', machine: consumerMemberMachine, source: 'consumer.internals.MemberState; KIP-848' },
  { name: 'producer', machine: producerSessionMachine, source: 'TransactionManager; KIP-98, KIP-360' },
  { name: 'producer', machine: producerSessionMachine, source: 'TransactionManager; KIP-98, KIP-360, KIP-890' },
  {
    name: 'transaction',
    machine: transactionMachine,
    source: 'TransactionMetadata, TransactionState; KIP-98, KIP-890',
  },
  { name: 'zookeeper', machine: zooKeeperServerMachine, source: 'ZooKeeper: QuorumPeer.ServerState' },
  {
    name: 'zookeeper-session',
    machine: zooKeeperSessionMachine,
    source: 'ZooKeeper: ZooKeeper.States, SessionTrackerImpl',
  },
  { name: 'zookeeper-controller', machine: zkControllerMachine, source: 'KafkaController (up to 3.9)' },
  { name: 'zookeeper-partition', machine: zkPartitionMachine, source: 'ZkPartitionStateMachine (up to 3.9)' },
  { name: 'zookeeper-replica', machine: zkReplicaMachine, source: 'ZkReplicaStateMachine (up to 3.9)' },
  { name: 'failure', machine: failureMachine, source: 'our own' },
];
