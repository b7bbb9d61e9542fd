import type { ClusterLayout, ModelContext } from '../context.ts';
import type { ControllerPort, MetadataDelta } from '../metadata.ts';
import type { Exchange, RequestServer } from '../network/exchange.ts';
import type { Process } from '../network/process.ts';
import type { InitProducerIdResponse, MetadataRequest, MetadataResponse } from '../protocol.ts';
import type { FollowerExchange } from '../replication/followerSession.ts';
import type { ReplicaTable } from '../replication/replica.ts';
import { ReplicaManager } from '../replication/replicaManager.ts';
import { BrokerDisks, tellUsage } from '../storage/brokerDisks.ts';
import { AutoTopicCreation } from './autoTopicCreation.ts';
import { BrokerView } from './brokerView.ts';
import { BrokerMachine } from './machine.ts';
import type { ProducerIds } from './producerIds.ts';
import { SMALL_REQUEST_US } from './serviceTimes.ts';

/** Requests that a group coordinator answers. */
export interface CoordinatorServer {
  /** @returns false when the api is not a coordinator's. */
  handle(exchange: Exchange<unknown, unknown>): boolean;
  /** The partition of `__consumer_offsets` is led from here, or no longer. */
  leadershipChanged(partition: number, leads: boolean): void;
  stop(): void;
}

export type CoordinatorFactory = (broker: BrokerServer) => CoordinatorServer;

type AnyExchange = Exchange<unknown, unknown>;

/** One broker process: its view of the metadata, its replicas, its coordinators, and who answers which request (KafkaApis). */
export class BrokerServer implements RequestServer {
  readonly ctx: ModelContext;
  readonly layout: ClusterLayout;
  readonly broker: number;
  readonly process: Process;
  readonly machine: BrokerMachine;
  readonly autoTopics: AutoTopicCreation;
  readonly controller: ControllerPort;
  readonly #table: ReplicaTable;
  readonly producerIds: ProducerIds;
  readonly #coordinatorFactory: CoordinatorFactory;
  view: BrokerView;
  replicas: ReplicaManager;
  #coordinator: CoordinatorServer;
  #isServing = false;

  constructor(
    ctx: ModelContext,
    layout: ClusterLayout,
    broker: number,
    table: ReplicaTable,
    controller: ControllerPort,
    producerIds: ProducerIds,
    coordinators: CoordinatorFactory,
  ) {
    this.ctx = ctx;
    this.layout = layout;
    this.broker = broker;
    this.process = layout.brokerProcesses[broker]!;
    this.controller = controller;
    this.#table = table;
    this.producerIds = producerIds;
    this.#coordinatorFactory = coordinators;
    const node = layout.spec.brokers[layout.brokers.indexOf(broker)]!;
    this.view = new BrokerView(layout, broker);
    this.autoTopics = new AutoTopicCreation(controller, () => this.view.configs);
    const { configs } = this.view;
    const checkpointUs = configs.number('replica.high.watermark.checkpoint.interval.ms') * 1000;
    const random = ctx.kernel.random.stream(`disks/${this.process.name}`);
    const disks = new BrokerDisks(node, checkpointUs, random, layout.spec.zookeeper === null);
    this.machine = new BrokerMachine(disks, configs.number('num.io.threads'));
    tellUsage(ctx, broker, disks);
    ctx.network.setSocketBuffers(this.process, {
      sendBytes: this.view.configs.number('socket.send.buffer.bytes'),
      receiveBytes: this.view.configs.number('socket.receive.buffer.bytes'),
    });
    this.replicas = this.#newReplicaManager();
    this.#coordinator = coordinators(this);
  }

  apply(delta: MetadataDelta): void {
    this.view.apply(delta);
    if (delta.configs.length > 0) this.machine.resizeHandlers(this.view.configs.number('num.io.threads'));
    this.replicas.apply(delta);
    if (delta.brokers.length > 0) this.replicas.isr.retryExpansions();
  }

