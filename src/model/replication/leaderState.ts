import {
  newProducerState,
  type ProducerState,
  REMEMBERED_BATCHES,
  recordBatch,
  recordMarker,
} from '../algorithms/producerState.ts';
import type { AlterPartitionItem, PartitionImage } from '../metadata.ts';
import type { DelayedProduce } from './delayedProduce.ts';
import type { FollowerSession } from './followerSession.ts';
import type { Replica } from './replica.ts';

/** Before anything that could count: simulated time begins at 0, so 0 itself would pass for a recent instant. */
export const LONG_AGO_US = -1e15;

/** What a leader knows of one follower (Kafka's Replica and ReplicaState on the leader). */
export class FollowerProgress {
  readonly broker: number;
  logEndOffset = -1;
  logStartOffset = -1;
  /** Of the incarnation that fetched last; -1 when it told none. */
  brokerEpoch = -1;
  lastFetchUs = LONG_AGO_US;
  /** The leader's log end offset at that fetch. */
  lastFetchLeaderLogEndOffset = 0;
  /** Last instant at which it had everything the leader had then. */
  lastCaughtUpUs = LONG_AGO_US;
  session: FollowerSession | null = null;
  /** The leader epoch that the follower named with its position; an older one than the leader's is fenced. */
  toldEpoch = -1;
  /** The session has this partition among those with something to send. */
  isDirty = false;
  /** The session has to be told the high watermark. */
  owesHighWatermark = false;
  /** There is something to send, and the leader's throttle forbids it for now. */
  isWithheld = false;
  readonly leader: LeaderState;

  constructor(broker: number, leader: LeaderState) {
    this.broker = broker;
    this.leader = leader;
  }

  /** A fetch from `offset` arrived at `nowUs` while the leader's log ended at `leaderEnd` (Replica.updateFetchStateOrThrow). */
  fetched(offset: number, nowUs: number, leaderEnd: number): void {
    if (offset >= leaderEnd) this.lastCaughtUpUs = Math.max(this.lastCaughtUpUs, nowUs);
    else if (offset >= this.lastFetchLeaderLogEndOffset)
      this.lastCaughtUpUs = Math.max(this.lastCaughtUpUs, this.lastFetchUs);
    this.logEndOffset = offset;
    this.lastFetchLeaderLogEndOffset = Math.max(this.lastFetchLeaderLogEndOffset, leaderEnd);
    this.lastFetchUs = nowUs;
  }
}

/**
 * A partition's leader, for one leader epoch or several in a row: followers' progress, the ISR, and who waits for the high watermark.
 * Source: Partition.scala (ISR states Committed, PendingExpand, PendingShrink).
 */
export class LeaderState {
  readonly replica: Replica;
  leaderEpoch: number;
  epochStartOffset: number;
  image: PartitionImage;
  /** The change asked for and not yet answered. */
  pending: AlterPartitionItem | null = null;
  readonly followers: FollowerProgress[];
  /** acks=all appends in offset order. */
  readonly produces: DelayedProduce[] = [];
  readonly producers = new Map<number, ProducerState>();

  constructor(replica: Replica, image: PartitionImage, nowUs: number) {
    this.replica = replica;
    this.image = image;
    this.leaderEpoch = image.leaderEpoch;
    this.epochStartOffset = replica.log.logEndOffset;
    this.followers = image.replicas
      .filter((broker) => broker !== replica.broker)
      .map((broker) => new FollowerProgress(broker, this));
    for (const follower of this.followers) if (image.isr.includes(follower.broker)) follower.lastCaughtUpUs = nowUs;
    this.#rebuildProducers();
  }

  /**
   * The same broker leads on in a higher leader epoch (a replica was dropped; up to 3.5 also after an ISR shrink): who
   * waits goes on waiting, and what is known of followers' log ends stays (Partition.makeLeader, Replica.resetReplicaState).
   */
  renew(image: PartitionImage, nowUs: number): void {
    this.leaderEpoch = image.leaderEpoch;
    this.epochStartOffset = this.replica.log.logEndOffset;
    this.pending = null;
    this.adopt(image);
    for (const follower of this.followers) {
      const isInSync = image.isr.includes(follower.broker);
      follower.lastFetchLeaderLogEndOffset = this.epochStartOffset;
      follower.lastFetchUs = isInSync ? nowUs : LONG_AGO_US;
      follower.lastCaughtUpUs = isInSync ? nowUs : LONG_AGO_US;
      if (isInSync) continue;
      // It counts again when it fetches in the new epoch; one that is shutting down never does.
      follower.session?.drop(follower);
      follower.session = null;
    }
  }

  /** Another ISR or other replicas: those that came are unknown yet, those that went are forgotten (updateAssignmentAndIsr). */
  adopt(image: PartitionImage): void {
    const before = this.image.replicas;
    this.image = image;
    if (before === image.replicas) return;
    for (let i = this.followers.length - 1; i >= 0; i--)
      if (!image.replicas.includes(this.followers[i]!.broker)) this.#forget(i);
    for (const broker of image.replicas)
      if (broker !== this.replica.broker && this.follower(broker) === undefined)
        this.followers.push(new FollowerProgress(broker, this));
  }

  #forget(index: number): void {
    const [gone] = this.followers.splice(index, 1);
    gone!.session?.drop(gone!);
    gone!.session = null;
  }

  get committedIsr(): readonly number[] {
    return this.image.isr;
  }

  /** The set whose every member must hold a record before it counts as replicated. */
  isInMaximalIsr(broker: number): boolean {
    return (
      this.image.isr.includes(broker) || (this.pending?.reason === 'isrExpand' && this.pending.newIsr.includes(broker))
    );
  }

  get maximalIsrSize(): number {
    return this.pending?.reason === 'isrExpand' ? this.pending.newIsr.length : this.image.isr.length;
  }

  follower(broker: number): FollowerProgress | undefined {
    for (const follower of this.followers) if (follower.broker === broker) return follower;
    return undefined;
  }

  /** min(min.insync.replicas, replication factor). */
  get effectiveMinIsr(): number {
    return Math.min(this.replica.limits.minInsyncReplicas, this.image.replicas.length);
  }

  producer(producerId: number): ProducerState {
    let state = this.producers.get(producerId);
    if (state === undefined) {
      state = newProducerState();
      this.producers.set(producerId, state);
    }
    return state;
  }

  /** Sequence state survives a fail-over because it is read back from the log (ProducerStateManager). */
  #rebuildProducers(): void {
    const remembered = new Map<number, { epoch: number; sequence: number; count: number; baseOffset: number }[]>();
    let settled = 0;
    this.replica.log.visitBatchesBackwards((producerId, epoch, sequence, count, baseOffset) => {
      if (producerId < 0) return true;
      const batches = remembered.get(producerId) ?? [];
      if (batches.length === 0) remembered.set(producerId, batches);
      const known = batches.reduce((sum, batch) => sum + (batch.sequence < 0 ? 0 : 1), 0);
      if (known < REMEMBERED_BATCHES) {
        batches.push({ epoch, sequence, count, baseOffset });
        if (sequence >= 0 && known + 1 === REMEMBERED_BATCHES) settled++;
      }
      // Producers that have been silent for very long are forgotten, as producer.id.expiration.ms would.
      return baseOffset > this.replica.log.logEndOffset - 1_000_000 || settled < remembered.size;
    });
    for (const [producerId, batches] of remembered) {
      const state = this.producer(producerId);
      for (const { epoch, sequence, count, baseOffset } of batches.reverse())
        if (sequence < 0) recordMarker(state, epoch);
        else recordBatch(state, epoch, sequence, count, baseOffset);
    }
  }
}
