import type { ClusterFacts } from '../metrics/clusterFacts.ts';
import type { Collector } from '../metrics/collector.ts';
import { brokerIds, clientName, partitionName } from '../metrics/names.ts';
import { Scope } from '../metrics/scope.ts';
import { type EventId, NO_CAUSE } from '../model/trace.ts';
import type { Bound } from '../scenario/scenario.ts';
import { boundOf, isWithin, numberOf, partitionOf, textOf } from './bounds.ts';
import { brokerList, flag, leaf, limits, object, oneOf, type Schema } from './schemaParts.ts';
import { show } from './units.ts';

type Params = Readonly<Record<string, unknown>>;

/** A question about the cluster that has an answer at any instant. */
export interface FactProbe {
  /** The claim about the fact, as the second half of a sentence: `the leader of orders-0 is 2`. */
  readonly text: string;
  /** It depends on offsets, which change with every batch. */
  readonly withEveryBatch: boolean;
  /** Null: there is no answer now (the topic does not exist yet, the group has no position). */
  holds(): boolean | null;
  /** The state in words. */
  state(): string;
  /** What last changed it, for the chain of causes; `NO_CAUSE` when that is not known. */
  lastEvent(): EventId;
}

export interface FactDefinition {
  readonly name: string;
  readonly description: string;
  readonly schema: Schema;
  readonly create: (params: Params, collector: Collector) => FactProbe;
}

const PARTITION = leaf('partition', 'The partition.', 'orders-0');
const CLUSTER = leaf('cluster', 'The cluster, when there are several.', 'eu');
const GROUP = leaf('group', 'The consumer group.', 'billing');
const TOPIC = leaf('topic', 'Partitions of this topic only. Default: all, internal ones included.', 'orders');

const leader: FactDefinition = {
  name: 'leader',
  description:
    'Broker that leads a partition, as the controller committed it. Without a leader no comparison with a broker holds; `exists` asks only whether there is one.',
  schema: object(
    {
      partition: PARTITION,
      cluster: CLUSTER,
      equals: leaf('broker', 'This broker leads.', 2),
      not: leaf('broker', 'Some other broker leads.', 1),
      exists: flag('There is (or is not) a leader.', true),
    },
    'Who leads a partition.',
    { partition: 'orders-0', equals: 2 },
  ),
  create: (params, collector) => {
    const { partition, name } = partitionIn(params, collector);
    const wanted = numberOf(params, 'equals');
    const unwanted = numberOf(params, 'not');
    const exists = typeof params.exists === 'boolean' ? params.exists : null;
    const now = () => leaderId(collector, partition());
    const claim =
      wanted !== null
        ? `is ${wanted}`
        : unwanted !== null
          ? `is not ${unwanted}`
          : exists === false
            ? 'is missing'
            : 'exists';
    return onPartition(collector, partition, `the leader of ${name} ${claim}`, {
      holds: () => {
        const id = now();
        if (wanted !== null) return id === wanted;
        if (unwanted !== null) return id !== null && id !== unwanted;
        return (id !== null) === (exists ?? true);
      },
      state: () => (now() === null ? `${name} has no leader` : `the leader of ${name} is ${now()}`),
    });
  },
};

const isr: FactDefinition = brokersFact(
  'isr',
  'ISR',
  'In-sync replicas of a partition, as the controller committed them.',
  (facts, partition) => facts.isr[partition]!,
);

const elr: FactDefinition = brokersFact(
  'elr',
  'ELR',
  'Eligible leader replicas of a partition (KIP-966).',
  (facts, partition) => facts.elr[partition]!,
);

const replicas: FactDefinition = brokersFact(
  'replicas',
  'replicas',
  'Assigned replicas of a partition, the preferred leader first.',
  (_facts, partition, collector) => collector.cast.partitions[partition]!.replicas,
);

