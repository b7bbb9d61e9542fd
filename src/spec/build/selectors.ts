import type { Cluster, Selector } from '../../scenario/scenario.ts';
import type { Span } from '../tree.ts';
import type { Names } from './names.ts';
import { resolveZone } from './places.ts';
import type { View } from './view.ts';

const EXAMPLES =
  'examples: broker 3, leader of orders-0, controller, coordinator of group billing, zone eu-west/a, client checkout/0, brokers of eu';

/** The keys that name what is meant; `cluster` only narrows them. */
export const SELECTOR_KEYS = [
  'broker',
  'controller',
  'leaderOf',
  'followerOf',
  'coordinatorOf',
  'brokersOf',
  'controllersOf',
  'zookeeper',
  'zookeepersOf',
  'zone',
  'region',
  'client',
  'group',
  'anyOf',
] as const;
type SelectorKey = (typeof SELECTOR_KEYS)[number];

/** A target as text, map or list; undefined when it was reported as wrong. */
export function buildSelector(view: View, names: Names): Selector | undefined {
  if (view.node?.kind === 'list') return allOf(view.items, (item) => buildSelector(item, names));
  if (view.node?.kind === 'map') return fromMap(view, names);
  return view.text === undefined ? undefined : fromText(view.text, undefined, view.span, names);
}

function allOf(views: readonly View[], build: (view: View) => Selector | undefined): Selector | undefined {
  const of = views.flatMap((view) => build(view) ?? []);
  return of.length === views.length ? { kind: 'allOf', of } : undefined;
}

function fromMap(view: View, names: Names): Selector | undefined {
  const keys = SELECTOR_KEYS.filter((key) => view.has(key));
  const [key, second] = keys;
  if (key === undefined) {
    if (!names.diagnostics.hasErrorWithin(view.span))
      names.diagnostics.error('SP1126', view.span, 'it is not said what is meant', { hint: EXAMPLES });
    return undefined;
  }
  if (second !== undefined) {
    names.diagnostics.error('SP1107', view.keySpan(second), `'${second}' and '${key}' exclude each other here`, {
      hint: 'for several targets write a list',
    });
    return undefined;
  }
  return fromEntry(key, view.at(key), view.at('cluster').text, names);
}

function fromEntry(key: SelectorKey, value: View, cluster: string | undefined, names: Names): Selector | undefined {
  if (key === 'anyOf') {
    const of = buildSelector(value, names);
    return of && { kind: 'anyOf', of };
  }
  if (value.node?.kind === 'list') return allOf(value.items, (item) => fromEntry(key, item, cluster, names));
  const text = value.text;
  if (text === undefined) return undefined;
  const isRole = (key === 'broker' || key === 'controller') && value.integer === undefined && !/^\d+$/.test(text);
  return isRole ? fromText(text, cluster, value.span, names) : fromWords(key, text, cluster, value.span, names);
}

const WORDS: readonly (readonly [RegExp, SelectorKey])[] = [
  [/^leader of (?:partition )?(\S+?)(?: (?:of|in) (\S+))?$/, 'leaderOf'],
  [/^follower of (?:partition )?(\S+?)(?: (?:of|in) (\S+))?$/, 'followerOf'],
  [/^coordinator of (?:group )?(.+)$/, 'coordinatorOf'],
  [/^brokers(?: of (.+))?$/, 'brokersOf'],
  [/^controllers(?: of (.+))?$/, 'controllersOf'],
  [/^broker:? (\d+)(?: of (.+))?$/, 'broker'],
  [/^controller:? (\d+)(?: of (.+))?$/, 'controller'],
  [/^zookeepers(?: of (.+))?$/, 'zookeepersOf'],
  [/^zookeeper:? (\d+)(?: of (.+))?$/, 'zookeeper'],
  [/^zone:? (.+)$/, 'zone'],
  [/^region:? (.+)$/, 'region'],
  [/^client:? (.+)$/, 'client'],
  [/^group:? (.+)$/, 'group'],
];

function fromText(written: string, cluster: string | undefined, span: Span, names: Names): Selector | undefined {
  const text = written.trim().replace(/\s+/g, ' ');
  if (text === 'everything') return { kind: 'everything' };
  const any = /^(?:any|one) of:? (.+)$/.exec(text);
  if (any) {
    const of = fromText(any[1]!, cluster, span, names);
    return of && { kind: 'anyOf', of };
  }
  const active = /^(?:active )?controller(?: of (.+))?$/.exec(text);
  if (active) {
    const found = names.cluster(active[1] ?? cluster, span);
    return found && { kind: 'activeController', cluster: found.name };
  }
  const leader = /^zookeeper leader(?: of (.+))?$/.exec(text);
  if (leader) {
    const found = zooKeeperCluster(leader[1] ?? cluster, span, names);
    return found && { kind: 'zooKeeperLeader', cluster: found.name };
  }
  for (const [pattern, key] of WORDS) {
    const match = pattern.exec(text);
    if (match) return fromWords(key, match[1], match[2] ?? cluster, span, names);
  }
  names.diagnostics.error('SP1126', span, `'${written}' is not a target`, { hint: EXAMPLES });
  return undefined;
}

