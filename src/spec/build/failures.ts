import type { Failure, FailureVerb, NetworkChange, Selector } from '../../scenario/scenario.ts';
import { NOT_AVAILABLE_KEYS } from '../notAvailable.ts';
import { resolved, scenarioSchema } from '../schema.ts';
import type { Sources } from '../sources.ts';
import { buildFailDisk, buildFillDisk } from './diskFailures.ts';
import type { Names } from './names.ts';
import { buildSelector, clientSelector } from './selectors.ts';
import { buildTrigger } from './triggers.ts';
import type { View } from './view.ts';

export const FAILURE_VERBS = [
  'crash',
  'powerLoss',
  'stop',
  'freeze',
  'partition',
  'degrade',
  'slow',
  'failDisk',
  'fillDisk',
  'loseControllers',
  'loseZooKeeper',
  'crashClient',
  'leaveGroup',
  'slowConsumer',
] as const;
type Verb = (typeof FAILURE_VERBS)[number];

/** The one verb of a failure or operation; undefined when there is none or several, which is reported. */
export function oneVerb<V extends string>(
  view: View,
  definition: 'failure' | 'operation',
  verbs: readonly V[],
  names: Names,
): V | undefined {
  const written = verbs.filter((verb) => view.has(verb));
  const [verb, second] = written;
  if (second !== undefined) {
    names.diagnostics.error(
      'SP1107',
      view.keySpan(second),
      `'${second}' and '${verb}' exclude each other: one entry, one verb`,
      {
        hint: 'write a second entry',
      },
    );
    return undefined;
  }
  if (verb !== undefined || Object.keys(NOT_AVAILABLE_KEYS[definition]).some((key) => view.has(key))) return verb;
  // An unknown key is probably the verb, and was reported.
  const known = resolved(scenarioSchema().definitions![definition]!).properties!;
  if (view.node?.kind === 'map' && view.entries.every(({ key }) => Object.hasOwn(known, key))) {
    names.diagnostics.error('SP1101', { ...view.span, end: view.span.start + 1 }, 'it is not said what happens', {
      hint: `add one of ${verbs.join(', ')}`,
    });
  }
  return undefined;
}

export function buildFailure(view: View, name: string, names: Names, sources: Sources): Failure | undefined {
  const verb = oneVerb(view, 'failure', FAILURE_VERBS, names);
  const trigger = buildTrigger(view, names);
  const action = verb && buildAction(verb, view.at(verb), names);
  if (trigger?.kind === 'random' && view.has('for')) {
    names.diagnostics.error('SP1107', view.keySpan('for'), "'for' and 'every' exclude each other", {
      hint: 'the repair time is every: { mttr: ... }',
    });
  }
  if (!trigger || !action) return undefined;
  return { name, trigger, forUs: view.at('for').durationUs ?? null, action, location: sources.location(view.span) };
}

function buildAction(verb: Verb, view: View, names: Names): FailureVerb | undefined {
  switch (verb) {
    case 'crash':
    case 'powerLoss':
    case 'stop':
    case 'freeze': {
      const target = buildSelector(view, names);
      return target && { verb, target };
    }
    case 'crashClient':
    case 'leaveGroup': {
      const target = buildClient(view, verb === 'leaveGroup', names);
      return target && { verb, target };
    }
    case 'partition':
      return buildPartition(view, names);
    case 'degrade':
      return buildDegrade(view, names);
    case 'slow':
      return buildSlow(view, names);
    case 'failDisk':
      return buildFailDisk(view, names);
    case 'fillDisk':
      return buildFillDisk(view, names);
    case 'loseControllers':
      return buildLoseControllers(view, names);
    case 'loseZooKeeper':
      return buildLoseZooKeeper(view, names);
    case 'slowConsumer':
      return buildSlowConsumer(view, names);
  }
}

/** A client's name is enough here: `billing/1`. */
function buildClient(view: View, onlyGroups: boolean, names: Names): Selector | undefined {
  const isName = view.text !== undefined && !/^(client|group|any of|one of)\b/.test(view.text);
  return isName ? clientSelector(view.text!, onlyGroups, view.span, names) : buildSelector(view, names);
}

function pair(view: View, build: (side: View) => Selector | undefined): readonly [Selector, Selector] | undefined {
  const [first, second] = view.items.map(build);
  return first && second && view.items.length === 2 ? [first, second] : undefined;
}

