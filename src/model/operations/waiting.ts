import type { World } from '../world.ts';

/** How often automation looks whether it may go on. */
const LOOK_US = 1_000_000;

/** Runs `then` once the condition holds: now, or at one of the looks that follow each second. */
export function whenTrue(world: World, condition: () => boolean, then: () => void): void {
  if (condition()) {
    then();
    return;
  }
  const { kernel } = world.ctx;
  kernel.atControl(kernel.nowUs + LOOK_US, () => whenTrue(world, condition, then));
}

/** How many partitions of the cluster have fewer replicas in the ISR than they have. */
export function underReplicated(world: World, cluster: string): number {
  const { controller } = world.cluster(cluster);
  let count = 0;
  world.ctx.cast.partitions.forEach((partition, index) => {
    if (partition.cluster !== cluster) return;
    const image = controller.partitionImage(index);
    if (image.isr.length < image.replicas.length) count++;
  });
  return count;
}
