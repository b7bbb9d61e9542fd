import type { FailureVerb, Selector } from '../../scenario/scenario.ts';
import type { RandomStream } from '../../sim/index.ts';
import type { Process } from '../network/process.ts';
import type { EventId } from '../trace.ts';
import type { World } from '../world.ts';
import { failDisk, fillDisk, powerLoss, stallDisk } from './diskVerbs.ts';
import { resolveTargets } from './targets.ts';

/** What a failure did, and the way back. */
export interface Strike {
  readonly touched: readonly string[];
  /** Called with the trace event of the failure's beginning before it acts. */
  readonly act: (cause: EventId) => void;
  readonly undo: (cause: EventId) => void;
}

/**
 * Looks up the targets of a failure now; null when there is nothing to touch.
 * @param forUs  after that time it is undone; null: never
 */
export function prepareStrike(
  world: World,
  verb: FailureVerb,
  random: RandomStream,
  forUs: number | null = null,
): Strike | null {
  switch (verb.verb) {
    case 'crash':
    case 'crashClient':
      return onProcesses(
        world,
        alive(world, verb.target, random),
        (process) => world.kill(process),
        (process, cause) => world.start(process, cause),
      );
    case 'stop':
      return onProcesses(
        world,
        running(world, verb.target, random),
        (process, cause) => world.stop(process, cause),
        (process, cause) => world.start(process, cause),
      );
    case 'freeze':
      return onProcesses(
        world,
        running(world, verb.target, random),
        (process) => process.freeze(),
        (process) => process.resume(),
      );
    case 'powerLoss':
      return powerLoss(world, verb.target, random);
    case 'failDisk':
      return failDisk(world, verb, random);
    case 'fillDisk':
      return fillDisk(world, verb, random);
    case 'stallDisk':
      return stallDisk(world, verb.target, random, forUs);
    case 'loseControllers':
      return loseControllers(world, verb.cluster, verb.count, random);
    case 'loseZooKeeper':
      return loseZooKeeper(world, verb.cluster, verb.count, random);
    case 'partition':
      return partition(world, verb.between, verb.oneWay, random);
    case 'degrade':
      return degrade(world, verb, random);
    case 'slow':
      return slow(world, verb, random);
    case 'leaveGroup':
      return onProcesses(
        world,
        running(world, verb.target, random),
        (process) => world.member(process)?.leaveGroup(),
        (process, cause) => world.start(process, cause),
      );
    case 'slowConsumer':
      return onProcesses(
        world,
        running(world, verb.target, random).filter((process) => world.member(process) !== undefined),
        (process, cause) => world.member(process)?.setWork(verb.perRecordUs, cause),
        (process, cause) => world.member(process)?.setWork(null, cause),
      );
  }
}

function running(world: World, selector: Selector, random: RandomStream): Process[] {
  return resolveTargets(world, selector, random).filter((process) => process.life === 'running');
}

/** kill -9 reaches a frozen process too. */
function alive(world: World, selector: Selector, random: RandomStream): Process[] {
  return resolveTargets(world, selector, random).filter((process) => process.life !== 'dead');
}

function onProcesses(
  world: World,
  processes: readonly Process[],
  act: (process: Process, cause: EventId) => void,
  undo: (process: Process, cause: EventId) => void,
): Strike | null {
  if (processes.length === 0) return null;
  return {
    touched: processes.map((process) => world.describe(process)),
    act: (cause) => {
      for (const process of processes) {
        process.cause = cause;
        act(process, cause);
      }
    },
    undo: (cause) => {
      for (const process of processes) {
        process.cause = cause;
        undo(process, cause);
      }
    },
  };
}

/** The active controller goes first, then others by a seeded choice. */
function loseControllers(world: World, clusterName: string, count: number, random: RandomStream): Strike | null {
  const left = world.cluster(clusterName).layout.controllerProcesses.filter((process) => process.life !== 'dead');
  const active = world.activeControllerProcess(clusterName);
  const others = random.shuffle(left.filter((process) => process !== active));
  const chosen = (active === undefined ? others : [active, ...others]).slice(0, count);
  return onProcesses(
    world,
    chosen,
    (process) => world.kill(process),
    (process, cause) => world.start(process, cause),
  );
}

/** The leader of the ensemble goes first, then others by a seeded choice. */
function loseZooKeeper(world: World, clusterName: string, count: number, random: RandomStream): Strike | null {
  const left = world.cluster(clusterName).layout.zooKeeperProcesses.filter((process) => process.life !== 'dead');
  const leader = world.zooKeeperLeaderProcess(clusterName);
  const others = random.shuffle(left.filter((process) => process !== leader));
  return onProcesses(
    world,
    (leader === undefined ? others : [leader, ...others]).slice(0, count),
    (process) => world.kill(process),
    (process, cause) => world.start(process, cause),
  );
}

function partition(
  world: World,
  between: readonly [Selector, Selector],
  oneWay: boolean,
  random: RandomStream,
): Strike | null {
  const [left, right] = sides(world, between, random);
  const pairs: (readonly [Process, Process])[] = [];
  for (const a of left) {
    for (const b of right) {
      pairs.push([a, b]);
      if (!oneWay) pairs.push([b, a]);
    }
  }
  if (pairs.length === 0) return null;
  const { links } = world.ctx.network;
  return {
    touched: [`${list(world, left)} ${oneWay ? '->' : '<->'} ${list(world, right)}`],
    act: (cause) => {
      for (const process of left) process.cause = cause;
      links.cut(pairs);
    },
    undo: (cause) => {
      for (const process of left) process.cause = cause;
      links.heal(pairs);
    },
  };
}

/** "everything" on one side means everything but the other side. */
function sides(world: World, between: readonly [Selector, Selector], random: RandomStream): [Process[], Process[]] {
  const left = resolveTargets(world, between[0], random);
  const right = resolveTargets(world, between[1], random).filter((process) => !left.includes(process));
  return [left, right];
}

function degrade(world: World, verb: Extract<FailureVerb, { verb: 'degrade' }>, random: RandomStream): Strike | null {
  const left = new Set(resolveTargets(world, verb.between[0], random));
  const right = new Set(resolveTargets(world, verb.between[1], random));
  if (left.size === 0 || right.size === 0) return null;
  let restore: () => void = () => {};
  return {
    touched: [`${list(world, [...left])} <-> ${list(world, [...right])}`],
    act: (cause) => {
      for (const process of left) process.cause = cause;
      restore = world.ctx.network.links.degrade(
        (from, to) => (left.has(from) && right.has(to)) || (left.has(to) && right.has(from)),
        verb.change,
      );
    },
    undo: () => restore(),
  };
}

function slow(world: World, verb: Extract<FailureVerb, { verb: 'slow' }>, random: RandomStream): Strike | null {
  const processes = running(world, verb.target, random);
  const change = (process: Process, factor: number): void => {
    const machine = world.machine(process);
    if (verb.resource === 'disk') machine?.disks.slow(factor);
    else if (verb.resource === 'cpu') machine?.slowCpu(factor);
    else {
      const nic = world.ctx.network.links.nic(process);
      nic.bytesPerSec = Math.max(1, Math.round(nic.bytesPerSec / factor));
    }
  };
  return onProcesses(
    world,
    processes,
    (process) => change(process, verb.factor),
    (process) => change(process, 1 / verb.factor),
  );
}

function list(world: World, processes: readonly Process[]): string {
  if (processes.length > 6) return `${processes.length} processes`;
  return processes.map((process) => world.describe(process)).join(', ');
}
