import type { ConfigValue } from '../scenario/scenario.ts';
import type { EventId, PartitionChangeReason } from './trace.ts';

/**
 * What the controller commits to the metadata log and every broker applies in the same order.
 * Brokers and partitions are dense indexes.
 */
export interface PartitionImage {
  readonly partition: number;
  readonly replicas: readonly number[];
  /** Replicas that a running reassignment adds; they are in `replicas` already. */
  readonly adding: readonly number[];
  /** Replicas that a running reassignment will drop; they are in `replicas` still. */
  readonly removing: readonly number[];
  readonly isr: readonly number[];
  readonly elr: readonly number[];
  /** -1: offline. */
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  /** LeaderRecoveryState: true after an unclean election until the leader reports RECOVERED. */
  readonly recovering: boolean;
  readonly reason: PartitionChangeReason;
  /** The trace event that tells of this change; what brokers do because of it names it as cause. */
  readonly event: EventId;
}

export interface TopicImage {
  readonly name: string;
  /** Global partition indexes in partition order. */
  readonly partitions: readonly number[];
  readonly internal: boolean;
}

export interface BrokerImage {
  readonly broker: number;
  readonly brokerEpoch: number;
  readonly fenced: boolean;
  readonly inControlledShutdown: boolean;
  /** False: the cluster does not know the broker any more (UnregisterBrokerRecord). */
  readonly isRegistered: boolean;
}

/** AlterPartitionReassignments (KIP-455) for one partition; replicas null: cancel what runs. */
export interface ReassignmentRequest {
  readonly partition: number;
  readonly replicas: readonly number[] | null;
}

/** CreatePartitions (KIP-195). */
export interface PartitionsRequest {
  readonly topic: string;
  /** All partitions that the topic is to have. */
  readonly partitionCount: number;
  /** Dense broker indexes of the new partitions only; null: placed. */
  readonly assignment: readonly (readonly number[])[] | null;
}

export interface ConfigChange {
  /** Topic name; null: a broker's or the cluster-wide default. */
  readonly topic: string | null;
  /** Broker index; -1: cluster-wide. */
  readonly broker: number;
  readonly name: string;
  /** null: back to the level below. */
  readonly value: ConfigValue;
}

/** One committed batch. */
export interface MetadataDelta {
  /** Offset of its last record in the metadata log. */
  readonly offset: number;
  readonly topics: readonly TopicImage[];
  readonly partitions: readonly PartitionImage[];
  readonly brokers: readonly BrokerImage[];
  readonly configs: readonly ConfigChange[];
  /** Topics that are gone. */
  readonly deleted?: readonly TopicImage[];
  /** Everything there is, as a broker that starts reads it: what it does not name does not exist. */
  readonly isWhole?: boolean;
  readonly cause: EventId;
}

/** A leader's wish to change the ISR (AlterPartition, KIP-497). */
export interface AlterPartitionItem {
  readonly partition: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly newIsr: readonly number[];
  /** Broker epochs parallel to `newIsr`, as the leader knows them; -1 is not checked (KIP-903). Absent: none is. */
  readonly newIsrEpochs?: readonly number[];
  /** LeaderRecoveryState RECOVERED reported. */
  readonly recovered: boolean;
  readonly reason: 'isrShrink' | 'isrExpand';
  readonly cause: EventId;
}

export type AlterPartitionResult =
  | { readonly error: 'NONE'; readonly image: PartitionImage }
  | { readonly error: string; readonly image: null };

/** What the controller plane needs from a broker process. */
export interface BrokerPort {
  /** The broker's metadata loader applies a batch (in offset order); the broker's own view changes now. */
  applyMetadata(broker: number, delta: MetadataDelta): void;
  /** A starting broker that caught up loads its logs; calls done when RECOVERY ends. `clean`: there was a clean-shutdown file. */
  loadLogs(broker: number, clean: boolean, done: () => void): void;
  /** RUNNING: the broker takes requests from now on. */
  startServing(broker: number): void;
  /** SHUTTING_DOWN: flush, close; calls done when the process may exit. `clean`: every directory has its clean-shutdown file. */
  shutDown(broker: number, done: (clean?: boolean) => void): void;
  /** Partitions whose log directory the broker cannot use, as its registration says; not asked where that is not told. */
  offlinePartitions?(broker: number): ReadonlySet<number>;
}

/** What brokers, operations and the admin client need from the controller plane of a cluster. */
export interface ControllerPort {
  /** Sends AlterPartition to the active controller; retried until answered; done gets one result per item, in order. */
  alterPartition(
    broker: number,
    items: readonly AlterPartitionItem[],
    done: (results: readonly AlterPartitionResult[]) => void,
  ): void;
  /** Forwarded by a broker. partitionCount/replicationFactor -1: cluster default. */
  createTopic(
    request: {
      readonly name: string;
      readonly partitionCount: number;
      readonly replicationFactor: number;
      readonly assignment: readonly (readonly number[])[] | null;
      readonly internal: boolean;
      readonly configs?: readonly { readonly name: string; readonly value: ConfigValue }[];
    },
    done: (error: string, partitions: readonly number[]) => void,
    cause?: EventId,
  ): void;
  deleteTopic(topic: string, done: (error: string) => void, cause: EventId): void;
  /** Raises (or lowers) metadata.version with the features of that release; INVALID_UPDATE_VERSION when it may not. */
  updateFeatures(version: string, done: (error: string, reason: string) => void, cause: EventId): void;
  electLeaders(
    type: 'preferred' | 'unclean',
    partitions: readonly number[],
    done: (errors: readonly string[]) => void,
    cause: EventId,
  ): void;
  alterConfigs(changes: readonly ConfigChange[], done: (error: string) => void, cause: EventId): void;
  /** AlterPartitionReassignments: one error per request. */
  alterReassignments(
    requests: readonly ReassignmentRequest[],
    done: (errors: readonly string[]) => void,
    cause: EventId,
  ): void;
  createPartitions(request: PartitionsRequest, done: (error: string) => void, cause: EventId): void;
  /** UnregisterBroker: takes the broker out of the cluster, whether it runs or not. */
  unregisterBroker(broker: number, done: (error: string) => void, cause: EventId): void;
  /** Brokers that the metadata log knows, fenced ones too; by committed state. */
  registeredBrokers(): readonly number[];
  /** A heartbeat names a failed log directory, here by its partitions (KIP-858); `done` when that is committed. */
  reportLogDirFailure?(broker: number, partitions: readonly number[], cause: EventId, done: () => void): void;
  /** SIGTERM reached the broker process: controlled shutdown, then exit. */
  stopBroker(broker: number, cause: EventId): void;
  /** The broker process was started (again): registration, catch-up, log loading, unfencing. */
  startBroker(broker: number, cause: EventId): void;
  /** SIGTERM reached a dedicated controller process: it hands over leadership and exits. Started controllers rejoin by themselves. */
  stopController(controller: number, cause: EventId): void;
  /** BrokerState of the process, in Kafka's words. */
  brokerState(broker: number): string;
  /** The active controller's index, or -1. */
  activeController(): number;
  /** The committed image; for selectors, operations and the admin's view only. */
  partitionImage(partition: number): PartitionImage;
}