function fromWords(
  key: SelectorKey,
  text: string | undefined,
  clusterName: string | undefined,
  span: Span,
  names: Names,
): Selector | undefined {
  switch (key) {
    case 'broker':
    case 'controller': {
      const cluster = names.cluster(clusterName, span);
      return cluster && nodeSelector(key, Number(text), cluster, span, names);
    }
    case 'leaderOf':
    case 'followerOf': {
      const found = names.partition(text ?? '', clusterName, span);
      return found && { kind: key, cluster: found.cluster.name, topic: found.topic.name, partition: found.partition };
    }
    case 'coordinatorOf': {
      const group = names.group(text ?? '', span);
      return group && { kind: key, cluster: group.cluster, group: group.name };
    }
    case 'brokersOf':
    case 'controllersOf': {
      const cluster = names.cluster(text ?? clusterName, span);
      return cluster && { kind: key, cluster: cluster.name };
    }
    case 'zookeeper':
    case 'zookeepersOf':
      return zooKeeperSelector(key, text, clusterName, span, names);
    case 'zone': {
      const place = resolveZone(text ?? '', span, undefined, names);
      return place && { kind: 'zone', ...place };
    }
    case 'region': {
      const region = names.region(text ?? '', span);
      return region && { kind: 'region', region: region.name };
    }
    default:
      return clientSelector(text ?? '', key === 'group', span, names);
  }
}

/** A cluster that has ZooKeeper; undefined when it was reported. */
function zooKeeperCluster(name: string | undefined, span: Span, names: Names): Cluster | undefined {
  const cluster = names.cluster(name, span);
  if (!cluster || cluster.zookeeper !== null) return cluster;
  names.diagnostics.error('SP1145', span, `cluster '${cluster.name}' has no ZooKeeper`, {
    hint: 'add coordination: { zookeeper: { ensemble: 3 } }',
  });
  return undefined;
}

function zooKeeperSelector(
  key: 'zookeeper' | 'zookeepersOf',
  text: string | undefined,
  clusterName: string | undefined,
  span: Span,
  names: Names,
): Selector | undefined {
  const cluster = zooKeeperCluster(key === 'zookeeper' ? clusterName : (text ?? clusterName), span, names);
  if (!cluster) return undefined;
  if (key === 'zookeepersOf') return { kind: 'zooKeepersOf', cluster: cluster.name };
  const id = Number(text);
  const ids = cluster.zookeeper!.nodes.map((node) => node.id);
  if (ids.includes(id)) return { kind: 'zooKeeperNode', cluster: cluster.name, id };
  names.diagnostics.error('SP1145', span, `cluster '${cluster.name}' has no zookeeper ${text}`, {
    hint: `its zookeepers: ${ids.join(', ')}`,
  });
  return undefined;
}

function nodeSelector(
  key: 'broker' | 'controller',
  id: number,
  cluster: Cluster,
  span: Span,
  names: Names,
): Selector | undefined {
  const nodes = key === 'broker' ? cluster.brokers : cluster.controllers;
  if (nodes.some((node) => node.id === id))
    return { kind: key === 'broker' ? 'broker' : 'controllerNode', cluster: cluster.name, id };
  names.diagnostics.error('SP1145', span, `cluster '${cluster.name}' has no ${key} ${id}`, {
    hint: `its ${key}s: ${nodes
      .slice(0, 12)
      .map((node) => node.id)
      .join(', ')}${nodes.length > 12 ? ', ...' : ''}`,
  });
  return undefined;
}

/** `checkout`, or `checkout/2` (also `checkout-2`) for the instance with index 2. */
export function clientSelector(text: string, onlyGroups: boolean, span: Span, names: Names): Selector | undefined {
  const isName = [...names.producers, ...names.consumers].some((client) => client.name === text);
  const match = isName ? null : /^(.+)[/-](\d{1,6})$/.exec(text);
  const name = match?.[1] ?? text;
  const client = onlyGroups ? names.group(name, span) : names.client(name, span);
  if (!client) return undefined;
  const instance = match ? Number(match[2]) : null;
  if (instance !== null && instance >= client.instances.length) {
    names.diagnostics.error('SP1143', span, `'${name}' has no instance ${instance}`, {
      hint: `its instances: 0 to ${client.instances.length - 1}`,
    });
    return undefined;
  }
  return { kind: 'client', name, instance };
}