  get isServing(): boolean {
    return this.#isServing;
  }

  /** Request processing begins (after RUNNING). */
  startServing(): void {
    if (this.#isServing) return;
    this.#isServing = true;
    this.replicas.start();
    this.ctx.network.listen(this.process, this);
  }

  stopServing(): void {
    this.#isServing = false;
    this.ctx.network.listen(this.process, null);
  }

  /** The process ended; what a new one starts with is its logs only. */
  forget(): void {
    this.stopServing();
    this.replicas.stop();
    this.#coordinator.stop();
    this.autoTopics.forget();
    this.view = new BrokerView(this.layout, this.broker);
    this.replicas = this.#newReplicaManager();
    this.#coordinator = this.#coordinatorFactory(this);
  }

  handle(exchange: AnyExchange): void {
    switch (exchange.api) {
      case 'Produce':
        this.replicas.produce.handle(exchange as never);
        return;
      case 'Fetch':
        this.replicas.fetch.handle(exchange as never);
        return;
      case 'FollowerFetch':
        this.replicas.followerFetch.handle(exchange as FollowerExchange);
        return;
      case 'ListOffsets':
        this.replicas.fetch.listOffsets(exchange as never);
        return;
      case 'Metadata':
        this.#metadata(exchange as never);
        return;
      case 'InitProducerId':
        // With a transactional.id it is the coordinator's.
        if (exchange.request !== null) break;
        this.#initProducerId(exchange as never);
        return;
    }
    if (!this.#coordinator.handle(exchange)) throw new Error(`no broker api ${exchange.api}`);
  }

  servedUs(serviceUs = SMALL_REQUEST_US): number {
    return this.machine.serve(this.ctx.kernel.nowUs, serviceUs);
  }

  #metadata(exchange: Exchange<MetadataRequest, MetadataResponse>): void {
    const topics = exchange.request.topics.map((name) => {
      const topic = this.view.topic(name);
      if (topic === undefined) {
        const isAllowed = exchange.request.allowAutoTopicCreation ?? true;
        return { topic: name, error: this.autoTopics.askedFor(name, isAllowed), partitions: [] };
      }
      const partitions = topic.partitions.map((partition) => {
        const image = this.view.partition(partition);
        const leader = image?.leader ?? -1;
        return {
          partition,
          leader,
          leaderEpoch: image?.leaderEpoch ?? -1,
          error: leader < 0 ? ('LEADER_NOT_AVAILABLE' as const) : ('NONE' as const),
        };
      });
      return { topic: name, error: 'NONE' as const, partitions };
    });
    const nodes = this.view.registeredBrokers().map((broker) => this.layout.brokerProcesses[broker]!.index);
    exchange.respond(
      { nodes, topics },
      100 + 50 * topics.reduce((sum, topic) => sum + topic.partitions.length, 0),
      this.servedUs(),
    );
  }

  #initProducerId(exchange: Exchange<unknown, InitProducerIdResponse>): void {
    const servedUs = this.servedUs();
    this.producerIds.next(this.broker, (producerId) => {
      const atUs = Math.max(servedUs, this.ctx.kernel.nowUs);
      if (producerId < 0)
        exchange.respond({ error: 'COORDINATOR_LOAD_IN_PROGRESS', producerId: -1, producerEpoch: -1 }, 30, atUs);
      else exchange.respond({ error: 'NONE', producerId, producerEpoch: 0 }, 30, atUs);
    });
  }

  #newReplicaManager(): ReplicaManager {
    const manager: ReplicaManager = new ReplicaManager({
      ctx: this.ctx,
      broker: this.broker,
      process: this.process,
      machine: this.machine,
      view: this.view,
      replicas: this.#table,
      controller: this.controller,
      brokerProcesses: this.layout.brokerProcesses,
      ioError: (dir) => manager.logDirs.ioError(dir),
    });
    manager.onLeadershipChange((partition, leads) => this.#coordinator.leadershipChanged(partition, leads));
    return manager;
  }
}
