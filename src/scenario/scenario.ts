import type { OperationVerb } from './operations.ts';

export type { OperationVerb, ReassignmentPlan } from './operations.ts';

/**
 * The contract between the front door and the engine: one scenario, complete and frozen.
 *
 * After `spec` nothing is optional, every duration is integer microseconds, every size is bytes, every
 * reference is checked, and every value that was not written holds Kafka's default for the chosen version.
 * It is plain data: it survives structured cloning to a worker thread.
 */
export interface Scenario {
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** Any non-empty text; the file's name when nothing is written. */
  readonly seed: string;
  /** Where the scenario was written; `path` is relative to the working directory. */
  readonly source: { readonly path: string; readonly text: string };
  /** Which combination of `matrix.vary` this is: path -> value as written; empty when there is no matrix. */
  readonly variant: readonly { readonly path: string; readonly value: string }[];
  readonly durationUs: number;
  /** Not judged and not in percentiles. */
  readonly warmupUs: number;
  readonly regions: readonly Region[];
  readonly links: readonly RegionLink[];
  readonly clusters: readonly Cluster[];
  readonly producers: readonly Producer[];
  readonly consumers: readonly ConsumerGroup[];
  readonly failures: readonly Failure[];
  readonly operations: readonly Operation[];
  readonly expectations: readonly Expectation[];
  readonly notModelled: readonly NotModelled[];
}

export interface NetworkQuality {
  /** One way. */
  readonly latencyUs: number;
  /** Share of the latency that varies, 0..1: a packet takes latency x [1-jitter, 1+jitter]. */
  readonly jitter: number;
  readonly bandwidthBytesPerSec: number;
  /** Share of packets lost, 0..1. */
  readonly loss: number;
}

export interface Region {
  readonly name: string;
  readonly zones: readonly string[];
  readonly withinZone: NetworkQuality;
  readonly betweenZones: NetworkQuality;
}

export interface RegionLink {
  readonly between: readonly [string, string];
  readonly quality: NetworkQuality;
}

/** A zone by region and name; a host sits in exactly one. */
export interface Place {
  readonly region: string;
  readonly zone: string;
}

export type ConfigValue = number | string | boolean | null;

/** `where` a value came from; `explain` prints it. */
export type ConfigOrigin = 'kafka default' | 'broker' | 'topic' | 'cluster' | 'client' | 'scenario' | 'flag';

export interface ConfigEntry {
  readonly value: ConfigValue;
  readonly origin: ConfigOrigin;
}

/** Every config of one kind for the chosen Kafka version, effective values. */
export type Configs = ReadonlyMap<string, ConfigEntry>;

export interface Hardware {
  readonly cores: number;
  readonly memoryBytes: number;
  readonly disks: readonly Disk[];
  readonly networkBytesPerSec: number;
}

export interface Disk {
  readonly sizeBytes: number;
  readonly throughputBytesPerSec: number;
  readonly latencyUs: number;
}

export interface Cluster {
  readonly name: string;
  /** "2.8" ... "4.3": picks defaults and behaviour. */
  readonly kafka: string;
  /** Null: KRaft. With ZooKeeper `controllers` are the brokers, of which one is elected. */
  readonly zookeeper: ZooKeeper | null;
  readonly controllers: readonly ControllerNode[];
  readonly brokers: readonly BrokerNode[];
  /** Effective static broker configs (identical on every node in this version of the language). */
  readonly brokerConfigs: Configs;
  /** User topics; internal topics are created by the model. */
  readonly topics: readonly Topic[];
  /** `eligible.leader.replicas.version` >= 1. */
  readonly eligibleLeaderReplicas: boolean;
}

/** The ZooKeeper servers of a cluster (up to Kafka 3.9). */
export interface ZooKeeper {
  readonly nodes: readonly ZooKeeperNode[];
  /** True: servers that do not know each other, all of them in `zookeeper.connect`. A mistake that people make. */
  readonly standAlone: boolean;
  /** Only for stand-alone servers: how far apart brokers of a fresh cluster come to their choice. */
  readonly startsWithinUs: number;
  readonly tickTimeUs: number;
  readonly initLimitTicks: number;
  readonly syncLimitTicks: number;
}

export interface ZooKeeperNode {
  /** `myid`: 1, 2, ... */
  readonly id: number;
  readonly place: Place;
}

export interface ControllerNode {
  /** 101, 102, ... for dedicated controllers; the broker's id when combined. */
  readonly id: number;
  readonly place: Place;
  /** Runs in the same process as the broker of the same id. */
  readonly combined: boolean;
}

export interface BrokerNode {
  /** 1, 2, ... */
  readonly id: number;
  readonly place: Place;
  /** `broker.rack`: the zone's name, or null when the cluster names no zones. */
  readonly rack: string | null;
  readonly hardware: Hardware;
  /** Not part of the cluster before an `addBrokers` operation starts it. */
  readonly joinsLater: boolean;
}

