import type { Behaviour } from './behaviour.ts';
import type { KafkaVersion } from './versions.ts';

/**
 * What has to change before a behaviour changes, in a cluster that is upgraded node by node:
 *
 *   binary           the software of the node that acts: a broker, the active controller, a client
 *   metadataVersion  the finalized metadata.version (inter.broker.protocol.version with ZooKeeper), raised after the roll
 *   feature          a feature level of its own (kraft.version, group.version, transaction.version,
 *                    eligible.leader.replicas.version), raised to the release's default together with metadata.version
 */
export type BehaviourGate = 'binary' | 'metadataVersion' | 'feature';

/** One difference between releases: where it is written down, and the value from a release on. */
export interface BehaviourRow<Value> {
  source: string;
  gate: BehaviourGate;
  /** Oldest first; the first entry is 2.8. */
  since: readonly (readonly [from: KafkaVersion, value: Value])[];
  /** The value in clusters that ZooKeeper coordinates, whatever the release, where it differs. */
  zookeeper?: Value;
}

/** What changed between the supported releases; a row with a single release never changed, or differs by ZooKeeper only. */
export const BEHAVIOUR_TABLE: { readonly [Field in keyof Behaviour]: BehaviourRow<Behaviour[Field]> } = {
  zooKeeperAvailable: {
    source: 'KIP-500',
    gate: 'binary',
    since: [
      ['2.8', true],
      ['4.0', false],
    ],
  },
  kraftMaturity: {
    source: 'KIP-833',
    gate: 'binary',
    since: [
      ['2.8', 'earlyAccess'],
      ['3.3', 'production'],
    ],
  },

  fencingCheck: {
    source: 'BrokerHeartbeatManager, BrokerHeartbeatTracker',
    gate: 'binary',
    since: [
      ['2.8', 'deferredEvent'],
      ['4.0', 'periodicScan'],
    ],
  },
  contactRenewedOnActivation: {
    source: 'KAFKA-19130',
    gate: 'binary',
    since: [
      ['2.8', 'all'],
      ['4.1', 'unfenced'],
    ],
  },
  registrationRefusedUntilSessionEnds: {
    source: 'BrokerHeartbeatTracker, KAFKA-19047, KAFKA-19130',
    gate: 'binary',
    since: [
      ['2.8', 'neverWhenFenced'],
      ['4.0', 'always'],
    ],
  },
  registrationRetry: {
    source: 'BrokerLifecycleManager.scheduleNextCommunicationAfterFailure',
    gate: 'binary',
    since: [
      ['2.8', 'exponential'],
      ['4.1', 'heartbeatInterval'],
    ],
  },
  singleReplicaOnControlledShutdown: {
    source: 'ReplicationControlManager; KafkaController for ZooKeeper',
    gate: 'binary',
    since: [['2.8', 'leaderless']],
    zookeeper: 'kept',
  },
  isrRefusesFencedBrokers: {
    source: 'KIP-841',
    gate: 'binary',
    since: [
      ['2.8', false],
      ['3.3', true],
    ],
  },
  isrChecksBrokerEpoch: {
    source: 'KIP-903',
    gate: 'metadataVersion',
    since: [
      ['2.8', false],
      ['3.5', true],
    ],
    zookeeper: false,
  },
  logDirFailureReported: {
    source: 'KIP-858',
    gate: 'metadataVersion',
    since: [
      ['2.8', false],
      ['3.7', true],
    ],
    zookeeper: true,
  },

  preVote: {
    source: 'KIP-996',
    gate: 'binary',
    since: [
      ['2.8', false],
      ['4.0', true],
    ],
  },
  dynamicQuorum: {
    source: 'KIP-853',
    gate: 'feature',
    since: [
      ['2.8', false],
      ['3.9', true],
    ],
  },
  resignedBecomes: {
    source: 'KIP-996, ResignedState',
    gate: 'binary',
    since: [
      ['2.8', 'Candidate'],
      ['4.0', 'Unattached'],
    ],
  },
  metadataCommitVisible: {
    source: 'KIP-1166',
    gate: 'binary',
    since: [
      ['2.8', 'nextFetch'],
      ['4.1', 'onHighWatermark'],
    ],
  },

  elrAvailable: {
    source: 'KIP-966',
    gate: 'metadataVersion',
    since: [
      ['2.8', false],
      ['4.0', true],
    ],
    zookeeper: false,
  },
  elrDefault: {
    source: 'KIP-966',
    gate: 'feature',
    since: [
      ['2.8', false],
      ['4.1', true],
    ],
    zookeeper: false,
  },
  lastKnownLeaderMustBeAlive: {
    source: 'KAFKA-19522',
    gate: 'binary',
    since: [
      ['2.8', false],
      ['4.1', true],
    ],
  },
  lastKnownLeaderRemembered: {
    source: 'KIP-966, PartitionChangeBuilder',
    gate: 'binary',
    since: [
      ['2.8', 'whenIsrEmpties'],
      ['4.1', 'whenLeaderless'],
    ],
  },
  epochBumpOnIsrShrink: {
    source: 'KAFKA-15021',
    gate: 'metadataVersion',
    since: [
      ['2.8', true],
      ['3.6', false],
    ],
    zookeeper: false,
  },
  highWatermarkNeedsMinIsr: {
    source: 'KAFKA-15583',
    gate: 'binary',
    since: [
      ['2.8', false],
      ['3.7', true],
    ],
  },
  reassignmentCompletes: {
    source: 'KIP-455, PartitionReassignmentReplicas',
    gate: 'binary',
    since: [
      ['2.8', 'everyTargetInIsr'],
      ['4.3', 'everyAddedInIsr'],
    ],
    zookeeper: 'everyTargetInIsr',
  },
  preferredBalance: {
    source: 'KAFKA-13682, QuorumController; KafkaController for ZooKeeper',
    gate: 'binary',
    since: [
      ['2.8', 'never'],
      ['3.2', 'afterNoticed'],
      ['4.0', 'periodic'],
    ],
    zookeeper: 'zkPercentage',
  },
  uncleanElectionByConfig: {
    source: 'KAFKA-12670, ConfigurationControlManager',
    gate: 'binary',
    since: [
      ['2.8', false],
      ['3.9', true],
    ],
    zookeeper: true,
  },
  uncleanElectionRetry: {
    source: 'KAFKA-12670, QuorumController; KafkaController for ZooKeeper',
    gate: 'binary',
    since: [
      ['2.8', 'never'],
      ['3.9', 'afterNoticed'],
      ['4.0', 'periodic'],
    ],
    zookeeper: 'never',
  },
  uncleanElectionOnConfigChange: {
    source: 'KafkaController; QuorumController waits for the next event',
    gate: 'binary',
    since: [['2.8', false]],
    zookeeper: true,
  },
  uncleanLeaderRecovers: {
    source: 'KIP-704',
    gate: 'metadataVersion',
    since: [
      ['2.8', false],
      ['3.2', true],
    ],
  },
  cordonedLogDirs: {
    source: 'KIP-1066',
    gate: 'metadataVersion',
    since: [
      ['2.8', false],
      ['4.3', true],
    ],
  },

  partitionsMayChange: {
    source: 'KIP-500, config/kraft/README.md of 2.8',
    gate: 'binary',
    since: [
      ['2.8', false],
      ['3.0', true],
    ],
    zookeeper: true,
  },
  partitionsPerCreateTopics: {
    source: 'KAFKA-17870, ReplicationControlManager',
    gate: 'binary',
    since: [
      ['2.8', Number.MAX_SAFE_INTEGER],
      ['4.0', 10_000],
    ],
    zookeeper: Number.MAX_SAFE_INTEGER,
  },
  autoCreatedTopicAnswer: {
    source: 'AutoTopicCreationManager',
    gate: 'binary',
    since: [['2.8', 'UNKNOWN_TOPIC_OR_PARTITION']],
    zookeeper: 'LEADER_NOT_AVAILABLE',
  },

  stickyPartitioner: {
    source: 'KIP-480, KIP-794',
    gate: 'binary',
    since: [
      ['2.8', 'perBatch'],
      ['3.3', 'byBytes'],
    ],
  },
  roundRobinSkipsPartitions: {
    source: 'KAFKA-9965',
    gate: 'binary',
    since: [
      ['2.8', true],
      ['4.0', false],
    ],
  },
  clientRetryBackoff: {
    source: 'KIP-580',
    gate: 'binary',
    since: [
      ['2.8', 'constant'],
      ['3.7', 'exponential'],
    ],
  },
  leaderHintInErrors: {
    source: 'KIP-951',
    gate: 'binary',
    since: [
      ['2.8', false],
      ['3.7', true],
    ],
  },
  idempotenceInFlightConflict: {
    source: 'ProducerConfig',
    gate: 'binary',
    since: [
      ['2.8', 'disabled'],
      ['4.0', 'refused'],
    ],
  },

  groupCoordinator: {
    source: 'KIP-848, GroupCoordinatorService',
    gate: 'binary',
    since: [
      ['2.8', 'direct'],
      ['4.0', 'batched'],
    ],
  },
  consumerProtocolEnabled: {
    source: 'KIP-848',
    gate: 'feature',
    since: [
      ['2.8', false],
      ['4.0', true],
    ],
  },
  transactionsV2Default: {
    source: 'KIP-890',
    gate: 'feature',
    since: [
      ['2.8', false],
      ['4.0', true],
    ],
  },
};
