import type { ModelContext } from '../context.ts';
import type { FetchedRange } from '../protocol.ts';
import { type EventId, NO_CAUSE } from '../trace.ts';
import { PartitionState } from './partitionState.ts';

/** What the member is assigned, in the order in which it fetches; told to the recorder when it changes. Source: SubscriptionState. */
export class Subscription {
  readonly #ctx: ModelContext;
  readonly #groupCause: () => EventId;
  readonly #group: number;
  readonly #client: number;
  readonly #states = new Map<number, PartitionState>();
  /** In the order in which their fetches were answered. */
  readonly #buffered: PartitionState[] = [];
  /** The trace event of the last change. */
  lastChange: EventId = NO_CAUSE;

  /** @param groupCause  what last happened to the group */
  constructor(ctx: ModelContext, group: number, client: number, groupCause: () => EventId) {
    this.#ctx = ctx;
    this.#groupCause = groupCause;
    this.#group = group;
    this.#client = client;
  }

  get size(): number {
    return this.#states.size;
  }

  get(partition: number): PartitionState | undefined {
    return this.#states.get(partition);
  }

  states(): Iterable<PartitionState> {
    return this.#states.values();
  }

  add(partitions: readonly number[]): void {
    if (partitions.length === 0) return;
    for (const partition of partitions) this.#states.set(partition, new PartitionState(partition));
    this.#tell(partitions, [], false);
  }

  remove(partitions: readonly number[], lost: boolean): void {
    const removed = partitions.filter((partition) => this.#states.delete(partition));
    if (removed.length > 0) this.#tell([], removed, lost);
  }

  revocationPending(partitions: readonly number[]): void {
    for (const partition of partitions) {
      const state = this.#states.get(partition);
      if (state !== undefined) state.isPendingRevocation = true;
    }
  }

  /** Records came. The partition is asked for after the others next time, so that none starves. */
  buffer(state: PartitionState, ranges: readonly FetchedRange[]): void {
    state.fetched(ranges);
    this.#buffered.push(state);
    if (this.#states.size === 1) return;
    this.#states.delete(state.partition);
    this.#states.set(state.partition, state);
  }

  /** The partition whose records are returned next; what was revoked or reset meanwhile is dropped. */
  nextBuffered(): PartitionState | undefined {
    for (let next = this.#buffered[0]; next !== undefined; next = this.#buffered[0]) {
      const isOurs = this.#states.get(next.partition) === next && !next.isPendingRevocation;
      if (next.hasData && isOurs) return next;
      this.#buffered.shift();
    }
    return undefined;
  }

  #tell(added: readonly number[], removed: readonly number[], lost: boolean): void {
    const { recorder, kernel } = this.#ctx;
    const partitions = [...this.#states.keys()].sort((left, right) => left - right);
    this.lastChange = recorder.event(kernel.nowUs, this.#groupCause(), {
      type: 'member.assignment',
      group: this.#group,
      client: this.#client,
      partitions,
      added: [...added],
      removed,
      lost,
    });
  }
}
