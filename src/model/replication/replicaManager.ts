import type { BrokerView } from '../broker/brokerView.ts';
import type { BrokerMachine } from '../broker/machine.ts';
import type { ModelContext } from '../context.ts';
import type { ControllerPort, MetadataDelta, PartitionImage } from '../metadata.ts';
import type { Process } from '../network/process.ts';
import { FetcherManager } from './fetcherManager.ts';
import { FetchPath } from './fetchPath.ts';
import { FollowerFetchPath } from './followerFetchPath.ts';
import { HighWatermarks } from './highWatermarks.ts';
import { IsrMaintenance } from './isrMaintenance.ts';
import { LeaderState } from './leaderState.ts';
import { ProducePath } from './producePath.ts';
import type { Replica, ReplicaTable } from './replica.ts';
import { Retention } from './retention.ts';

/** What the parts of a replica manager share. */
export interface BrokerEnvironment {
  readonly ctx: ModelContext;
  readonly broker: number;
  readonly process: Process;
  readonly machine: BrokerMachine;
  readonly view: BrokerView;
  readonly replicas: ReplicaTable;
  readonly controller: ControllerPort;
  /** By global broker index. */
  readonly brokerProcesses: readonly Process[];
}

/**
 * The replicas of one broker process: roles, appends, fetches, ISR. Lives as long as the process; logs outlive it.
 * Source: ReplicaManager, Partition.
 */
export class ReplicaManager {
  readonly env: BrokerEnvironment;
  readonly highWatermarks: HighWatermarks;
  readonly isr: IsrMaintenance;
  readonly produce: ProducePath;
  readonly fetch: FetchPath;
  readonly followerFetch: FollowerFetchPath;
  readonly fetchers: FetcherManager;
  readonly retention: Retention;
  #onLeadershipChange: (partition: number, leads: boolean) => void = () => {};

  constructor(env: BrokerEnvironment) {
    this.env = env;
    this.highWatermarks = new HighWatermarks(env, () => this.fetch);
    this.isr = new IsrMaintenance(env, this.highWatermarks);
    this.followerFetch = new FollowerFetchPath(env, this.highWatermarks, this.isr);
    this.produce = new ProducePath(env, this.highWatermarks, this.followerFetch);
    this.fetch = new FetchPath(env);
    this.fetchers = new FetcherManager(env);
    this.retention = new Retention(env);
  }

  /** Coordinators load and unload with their partition's leadership. */
  onLeadershipChange(listener: (partition: number, leads: boolean) => void): void {
    this.#onLeadershipChange = listener;
  }

  start(): void {
    this.isr.start();
    this.retention.start();
  }

  /** The process is gone: everything but the logs is forgotten. */
  stop(): void {
    this.fetchers.stop();
    this.isr.stop();
    this.retention.stop();
    this.produce.stop();
    for (const replica of this.env.replicas.of(this.env.broker)) {
      replica.step('process.ended');
      replica.leading = null;
      replica.image = null;
    }
  }

  /** Becomes leader or follower as the metadata says (ReplicaManager.applyDelta). The view already holds the delta. */
  apply(delta: MetadataDelta): void {
    for (const image of delta.partitions) this.#applyPartition(image);
    if (delta.configs.length > 0) this.#refreshLimits();
    if (delta.brokers.length > 0)
      for (const replica of this.env.replicas.of(this.env.broker))
        if (replica.leading !== null) this.highWatermarks.maybeAdvance(replica.leading, this.env.ctx.kernel.nowUs);
    this.fetchers.wake();
  }