function brokersFact(
  name: string,
  word: string,
  description: string,
  read: (facts: ClusterFacts, partition: number, collector: Collector) => readonly number[],
): FactDefinition {
  return {
    name,
    description: `${description} \`equals\` compares members, in any order; the other keys compare how many there are.`,
    schema: object(
      {
        partition: PARTITION,
        cluster: CLUSTER,
        equals: brokerList('Exactly these brokers.', [2, 3]),
        contains: leaf('broker', 'This broker is one of them.', 1),
        size: leaf('count', 'Exactly so many.', 3),
        atLeast: leaf('count', 'At least so many.', 2),
        atMost: leaf('count', 'At most so many.', 2),
      },
      description,
      { partition: 'orders-0', atLeast: 2 },
    ),
    create: (params, collector) => {
      const { partition, name: place } = partitionIn(params, collector);
      const now = () => brokerIds(collector.cast, read(collector.facts, partition(), collector));
      const equals = Array.isArray(params.equals) ? (params.equals as number[]) : null;
      const contains = numberOf(params, 'contains');
      const size = boundOf({ ...params, equals: params.size }, String);
      const claims = [
        equals === null ? '' : `is [${equals.join(', ')}]`,
        contains === null ? '' : `contains ${contains}`,
        size === null ? '' : `has ${size.text} members`,
      ].filter((text) => text !== '');
      return onPartition(collector, partition, `the ${word} of ${place} ${claims.join(' and ')}`, {
        holds: () => {
          const members = now();
          if (equals !== null && !sameMembers(members, equals)) return false;
          if (contains !== null && !members.includes(contains)) return false;
          return size === null || isWithin(members.length, size);
        },
        state: () => `the ${word} of ${place} is [${now().join(', ')}]`,
      });
    },
  };
}

function countFact(
  name: string,
  field: 'offline' | 'underReplicated' | 'underMinIsr',
  words: string,
  description: string,
): FactDefinition {
  return {
    name,
    description,
    schema: object({ topic: TOPIC, cluster: CLUSTER, ...limits('count', 'How many', [1, 0]) }, description, {
      topic: 'orders',
      equals: 0,
    }),
    create: (params, collector) => {
      const topic = textOf(params, 'topic');
      const cluster = textOf(params, 'cluster');
      const bound = boundOf(params, String) ?? { min: 0, minInclusive: true, max: 0, maxInclusive: true, text: '= 0' };
      const { topics } = collector.facts.topics;
      const counted = () =>
        topics.filter(
          (known) => (topic === null || known.name === topic) && (cluster === null || known.cluster === cluster),
        );
      const now = () => counted().reduce((sum, known) => sum + known[field], 0);
      const exists = () =>
        counted().some((known) => known.partitions.some((partition) => collector.facts.exists(partition)));
      const place = topic === null ? '' : ` of ${topic}`;
      return {
        text: `the number of ${words}${place} is ${bound.text}`,
        withEveryBatch: false,
        holds: () => (exists() ? isWithin(now(), bound) : null),
        state: () => `${now()} ${words}${place}`,
        lastEvent: () =>
          latest(
            counted().flatMap((known) =>
              known.partitions.map((partition) => collector.facts.partitionEvent[partition]!),
            ),
          ),
      };
    },
  };
}

const controller: FactDefinition = {
  name: 'controller',
  description: 'Node id of the active controller of the quorum.',
  schema: object(
    {
      cluster: CLUSTER,
      equals: leaf('count', 'This node is active.', 101),
      not: leaf('count', 'Some other node is active.', 101),
      exists: flag('There is (or is not) an active controller.', true),
    },
    'Which controller is active.',
    { exists: true },
  ),
  create: (params, collector) => {
    const { cast, facts } = collector;
    const name = textOf(params, 'cluster');
    const cluster = name === null ? 0 : facts.clusterIndex(name);
    const wanted = numberOf(params, 'equals');
    const unwanted = numberOf(params, 'not');
    const exists = typeof params.exists === 'boolean' ? params.exists : true;
    const now = () => cast.controllers[facts.activeController[cluster]!]?.id ?? null;
    return {
      text: `the active controller ${wanted !== null ? `is ${wanted}` : unwanted !== null ? `is not ${unwanted}` : exists ? 'exists' : 'is missing'}`,
      withEveryBatch: false,
      holds: () => {
        if (wanted !== null) return now() === wanted;
        if (unwanted !== null) return now() !== null && now() !== unwanted;
        return (now() !== null) === exists;
      },
      state: () => (now() === null ? 'no controller is active' : `controller ${now()} is active`),
      lastEvent: () => facts.controllerEvent[cluster]!,
    };
  },
};

