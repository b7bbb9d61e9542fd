import type { Kernel } from '../../sim/index.ts';
import { partitionImage } from '../controller/clusterState.ts';
import type { PartitionEntry } from '../controller/metadataBatch.ts';
import { NO_RECORDS } from '../controller/metadataBatch.ts';
import { PeriodicTask } from '../controller/periodicTask.ts';
import type { BrokerImage, TopicImage } from '../metadata.ts';
import type { EventId, PartitionChangeReason } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import { BrokerChannels } from './brokerChannels.ts';
import type { ControllerHost } from './controllerHost.ts';
import { EventQueue, type Step } from './eventQueue.ts';
import { ZkPartitionStates } from './partitionStateMachine.ts';
import { electedEntry, written } from './partitionWrites.ts';
import { hasImbalance, imbalancedPartitions } from './preferredBalance.ts';
import { ZkReplicaStates } from './replicaStateMachine.ts';
import { electOffline, electOnShutdown, electPreferred, withoutReplica } from './zkElections.ts';

/**
 * Calibrated: reading everything at a fail-over took 14 s for 100,000 partitions (Kafka 1.1 and later, pipelined with
 * zookeeper.max.in.flight.requests), and a write costs about twice a read.
 */
const READ_PARTITION_US = 140;
const WRITE_PARTITION_US = 300;
/** Brokers, configs, topics: a few round trips whatever their number. */
const READ_BASE_US = 20_000;
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
  readonly epoch: number;
  readonly channels: BrokerChannels;
  /** Live brokers and the epochs of their registrations, as this controller knows them. */
  readonly live = new Map<number, number>();
  readonly shuttingDown = new Set<number>();
  readonly #host: ControllerHost;
  readonly #kernel: Kernel;
  readonly #queue: EventQueue;
  readonly #partitions = new ZkPartitionStates();
  readonly #replicas = new ZkReplicaStates();
  readonly #balance: PeriodicTask | null;
  readonly #onDeposed: () => void;
  readonly #deletions = new Map<string, { readonly cause: EventId; readonly answered: (error: string) => void }>();
  #isOver = false;

  constructor(host: ControllerHost, broker: number, epoch: number, onDeposed: () => void) {
    this.#host = host;
    this.#kernel = host.ctx.kernel;
    this.broker = broker;
    this.epoch = epoch;
    this.#onDeposed = onDeposed;
    const process = host.processes.get(broker)!;
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
    for (const entry of this.#entries()) this.#load(entry);
    this.#balance?.start(balancePhaseUs);
  }

  /** onControllerFailover: read everything, tell the brokers, then find what must be done. */
  start(cause: EventId): void {
    this.add((done) => {
      const count = this.#host.store.committed.partitions.size;
      this.#submit(READ_BASE_US + count * READ_PARTITION_US, () => {
        this.#learnBrokers();
        this.#host.loaded(this);
        const all = [...this.#entries()];
        for (const entry of all) this.#load(entry);
        this.channels.send({ topics: this.#allTopics(), partitions: all.map(partitionImage), cause });
        this.#startReplicas(cause, () => {
          this.#electLeaderless('controllerFailover', cause, () => {
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

  #submit(workUs: number, answered: () => void): void {
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

  tell(
    entries: readonly PartitionEntry[],
    cause: EventId,
    stopped?: ReadonlyMap<number, ReadonlySet<number>>,
    topics: readonly TopicImage[] = [],
  ): void {
    this.channels.send({ topics, partitions: entries.map(partitionImage), cause }, stopped);
  }

  // ── what it knows ─────────────────────────────────────────────────────────────────────────────

  readonly isLive = (broker: number): boolean => this.live.has(broker);

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
    this.live.clear();
    for (const [broker, epoch] of this.#host.registrations()) this.live.set(broker, epoch);
    this.#tellChannels();
  }

  #tellChannels(): void {
    const images = [...this.#host.processes.keys()].map((broker): BrokerImage => {
      const epoch = this.live.get(broker);
      return {
        broker,
        brokerEpoch: epoch ?? -1,
        fenced: epoch === undefined,
        inControlledShutdown: false,
        isRegistered: true,
      };
    });
    this.channels.setLive(new Set(this.live.keys()), images);
  }

  /** The states that a new controller gives to what it finds. */
  #load({ partition, registration }: PartitionEntry): void {
    this.#partitions.step(partition, 'created');
    this.#partitions.step(partition, this.isLive(registration.leader) ? 'elected' : 'leader.failed');
    for (const replica of registration.replicas) {
      this.#replicas.step(partition, replica, 'assigned');
      this.#replicas.step(partition, replica, this.isLive(replica) ? 'started' : 'broker.failed');
    }
  }

  #allowsUnclean(partition: number): boolean {
    const { committed } = this.#host.store;
    return this.#host.configs.isUncleanElectionEnabled(committed, committed.topicOf(partition));
  }

  // ── elections ─────────────────────────────────────────────────────────────────────────────────

  /** triggerOnlinePartitionStateChange: tries to elect for every new or offline partition. */
  #electLeaderless(reason: PartitionChangeReason, cause: EventId, then: () => void): void {
    const changed: PartitionEntry[] = [];
    for (const partition of this.#partitions.leaderless) {
      const entry = this.entry(partition)!;
      const { replicas, isr } = entry.registration;
      const elected = electOffline(replicas, isr, this.isLive, this.#allowsUnclean(partition));
      if (elected !== undefined)
        changed.push(electedEntry(entry, elected, reason, this.#host.behaviour.uncleanLeaderRecovers));
    }
    for (const { partition } of changed) this.#partitions.step(partition, 'elected');
    this.#writeAndTell(changed, cause, then);
  }

  /** ZkReplicaStateMachine.startup: replicas on dead brokers leave the ISRs. */
  #startReplicas(cause: EventId, then: () => void): void {
    const dead = [...this.#host.processes.keys()].filter((broker) => !this.isLive(broker));
    this.#replicasOffline(dead, 'controllerFailover', cause, then);
  }

  /** OfflineReplica: they leave the ISRs, except one that is alone in it; what they led has no leader. */
  #replicasOffline(brokers: readonly number[], reason: PartitionChangeReason, cause: EventId, then: () => void): void {
    const [broker, ...others] = brokers;
    if (broker === undefined) {
      then();
      return;
    }
    const changed: PartitionEntry[] = [];
    for (const entry of this.#host.store.committed.hostedBy(broker)) {
      this.#replicas.step(entry.partition, broker, 'broker.failed');
      const { leader, isr } = entry.registration;
      if (!isr.includes(broker)) continue;
      const left = withoutReplica(leader, isr, broker);
      if (left.leader === leader && left.isr.length === isr.length) continue;
      changed.push(written(entry, left, reason));
    }
    this.#writeAndTell(changed, cause, () => this.#replicasOffline(others, reason, cause, then));
  }

  // ── brokers come and go ───────────────────────────────────────────────────────────────────────

  /** A watch on /brokers/ids fired: compare what is there with what it knows. */
  brokersChanged(): void {
    this.add((done) => {
      this.#submit(0, () => {
        const now = this.#host.registrations();
        const gone = [...this.live.keys()].filter((broker) => !now.has(broker));
        const bounced = [...this.live].filter(([broker, epoch]) => now.has(broker) && now.get(broker) !== epoch);
        const fresh = [...now.keys()].filter((broker) => !this.live.has(broker));
        const back = bounced.map(([broker]) => broker);
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
      this.live.delete(broker);
      this.shuttingDown.delete(broker);
      this.channels.forget(broker);
    }
    this.#tellChannels();
    const { committed } = this.#host.store;
    let isLeaderAffected = false;
    for (const broker of brokers) {
      for (const { partition, registration } of committed.hostedBy(broker)) {
        if (registration.leader !== broker) continue;
        isLeaderAffected = true;
        this.#partitions.step(partition, 'leader.failed');
      }
    }
    this.#electLeaderless('brokerFailure', cause, () => {
      this.#replicasOffline(brokers, 'brokerFailure', cause, () => {
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
    for (const broker of brokers) this.live.set(broker, now.get(broker)!);
    this.#tellChannels();
    this.channels.send({ partitions: [], cause });
    const all = [...this.#entries()].map(partitionImage);
    for (const broker of brokers) {
      this.channels.sendAll(broker, { topics: this.#allTopics(), partitions: all, cause });
      for (const { partition } of this.#host.store.committed.hostedBy(broker))
        this.#replicas.step(partition, broker, 'started');
    }
    this.#electLeaderless('brokerStartup', cause, () => this.#deleteTopics(done));
  }

  /**
   * ControlledShutdown: leaders move, other replicas leave their ISRs; partitions with one replica are skipped.
   * @param answer how many partitions the broker still leads
   */
  controlledShutdown(broker: number, cause: EventId, answer: (remaining: number) => void): void {
    this.add((done) => {
      this.shuttingDown.add(broker);
      const { committed } = this.#host.store;
      const isLeaving = (replica: number): boolean => this.shuttingDown.has(replica);
      const stopped = new Set<number>();
      const changed: PartitionEntry[] = [];
      for (const entry of committed.hostedBy(broker)) {
        const { replicas, isr, leader } = entry.registration;
        if (replicas.length === 1) continue;
        if (leader === broker) {
          const elected = electOnShutdown(replicas, isr, this.isLive, isLeaving);
          if (elected === undefined) continue;
          changed.push(electedEntry(entry, elected, 'controlledShutdown', this.#host.behaviour.uncleanLeaderRecovers));
        } else if (isr.includes(broker) && isr.length > 1) {
          changed.push(written(entry, withoutReplica(leader, isr, broker), 'controlledShutdown'));
          this.#replicas.step(entry.partition, broker, 'broker.failed');
        }
        stopped.add(entry.partition);
      }
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
    const elected = electPreferred(replicas, isr, this.isLive);
    if (elected === undefined || elected.leader === leader) return undefined;
    return electedEntry(entry, elected, reason, this.#host.behaviour.uncleanLeaderRecovers, cause);
  }

  // ── what requests ask for ─────────────────────────────────────────────────────────────────────

  /** Writes what a request changed, tells the brokers, and answers. */
  commit(entries: readonly PartitionEntry[], cause: EventId, answered: () => void): void {
    for (const { partition, registration } of entries)
      this.#partitions.step(partition, registration.leader >= 0 ? 'elected' : 'leader.failed');
    this.#writeAndTell(entries, cause, answered);
  }

  /** A topic, or more partitions of one: New, then Online, each with an election. */
  create(topic: TopicImage, entries: readonly PartitionEntry[], cause: EventId, answered: () => void): void {
    this.write(
      entries,
      cause,
      () => {
        for (const { partition, registration } of entries) {
          this.#partitions.step(partition, 'created');
          this.#partitions.step(partition, 'elected');
          for (const replica of registration.replicas) {
            this.#replicas.step(partition, replica, 'assigned');
            if (this.isLive(replica)) this.#replicas.step(partition, replica, 'started');
          }
        }
        this.tell(entries, cause, undefined, [topic]);
        answered();
      },
      topic,
    );
  }

  /**
   * A topic goes when all its replicas' brokers are live and none of its partitions moves; until then it waits
   * (TopicDeletionManager), and its client's request times out.
   */
  deleteTopic(name: string, cause: EventId, answered: (error: string) => void): void {
    this.add((done) => {
      const topic = this.#host.store.committed.topics.get(name);
      if (topic === undefined) answered('UNKNOWN_TOPIC_OR_PARTITION');
      else this.#deletions.set(name, { cause, answered });
      this.#deleteTopics(done);
    });
  }

  #deleteTopics(then: () => void): void {
    const { committed } = this.#host.store;
    const ready = [...this.#deletions].find(([name]) => {
      const partitions = committed.topics.get(name)?.partitions ?? [];
      return partitions.every((partition) => {
        const { replicas, adding, removing } = committed.entry(partition).registration;
        return replicas.every(this.isLive) && adding.length + removing.length === 0;
      });
    });
    if (ready === undefined) {
      then();
      return;
    }
    const [name, { cause, answered }] = ready;
    const topic = committed.topics.get(name)!;
    this.#deletions.delete(name);
    this.#submit(topic.partitions.length * WRITE_PARTITION_US, () => {
      for (const partition of topic.partitions) this.#partitions.forget(partition);
      const { ctx, cluster, store } = this.#host;
      const { partitions } = topic;
      const event = ctx.recorder.event(ctx.kernel.nowUs, cause, {
        type: 'topic.deleted',
        cluster,
        topic: name,
        partitions,
      });
      store.committed.apply({ ...NO_RECORDS, deleted: [topic] });
      this.channels.delete(topic, event);
      answered('NONE');
      this.#deleteTopics(then);
    });
  }

  /** Unclean election was switched on: partitions without a leader get one at once. */
  uncleanEnabled(cause: EventId): void {
    this.add((done) => this.#electLeaderless('uncleanElection', cause, done));
  }
}
