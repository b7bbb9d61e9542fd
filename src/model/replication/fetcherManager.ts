import { javaStringHash } from '../algorithms/coordinatorPartition.ts';
import type { PartitionImage } from '../metadata.ts';
import { FetcherThread } from './fetcherThread.ts';
import type { Replica } from './replica.ts';
import type { BrokerEnvironment } from './replicaManager.ts';
import type { ReplicationThrottles } from './replicationThrottles.ts';

/**
 * Which thread copies which partition: one per (source broker, abs(31 x hash(topic) + partition) mod num.replica.fetchers).
 * Source: AbstractFetcherManager, ReplicaFetcherManager.
 */
export class FetcherManager {
  readonly #env: BrokerEnvironment;
  readonly #throttles: ReplicationThrottles;
  readonly #threads = new Map<number, FetcherThread>();
  readonly #onHighWatermark: (replica: Replica) => void;
  readonly #threadOf = new Map<Replica, FetcherThread>();

  /** @param onHighWatermark  a followed replica's high watermark moved */
  constructor(env: BrokerEnvironment, throttles: ReplicationThrottles, onHighWatermark: (replica: Replica) => void) {
    this.#env = env;
    this.#throttles = throttles;
    this.#onHighWatermark = onHighWatermark;
  }

  follow(replica: Replica, image: PartitionImage): void {
    this.remove(replica);
    const thread = this.#thread(image.leader, this.#fetcherId(replica));
    replica.fetchDelayedUntilUs = 0;
    this.#threadOf.set(replica, thread);
    thread.add(replica);
  }

  remove(replica: Replica): void {
    this.#threadOf.get(replica)?.remove(replica);
    this.#threadOf.delete(replica);
  }

  /** The replica fetches nothing any more, though its leader still leads. */
  forget(replica: Replica): void {
    this.#threadOf.get(replica)?.forget(replica);
    this.#threadOf.delete(replica);
  }

  /**
   * MaxLag: of the replicas that follow here, the largest distance between the leader's high watermark, as its last
   * response told it, and the log end after that response (FetcherLagMetrics).
   */
  get maxLag(): number {
    let largest = 0;
    for (const thread of this.#threads.values()) largest = Math.max(largest, thread.maxLag);
    return largest;
  }

  /** After a metadata batch was applied in full: one fetch for all that changed; threads without partitions end. */
  wake(): void {
    for (const [key, thread] of this.#threads) {
      if (thread.isIdle) {
        thread.stop();
        this.#threads.delete(key);
      } else thread.wake();
    }
  }

  stop(): void {
    for (const thread of this.#threads.values()) thread.stop();
    this.#threads.clear();
    this.#threadOf.clear();
  }

  /** `num.replica.fetchers` may have changed: partitions move to the threads that their hash now names (resizeThreadPool). */
  resize(): void {
    for (const [replica, thread] of [...this.#threadOf]) {
      const { image } = replica;
      if (image !== null && image.leader >= 0 && this.#thread(image.leader, this.#fetcherId(replica)) !== thread)
        this.follow(replica, image);
    }
  }

  #thread(source: number, fetcherId: number): FetcherThread {
    const key = source * 1000 + fetcherId;
    let thread = this.#threads.get(key);
    if (thread === undefined) {
      thread = new FetcherThread(this.#env, source, fetcherId, this.#throttles, this.#onHighWatermark);
      this.#threads.set(key, thread);
    }
    return thread;
  }

  #fetcherId(replica: Replica): number {
    const { view, ctx } = this.#env;
    const count = view.configs.number('num.replica.fetchers');
    if (count === 1) return 0;
    const topic = view.topicOf(replica.partition);
    const number = ctx.cast.partitions[replica.partition]!.partition;
    return fetcherIdOf(topic, number, count);
  }
}

/** Which of a source broker's `count` threads copies the partition (AbstractFetcherManager.getFetcherId). */
export function fetcherIdOf(topic: string, partition: number, count: number): number {
  return javaAbs((Math.imul(31, javaStringHash(topic)) + partition) | 0) % count;
}

/** Utils.abs: the one number without a positive counterpart counts as 0. */
function javaAbs(value: number): number {
  return value === -2147483648 ? 0 : Math.abs(value);
}
