/** One group on its coordinator: the members and the committed offsets, written to `__consumer_offsets` before they count. */
import { ClassicGroup } from '../group/classicGroup.ts';
import { type ConsumerAssignment, type ConsumerSubscription, sameSubscription } from '../group/consumerSubscription.ts';
import { coordinatorError } from '../group/groupAnswers.ts';
import type { ClassicGroupConfig, GroupListener, GroupTimers } from '../group/groupPorts.ts';
import type { ErrorName } from '../protocol.ts';
import type { TxnOffsetCommitBody } from '../transaction/transactionProtocol.ts';
import type { CommittedOffset, OffsetCommitBody, OffsetFetchAnswer, OffsetFetchBody } from './groupRequests.ts';
import type { ConsumerGroupRecord } from './offsetsLog.ts';

export interface GroupStore {
  /** Appends with acks=all; `done` comes once, or never when the broker's process dies. */
  write(
    metadata: ConsumerGroupRecord | null,
    offsets: readonly CommittedOffset[],
    done: (error: ErrorName) => void,
    pendingOf?: number,
  ): void;
}

export interface HostedGroupPorts {
  readonly timers: GroupTimers;
  readonly store: GroupStore;
  nextMemberSuffix(): string;
  listener(generation: () => number): GroupListener<ConsumerAssignment>;
}

/** What a replica of `__consumer_offsets` holds of one group. */
export interface StoredGroup {
  readonly metadata: ConsumerGroupRecord | null;
  readonly offsets: ReadonlyMap<number, CommittedOffset>;
  /** Offsets of open transactions, by producer id. */
  readonly pending: ReadonlyMap<number, readonly CommittedOffset[]>;
}

export class HostedGroup {
  readonly classic: ClassicGroup<ConsumerSubscription, ConsumerAssignment>;
  readonly #store: GroupStore;
  readonly #offsets: Map<number, CommittedOffset>;
  readonly #pending: Map<number, readonly CommittedOffset[]>;

  constructor(config: ClassicGroupConfig, ports: HostedGroupPorts, stored: StoredGroup | null) {
    this.#store = ports.store;
    this.#offsets = new Map(stored?.offsets ?? []);
    this.#pending = new Map(stored?.pending ?? []);
    const groupPorts = {
      timers: ports.timers,
      listener: ports.listener(() => this.classic.generation),
      nextMemberSuffix: () => ports.nextMemberSuffix(),
      sameMetadata: sameSubscription,
      persist: (record: ConsumerGroupRecord, done: (error: ErrorName) => void) => ports.store.write(record, [], done),
    };
    const metadata = stored?.metadata ?? null;
    this.classic =
      metadata === null ? new ClassicGroup(config, groupPorts) : ClassicGroup.load(config, groupPorts, metadata);
  }

  commit(body: OffsetCommitBody, done: (error: ErrorName) => void): void {
    const error = this.classic.commitAllowed(body.memberId, body.groupInstanceId, body.generation);
    if (error !== 'NONE') {
      done(error);
      return;
    }
    this.#store.write(null, body.offsets, (appendError) => {
      if (appendError === 'NONE') for (const offset of body.offsets) this.#offsets.set(offset.partition, offset);
      done(appendError === 'NONE' ? 'NONE' : coordinatorError(appendError));
    });
  }

  /** TxnOffsetCommit: the offsets are stored, and count when the transaction is committed. */
  commitInTransaction(body: TxnOffsetCommitBody, done: (error: ErrorName) => void): void {
    const error = this.classic.commitAllowed(body.memberId, body.groupInstanceId, body.generation);
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
    for (const offset of pending) this.#offsets.set(offset.partition, offset);
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
