import type { OperationVerb } from '../../scenario/scenario.ts';
import type { World } from '../world.ts';
import type { OperationLog } from './operationRunner.ts';

/** Brings a client to a number of instances: new ones start, the highest-numbered ones stop. */
export function scale(world: World, action: Extract<OperationVerb, { verb: 'scale' }>, log: OperationLog): void {
  world.clientProcesses(action.client, null).forEach((process, instance) => {
    const client = world.client(process);
    if (client === undefined) return;
    const isUp = process.life === 'running' && client.isStarted;
    if (instance < action.instances && !isUp) {
      log.step(`start ${process.name}`);
      process.cause = log.cause;
      world.start(process, log.cause);
    } else if (instance >= action.instances && isUp) {
      log.step(`stop ${process.name}`);
      process.cause = log.cause;
      client.stop(action.graceful);
    }
  });
  log.end(null);
}
