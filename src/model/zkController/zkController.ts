import type { Kernel } from '../../sim/index.ts';
import { partitionImage } from '../controller/clusterState.ts';
import type { PartitionEntry } from '../controller/metadataBatch.ts';
import { NO_RECORDS } from '../controller/metadataBatch.ts';
import { PeriodicTask } from '../controller/periodicTask.ts';
import type { ConfigChange, TopicImage } from '../metadata.ts';
import type { Process } from '../network/process.ts';
import type { EventId, PartitionChangeReason } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import { BrokerChannels } from './brokerChannels.ts';
import { ControllerContext } from './controllerContext.ts';
import type { ControllerHost } from './controllerHost.ts';
import { EventQueue, type Step } from './eventQueue.ts';
import { electedEntry, READ_BASE_US, READ_PARTITION_US, WRITE_PARTITION_US, written } from './partitionWrites.ts';
import { hasImbalance, imbalancedPartitions } from './preferredBalance.ts';
import { shutdownWrites } from './shutdownWrites.ts';
import { deleteReadyTopics, TopicDeletions } from './topicDeletions.ts';
import { electOffline, electPreferred, withoutReplica } from './zkElections.ts';

/** The first look at imbalanced leaders, from the election of the controller. */
const FIRST_BALANCE_US = 5_000_000;

/**
 * One term of a controller in a cluster that ZooKeeper coordinates, from the election of its broker until it resigns.
 *
 * Every event reads and writes ZooKeeper through its broker's session, one event after the other; after each step the
 * brokers are told. Its writes carry its epoch: those of a deposed controller fail, and it resigns.
 *
 * Source: `KafkaController`, `ZkPartitionStateMachine`, `ZkReplicaStateMachine` (up to 3.9).
 */
export class ZkController {
  readonly broker: number;
  readonly process: Process;
  readonly epoch: number;
  readonly channels: BrokerChannels;
  readonly context = new ControllerContext();
  readonly deletions = new TopicDeletions();
  readonly #host: ControllerHost;
  readonly #kernel: Kernel;
  readonly #queue: EventQueue;
  readonly #balance: PeriodicTask | null;
  readonly #onDeposed: () => void;
  #isOver = false;

  constructor(host: ControllerHost, broker: number, epoch: number, onDeposed: () => void) {
    this.#host = host;
    this.#kernel = host.ctx.kernel;
    this.broker = broker;
    this.epoch = epoch;
    this.#onDeposed = onDeposed;
    const process = host.processes.get(broker)!;
    this.process = process;
    this.#queue = new EventQueue(process);
    this.channels = new BrokerChannels(host.ctx.network, process, epoch, host.processes, (to, controllerEpoch, delta) =>
      host.applyAt(to, controllerEpoch, delta),
    );
    this.#balance = this.#balanceTask();
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** A cluster that has been running for long; brokers know everything. */
  bootstrap(balancePhaseUs: number): void {
    this.#learnBrokers();
    for (const entry of this.#entries()) this.context.load(entry);
    this.#balance?.start(balancePhaseUs);
  }

  /** onControllerFailover: read everything, tell the brokers, then find what must be done. */
  start(cause: EventId): void {
    this.add((done) => {
      const count = this.#host.store.committed.partitions.size;
      this.submit(READ_BASE_US + count * READ_PARTITION_US, () => {
        this.#learnBrokers();
        this.#host.loaded(this);
        const all = [...this.#entries()];
        for (const entry of all) this.context.load(entry);
        this.channels.send({ topics: this.#allTopics(), partitions: all.map(partitionImage), cause });
        this.#startReplicas(cause, () => {
          this.electLeaderless('controllerFailover', cause, () => {
            const { preferredBalanceIntervalUs } = this.#host.settings;
            this.#balance?.start(preferredBalanceIntervalUs - FIRST_BALANCE_US);
            done();
          });
        });
      });
    });
  }

  /** Its session expired, another controller was seen, or its process ended. */
  resign(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#queue.close();
    this.channels.close();
    this.#balance?.stop();
  }

  add(step: Step): void {
    this.#queue.add((done) => !this.#isOver && step(done));
  }

  // ── ZooKeeper ─────────────────────────────────────────────────────────────────────────────────

  submit(workUs: number, answered: () => void): void {
    this.#host.submit(
      this.broker,
      workUs,
      () => {},
      () => !this.#isOver && answered(),
    );
  }

  /** Writes partition states as one pipelined batch; a newer controller epoch in ZooKeeper makes all of it fail. */
  write(entries: readonly PartitionEntry[], cause: EventId, then: () => void, topic: TopicImage | null = null): void {
    if (entries.length === 0) {
      then();
      return;
    }
    let isFenced = false;
    this.#host.submit(
      this.broker,
      entries.length * WRITE_PARTITION_US,
      () => {
        isFenced = this.#host.currentEpoch() !== this.epoch;
        if (!isFenced) this.#apply(entries, topic, cause);
      },
      () => {
        if (this.#isOver) return;
        if (isFenced) this.#onDeposed();
        else then();
      },
    );
  }

  #apply(entries: readonly PartitionEntry[], topic: TopicImage | null, cause: EventId): void {
    const { store } = this.#host;
    const root = topic === null ? cause : store.recordTopic(topic, cause);
    for (const entry of entries) store.recordPartition(entry, root);
    store.committed.apply({ ...NO_RECORDS, topics: topic === null ? [] : [topic], partitions: entries });
    this.#balance?.notice(entries);
  }

  /** Writes, then LeaderAndIsr and UpdateMetadata to the brokers. */
  #writeAndTell(
    entries: readonly PartitionEntry[],
    cause: EventId,
    then: () => void,
    stopped?: ReadonlyMap<number, ReadonlySet<number>>,
  ): void {
    this.write(entries, cause, () => {
      if (entries.length > 0) this.tell(entries, cause, stopped);
      then();
    });
  }

