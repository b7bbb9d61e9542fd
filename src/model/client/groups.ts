import type { CoordinatorFactory } from '../broker/brokerServer.ts';
import type { Stage } from '../stage.ts';
import type { World } from '../world.ts';

export function joinGroups(_stage: Stage): { coordinators: CoordinatorFactory; start(world: World): void } {
  return {
    coordinators: () => ({ handle: () => false, leadershipChanged: () => {}, stop: () => {} }),
    start: () => {},
  };
}
