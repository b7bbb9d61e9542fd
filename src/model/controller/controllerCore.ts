import { assert } from '../../sim/index.ts';
import type { ModelContext } from '../context.ts';
import type { TopicImage } from '../metadata.ts';
import type { EventId } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import type { BrokerControlState } from './brokerControlMachine.ts';
import { ClusterState, deltaOf } from './clusterState.ts';
import type { LeaderTerm } from './leaderTerm.ts';
import { type MetadataBatch, type MetadataRecords, NO_RECORDS, type PartitionEntry } from './metadataBatch.ts';
import type { MetadataFeed } from './metadataFeed.ts';
import { type PartitionMachineEvent, type PartitionState, partitionTable } from './partitionMachine.ts';

/**
 * The active controller's memory: it decides on `current`, which holds what it appended; everybody else sees what
 * committed. Each append is one atomic batch, recorded when it commits.
 *
 * Source: `QuorumController` (one event, one batch, an answer after the commit).
 */
export class ControllerCore {
  readonly committed = new ClusterState();
  readonly current = new ClusterState();
  /** The term of the active controller; null while there is none. */
  term: LeaderTerm | null = null;
  committedOffset = -1;
  readonly #ctx: ModelContext;
  readonly #cluster: string;
  readonly #uncommitted = new Set<MetadataBatch>();
  readonly #partitionStates = new Map<number, PartitionState>();
  readonly #afterAppend: ((records: MetadataRecords) => void)[] = [];

  constructor(ctx: ModelContext, cluster: string) {
    this.#ctx = ctx;
    this.#cluster = cluster;
  }

  /** Called after each append, when the current state may hold something that a periodic task waits for. */
  onAppend(listener: (records: MetadataRecords) => void): void {
    this.#afterAppend.push(listener);
  }

  /** Offset at which a batch appended now begins. */
  get nextOffset(): number {
    assert(this.term !== null, 'only an active controller appends');
    return this.term.nextOffset;
  }

  append(records: Partial<MetadataRecords>, cause: EventId, onCommitted: (() => void) | null = null): MetadataBatch {
    assert(this.term !== null && !this.term.isOver, 'only an active controller appends');
    const batch = this.term.append({ ...NO_RECORDS, ...records }, cause, onCommitted);
    this.current.apply(batch.records);
    this.#uncommitted.add(batch);
    for (const listener of this.#afterAppend) listener(batch.records);
    return batch;
  }

  /** Answers once everything that the state now holds has committed; at once when it has. */
  whenCommitted(answer: () => void): void {
    const last = [...this.#uncommitted].at(-1);
    if (last === undefined) {
      answer();
      return;
    }
    const before = last.onCommitted;
    last.onCommitted = () => {
      before?.();
      answer();
    };
  }

  /** A term ended: what it had not committed is forgotten; a later leader that has it in its log commits it anyway. */
  abandon(): void {
    for (const batch of this.#uncommitted) this.current.revert(batch, this.committed);
    this.#uncommitted.clear();
    this.term = null;
  }

  onCommitted(batch: MetadataBatch, feed: MetadataFeed): void {
    if (!this.#uncommitted.delete(batch)) this.current.apply(batch.records);
    const cause = this.#record(batch);
    this.committed.apply(batch.records);
    this.committedOffset = batch.lastOffset;
    feed.onCommitted(deltaOf(batch, cause));
    batch.records = NO_RECORDS;
    batch.onCommitted?.();
    batch.onCommitted = null;
  }

  // ── what the trace learns ─────────────────────────────────────────────────────────────────────

  #record({ records, cause }: MetadataBatch): EventId {
    const { kernel, recorder } = this.#ctx;
    let root = cause;
    if (records.broker !== null) {
      const { entry, reason } = records.broker;
      const from: BrokerControlState = this.committed.brokers.get(entry.broker)?.control ?? 'FENCED';
      const body = { type: 'broker.control', broker: entry.broker, from, to: entry.control, reason } as const;
      root = recorder.event(kernel.nowUs, cause, body);
    }
    for (const topic of records.topics) root = this.recordTopic(topic, cause);
    for (const { name, partitions } of records.deleted)
      root = recorder.event(kernel.nowUs, cause, {
        type: 'topic.deleted',
        cluster: this.#cluster,
        topic: name,
        partitions,
      });
    if (records.metadataVersion !== null)
      root = recorder.event(kernel.nowUs, cause, {
        type: 'metadataVersion.changed',
        cluster: this.#cluster,
        to: records.metadataVersion,
      });
    for (const broker of records.unregistered)
      root = recorder.event(kernel.nowUs, cause, { type: 'broker.unregistered', broker });
    for (const entry of records.partitions) this.recordPartition(entry, root);
    return root;
  }

  /** A topic that is there already got more partitions. */
  recordTopic({ name, partitions }: TopicImage, cause: EventId): EventId {
    const { kernel, recorder } = this.#ctx;
    const before = this.committed.topics.get(name)?.partitions;
    return recorder.event(kernel.nowUs, cause, {
      type: before === undefined ? 'topic.created' : 'topic.partitionsCreated',
      cluster: this.#cluster,
      topic: name,
      partitions: before === undefined ? partitions : partitions.slice(before.length),
    });
  }

  recordPartition(entry: PartitionEntry, root: EventId): void {
    const { kernel, recorder } = this.#ctx;
    const { registration } = entry;
    const from = this.#partitionStates.get(entry.partition) ?? partitionTable.initial;
    this.#partitionStates.set(entry.partition, partitionTable.step(from, partitionEvent(entry)));
    entry.event = recorder.event(kernel.nowUs, entry.cause === NO_CAUSE ? root : entry.cause, {
      type: 'partition.changed',
      partition: entry.partition,
      leader: registration.leader,
      leaderEpoch: registration.leaderEpoch,
      isr: registration.isr,
      elr: registration.elr,
      partitionEpoch: registration.partitionEpoch,
      reason: entry.reason,
      unclean: entry.unclean,
      replicas: registration.replicas,
      adding: registration.adding,
      removing: registration.removing,
    });
  }
}

function partitionEvent({ registration }: PartitionEntry): PartitionMachineEvent['type'] {
  if (registration.leader < 0) return 'leader.none';
  return registration.isr.length === registration.replicas.length ? 'isr.whole' : 'isr.partial';
}
