/** A cluster's control plane alone, for tests: real kernel and network, brokers that do nothing by themselves. */

import { configNames, defaultConfigValue } from '../../kafka/configTable.ts';
import { type KafkaVersion, LATEST_VERSION } from '../../kafka/versions.ts';
import type { Cluster, ConfigEntry, ConfigValue, Scenario, Topic } from '../../scenario/scenario.ts';
import { Kernel } from '../../sim/index.ts';
import type { ClusterLayout, ModelContext } from '../context.ts';
import type { BrokerPort, MetadataDelta, PartitionImage } from '../metadata.ts';
import { Links } from '../network/links.ts';
import { Network } from '../network/network.ts';
import { Process } from '../network/process.ts';
import type { Cast, Recorder, TraceBody, TraceEvent } from '../trace.ts';
import { ClusterVersions } from '../versions/clusterVersions.ts';
import { ControllerPlane } from './controllerPlane.ts';

export interface BedOptions {
  readonly seed?: string;
  readonly kafka?: KafkaVersion;
  readonly brokers?: number;
  /** Dedicated controllers; 0: every broker is a combined node. */
  readonly controllers?: number;
  readonly elr?: boolean;
  readonly configs?: Readonly<Record<string, ConfigValue>>;
  readonly topicConfigs?: Readonly<Record<string, ConfigValue>>;
  /** Assignments of the topic orders by broker id. */
  readonly assignment?: readonly (readonly number[])[];
  readonly loadUs?: number;
  readonly latencyUs?: number;
}

const PLACE = { region: 'local', zone: 'a' };

export class Bed implements BrokerPort {
  readonly kernel: Kernel;
  readonly network: Network;
  readonly plane: ControllerPlane;
  readonly brokers: readonly Process[];
  readonly controllers: readonly Process[];
  readonly events: TraceEvent[] = [];
  /** By broker: what it has applied. */
  readonly deltas: { readonly atUs: number; readonly delta: MetadataDelta }[][];
  readonly serving: number[] = [];
  readonly loads: { readonly broker: number; readonly clean: boolean }[] = [];
  readonly #loadUs: number;

  constructor(options: BedOptions = {}) {
    const scenario = newScenario(options);
    const spec = scenario.clusters[0]!;
    this.kernel = new Kernel(options.seed ?? 'A');
    this.#loadUs = options.loadUs ?? 200_000;
    this.brokers = spec.brokers.map((node, i) => new Process(i, `broker-${node.id}`, 'broker', PLACE));
    const isCombined = spec.controllers[0]!.combined;
    const count = this.brokers.length;
    this.controllers = isCombined
      ? this.brokers
      : spec.controllers.map((node, i) => new Process(count + i, `controller-${node.id}`, 'controller', PLACE));
    const processes = isCombined ? this.brokers : [...this.brokers, ...this.controllers];
    const nics = processes.map(() => 1e9);
    this.network = new Network(this.kernel, new Links(scenario, processes, nics, this.kernel.random), processes);
    this.deltas = this.brokers.map(() => []);
    const versions = new ClusterVersions(spec);
    const layout: ClusterLayout = {
      spec,
      versions,
      behaviour: versions.behaviour,
      brokers: this.brokers.map((_, i) => i),
      brokerProcesses: this.brokers,
      controllerProcesses: this.controllers,
      controllers: this.controllers.map((_, i) => i),
      zooKeeperProcesses: [],
      zooKeepers: [],
    };
    const ctx: ModelContext = {
      scenario,
      kernel: this.kernel,
      recorder: this.#recorder(),
      network: this.network,
      cast: newCast(scenario),
    };
    this.plane = new ControllerPlane(ctx, layout, this);
    this.plane.bootstrap();
  }

  // ── the brokers ───────────────────────────────────────────────────────────────────────────────

  applyMetadata(broker: number, delta: MetadataDelta): void {
    this.deltas[broker]!.push({ atUs: this.kernel.nowUs, delta });
  }