export interface Topic {
  readonly name: string;
  readonly partitionCount: number;
  readonly replicationFactor: number;
  /**
   * Who creates it: it is there when the scenario starts; a createTopic operation; or the first client that asks for it
   * (`auto.create.topics.enable`).
   */
  readonly creation: 'atStart' | 'operation' | 'onDemand';
  /** Manual assignment per partition (broker ids), or null: Kafka's placer decides. */
  readonly assignment: readonly (readonly number[])[] | null;
  readonly configs: Configs;
}

/** Piecewise rate: at each point the rate steps, or ramps linearly towards the next point. */
export interface RatePoint {
  readonly atUs: number;
  readonly recordsPerSec: number;
  readonly shape: 'step' | 'ramp';
}

export type KeyDistribution =
  | { readonly kind: 'none' }
  | { readonly kind: 'uniform'; readonly count: number }
  | { readonly kind: 'zipf'; readonly count: number; readonly exponent: number }
  | { readonly kind: 'hot'; readonly count: number; readonly hotShare: number };

export type PartitionerChoice =
  | { readonly kind: 'keys' }
  | { readonly kind: 'sticky' }
  | { readonly kind: 'round-robin' }
  | { readonly kind: 'weights'; readonly weights: readonly number[] };

/** What a transactional application does: it begins a transaction, sends, ends it, and begins the next one. */
export interface TransactionChoice {
  /** `transactional.id`; of several instances each has `<id>-<i>`. */
  readonly id: string;
  /** From beginTransaction() to commitTransaction() or abortTransaction(). */
  readonly everyUs: number;
  /** Share of the transactions that the application itself aborts. */
  readonly abortShare: number;
}

export interface Producer {
  readonly name: string;
  readonly cluster: string;
  readonly topic: string;
  /** One entry per instance. */
  readonly instances: readonly Place[];
  /** Rate of all instances together. */
  readonly rate: readonly RatePoint[];
  /** When sending starts and ends; `untilUs` is the scenario's duration when nothing is written. */
  readonly fromUs: number;
  readonly untilUs: number;
  readonly record: {
    /** Value bytes before compression. */
    readonly valueBytes: number;
    readonly keyBytes: number;
    /** Compressed size as a share of the original, 0..1; 1 when compression.type is none. */
    readonly compressedShare: number;
    readonly keys: KeyDistribution;
  };
  readonly partitioner: PartitionerChoice;
  readonly configs: Configs;
  /** Null without `transactional.id`. */
  readonly transaction: TransactionChoice | null;
  /** The group whose application makes its records from what it reads, one from each; absent: records come by the rate. */
  readonly fedBy?: string;
}

/** `in-transaction`: by the application's producer, with what it made of the records. */
export type CommitStyle = 'auto' | 'before-processing' | 'after-processing' | 'in-transaction';

export interface ConsumerGroup {
  /** The group.id. */
  readonly name: string;
  readonly cluster: string;
  readonly topics: readonly string[];
  readonly instances: readonly Place[];
  /** Start time of each instance. */
  readonly startsAtUs: readonly number[];
  readonly work: { readonly perRecordUs: number; readonly jitter: number };
  readonly commit: CommitStyle;
  /** The application writes a record for each one that it reads, with this producer; absent: it only reads. */
  readonly transform?: { readonly producer: string; readonly exactlyOnce: boolean };
  /** `group.instance.id` is set: instance i has `<name>-<i>`. */
  readonly staticMembership: boolean;
  readonly configs: Configs;
}

/** What a failure or an operation acts on; names are resolved, roles are resolved when it happens. */
export type Selector =
  | { readonly kind: 'broker'; readonly cluster: string; readonly id: number }
  | { readonly kind: 'controllerNode'; readonly cluster: string; readonly id: number }
  | { readonly kind: 'leaderOf'; readonly cluster: string; readonly topic: string; readonly partition: number }
  | { readonly kind: 'followerOf'; readonly cluster: string; readonly topic: string; readonly partition: number }
  | { readonly kind: 'activeController'; readonly cluster: string }
  | { readonly kind: 'coordinatorOf'; readonly cluster: string; readonly group: string }
  | { readonly kind: 'brokersOf'; readonly cluster: string }
  | { readonly kind: 'controllersOf'; readonly cluster: string }
  | { readonly kind: 'zooKeeperNode'; readonly cluster: string; readonly id: number }
  | { readonly kind: 'zooKeeperLeader'; readonly cluster: string }
  | { readonly kind: 'zooKeepersOf'; readonly cluster: string }
  | { readonly kind: 'zone'; readonly region: string; readonly zone: string }
  | { readonly kind: 'region'; readonly region: string }
  /** instance null = every instance of the client. */
  | { readonly kind: 'client'; readonly name: string; readonly instance: number | null }
  | { readonly kind: 'everything' }
  /** One member of what `of` selects, by a seeded choice. */
  | { readonly kind: 'anyOf'; readonly of: Selector }
  | { readonly kind: 'allOf'; readonly of: readonly Selector[] };