const BROKER_STATES = [
  'NOT_RUNNING',
  'STARTING',
  'RECOVERY',
  'RUNNING',
  'PENDING_CONTROLLED_SHUTDOWN',
  'SHUTTING_DOWN',
];
const CONTROL_STATES = ['FENCED', 'UNFENCED', 'CONTROLLED_SHUTDOWN', 'SHUTDOWN_NOW'];

const brokerState: FactDefinition = {
  name: 'brokerState',
  description: `State of a broker: as it sees itself (${BROKER_STATES.join(', ')}; Kafka's BrokerState) or as the active controller sees it (${CONTROL_STATES.join(', ')}; Kafka's BrokerControlState).`,
  schema: object(
    {
      broker: leaf('broker', 'The broker.', 1),
      cluster: CLUSTER,
      equals: oneOf([...BROKER_STATES, ...CONTROL_STATES], 'The state.', 'FENCED'),
      not: oneOf([...BROKER_STATES, ...CONTROL_STATES], 'Any other state of the same kind.', 'FENCED'),
    },
    'State of a broker.',
    { broker: 1, equals: 'FENCED' },
  ),
  create: (params, collector) => {
    const { cast, facts } = collector;
    const id = numberOf(params, 'broker');
    const cluster = textOf(params, 'cluster');
    const broker = cast.brokers.findIndex(
      (known) => known.id === id && (cluster === null || known.cluster === cluster),
    );
    const wanted = textOf(params, 'equals');
    const word = wanted ?? textOf(params, 'not') ?? 'RUNNING';
    const column = CONTROL_STATES.includes(word) ? facts.brokerControl : facts.brokerState;
    return {
      text: `broker ${id} is ${wanted === null ? 'not ' : ''}${word}`,
      withEveryBatch: false,
      holds: () => (broker < 0 ? null : (column[broker] === word) === (wanted !== null)),
      state: () => `broker ${id} is ${column[broker] ?? 'unknown'}`,
      lastEvent: () => facts.brokerEvent[broker] ?? NO_CAUSE,
    };
  },
};

const GROUP_STATES = [
  'Empty',
  'PreparingRebalance',
  'CompletingRebalance',
  'Stable',
  'Dead',
  'Assigning',
  'Reconciling',
];

const groupState: FactDefinition = {
  name: 'groupState',
  description: `State of a group at its coordinator (${GROUP_STATES.join(', ')}).`,
  schema: object(
    {
      group: GROUP,
      equals: oneOf(GROUP_STATES, 'The state.', 'Stable'),
      not: oneOf(GROUP_STATES, 'Any other state.', 'Dead'),
    },
    'State of a group.',
    { group: 'billing', equals: 'Stable' },
  ),
  create: (params, collector) => {
    const { group, name } = groupIn(params, collector);
    const wanted = textOf(params, 'equals');
    const word = wanted ?? textOf(params, 'not') ?? 'Stable';
    const now = () => collector.facts.groupState[group];
    return {
      text: `group ${name} is ${wanted === null ? 'not ' : ''}${word}`,
      withEveryBatch: false,
      holds: () => (group < 0 ? null : (now() === word) === (wanted !== null)),
      state: () => `group ${name} is ${now()}`,
      lastEvent: () => collector.facts.groupEvent[group] ?? NO_CAUSE,
    };
  },
};

const assignment: FactDefinition = {
  name: 'assignment',
  description:
    "What the members of a group hold, as they know it themselves. `complete`: each partition of the group's topics is held by exactly one member. With `member`, what that instance holds: `equals` names partitions, the other keys count them.",
  schema: object(
    {
      group: GROUP,
      complete: flag('Every partition has exactly one member.', true),
      member: leaf('text', 'Instance of the group.', 'billing-0'),
      equals: {
        type: 'array',
        items: { type: 'string', maxLength: 300, 'x-kind': 'text' },
        maxItems: 500,
        description: 'Exactly these partitions, in any order.',
        examples: [['orders-0', 'orders-1']],
      },
      size: leaf('count', 'Exactly so many partitions.', 2),
      atLeast: leaf('count', 'At least so many partitions.', 1),
      atMost: leaf('count', 'At most so many partitions.', 2),
    },
    'What members of a group hold.',
    { group: 'billing', complete: true },
  ),
  create: (params, collector) => {
    const { group, name } = groupIn(params, collector);
    const member = textOf(params, 'member');
    return member === null
      ? completeAssignment(collector, group, name, params.complete !== false)
      : heldBy(collector, group, member, params);
  },
};

