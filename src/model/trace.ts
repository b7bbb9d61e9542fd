import type { Scenario } from '../scenario/scenario.ts';

/**
 * What the model tells the outside: the only thing that metrics, checkers and results ever see.
 *
 * Control-plane facts are `TraceEvent`s, each naming the event that caused it. Data-plane facts are numeric
 * calls on ranges of records (never one call per record), so that a run of millions of records stays cheap.
 *
 * Everything is named by dense integers; `Cast` says what they stand for.
 *   broker       index over all clusters' brokers
 *   controller   index over all clusters' controller nodes
 *   zooKeeper    index over all clusters' ZooKeeper servers
 *   partition    index over all partitions of all topics, internal ones included
 *   client       index over all client processes (producer instances and group members)
 *   group        index over all consumer groups
 *   lane         one producer instance writing to one partition; records of a lane are numbered 0, 1, 2, ...
 *                in the order in which the application sent them; -1 = records that no producer of the scenario
 *                sent (committed offsets), which have no place in the ledger
 */
export interface Cast {
  readonly scenario: Scenario;
  readonly brokers: readonly {
    readonly cluster: string;
    readonly id: number;
    readonly zone: string;
    readonly region: string;
    readonly rack: string | null;
  }[];
  readonly controllers: readonly {
    readonly cluster: string;
    readonly id: number;
    readonly zone: string;
    readonly region: string;
    readonly broker: number;
  }[];
  /** ZooKeeper servers of clusters that have them. */
  readonly zooKeepers: readonly {
    readonly cluster: string;
    readonly id: number;
    readonly zone: string;
    readonly region: string;
  }[];
  /** Grows when topics are created during the run. */
  readonly partitions: {
    readonly cluster: string;
    readonly topic: string;
    readonly partition: number;
    readonly internal: boolean;
    readonly replicas: readonly number[];
  }[];
  readonly clients: readonly {
    readonly name: string;
    readonly kind: 'producer' | 'consumer';
    readonly instance: number;
    readonly zone: string;
    readonly region: string;
  }[];
  readonly groups: readonly { readonly name: string; readonly cluster: string; readonly topics: readonly string[] }[];
  readonly lanes: { readonly client: number; readonly partition: number }[];
}

/** Identifies a `TraceEvent`; -1 means "no cause": the scenario itself. */
export type EventId = number;
export const NO_CAUSE: EventId = -1;

export type PartitionChangeReason =
  | 'created'
  | 'fenced'
  | 'unfenced'
  | 'controlledShutdown'
  | 'isrShrink'
  | 'isrExpand'
  | 'preferredElection'
  | 'uncleanElection'
  | 'electLeaders'
  | 'brokerRestarted'
  /** ZooKeeper: the broker's ephemeral node went, or came back. */
  | 'brokerFailure'
  | 'brokerStartup'
  /** ZooKeeper: a new controller found it so. */
  | 'controllerFailover'
  | 'configChanged'
  | 'logDirFailed'
  | 'reassignment'
  | 'reassignmentCompleted'
  | 'reassignmentCancelled'
  | 'brokerUnregistered';

