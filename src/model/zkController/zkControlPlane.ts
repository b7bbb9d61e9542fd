import type { KafkaVersion } from '../../kafka/versions.ts';
import type { RandomStream } from '../../sim/index.ts';
import type { ClusterLayout, ModelContext } from '../context.ts';
import { Boots } from '../controller/boots.ts';
import { numberConfig } from '../controller/clusterSettings.ts';
import { imageOf } from '../controller/clusterState.ts';
import { ControllerChannel } from '../controller/controllerChannel.ts';
import { ControllerCore } from '../controller/controllerCore.ts';
import { EffectiveConfigs } from '../controller/effectiveConfigs.ts';
import { TopicCreator, type TopicRequest } from '../controller/topicCreation.ts';
import type { ControlPlane } from '../controlPlane.ts';
import type {
  AlterPartitionItem,
  AlterPartitionResult,
  BrokerPort,
  ConfigChange,
  MetadataDelta,
  PartitionImage,
  PartitionsRequest,
  ReassignmentRequest,
} from '../metadata.ts';
import type { Process } from '../network/process.ts';
import type { EventId } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import { Ensemble } from '../zookeeper/ensemble.ts';
import { ZkSessions } from '../zookeeper/sessions.ts';
import { Znodes } from '../zookeeper/znodes.ts';
import { ConfigStore } from './configStore.ts';
import type { ControllerHost } from './controllerHost.ts';
import { CONTROLLER, ControllerRace } from './controllerRace.ts';
import { logDirFailed } from './logDirFailure.ts';
import { placeOnLiveBrokers } from './placement.ts';
import { Registrations } from './registrations.ts';
import { REQUEST_TIMEOUT_US, RequestRouter } from './requestRouter.ts';
import { createTopicsAtStart } from './topicsAtStart.ts';
import { ZkBrokerLifecycle, type ZkLifecycleHost } from './zkBrokerLifecycle.ts';
import { ZkController } from './zkController.ts';
import { type ZkSettings, zkSettings } from './zkSettings.ts';

export interface ZkPlaneOptions {
  /** Which of the scenario's servers form the ensemble (positions); the others are not this cluster's. */
  readonly servers: readonly number[];
  /** Asked when a broker starts on its data: whether it meets this cluster's ZooKeeper again. */
  readonly meetsOwnEnsemble: (broker: number) => boolean;
}

/**
 * The control plane of one cluster that ZooKeeper coordinates: the ensemble, the brokers' sessions and registrations,
 * the election of the controller among the brokers, and the requests that reach it.
 *
 * At time 0 the cluster has been running for long, with a controller that the seed chooses.
 */
export class ZkControlPlane implements ControlPlane {
  readonly #ctx: ModelContext;
  readonly #layout: ClusterLayout;
  readonly #port: BrokerPort;
  readonly #options: ZkPlaneOptions;
  readonly #settings: ZkSettings;
  readonly #random: RandomStream;
  readonly #store: ControllerCore;
  readonly #configs: ConfigStore;
  readonly #ensemble: Ensemble;
  readonly #sessions: ZkSessions;
  readonly #znodes: Znodes;
  readonly #channel: ControllerChannel;
  readonly #host: ControllerHost;
  readonly #boots: Boots;
  readonly #processes = new Map<number, Process>();
  readonly #lifecycles = new Map<number, ZkBrokerLifecycle>();
  readonly #registrations: Registrations;
  readonly #race: ControllerRace;
  readonly #router: RequestRouter;
  /** The highest controller epoch that each broker process has seen. */
  readonly #seenEpochs = new Map<number, number>();
  #afterBootstrap: () => void = () => {};