function completeAssignment(collector: Collector, group: number, name: string, complete: boolean): FactProbe {
  const now = () => collector.facts.isAssignmentComplete(group);
  return {
    text: `the assignment of group ${name} is ${complete ? '' : 'not '}complete`,
    withEveryBatch: false,
    holds: () => (group < 0 ? null : now() === complete),
    state: () => `the assignment of group ${name} is ${now() ? '' : 'not '}complete`,
    lastEvent: () => collector.facts.groupEvent[group] ?? NO_CAUSE,
  };
}

function heldBy(collector: Collector, group: number, member: string, params: Params): FactProbe {
  const { cast, facts } = collector;
  const client = cast.clients.findIndex((_, index) => clientName(cast, index) === member);
  const equals = Array.isArray(params.equals) ? (params.equals as string[]) : null;
  const size = boundOf({ ...params, equals: params.size }, String);
  const now = () => (facts.held[client] ?? []).map((partition) => partitionName(cast, partition));
  const claim = equals === null ? `${size?.text ?? '>= 1'} partitions` : `[${equals.join(', ')}]`;
  return {
    text: `${member} holds ${claim}`,
    withEveryBatch: false,
    holds: () => {
      if (client < 0) return null;
      if (equals !== null) return sameMembers(now(), equals);
      return size === null ? now().length > 0 : isWithin(now().length, size);
    },
    state: () => `${member} holds [${now().join(', ')}]`,
    lastEvent: () => facts.groupEvent[group] ?? NO_CAUSE,
  };
}

const consumerLag: FactDefinition = {
  name: 'consumerLag',
  description:
    "High watermark minus the group's offset, summed over its partitions. `by: position` (default) counts what went through the application, `by: committed` what was committed, as Kafka's tools print it. No answer before the group has an offset; with `auto.offset.reset: earliest` records count from the start.",
  schema: object(
    {
      group: GROUP,
      by: oneOf(['position', 'committed'], 'Which offset. Default: position.', 'committed'),
      ...limits('count', 'Records', [1, 5000]),
    },
    'How far a group is behind.',
    { group: 'billing', below: 5000 },
  ),
  create: (params, collector) => {
    const { group, name } = groupIn(params, collector);
    const by = textOf(params, 'by') === 'committed' ? 'committed' : 'position';
    const bound = boundOf(params, String);
    const now = () => collector.facts.lags.lag(group, by);
    return onOffsets(
      `the lag of group ${name} is ${bound?.text ?? 'known'}`,
      now,
      bound,
      (lag) => `the lag of group ${name} is ${lag} records`,
    );
  },
};

const endOffset: FactDefinition = offsetFact(
  'endOffset',
  'log end offset',
  'Log end offset of a partition at its leader.',
  (facts, partition) => facts.endOffset[partition]!,
);

const highWatermark: FactDefinition = offsetFact(
  'highWatermark',
  'high watermark',
  'High watermark of a partition at its leader.',
  (facts, partition) => facts.highWatermark[partition]!,
);

function offsetFact(
  name: string,
  word: string,
  description: string,
  read: (facts: ClusterFacts, partition: number) => number,
): FactDefinition {
  return {
    name,
    description,
    schema: object({ partition: PARTITION, cluster: CLUSTER, ...limits('count', 'Offset', [1, 1000]) }, description, {
      partition: 'orders-0',
      atLeast: 1000,
    }),
    create: (params, collector) => {
      const { partition, name: place } = partitionIn(params, collector);
      const bound = boundOf(params, String);
      const now = () => {
        const index = partition();
        return index < 0 || !collector.facts.exists(index) ? null : read(collector.facts, index);
      };
      return onOffsets(
        `the ${word} of ${place} is ${bound?.text ?? 'known'}`,
        now,
        bound,
        (offset) => `the ${word} of ${place} is ${offset}`,
      );
    },
  };
}