export type TraceBody =
  | {
      readonly type: 'failure.began';
      readonly failure: number;
      readonly name: string;
      readonly touched: readonly string[];
    }
  | { readonly type: 'failure.ended'; readonly failure: number; readonly name: string }
  /** The selector matched nothing: expectations scoped to it are inconclusive. */
  | { readonly type: 'failure.touchedNothing'; readonly failure: number; readonly name: string; readonly why: string }
  | { readonly type: 'operation.began'; readonly operation: number; readonly name: string }
  | { readonly type: 'operation.step'; readonly operation: number; readonly name: string; readonly what: string }
  | {
      readonly type: 'operation.ended';
      readonly operation: number;
      readonly name: string;
      readonly error: string | null;
    }
  /** NOT_RUNNING STARTING RECOVERY RUNNING PENDING_CONTROLLED_SHUTDOWN SHUTTING_DOWN */
  | { readonly type: 'broker.state'; readonly broker: number; readonly from: string; readonly to: string }
  /** `by`: its machine lost power; otherwise kill -9. */
  | { readonly type: 'broker.killed'; readonly broker: number; readonly by?: 'powerLoss' }
  | { readonly type: 'broker.frozen'; readonly broker: number }
  | { readonly type: 'broker.resumed'; readonly broker: number }
  | { readonly type: 'broker.exited'; readonly broker: number; readonly clean: boolean }
  /** FENCED UNFENCED CONTROLLED_SHUTDOWN SHUTDOWN_NOW, as the active controller sees it; ZooKeeper: REGISTERED UNREGISTERED. */
  | {
      readonly type: 'broker.control';
      readonly broker: number;
      readonly from: string;
      readonly to: string;
      readonly reason: string;
    }
  /** LOOKING FOLLOWING LEADING, STANDALONE, or DOWN: a ZooKeeper server. */
  | { readonly type: 'zookeeper.state'; readonly zooKeeper: number; readonly from: string; readonly to: string }
  /** The ensemble has a leader with a majority (its index), or none (-1). */
  | { readonly type: 'zookeeper.leader'; readonly cluster: string; readonly zooKeeper: number }
  /** A broker's ZooKeeper client: CONNECTING CONNECTED EXPIRED CLOSED. */
  | {
      readonly type: 'zookeeper.session';
      readonly broker: number;
      readonly from: string;
      readonly to: string;
      readonly reason: string;
    }
  /** Something about the set-up that a person should know, in plain words. */
  | { readonly type: 'finding'; readonly cluster: string; readonly text: string }
  | { readonly type: 'broker.registrationRefused'; readonly broker: number; readonly error: string }
  | {
      readonly type: 'controller.state';
      readonly controller: number;
      readonly from: string;
      readonly to: string;
      readonly epoch: number;
    }
  | {
      readonly type: 'controller.active';
      readonly controller: number;
      readonly cluster: string;
      readonly epoch: number;
    }
  | { readonly type: 'controller.none'; readonly cluster: string }
  | {
      readonly type: 'topic.created';
      readonly cluster: string;
      readonly topic: string;
      readonly partitions: readonly number[];
    }
  /** CreatePartitions: the new ones only. */
  | {
      readonly type: 'topic.partitionsCreated';
      readonly cluster: string;
      readonly topic: string;
      readonly partitions: readonly number[];
    }
  /** UnregisterBrokerRecord: the cluster has forgotten the broker. */
  | { readonly type: 'broker.unregistered'; readonly broker: number }
  | { readonly type: 'topic.createFailed'; readonly cluster: string; readonly topic: string; readonly error: string }
  | {
      readonly type: 'topic.deleted';
      readonly cluster: string;
      readonly topic: string;
      readonly partitions: readonly number[];
    }
  /** metadata.version (or inter.broker.protocol.version) is that of a release from here on. */
  | { readonly type: 'metadataVersion.changed'; readonly cluster: string; readonly to: string }
  /** Committed in the metadata log. leader -1 = none; ids are broker indexes. */
  | {
      readonly type: 'partition.changed';
      readonly partition: number;
      readonly leader: number;
      readonly leaderEpoch: number;
      readonly isr: readonly number[];
      readonly elr: readonly number[];
      readonly partitionEpoch: number;
      readonly reason: PartitionChangeReason;
      readonly unclean: boolean;
      /** Assignment; absent: as in the cast. `adding` and `removing` are not empty during a reassignment (KIP-455). */
      readonly replicas?: readonly number[];
      readonly adding?: readonly number[];
      readonly removing?: readonly number[];
    }
  /** The controller refused a leader's AlterPartition, or the leader gave it up (Partition.handleAlterPartitionError). */
  | { readonly type: 'isr.updateFailed'; readonly partition: number; readonly broker: number; readonly error: string }
  | {
      readonly type: 'replica.leading';
      readonly partition: number;
      readonly broker: number;
      readonly leaderEpoch: number;
      readonly logEndOffset: number;
      readonly highWatermark: number;
    }
  | {
      readonly type: 'replica.following';
      readonly partition: number;
      readonly broker: number;
      readonly leader: number;
      readonly leaderEpoch: number;
    }
  | {
      readonly type: 'replica.truncated';
      readonly partition: number;
      readonly broker: number;
      readonly toOffset: number;
      readonly fromLogEndOffset: number;
      readonly highWatermark: number;
    }
  /** The broker is no replica any more: its copy is renamed at once, its files go after `file.delete.delay.ms`. */
  | {
      readonly type: 'replica.deleted';
      readonly partition: number;
      readonly broker: number;
      readonly logEndOffset: number;
    }
  /** A replica's log came back shorter from its disk: the rest was in the page cache only, or the disk is gone. */
  | {
      readonly type: 'log.lost';
      readonly partition: number;
      readonly broker: number;
      readonly toOffset: number;
      readonly fromLogEndOffset: number;
      readonly why: 'powerLoss' | 'diskFailure';
    }
  /** The broker gave a log directory up; disks are numbered from 1. `halts`: it cannot run without it. */
  | {
      readonly type: 'logDir.offline';
      readonly broker: number;
      readonly disk: number;
      readonly replicas: number;
      readonly halts: boolean;
      readonly why: string;
    }
  /** What is in use of a disk, told at each 5 % of the size. */
  | {
      readonly type: 'disk.usage';
      readonly broker: number;
      readonly disk: number;
      readonly usedBytes: number;
      readonly sizeBytes: number;
    }
  | { readonly type: 'log.startOffset'; readonly partition: number; readonly broker: number; readonly offset: number }
  | { readonly type: 'producer.session'; readonly client: number; readonly from: string; readonly to: string }
  | {
      readonly type: 'connection.lost';
      readonly client: number;
      readonly broker: number;
      readonly reason: 'RST' | 'request.timeout' | 'setup.timeout';
    }
  | { readonly type: 'client.started'; readonly client: number }
  | { readonly type: 'client.stopped'; readonly client: number; readonly graceful: boolean }
  | {
      readonly type: 'group.state';
      readonly group: number;
      readonly from: string;
      readonly to: string;
      readonly generation: number;
      readonly reason: string;
    }
  | {
      readonly type: 'group.member';
      readonly group: number;
      readonly client: number;
      readonly change: 'joined' | 'left' | 'expired' | 'fenced' | 'removed';
      readonly reason: string;
    }
  /** partitions[client] for each member of the generation. */
  | {
      readonly type: 'group.assigned';
      readonly group: number;
      readonly generation: number;
      readonly members: readonly { readonly client: number; readonly partitions: readonly number[] }[];
    }
  /** The member itself took or gave up partitions (its callbacks ran). */
  | {
      readonly type: 'member.assignment';
      readonly group: number;
      readonly client: number;
      readonly partitions: readonly number[];
      readonly added: readonly number[];
      readonly removed: readonly number[];
      readonly lost: boolean;
    }
  | { readonly type: 'group.coordinator'; readonly group: number; readonly broker: number }
  | {
      readonly type: 'consumer.reset';
      readonly group: number;
      readonly client: number;
      readonly partition: number;
      readonly fromOffset: number;
      readonly toOffset: number;
      readonly policy: string;
      readonly why: string;
    }
  | {
      readonly type: 'config.altered';
      readonly what: string;
      readonly error: string | null;
      /** What the controller committed; absent when nothing was, or when another event tells of it. */
      readonly change?: {
        readonly cluster: string;
        /** null: a broker's or the cluster-wide default. */
        readonly topic: string | null;
        /** -1: cluster-wide. */
        readonly broker: number;
        readonly name: string;
        /** null: back to the level below. */
        readonly value: number | string | boolean | null;
      };
    }
  | { readonly type: 'bottleneck'; readonly resource: string; readonly utilisation: number };

