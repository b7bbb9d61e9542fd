import type { BrokerNode, Place, Region } from '../../scenario/scenario.ts';
import { buildHardware, MOST_BROKERS, rackOf } from './clusters.ts';
import type { Names } from './names.ts';
import { resolveZones, striped } from './places.ts';
import type { View } from './view.ts';

interface AddedContext {
  readonly cluster: string;
  /** The operation need not name the cluster. */
  readonly isOnly: boolean;
  readonly region: Region | undefined;
  readonly places: readonly Place[];
  readonly hasRack: boolean;
  /** Those that the cluster starts with. */
  readonly brokers: readonly BrokerNode[];
}

/** Brokers that addBrokers operations bring to the cluster: they have their places from the start, so that others can name them. */
export function buildAddedBrokers(root: View, context: AddedContext, names: Names): BrokerNode[] {
  const added: BrokerNode[] = [];
  for (const operation of root.at('operations').items) {
    const view = operation.at('addBrokers');
    const cluster = view.at('cluster').text;
    if (!operation.has('addBrokers') || (cluster ?? (context.isOnly ? context.cluster : '')) !== context.cluster)
      continue;
    const nodes = nodesOf(view, context, [...context.brokers, ...added], names);
    added.push(...nodes);
    names.addedBrokers.set(
      view.node,
      nodes.map(({ id }) => id),
    );
  }
  return added;
}

function nodesOf(view: View, context: AddedContext, known: readonly BrokerNode[], names: Names): BrokerNode[] {
  const ids = view.at('ids').items.flatMap((id) => id.integer ?? []);
  const wanted = view.at('count').integer ?? (ids.length || 1);
  const count = Math.min(wanted, MOST_BROKERS - known.length);
  const taken = ids.filter((id) => known.some((node) => node.id === id));
  if (taken.length > 0)
    names.diagnostics.error('SP1145', view.at('ids').span, `the cluster has a broker ${taken[0]} already`);
  if (ids.length > 0 && (ids.length !== wanted || new Set(ids).size !== ids.length))
    names.diagnostics.error('SP1145', view.at('ids').span, `expected ${wanted} different broker ids`);
  if (count < wanted)
    names.diagnostics.error('SP1104', view.span, `${known.length + wanted} brokers in all; at most ${MOST_BROKERS}`);
  const zones = resolveZones(view.at('zones'), context.region, names);
  const places = zones.length > 0 ? zones : context.places;
  const skipped = zones.length > 0 ? 0 : known.length;
  const hardware = view.at('hardware').isWritten ? buildHardware(view.at('hardware')) : context.brokers[0]?.hardware;
  const next = Math.max(0, ...known.map(({ id }) => id)) + 1;
  return striped(places, skipped + count)
    .slice(skipped)
    .map((place, index) => ({
      id: ids[index] ?? next + index,
      place,
      rack: context.hasRack ? rackOf(place, context.places) : null,
      hardware: hardware ?? buildHardware(view.at('hardware')),
      joinsLater: true,
    }));
}
