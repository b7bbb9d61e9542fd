import type { Cluster, FailureVerb, Selector } from '../../scenario/scenario.ts';
import type { Names } from './names.ts';
import { buildSelector } from './selectors.ts';
import type { View } from './view.ts';

/** `failDisk: broker 2`, or `failDisk: { broker: 2, disk: 1 }` where the broker has several. */
export function buildFailDisk(view: View, names: Names): FailureVerb | undefined {
  const place = buildDisk(view, names);
  return place && { verb: 'failDisk', ...place };
}

/** `fillDisk: { broker: 2, disk: 1, to: 100% }`: to how much of its size somebody else fills the disk. */
export function buildFillDisk(view: View, names: Names): FailureVerb | undefined {
  const place = buildDisk(view, names);
  return place && { verb: 'fillDisk', ...place, share: view.at('to').share ?? 1 };
}

function buildDisk(view: View, names: Names): { readonly target: Selector; readonly disk: number | null } | undefined {
  const target = buildSelector(view, names);
  const disk = view.at('disk').integer;
  if (target === undefined) return undefined;
  const other = noBroker(target, names);
  if (other !== undefined) {
    names.diagnostics.error('SP1126', view.span, `only disks of brokers fail or fill up, and this means ${other}`, {
      hint: 'examples: broker 3, leader of orders-0, follower of orders-0, brokers of eu, zone eu-west/a',
    });
    return undefined;
  }
  if (disk === undefined) return { target, disk: null };
  const clusters = clustersOf(target, names);
  const lacking = clusters.find((cluster) => diskCount(cluster) < disk);
  if (lacking === undefined || clusters.some((cluster) => isOnlyPossible(target) && diskCount(cluster) >= disk))
    return { target, disk };
  const count = diskCount(lacking);
  names.diagnostics.error(
    'SP1149',
    view.at('disk').span,
    `the brokers of cluster '${lacking.name}' have ${count === 1 ? 'one disk' : `${count} disks`}`,
    { hint: 'disks are listed under brokers: { hardware: { disks: [...] } } and counted from 1' },
  );
  return undefined;
}

/** What the target means where it can mean no broker. A combined controller is a broker. */
function noBroker(target: Selector, names: Names): string | undefined {
  switch (target.kind) {
    case 'client':
      return `the client ${target.name}`;
    case 'zooKeeperNode':
    case 'zooKeeperLeader':
    case 'zooKeepersOf':
      return 'ZooKeeper';
    case 'controllerNode':
    case 'controllersOf':
    case 'activeController':
      return clustersOf(target, names).some(({ controllers }) => controllers.some(({ combined }) => combined))
        ? undefined
        : 'a controller that is no broker';
    case 'anyOf':
      return noBroker(target.of, names);
    case 'allOf':
      return target.of.map((one) => noBroker(one, names)).find((one) => one !== undefined);
    default:
      return undefined;
  }
}

/** A place may hold brokers of several clusters: the disk has to exist somewhere. */
function isOnlyPossible(target: Selector): boolean {
  return target.kind === 'zone' || target.kind === 'region' || target.kind === 'everything';
}

function clustersOf(target: Selector, names: Names): readonly Cluster[] {
  if (target.kind === 'anyOf') return clustersOf(target.of, names);
  if (target.kind === 'allOf') return target.of.flatMap((one) => clustersOf(one, names));
  return 'cluster' in target ? names.clusters.filter(({ name }) => name === target.cluster) : names.clusters;
}

/** All brokers of a cluster have the same hardware. */
function diskCount(cluster: Cluster): number {
  return cluster.brokers[0]?.hardware.disks.length ?? 0;
}
