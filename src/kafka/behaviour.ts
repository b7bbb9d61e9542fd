import { BEHAVIOUR_TABLE, type BehaviourGate, type BehaviourRow } from './behaviourTable.ts';
import { compareVersions, type KafkaVersion } from './versions.ts';

/** Who keeps a cluster's metadata: a KRaft quorum, or ZooKeeper (up to 3.9). */
export type Coordination = 'kraft' | 'zookeeper';

/**
 * How a release behaves where releases differ. The model reads these fields and never compares versions.
 *
 * Defaults of configs are not here: the config tables have them per version. Values are those of a newly created
 * cluster that runs the release's own metadata version and features.
 */
export interface Behaviour {
  /** Whether ZooKeeper may coordinate the cluster. */
  zooKeeperAvailable: boolean;
  /** How far KRaft had come; it is available in every supported release, for tests only before 3.3. */
  kraftMaturity: 'earlyAccess' | 'production';

  /** How the controller finds brokers whose session ended: an event at that very time, or a scan each session/8. */
  fencingCheck: 'deferredEvent' | 'periodicScan';
  /** Whose session a new active controller restarts. */
  contactRenewedOnActivation: 'all' | 'unfenced';
  /** A restarted broker is refused while its former incarnation's session lasts: unless that one is fenced, or always. */
  registrationRefusedUntilSessionEnds: 'neverWhenFenced' | 'always';
  /** How long a refused broker waits before it asks again: 100 ms doubling up to a session, or a heartbeat interval. */
  registrationRetry: 'exponential' | 'heartbeatInterval';
  /** Partitions with a single replica when their broker asks for a controlled shutdown. */
  singleReplicaOnControlledShutdown: 'leaderless' | 'kept';
  /** The controller refuses fenced or stopping brokers as new ISR members. */
  isrRefusesFencedBrokers: boolean;
  /** AlterPartition carries broker epochs, so that a restarted broker's old ISR membership is refused. */
  isrChecksBrokerEpoch: boolean;
  /** The controller is told about a single failed log directory of a broker with several. */
  logDirFailureReported: boolean;

  /** A quorum member asks for pre-votes (state Prospective) before it raises its epoch. */
  preVote: boolean;
  /** Controllers may be added to and removed from a running quorum. */
  dynamicQuorum: boolean;
  /** The state that a resigned quorum leader enters when its election timeout ends. */
  resignedBecomes: 'Candidate' | 'Unattached';
  /** When a parked raft fetch tells a broker of a new commit: with the next one, or at once. */
  metadataCommitVisible: 'nextFetch' | 'onHighWatermark';

  /** Whether eligible leader replicas can be switched on at all. */
  elrAvailable: boolean;
  /** Whether a new cluster has eligible leader replicas. */
  elrDefault: boolean;
  /** The last known leader is elected only when it is alive and may lead. */
  lastKnownLeaderMustBeAlive: boolean;
  /** When the controller remembers a last known leader (with ELR). */
  lastKnownLeaderRemembered: 'whenIsrEmpties' | 'whenLeaderless';
  /** The leader epoch rises whenever the ISR shrinks. */
  epochBumpOnIsrShrink: boolean;
  /** The high watermark stands still while the ISR is smaller than min.insync.replicas. */
  highWatermarkNeedsMinIsr: boolean;
  /** Which replicas must be in the ISR before a reassignment completes. */
  reassignmentCompletes: 'everyTargetInIsr' | 'everyAddedInIsr';
  /** How leaderships return to the preferred replica: not by themselves, above 10 % per broker, 300 s after noticed, or each 300 s. */
  preferredBalance: 'never' | 'zkPercentage' | 'afterNoticed' | 'periodic';
  /** The controller looks at unclean.leader.election.enable; where it does not, only an administrator elects uncleanly. */
  uncleanElectionByConfig: boolean;
  /** When an unclean election is tried again: timed from the first leaderless partition, each period, or never. */
  uncleanElectionRetry: 'never' | 'afterNoticed' | 'periodic';
  /** Switching unclean election on elects at once, without waiting for a retry or a broker change. */
  uncleanElectionOnConfigChange: boolean;
  /** A leader from an unclean election is RECOVERING until it reports itself; no ISR grows before. */
  uncleanLeaderRecovers: boolean;
  /** Placement skips brokers whose log directories are all cordoned. */
  cordonedLogDirs: boolean;

