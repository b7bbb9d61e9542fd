import type { Topic } from '../../scenario/scenario.ts';
import { assert, type RandomStream } from '../../sim/index.ts';
import type { ClusterLayout, ModelContext } from '../context.ts';
import { Boots } from '../controller/boots.ts';
import { numberConfig } from '../controller/clusterSettings.ts';
import { imageOf } from '../controller/clusterState.ts';
import { type ActiveController, ControllerChannel, type Reply } from '../controller/controllerChannel.ts';
import { ControllerCore } from '../controller/controllerCore.ts';
import { EffectiveConfigs } from '../controller/effectiveConfigs.ts';
import { NO_RECORDS } from '../controller/metadataBatch.ts';
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
import type { ZkSession } from '../zookeeper/zkSession.ts';
import { type ZnodeChange, Znodes } from '../zookeeper/znodes.ts';
import { ConfigStore } from './configStore.ts';
import type { ControllerHost } from './controllerHost.ts';
import { type ZkControllerState, zkControllerTable } from './controllerMachine.ts';
import { placeOnLiveBrokers } from './placement.ts';
import { ZkBrokerLifecycle, type ZkLifecycleHost } from './zkBrokerLifecycle.ts';
import { ZkController } from './zkController.ts';
import * as requests from './zkRequests.ts';
import { type ZkSettings, zkSettings } from './zkSettings.ts';

