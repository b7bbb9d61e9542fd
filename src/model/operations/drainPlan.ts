import type { World } from '../world.ts';
import { imageOf, type PartitionMove, partitionsOf } from './partitionMove.ts';

/**
 * Empties a broker and touches nothing else: each of its replicas goes to the broker that has the fewest, in its place
 * in the list. A rack that holds no other replica of the partition comes first where there is one. Ours: Kafka's tool
 * can only deal whole topics anew (`--generate` with a list of brokers).
 *
 * @returns a partition's number where no broker is left to take the replica
 */
export function drainPlan(
  world: World,
  cluster: string,
  leaving: number,
): PartitionMove[] | { readonly stuck: number } {
  const { controller } = world.cluster(cluster);
  const { brokers } = world.ctx.cast;
  const partitions = partitionsOf(world, cluster, () => true);
  const takers = controller
    .registeredBrokers()
    .filter((broker) => broker !== leaving && controller.brokerState(broker) === 'RUNNING');
  const counts = new Map(takers.map((broker) => [broker, 0]));
  for (const partition of partitions)
    for (const broker of imageOf(world, cluster, partition).replicas)
      if (counts.has(broker)) counts.set(broker, counts.get(broker)! + 1);
  const moves: PartitionMove[] = [];
  for (const partition of partitions) {
    const { replicas } = imageOf(world, cluster, partition);
    if (!replicas.includes(leaving)) continue;
    const racks = replicas.filter((broker) => broker !== leaving).map((broker) => brokers[broker]!.rack);
    const taker = takers
      .filter((broker) => !replicas.includes(broker))
      .reduce((best, broker) => (best < 0 || isBetter(broker, best) ? broker : best), -1);
    if (taker < 0) return { stuck: partition };
    counts.set(taker, counts.get(taker)! + 1);
    moves.push({ partition, target: replicas.map((broker) => (broker === leaving ? taker : broker)) });

    function isBetter(broker: number, than: number): boolean {
      const [rack, thanRack] = [racks.includes(brokers[broker]!.rack), racks.includes(brokers[than]!.rack)];
      return rack !== thanRack ? !rack : counts.get(broker)! < counts.get(than)!;
    }
  }
  return moves;
}
