/** A controller quorum alone, for tests: real kernel, wires and disks, and records that mean nothing. */

import { behaviourOf } from '../../../kafka/behaviour.ts';
import { defaultConfigValue } from '../../../kafka/configTable.ts';
import type { KafkaVersion } from '../../../kafka/versions.ts';
import type { Cluster, ConfigEntry, Scenario } from '../../../scenario/scenario.ts';
import { Kernel } from '../../../sim/index.ts';
import type { ClusterLayout, ModelContext } from '../../context.ts';
import { Boots } from '../../controller/boots.ts';
import { clusterSettings } from '../../controller/clusterSettings.ts';
import type { LeaderTerm } from '../../controller/leaderTerm.ts';
import { MetadataBatch, NO_RECORDS } from '../../controller/metadataBatch.ts';
import { Quorum } from '../../controller/quorum.ts';
import { Links } from '../../network/links.ts';
import { Network } from '../../network/network.ts';
import { Process } from '../../network/process.ts';
import type { Recorder, TraceBody } from '../../trace.ts';
import type { RaftNode } from '../raftNode.ts';

export interface RaftWorldOptions {
  readonly seed: string;
  readonly kafka: KafkaVersion;
  readonly voters: number;
  readonly configs?: Readonly<Record<string, number>>;
}

const PLACE = { region: 'local', zone: 'a' };
const QUALITY = { latencyUs: 300, jitter: 0.2, bandwidthBytesPerSec: 1e9, loss: 0 };
const CONFIGS = [
  'broker.heartbeat.interval.ms',
  'broker.session.timeout.ms',
  'initial.broker.registration.timeout.ms',
  'controller.quorum.fetch.timeout.ms',
  'controller.quorum.election.timeout.ms',
  'controller.quorum.election.backoff.max.ms',
  'controller.quorum.request.timeout.ms',
  'controller.quorum.append.linger.ms',
  'metadata.max.idle.interval.ms',
  'auto.leader.rebalance.enable',
  'controlled.shutdown.enable',
  'metadata.log.max.record.bytes.between.snapshots',
  'metadata.max.retention.bytes',
];

export class RaftWorld {
  readonly kernel: Kernel;
  readonly network: Network;
  readonly quorum: Quorum;
  readonly processes: readonly Process[];
  /** The active controller's term; null: none that anybody knows of. */
  term: LeaderTerm | null;
  /** Last offsets of committed batches, in the order in which they were told. */
  readonly told: number[] = [];
  /** Called while a leader commits: a resumed process may do much at one instant. */
  onCommit: () => void = () => {};
  readonly events: (TraceBody & { readonly atUs: number })[] = [];
  /** Appends whose commit was answered, by number. */
  readonly answered: number[] = [];
  #appends = 0;

  constructor({ seed, kafka, voters, configs = {} }: RaftWorldOptions) {
    this.kernel = new Kernel(seed);
    this.processes = Array.from({ length: voters }, (_, i) => new Process(i, `c${i}`, 'controller', PLACE));
    const scenario = {
      regions: [{ name: 'local', zones: ['a'], withinZone: QUALITY, betweenZones: QUALITY }],
      links: [],
    };
    const nics = this.processes.map(() => 1e9);
    const links = new Links(scenario as unknown as Scenario, this.processes, nics, this.kernel.random);
    this.network = new Network(this.kernel, links, this.processes);
    const spec = clusterOf(kafka, voters, configs);
    const layout = {
      spec,
      behaviour: behaviourOf(kafka),
      controllerProcesses: this.processes,
      controllers: this.processes.map((_, i) => i),
    } as unknown as ClusterLayout;
    const recorder = {
      event: (atUs: number, _cause: number, body: TraceBody) => this.events.push({ ...body, atUs }) - 1,
    } as Partial<Recorder> as Recorder;
    const ctx = { kernel: this.kernel, network: this.network, recorder } as Partial<ModelContext> as ModelContext;
    this.quorum = new Quorum(ctx, layout, clusterSettings(spec), new Boots(this.kernel.random), {
      onActive: (term) => {
        this.term = term;
      },
      onTermEnded: (term) => {
        if (this.term === term) this.term = null;
      },
      onCommitted: (batch) => {
        this.told.push(batch.lastOffset);
        this.onCommit();
        batch.onCommitted?.();
      },
      onAppended: () => {},
    });
    this.term = this.quorum.bootstrap(
      this.kernel.random.stream('leader').uniformInt(0, voters),
      new MetadataBatch(1, 0, NO_RECORDS),
    );
  }

  get nodes(): readonly RaftNode[] {
    return this.quorum.nodes;
  }

  get leader(): RaftNode | undefined {
    return this.term?.leader.node;
  }

  /** What an active controller does now and then; a frozen one does nothing. */
  append(): void {
    const { term } = this;
    if (term === null || term.isOver || term.leader.process.life !== 'running') return;
    const number = this.#appends++;
    term.append(NO_RECORDS, -1, () => this.answered.push(number));
  }

  get appends(): number {
    return this.#appends;
  }

  runTo(untilUs: number, afterEach: () => void = () => {}): void {
    this.kernel.atControl(untilUs, () => {});
    while (this.kernel.run(untilUs, { maxEvents: 1 }) === 'budget') afterEach();
    afterEach();
  }

  /** As quick as it goes. */
  skipTo(seconds: number): void {
    const untilUs = Math.round(seconds * 1e6);
    this.kernel.atControl(untilUs, () => {});
    this.kernel.run(untilUs);
  }

  cut(from: number, to: number): () => void {
    const pairs = [[this.processes[from]!, this.processes[to]!]] as const;
    this.network.links.cut(pairs);
    return () => this.network.links.heal(pairs);
  }

  /** Cuts one off from all others, both ways. */
  isolate(slot: number): () => void {
    const heals = this.processes.flatMap((_, other) =>
      other === slot ? [] : [this.cut(slot, other), this.cut(other, slot)],
    );
    return () => {
      for (const heal of heals) heal();
    };
  }

  statesOf(slot: number): string[] {
    return this.events.flatMap((e) => (e.type === 'controller.state' && e.controller === slot ? [e.to] : []));
  }
}

function clusterOf(kafka: KafkaVersion, voters: number, configs: Readonly<Record<string, number>>): Cluster {
  const brokerConfigs = new Map<string, ConfigEntry>();
  for (const name of CONFIGS) {
    const value = configs[name] ?? defaultConfigValue('broker', name, kafka);
    if (value !== undefined) brokerConfigs.set(name, { value, origin: 'kafka default' } as ConfigEntry);
  }
  const controllers = Array.from({ length: voters }, (_, i) => ({ id: 101 + i, place: PLACE, combined: false }));
  return { name: 'main', kafka, controllers, brokerConfigs } as unknown as Cluster;
}