  constructor(ctx: ModelContext, layout: ClusterLayout, port: BrokerPort, options: ZkPlaneOptions) {
    this.#ctx = ctx;
    this.#layout = layout;
    this.#port = port;
    this.#options = options;
    const { spec } = layout;
    const { kernel, network, recorder } = ctx;
    const { nodes, tickTimeUs, syncLimitTicks } = spec.zookeeper!;
    this.#settings = zkSettings(spec);
    this.#random = kernel.random.stream(`controller/${spec.name}`);
    this.#store = new ControllerCore(ctx, spec.name);
    this.#boots = new Boots(kernel.random);
    for (const broker of layout.brokers) this.#processes.set(broker, layout.brokerProcesses[broker]!);
    this.#ensemble = new Ensemble(
      kernel,
      network.links,
      recorder,
      kernel.random.stream(`zookeeper/${spec.name}/${options.servers.join('-')}`),
      { cluster: spec.name, tickTimeUs, syncLimitTicks },
      options.servers.map((slot) => ({
        id: nodes[slot]!.id,
        zooKeeper: layout.zooKeepers[slot]!,
        process: layout.zooKeeperProcesses[slot]!,
      })),
      {
        onLeader: () => this.#sessions.leaderElected(),
        onLeaderLost: () => this.#sessions.leaderLost(),
        onChange: () => this.#sessions.refresh(),
      },
    );
    this.#registrations = new Registrations(ctx, this.#store, this.#processes);
    this.#znodes = new Znodes((path, change, { broker }, cause) => {
      if (path !== CONTROLLER) this.#registrationChanged(broker, change, cause);
      else if (change === 'created') this.#race.nodeCreated(broker, cause);
      else this.#race.nodeGone(cause);
    });
    this.#sessions = new ZkSessions(
      kernel,
      network.links,
      recorder,
      kernel.random,
      this.#settings.sessionTimeoutUs,
      () => this.#ensemble,
      this.#processes,
      {
        sessionEnded: (session, cause) => this.#znodes.deleteOf(session, cause),
        clientExpired: (broker) => this.#race.resign(broker),
        connected: (broker) => this.#connected(broker),
      },
    );
    this.#channel = new ControllerChannel(kernel, network);
    const configs = new EffectiveConfigs(spec, layout.behaviour, () => this.#race.controller?.broker ?? -1);
    this.#configs = new ConfigStore(ctx, layout, this.#store, this.#sessions, port, (cause) => {
      const { controller } = this.#race;
      if (controller !== null) this.#sessions.notify(controller.broker, () => controller.uncleanEnabled(cause));
    });
    const defaults = {
      partitionCount: numberConfig(spec, 'num.partitions'),
      replicationFactor: numberConfig(spec, 'default.replication.factor'),
    };
    this.#host = {
      ctx,
      cluster: spec.name,
      behaviour: layout.behaviour,
      version: spec.kafka as KafkaVersion,
      settings: this.#settings,
      store: this.#store,
      configs,
      topics: new TopicCreator(ctx, spec.name, this.#random, defaults, placeOnLiveBrokers),
      processes: this.#processes,
      currentEpoch: () => this.#race.epoch,
      submit: (broker, workUs, apply, answered) => this.#sessions.submit(broker, workUs, apply, answered),
      registrations: () => this.#registrations.epochs,
      registrationCause: (broker) => this.#registrations.causeOf(broker),
      offlinePartitions: (broker) => port.offlinePartitions?.(broker) ?? new Set(),
      applyAt: (broker, epoch, delta) => this.#applyAt(broker, epoch, delta),
      loaded: (controller) => this.#race.loaded(controller),
    };
    this.#race = this.#newRace();
    this.#router = new RequestRouter(ctx, this.#host, this.#channel, () => this.#race.controller);
    const host = this.#lifecycleHost();
    for (const [broker, process] of this.#processes) {
      this.#lifecycles.set(broker, new ZkBrokerLifecycle(broker, process, host));
      process.onLifeChange((_process, _from, to) => to === 'dead' && this.#processDied(broker));
    }
  }

  #newRace(): ControllerRace {
    const { brokers, controllers, spec } = this.#layout;
    return new ControllerRace({
      ctx: this.#ctx,
      cluster: spec.name,
      brokers,
      sessions: this.#sessions,
      znodes: this.#znodes,
      mayStand: (broker) => isUp(this.#lifecycles.get(broker)!.state),
      newController: (broker, epoch, onDeposed) => new ZkController(this.#host, broker, epoch, onDeposed),
      controllerIndex: (broker) => controllers[brokers.indexOf(broker)]!,
      setActive: (controller) => this.#channel.setActive(controller),
    });
  }

  // ── the cluster at time 0 ─────────────────────────────────────────────────────────────────────

  bootstrap(): void {
    const { brokers } = this.#layout;
    this.#ensemble.bootstrap();
    this.#sessions.bootstrap();
    const members = brokers.filter((broker) => this.#processes.get(broker)!.life !== 'dead');
    for (const broker of members)
      this.#znodes.create(this.#registrations.path(broker), this.#sessions.session(broker)!, NO_CAUSE);
    const broker = members[this.#random.uniformInt(0, members.length)]!;
    const controller = this.#race.bootstrap(broker);
    createTopicsAtStart(this.#host, this.#layout);
    const image = this.#store.committed.image(0, NO_CAUSE);
    for (const one of members) {
      this.#lifecycles.get(one)!.bootstrap();
      this.#seenEpochs.set(one, this.#race.epoch);
      this.#port.applyMetadata(one, image);
    }
    controller.bootstrap(this.#random.uniformInt(0, this.#settings.preferredBalanceIntervalUs));
    this.#afterBootstrap();
  }

  afterBootstrap(tell: () => void): void {
    this.#afterBootstrap = tell;
  }
  // ── what ZooKeeper tells ─────────────────────────────────────────────────────────────────────

  /** The controller's watch on /brokers/ids. */
  #registrationChanged(broker: number, change: 'created' | 'deleted', cause: EventId): void {
    this.#registrations.changed(broker, change, cause);
    const { controller } = this.#race;
    if (controller === null || controller.isOver) return;
    this.#sessions.notify(controller.broker, () => {
      controller.brokersChanged();
      this.#router.retryHeld();
    });
  }

  #processDied(broker: number): void {
    this.#seenEpochs.delete(broker);
    this.#router.forget(broker);
    this.#race.processDied(broker, this.#processes.get(broker)!.cause);
  }

  /** Brokers refuse what a controller with an older epoch than one that they know sends. */
  #applyAt(broker: number, epoch: number, delta: MetadataDelta): void {
    if (epoch < (this.#seenEpochs.get(broker) ?? 0)) return;
    this.#seenEpochs.set(broker, epoch);
    this.#port.applyMetadata(broker, delta);
  }

  activeController(): number {
    return this.#race.active;
  }

  zooKeeperLeader(): number {
    return this.#ensemble.leader?.zooKeeper ?? -1;
  }

  // ── brokers ───────────────────────────────────────────────────────────────────────────────────

  /** A session: of a broker that starts, or another one after an expiry (RegisterBrokerAndReelect). */
  #connected(broker: number): void {
    const lifecycle = this.#lifecycles.get(broker)!;
    if (lifecycle.state === 'STARTING') lifecycle.connected();
    else if (isUp(lifecycle.state)) this.#register(broker, this.#sessions.session(broker)!.cause, () => {});
  }

  #register(broker: number, cause: EventId, done: (created: boolean) => void): void {
    const session = this.#sessions.session(broker);
    if (session === null) return;
    let isCreated = false;
    this.#sessions.submit(
      broker,
      0,
      () => {
        isCreated = this.#znodes.create(this.#registrations.path(broker), session, cause);
      },
      () => {
        done(isCreated);
        if (!isCreated) return;
        this.#configs.tellAll(broker);
        this.#race.stand(broker, cause);
      },
    );
  }

  #lifecycleHost(): ZkLifecycleHost {
    const { kernel, recorder } = this.#ctx;
    const processOf = (broker: number): Process => this.#processes.get(broker)!;
    return {
      kernel,
      recorder,
      connectionTimeoutUs: this.#settings.connectionTimeoutUs,
      controlledShutdown: this.#settings.controlledShutdown,
      shutdownRetries: this.#settings.controlledShutdownRetries,
      shutdownBackoffUs: this.#settings.controlledShutdownBackoffUs,
      bootUs: (broker) => this.#boots.durationUs(processOf(broker)),
      connect: (broker) => {
        if (!this.#options.meetsOwnEnsemble(broker)) return false;
        this.#sessions.connect(broker);
        return true;
      },
      loadLogs: (broker, clean, done) => this.#port.loadLogs(broker, clean, done),
      register: (broker, cause, done) => this.#register(broker, cause, done),
      startServing: (broker) => this.#port.startServing(broker),
      requestShutdown: (broker, cause, done) => this.#router.controlledShutdown(broker, cause, done),
      shutDown: (broker, done) => this.#port.shutDown(broker, (clean = true) => done(clean)),
      closeSession: (broker, cause, closed) => {
        this.#race.resign(broker);
        this.#sessions.close(broker, cause, closed);
      },
    };
  }

  /** /log_dir_event_notification. */
  reportLogDirFailure(broker: number, partitions: readonly number[], cause: EventId, done: () => void): void {
    const tell = (): void => {
      const { controller } = this.#race;
      if (controller === null || controller.isOver) return;
      const { broker: to } = controller;
      this.#sessions.notify(to, () => logDirFailed(this.#host, controller, broker, partitions, cause));
    };
    this.#sessions.submit(broker, 0, tell, done);
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

  /** The brokers are the controllers. */
  stopController(): void {}

  registeredBrokers(): readonly number[] {
    return this.#layout.brokers.filter((broker) => this.#registrations.epochs.has(broker));
  }

  // ── requests ──────────────────────────────────────────────────────────────────────────────────

  alterPartition(
    broker: number,
    items: readonly AlterPartitionItem[],
    done: (results: readonly AlterPartitionResult[]) => void,
  ): void {
    this.#router.alterPartition(broker, items, done);
  }

  createTopic(
    request: TopicRequest,
    done: (error: string, partitions: readonly number[]) => void,
    cause?: EventId,
  ): void {
    this.#router.createTopic(request, done, cause);
  }

  createPartitions(request: PartitionsRequest, done: (error: string) => void, cause: EventId): void {
    this.#router.createPartitions(request, done, cause);
  }

  deleteTopic(topic: string, done: (error: string) => void, cause: EventId): void {
    this.#router.deleteTopic(topic, done, cause);
  }

  electLeaders(
    type: 'preferred' | 'unclean',
    partitions: readonly number[],
    done: (errors: readonly string[]) => void,
    cause: EventId,
  ): void {
    this.#router.electLeaders(type, partitions, done, cause);
  }

  alterReassignments(
    moves: readonly ReassignmentRequest[],
    done: (errors: readonly string[]) => void,
    cause: EventId,
  ): void {
    this.#router.alterReassignments(moves, done, cause);
  }

  /** Any broker writes configs to ZooKeeper by itself; the controller has no part in it. */
  alterConfigs(changes: readonly ConfigChange[], done: (error: string) => void, cause: EventId): void {
    this.#configs.alter(changes, done, cause, REQUEST_TIMEOUT_US);
  }

  /** Features belong to KRaft; here inter.broker.protocol.version is a static config of each broker. */
  updateFeatures(_version: string, done: (error: string, reason: string) => void): void {
    done('UNSUPPORTED_VERSION', 'with ZooKeeper inter.broker.protocol.version is raised by a restart of each broker');
  }

  /** UnregisterBroker belongs to KRaft: a broker's registration goes with its session. */
  unregisterBroker(_broker: number, done: (error: string) => void): void {
    done('UNSUPPORTED_VERSION');
  }

  hasPartition(partition: number): boolean {
    return this.#store.committed.partitions.has(partition);
  }

  partitionImage(partition: number): PartitionImage {
    return imageOf(this.#store.committed, partition);
  }
}

/** Registered, or on the way to be again: it keeps a session and may be the controller. */
function isUp(state: string): boolean {
  return state === 'RUNNING' || state === 'PENDING_CONTROLLED_SHUTDOWN';
}
