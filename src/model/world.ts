import { coordinatorPartition } from './algorithms/coordinatorPartition.ts';
import { BrokerServer, type CoordinatorFactory } from './broker/brokerServer.ts';
import type { BrokerMachine } from './broker/machine.ts';
import { ProducerIds } from './broker/producerIds.ts';
import type { ClientProcess, MemberProcess } from './client/clientProcess.ts';
import type { ClusterLayout, ModelContext } from './context.ts';
import type { ControlPlane } from './controlPlane.ts';
import type { BrokerPort, MetadataDelta, PartitionImage } from './metadata.ts';
import type { Process } from './network/process.ts';
import { type ClusterSide, newControlPlane } from './newControlPlane.ts';
import { ReplicaTable } from './replication/replica.ts';
import type { Stage } from './stage.ts';
import { BrokerStorage, type StorageHost } from './storage/brokerStorage.ts';
import { type EventId, NO_CAUSE } from './trace.ts';
import { ClusterVersions } from './versions/clusterVersions.ts';

export interface ClusterParts {
  readonly layout: ClusterLayout;
  readonly controller: ControlPlane;
  /** One, but for brokers that several stand-alone ZooKeepers made into several clusters. */
  readonly sides: readonly ClusterSide[];
}

export const OFFSETS_TOPIC = '__consumer_offsets';

/**
 * Calibrated: two of thirty producers got their producer id from the other cluster (evidence/lab/two-zookeepers.json). Their
 * first requests go out at the same time, each to a bootstrap broker of its own choice.
 */
const STRAY_INIT_CHANCE = 2 / 30;

/** Everything that exists in a run, and what failures and operations may do to it. */
export class World implements BrokerPort, StorageHost {
  readonly ctx: ModelContext;
  readonly processes: readonly Process[];
  readonly brokerProcesses: readonly Process[];
  readonly servers: (BrokerServer | undefined)[] = [];
  readonly replicas = new ReplicaTable();
  readonly storage: BrokerStorage;
  readonly #clusters = new Map<string, ClusterParts>();
  readonly #clients: ClientProcess[] = [];
  readonly #members = new Map<Process, MemberProcess>();
  readonly #stage: Stage;

  constructor(stage: Stage, coordinators: CoordinatorFactory) {
    this.#stage = stage;
    this.ctx = stage.ctx;
    this.storage = new BrokerStorage(this);
    this.processes = stage.processes;
    this.brokerProcesses = stage.brokerProcesses;
    for (const spec of stage.ctx.scenario.clusters) {
      const versions = new ClusterVersions(spec, spec.zookeeper === null ? 'kraft' : 'zookeeper');
      const layout: ClusterLayout = {
        spec,
        versions,
        behaviour: versions.behaviour,
        brokers: stage.brokersOf(spec.name),
        brokerProcesses: stage.brokerProcesses,
        controllerProcesses: stage.controllerProcessesOf(spec.name),
        controllers: stage.controllersOf(spec.name),
        zooKeeperProcesses: stage.zooKeeperProcessesOf(spec.name),
        zooKeepers: stage.zooKeepersOf(spec.name),
      };
      const { controller, sides } = newControlPlane(this.ctx, layout, this);
      this.#clusters.set(spec.name, { layout, controller, sides });
      for (const side of sides) this.#addServers(side, coordinators);
    }
    for (const process of stage.brokerProcesses) if (process.life === 'dead') this.takenOut(process);
    for (const process of stage.brokerProcesses)
      process.onLifeChange((changed, _from, to) => to === 'dead' && this.#brokerDied(changed));
  }

  #addServers({ layout, controller }: ClusterSide, coordinators: CoordinatorFactory): void {
    const producerIds = new ProducerIds(() => controller.activeController() >= 0);
    for (const broker of layout.brokers)
      this.servers[broker] = new BrokerServer(
        this.ctx,
        layout,
        broker,
        this.replicas,
        controller,
        producerIds,
        coordinators,
      );
  }

  /** Clusters are up and steady at time 0; who listens is told so before anything changes. */
  bootstrap(): void {
    for (const { controller, layout } of this.#clusters.values()) {
      const members = layout.brokers.filter((broker) => this.brokerProcesses[broker]!.life !== 'dead');
      for (const broker of members) this.#tellThatItRuns(broker);
      controller.bootstrap();
      for (const broker of members) this.servers[broker]!.startServing();
    }
  }

