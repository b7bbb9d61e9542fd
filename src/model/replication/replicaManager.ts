import type { BrokerView } from '../broker/brokerView.ts';
import type { BrokerMachine } from '../broker/machine.ts';
import type { ModelContext } from '../context.ts';
import type { ControllerPort, MetadataDelta, PartitionImage } from '../metadata.ts';
import type { Process } from '../network/process.ts';
import type { LogDir } from '../storage/logDir.ts';
import { LogDirFailures } from '../storage/logDirFailures.ts';
import type { EventId } from '../trace.ts';
import { FetcherManager } from './fetcherManager.ts';
import { FetchPath } from './fetchPath.ts';
import { FollowerFetchPath } from './followerFetchPath.ts';
import { HighWatermarks } from './highWatermarks.ts';
import { IsrMaintenance } from './isrMaintenance.ts';
import { LeaderState } from './leaderState.ts';
import { ProducePath } from './producePath.ts';
import type { Replica, ReplicaTable } from './replica.ts';
import { ReplicationThrottles } from './replicationThrottles.ts';
import { Retention } from './retention.ts';

/** What waiting producers hear when a leader goes. */
type ResignError = 'NOT_LEADER_OR_FOLLOWER' | 'KAFKA_STORAGE_ERROR' | 'UNKNOWN_TOPIC_OR_PARTITION';

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
  /** A write to the directory failed. */
  readonly ioError: (dir: LogDir) => void;
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
  readonly logDirs: LogDirFailures;
  readonly throttles: ReplicationThrottles;
  #onLeadershipChange: (partition: number, leads: boolean) => void = () => {};

  constructor(env: BrokerEnvironment) {
    this.env = env;
    this.highWatermarks = new HighWatermarks(env, () => this.fetch);
    this.isr = new IsrMaintenance(env, this.highWatermarks);
    this.throttles = new ReplicationThrottles(env);
    this.followerFetch = new FollowerFetchPath(env, this.highWatermarks, this.isr, this.throttles);
    this.produce = new ProducePath(env, this.highWatermarks, this.followerFetch);
    this.fetch = new FetchPath(env);
    this.fetchers = new FetcherManager(env, this.throttles, (replica) =>
      this.fetch.wake(replica, env.ctx.kernel.nowUs),
    );
    this.retention = new Retention(env);
    this.logDirs = new LogDirFailures(env, (replica) => this.#takeOffline(replica));
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
    this.fetch.stop();
    this.logDirs.stop();
    for (const replica of this.env.replicas.of(this.env.broker)) {
      replica.step('process.ended');
      replica.leading = null;
      replica.image = null;
      // A log that is loaded forgets an epoch that begins at its end (LogLoader.load).
      replica.log.truncateTo(replica.log.logEndOffset);
    }
  }

  /** Becomes leader or follower as the metadata says (ReplicaManager.applyDelta). The view already holds the delta. */
  apply(delta: MetadataDelta): void {
    for (const image of delta.partitions) this.#applyPartition(image);
    if (delta.deleted !== undefined || delta.isWhole) this.#deleteStrays(delta.cause);
    if (delta.configs.length > 0) {
      this.#refreshLimits();
      if (delta.configs.some(({ name }) => name === 'num.replica.fetchers')) this.fetchers.resize();
      this.throttles.refresh();
    }
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
    if (replica.disk.dir === null) this.env.machine.disks.create(replica.disk, this.env.ctx.kernel.nowUs);
    const known = replica.image;
    if (known !== null && image.partitionEpoch <= known.partitionEpoch && image.leaderEpoch <= known.leaderEpoch)
      return;
    if (known === null) this.throttles.mark(replica);
    const isNewEpoch = known === null || image.leaderEpoch > known.leaderEpoch;
    replica.image = image;
    if (replica.isOffline) return;
    if (!isNewEpoch) {
      if (replica.leading !== null) this.isr.adopt(replica.leading, image);
      return;
    }
    if (replica.leading !== null && image.leader === broker) {
      this.#leadOn(replica, replica.leading, image);
      return;
    }
    if (replica.leading !== null) this.#resign(replica);
    else this.fetch.completeAll(replica);
    if (image.leader === broker) this.#lead(replica, image);
    else this.#follow(replica, image);
  }

  /** A reassignment took the replica away, now or while this broker was down (a stray replica, found when it starts). */
  #delete(image: PartitionImage): void {
    const replica = this.env.replicas.get(this.env.broker, image.partition);
    if (replica === undefined) return;
    if (replica.image !== null && image.partitionEpoch <= replica.image.partitionEpoch) return;
    this.#drop(replica, image.event, 'NOT_LEADER_OR_FOLLOWER');
  }

  /** Replicas of topics that are deleted, now or while this broker was down (LogManager.isStrayKraftReplica). */
  #deleteStrays(cause: EventId): void {
    const { broker, replicas, view, ctx } = this.env;
    for (const replica of [...replicas.of(broker)]) {
      if (view.partition(replica.partition) !== undefined) continue;
      const { logStartOffset, logEndOffset } = replica.log;
      if (replica.leading !== null && logEndOffset > logStartOffset)
        ctx.recorder.expired(replica.partition, logStartOffset, logEndOffset, ctx.kernel.nowUs);
      this.#drop(replica, cause, 'UNKNOWN_TOPIC_OR_PARTITION');
    }
  }

  /** The files stay for `file.delete.delay.ms`, under another name. */
  #drop(replica: Replica, cause: EventId, error: ResignError): void {
    const { broker, replicas, ctx, view } = this.env;
    const { partition, log } = replica;
    if (replica.leading !== null) this.#resign(replica, error);
    this.fetchers.remove(replica);
    replicas.remove(replica);
    replica.disk.delete(log.sizeBytes, ctx.kernel, view.configs.fileDeleteDelayUs(view.topicOf(partition)));
    const { logEndOffset } = log;
    ctx.recorder.event(ctx.kernel.nowUs, cause, { type: 'replica.deleted', partition, broker, logEndOffset });
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
    this.fetch.completeAll(replica);
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
    // Each replica runs its own retention: what this one removed while it followed is gone from the partition now.
    const { logStartOffset } = replica.log;
    if (logStartOffset > 0) ctx.recorder.expired(image.partition, 0, logStartOffset, nowUs);
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

  /** Its log directory failed: what it does ends, and whoever asks is told KAFKA_STORAGE_ERROR. */
  #takeOffline(replica: Replica): void {
    replica.isOffline = true;
    if (replica.leading !== null) this.#resign(replica, 'KAFKA_STORAGE_ERROR');
    this.fetchers.forget(replica);
    replica.step('dir.failed');
  }

  #resign(replica: Replica, error: ResignError = 'NOT_LEADER_OR_FOLLOWER'): void {
    const leader = replica.leading!;
    replica.leading = null;
    this.produce.failWaiting(leader, error);
    this.fetch.completeAll(replica);
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
