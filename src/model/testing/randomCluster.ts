import { RandomStream } from '../../sim/index.ts';
import { NOT_AVAILABLE_KEYS } from '../../spec/notAvailable.ts';

/** Something that goes wrong, or is done, at a time; `what` is flow YAML without the time. */
export interface PlannedEvent {
  readonly kind: string;
  readonly atSec: number;
  /** 0: it lasts until the end. */
  readonly forSec: number;
  readonly what: string;
  /** The broker it happens to; 0: another target. */
  readonly broker: number;
}

export interface PlannedTopic {
  readonly name: string;
  readonly replicas: readonly (readonly number[])[];
  readonly minIsr: number;
  readonly unclean: boolean;
}

export interface PlannedProducer {
  readonly name: string;
  readonly topic: string;
  readonly perSec: number;
  readonly acks: '0' | '1' | 'all';
  readonly idempotent: boolean;
  readonly lingerMs: number;
  readonly partitioner: 'sticky' | 'round-robin';
}

/** A small cluster, its load and what happens to it: plain data that can be made smaller and printed as a scenario. */
export interface ClusterPlan {
  readonly seed: string;
  readonly kafka: string;
  readonly brokers: number;
  /** 0: combined nodes, as many as brokers up to three. */
  readonly controllers: number;
  /** Servers of its ensemble; 0: KRaft. */
  readonly zooKeepers: number;
  readonly lagMs: number;
  readonly durationSec: number;
  readonly topics: readonly PlannedTopic[];
  readonly producers: readonly PlannedProducer[];
  readonly group: boolean;
  readonly failures: readonly PlannedEvent[];
  readonly operations: readonly PlannedEvent[];
}

const VERSIONS = ['3.3', '3.5', '3.6', '3.7', '3.9', '4.0', '4.1', '4.2', '4.3'];
/** The last fault begins before; then the cluster has time to come to rest. */
const FAULTS_UNTIL_SEC = 35;
const LONGEST_FAULT_SEC = 30;
const REST_SEC = 30;

/** What a fault of each kind is; swarm testing switches some of them off in each plan. */
const FAULTS: Readonly<Record<string, (draw: Draw, brokers: number) => { what: string; broker: number }>> = {
  crash: on((id) => `crash: { broker: ${id} }`),
  stop: on((id) => `stop: { broker: ${id} }`),
  freeze: on((id) => `freeze: { broker: ${id} }`),
  powerLoss: on((id) => `powerLoss: { broker: ${id} }`),
  cutFromControllers: on((id) => cut(id, 'controllers of kafka')),
  cutFromBrokers: on((id, brokers) => cut(id, `[ ${othersThan(id, brokers)} ]`)),
  cutFromClients: on((id) => cut(id, '{ client: checkout }')),
  cutFromAll: on((id) => cut(id, 'everything')),
  oneWay: on((id) => `partition: { between: [ { broker: ${id} }, everything ], oneWay: true }`),
  degrade: on((id) => `degrade: { broker: ${id}, loss: 20%, latency: +50ms }`),
  slow: on((id) => `slow: { broker: ${id}, disk: 50x }`),
  crashController: () => ({ what: 'crash: controller of kafka', broker: 0 }),
  loseControllers: () => ({ what: 'loseControllers: 2', broker: 0 }),
};

/** Chances by name, so that a plan reads like a list of choices. */
class Draw {
  readonly #random: RandomStream;

  constructor(seed: string) {
    this.#random = new RandomStream(`plan/${seed}`);
  }

  from(low: number, high: number): number {
    return this.#random.uniformInt(low, high + 1);
  }

  chance(share: number): boolean {
    return this.#random.chance(share);
  }