  loadLogs(broker: number, clean: boolean, done: () => void): void {
    this.loads.push({ broker, clean });
    this.kernel.atControl(this.kernel.nowUs + this.#loadUs, done);
  }

  startServing(broker: number): void {
    this.serving.push(broker);
  }

  shutDown(_broker: number, done: () => void): void {
    this.kernel.atControl(this.kernel.nowUs + 300_000, () => done());
  }

  // ── what tests do ─────────────────────────────────────────────────────────────────────────────

  runTo(seconds: number): void {
    const untilUs = Math.round(seconds * 1e6);
    // A parked cluster has no events; without one the clock would stand still.
    this.kernel.atControl(untilUs, () => {});
    this.kernel.run(untilUs);
  }

  fail(process: Process, act: (process: Process) => void): number {
    process.cause = this.#event(-1, { type: 'failure.began', failure: 0, name: 'test', touched: [process.name] });
    act(process);
    return process.cause;
  }

  kill(process: Process): number {
    return this.fail(process, (p) => p.kill());
  }

  restart(broker: number): void {
    this.fail(this.brokers[broker]!, (p) => p.start());
    this.plane.startBroker(broker, this.brokers[broker]!.cause);
  }

  cut(a: Process, b: Process): () => void {
    this.fail(a, () => {});
    b.cause = a.cause;
    const pairs = [[a, b] as const, [b, a] as const];
    this.network.links.cut(pairs);
    return () => this.network.links.heal(pairs);
  }

  get active(): Process {
    return this.controllers[this.plane.activeController()]!;
  }

  image(partition: number): PartitionImage {
    return this.plane.partitionImage(partition);
  }

  /** Events of a type, times in seconds. */
  of<Type extends TraceBody['type']>(type: Type): (Extract<TraceEvent, { type: Type }> & { readonly at: number })[] {
    return this.events
      .filter((event) => event.type === type)
      .map((event) => ({ ...event, at: event.atUs / 1e6 })) as never;
  }

  #event(cause: number, body: TraceBody): number {
    this.events.push({ ...body, id: this.events.length, atUs: this.kernel.nowUs, cause });
    return this.events.length - 1;
  }

  #recorder(): Recorder {
    const event = (_atUs: number, cause: number, body: TraceBody): number => this.#event(cause, body);
    return { event } as Partial<Recorder> as Recorder;
  }
}

function newScenario(options: BedOptions): Scenario {
  const kafka = options.kafka ?? LATEST_VERSION;
  const brokers = options.brokers ?? 3;
  const dedicated = options.controllers ?? 3;
  const assignment = options.assignment ?? [
    [1, 2, 3],
    [2, 3, 1],
    [3, 1, 2],
  ];
  const hardware = { cores: 4, memoryBytes: 8e9, disks: [], networkBytesPerSec: 1e9 };
  const topic: Topic = {
    name: 'orders',
    partitionCount: assignment.length,
    replicationFactor: assignment[0]!.length,
    creation: 'atStart',
    assignment,
    configs: entries(options.topicConfigs ?? { 'min.insync.replicas': 2 }, 'topic'),
  };
  const quality = { latencyUs: options.latencyUs ?? 300, jitter: 0, bandwidthBytesPerSec: 1e9, loss: 0 };
  const cluster: Cluster = {
    name: 'main',
    kafka,
    zookeeper: null,
    controllers: Array.from({ length: dedicated || brokers }, (_, i) => ({
      id: dedicated ? 101 + i : 1 + i,
      place: PLACE,
      combined: dedicated === 0,
    })),
    brokers: Array.from({ length: brokers }, (_, i) => ({
      id: i + 1,
      place: PLACE,
      rack: null,
      hardware,
      joinsLater: false,
    })),
    brokerConfigs: new Map([...brokerDefaults(kafka), ...entries(options.configs ?? {}, 'broker')]),
    topics: [topic],
    eligibleLeaderReplicas: options.elr ?? false,
  };
  return {
    name: 'test',
    description: '',
    tags: [],
    seed: 'A',
    source: { path: '', text: '' },
    variant: [],
    durationUs: 1e9,
    warmupUs: 0,
    regions: [{ name: 'local', zones: ['a'], withinZone: quality, betweenZones: quality }],
    links: [],
    clusters: [cluster],
    producers: [],
    consumers: [],
    failures: [],
    operations: [],
    expectations: [],
    notModelled: [],
  };
}

function brokerDefaults(kafka: KafkaVersion): Map<string, ConfigEntry> {
  const defaults = new Map<string, ConfigEntry>();
  for (const name of configNames('broker', kafka)) {
    const value = defaultConfigValue('broker', name, kafka);
    if (value !== undefined && !Array.isArray(value))
      defaults.set(name, { value: value as ConfigValue, origin: 'kafka default' });
  }
  return defaults;
}

function entries(
  values: Readonly<Record<string, ConfigValue>>,
  origin: ConfigEntry['origin'],
): Map<string, ConfigEntry> {
  return new Map(Object.entries(values).map(([name, value]) => [name, { value, origin }]));
}

function newCast(scenario: Scenario): Cast {
  const [cluster] = scenario.clusters;
  return {
    scenario,
    brokers: cluster!.brokers.map(({ id, rack }) => ({ cluster: 'main', id, ...PLACE, rack })),
    zooKeepers: [],
    controllers: cluster!.controllers.map(({ id, combined }, i) => ({
      cluster: 'main',
      id,
      ...PLACE,
      broker: combined ? i : -1,
    })),
    partitions: [],
    clients: [],
    groups: [],
    lanes: [],
  };
}
