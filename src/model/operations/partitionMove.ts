import type { PartitionImage } from '../metadata.ts';
import type { World } from '../world.ts';

/** One partition and the brokers that it is to live on, the preferred leader first. Dense indexes. */
export interface PartitionMove {
  readonly partition: number;
  readonly target: readonly number[];
}

export function imageOf(world: World, cluster: string, partition: number): PartitionImage {
  return world.cluster(cluster).controller.partitionImage(partition);
}

export function isMoving({ adding, removing }: PartitionImage): boolean {
  return adding.length > 0 || removing.length > 0;
}

/** Replicas that do not hold the partition yet. */
export function newReplicas({ replicas }: PartitionImage, target: readonly number[]): number[] {
  return target.filter((broker) => !replicas.includes(broker));
}

/** Partitions of the cluster by topic, in the order of their numbers; those whose creation has not committed are left out. */
export function partitionsOf(
  world: World,
  cluster: string,
  isWanted: (topic: string, internal: boolean) => boolean,
): number[] {
  const found: number[] = [];
  world.ctx.cast.partitions.forEach((one, index) => {
    const isCommitted = one.cluster === cluster && imageOf(world, cluster, index).replicas.length > 0;
    if (isCommitted && isWanted(one.topic, one.internal)) found.push(index);
  });
  return found;
}

export function partitionName(world: World, partition: number): string {
  const { topic, partition: number } = world.ctx.cast.partitions[partition]!;
  return `${topic}-${number}`;
}

/** Bytes of the partition's log as its leader has it: what each new replica must copy. */
export function logBytes(world: World, { leader, partition }: PartitionImage): number {
  const log = leader < 0 ? undefined : world.replicas.get(leader, partition)?.log;
  return log === undefined ? 0 : log.bytesBetween(log.logStartOffset, log.logEndOffset);
}
