import type { Cast, EventId, TraceBody } from '../../model/trace.ts';
import { NO_CAUSE } from '../../model/trace.ts';
import type { Verdict } from '../../result/runResult.ts';
import type { Bound, Configs, Disk, Expectation, Scenario, Window } from '../../scenario/scenario.ts';
import { createJudge, type Judge, type Judgement } from '../judge.ts';

const HERE = { file: 'forged.scenario.yaml', line: 1, column: 1 };

export function configs(values: Readonly<Record<string, number | string | boolean>>): Configs {
  return new Map(Object.entries(values).map(([name, value]) => [name, { value, origin: 'scenario' as const }]));
}

export function bound(text: string, min: number | null, max: number | null): Bound {
  return { min, minInclusive: true, max, maxInclusive: true, text };
}

export function claim(
  name: string,
  params: Readonly<Record<string, unknown>>,
  more: Partial<Omit<Expectation, 'claim' | 'params'>> = {},
): Expectation {
  const window: Window = { kind: 'whole' };
  return { name, claim: name, params, window, violated: false, location: HERE, ...more };
}

export interface ForgedOptions {
  readonly warmupUs?: number;
  readonly racks?: readonly (string | null)[];
  readonly replicas?: readonly (readonly number[])[];
  readonly offsetReset?: 'earliest' | 'latest';
  /** Zone of each broker; clients are in zone a. */
  readonly zones?: readonly string[];
  readonly disks?: readonly Disk[];
  /** The model creates partitions and opens lanes after the cast was told. */
  readonly createsLater?: boolean;
}

/**
 * A trace written by hand: three brokers, `orders` with three partitions, producer `checkout` with one instance
 * (lanes 0..2 write partitions 0..2), group `billing` with three members. Times are milliseconds here.
 */
export class ForgedTrace {
  readonly judge: Judge;
  readonly cast: Cast;
  #judgement: Judgement | null = null;

  constructor(expectations: readonly Expectation[], options: ForgedOptions = {}) {
    const scenario = scenarioOf(expectations, options);
    this.cast = castOf(scenario, options);
    this.judge = createJudge(scenario);
    const { partitions, lanes } = this.cast;
    const later = options.createsLater ? ([partitions.splice(0), lanes.splice(0)] as const) : null;
    this.judge.collector.begin(this.cast);
    if (later !== null) {
      partitions.push(...later[0]);
      lanes.push(...later[1]);
      this.event(0, { type: 'topic.created', cluster: 'main', topic: 'orders', partitions: [0, 1, 2] });
    }
    for (let lane = 0; lane < 3; lane++) this.judge.collector.laneOpened(lane, 0, lane);
  }

  get recorder() {
    return this.judge.collector;
  }

  event(atMs: number, body: TraceBody, cause: EventId = NO_CAUSE): EventId {
    return this.recorder.event(atMs * 1000, cause, body);
  }

  fails(atMs: number, name = 'broker-1-down', touched: readonly string[] = ['broker 1']): EventId {
    return this.event(atMs, { type: 'failure.began', failure: 0, name, touched });
  }

  heals(atMs: number, name = 'broker-1-down'): EventId {
    return this.event(atMs, { type: 'failure.ended', failure: 0, name });
  }

  /** Leader and ISR by broker index. */
  leads(
    atMs: number,
    partition: number,
    leader: number,
    isr: readonly number[],
    cause: EventId = NO_CAUSE,
    epoch = 0,
  ): EventId {
    return this.event(
      atMs,
      {
        type: 'partition.changed',
        partition,
        leader,
        leaderEpoch: epoch,
        isr,
        elr: [],
        partitionEpoch: 0,
        reason: cause === NO_CAUSE ? 'created' : 'fenced',
        unclean: false,
      },
      cause,
    );
  }

  /** Offers and appends records at offsets equal to their numbers, and acknowledges them `laterMs` after. */
  produces(atMs: number, lane: number, first: number, count: number, laterMs = 5): void {
    const atUs = atMs * 1000;
    const doneUs = atUs + laterMs * 1000;
    this.recorder.offered(lane, first, count, count * 100, atUs, atUs);
    this.recorder.appended(lane, lane, 0, first, count, count * 100, lane, first, atUs);
    this.recorder.acknowledged(lane, first, count, first, atUs, atUs, doneUs);
  }

  offers(atMs: number, lane: number, first: number, count: number): void {
    this.recorder.offered(lane, first, count, count * 100, atMs * 1000, atMs * 1000);
  }