  #tellThatItRuns(broker: number): void {
    const { recorder, kernel } = this.ctx;
    const unfenced = { type: 'broker.control', broker, from: 'FENCED', to: 'UNFENCED', reason: 'bootstrap' } as const;
    // With ZooKeeper the registration itself is told.
    if (this.#clusterOfBroker(broker).layout.spec.zookeeper === null) recorder.event(kernel.nowUs, NO_CAUSE, unfenced);
    recorder.event(kernel.nowUs, NO_CAUSE, { type: 'broker.state', broker, from: 'NOT_RUNNING', to: 'RUNNING' });
  }

  addClient(process: Process, client: ClientProcess): void {
    this.#clients[client.client] = client;
    this.#clientOf.set(process, client);
  }

  addMember(process: Process, member: MemberProcess): void {
    this.addClient(process, member);
    this.#members.set(process, member);
  }

  readonly #clientOf = new Map<Process, ClientProcess>();

  get clients(): readonly ClientProcess[] {
    return this.#clients;
  }

  cluster(name: string): ClusterParts {
    return this.#clusters.get(name)!;
  }

  clusters(): Iterable<ClusterParts> {
    return this.#clusters.values();
  }

  /**
   * Where a client belongs that names all brokers of a cluster: it knows the brokers of the metadata that it gets first.
   * `stray`: a broker of another cluster that its first InitProducerId goes to, or null.
   */
  clientSide(cluster: string, client: Process): { readonly side: ClusterSide; readonly stray: Process | null } {
    const { sides } = this.cluster(cluster);
    if (sides.length === 1) return { side: sides[0]!, stray: null };
    const random = this.ctx.kernel.random.stream(`stand-alone/${cluster}/${client.name}`);
    const home = random.uniformInt(0, sides.length);
    const isStray = random.chance(STRAY_INIT_CHANCE);
    const other = sides[(home + 1 + random.uniformInt(0, sides.length - 1)) % sides.length]!;
    return { side: sides[home]!, stray: isStray ? this.brokerProcesses[other.layout.brokers[0]!]! : null };
  }

  // ── look-ups ──────────────────────────────────────────────────────────────────────────────────

  /** Brokers that are no part of a cluster: those that have not joined yet, and those that were removed. */
  readonly #outside = new Set<Process>();

  isOutside(process: Process): boolean {
    return this.#outside.has(process);
  }

  broughtIn(process: Process): void {
    this.#outside.delete(process);
  }

  takenOut(process: Process): void {
    this.#outside.add(process);
  }

  /** Index of the broker with that id, which the front door has checked. */
  brokerIndex(cluster: string, id: number): number {
    const { layout } = this.cluster(cluster);
    return layout.brokers[layout.spec.brokers.findIndex((node) => node.id === id)]!;
  }

  brokerProcess(cluster: string, id: number): Process | undefined {
    const { layout } = this.cluster(cluster);
    const at = layout.spec.brokers.findIndex((node) => node.id === id);
    return at < 0 ? undefined : this.brokerProcesses[layout.brokers[at]!];
  }

  controllerProcess(cluster: string, id: number): Process | undefined {
    const { layout } = this.cluster(cluster);
    return layout.controllerProcesses[layout.spec.controllers.findIndex((node) => node.id === id)];
  }

  activeControllerProcess(cluster: string): Process | undefined {
    const { layout, controller } = this.cluster(cluster);
    return layout.controllerProcesses[layout.controllers.indexOf(controller.activeController())];
  }

  zooKeeperProcess(cluster: string, id: number): Process | undefined {
    const { layout } = this.cluster(cluster);
    return layout.zooKeeperProcesses[layout.spec.zookeeper?.nodes.findIndex((node) => node.id === id) ?? -1];
  }

  /** The server that leads the cluster's ensemble. */
  zooKeeperLeaderProcess(cluster: string): Process | undefined {
    const { layout, controller } = this.cluster(cluster);
    return layout.zooKeeperProcesses[layout.zooKeepers.indexOf(controller.zooKeeperLeader?.() ?? -1)];
  }