export type FailureVerb =
  | { readonly verb: 'crash'; readonly target: Selector }
  | { readonly verb: 'stop'; readonly target: Selector }
  | { readonly verb: 'freeze'; readonly target: Selector }
  /** No packets from `between[0]` to `between[1]`, and back unless oneWay. `rejects`: RST instead of silence. */
  | {
      readonly verb: 'partition';
      readonly between: readonly [Selector, Selector];
      readonly oneWay: boolean;
      readonly rejects: boolean;
    }
  | { readonly verb: 'degrade'; readonly between: readonly [Selector, Selector]; readonly change: NetworkChange }
  | {
      readonly verb: 'slow';
      readonly target: Selector;
      readonly resource: 'disk' | 'cpu' | 'network';
      readonly factor: number;
    }
  /** The machine dies: what was not flushed is gone, and nobody is told. */
  | { readonly verb: 'powerLoss'; readonly target: Selector }
  /** `disk` counts from 1; null: one by a seeded choice. */
  | { readonly verb: 'failDisk'; readonly target: Selector; readonly disk: number | null }
  /** Somebody else fills the disk up to `share` of its size. */
  | { readonly verb: 'fillDisk'; readonly target: Selector; readonly disk: number | null; readonly share: number }
  /** No write returns until it ends; the process runs on. */
  | { readonly verb: 'stallDisk'; readonly target: Selector }
  | { readonly verb: 'loseControllers'; readonly cluster: string; readonly count: number }
  /** So many ZooKeeper servers die, the leader of the ensemble first. */
  | { readonly verb: 'loseZooKeeper'; readonly cluster: string; readonly count: number }
  | { readonly verb: 'crashClient'; readonly target: Selector }
  | { readonly verb: 'leaveGroup'; readonly target: Selector }
  /** perRecordUs replaces the group's processing time. */
  | { readonly verb: 'slowConsumer'; readonly target: Selector; readonly perRecordUs: number };

export interface NetworkChange {
  /** Added to the one-way latency; negative is refused by the front door. */
  readonly addLatencyUs: number;
  readonly jitter: number | null;
  readonly loss: number | null;
  readonly bandwidthBytesPerSec: number | null;
}

/** Normal distribution cut at zero: what people take to react. */
export interface Delay {
  readonly meanUs: number;
  readonly spreadUs: number;
}

export type Trigger =
  | { readonly kind: 'at'; readonly atUs: number }
  | { readonly kind: 'after'; readonly of: string; readonly edge: 'start' | 'end'; readonly delay: Delay }
  | { readonly kind: 'random'; readonly mtbfUs: number; readonly mttrUs: number };

export interface SourceLocation {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

export interface Failure {
  readonly name: string;
  readonly trigger: Trigger;
  /** Null: it stays until the end. For a random process the repair time is in the trigger. */
  readonly forUs: number | null;
  readonly action: FailureVerb;
  readonly location: SourceLocation;
}

export interface Operation {
  readonly name: string;
  readonly trigger: Trigger;
  readonly action: OperationVerb;
  readonly location: SourceLocation;
}

/** An interval or a set of bounds on one number, in base units (us, bytes, per second, share, count). */
export interface Bound {
  readonly min: number | null;
  readonly minInclusive: boolean;
  readonly max: number | null;
  readonly maxInclusive: boolean;
  /** As a person wrote it: "< 60ms". */
  readonly text: string;
}

/** When a claim is judged. */
export type Window =
  | { readonly kind: 'whole' }
  /** No failure in force and warm-up over. */
  | { readonly kind: 'steady' }
  | { readonly kind: 'during'; readonly name: string }
  | { readonly kind: 'outside'; readonly name: string }
  | { readonly kind: 'between'; readonly fromUs: number; readonly toUs: number };

/** One expectation: a claim of the assertion registry with its normalised parameters. */
export interface Expectation {
  readonly name: string;
  /** Key of the assertion registry: noRecordLoss, metric, always, ... */
  readonly claim: string;
  /** Validated against the registry's schema; durations are us, comparisons are `Bound`, references are names. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly window: Window;
  /** `violated: true`: the scenario documents a weakness and fails when the claim holds. */
  readonly violated: boolean;
  readonly location: SourceLocation;
}

/** Something the scenario asks for that has no effect in the model. */
export interface NotModelled {
  readonly what: string;
  readonly where: string;
  readonly consequence: string;
}
