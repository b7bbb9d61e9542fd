import type { KafkaVersion } from '../../kafka/versions.ts';
import { assert } from '../../sim/index.ts';
import { BrokerLifecycle } from '../broker/lifecycle/brokerLifecycle.ts';
import type { ClusterLayout, ModelContext } from '../context.ts';
import type { ControlPlane } from '../controlPlane.ts';
import type {
  AlterPartitionItem,
  AlterPartitionResult,
  BrokerPort,
  ConfigChange,
  PartitionImage,
  PartitionsRequest,
  ReassignmentRequest,
} from '../metadata.ts';
import type { Process } from '../network/process.ts';
import type { EventId } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import { AdminRequests } from './adminRequests.ts';
import { alterPartition } from './alterPartition.ts';
import { Boots } from './boots.ts';
import { BrokerTransitions } from './brokerTransitions.ts';
import { type ClusterSettings, clusterSettings, numberConfig } from './clusterSettings.ts';
import { imageOf } from './clusterState.ts';
import { ControllerChannel, REQUEST_BYTES, type Reply } from './controllerChannel.ts';
import { ControllerCore } from './controllerCore.ts';
import { controllerTasks } from './controllerTasks.ts';
import { EffectiveConfigs } from './effectiveConfigs.ts';
import { kraftLifecycleHost } from './kraftLifecycleHost.ts';
import type { LeaderTerm } from './leaderTerm.ts';
import { MetadataBatch, NO_RECORDS } from './metadataBatch.ts';
import { MetadataFeed } from './metadataFeed.ts';
import { PartitionChanges } from './partitionChanges.ts';
import type { PeriodicTask } from './periodicTask.ts';
import { Quorum } from './quorum.ts';
import { Sessions } from './sessions.ts';
import { createSteadyTopic, registerSteadyBrokers } from './steadyCluster.ts';
import { TopicCreator, type TopicRequest } from './topicCreation.ts';

const BYTES_PER_ITEM = 60;
/** How long a broker retries what it forwards for a client. */
const FORWARDING_TIMEOUT_US = 60_000_000;

/**
 * The control plane of one KRaft cluster: the quorum, its active controller, every broker's lifecycle and registration,
 * and the way committed metadata takes to the brokers.
 *
 * At time 0 the cluster has been running for long. Phases of heartbeats, scans and periodic tasks come from the seed.
 */
export class ControllerPlane implements ControlPlane {
  readonly #ctx: ModelContext;
  readonly #layout: ClusterLayout;
  readonly #settings: ClusterSettings;
  readonly #configs: EffectiveConfigs;
  readonly #core: ControllerCore;
  readonly #boots: Boots;
  readonly #quorum: Quorum;
  readonly #channel: ControllerChannel;
  readonly #sessions: Sessions;
  readonly #feed: MetadataFeed;
  readonly #changes: PartitionChanges;
  readonly #transitions: BrokerTransitions;
  readonly #topics: TopicCreator;
  readonly #admin: AdminRequests;
  readonly #lifecycles = new Map<number, BrokerLifecycle>();
  readonly #tasks: readonly PeriodicTask[];
  readonly #processes = new Map<number, Process>();

