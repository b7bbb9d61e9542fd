import { compareVersions, type KafkaVersion } from '../../kafka/versions.ts';
import type { OperationVerb } from '../../scenario/scenario.ts';
import type { ClusterLayout } from '../context.ts';
import type { Process } from '../network/process.ts';
import type { World } from '../world.ts';
import type { OperationLog } from './operationRunner.ts';
import { underReplicated, whenTrue } from './waiting.ts';

type Upgrade = Extract<OperationVerb, { verb: 'upgrade' }>;

/** How long a controller that runs again takes to be a member of the quorum that others may count on. */
const REJOIN_US = 5_000_000;

/** One process to restart with other binaries: a broker, a controller, or both in one. Indexes; -1: not that. */
interface RollNode {
  readonly process: Process;
  readonly broker: number;
  readonly controller: number;
}

/**
 * Restarts every node with the binaries of another release, one after the other, and raises metadata.version in the end.
 *
 * With KRaft controllers come first unless said otherwise, the active one last of them; then `kafka-features upgrade
 * --release-version`. With ZooKeeper brokers are rolled once with the new binaries and a second time with the new
 * inter.broker.protocol.version. A roll back asks for the downgrade first, since older binaries refuse to start with a
 * metadata.version that they do not know.
 *
 * Source: Kafka documentation, "Upgrading"; KIP-584, KIP-778, KIP-1022.
 */
export function upgrade(world: World, action: Upgrade, log: OperationLog): void {
  const { layout, controller } = world.cluster(action.cluster);
  const to = action.to as KafkaVersion;
  const roll = (): void => {
    new Roll(world, action, log, () => {
      layout.versions.installEverywhere(to);
      if (!action.finalize || layout.versions.finalized === to) log.end(null);
      else if (layout.spec.zookeeper !== null) secondRoll(world, action, log);
      else finalize(world, action, log, () => log.end(null));
    }).next(nodesInOrder(layout, action.first, controller.activeController()));
  };
  if (action.finalize && compareVersions(to, layout.versions.finalized) < 0) finalize(world, action, log, roll);
  else roll();
}

/** Brokers take the new inter.broker.protocol.version from their static configuration: at the next restart. */
function secondRoll(world: World, action: Upgrade, log: OperationLog): void {
  const { layout } = world.cluster(action.cluster);
  log.step(`second roll, with inter.broker.protocol.version ${action.to}`);
  new Roll(world, action, log, () => {
    const { recorder, kernel } = world.ctx;
    const { cluster, to } = action;
    layout.versions.finalize(to as KafkaVersion);
    recorder.event(kernel.nowUs, log.cause, { type: 'metadataVersion.changed', cluster, to });
    log.end(null);
  }).next(nodesInOrder(layout, 'brokers', -1));
}

function finalize(world: World, action: Upgrade, log: OperationLog, then: () => void): void {
  const { controller } = world.cluster(action.cluster);
  log.step(`kafka-features: metadata.version of ${action.to}`);
  controller.updateFeatures(
    action.to,
    (error, reason) => {
      if (error === 'NONE') then();
      else log.end(`${error}: ${reason}`);
    },
    log.cause,
  );
}

/** Controllers and brokers as said; a node that is both comes once; the active controller is the last of its kind. */
function nodesInOrder(layout: ClusterLayout, first: Upgrade['first'], active: number): RollNode[] {
  const brokerNodes = layout.brokers.map((broker): RollNode => {
    const process = layout.brokerProcesses[broker]!;
    const slot = layout.spec.zookeeper === null ? layout.controllerProcesses.indexOf(process) : -1;
    return { process, broker, controller: slot < 0 ? -1 : layout.controllers[slot]! };
  });
  const dedicated = layout.controllers.flatMap((controller, slot): RollNode[] => {
    const process = layout.controllerProcesses[slot]!;
    return brokerNodes.some((node) => node.process === process) ? [] : [{ process, broker: -1, controller }];
  });
  const last = ({ controller }: RollNode): number => (controller >= 0 && controller === active ? 1 : 0);
  const byLast = (nodes: RollNode[]): RollNode[] => nodes.toSorted((a, b) => last(a) - last(b));
  const parts = [byLast(dedicated), byLast(brokerNodes)];
  return (first === 'controllers' ? parts : parts.toReversed()).flat();
}

class Roll {
  readonly #world: World;
  readonly #action: Upgrade;
  readonly #log: OperationLog;
  readonly #done: () => void;

  constructor(world: World, action: Upgrade, log: OperationLog, done: () => void) {
    this.#world = world;
    this.#action = action;
    this.#log = log;
    this.#done = done;
  }

  next([node, ...rest]: readonly RollNode[]): void {
    if (node === undefined) {
      this.#done();
      return;
    }
    const { process } = node;
    if (process.life === 'dead') {
      // A machine that is down gets the binaries too, and starts with them whenever it starts.
      this.#install(node);
      this.next(rest);
      return;
    }
    this.#log.step(`${process.name}: SIGTERM`);
    process.cause = this.#log.cause;
    this.#world.stop(process, this.#log.cause);
    whenTrue(
      this.#world,
      () => process.life === 'dead',
      () => this.#start(node, rest),
    );
  }

  #install({ broker, controller }: RollNode): void {
    const { versions } = this.#world.cluster(this.#action.cluster).layout;
    if (broker >= 0) versions.install('broker', broker, this.#action.to as KafkaVersion);
    if (controller >= 0) versions.install('controller', controller, this.#action.to as KafkaVersion);
  }

  #start(node: RollNode, rest: readonly RollNode[]): void {
    const { layout } = this.#world.cluster(this.#action.cluster);
    const { kernel } = this.#world.ctx;
    const { process, controller } = node;
    this.#install(node);
    if (controller >= 0 && !layout.versions.mayRegister('controller', controller)) {
      this.#log.end(
        `UNSUPPORTED_VERSION: ${process.name} exits: it does not know metadata.version ${layout.versions.finalized}`,
      );
      return;
    }
    this.#log.step(`${process.name}: start with ${this.#action.to}`);
    this.#world.start(process, this.#log.cause);
    const startedUs = kernel.nowUs;
    whenTrue(
      this.#world,
      () => process.life === 'dead' || this.#isBack(node, startedUs),
      () => {
        if (process.life !== 'dead')
          kernel.atControl(kernel.nowUs + (this.#action.pauseUs ?? 0), () => this.next(rest));
        else this.#log.end(`UNSUPPORTED_VERSION: ${process.name} could not register`);
      },
    );
  }

  #isBack({ process, broker, controller }: RollNode, startedUs: number): boolean {
    const { cluster, waitForInSync } = this.#action;
    const plane = this.#world.cluster(cluster).controller;
    if (process.life !== 'running' || plane.activeController() < 0) return false;
    if (controller >= 0 && this.#world.ctx.kernel.nowUs - startedUs < REJOIN_US) return false;
    if (broker >= 0 && plane.brokerState(broker) !== 'RUNNING') return false;
    return !waitForInSync || underReplicated(this.#world, cluster) === 0;
  }
}
