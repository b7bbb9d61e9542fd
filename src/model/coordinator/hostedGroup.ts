/** One group on its coordinator: the members and the committed offsets, written to `__consumer_offsets` before they count. */
import { ClassicGroup } from '../group/classicGroup.ts';
import { type ConsumerAssignment, type ConsumerSubscription, sameSubscription } from '../group/consumerSubscription.ts';
import { coordinatorError } from '../group/groupAnswers.ts';
import type { ClassicGroupConfig, GroupListener, GroupTimers } from '../group/groupPorts.ts';
import { ConsumerGroup } from '../group/modern/consumerGroup.ts';
import type {
  ConsumerGroupConfig,
  ConsumerGroupListener,
  ConsumerGroupPorts,
} from '../group/modern/consumerGroupPorts.ts';
import {
  type ConsumerHeartbeatReply,
  type ConsumerHeartbeatRequest,
  JOIN_EPOCH,
  refusedHeartbeat,
} from '../group/modern/consumerProtocol.ts';
import type { ErrorName } from '../protocol.ts';
import type { TxnOffsetCommitBody } from '../transaction/transactionProtocol.ts';
import type { CommittedOffset, OffsetCommitBody, OffsetFetchAnswer, OffsetFetchBody } from './groupRequests.ts';
import { OffsetAges } from './offsetAges.ts';
import { type ConsumerGroupRecord, type GroupMetadata, isConsumerGroup } from './offsetsLog.ts';

export interface GroupStore {
  /**
   * Appends with acks=all; `done` comes once, or never when the broker's process dies.
   *
   * @returns whether it was appended
   */
  write(
    metadata: GroupMetadata | null,
    offsets: readonly CommittedOffset[],
    done: (error: ErrorName) => void,
    pendingOf?: number,
  ): boolean;
}

export interface HostedGroupPorts {
  readonly timers: GroupTimers;
  readonly store: GroupStore;
  nextMemberSuffix(): string;
  listener(generation: () => number): GroupListener<ConsumerAssignment>;
  consumerListener(groupEpoch: () => number): ConsumerGroupListener;
  partitionsOf(topic: string): readonly number[];
}

/** What a replica of `__consumer_offsets` holds of one group. */
export interface StoredGroup {
  readonly metadata: GroupMetadata | null;
  /** When the metadata was written. */
  readonly storedUs: number;
  readonly offsets: ReadonlyMap<number, CommittedOffset>;
  readonly ages: OffsetAges;
  /** Offsets of open transactions, by producer id. */
  readonly pending: ReadonlyMap<number, readonly CommittedOffset[]>;
}

/** How a broker coordinates groups, under each protocol; null where it does not offer the consumer protocol. */
export interface GroupConfigs {
  readonly classic: ClassicGroupConfig;
  consumer(): ConsumerGroupConfig | null;
}

export class HostedGroup {
  readonly classic: ClassicGroup<ConsumerSubscription, ConsumerAssignment>;
  readonly #configs: GroupConfigs;
  readonly #ports: HostedGroupPorts;
  readonly #store: GroupStore;
  /** Once a member of the consumer protocol has been here. */
  #consumer: ConsumerGroup | null = null;
  readonly #offsets: Map<number, CommittedOffset>;
  readonly #ages: OffsetAges;
  #emptySinceUs: number | null = null;
  readonly #pending: Map<number, readonly CommittedOffset[]>;

  constructor(configs: GroupConfigs, ports: HostedGroupPorts, stored: StoredGroup | null) {
    this.#configs = configs;
    this.#ports = ports;
    this.#store = ports.store;
    this.#offsets = new Map(stored?.offsets ?? []);
    this.#ages = stored?.ages ?? new OffsetAges();
    this.#pending = new Map(stored?.pending ?? []);
    const groupPorts = {
      timers: ports.timers,
      listener: this.#watched(ports.listener(() => this.classic.generation)),
      nextMemberSuffix: () => ports.nextMemberSuffix(),
      sameMetadata: sameSubscription,
      persist: (record: ConsumerGroupRecord, done: (error: ErrorName) => void) => {
        ports.store.write(record, [], done);
      },
    };
    const metadata = stored?.metadata ?? null;
    const isClassic = metadata !== null && !isConsumerGroup(metadata);
    this.classic = isClassic
      ? ClassicGroup.load(configs.classic, groupPorts, metadata)
      : new ClassicGroup(configs.classic, groupPorts);
    if (isClassic && metadata.members.length === 0) this.#emptySinceUs = stored?.storedUs ?? null;
    const consumer = configs.consumer();
    if (metadata !== null && !isClassic && consumer !== null) {
      this.#consumer = ConsumerGroup.load(consumer, this.#consumerPorts(), metadata.image);
    }
  }

