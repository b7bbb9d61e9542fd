/** An ensemble and its clients alone, for tests: real kernel and network, brokers that do nothing but keep a session. */

import type { Scenario } from '../../scenario/scenario.ts';
import { Kernel } from '../../sim/index.ts';
import { Links } from '../network/links.ts';
import { Process } from '../network/process.ts';
import type { Recorder, TraceBody } from '../trace.ts';
import { Ensemble } from './ensemble.ts';
import { ZkSessions } from './sessions.ts';
import type { ZkServer } from './zkServer.ts';
import type { ZkSession } from './zkSession.ts';

const PLACE = { region: 'local', zone: 'a' };
const QUALITY = { latencyUs: 300, jitter: 0, bandwidthBytesPerSec: 1e9, loss: 0 };

export interface ZkBedOptions {
  readonly servers?: number;
  readonly brokers?: number;
  readonly seed?: string;
  readonly sessionMs?: number;
  readonly tickMs?: number;
}

export class ZkBed {
  readonly kernel: Kernel;
  readonly links: Links;
  readonly servers: readonly Process[];
  readonly brokers: readonly Process[];
  readonly ensemble: Ensemble;
  readonly sessions: ZkSessions;
  readonly events: (TraceBody & { readonly at: number })[] = [];
  readonly ended: { readonly broker: number; readonly state: string; readonly at: number }[] = [];
  readonly expired: { readonly broker: number; readonly at: number }[] = [];
  readonly connected: { readonly broker: number; readonly at: number }[] = [];

  constructor({ servers = 3, brokers = 3, seed = 'A', sessionMs = 18_000, tickMs = 2_000 }: ZkBedOptions = {}) {
    this.kernel = new Kernel(seed);
    this.brokers = Array.from({ length: brokers }, (_, i) => new Process(i, `broker ${i + 1}`, 'broker', PLACE));
    this.servers = Array.from(
      { length: servers },
      (_, i) => new Process(brokers + i, `zookeeper ${i + 1}`, 'zookeeper', PLACE),
    );
    const processes = [...this.brokers, ...this.servers];
    const regions = [{ name: 'local', zones: ['a'], withinZone: QUALITY, betweenZones: QUALITY }];
    const scenario = { regions, links: [] } as unknown as Scenario;
    const nics = processes.map(() => 1e9);
    this.links = new Links(scenario, processes, nics, this.kernel.random);
    const recorder = { event: (atUs: number, _cause: number, body: TraceBody) => this.#event(atUs, body) } as Recorder;
    this.ensemble = new Ensemble(
      this.kernel,
      this.links,
      recorder,
      this.kernel.random.stream('ensemble'),
      { cluster: 'main', tickTimeUs: tickMs * 1000, syncLimitTicks: 5 },
      this.servers.map((process, i) => ({ id: i + 1, zooKeeper: i, process })),
      {
        onLeader: () => this.sessions.leaderElected(),
        onLeaderLost: () => this.sessions.leaderLost(),
        onChange: () => this.sessions.refresh(),
      },
    );
    this.sessions = new ZkSessions(
      this.kernel,
      this.links,
      recorder,
      this.kernel.random,
      sessionMs * 1000,
      () => this.ensemble,
      new Map(this.brokers.map((process, broker) => [broker, process])),
      {
        sessionEnded: ({ broker, state }: ZkSession) => this.ended.push({ broker, state, at: this.at }),
        clientExpired: (broker) => this.expired.push({ broker, at: this.at }),
        connected: (broker) => this.connected.push({ broker, at: this.at }),
      },
    );
    this.ensemble.bootstrap();
    this.sessions.bootstrap();
  }

  get at(): number {
    return this.kernel.nowUs / 1e6;
  }

  get leader(): ZkServer {
    return this.ensemble.leader!;
  }

  runTo(seconds: number): void {
    const untilUs = Math.round(seconds * 1e6);
    this.kernel.atControl(untilUs, () => {});
    this.kernel.run(untilUs);
  }

  /** Both ways, between one process and some others. */
  cut(process: Process, others: readonly Process[]): () => void {
    const pairs = others.flatMap((other) => [[process, other] as const, [other, process] as const]);
    this.links.cut(pairs);
    return () => this.links.heal(pairs);
  }

  of<Type extends TraceBody['type']>(type: Type): (Extract<TraceBody, { type: Type }> & { readonly at: number })[] {
    return this.events.filter((event) => event.type === type) as never;
  }

  #event(atUs: number, body: TraceBody): number {
    this.events.push({ ...body, at: atUs / 1e6 });
    return this.events.length - 1;
  }
}
