import type { ConfigChange } from '../metadata.ts';
import type { World } from '../world.ts';
import type { OperationLog } from './operationRunner.ts';
import { imageOf, newReplicas, type PartitionMove } from './partitionMove.ts';

const BROKER_RATES = ['leader.replication.throttled.rate', 'follower.replication.throttled.rate'] as const;
const LEADER_LIST = 'leader.replication.throttled.replicas';
const FOLLOWER_LIST = 'follower.replication.throttled.replicas';

/**
 * The throttles that kafka-reassign-partitions sets before it moves anything: on topics, which replicas are throttled (as
 * leaders all that there are, as followers those that are new); on each broker that takes part, the rate.
 *
 * Source: `ReassignPartitionsCommand` (modifyTopicThrottles, modifyInterBrokerThrottle), KIP-73.
 */
export function setThrottles(
  world: World,
  cluster: string,
  moves: readonly PartitionMove[],
  bytesPerSec: number,
  log: OperationLog,
  done: (error: string) => void,
): void {
  const { controller } = world.cluster(cluster);
  const leaders = new Map<string, string[]>();
  const followers = new Map<string, string[]>();
  const brokers = new Set<number>();
  for (const { partition, target } of moves) {
    const image = imageOf(world, cluster, partition);
    const { topic, partition: number } = world.ctx.cast.partitions[partition]!;
    const entry = (broker: number): string => `${number}:${world.ctx.cast.brokers[broker]!.id}`;
    leaders.set(topic, [...(leaders.get(topic) ?? []), ...image.replicas.map(entry)]);
    followers.set(topic, [...(followers.get(topic) ?? []), ...newReplicas(image, target).map(entry)]);
    for (const broker of [...image.replicas, ...target]) brokers.add(broker);
  }
  const changes: ConfigChange[] = [];
  for (const [topic, list] of leaders) changes.push({ topic, broker: -1, name: LEADER_LIST, value: list.join(',') });
  for (const [topic, list] of followers)
    if (list.length > 0) changes.push({ topic, broker: -1, name: FOLLOWER_LIST, value: list.join(',') });
  for (const broker of [...brokers].sort((a, b) => a - b))
    for (const name of BROKER_RATES) changes.push({ topic: null, broker, name, value: bytesPerSec });
  controller.alterConfigs(changes, done, log.cause);
}

/** What --verify takes away once nothing moves any more: the rates of all brokers, the lists of the topics that moved. */
export function clearThrottles(
  world: World,
  cluster: string,
  topics: readonly string[],
  log: OperationLog,
  done: (error: string) => void,
): void {
  const { controller } = world.cluster(cluster);
  const changes: ConfigChange[] = [];
  for (const broker of controller.registeredBrokers())
    for (const name of BROKER_RATES) changes.push({ topic: null, broker, name, value: null });
  for (const topic of topics)
    for (const name of [LEADER_LIST, FOLLOWER_LIST]) changes.push({ topic, broker: -1, name, value: null });
  controller.alterConfigs(changes, done, log.cause);
}