  constructor(ctx: ModelContext, layout: ClusterLayout, port: BrokerPort) {
    this.#ctx = ctx;
    this.#layout = layout;
    const { spec, behaviour } = layout;
    const { kernel, network } = ctx;
    const random = kernel.random.stream(`controller/${spec.name}`);
    this.#settings = clusterSettings(spec);
    this.#configs = new EffectiveConfigs(spec, behaviour, () => this.#activeBroker());
    this.#core = new ControllerCore(ctx, spec.name);
    this.#boots = new Boots(kernel.random);
    for (const broker of layout.brokers) this.#processes.set(broker, layout.brokerProcesses[broker]!);
    this.#quorum = new Quorum(ctx, layout, this.#settings, this.#boots, {
      onActive: (term) => this.#activated(term),
      onTermEnded: (term) => this.#termEnded(term),
      onCommitted: (batch) => this.#committed(batch),
      onAppended: () => this.#feed.onAppended(),
    });
    this.#channel = new ControllerChannel(kernel, network);
    this.#feed = new MetadataFeed(
      kernel,
      network.links,
      this.#settings,
      behaviour,
      kernel.random.stream(`metadata/${spec.name}`),
      this.#processes,
      port,
    );
    this.#sessions = new Sessions(
      kernel,
      network.links,
      this.#settings,
      behaviour,
      kernel.random.stream(`sessions/${spec.name}`),
      this.#processes,
      layout.controllerProcesses[0]!,
      {
        sendsHeartbeats: (broker) => this.#lifecycles.get(broker)!.sendsHeartbeats,
        mayBeFenced: (broker) => {
          const control = this.#core.current.brokers.get(broker)?.control;
          return control === 'UNFENCED' || control === 'CONTROLLED_SHUTDOWN';
        },
        fence: (broker, cause) => this.#transitions.fence(broker, cause),
        contactResumed: (broker, cause) => this.#contactResumed(broker, cause),
      },
    );
    this.#changes = new PartitionChanges(() => this.#core.current, behaviour, this.#configs, layout.versions);
    this.#transitions = new BrokerTransitions(
      this.#core,
      this.#changes,
      this.#sessions,
      this.#feed,
      behaviour,
      layout.versions,
    );
    this.#topics = new TopicCreator(
      ctx,
      spec.name,
      random,
      {
        partitionCount: numberConfig(spec, 'num.partitions'),
        replicationFactor: numberConfig(spec, 'default.replication.factor'),
      },
      undefined,
      behaviour,
    );
    this.#admin = new AdminRequests(
      ctx,
      layout,
      this.#core,
      this.#changes,
      this.#topics,
      this.#transitions,
      this.#configs,
      (handle, onTimeout) => this.#forward(handle, onTimeout),
    );
    const host = kraftLifecycleHost({
      ctx,
      layout,
      settings: this.#settings,
      port,
      boots: this.#boots,
      core: this.#core,
      quorum: this.#quorum,
      channel: this.#channel,
      feed: this.#feed,
      sessions: this.#sessions,
      transitions: this.#transitions,
    });
    for (const [broker, process] of this.#processes) {
      this.#lifecycles.set(broker, new BrokerLifecycle(broker, process, host));
    }
    this.#tasks = controllerTasks(kernel, this.#core, this.#changes, this.#configs, this.#settings, behaviour);
    this.#core.onAppend(({ configs, partitions }) => {
      for (const task of this.#tasks) task.notice(configs.length > 0 ? undefined : partitions);
    });
  }

  /** The steady cluster at time 0; every broker gets the whole image. */
  bootstrap(): void {
    const { spec, brokers } = this.#layout;
    const random = this.#ctx.kernel.random.stream(`controller/${spec.name}`);
    const leaderSlot = random.uniformInt(0, this.#layout.controllers.length);
    const batch = new MetadataBatch(1, 0, NO_RECORDS);
    const term = this.#quorum.bootstrap(leaderSlot, batch);
    const members = brokers.filter((broker) => this.#processes.get(broker)!.life !== 'dead');
    registerSteadyBrokers(this.#core, members, this.#layout);
    const active = this.#ctx.recorder.event(this.#ctx.kernel.nowUs, NO_CAUSE, {
      type: 'controller.active',
      controller: term.leader.controller,
      cluster: spec.name,
      epoch: term.epoch,
    });
    term.leader.cause = active;
    for (const topic of spec.topics) createSteadyTopic(this.#core, this.#topics, topic, this.#layout);
    this.#layout.versions.activate(term.leader.controller);
    this.#core.term = term;
    this.#core.committedOffset = batch.lastOffset;
    this.#channel.setActive(term);
    this.#feed.setLeader(term);
    this.#sessions.bootstrap(term);
    for (const task of this.#tasks) task.start(random.uniformInt(0, this.#settings.preferredBalanceIntervalUs));
    for (const process of new Set([...this.#processes.values(), ...this.#layout.controllerProcesses])) {
      process.onLifeChange(() => this.#surroundingsChanged());
    }
    this.#ctx.network.links.onReachabilityChange(() => this.#surroundingsChanged());
    this.#ctx.network.links.onQualityChange(() => this.#surroundingsChanged());
    const image = this.#core.committed.image(batch.lastOffset, NO_CAUSE);
    for (const broker of members) this.#lifecycles.get(broker)!.bootstrap();
    for (const broker of members) this.#feed.start(broker, image);
  }

  /** The broker that runs in the active controller's process, or -1. */
  #activeBroker(): number {
    const active = this.activeController();
    return active < 0 ? -1 : this.#ctx.cast.controllers[active]!.broker;
  }

  #committed(batch: MetadataBatch): void {
    const { metadataVersion, deleted } = batch.records;
    this.#core.onCommitted(batch, this.#feed);
    for (const { name } of deleted) this.#configs.topicDeleted(name);
    if (metadataVersion !== null) this.#layout.versions.finalize(metadataVersion as KafkaVersion);
  }

  // ── the active controller comes and goes ──────────────────────────────────────────────────────

  #activated(term: LeaderTerm): void {
    const { recorder, kernel } = this.#ctx;
    this.#core.abandon();
    this.#layout.versions.activate(term.leader.controller);
    this.#core.term = term;
    term.leader.cause = recorder.event(kernel.nowUs, term.leader.cause, {
      type: 'controller.active',
      controller: term.leader.controller,
      cluster: this.#layout.spec.name,
      epoch: term.epoch,
    });
    this.#channel.setActive(term);
    this.#feed.setLeader(term);
    this.#sessions.activate(term);
    for (const task of this.#tasks) task.start();
  }

  #termEnded(term: LeaderTerm): void {
    if (this.#core.term !== term) return;
    const { recorder, kernel } = this.#ctx;
    this.#core.abandon();
    this.#channel.setActive(null);
    this.#feed.setLeader(null);
    this.#sessions.deactivate();
    for (const task of this.#tasks) task.stop();
    const { process } = term.leader;
    const cause = process.life === 'dead' ? process.cause : term.leader.cause;
    recorder.event(kernel.nowUs, cause, { type: 'controller.none', cluster: this.#layout.spec.name });
  }

  #surroundingsChanged(): void {
    this.#sessions.refresh();
    this.#feed.refresh();
  }

  // ── brokers ───────────────────────────────────────────────────────────────────────────────────

  /** A heartbeat of a running broker that is fenced: it wants to be unfenced, and has the metadata it needs. */
  #contactResumed(broker: number, cause: EventId): void {
    const lifecycle = this.#lifecycles.get(broker)!;
    if (this.#core.term === null || lifecycle.state !== 'RUNNING') return;
    if (this.#core.current.brokers.get(broker)?.control !== 'FENCED') return;
    this.#transitions.unfence(broker, 'heartbeats again', cause);
  }

  reportLogDirFailure(broker: number, partitions: readonly number[], cause: EventId, done: () => void): void {
    this.#channel.call(this.#processes.get(broker)!, REQUEST_BYTES, (reply) =>
      this.#transitions.logDirFailed(broker, partitions, cause, () => reply(done)),
    );
  }

  startBroker(broker: number, cause: EventId): void {
    this.#lifecycles.get(broker)!.start(cause);
  }

  stopBroker(broker: number, cause: EventId): void {
    this.#lifecycles.get(broker)!.stop(cause);
  }

  brokerState(broker: number): string {
    return this.#lifecycles.get(broker)!.state;
  }

  // ── controller nodes ──────────────────────────────────────────────────────────────────────────

  /** SIGTERM reached a dedicated controller: it hands leadership over and exits. Started again, it rejoins by itself. */
  stopController(controller: number, cause: EventId): void {
    const voter = this.#quorum.voters.find((candidate) => candidate.controller === controller);
    assert(voter !== undefined, `controller ${controller} is not in cluster ${this.#layout.spec.name}`);
    voter.process.run(() =>
      this.#quorum.shutDown(voter, cause, () => {
        voter.process.cause = cause;
        voter.process.kill();
      }),
    );
  }

  losePower(process: Process): void {
    this.#quorum.losePower(process);
  }

  activeController(): number {
    return this.#core.term?.leader.controller ?? -1;
  }

  // ── requests ──────────────────────────────────────────────────────────────────────────────────

  alterPartition(
    broker: number,
    items: readonly AlterPartitionItem[],
    done: (results: readonly AlterPartitionResult[]) => void,
  ): void {
    const bytes = REQUEST_BYTES + items.length * BYTES_PER_ITEM;
    this.#channel.call(this.#processes.get(broker)!, bytes, (reply) => {
      alterPartition(this.#core, this.#changes, this.#layout.behaviour, broker, items, (results) =>
        reply(() => done(results)),
      );
    });
  }

  createTopic(
    request: TopicRequest,
    done: (error: string, partitions: readonly number[]) => void,
    cause?: EventId,
  ): void {
    this.#admin.createTopic(request, done, cause);
  }

  deleteTopic(topic: string, done: (error: string) => void, cause: EventId): void {
    this.#admin.deleteTopic(topic, done, cause);
  }

  updateFeatures(version: string, done: (error: string, reason: string) => void, cause: EventId): void {
    this.#admin.updateFeatures(version, done, cause);
  }

  electLeaders(
    type: 'preferred' | 'unclean',
    partitions: readonly number[],
    done: (errors: readonly string[]) => void,
    cause: EventId,
  ): void {
    this.#admin.electLeaders(type, partitions, done, cause);
  }

  alterConfigs(changes: readonly ConfigChange[], done: (error: string) => void, cause: EventId): void {
    this.#admin.alterConfigs(changes, done, cause);
  }

  alterReassignments(
    requests: readonly ReassignmentRequest[],
    done: (errors: readonly string[]) => void,
    cause: EventId,
  ): void {
    this.#admin.alterReassignments(requests, done, cause);
  }

  createPartitions(request: PartitionsRequest, done: (error: string) => void, cause: EventId): void {
    this.#admin.createPartitions(request, done, cause);
  }

  unregisterBroker(broker: number, done: (error: string) => void, cause: EventId): void {
    this.#admin.unregisterBroker(broker, done, cause);
  }

  registeredBrokers(): readonly number[] {
    return [...this.#core.committed.brokers.keys()].sort((a, b) => a - b);
  }

  /** A client's request, forwarded by the first broker that runs and, if there is such a one, reaches the controller. */
  #forward(handle: (reply: Reply) => void, onTimeout: () => void): void {
    const processes = [...this.#processes.values()];
    const running = processes.filter((process) => process.life === 'running');
    const controller = this.#core.term?.leader.process;
    const { links } = this.#ctx.network;
    const connected = running.find((process) => controller !== undefined && links.isReachable(process, controller));
    const from = connected ?? running[0] ?? processes[0]!;
    this.#channel.call(from, REQUEST_BYTES, handle, FORWARDING_TIMEOUT_US, onTimeout);
  }

  partitionImage(partition: number): PartitionImage {
    return imageOf(this.#core.committed, partition);
  }
}