  get state(): string {
    return (this.#consumer ?? this.classic).state;
  }

  /** Generation, or group epoch. */
  get generation(): number {
    return this.#consumer?.groupEpoch ?? this.classic.generation;
  }

  unload(): void {
    if (this.#consumer === null) this.classic.unload();
    else this.#consumer.unload();
  }

  /** The first member of the consumer protocol makes an empty group one of that protocol. */
  consumerHeartbeat(request: ConsumerHeartbeatRequest, reply: ConsumerHeartbeatReply): void {
    const config = this.#configs.consumer();
    if (config === null) {
      reply(refusedHeartbeat('UNSUPPORTED_VERSION'));
      return;
    }
    if (this.#consumer === null && request.memberEpoch !== JOIN_EPOCH) {
      reply(refusedHeartbeat('UNKNOWN_MEMBER_ID'));
      return;
    }
    if (this.#consumer === null && this.classic.state !== 'Empty') {
      reply(refusedHeartbeat('GROUP_ID_NOT_FOUND'));
      return;
    }
    this.#consumer ??= new ConsumerGroup(config, this.#consumerPorts());
    this.#consumer.heartbeat(request, reply);
  }

  commit(body: OffsetCommitBody, done: (error: ErrorName) => void): void {
    const error = this.#commitError(body);
    if (error !== 'NONE') {
      done(error);
      return;
    }
    this.#store.write(null, body.offsets, (appendError) => {
      if (appendError === 'NONE') this.#committed(body.offsets);
      done(appendError === 'NONE' ? 'NONE' : coordinatorError(appendError));
    });
  }

  /**
   * Forgets committed offsets that were of no use since `untilUs`; the group's next member begins where
   * `auto.offset.reset` says.
   */
  expireOffsets(untilUs: number): void {
    const hasMembers = this.state !== 'Empty';
    const emptySinceUs = this.#consumer === null ? this.#emptySinceUs : null;
    const expired = this.#ages.expired(this.#offsets.keys(), { hasMembers, emptySinceUs }, untilUs);
    if (expired.length === 0) return;
    const tombstones = expired.map((partition) => ({ partition, offset: -1, leaderEpoch: -1 }));
    this.#store.write(null, tombstones, (error) => {
      if (error !== 'NONE') return;
      for (const partition of expired) {
        this.#offsets.delete(partition);
        this.#ages.forget(partition);
      }
    });
  }

  #committed(offsets: readonly CommittedOffset[]): void {
    for (const offset of offsets) {
      this.#offsets.set(offset.partition, offset);
      this.#ages.committed(offset.partition, this.#ports.timers.nowUs());
    }
  }

  #watched(listener: GroupListener<ConsumerAssignment>): GroupListener<ConsumerAssignment> {
    return {
      ...listener,
      onState: (from, to, reason) => {
        this.#emptySinceUs = to === 'Empty' ? this.#ports.timers.nowUs() : null;
        listener.onState(from, to, reason);
      },
    };
  }

  #commitError({
    memberId,
    groupInstanceId,
    generation,
  }: Pick<OffsetCommitBody, 'memberId' | 'groupInstanceId' | 'generation'>): ErrorName {
    if (this.#consumer !== null) return this.#consumer.commitAllowed(memberId, generation);
    return this.classic.commitAllowed(memberId, groupInstanceId, generation);
  }

  #consumerPorts(): ConsumerGroupPorts {
    const { timers, store } = this.#ports;
    return {
      timers,
      partitionsOf: (topic) => this.#ports.partitionsOf(topic),
      listener: this.#ports.consumerListener(() => this.#consumer?.groupEpoch ?? 0),
      persist: (image, changes, done) => store.write({ image, changes }, [], done),
    };
  }

  /** TxnOffsetCommit: the offsets are stored, and count when the transaction is committed. */
  commitInTransaction(body: TxnOffsetCommitBody, done: (error: ErrorName) => void): void {
    const error = this.#commitError(body);
    if (error !== 'NONE') {
      done(error);
      return;
    }
    const written = (appendError: ErrorName): void => {
      if (appendError === 'NONE')
        this.#pending.set(body.producerId, [...(this.#pending.get(body.producerId) ?? []), ...body.offsets]);
      done(appendError === 'NONE' ? 'NONE' : coordinatorError(appendError));
    };
    this.#store.write(null, body.offsets, written, body.producerId);
  }

  /** A marker of the producer was written. @returns the offsets that count from now on; null: it had none here */
  transactionEnded(producerId: number, isCommit: boolean): readonly CommittedOffset[] | null {
    const pending = this.#pending.get(producerId);
    if (pending === undefined) return null;
    this.#pending.delete(producerId);
    if (!isCommit) return [];
    this.#committed(pending);
    return pending;
  }

  fetchOffsets(body: OffsetFetchBody): OffsetFetchAnswer {
    if (body.requireStable === true && this.#isUnstable(body.partitions))
      return { error: 'UNSTABLE_OFFSET_COMMIT', offsets: [] };
    const offsets = body.partitions.flatMap((partition) => this.#offsets.get(partition) ?? []);
    return { error: 'NONE', offsets };
  }

  /** A transaction that is not ended yet may change them (KIP-447). */
  #isUnstable(partitions: readonly number[]): boolean {
    for (const offsets of this.#pending.values())
      if (offsets.some(({ partition }) => partitions.includes(partition))) return true;
    return false;
  }
}