export type TraceEvent = TraceBody & { readonly id: EventId; readonly atUs: number; readonly cause: EventId };

/**
 * The model's only way out. Implementations must not call back into the model.
 * Offsets and record numbers are exact integers below 2^53; `count` is at least 1; times are microseconds.
 */
export interface Recorder {
  begin(cast: Cast): void;
  /** Records a control-plane fact and returns its id, to be named as the cause of what follows. */
  event(atUs: number, cause: EventId, body: TraceBody): EventId;
  /** A lane was used for the first time; lanes are numbered in order of opening. */
  laneOpened(lane: number, client: number, partition: number): void;

  /** The application handed over records [first, first+count) of the lane, evenly between the two instants. */
  offered(lane: number, first: number, count: number, bytes: number, fromUs: number, toUs: number): void;
  /** Records that found no room in the producer's buffer within max.block.ms, or came when it was closed. */
  neverSent(lane: number, first: number, count: number, atUs: number): void;
  /** The leader of `leaderEpoch` appended records at baseOffset. */
  appended(
    partition: number,
    broker: number,
    leaderEpoch: number,
    baseOffset: number,
    count: number,
    bytes: number,
    lane: number,
    first: number,
    atUs: number,
  ): void;
  /** A retry was recognised by sequence number; nothing was appended. */
  duplicateRefused(partition: number, lane: number, first: number, count: number, atUs: number): void;
  /** The application learned success. baseOffset -1 under acks=0. createdFrom/To as in `offered`. */
  acknowledged(
    lane: number,
    first: number,
    count: number,
    baseOffset: number,
    createdFromUs: number,
    createdToUs: number,
    atUs: number,
  ): void;
  /** The application learned failure. `unknown`: a request with these records was once on the wire, so they may be in the log. */
  failed(
    lane: number,
    first: number,
    count: number,
    error: string,
    unknown: boolean,
    createdFromUs: number,
    createdToUs: number,
    atUs: number,
  ): void;
  /** One produce request/batch was answered with an error or lost, and will be retried. */
  retried(lane: number, count: number, error: string, atUs: number): void;
  /** An error code a client (client >= 0) or follower received. */
  errorSeen(client: number, partition: number, error: string, atUs: number): void;
  highWatermark(partition: number, broker: number, offset: number, atUs: number): void;
  /** Records of a log that ceased to exist on that replica (truncation after a leader change). */
  removed(
    partition: number,
    broker: number,
    leaderEpoch: number,
    offset: number,
    count: number,
    lane: number,
    first: number,
    cause: EventId,
    atUs: number,
  ): void;
  /**
   * Retention moved the log start: [fromOffset, toOffset) of the leader's log expired. From 0 when a replica that moved its
   * own log start as a follower becomes the leader; parts of that may have been told before.
   */
  expired(partition: number, fromOffset: number, toOffset: number, atUs: number): void;
  /** A leader refused a batch and appended nothing. */
  appendRefused(partition: number, broker: number, error: string, atUs: number): void;
  /** A send() had waited for room in `buffer.memory` since `fromUs`: it went on, or failed, at `atUs`. */
  sendBlocked(lane: number, fromUs: number, atUs: number): void;
  /** Bytes read over the network. kind: a consumer's fetch (`to` is a client) or a follower's (`to` is a broker). */
  fetched(
    kind: 'consumer' | 'follower',
    partition: number,
    fromBroker: number,
    toPlaceCrossesZone: boolean,
    bytes: number,
    latencyUs: number,
    atUs: number,
    to: number,
  ): void;
  /**
   * How busy a broker process is, told at regular instants while it runs and answers.
   * idleShare: of its request handler threads' time since the last sample (or its start), 0..1. queued: requests that wait
   * for a handler. produces, fetches: operations in the purgatories. maxLag: records, see `MaxLag`. logBytes: of all its
   * logs; -1 when it was not looked at this time.
   */
  brokerSampled(
    broker: number,
    idleShare: number,
    queued: number,
    produces: number,
    fetches: number,
    maxLag: number,
    logBytes: number,
    atUs: number,
  ): void;
  /** Records [offset, offset+count) went through the application of the member; created/appended as linear spans. */
  delivered(
    group: number,
    client: number,
    partition: number,
    offset: number,
    count: number,
    lane: number,
    first: number,
    createdFromUs: number,
    createdToUs: number,
    atUs: number,
  ): void;
  committed(group: number, client: number, partition: number, offset: number, atUs: number): void;
  /** A request's round trip as the client saw it. api: Produce, Fetch, ... */
  requestDone(client: number, api: string, broker: number, latencyUs: number, atUs: number): void;
  /** At the end: the surviving log of a partition, in offset order (its leader's, or that of the last leader when there is none). */
  stored(partition: number, leaderEpoch: number, offset: number, count: number, lane: number, first: number): void;
  /** At the end: what a producer still held (queued or in flight). */
  unresolved(lane: number, first: number, count: number, everSent: boolean): void;
  end(atUs: number): void;
}