const topicExists: FactDefinition = {
  name: 'topicExists',
  description: 'The topic was created and the controller committed its partitions.',
  schema: object(
    {
      topic: leaf('text', 'The topic.', 'orders'),
      cluster: CLUSTER,
      equals: flag('Whether it exists. Default: true.', true),
    },
    'Whether a topic exists.',
    { topic: 'orders' },
  ),
  create: (params, collector) => {
    const topic = textOf(params, 'topic') ?? '';
    const cluster = textOf(params, 'cluster');
    const wanted = params.equals !== false;
    const partitions = () => collector.facts.topics.named(topic, cluster).flatMap((known) => known.partitions);
    const now = () => partitions().some((partition) => collector.facts.exists(partition));
    return {
      text: `topic ${topic} ${wanted ? 'exists' : 'does not exist'}`,
      withEveryBatch: false,
      holds: () => now() === wanted,
      state: () => `topic ${topic} ${now() ? 'exists' : 'does not exist'}`,
      lastEvent: () => latest(partitions().map((partition) => collector.facts.partitionEvent[partition]!)),
    };
  },
};

export const FACTS: readonly FactDefinition[] = [
  leader,
  isr,
  elr,
  replicas,
  countFact('offlinePartitions', 'offline', 'offline partitions', 'Partitions without a leader.'),
  countFact(
    'underReplicated',
    'underReplicated',
    'under-replicated partitions',
    'Partitions whose ISR is smaller than their replica set.',
  ),
  countFact(
    'underMinIsr',
    'underMinIsr',
    'partitions under min ISR',
    'Partitions whose ISR is smaller than `min.insync.replicas` (as the scenario begins).',
  ),
  controller,
  brokerState,
  groupState,
  assignment,
  consumerLag,
  topicExists,
  endOffset,
  highWatermark,
];

/** The fact that stands in `params`; a claim names exactly one. */
export function factIn(params: Params, collector: Collector): FactProbe {
  const named = FACTS.filter(({ name }) => params[name] !== undefined && params[name] !== null);
  if (named.length !== 1) throw new Error(`one cluster fact is needed: ${FACTS.map(({ name }) => name).join(', ')}`);
  return named[0]!.create(params[named[0]!.name] as Params, collector);
}

function partitionIn(params: Params, collector: Collector): { partition: () => number; name: string } {
  const name = partitionOf(params, 'partition') ?? '';
  const cluster = textOf(params, 'cluster');
  const { cast } = collector;
  // Looked up when asked: the topic may be created during the run.
  const partition = () =>
    cast.partitions.findIndex(
      (known, index) => partitionName(cast, index) === name && (cluster === null || known.cluster === cluster),
    );
  return { partition, name };
}

function groupIn(params: Params, collector: Collector): { group: number; name: string } {
  const name = textOf(params, 'group') ?? '';
  return {
    group:
      new Scope(collector.cast, name).kind === 'group'
        ? collector.cast.groups.findIndex((known) => known.name === name)
        : -1,
    name,
  };
}

function onPartition(
  { facts }: Collector,
  partition: () => number,
  text: string,
  probe: { holds: () => boolean; state: () => string },
): FactProbe {
  const exists = () => partition() >= 0 && facts.exists(partition());
  return {
    text,
    withEveryBatch: false,
    holds: () => (exists() ? probe.holds() : null),
    state: probe.state,
    lastEvent: () => facts.partitionEvent[partition()] ?? NO_CAUSE,
  };
}

function onOffsets(
  text: string,
  now: () => number | null,
  bound: Bound | null,
  words: (value: string) => string,
): FactProbe {
  return {
    text,
    withEveryBatch: true,
    holds: () => {
      const value = now();
      return value === null ? null : bound === null || isWithin(value, bound);
    },
    state: () => words(now() === null ? 'unknown' : show(now()!, 'count')),
    lastEvent: () => NO_CAUSE,
  };
}

function leaderId({ facts, cast }: Collector, partition: number): number | null {
  const index = facts.leader[partition]!;
  return index < 0 ? null : brokerIds(cast, [index])[0]!;
}

function latest(events: readonly EventId[]): EventId {
  return events.reduce((last, event) => Math.max(last, event), NO_CAUSE);
}

function sameMembers<Item>(left: readonly Item[], right: readonly Item[]): boolean {
  return left.length === right.length && left.every((item) => right.includes(item));
}