  one<T>(list: readonly T[]): T {
    return list[this.#random.uniformInt(0, list.length)]!;
  }

  some<T>(list: readonly T[], share: number): T[] {
    const chosen = list.filter(() => this.chance(share));
    return chosen.length > 0 ? chosen : [this.one(list)];
  }

  shuffled<T>(list: readonly T[]): T[] {
    return this.#random.shuffle([...list]);
  }
}

function on(what: (id: number, brokers: number) => string) {
  return (draw: Draw, brokers: number): { what: string; broker: number } => {
    const broker = draw.from(1, brokers);
    return { what: what(broker, brokers), broker };
  };
}

function cut(id: number, other: string): string {
  return `partition: { between: [ { broker: ${id} }, ${other} ] }`;
}

function othersThan(id: number, brokers: number): string {
  const others = Array.from({ length: brokers }, (_, i) => i + 1).filter((one) => one !== id);
  return others.map((one) => `{ broker: ${one} }`).join(', ');
}

/**
 * The plan of a seed, always the same one. Every second plan keeps to the promise of acks=all: min.insync.replicas 2 or
 * more, clean elections only, and a machine without power only while all others are well.
 */
export function planOf(seed: string): ClusterPlan {
  const draw = new Draw(seed);
  const keepsPromise = draw.chance(0.5);
  const brokers = draw.one([3, 3, 3, 4, 5]);
  const topics = Array.from({ length: draw.one([1, 1, 2]) }, (_, i) =>
    topicOf(draw, ['orders', 'payments'][i]!, brokers, keepsPromise),
  );
  const producers = topics.flatMap((topic, i) =>
    Array.from({ length: draw.one([1, 1, 2]) }, (_, j) =>
      producerOf(draw, `checkout${i + j === 0 ? '' : `-${i}${j}`}`, topic.name, keepsPromise),
    ),
  );
  const controllers = draw.one([0, 1, 3, 3]);
  const possible = Object.keys(FAULTS).filter(
    (kind) => !(kind in NOT_AVAILABLE_KEYS.failure) && !(kind === 'loseControllers' && controllers === 1),
  );
  const kinds = draw.some(possible, 0.5);
  const failures = Array.from({ length: draw.from(1, 5) }, () => faultOf(draw, draw.one(kinds), brokers));
  return {
    seed,
    kafka: draw.one(VERSIONS),
    brokers,
    controllers,
    zooKeepers: 0,
    lagMs: draw.one([30_000, 10_000, 6_000]),
    durationSec: FAULTS_UNTIL_SEC + LONGEST_FAULT_SEC + REST_SEC,
    topics,
    producers,
    group: draw.chance(0.3),
    failures: keepsPromise ? withinPromise(failures, controllers === 0) : failures,
    operations: draw.chance(0.4) ? [operationOf(draw, topics, brokers, keepsPromise)] : [],
  };
}

/** The same load and faults on a cluster of the last releases with ZooKeeper. */
export function zooKeeperPlanOf(seed: string): ClusterPlan {
  const plan = planOf(seed);
  const failures = plan.failures.filter(({ kind }) => kind !== 'loseControllers');
  const kafka = ['2.8', '3.5', '3.6', '3.9'][plan.failures.length % 4]!;
  return { ...plan, kafka, zooKeepers: 3, failures };
}

function topicOf(draw: Draw, name: string, brokers: number, keepsPromise: boolean): PlannedTopic {
  const ids = Array.from({ length: brokers }, (_, i) => i + 1);
  const factor = keepsPromise ? 3 : draw.one([1, 2, 3, 3, 3]);
  const replicas = Array.from({ length: draw.from(1, 3) }, () => draw.shuffled(ids).slice(0, factor));
  const minIsr = keepsPromise ? 2 : draw.one([1, 1, 2, 2, 3]);
  return { name, replicas, minIsr, unclean: !keepsPromise && draw.chance(0.4) };
}

function producerOf(draw: Draw, name: string, topic: string, keepsPromise: boolean): PlannedProducer {
  const acks = keepsPromise ? 'all' : draw.one(['0', '1', 'all', 'all'] as const);
  return {
    name,
    topic,
    acks,
    idempotent: acks === 'all' && draw.chance(0.7),
    perSec: draw.one([5, 10, 20]),
    lingerMs: draw.one([0, 0, 50]),
    partitioner: draw.one(['sticky', 'round-robin'] as const),
  };
}

function faultOf(draw: Draw, kind: string, brokers: number): PlannedEvent {
  const atSec = draw.from(2, FAULTS_UNTIL_SEC);
  const forSec = draw.chance(0.1) ? 0 : draw.chance(0.5) ? draw.from(1, 6) : draw.from(7, LONGEST_FAULT_SEC);
  return { kind, atSec, forSec, ...FAULTS[kind]!(draw, brokers) };
}

/** What takes no broker away from its partitions. */
const HARMLESS = ['degrade', 'slow', 'cutFromClients', 'crashController', 'loseControllers'];

/**
 * One machine without power, and then nothing else that takes a broker away. Even without another power loss a member of
 * the ISR that crashes at the same time may be fenced first: the ISR is then the machine that lost its page cache, and
 * what only the crashed one has on its disk is truncated when that one leads again (KIP-966 tells the story).
 */
function withinPromise(failures: readonly PlannedEvent[], isCombined: boolean): PlannedEvent[] {
  const powerLoss = failures.find(({ kind }) => kind === 'powerLoss');
  if (powerLoss === undefined) return [...failures];
  return failures.filter((one) => one === powerLoss || isHarmless(one, isCombined));
}

function isHarmless({ kind }: PlannedEvent, isCombined: boolean): boolean {
  return HARMLESS.includes(kind) && !(isCombined && kind.includes('Controller'));
}

function operationOf(
  draw: Draw,
  topics: readonly PlannedTopic[],
  brokers: number,
  keepsPromise: boolean,
): PlannedEvent {
  const topic = draw.one(topics);
  const choices: [kind: string, what: string][] = [
    ['electLeaders', 'electLeaders: { type: preferred }'],
    ['rollingRestart', 'rollingRestart: { pause: 8s }'],
    ['reassign', reassignment(draw, topic, brokers)],
    ['createPartitions', `createPartitions: { topic: ${topic.name}, partitions: ${topic.replicas.length + 2} }`],
  ];
  // One that is no controller, where the others have room for its replicas.
  if (brokers > 3) choices.push(['removeBroker', `removeBroker: ${brokers}`]);
  if (!keepsPromise)
    choices.push(
      ['electLeaders', 'electLeaders: { type: unclean }'],
      ['alterConfig', `alterConfig: { topic: ${topic.name}, config: { min.insync.replicas: ${draw.from(1, 3)} } }`],
      ['alterConfig', `alterConfig: { topic: ${topic.name}, config: { unclean.leader.election.enable: true } }`],
    );
  const [kind, what] = draw.one(choices.filter(([verb]) => !(verb in NOT_AVAILABLE_KEYS.operation)));
  return { kind, what, atSec: draw.from(5, 50), forSec: 0, broker: 0 };
}

function reassignment(draw: Draw, { name, replicas }: PlannedTopic, brokers: number): string {
  const ids = Array.from({ length: brokers }, (_, i) => i + 1);
  const target = draw.shuffled(ids).slice(0, replicas[0]!.length);
  return `reassign: { topic: ${name}, replicas: { 0: [${target.join(', ')}] } }`;
}

/** What acks=all promises holds for the plan: nothing that was acknowledged may be lost. */
export function keepsPromise(plan: ClusterPlan): boolean {
  const { topics, producers, failures, operations } = plan;
  const losesPower = failures.some(({ kind }) => kind === 'powerLoss');
  const isCombined = plan.controllers === 0 || plan.zooKeepers > 0;
  return (
    topics.every(
      ({ minIsr, unclean, replicas }) => minIsr >= 2 && !unclean && replicas.every((one) => one.length > 2),
    ) &&
    producers.every(({ acks }) => acks === 'all') &&
    failures.filter(({ kind }) => kind === 'powerLoss').length <= 1 &&
    (!losesPower || failures.every((one) => one.kind === 'powerLoss' || isHarmless(one, isCombined))) &&
    (!losesPower || operations.every(({ kind }) => kind === 'electLeaders')) &&
    operations.every(({ what }) => !what.includes('unclean') && !what.startsWith('alterConfig'))
  );
}

/** The plan as a scenario file that a person can run. */
export function yamlOf(plan: ClusterPlan): string {
  const topics = plan.topics.map(({ name, replicas, minIsr, unclean }) => {
    const assignment = replicas.map((ids, partition) => `${partition}: [${ids.join(', ')}]`).join(', ');
    return `    ${name}: { replicas: { ${assignment} }, config: { min.insync.replicas: ${minIsr}, unclean.leader.election.enable: ${unclean} } }`;
  });
  const producers = plan.producers.map(({ name, topic, perSec, acks, idempotent, lingerMs, partitioner }) => {
    const configs = [
      `acks: ${acks}`,
      `linger.ms: ${lingerMs}`,
      'request.timeout.ms: 5000',
      'delivery.timeout.ms: 20000',
    ];
    if (acks === 'all') configs.push(`enable.idempotence: ${idempotent}`);
    return `  ${name}: { to: ${topic}, rate: ${perSec}/s, until: ${plan.durationSec - 10}s, record: { size: 200B }, partitioner: ${partitioner}, config: { ${configs.join(', ')} } }`;
  });
  const lines = [
    `name: fuzz ${plan.seed}`,
    `duration: ${plan.durationSec}s`,
    `seed: ${plan.seed}`,
    'cluster:',
    `  kafka: "${plan.kafka}"`,
    `  brokers: ${plan.brokers}`,
    plan.zooKeepers > 0
      ? `  coordination: { zookeeper: { ensemble: ${plan.zooKeepers} } }`
      : `  controllers: { count: ${plan.controllers || 3}${plan.controllers === 0 ? ', combined: true' : ''} }`,
    `  config: { replica.lag.time.max.ms: ${plan.lagMs} }`,
    '  topics:',
    ...topics,
    'producers:',
    ...producers,
  ];
  if (plan.group)
    lines.push('consumers:', `  billing: { from: [${plan.topics.map(({ name }) => name).join(', ')}], instances: 2 }`);
  if (plan.failures.length > 0) lines.push('failures:', ...plan.failures.map(eventLine));
  if (plan.operations.length > 0) lines.push('operations:', ...plan.operations.map(eventLine));
  return `${lines.join('\n')}\n`;
}

function eventLine({ kind, atSec, forSec, what }: PlannedEvent, index: number): string {
  const length = forSec > 0 ? `for: ${forSec}s, ` : '';
  return `  - { name: ${kind}-${index}, at: ${atSec}s, ${length}${what} }`;
}