const REQUEST_BYTES = 200;
const BYTES_PER_ITEM = 60;
/** How long a client waits for what it asked an administrator's client for. */
const REQUEST_TIMEOUT_US = 60_000_000;
/** controller.socket.timeout.ms: one attempt of a controlled shutdown. */
const SHUTDOWN_ATTEMPT_US = 30_000_000;
const CONTROLLER = '/controller';
const BROKER_IDS = '/brokers/ids/';

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
  /** /brokers/ids: broker -> czxid of its node. */
  readonly #registrations = new Map<number, number>();
  readonly #registrationCauses = new Map<number, EventId>();
  /** The highest controller epoch that each broker process has seen. */
  readonly #seenEpochs = new Map<number, number>();
  readonly #controllerStates = new Map<number, ZkControllerState>();
  /** AlterPartition of brokers that are not live: STALE_BROKER_EPOCH, repeated until they are. */
  #held: { readonly broker: number; readonly retry: () => void }[] = [];
  #zxid = 0;
  #epoch = 0;
  /** The latest controller; it may be dead, frozen or deposed without knowing. */
  #controller: ZkController | null = null;
  /** The latest one of each broker: a deposed one that has not learnt of it is still there. */
  readonly #controllers = new Map<number, ZkController>();
  #isControllerTold = false;

  constructor(ctx: ModelContext, layout: ClusterLayout, port: BrokerPort, options: ZkPlaneOptions) {
    this.#ctx = ctx;
    this.#layout = layout;
    this.#port = port;
    this.#options = options;
    const { spec } = layout;
    const { kernel, network, recorder } = ctx;
    const zookeeper = spec.zookeeper!;
    this.#settings = zkSettings(spec);
    this.#random = kernel.random.stream(`controller/${spec.name}`);
    this.#store = new ControllerCore(ctx, spec.name);
    this.#boots = new Boots(kernel.random);
    for (const broker of layout.brokers) this.#processes.set(broker, layout.brokerProcesses[broker]!);
    const streamName = `zookeeper/${spec.name}/${options.servers.join('-')}`;
    this.#ensemble = new Ensemble(
      kernel,
      network.links,
      recorder,
      kernel.random.stream(streamName),
      { cluster: spec.name, tickTimeUs: zookeeper.tickTimeUs, syncLimitTicks: zookeeper.syncLimitTicks },
      options.servers.map((slot) => ({
        id: zookeeper.nodes[slot]!.id,
        zooKeeper: layout.zooKeepers[slot]!,
        process: layout.zooKeeperProcesses[slot]!,
      })),
      {
        onLeader: () => this.#sessions.leaderElected(),
        onLeaderLost: () => this.#sessions.leaderLost(),
        onChange: () => this.#sessions.refresh(),
      },
    );
    this.#znodes = new Znodes((path, change, owner, cause) => this.#znodeChanged(path, change, owner, cause));
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
        clientExpired: (broker) => this.#resign(broker),
        connected: (broker) => this.#connected(broker),
      },
    );
    this.#channel = new ControllerChannel(kernel, network);
    const configs = new EffectiveConfigs(spec, layout.behaviour, () => this.#controller?.broker ?? -1);
    this.#configs = new ConfigStore(ctx, layout, this.#store, this.#sessions, port, () =>
      this.#controller?.uncleanEnabled(NO_CAUSE),
    );
    const defaults = {
      partitionCount: numberConfig(spec, 'num.partitions'),
      replicationFactor: numberConfig(spec, 'default.replication.factor'),
    };
    this.#host = {
      ctx,
      cluster: spec.name,
      behaviour: layout.behaviour,
      settings: this.#settings,
      store: this.#store,
      configs,
      topics: new TopicCreator(ctx, spec.name, this.#random, defaults, placeOnLiveBrokers),
      processes: this.#processes,
      currentEpoch: () => this.#epoch,
      submit: (broker, workUs, apply, answered) => this.#sessions.submit(broker, workUs, apply, answered),
      registrations: () => this.#registrations,
      registrationCause: (broker) => this.#registrationCauses.get(broker) ?? NO_CAUSE,
      applyAt: (broker, epoch, delta) => this.#applyAt(broker, epoch, delta),
      loaded: (controller) => this.#loaded(controller),
    };
    const host = this.#lifecycleHost();
    for (const [broker, process] of this.#processes) {
      this.#lifecycles.set(broker, new ZkBrokerLifecycle(broker, process, host));
      process.onLifeChange((_process, _from, to) => to === 'dead' && this.#processDied(broker));
    }
  }

  // ── the cluster at time 0 ─────────────────────────────────────────────────────────────────────

  bootstrap(): void {
    const { brokers, spec } = this.#layout;
    this.#ensemble.bootstrap();
    this.#sessions.bootstrap();
    const members = brokers.filter((broker) => this.#processes.get(broker)!.life !== 'dead');
    for (const broker of members)
      this.#znodes.create(`${BROKER_IDS}${broker}`, this.#sessions.session(broker)!, NO_CAUSE);
    const broker = members[this.#random.uniformInt(0, members.length)]!;
    this.#znodes.create(CONTROLLER, this.#sessions.session(broker)!, NO_CAUSE);
    for (const topic of spec.topics) this.#bootstrapTopic(topic.name, topic);
    const image = this.#store.committed.image(0, NO_CAUSE);
    for (const one of members) {
      this.#lifecycles.get(one)!.bootstrap();
      this.#seenEpochs.set(one, this.#epoch);
      this.#port.applyMetadata(one, image);
    }
    const controller = this.#newController(broker);
    this.#step(broker, 'loaded');
    controller.bootstrap(this.#random.uniformInt(0, this.#settings.preferredBalanceIntervalUs));
    this.#channel.setActive(this.#asActive(controller));
    this.#afterBootstrap();
  }

  /** Runs once the cluster stands. */
  afterBootstrap(tell: () => void): void {
    this.#afterBootstrap = tell;
  }
  #afterBootstrap: () => void = () => {};

  #bootstrapTopic(
    name: string,
    topic: Pick<Topic, 'partitionCount' | 'replicationFactor' | 'assignment' | 'creation'>,
  ): void {
    if (topic.creation !== 'atStart') {
      this.#host.topics.reserve(name, topic.partitionCount);
      return;
    }
    const assignment = topic.assignment?.map((ids) => ids.map((id) => this.#brokerOf(id))) ?? null;
    const { partitionCount, replicationFactor } = topic;
    const request = { name, partitionCount, replicationFactor, assignment, internal: false };
    const creation = this.#host.topics.create(this.#store.committed, request);
    assert(creation.topic !== null, `topic ${name} cannot be created: ${creation.error}`);
    const created = this.#store.recordTopic(creation.topic, NO_CAUSE);
    for (const entry of creation.partitions) this.#store.recordPartition(entry, created);
    this.#store.committed.apply({ ...NO_RECORDS, topics: [creation.topic], partitions: creation.partitions });
  }

  #brokerOf(id: number): number {
    const position = this.#layout.spec.brokers.findIndex((broker) => broker.id === id);
    assert(position >= 0, `cluster ${this.#layout.spec.name} has no broker ${id}`);
    return this.#layout.brokers[position]!;
  }

  // ── ephemeral nodes and their watches ─────────────────────────────────────────────────────────

  #znodeChanged(path: string, change: ZnodeChange, owner: ZkSession, cause: EventId): void {
    if (path !== CONTROLLER) this.#registrationChanged(owner.broker, change, cause);
    else if (change === 'created') this.#controllerElected(owner.broker, cause);
    else this.#controllerNodeGone(cause);
  }

  #registrationChanged(broker: number, change: ZnodeChange, cause: EventId): void {
    const { kernel, recorder } = this.#ctx;
    const isCreated = change === 'created';
    const [from, to] = isCreated ? ['UNREGISTERED', 'REGISTERED'] : ['REGISTERED', 'UNREGISTERED'];
    const isFirst = kernel.nowUs === 0 && isCreated;
    const reason = isFirst ? 'bootstrap' : `${BROKER_IDS}${this.#ctx.cast.brokers[broker]!.id} ${change}`;
    const event = recorder.event(kernel.nowUs, cause, { type: 'broker.control', broker, from, to, reason } as never);
    this.#registrationCauses.set(broker, event);
    if (isCreated) {
      this.#registrations.set(broker, ++this.#zxid);
      const { incarnation } = this.#processes.get(broker)!;
      const entry = {
        broker,
        brokerEpoch: this.#zxid,
        incarnation,
        control: 'UNFENCED',
        inControlledShutdown: false,
      } as const;
      this.#store.committed.apply({ ...NO_RECORDS, broker: { entry, reason } });
    } else {
      this.#registrations.delete(broker);
      this.#store.committed.apply({ ...NO_RECORDS, unregistered: [broker] });
    }
    const controller = this.#controller;
    if (controller !== null && !controller.isOver)
      this.#sessions.notify(controller.broker, () => {
        controller.brokersChanged();
        this.#retryHeld();
      });
  }

  /** The winner of the race; the epoch rises in the same transaction. */
  #controllerElected(broker: number, cause: EventId): void {
    const { recorder, kernel, cast } = this.#ctx;
    this.#epoch++;
    const deposed = this.#controller;
    // Its watch on /controller tells a former one, if it still runs and hears ZooKeeper.
    if (deposed !== null && !deposed.isOver && deposed.broker !== broker)
      this.#sessions.notify(deposed.broker, () => this.#resign(deposed.broker));
    this.#isControllerTold = true;
    this.#processes.get(broker)!.cause = Math.max(this.#processes.get(broker)!.cause, NO_CAUSE);
    this.#controllerCause = recorder.event(kernel.nowUs, cause, {
      type: 'controller.active',
      controller: this.#controllerIndex(broker),
      cluster: cast.brokers[broker]!.cluster,
      epoch: this.#epoch,
    });
  }
  #controllerCause: EventId = NO_CAUSE;

  /** Everybody who hears ZooKeeper tries to take its place. */
  #controllerNodeGone(cause: EventId): void {
    this.#tellNoController(cause);
    for (const broker of this.#processes.keys())
      this.#sessions.notify(broker, () => this.#standForController(broker, this.#noControllerCause));
  }

  #tellNoController(cause: EventId): void {
    this.#noControllerCause = cause;
    if (!this.#isControllerTold) return;
    this.#isControllerTold = false;
    const { recorder, kernel } = this.#ctx;
    this.#noControllerCause = recorder.event(kernel.nowUs, cause, {
      type: 'controller.none',
      cluster: this.#layout.spec.name,
    });
  }
  #noControllerCause: EventId = NO_CAUSE;

  #standForController(broker: number, cause: EventId): void {
    const { state } = this.#lifecycles.get(broker)!;
    if (state !== 'RUNNING' && state !== 'PENDING_CONTROLLED_SHUTDOWN') return;
    const session = this.#sessions.session(broker);
    if (session === null) return;
    let isElected = false;
    this.#sessions.submit(
      broker,
      0,
      () => {
        isElected = this.#znodes.create(CONTROLLER, session, cause);
      },
      () => isElected && this.#newController(broker).start(this.#controllerCause),
    );
  }

  // ── the controller ────────────────────────────────────────────────────────────────────────────

  #newController(broker: number): ZkController {
    const controller = new ZkController(this.#host, broker, this.#epoch, () => this.#resign(broker));
    this.#step(broker, 'elected');
    this.#controller = controller;
    this.#controllers.set(broker, controller);
    return controller;
  }

  #step(broker: number, event: 'elected' | 'loaded' | 'resigned' | 'died'): void {
    const from = this.#controllerStates.get(broker) ?? zkControllerTable.initial;
    this.#controllerStates.set(broker, zkControllerTable.step(from, event));
  }

  #loaded({ broker, epoch }: { readonly broker: number; readonly epoch: number }): void {
    const controller = this.#controller;
    this.#step(broker, 'loaded');
    if (controller !== null && controller.epoch === epoch) this.#channel.setActive(this.#asActive(controller));
  }

  #asActive(controller: ZkController): ActiveController {
    const process = this.#processes.get(controller.broker)!;
    return {
      get isOver() {
        return controller.isOver;
      },
      leader: { process },
    };
  }

  /** The broker's controller, if it has one, gives up. */
  #resign(broker: number): void {
    if (this.#controllerStates.get(broker) === undefined) return;
    this.#step(broker, 'resigned');
    this.#controllers.get(broker)?.resign();
  }

  #processDied(broker: number): void {
    this.#seenEpochs.delete(broker);
    this.#held = this.#held.filter((one) => one.broker !== broker);
    this.#step(broker, 'died');
    this.#controllers.get(broker)?.resign();
    if (this.#controller?.broker === broker) this.#channel.setActive(null);
    if (this.#znodes.owner(CONTROLLER)?.broker !== broker) return;
    this.#tellNoController(this.#processes.get(broker)!.cause);
  }

  /** Brokers refuse what a controller with an older epoch than one that they know sends. */
  #applyAt(broker: number, epoch: number, delta: MetadataDelta): void {
    if (epoch < (this.#seenEpochs.get(broker) ?? 0)) return;
    this.#seenEpochs.set(broker, epoch);
    this.#port.applyMetadata(broker, delta);
  }

  #controllerIndex(broker: number): number {
    return this.#layout.controllers[this.#layout.brokers.indexOf(broker)]!;
  }

  activeController(): number {
    const owner = this.#znodes.owner(CONTROLLER)?.broker;
    if (owner === undefined || this.#processes.get(owner)!.life === 'dead') return -1;
    return this.#controllerIndex(owner);
  }

  zooKeeperLeader(): number {
    return this.#ensemble.leader?.zooKeeper ?? -1;
  }

  // ── brokers ───────────────────────────────────────────────────────────────────────────────────

  /** A session: of a broker that starts, or another one after an expiry (RegisterBrokerAndReelect). */
  #connected(broker: number): void {
    const lifecycle = this.#lifecycles.get(broker)!;
    if (lifecycle.state === 'STARTING') lifecycle.connected();
    else if (lifecycle.state === 'RUNNING' || lifecycle.state === 'PENDING_CONTROLLED_SHUTDOWN')
      this.#register(broker, this.#sessions.session(broker)!.cause, () => {});
  }

  #register(broker: number, cause: EventId, done: (created: boolean) => void): void {
    const session = this.#sessions.session(broker);
    if (session === null) return;
    let isCreated = false;
    this.#sessions.submit(
      broker,
      0,
      () => {
        isCreated = this.#znodes.create(`${BROKER_IDS}${broker}`, session, cause);
      },
      () => {
        done(isCreated);
        if (!isCreated) return;
        this.#configs.tellAll(broker);
        if (this.#znodes.owner(CONTROLLER) === undefined) this.#standForController(broker, cause);
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
      requestShutdown: (broker, cause, done) =>
        this.#channel.call(
          processOf(broker),
          REQUEST_BYTES,
          (reply) => this.#controller!.controlledShutdown(broker, cause, (remaining) => reply(() => done(remaining))),
          SHUTDOWN_ATTEMPT_US,
          () => done(-1),
        ),
      shutDown: (broker, done) => this.#port.shutDown(broker, (clean = true) => done(clean)),
      closeSession: (broker, cause, closed) => {
        this.#resign(broker);
        this.#sessions.close(broker, cause, closed);
      },
    };
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

  /** There are no controller processes: the brokers are the controllers. */
  stopController(): void {}

  registeredBrokers(): readonly number[] {
    return this.#layout.brokers.filter((broker) => this.#registrations.has(broker));
  }

  // ── requests ──────────────────────────────────────────────────────────────────────────────────

  alterPartition(
    broker: number,
    items: readonly AlterPartitionItem[],
    done: (results: readonly AlterPartitionResult[]) => void,
  ): void {
    const bytes = REQUEST_BYTES + items.length * BYTES_PER_ITEM;
    const process = this.#processes.get(broker)!;
    this.#channel.call(process, bytes, (reply) => {
      const controller = this.#controller!;
      const handle = (): void => {
        if (controller.isOver) return;
        if (controller.isLive(broker))
          requests.alterPartition(this.#host, controller, broker, items, (results) => reply(() => done(results)));
        else this.#held.push({ broker, retry: handle });
      };
      handle();
    });
  }

  #retryHeld(): void {
    const held = this.#held;
    this.#held = [];
    for (const { retry } of held)
      this.#controller?.add((next) => {
        retry();
        next();
      });
  }

  createTopic(request: TopicRequest, done: (error: string, partitions: readonly number[]) => void): void {
    const failed = (error: string): void => {
      const { recorder, kernel } = this.#ctx;
      const cluster = this.#layout.spec.name;
      recorder.event(kernel.nowUs, NO_CAUSE, { type: 'topic.createFailed', cluster, topic: request.name, error });
      done(error, []);
    };
    this.#forward(
      (controller, reply) =>
        requests.createTopic(this.#host, controller, request, (error, partitions) =>
          reply(() => {
            if (error === 'NONE' || error === 'TOPIC_ALREADY_EXISTS') done(error, partitions);
            else failed(error);
          }),
        ),
      () => failed('REQUEST_TIMED_OUT'),
    );
  }

  createPartitions(request: PartitionsRequest, done: (error: string) => void, cause: EventId): void {
    this.#forward(
      (controller, reply) =>
        requests.createPartitions(this.#host, controller, request, cause, (error) => reply(() => done(error))),
      () => done('REQUEST_TIMED_OUT'),
    );
  }

  electLeaders(
    type: 'preferred' | 'unclean',
    partitions: readonly number[],
    done: (errors: readonly string[]) => void,
    cause: EventId,
  ): void {
    this.#forward(
      (controller, reply) =>
        requests.electLeaders(this.#host, controller, type, partitions, cause, (errors) => reply(() => done(errors))),
      () => done(partitions.map(() => 'REQUEST_TIMED_OUT')),
    );
  }

  alterReassignments(
    moves: readonly ReassignmentRequest[],
    done: (errors: readonly string[]) => void,
    cause: EventId,
  ): void {
    this.#forward(
      (controller, reply) =>
        requests.alterReassignments(this.#host, controller, moves, cause, (errors) => reply(() => done(errors))),
      () => done(moves.map(() => 'REQUEST_TIMED_OUT')),
    );
  }

  /** Any broker writes configs to ZooKeeper by itself; the controller has no part in it. */
  alterConfigs(changes: readonly ConfigChange[], done: (error: string) => void, cause: EventId): void {
    this.#configs.alter(changes, done, cause, REQUEST_TIMEOUT_US);
  }

  deleteTopic(topic: string, done: (error: string) => void, cause: EventId): void {
    this.#forward(
      (controller, reply) => controller.deleteTopic(topic, cause, (error) => reply(() => done(error))),
      () => done('REQUEST_TIMED_OUT'),
    );
  }

  /** Features belong to KRaft; here inter.broker.protocol.version is a static config of each broker. */
  updateFeatures(_version: string, done: (error: string, reason: string) => void): void {
    done('UNSUPPORTED_VERSION', 'with ZooKeeper inter.broker.protocol.version is raised by a restart of each broker');
  }

  /** UnregisterBroker belongs to KRaft: a broker's registration goes with its session. */
  unregisterBroker(_broker: number, done: (error: string) => void): void {
    done('UNSUPPORTED_VERSION');
  }

  /** A client's request: to the controller itself, through whatever broker told where it is. */
  #forward(handle: (controller: ZkController, reply: Reply) => void, onTimeout: () => void): void {
    const processes = [...this.#processes.values()];
    const running = processes.filter((process) => process.life === 'running');
    const active = this.#controller === null ? undefined : this.#processes.get(this.#controller.broker);
    const { links } = this.#ctx.network;
    const connected = running.find((process) => active !== undefined && links.isReachable(process, active));
    const from = connected ?? running[0] ?? processes[0]!;
    this.#channel.call(from, REQUEST_BYTES, (reply) => handle(this.#controller!, reply), REQUEST_TIMEOUT_US, onTimeout);
  }

  hasPartition(partition: number): boolean {
    return this.#store.committed.partitions.has(partition);
  }

  partitionImage(partition: number): PartitionImage {
    return imageOf(this.#store.committed, partition);
  }
}
