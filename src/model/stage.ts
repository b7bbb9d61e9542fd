import type { Place, Scenario } from '../scenario/scenario.ts';
import { Kernel } from '../sim/index.ts';
import type { ModelContext } from './context.ts';
import { Links } from './network/links.ts';
import { Network } from './network/network.ts';
import { Process, type ProcessKind } from './network/process.ts';
import type { Cast, Recorder } from './trace.ts';

/** Clients and controllers do not run into their own NIC in this version. */
const UNLIMITED_NIC_BYTES_PER_SEC = 12_500_000_000;

interface ClientSeat {
  readonly name: string;
  readonly kind: 'producer' | 'consumer';
  readonly instance: number;
  readonly process: Process;
}

/** Who is there: every process of the scenario, its number in the cast, and the network between them. */
export class Stage {
  readonly ctx: ModelContext;
  readonly processes: readonly Process[];
  readonly brokerProcesses: readonly Process[];
  readonly seats: readonly ClientSeat[];
  readonly #controllers: { readonly cluster: string; readonly process: Process }[] = [];

  readonly #zooKeepers: { readonly cluster: string; readonly process: Process }[] = [];

  constructor(scenario: Scenario, recorder: Recorder) {
    const kernel = new Kernel(scenario.seed);
    const processes: Process[] = [];
    const nics: number[] = [];
    const add = (name: string, kind: ProcessKind, place: Place, nicBytesPerSec: number): Process => {
      const process = new Process(processes.length, name, kind, place);
      processes.push(process);
      nics.push(nicBytesPerSec);
      return process;
    };
    const cast: { -readonly [K in keyof Cast]: Cast[K] extends readonly (infer T)[] ? T[] : Cast[K] } = {
      scenario,
      brokers: [],
      controllers: [],
      zooKeepers: [],
      partitions: [],
      clients: [],
      groups: [],
      lanes: [],
    };
    const several = scenario.clusters.length > 1;
    const brokerProcesses: Process[] = [];
    for (const cluster of scenario.clusters) {
      const prefix = several ? `${cluster.name} ` : '';
      const first = cast.brokers.length;
      for (const node of cluster.brokers) {
        const process = add(`${prefix}broker ${node.id}`, 'broker', node.place, node.hardware.networkBytesPerSec);
        if (node.joinsLater) process.kill();
        brokerProcesses.push(process);
        cast.brokers.push({
          cluster: cluster.name,
          id: node.id,
          zone: node.place.zone,
          region: node.place.region,
          rack: node.rack,
        });
      }
      for (const node of cluster.controllers) {
        const broker = node.combined ? first + cluster.brokers.findIndex((one) => one.id === node.id) : -1;
        const process =
          broker >= 0
            ? brokerProcesses[broker]!
            : add(`${prefix}controller ${node.id}`, 'controller', node.place, UNLIMITED_NIC_BYTES_PER_SEC);
        this.#controllers.push({ cluster: cluster.name, process });
        cast.controllers.push({
          cluster: cluster.name,
          id: node.id,
          zone: node.place.zone,
          region: node.place.region,
          broker,
        });
      }
    }
    for (const { name, zookeeper } of scenario.clusters) {
      for (const { id, place } of zookeeper?.nodes ?? []) {
        const prefix = several ? `${name} ` : '';
        const process = add(`${prefix}zookeeper ${id}`, 'zookeeper', place, UNLIMITED_NIC_BYTES_PER_SEC);
        this.#zooKeepers.push({ cluster: name, process });
        cast.zooKeepers.push({ cluster: name, id, zone: place.zone, region: place.region });
      }
    }
    const seats: ClientSeat[] = [];
    const shared = new Map<string, Process>();
    const seat = (name: string, kind: 'producer' | 'consumer', places: readonly Place[], of = name): void => {
      for (let instance = 0; instance < Math.max(places.length, largestScale(scenario, of)); instance++) {
        const place = places[instance % places.length]!;
        // A consumer that writes what it makes of its records is one process with two clients.
        const known = kind === 'consumer' ? shared.get(`${name}/${instance}`) : undefined;
        const process = known ?? add(`${of}/${instance}`, 'client', place, UNLIMITED_NIC_BYTES_PER_SEC);
        if (of !== name) shared.set(`${of}/${instance}`, process);
        seats.push({ name, kind, instance, process });
        cast.clients.push({ name, kind, instance, zone: place.zone, region: place.region });
      }
    };
    for (const producer of scenario.producers) seat(producer.name, 'producer', producer.instances, producer.fedBy);
    for (const group of scenario.consumers) {
      seat(group.name, 'consumer', group.instances);
      cast.groups.push({ name: group.name, cluster: group.cluster, topics: group.topics });
    }
    const links = new Links(scenario, processes, nics, kernel.random);
    this.ctx = { scenario, kernel, recorder, network: new Network(kernel, links, processes), cast };
    this.processes = processes;
    this.brokerProcesses = brokerProcesses;
    this.seats = seats;
  }

  brokersOf(cluster: string): number[] {
    return indexesOf(this.ctx.cast.brokers, cluster);
  }

  controllersOf(cluster: string): number[] {
    return indexesOf(this.ctx.cast.controllers, cluster);
  }

  controllerProcessesOf(cluster: string): Process[] {
    return this.#controllers.filter((one) => one.cluster === cluster).map((one) => one.process);
  }

  /** ZooKeeper servers of a cluster, in the order of the scenario. */
  zooKeeperProcessesOf(cluster: string): Process[] {
    return this.#zooKeepers.filter((one) => one.cluster === cluster).map((one) => one.process);
  }

  zooKeepersOf(cluster: string): number[] {
    return indexesOf(this.ctx.cast.zooKeepers, cluster);
  }

  clientProcesses(name: string, instance: number | null): Process[] {
    return this.seats
      .filter((seat) => seat.name === name && (instance === null || seat.instance === instance))
      .map((seat) => seat.process);
  }
}

/** Instances that a `scale` operation brings are seated from the start and begin later. */
function largestScale(scenario: Scenario, client: string): number {
  let largest = 0;
  for (const { action } of scenario.operations)
    if (action.verb === 'scale' && action.client === client) largest = Math.max(largest, action.instances);
  return largest;
}

function indexesOf(cast: readonly { readonly cluster: string }[], cluster: string): number[] {
  const indexes: number[] = [];
  cast.forEach((one, index) => {
    if (one.cluster === cluster) indexes.push(index);
  });
  return indexes;
}