  /** Reassignments and new partitions of a topic; the first KRaft had neither. */
  partitionsMayChange: boolean;
  /** The most partitions that one CreateTopics request may ask for. */
  partitionsPerCreateTopics: number;
  /** What a client hears about a topic that is being created because it asked for it. */
  autoCreatedTopicAnswer: 'UNKNOWN_TOPIC_OR_PARTITION' | 'LEADER_NOT_AVAILABLE';

  /** Sticky partitioning of records without key: a partition per batch (KIP-480), or by bytes and load (KIP-794). */
  stickyPartitioner: 'perBatch' | 'byBytes';
  /** RoundRobinPartitioner skips a partition whenever a new batch begins. */
  roundRobinSkipsPartitions: boolean;
  /** How clients wait between attempts: the same time always, or doubling with jitter. */
  clientRetryBackoff: 'constant' | 'exponential';
  /** Produce and fetch errors name the new leader, and clients then repeat without waiting. */
  leaderHintInErrors: boolean;
  /** An idempotence conflict through max.in.flight alone: idempotence is dropped with a warning, or the start fails. */
  idempotenceInFlightConflict: 'disabled' | 'refused';

  /** The group coordinator: writes offsets record by record, or batches its writes (group.coordinator.append.linger.ms). */
  groupCoordinator: 'direct' | 'batched';
  /** Brokers offer the consumer protocol (KIP-848) without further switches. */
  consumerProtocolEnabled: boolean;
  /** transaction.version 2: the producer epoch rises with every transaction. */
  transactionsV2Default: boolean;
}

const cache = new Map<string, Behaviour>();

/** The software of a node, and what the cluster has finalized: its metadata.version with the features of that release. */
export interface RunningVersions {
  readonly binary: KafkaVersion;
  readonly finalized: KafkaVersion;
}

/**
 * The behaviour of a release.
 *
 * ZooKeeper-coordinated clusters differ in a few fields (no ELR, other elections); asking for ZooKeeper in a release
 * without it is a mistake of the caller and throws.
 */
export function behaviourOf(version: KafkaVersion, coordination: Coordination = 'kraft'): Behaviour {
  return behaviourDuringUpgrade({ binary: version, finalized: version }, coordination);
}

/**
 * The behaviour of a node in a cluster that is being upgraded: what comes with the binaries is the node's own, what
 * comes with a feature level is the cluster's.
 */
export function behaviourDuringUpgrade(versions: RunningVersions, coordination: Coordination = 'kraft'): Behaviour {
  const key = `${coordination} ${versions.binary} ${versions.finalized}`;
  let behaviour = cache.get(key);
  if (!behaviour) {
    behaviour = readTable(versions, coordination);
    if (coordination === 'zookeeper' && !behaviour.zooKeeperAvailable) {
      throw new Error(`Kafka ${versions.binary} has no ZooKeeper mode`);
    }
    cache.set(key, behaviour);
  }
  return behaviour;
}

/** The KIP, issue or Kafka class that a field rests on. */
export function behaviourSource(field: keyof Behaviour): string {
  return BEHAVIOUR_TABLE[field].source;
}

/** The releases from which a field has another value with KRaft, oldest first; the first is 2.8. */
export function behaviourChanges(field: keyof Behaviour): readonly (readonly [from: KafkaVersion, value: unknown])[] {
  return BEHAVIOUR_TABLE[field].since;
}

/** What must be upgraded before a field changes. */
export function behaviourGate(field: keyof Behaviour): BehaviourGate {
  return BEHAVIOUR_TABLE[field].gate;
}

function readTable({ binary, finalized }: RunningVersions, coordination: Coordination): Behaviour {
  const fields = Object.entries(BEHAVIOUR_TABLE) as [keyof Behaviour, BehaviourRow<unknown>][];
  const values = fields.map(([field, row]) => [
    field,
    valueAt(row, row.gate === 'binary' ? binary : finalized, coordination),
  ]);
  return Object.freeze(Object.fromEntries(values)) as Behaviour;
}

function valueAt(row: BehaviourRow<unknown>, version: KafkaVersion, coordination: Coordination): unknown {
  if (coordination === 'zookeeper' && row.zookeeper !== undefined) return row.zookeeper;
  return row.since.findLast(([from]) => compareVersions(from, version) <= 0)?.[1];
}
