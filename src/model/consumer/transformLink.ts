/**
 * The application between a consumer and a producer: consume, transform, produce. With transactions it ends one between
 * two calls of poll(), commits its offsets in it (sendOffsetsToTransaction), and goes back to the last committed offsets
 * when it was aborted. Source: KIP-98, KIP-447.
 */
import type { CommittedOffset } from '../coordinator/groupRequests.ts';

/** A group's offsets as a producer commits them. */
export interface GroupOffsets {
  readonly group: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly generation: number;
  readonly offsets: readonly CommittedOffset[];
}

/** What a transactional producer asks of the application that feeds it. */
export interface Feeder {
  /** Runs `go` once the application is not amid the records of one poll(); it takes no more until `resume`. */
  pauseThen(go: () => void): void;
  /** `wasAborted`: what was read since the last commit is read again. */
  resume(wasAborted: boolean): void;
  offsets(): GroupOffsets | null;
  committed(offsets: readonly CommittedOffset[]): void;
}

/** One life of the consumer. */
export type FeedingConsumer = Feeder;

export class TransformLink implements Feeder {
  /** Called when partitions were taken away: what was made of their records must not be committed. */
  onRevoked: () => void = () => {};
  readonly feed: (count: number, atUs: number, lane: number, first: number) => void;
  #consumer: FeedingConsumer | null = null;
  #isPaused = false;

  constructor(feed: TransformLink['feed']) {
    this.feed = feed;
  }

  attach(consumer: FeedingConsumer): void {
    this.#consumer = consumer;
    if (this.#isPaused) consumer.pauseThen(() => {});
  }

  detach(): void {
    this.#consumer = null;
  }

  pauseThen(go: () => void): void {
    this.#isPaused = true;
    if (this.#consumer === null) go();
    else this.#consumer.pauseThen(go);
  }

  resume(wasAborted: boolean): void {
    this.#isPaused = false;
    this.#consumer?.resume(wasAborted);
  }

  offsets(): GroupOffsets | null {
    return this.#consumer?.offsets() ?? null;
  }

  committed(offsets: readonly CommittedOffset[]): void {
    this.#consumer?.committed(offsets);
  }
}
