import type { Cluster, Topic } from '../../scenario/scenario.ts';
import type { RandomStream } from '../../sim/index.ts';
import type { ClusterLayout, ModelContext } from '../context.ts';
import { booleanConfig, numberConfig } from '../controller/clusterSettings.ts';
import type { BrokerPort } from '../metadata.ts';
import { NO_CAUSE } from '../trace.ts';
import { connectOrder } from '../zookeeper/hostProvider.ts';
import { SplitControlPlane } from './splitControlPlane.ts';
import { ZkControlPlane } from './zkControlPlane.ts';

/** A cluster, or one of the clusters that a person takes for one. */
export interface ClusterSide {
  readonly layout: ClusterLayout;
  readonly controller: ZkControlPlane;
}

/** Milliseconds since 1970 at time 0 of a run lie within a year of this. */
const EPOCH_MS = 1_700_000_000_000;
const YEAR_MS = 31_536_000_000;
/** `System.identityHashCode` has 25 bits in common virtual machines, and is alike in processes that start alike. */
const HASH_BOUND = 0x2000000;

/**
 * Which of several stand-alone ZooKeepers a broker meets: the first one of its client's shuffle that answers.
 *
 * Source: ZooKeeper's `StaticHostProvider`; Kafka's `KafkaServer.getOrGenerateClusterId` for what follows on a restart.
 */
export class StandAloneChoice {
  readonly #ctx: ModelContext;
  readonly #layout: ClusterLayout;
  readonly #random: RandomStream;
  readonly #clockMs: number;
  readonly #hash: number;
  /** Position of the server on which the broker's data depends. */
  readonly #homes = new Map<number, number>();

  constructor(ctx: ModelContext, layout: ClusterLayout) {
    this.#ctx = ctx;
    this.#layout = layout;
    this.#random = ctx.kernel.random.stream(`stand-alone/${layout.spec.name}`);
    this.#clockMs = EPOCH_MS + Math.floor(this.#random.next() * YEAR_MS);
    this.#hash = this.#random.uniformInt(0, HASH_BOUND);
    const withinMs = Math.floor(layout.spec.zookeeper!.startsWithinUs / 1000);
    for (const broker of layout.brokers) {
      const laterMs = this.#random.uniformInt(0, withinMs + 1);
      this.#homes.set(broker, this.#order(this.#clockMs + laterMs)[0]!);
    }
  }

  home(broker: number): number {
    return this.#homes.get(broker)!;
  }

  /** The broker starts on its data. False: it meets another ZooKeeper, whose cluster id is not that of the data. */
  meetsHome(broker: number): boolean {
    const { zooKeeperProcesses, brokerProcesses } = this.#layout;
    const { links } = this.#ctx.network;
    const process = brokerProcesses[broker]!;
    const order = this.#order(this.#clockMs + Math.floor(this.#ctx.kernel.nowUs / 1000));
    const met = order.find((server) => {
      const candidate = zooKeeperProcesses[server]!;
      return candidate.life === 'running' && links.isReachable(process, candidate);
    });
    return met === undefined || met === this.home(broker);
  }

  #order(clockMs: number): number[] {
    const servers = this.#layout.zooKeeperProcesses.map((_, server) => server);
    return connectOrder(servers, clockMs, this.#hash);
  }
}

/**
 * Brokers whose `zookeeper.connect` names ZooKeepers that do not know each other: one cluster, if all of them chose
 * alike, else one for each ZooKeeper that was chosen.
 *
 * Not modelled: a running broker whose own ZooKeeper dies and that goes on at another one.
 */
