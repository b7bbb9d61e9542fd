import type { Cast } from '../model/trace.ts';

/** How people call the numbered things of a trace. Cluster names appear only when there are several clusters. */
export function brokerName(cast: Cast, broker: number): string {
  const found = cast.brokers[broker];
  if (found === undefined) return 'no broker';
  return `broker ${clusterPrefix(cast, found.cluster)}${found.id}`;
}

export function controllerName(cast: Cast, controller: number): string {
  const found = cast.controllers[controller];
  return found === undefined ? 'no controller' : `controller ${clusterPrefix(cast, found.cluster)}${found.id}`;
}

export function zooKeeperName(cast: Cast, zooKeeper: number): string {
  const found = cast.zooKeepers[zooKeeper];
  return found === undefined ? 'no ZooKeeper' : `ZooKeeper ${clusterPrefix(cast, found.cluster)}${found.id}`;
}

/** `orders-0`, as Kafka writes a TopicPartition. */
export function partitionName(cast: Cast, partition: number): string {
  const found = cast.partitions[partition];
  return found === undefined ? 'no partition' : `${found.topic}-${found.partition}`;
}

/** `billing-1`: instance 1 of the group or producer `billing`, as `group.instance.id` would be written. */
export function clientName(cast: Cast, client: number): string {
  const found = cast.clients[client];
  return found === undefined ? 'no client' : `${found.name}-${found.instance}`;
}

export function groupName(cast: Cast, group: number): string {
  return cast.groups[group]?.name ?? 'no group';
}

/** Node ids, as Kafka's tools print an ISR: `1,2,3`. */
export function brokerIds(cast: Cast, brokers: readonly number[]): number[] {
  return brokers.map((broker) => cast.brokers[broker]?.id ?? broker);
}

function clusterPrefix(cast: Cast, cluster: string): string {
  return cast.scenario.clusters.length > 1 ? `${cluster}/` : '';
}
