import type { Exchange } from '../network/exchange.ts';
import type { FetchedRange, FetchRequest, FetchResponse } from '../protocol.ts';
import { HIDDEN } from './abortedRecords.ts';

/**
 * INITIALIZING  the committed offset is being asked for
 * AWAIT_RESET   the position is being asked for as `auto.offset.reset` says
 * FETCHING      it has a position
 */
export type FetchPhase = 'INITIALIZING' | 'AWAIT_RESET' | 'FETCHING';

/** One assigned partition as the consumer sees it. Source: SubscriptionState.TopicPartitionState, CompletedFetch. */
export class PartitionState {
  readonly partition: number;
  phase: FetchPhase = 'INITIALIZING';
  /** Offset of the next record that poll() returns; -1 before there is one. */
  position = -1;
  /** Where this member began to read it. */
  start = -1;
  /** Leader epoch of the last record before the position; -1 when unknown. */
  positionEpoch = -1;
  /** As last committed by this member; -1: never. */
  committed = -1;
  /** Why it waits for a reset, and from where; -1 without a position. */
  resetWhy = '';
  resetFrom = -1;
  /** It is about to be given up: nothing of it is fetched or returned any more (markPendingRevocation). */
  isPendingRevocation = false;
  /** A ListOffsets for it is out. */
  isResetting = false;
  /** Not fetched before then, after an error. */
  delayedUntilUs = 0;
  /** The fetch that asks for it now, and from which offset. */
  requestedIn: Exchange<FetchRequest, FetchResponse> | null = null;
  requestedOffset = -1;
  /** The broker that the leader sent this consumer to, and until when that holds; -1: the leader itself (KIP-392). */
  preferredReplica = -1;
  preferredUntilUs = -1;
  #fetched: readonly FetchedRange[] = [];
  #next = 0;

  constructor(partition: number) {
    this.partition = partition;
  }

  get hasData(): boolean {
    return this.#next < this.#fetched.length;
  }

  /** Kafka fetches a partition only when nothing of it is left in the buffer. */
  isFetchable(nowUs: number): boolean {
    return this.phase === 'FETCHING' && !this.isPendingRevocation && !this.hasData && this.delayedUntilUs <= nowUs;
  }

  readFromLeader(): void {
    this.preferredReplica = -1;
    this.preferredUntilUs = -1;
  }

  fetched(ranges: readonly FetchedRange[]): void {
    this.#fetched = ranges;
    this.#next = 0;
  }

  seek(offset: number, leaderEpoch: number): void {
    this.phase = 'FETCHING';
    if (this.start < 0) this.start = offset;
    this.position = offset;
    this.positionEpoch = leaderEpoch;
    this.isResetting = false;
    this.fetched([]);
  }

  awaitReset(why: string): void {
    this.phase = 'AWAIT_RESET';
    this.resetWhy = why;
    this.resetFrom = this.position;
    this.fetched([]);
  }

  /**
   * Returns up to `maxRecords` buffered records to the application and moves the position past them.
   *
   * @param visit  for each run of records: the range, where in it the run begins, and how many records
   * @returns how many records
   */
  take(maxRecords: number, visit: (range: FetchedRange, skipped: number, count: number) => void): number {
    let taken = 0;
    while (taken < maxRecords && this.hasData) {
      const range = this.#fetched[this.#next]!;
      if (range.lane === HIDDEN) {
        this.#passOver(range);
        continue;
      }
      const skipped = this.position - range.offset;
      const count = Math.min(range.count - skipped, maxRecords - taken);
      visit(range, skipped, count);
      taken += count;
      this.position += count;
      this.positionEpoch = range.leaderEpoch;
      if (skipped + count === range.count) this.#next++;
    }
    // Markers and aborted records behind the last record are passed at once.
    while (this.hasData && this.#fetched[this.#next]!.lane === HIDDEN) this.#passOver(this.#fetched[this.#next]!);
    if (!this.hasData) this.fetched([]);
    return taken;
  }

  /** The application does not see it; the position goes on. */
  #passOver({ offset, count, leaderEpoch }: FetchedRange): void {
    this.position = offset + count;
    this.positionEpoch = leaderEpoch;
    this.#next++;
  }
}
