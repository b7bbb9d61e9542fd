import type { Collector } from '../../metrics/collector.ts';
import { clientName, partitionName } from '../../metrics/names.ts';
import { NO_CAUSE } from '../../model/trace.ts';
import { boundOf, isWithin, textOf } from '../bounds.ts';
import { flag, leaf, limits, object, oneOf } from '../schemaParts.ts';
import { type FactDefinition, type FactProbe, GROUP, groupIn, onOffsets, type Params, sameMembers } from './fact.ts';

const GROUP_STATES = [
  'Empty',
  'PreparingRebalance',
  'CompletingRebalance',
  'Stable',
  'Dead',
  'Assigning',
  'Reconciling',
];

export const groupState: FactDefinition = {
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

export const assignment: FactDefinition = {
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

export const consumerLag: FactDefinition = {
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