  image(cluster: string, topic: string, partition: number): PartitionImage | undefined {
    const index = this.ctx.cast.partitions.findIndex(
      (one) => one.cluster === cluster && one.topic === topic && one.partition === partition,
    );
    return index < 0 ? undefined : this.cluster(cluster).controller.partitionImage(index);
  }

  /** The broker that leads the group's partition of __consumer_offsets, or -1. */
  coordinatorOf(group: string): number {
    const spec = this.ctx.scenario.consumers.find((one) => one.name === group);
    if (spec === undefined) return -1;
    const count = Number(
      this.cluster(spec.cluster).layout.spec.brokerConfigs.get('offsets.topic.num.partitions')?.value ?? 50,
    );
    return this.image(spec.cluster, OFFSETS_TOPIC, coordinatorPartition(group, count))?.leader ?? -1;
  }

  clientProcesses(name: string, instance: number | null): Process[] {
    return this.#stage.clientProcesses(name, instance);
  }

  member(process: Process): MemberProcess | undefined {
    return this.#members.get(process);
  }

  client(process: Process): ClientProcess | undefined {
    return this.#clientOf.get(process);
  }

  machine(process: Process): BrokerMachine | undefined {
    return this.serverOf(process)?.machine;
  }

  describe(process: Process): string {
    return process.name;
  }

  // ── what happens to processes ─────────────────────────────────────────────────────────────────

  kill(process: Process, by?: 'powerLoss'): void {
    const broker = this.brokerProcesses.indexOf(process);
    const how = by === undefined ? {} : { by };
    if (broker >= 0)
      this.ctx.recorder.event(this.ctx.kernel.nowUs, process.cause, { type: 'broker.killed', broker, ...how });
    this.#clientOf.get(process)?.kill();
    process.kill();
  }

  /** SIGTERM. */
  stop(process: Process, cause: EventId): void {
    const broker = this.brokerProcesses.indexOf(process);
    if (broker >= 0) this.#clusterOfBroker(broker).controller.stopBroker(broker, cause);
    else if (this.#clientOf.has(process)) this.#clientOf.get(process)!.stop(true);
    else if (process.kind === 'zookeeper') process.kill();
    else this.#stopController(process, cause);
  }

  #stopController(process: Process, cause: EventId): void {
    for (const { layout, controller } of this.#clusters.values()) {
      const slot = layout.controllerProcesses.indexOf(process);
      if (slot >= 0) controller.stopController(layout.controllers[slot]!, cause);
    }
  }

  start(process: Process, cause: EventId): void {
    if (!this.storage.mayStart(process, cause)) return;
    if (process.life === 'dead') process.start();
    const broker = this.brokerProcesses.indexOf(process);
    if (broker >= 0) this.#clusterOfBroker(broker).controller.startBroker(broker, cause);
    else this.#clientOf.get(process)?.restart();
  }

  #clusterOfBroker(broker: number): ClusterParts {
    return this.#clusters.get(this.ctx.cast.brokers[broker]!.cluster)!;
  }

  serverOf(process: Process): BrokerServer | undefined {
    return this.servers[this.brokerProcesses.indexOf(process)];
  }

  #brokerDied(process: Process): void {
    const server = this.serverOf(process);
    if (server === undefined) return;
    server.forget();
    this.storage.processEnded(server);
  }

  // ── BrokerPort: what the controller plane asks of brokers ─────────────────────────────────────

  applyMetadata(broker: number, delta: MetadataDelta): void {
    this.servers[broker]!.apply(delta);
  }

  loadLogs(broker: number, _clean: boolean, done: () => void): void {
    this.storage.loadLogs(this.servers[broker]!, done);
  }

  offlinePartitions(broker: number): ReadonlySet<number> {
    return this.storage.offlinePartitions(this.servers[broker]!);
  }

  startServing(broker: number): void {
    this.servers[broker]!.startServing();
  }

  /** Flush and close; the plane ends the process when it is done. */
  shutDown(broker: number, done: (clean: boolean) => void): void {
    const server = this.servers[broker]!;
    server.stopServing();
    this.storage.shutDown(server, done);
  }
}