  delivers(atMs: number, member: number, lane: number, first: number, count: number, createdMs = atMs): void {
    const createdUs = createdMs * 1000;
    this.recorder.delivered(0, 1 + member, lane, first, count, lane, first, createdUs, createdUs, atMs * 1000);
  }

  stores(lane: number, first: number, count: number, offset = first): void {
    this.recorder.stored(lane, 0, offset, count, lane, first);
  }

  ends(atMs: number): Judgement {
    this.recorder.end(atMs * 1000);
    this.#judgement = this.judge.finish(atMs * 1000);
    return this.#judgement;
  }

  /** Ends the run and answers the only verdict. */
  verdict(atMs: number): Verdict {
    return this.ends(atMs).verdicts[0]!;
  }
}

export function forged(expectations: readonly Expectation[], options: ForgedOptions = {}): ForgedTrace {
  return new ForgedTrace(expectations, options);
}

function scenarioOf(expectations: readonly Expectation[], options: ForgedOptions): Scenario {
  const place = { region: 'eu', zone: 'a' };
  const network = { latencyUs: 0, jitter: 0, bandwidthBytesPerSec: 1e9, loss: 0 };
  const racks = options.racks ?? [null, null, null];
  return {
    name: 'forged',
    description: '',
    tags: [],
    seed: 'forged',
    source: { path: HERE.file, text: '' },
    variant: [],
    durationUs: 60_000_000,
    warmupUs: options.warmupUs ?? 0,
    regions: [{ name: 'eu', zones: ['a'], withinZone: network, betweenZones: network }],
    links: [],
    clusters: [
      {
        name: 'main',
        kafka: '4.1',
        controllers: [{ id: 101, place, combined: false }],
        brokers: racks.map((rack, index) => ({
          id: index + 1,
          place,
          rack,
          hardware: { cores: 8, memoryBytes: 32e9, disks: options.disks ?? [], networkBytesPerSec: 1e9 },
          joinsLater: false,
        })),
        brokerConfigs: configs({ 'min.insync.replicas': 2 }),
        topics: [
          {
            name: 'orders',
            partitionCount: 3,
            replicationFactor: 3,
            creation: 'atStart',
            assignment: null,
            configs: configs({}),
          },
        ],
        zookeeper: null,
        eligibleLeaderReplicas: true,
      },
    ],
    producers: [
      {
        name: 'checkout',
        cluster: 'main',
        topic: 'orders',
        instances: [place],
        transaction: null,
        rate: [{ atUs: 0, recordsPerSec: 100, shape: 'step' }],
        fromUs: 0,
        untilUs: 60_000_000,
        record: { valueBytes: 100, keyBytes: 0, compressedShare: 1, keys: { kind: 'none' } },
        partitioner: { kind: 'round-robin' },
        configs: configs({ acks: 'all', 'delivery.timeout.ms': 120_000 }),
      },
    ],
    consumers: [
      {
        name: 'billing',
        cluster: 'main',
        topics: ['orders'],
        instances: [place, place, place],
        startsAtUs: [0, 0, 0],
        work: { perRecordUs: 0, jitter: 0 },
        commit: 'auto',
        staticMembership: false,
        configs: configs({ 'auto.offset.reset': options.offsetReset ?? 'latest' }),
      },
    ],
    failures: [],
    operations: [],
    expectations,
    notModelled: [],
  };
}

function castOf(scenario: Scenario, options: ForgedOptions): Cast {
  const place = { zone: 'a', region: 'eu' };
  const replicas = options.replicas ?? [
    [0, 1, 2],
    [1, 2, 0],
    [2, 0, 1],
  ];
  const { brokers, controllers } = scenario.clusters[0]!;
  return {
    scenario,
    brokers: brokers.map(({ id, rack }, index) => ({
      cluster: 'main',
      id,
      rack,
      ...place,
      zone: options.zones?.[index] ?? place.zone,
    })),
    zooKeepers: [],
    controllers: controllers.map(({ id }) => ({ cluster: 'main', id, broker: -1, ...place })),
    partitions: replicas.map((list, partition) => ({
      cluster: 'main',
      topic: 'orders',
      partition,
      internal: false,
      replicas: list,
    })),
    clients: [
      { name: 'checkout', kind: 'producer', instance: 0, ...place },
      ...[0, 1, 2].map((instance) => ({ name: 'billing', kind: 'consumer' as const, instance, ...place })),
    ],
    groups: [{ name: 'billing', cluster: 'main', topics: ['orders'] }],
    lanes: [0, 1, 2].map((partition) => ({ client: 0, partition })),
  };
}
