import type { EpochSpan } from '../log/replicaLog.ts';
import type { Exchange } from '../network/exchange.ts';
import type { ErrorName } from '../protocol.ts';
import type { FollowerProgress } from './leaderState.ts';

/** A follower tells its fetch position: after an append, a truncation, or when it starts to follow. */
export interface FetchPosition {
  readonly partition: number;
  readonly fetchOffset: number;
  readonly currentLeaderEpoch: number;
  readonly lastFetchedEpoch: number;
  readonly logStartOffset: number;
}

/** An incremental fetch (KIP-227): only positions that changed since the last one. */
export interface FollowerFetch {
  readonly follower: number;
  /** The follower's registration; -1 before releases that tell it (KIP-903). */
  readonly brokerEpoch: number;
  /** Names the fetch session; a new connection begins a new one. */
  readonly sessionId: number;
  readonly positions: readonly FetchPosition[];
  /** Partitions that leave the session until they are named again: the follower's throttle forbids to ask for them. */
  readonly forgotten: readonly number[];
  /** Nothing is left in the session: the leader answers at once. */
  readonly isEmpty: boolean;
}

export interface FollowerFetchItem {
  readonly partition: number;
  readonly error: ErrorName;
  readonly currentLeaderEpoch: number;
  /** The records sent: stretches of leader epochs from the fetch offset up to endOffset. */
  readonly spans: readonly EpochSpan[];
  readonly fetchOffset: number;
  readonly endOffset: number;
  readonly bytes: number;
  readonly highWatermark: number;
  readonly logStartOffset: number;
  /** Truncate to the end of this epoch, at most to this offset; -1: no divergence. */
  readonly divergingEpoch: number;
  readonly divergingEndOffset: number;
}

export interface FollowerFetchResponse {
  readonly items: readonly FollowerFetchItem[];
}

export type FollowerExchange = Exchange<FollowerFetch, FollowerFetchResponse>;

/** The leader broker's side of one follower's fetch session: which partitions have something for it. */
export class FollowerSession {
  readonly id: number;
  readonly follower: number;
  /** As the last fetch told it. */
  brokerEpoch = -1;
  /** Partitions whose high watermark moved since it was last told. */
  readonly owedHighWatermarks: FollowerProgress[] = [];
  /** The long poll that ends with its round to tell them. */
  newsFor: FollowerExchange | null = null;
  #dirty: FollowerProgress[] = [];
  #taken: FollowerProgress[] = [];
  #withheld: FollowerProgress[] = [];
  parked: FollowerExchange | null = null;
  parkedUs = 0;
  lastFetchUs = 0;
  /** A follower at its log's end could not be heard when it became eligible for the ISR: its next fetch asks again. */
  owesIsrCheck = false;

  constructor(id: number, follower: number) {
    this.id = id;
    this.follower = follower;
  }

  /**
   * The leader has records that the follower lacks. Its catch-up time is taken down first: until now it had everything,
   * and each long poll confirmed that every `replica.fetch.wait.max.ms`.
   */
  markDirty(progress: FollowerProgress, caughtUpUs: number): void {
    if (progress.isDirty) return;
    progress.isDirty = true;
    this.#dirty.push(progress);
    if (caughtUpUs > progress.lastCaughtUpUs) progress.lastCaughtUpUs = caughtUpUs;
    if (caughtUpUs > progress.lastFetchUs) progress.lastFetchUs = caughtUpUs;
  }

  /** The follower does not ask for the partition any more. */
  drop(progress: FollowerProgress): void {
    const at = progress.isDirty ? this.#dirty.indexOf(progress) : -1;
    if (at >= 0) this.#dirty.splice(at, 1);
    progress.isDirty = false;
    this.#withheld = this.#withheld.filter((other) => other !== progress);
    progress.isWithheld = false;
  }

  /** Sets those aside that the leader's throttle forbids to send. */
  withhold(isForbidden: (progress: FollowerProgress) => boolean): void {
    let kept = 0;
    for (const progress of this.#dirty) {
      if (isForbidden(progress)) {
        progress.isDirty = false;
        progress.isWithheld = true;
        this.#withheld.push(progress);
      } else this.#dirty[kept++] = progress;
    }
    this.#dirty.length = kept;
  }

  get withholds(): boolean {
    return this.#withheld.length > 0;
  }

  /** What was withheld may be looked at again. */
  release(): void {
    for (const progress of this.#withheld) {
      progress.isWithheld = false;
      if (progress.session === this && !progress.isDirty) {
        progress.isDirty = true;
        this.#dirty.push(progress);
      }
    }
    this.#withheld.length = 0;
  }

  /** What it lacks. */
  get dirty(): readonly FollowerProgress[] {
    return this.#dirty;
  }

  get hasWork(): boolean {
    return this.#dirty.length > 0;
  }

  /** Takes the partitions with work in the order in which they got it; what does not fit comes back through markDirty. Valid until the next call. */
  takeDirty(): readonly FollowerProgress[] {
    const taken = this.#dirty;
    this.#dirty = this.#taken;
    this.#taken = taken;
    this.#dirty.length = 0;
    for (const progress of taken) progress.isDirty = false;
    return taken;
  }
}