  tell(entries: readonly PartitionEntry[], cause: EventId, stopped?: ReadonlyMap<number, ReadonlySet<number>>): void {
    this.channels.send({ partitions: entries.map(partitionImage), cause }, stopped);
  }

  // ── what it knows ─────────────────────────────────────────────────────────────────────────────

  readonly isLive = (broker: number): boolean => this.context.isLive(broker);

  entry(partition: number): PartitionEntry | undefined {
    return this.#host.store.committed.partitions.get(partition);
  }

  #entries(): Iterable<PartitionEntry> {
    return this.#host.store.committed.partitions.values();
  }

  #allTopics(): TopicImage[] {
    return [...this.#host.store.committed.topics.values()];
  }

  #learnBrokers(): void {
    for (const [broker, epoch] of this.#host.registrations())
      this.context.started(broker, epoch, this.#host.offlinePartitions(broker));
    this.#tellChannels();
  }

  #tellChannels(): void {
    const { context } = this;
    this.channels.setLive(new Set(context.live.keys()), context.brokerImages(this.#host.processes.keys()));
  }

  #allowsUnclean(partition: number): boolean {
    const { committed } = this.#host.store;
    return this.#host.configs.isUncleanElectionEnabled(committed, committed.topicOf(partition));
  }

  // ── elections ─────────────────────────────────────────────────────────────────────────────────

  /** triggerOnlinePartitionStateChange: tries to elect for every new or offline partition. */
  electLeaderless(reason: PartitionChangeReason, cause: EventId, then: () => void): void {
    const changed: PartitionEntry[] = [];
    for (const partition of this.context.partitions.leaderless) {
      const entry = this.entry(partition)!;
      const { replicas, isr } = entry.registration;
      const elected = electOffline(replicas, isr, this.context.onlineIn(partition), this.#allowsUnclean(partition));
      if (elected !== undefined)
        changed.push(electedEntry(entry, elected, reason, this.#host.behaviour.uncleanLeaderRecovers));
    }
    for (const { partition } of changed) this.context.partitions.step(partition, 'elected');
    this.#writeAndTell(changed, cause, then);
  }

  /** ZkReplicaStateMachine.startup: replicas on dead brokers leave the ISRs. */
  #startReplicas(cause: EventId, then: () => void): void {
    const dead = [...this.#host.processes.keys()].filter((broker) => !this.isLive(broker));
    this.replicasOffline(dead, 'controllerFailover', cause, then);
  }

  /** OfflineReplica: they leave the ISRs, except one that is alone in it; what they led has no leader. */
  replicasOffline(
    brokers: readonly number[],
    reason: PartitionChangeReason,
    cause: EventId,
    then: () => void,
    only: ReadonlySet<number> | null = null,
  ): void {
    const [broker, ...others] = brokers;
    if (broker === undefined) {
      then();
      return;
    }
    const changed: PartitionEntry[] = [];
    for (const entry of this.#host.store.committed.hostedBy(broker)) {
      if (only !== null && !only.has(entry.partition)) continue;
      this.context.replicas.step(entry.partition, broker, 'broker.failed');
      const { leader, isr } = entry.registration;
      if (!isr.includes(broker)) continue;
      const left = withoutReplica(leader, isr, broker);
      if (left.leader === leader && left.isr.length === isr.length) continue;
      changed.push(written(entry, left, reason));
    }
    this.#writeAndTell(changed, cause, () => this.replicasOffline(others, reason, cause, then, only));
  }

  // ── brokers come and go ───────────────────────────────────────────────────────────────────────

  /** A watch on /brokers/ids fired: compare what is there with what it knows. */
  brokersChanged(): void {
    this.add((done) => {
      this.submit(0, () => {
        const now = this.#host.registrations();
        const { gone, fresh, back } = this.context.compare(now);
        this.#brokersFailed([...gone, ...back], () => this.#brokersStarted([...fresh, ...back], now, done));
      });
    });
  }

  /** onBrokerFailure: elect where a leader died, take the dead out of the ISRs, tell the others. */
  #brokersFailed(brokers: readonly number[], then: () => void): void {
    if (brokers.length === 0) {
      then();
      return;
    }
    const cause = Math.max(...brokers.map((broker) => this.#host.registrationCause(broker)));
    for (const broker of brokers) {
      this.context.failed(broker);
      this.channels.forget(broker);
    }
    this.#tellChannels();
    const { committed } = this.#host.store;
    let isLeaderAffected = false;
    for (const broker of brokers) {
      for (const { partition, registration } of committed.hostedBy(broker)) {
        if (registration.leader !== broker) continue;
        isLeaderAffected = true;
        this.context.partitions.step(partition, 'leader.failed');
      }
    }
    this.electLeaderless('brokerFailure', cause, () => {
      this.replicasOffline(brokers, 'brokerFailure', cause, () => {
        if (!isLeaderAffected) this.channels.send({ partitions: [], cause });
        then();
      });
    });
  }

  /** onBrokerStartup: tell it everything, start its replicas, elect where it may lead. */
  #brokersStarted(brokers: readonly number[], now: ReadonlyMap<number, number>, done: () => void): void {
    if (brokers.length === 0) {
      done();
      return;
    }
    const cause = Math.max(...brokers.map((broker) => this.#host.registrationCause(broker)));
    for (const broker of brokers) this.context.started(broker, now.get(broker)!, this.#host.offlinePartitions(broker));
    this.#tellChannels();
    this.channels.send({ partitions: [], cause });
    const all = [...this.#entries()].map(partitionImage);
    for (const broker of brokers) {
      this.channels.sendAll(broker, { topics: this.#allTopics(), partitions: all, cause });
      for (const { partition } of this.#host.store.committed.hostedBy(broker))
        this.context.replicas.step(partition, broker, 'started');
    }
    this.electLeaderless('brokerStartup', cause, () => deleteReadyTopics(this.#host, this, done));
  }

  /**
   * ControlledShutdown: leaders move, other replicas leave their ISRs; partitions with one replica are skipped.
   * @param answer how many partitions the broker still leads
   */
  controlledShutdown(broker: number, cause: EventId, answer: (remaining: number) => void): void {
    this.add((done) => {
      this.context.shuttingDown.add(broker);
      const { committed } = this.#host.store;
      const { changed, stopped, offline } = shutdownWrites(
        broker,
        committed.hostedBy(broker),
        this.isLive,
        (replica) => this.context.shuttingDown.has(replica),
        this.#host.behaviour.uncleanLeaderRecovers,
      );
      for (const partition of offline) this.context.replicas.step(partition, broker, 'broker.failed');
      this.#writeAndTell(
        changed,
        cause,
        () => {
          const left = committed
            .hostedBy(broker)
            .filter(({ registration }) => registration.leader === broker && registration.replicas.length > 1);
          answer(left.length);
          done();
        },
        new Map([[broker, stopped]]),
      );
    });
  }

  // ── preferred replicas ────────────────────────────────────────────────────────────────────────

  #balanceTask(): PeriodicTask | null {
    const { settings } = this.#host;
    if (!settings.balancesPreferred) return null;
    const all = (): Iterable<PartitionEntry> => this.#entries();
    return new PeriodicTask(this.#kernel, settings.preferredBalanceIntervalUs, 'periodic', all, hasImbalance, () => {
      this.add((done) =>
        this.#electPreferred(imbalancedPartitions(all(), this.isLive, settings.imbalancePercentage), done),
      );
      return false;
    });
  }

  #electPreferred(entries: readonly PartitionEntry[], done: () => void): void {
    const changed = entries.flatMap((entry) => this.preferred(entry, 'preferredElection', entry.event) ?? []);
    this.#writeAndTell(changed, NO_CAUSE, done);
  }

  preferred(entry: PartitionEntry, reason: PartitionChangeReason, cause: EventId): PartitionEntry | undefined {
    const { replicas, isr, leader } = entry.registration;
    const elected = electPreferred(replicas, isr, this.context.onlineIn(entry.partition));
    if (elected === undefined || elected.leader === leader) return undefined;
    return electedEntry(entry, elected, reason, this.#host.behaviour.uncleanLeaderRecovers, cause);
  }

  // ── what requests ask for ─────────────────────────────────────────────────────────────────────

  /** Writes what a request changed, tells the brokers, and answers. */
  commit(entries: readonly PartitionEntry[], cause: EventId, answered: () => void): void {
    for (const { partition, registration } of entries)
      this.context.partitions.step(partition, registration.leader >= 0 ? 'elected' : 'leader.failed');
    this.#writeAndTell(entries, cause, answered);
  }

  /** A topic, or more partitions of one: New, then Online, each with an election. */
  create(
    topic: TopicImage,
    entries: readonly PartitionEntry[],
    cause: EventId,
    answered: () => void,
    configs: readonly ConfigChange[] = [],
  ): void {
    this.write(
      entries,
      cause,
      () => {
        for (const entry of entries) this.context.created(entry);
        this.channels.send({ topics: [topic], partitions: entries.map(partitionImage), configs, cause });
        answered();
      },
      topic,
    );
  }

  /** Unclean election was switched on: partitions without a leader get one at once. */
  uncleanEnabled(cause: EventId): void {
    this.add((done) => this.electLeaderless('uncleanElection', cause, done));
  }
}