export function standAloneClusters(
  ctx: ModelContext,
  layout: ClusterLayout,
  port: BrokerPort,
): { readonly controller: ZkControlPlane | SplitControlPlane; readonly sides: readonly ClusterSide[] } {
  const choice = new StandAloneChoice(ctx, layout);
  const chosen = [...new Set(layout.brokers.map((broker) => choice.home(broker)))].sort((a, b) => a - b);
  const creator = ctx.kernel.random.stream(`stand-alone/${layout.spec.name}/topics`).uniformInt(0, chosen.length);
  const sides = chosen.map((server, position) => {
    const members = layout.brokers.filter((broker) => choice.home(broker) === server);
    const side = chosen.length === 1 ? layout : sideLayout(layout, members, position === creator);
    const options = { servers: [server], meetsOwnEnsemble: (broker: number) => choice.meetsHome(broker) };
    return { layout: side, controller: new ZkControlPlane(ctx, side, port, options) };
  });
  const tell = (): void => tellFinding(ctx, layout, choice, chosen, sides);
  if (sides.length === 1) {
    sides[0]!.controller.afterBootstrap(tell);
    return { controller: sides[0]!.controller, sides };
  }
  return { controller: new SplitControlPlane(ctx, layout, sides, tell), sides };
}

function sideLayout(layout: ClusterLayout, members: readonly number[], isCreator: boolean): ClusterLayout {
  const { spec } = layout;
  const isMember = (_: unknown, position: number): boolean => members.includes(layout.brokers[position]!);
  const side: Cluster = {
    ...spec,
    brokers: spec.brokers.filter(isMember),
    controllers: spec.controllers.filter(isMember),
  };
  return {
    ...layout,
    spec: { ...side, topics: spec.topics.flatMap((topic) => topicOn(side, topic, isCreator) ?? []) },
    brokers: members,
    controllers: layout.controllers.filter(isMember),
    controllerProcesses: layout.controllerProcesses.filter(isMember),
  };
}

/**
 * A topic as one of the clusters has it. Who creates it meets one of them, where it needs enough brokers; elsewhere it
 * comes into being when a client asks for it (auto.create.topics.enable), with the brokers' defaults.
 */
function topicOn(side: Cluster, topic: Topic, isCreator: boolean): Topic | undefined {
  if (topic.creation !== 'atStart') return topic;
  const isPossible =
    topic.replicationFactor <= side.brokers.length &&
    (topic.assignment ?? []).every((ids) => ids.every((id) => side.brokers.some((broker) => broker.id === id)));
  if (isCreator && isPossible) return topic;
  const replicationFactor = numberConfig(side, 'default.replication.factor');
  if (!booleanConfig(side, 'auto.create.topics.enable') || replicationFactor > side.brokers.length) return undefined;
  const configs = new Map([...topic.configs].filter(([, { origin }]) => origin !== 'topic'));
  return {
    name: topic.name,
    partitionCount: numberConfig(side, 'num.partitions'),
    replicationFactor,
    creation: 'atStart',
    assignment: null,
    configs,
  };
}

function tellFinding(
  ctx: ModelContext,
  { spec, brokers }: ClusterLayout,
  choice: StandAloneChoice,
  chosen: readonly number[],
  sides: readonly ClusterSide[],
): void {
  const { recorder, kernel, cast } = ctx;
  const nodes = spec.zookeeper!.nodes;
  const nameOf = (server: number): string => `ZooKeeper ${nodes[server]!.id}`;
  const set = `The ${nodes.length} ZooKeepers of cluster ${spec.name} do not know each other: each broker picks one of them by chance when it starts.`;
  const risk =
    'A broker that picks another one on a restart stops, since the cluster id there is not that of its data.';
  const where = brokers
    .map((broker) => `broker ${cast.brokers[broker]!.id} in ${nameOf(choice.home(broker))}`)
    .join(', ');
  const text =
    chosen.length === 1
      ? `${set} All picked ${nameOf(chosen[0]!)} this time, so it looks like a healthy cluster while the other stays empty. ${risk}`
      : `${set} This time they are ${chosen.length} clusters (${where}) with ids, controllers, topics and producer ids of their own: clients that name all brokers get one of them at random. ${risk}`;
  const finding = recorder.event(kernel.nowUs, NO_CAUSE, { type: 'finding', cluster: spec.name, text });
  if (sides.length === 1) return;
  for (const { name, replicationFactor } of spec.topics) {
    const largest = Math.max(...sides.map((side) => side.layout.brokers.length));
    if (replicationFactor > largest)
      recorder.event(kernel.nowUs, finding, {
        type: 'topic.createFailed',
        cluster: spec.name,
        topic: name,
        error: `INVALID_REPLICATION_FACTOR: replication factor ${replicationFactor} is larger than available brokers: ${largest}`,
      });
  }
}
