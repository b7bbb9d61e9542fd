import type { Behaviour } from '../../kafka/behaviour.ts';
import type { ConfigValue } from '../../scenario/scenario.ts';
import type { RandomStream } from '../../sim/index.ts';
import { newPartitionRegistration } from '../algorithms/partitionRegistration.ts';
import { placeReplicas } from '../algorithms/replicaPlacer.ts';
import type { ModelContext } from '../context.ts';
import type { PartitionsRequest, TopicImage } from '../metadata.ts';
import { NO_CAUSE } from '../trace.ts';
import type { ClusterState } from './clusterState.ts';
import type { PartitionEntry } from './metadataBatch.ts';

export interface TopicRequest {
  readonly name: string;
  /** -1: the cluster's default. */
  readonly partitionCount: number;
  readonly replicationFactor: number;
  /** Dense broker indexes, or null: placed. */
  readonly assignment: readonly (readonly number[])[] | null;
  readonly internal: boolean;
  /** Overrides of the topic. */
  readonly configs?: readonly { readonly name: string; readonly value: ConfigValue }[];
}

/** Where replicas go; null: there are too few brokers. `random` draws a whole number below its bound. */
export type Placer = (
  brokers: readonly { readonly id: number; readonly rack: string | null; readonly isFenced: boolean }[],
  partitionCount: number,
  replicationFactor: number,
  random: (bound: number) => number,
) => readonly (readonly number[])[] | null;

const placeStriped: Placer = (brokers, partitionCount, replicationFactor, random) => {
  const placement = placeReplicas({ brokers, partitionCount, replicationFactor }, random);
  return placement.ok ? placement.replicas : null;
};

export type TopicCreation =
  | { readonly error: 'NONE'; readonly topic: TopicImage; readonly partitions: readonly PartitionEntry[] }
  | { readonly error: string; readonly topic: null; readonly partitions: readonly [] };

const LEGAL_NAME = /^[a-zA-Z0-9._-]{1,249}$/;

/**
 * Checks and places a new topic; the records are the caller's to append.
 *
 * Fenced brokers count as places, for followers only; the first ISR are the active replicas.
 *
 * Source: `ReplicationControlManager.createTopic`, `Topic`, `StripedReplicaPlacer`.
 */
export class TopicCreator {
  readonly #ctx: ModelContext;
  readonly #cluster: string;
  readonly #random: RandomStream;
  readonly #defaults: { readonly partitionCount: number; readonly replicationFactor: number };
  readonly #placer: Placer;
  readonly #behaviour: Pick<Behaviour, 'partitionsPerCreateTopics'>;
  /** Partition indexes given to a topic whose creation did not commit; a later attempt takes them again. */
  readonly #reserved = new Map<string, readonly number[]>();

  constructor(
    ctx: ModelContext,
    cluster: string,
    random: RandomStream,
    defaults: { readonly partitionCount: number; readonly replicationFactor: number },
    placer: Placer = placeStriped,
    behaviour: Pick<Behaviour, 'partitionsPerCreateTopics'> = { partitionsPerCreateTopics: Number.MAX_SAFE_INTEGER },
  ) {
    this.#behaviour = behaviour;
    this.#ctx = ctx;
    this.#cluster = cluster;
    this.#random = random;
    this.#defaults = defaults;
    this.#placer = placer;
  }

  /**
   * Takes indexes for partitions of a topic that somebody may create later, so that clients may be told apart by them.
   * @param replicationFactor  -1: the cluster's default
   */
  reserve(name: string, partitionCount: number): void {
    const count = partitionCount === -1 ? this.#defaults.partitionCount : partitionCount;
    this.#indexesFor({ name, internal: false }, new Array<readonly number[]>(count).fill([]));
  }

  /** The topic is gone for good: one of that name that comes later is another one. */
  forget(name: string): void {
    this.#reserved.delete(name);
  }