  #applyPartition(image: PartitionImage): void {
    const { broker, replicas, view } = this.env;
    if (!image.replicas.includes(broker)) {
      this.#delete(image);
      return;
    }
    const replica = replicas.getOrCreate(broker, image.partition, view.configs.limits(view.topicOf(image.partition)));
    const known = replica.image;
    if (known !== null && image.partitionEpoch <= known.partitionEpoch && image.leaderEpoch <= known.leaderEpoch)
      return;
    const isNewEpoch = known === null || image.leaderEpoch > known.leaderEpoch;
    replica.image = image;
    if (!isNewEpoch) {
      if (replica.leading !== null) this.isr.adopt(replica.leading, image);
      return;
    }
    if (replica.leading !== null && image.leader === broker) {
      this.#leadOn(replica, replica.leading, image);
      return;
    }
    if (replica.leading !== null) this.#resign(replica);
    if (image.leader === broker) this.#lead(replica, image);
    else this.#follow(replica, image);
  }

  /** A reassignment took the replica away, now or while this broker was down (a stray replica, found when it starts). */
  #delete(image: PartitionImage): void {
    const { broker, replicas, ctx } = this.env;
    const replica = replicas.get(broker, image.partition);
    if (replica === undefined) return;
    if (replica.image !== null && image.partitionEpoch <= replica.image.partitionEpoch) return;
    if (replica.leading !== null) this.#resign(replica);
    this.fetchers.remove(replica);
    replicas.remove(replica);
    const { logEndOffset } = replica.log;
    ctx.recorder.event(ctx.kernel.nowUs, image.event, {
      type: 'replica.deleted',
      partition: image.partition,
      broker,
      logEndOffset,
    });
  }

  /** Leader before and after, in a higher epoch: acks=all requests go on waiting, fetches of the old epoch are fenced. */
  #leadOn(replica: Replica, leader: LeaderState, image: PartitionImage): void {
    const { ctx, broker } = this.env;
    const nowUs = ctx.kernel.nowUs;
    this.isr.forget(leader);
    replica.log.beginEpoch(image.leaderEpoch);
    leader.renew(image, nowUs);
    ctx.recorder.event(nowUs, image.event, {
      type: 'replica.leading',
      partition: image.partition,
      broker,
      leaderEpoch: image.leaderEpoch,
      logEndOffset: replica.log.logEndOffset,
      highWatermark: replica.highWatermark,
    });
    this.fetch.completeAll(leader);
    this.highWatermarks.maybeAdvance(leader, nowUs);
  }

  #lead(replica: Replica, image: PartitionImage): void {
    const { ctx, broker } = this.env;
    const nowUs = ctx.kernel.nowUs;
    this.fetchers.remove(replica);
    const leader = new LeaderState(replica, image, nowUs);
    replica.log.beginEpoch(image.leaderEpoch);
    replica.leading = leader;
    replica.step('made.leader');
    ctx.recorder.event(nowUs, image.event, {
      type: 'replica.leading',
      partition: image.partition,
      broker,
      leaderEpoch: image.leaderEpoch,
      logEndOffset: replica.log.logEndOffset,
      highWatermark: replica.highWatermark,
    });
    this.highWatermarks.maybeAdvance(leader, nowUs);
    this.#onLeadershipChange(image.partition, true);
  }

  #follow(replica: Replica, image: PartitionImage): void {
    const { ctx, broker } = this.env;
    if (image.leader < 0) {
      replica.step('leader.gone');
      this.fetchers.remove(replica);
      return;
    }
    ctx.recorder.event(ctx.kernel.nowUs, image.event, {
      type: 'replica.following',
      partition: image.partition,
      broker,
      leader: image.leader,
      leaderEpoch: image.leaderEpoch,
    });
    replica.step('made.follower');
    this.fetchers.follow(replica, image);
  }

  #resign(replica: Replica): void {
    const leader = replica.leading!;
    replica.leading = null;
    this.produce.failWaiting(leader, 'NOT_LEADER_OR_FOLLOWER');
    this.fetch.completeAll(leader);
    this.isr.forget(leader);
    this.#onLeadershipChange(replica.partition, false);
  }

  #refreshLimits(): void {
    const { broker, replicas, view, ctx } = this.env;
    for (const replica of replicas.of(broker)) {
      replica.limits = view.configs.limits(view.topicOf(replica.partition));
      if (replica.leading !== null) this.highWatermarks.maybeAdvance(replica.leading, ctx.kernel.nowUs);
    }
  }
}
