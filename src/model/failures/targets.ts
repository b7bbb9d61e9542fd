import type { Selector } from '../../scenario/scenario.ts';
import type { RandomStream } from '../../sim/index.ts';
import type { Process } from '../network/process.ts';
import type { World } from '../world.ts';

/** The processes that a selector means at this moment; roles such as "leader of orders-0" are looked up now. Sorted by process index. */
export function resolveTargets(world: World, selector: Selector, random: RandomStream): Process[] {
  const present = resolve(world, selector, random).filter((process) => !world.isOutside(process));
  return [...new Set(present)].sort((a, b) => a.index - b.index);
}

function resolve(world: World, selector: Selector, random: RandomStream): Process[] {
  switch (selector.kind) {
    case 'broker':
      return present(world.brokerProcess(selector.cluster, selector.id));
    case 'controllerNode':
      return present(world.controllerProcess(selector.cluster, selector.id));
    case 'leaderOf':
      return brokerByIndex(world, world.image(selector.cluster, selector.topic, selector.partition)?.leader ?? -1);
    case 'followerOf': {
      const image = world.image(selector.cluster, selector.topic, selector.partition);
      const followers = image?.isr.filter((broker) => broker !== image.leader) ?? [];
      return followers.length === 0 ? [] : brokerByIndex(world, followers[random.uniformInt(0, followers.length)]!);
    }
    case 'activeController':
      return present(world.activeControllerProcess(selector.cluster));
    case 'coordinatorOf':
      return brokerByIndex(world, world.coordinatorOf(selector.group));
    case 'brokersOf':
      return world.cluster(selector.cluster).layout.brokers.map((broker) => world.brokerProcesses[broker]!);
    case 'controllersOf':
      return [...world.cluster(selector.cluster).layout.controllerProcesses];
    case 'zooKeeperNode':
      return present(world.zooKeeperProcess(selector.cluster, selector.id));
    case 'zooKeeperLeader':
      return present(world.zooKeeperLeaderProcess(selector.cluster));
    case 'zooKeepersOf':
      return [...world.cluster(selector.cluster).layout.zooKeeperProcesses];
    case 'zone':
      return world.processes.filter(
        (process) => process.place.region === selector.region && process.place.zone === selector.zone,
      );
    case 'region':
      return world.processes.filter((process) => process.place.region === selector.region);
    case 'client':
      return world.clientProcesses(selector.name, selector.instance);
    case 'everything':
      return [...world.processes];
    case 'anyOf': {
      const candidates = resolveTargets(world, selector.of, random).filter((process) => process.life === 'running');
      return candidates.length === 0 ? [] : [candidates[random.uniformInt(0, candidates.length)]!];
    }
    case 'allOf':
      return selector.of.flatMap((one) => resolve(world, one, random));
  }
}

function present(process: Process | undefined): Process[] {
  return process === undefined ? [] : [process];
}

function brokerByIndex(world: World, broker: number): Process[] {
  return present(world.brokerProcesses[broker]);
}