function buildPartition(view: View, names: Names): FailureVerb | undefined {
  const between = pair(view.at('between'), (side) => buildSelector(side, names));
  if (!between) return undefined;
  return {
    verb: 'partition',
    between,
    oneWay: view.at('oneWay').boolean ?? false,
    rejects: view.at('rejects').boolean ?? false,
  };
}

const DEGRADE_WHERE = ['link', 'between', 'zone', 'region', 'broker', 'client'] as const;

function buildDegrade(view: View, names: Names): FailureVerb | undefined {
  const [where, second] = DEGRADE_WHERE.filter((key) => view.has(key));
  if (where === undefined || second !== undefined) {
    names.diagnostics.error(
      'SP1107',
      second === undefined ? view.span : view.keySpan(second),
      `expected exactly one of ${DEGRADE_WHERE.join(', ')}`,
    );
    return undefined;
  }
  const change: NetworkChange = {
    addLatencyUs: view.at('latency').durationUs ?? 0,
    jitter: view.at('jitter').share ?? null,
    loss: view.at('loss').share ?? null,
    bandwidthBytesPerSec: view.at('bandwidth').bytesPerSec ?? null,
  };
  if (!['latency', 'jitter', 'loss', 'bandwidth'].some((key) => view.has(key))) {
    names.diagnostics.error('SP1101', view.span, 'it is not said what becomes worse', {
      hint: 'add latency, jitter, loss or bandwidth',
    });
  }
  const between = degradedWay(where, view, names);
  return between && { verb: 'degrade', between, change };
}

function degradedWay(
  where: (typeof DEGRADE_WHERE)[number],
  view: View,
  names: Names,
): readonly [Selector, Selector] | undefined {
  if (where === 'between') return pair(view.at(where), (side) => buildSelector(side, names));
  if (where === 'link') {
    return pair(view.at(where), (side) => {
      const region = side.text === undefined ? undefined : names.region(side.text, side.span);
      return region && { kind: 'region', region: region.name };
    });
  }
  const target = buildSelector(view, names);
  return target && [target, { kind: 'everything' }];
}

const RESOURCES = ['disk', 'cpu', 'network'] as const;

function buildSlow(view: View, names: Names): FailureVerb | undefined {
  const [resource, second] = RESOURCES.filter((key) => view.has(key));
  if (resource === undefined || second !== undefined) {
    names.diagnostics.error(
      'SP1107',
      second === undefined ? view.span : view.keySpan(second),
      `expected exactly one of ${RESOURCES.join(', ')}`,
      {
        hint: 'example: slow: { broker: 2, disk: 10x }',
      },
    );
  }
  const target = buildSelector(view, names);
  if (target && resource === 'disk' && view.at(resource).text === 'stall') return { verb: 'stallDisk', target };
  const factor = resource && view.at(resource).factor;
  return target && resource && factor ? { verb: 'slow', target, resource, factor } : undefined;
}

function buildLoseControllers(view: View, names: Names): FailureVerb | undefined {
  const count = view.integer ?? view.at('count').integer;
  const cluster = names.cluster(view.at('cluster').text, view.span);
  if (cluster && count !== undefined && count > cluster.controllers.length) {
    names.diagnostics.error(
      'SP1145',
      view.span,
      `cluster '${cluster.name}' has only ${cluster.controllers.length} controllers`,
    );
  }
  return cluster && count !== undefined ? { verb: 'loseControllers', cluster: cluster.name, count } : undefined;
}

function buildLoseZooKeeper(view: View, names: Names): FailureVerb | undefined {
  const count = view.integer ?? view.at('count').integer;
  const cluster = names.cluster(view.at('cluster').text, view.span);
  if (!cluster || count === undefined) return undefined;
  const servers = cluster.zookeeper?.nodes.length ?? 0;
  if (count > servers) {
    const has = servers === 0 ? 'no ZooKeeper' : `only ${servers} ZooKeeper servers`;
    names.diagnostics.error('SP1145', view.span, `cluster '${cluster.name}' has ${has}`);
  }
  return { verb: 'loseZooKeeper', cluster: cluster.name, count };
}

function buildSlowConsumer(view: View, names: Names): FailureVerb | undefined {
  const key = view.has('group') ? 'group' : 'client';
  const name = view.at(key);
  if (name.text === undefined || (view.has('group') && view.has('client'))) {
    names.diagnostics.error('SP1107', view.span, 'expected exactly one of group, client');
    return undefined;
  }
  const target = clientSelector(name.text, true, name.span, names);
  return target && { verb: 'slowConsumer', target, perRecordUs: view.at('perRecord').durationUs ?? 0 };
}
