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
