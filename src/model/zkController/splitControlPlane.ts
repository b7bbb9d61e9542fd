import type { ClusterLayout, ModelContext } from '../context.ts';
import type { TopicRequest } from '../controller/topicCreation.ts';
import type { ControlPlane } from '../controlPlane.ts';
import type {
  AlterPartitionItem,
  AlterPartitionResult,
  ConfigChange,
  PartitionImage,
  PartitionsRequest,
  ReassignmentRequest,
} from '../metadata.ts';
import type { EventId } from '../trace.ts';
import type { ClusterSide } from './standAlone.ts';
import type { ZkControlPlane } from './zkControlPlane.ts';

/**
 * What a person takes for one cluster and is several: each has brokers, a controller and topics of its own. Brokers talk
 * to the controller of their own; an administrator who names all brokers meets one of the clusters, or, here, the one
 * that has what the request is about.
 */
export class SplitControlPlane implements ControlPlane {
  readonly #ctx: ModelContext;
  readonly #layout: ClusterLayout;
  readonly #sides: readonly ClusterSide[];
  readonly #afterBootstrap: () => void;

  constructor(ctx: ModelContext, layout: ClusterLayout, sides: readonly ClusterSide[], afterBootstrap: () => void) {
    this.#ctx = ctx;
    this.#layout = layout;
    this.#sides = sides;
    this.#afterBootstrap = afterBootstrap;
  }

  bootstrap(): void {
    for (const { controller } of this.#sides) controller.bootstrap();
    this.#afterBootstrap();
  }

  #of(broker: number): ZkControlPlane {
    return this.#sides.find(({ layout }) => layout.brokers.includes(broker))!.controller;
  }

  #ofPartition(partition: number): ZkControlPlane {
    return (this.#sides.find(({ controller }) => controller.hasPartition(partition)) ?? this.#sides[0]!).controller;
  }

  /** An administrator's client meets one of them. */
  #any(): ZkControlPlane {
    const random = this.#ctx.kernel.random.stream(`stand-alone/${this.#layout.spec.name}/administrator`);
    return this.#sides[random.uniformInt(0, this.#sides.length)]!.controller;
  }

  alterPartition(
    broker: number,
    items: readonly AlterPartitionItem[],
    done: (results: readonly AlterPartitionResult[]) => void,
  ): void {
    this.#of(broker).alterPartition(broker, items, done);
  }

  createTopic(
    request: TopicRequest,
    done: (error: string, partitions: readonly number[]) => void,
    cause?: EventId,
  ): void {
    this.#any().createTopic(request, done, cause);
  }

  deleteTopic(topic: string, done: (error: string) => void, cause: EventId): void {
    this.#any().deleteTopic(topic, done, cause);
  }

  createPartitions(request: PartitionsRequest, done: (error: string) => void, cause: EventId): void {
    this.#any().createPartitions(request, done, cause);
  }

  updateFeatures(version: string, done: (error: string, reason: string) => void): void {
    this.#any().updateFeatures(version, done);
  }

  electLeaders(
    type: 'preferred' | 'unclean',
    partitions: readonly number[],
    done: (errors: readonly string[]) => void,
    cause: EventId,
  ): void {
    this.#bySide(
      partitions,
      (partition) => this.#ofPartition(partition),
      (plane, own, answered) => plane.electLeaders(type, own, answered, cause),
      done,
    );
  }

  alterReassignments(
    requests: readonly ReassignmentRequest[],
    done: (errors: readonly string[]) => void,
    cause: EventId,
  ): void {
    this.#bySide(
      requests,
      ({ partition }) => this.#ofPartition(partition),
      (plane, own, answered) => plane.alterReassignments(own, answered, cause),
      done,
    );
  }

  /** Each side does its own; the answers come together in the order of the asking. */
  #bySide<Item>(
    items: readonly Item[],
    sideOf: (item: Item) => ZkControlPlane,
    ask: (plane: ZkControlPlane, own: readonly Item[], answered: (errors: readonly string[]) => void) => void,
    done: (errors: readonly string[]) => void,
  ): void {
    const errors: string[] = items.map(() => 'NONE');
    let open = items.length;
    if (open === 0) done(errors);
    for (const { controller } of this.#sides) {
      const positions = items.flatMap((item, position) => (sideOf(item) === controller ? [position] : []));
      if (positions.length === 0) continue;
      const own = positions.map((position) => items[position]!);
      ask(controller, own, (answers) => {
        for (const [i, position] of positions.entries()) errors[position] = answers[i]!;
        open -= positions.length;
        if (open === 0) done(errors);
      });
    }
  }

  alterConfigs(changes: readonly ConfigChange[], done: (error: string) => void, cause: EventId): void {
    const broker = changes.find((change) => change.broker >= 0)?.broker ?? -1;
    (broker >= 0 ? this.#of(broker) : this.#any()).alterConfigs(changes, done, cause);
  }

  unregisterBroker(broker: number, done: (error: string) => void): void {
    this.#of(broker).unregisterBroker(broker, done);
  }

  registeredBrokers(): readonly number[] {
    return this.#sides.flatMap(({ controller }) => controller.registeredBrokers());
  }

  reportLogDirFailure(broker: number, partitions: readonly number[], cause: EventId, done: () => void): void {
    this.#of(broker).reportLogDirFailure(broker, partitions, cause, done);
  }

  startBroker(broker: number, cause: EventId): void {
    this.#of(broker).startBroker(broker, cause);
  }

  stopBroker(broker: number, cause: EventId): void {
    this.#of(broker).stopBroker(broker, cause);
  }

  stopController(): void {}

  brokerState(broker: number): string {
    return this.#of(broker).brokerState(broker);
  }

  /** Each side has its own; the first one's is told. */
  activeController(): number {
    for (const { controller } of this.#sides)
      if (controller.activeController() >= 0) return controller.activeController();
    return -1;
  }

  zooKeeperLeader(): number {
    return this.#sides[0]!.controller.zooKeeperLeader();
  }

  partitionImage(partition: number): PartitionImage {
    return this.#ofPartition(partition).partitionImage(partition);
  }
}
