import type { PlainPartition } from './plainPartition.ts';
import type { PlainReplica } from './plainReplica.ts';

const NEVER = -1e15;

/** What a leader knows of one follower. */
export interface PlainFollower {
  readonly broker: number;
  /** Where it fetched last; -1: it has not fetched from this leader. */
  end: number;
  lastFetchUs: number;
  /** The leader's end at that fetch. */
  endAtLastFetch: number;
  caughtUpUs: number;
  /** Of the incarnation that fetched last; -1: it told none. */
  brokerEpoch: number;
}

/** What the leader needs to know beyond its own log, as its own broker sees it now. */
export interface PlainSurroundings {
  readonly minIsr: number;
  readonly lagUs: number;
  /** From 3.7 (KAFKA-15583). */
  readonly needsMinIsr: boolean;
  readonly mayJoin: (broker: number, brokerEpoch: number) => boolean;
}

/** The ISR that was asked for and is not answered yet. */
export interface PlainPending {
  readonly isr: readonly number[];
  /** Broker epochs of its members as they were known when it was asked for (KIP-903). */
  readonly epochs: readonly number[];
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
}

/** A leader in one leader epoch (Partition, ReplicaState): every rule looks at every follower. */
export class PlainLeader {
  readonly replica: PlainReplica;
  epochStart: number;
  readonly followers: PlainFollower[];
  partition: PlainPartition;
  pending: PlainPending | null = null;

  constructor(replica: PlainReplica, partition: PlainPartition, nowUs: number) {
    this.replica = replica;
    this.partition = partition;
    this.epochStart = replica.end;
    this.followers = [];
    this.#know(partition, nowUs);
  }

  #know(partition: PlainPartition, nowUs: number): void {
    for (const broker of partition.replicas) {
      if (broker === this.replica.broker || this.followers.some((one) => one.broker === broker)) continue;
      const caughtUpUs = partition.isr.includes(broker) ? nowUs : NEVER;
      this.followers.push({ broker, end: -1, lastFetchUs: NEVER, endAtLastFetch: 0, caughtUpUs, brokerEpoch: -1 });
    }
  }

  /** A newer version of the partition in the same leader epoch. */
  adopt(partition: PlainPartition): void {
    this.partition = partition;
    this.pending = null;
    for (let i = this.followers.length - 1; i >= 0; i--)
      if (!partition.replicas.includes(this.followers[i]!.broker)) this.followers.splice(i, 1);
    this.#know(partition, NEVER);
  }

  /** It leads on in a higher leader epoch: where followers are is still known, when they had caught up is not. */
  renew(partition: PlainPartition, nowUs: number): void {
    this.epochStart = this.replica.end;
    this.adopt(partition);
    for (const follower of this.followers) {
      const sinceUs = partition.isr.includes(follower.broker) ? nowUs : NEVER;
      follower.endAtLastFetch = this.replica.end;
      follower.lastFetchUs = sinceUs;
      follower.caughtUpUs = sinceUs;
    }
  }

  fetched(broker: number, brokerEpoch: number, offset: number, nowUs: number): void {
    const follower = this.followers.find((one) => one.broker === broker);
    if (follower === undefined) return;
    const { end } = this.replica;
    if (offset >= end) follower.caughtUpUs = Math.max(follower.caughtUpUs, nowUs);
    else if (offset >= follower.endAtLastFetch)
      follower.caughtUpUs = Math.max(follower.caughtUpUs, follower.lastFetchUs);
    follower.end = offset;
    follower.brokerEpoch = brokerEpoch;
    follower.endAtLastFetch = Math.max(follower.endAtLastFetch, end);
    follower.lastFetchUs = nowUs;
  }

  /** Members that a record must have reached: for an expansion the new one too, for a shrink the old one still. */
  get maximalIsr(): readonly number[] {
    return [...new Set([...this.partition.isr, ...(this.pending?.isr ?? [])])];
  }

  effectiveMinIsr(minIsr: number): number {
    return Math.min(minIsr, this.partition.replicas.length);
  }

  /** @returns whether the high watermark moved */
  advance(nowUs: number, around: PlainSurroundings): boolean {
    if (around.needsMinIsr && this.partition.isr.length < this.effectiveMinIsr(around.minIsr)) return false;
    const ends = [this.replica.end];
    for (const follower of this.followers) {
      const isMember = this.maximalIsr.includes(follower.broker);
      const isAboutToJoin =
        follower.end >= 0 &&
        nowUs - follower.caughtUpUs <= around.lagUs &&
        around.mayJoin(follower.broker, follower.brokerEpoch);
      if (isMember || isAboutToJoin) ends.push(follower.end);
    }
    const lowest = Math.min(...ends);
    if (lowest <= this.replica.highWatermark) return false;
    this.replica.highWatermark = lowest;
    return true;
  }

  /** Who is to leave the ISR at a scan. */
  laggards(nowUs: number, lagUs: number): number[] {
    if (this.pending !== null) return [];
    return this.followers
      .filter((one) => this.partition.isr.includes(one.broker))
      .filter((one) => one.end !== this.replica.end && nowUs - one.caughtUpUs > lagUs)
      .map((one) => one.broker);
  }

  /** Whether a fetch of this follower makes the leader ask for it to join. */
  mayExpandWith(broker: number, around: PlainSurroundings): boolean {
    const follower = this.followers.find((one) => one.broker === broker);
    if (follower === undefined || this.pending !== null || this.partition.isr.includes(broker)) return false;
    const { highWatermark } = this.replica;
    if (follower.end < highWatermark || follower.end < this.epochStart) return false;
    return around.mayJoin(broker, follower.brokerEpoch);
  }

  ask(isr: readonly number[], ownEpoch: number): void {
    const { leaderEpoch, partitionEpoch } = this.partition;
    const epochs = isr.map((id) =>
      id === this.replica.broker ? ownEpoch : (this.followers.find(({ broker }) => broker === id)?.brokerEpoch ?? -1),
    );
    this.pending = { isr, epochs, leaderEpoch, partitionEpoch };
  }
}