  create(state: ClusterState, request: TopicRequest): TopicCreation {
    const { name } = request;
    const asked = request.partitionCount === -1 ? this.#defaults.partitionCount : request.partitionCount;
    if ((request.assignment?.length ?? asked) > this.#behaviour.partitionsPerCreateTopics)
      return refused('POLICY_VIOLATION');
    if (!LEGAL_NAME.test(name) || name === '.' || name === '..') return refused('INVALID_TOPIC_EXCEPTION');
    if (state.topics.has(name)) return refused('TOPIC_ALREADY_EXISTS');
    for (const other of state.topics.keys())
      if (other.replaceAll('.', '_') === name.replaceAll('.', '_')) return refused('INVALID_TOPIC_EXCEPTION');
    const placed =
      request.assignment === null ? this.#place(state, request) : checkAssignment(state, request.assignment);
    if (typeof placed === 'string') return refused(placed);
    const indexes = this.#indexesFor(request, placed);
    const partitions: PartitionEntry[] = [];
    for (const [i, replicas] of placed.entries()) {
      const isr = replicas.filter((replica) => state.isActive(replica));
      if (isr.length === 0)
        return refused(request.assignment === null ? 'INVALID_REPLICATION_FACTOR' : 'INVALID_REPLICA_ASSIGNMENT');
      partitions.push({
        partition: indexes[i]!,
        registration: newPartitionRegistration(replicas, isr, isr[0]!),
        reason: 'created',
        unclean: false,
        cause: NO_CAUSE,
        event: NO_CAUSE,
        image: null,
      });
    }
    return { error: 'NONE', topic: { name, partitions: indexes, internal: request.internal }, partitions };
  }

  /**
   * More partitions for a topic that is there, placed as those of a new topic are, with as many replicas as its first
   * partition. What is there stays where it is.
   *
   * Source: `ReplicationControlManager.createPartitions`, KIP-195.
   */
  addPartitions(state: ClusterState, { topic: name, partitionCount, assignment }: PartitionsRequest): TopicCreation {
    const topic = state.topics.get(name);
    if (topic === undefined) return refused('UNKNOWN_TOPIC_OR_PARTITION');
    const added = partitionCount - topic.partitions.length;
    if (added <= 0) return refused('INVALID_PARTITIONS');
    const replicationFactor = state.entry(topic.partitions[0]!).registration.replicas.length;
    let placed: readonly (readonly number[])[] | string;
    if (assignment === null)
      placed = this.#place(state, {
        name,
        partitionCount: added,
        replicationFactor,
        assignment,
        internal: topic.internal,
      });
    else if (assignment.length !== added || assignment[0]!.length !== replicationFactor)
      placed = 'INVALID_REPLICA_ASSIGNMENT';
    else placed = checkAssignment(state, assignment);
    if (typeof placed === 'string') return refused(placed);
    const isrs = placed.map((replicas) => replicas.filter((replica) => state.isActive(replica)));
    if (isrs.some((isr) => isr.length === 0))
      return refused(assignment === null ? 'INVALID_REPLICATION_FACTOR' : 'INVALID_REPLICA_ASSIGNMENT');
    const indexes = this.#indexesOfAdded(topic, placed);
    const partitions = placed.map(
      (replicas, i): PartitionEntry => ({
        partition: indexes[i]!,
        registration: newPartitionRegistration(replicas, isrs[i]!, isrs[i]![0]!),
        reason: 'created',
        unclean: false,
        cause: NO_CAUSE,
        event: NO_CAUSE,
        image: null,
      }),
    );
    return { error: 'NONE', topic: { ...topic, partitions: [...topic.partitions, ...indexes] }, partitions };
  }

  /** Numbers that an attempt took which did not commit are taken again. */
  #indexesOfAdded({ name, partitions, internal }: TopicImage, placed: readonly (readonly number[])[]): number[] {
    const cast = this.#ctx.cast.partitions;
    return placed.map((replicas, i) => {
      const partition = partitions.length + i;
      const fresh = { cluster: this.#cluster, topic: name, partition, internal, replicas };
      const known = cast.findIndex(
        (one) => one.cluster === this.#cluster && one.topic === name && one.partition === partition,
      );
      if (known < 0) return cast.push(fresh) - 1;
      cast[known] = fresh;
      return known;
    });
  }

  #place(state: ClusterState, request: TopicRequest): readonly (readonly number[])[] | string {
    const { partitionCount, replicationFactor } = request;
    if (partitionCount === 0 || partitionCount < -1) return 'INVALID_PARTITIONS';
    if (replicationFactor === 0 || replicationFactor < -1) return 'INVALID_REPLICATION_FACTOR';
    const brokers = [...state.brokers.values()]
      .filter((entry) => !entry.inControlledShutdown)
      .map(({ broker, control }) => ({
        id: broker,
        rack: this.#ctx.cast.brokers[broker]!.rack,
        isFenced: control !== 'UNFENCED',
      }));
    const replicas = this.#placer(
      brokers,
      partitionCount === -1 ? this.#defaults.partitionCount : partitionCount,
      replicationFactor === -1 ? this.#defaults.replicationFactor : replicationFactor,
      (bound) => this.#random.uniformInt(0, bound),
    );
    return replicas ?? 'INVALID_REPLICATION_FACTOR';
  }

  #indexesFor(
    { name, internal }: Pick<TopicRequest, 'name' | 'internal'>,
    placed: readonly (readonly number[])[],
  ): readonly number[] {
    const { partitions } = this.#ctx.cast;
    const reserved = this.#reserved.get(name) ?? [];
    const indexes = placed.map((replicas, partition) => {
      const index = reserved[partition];
      if (index !== undefined) partitions[index] = { ...partitions[index]!, replicas };
      return index ?? partitions.push({ cluster: this.#cluster, topic: name, partition, internal, replicas }) - 1;
    });
    if (indexes.length > reserved.length) this.#reserved.set(name, indexes);
    return indexes;
  }
}

function checkAssignment(
  state: ClusterState,
  assignment: readonly (readonly number[])[],
): readonly (readonly number[])[] | string {
  const width = assignment[0]?.length ?? 0;
  const isLegal = (replicas: readonly number[]): boolean =>
    replicas.length === width &&
    new Set(replicas).size === width &&
    replicas.every((replica) => state.brokers.has(replica));
  return width > 0 && assignment.every(isLegal) ? assignment : 'INVALID_REPLICA_ASSIGNMENT';
}

function refused(error: string): TopicCreation {
  return { error, topic: null, partitions: [] };
}
