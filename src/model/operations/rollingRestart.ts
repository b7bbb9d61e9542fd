import type { OperationVerb } from '../../scenario/scenario.ts';
import type { Process } from '../network/process.ts';
import type { World } from '../world.ts';
import type { OperationLog } from './operationRunner.ts';
import { underReplicated, whenTrue } from './waiting.ts';

type RollingRestart = Extract<OperationVerb, { verb: 'rollingRestart' }>;

/**
 * Restarts the brokers of a cluster one after the other, by id: stop (SIGTERM, or kill when not graceful), start, wait
 * until it is RUNNING, then until nothing is under-replicated and/or for a fixed pause.
 */
export function rollingRestart(world: World, action: RollingRestart, log: OperationLog): void {
  restartNext(world, action, log, world.cluster(action.cluster).controller.registeredBrokers());
}

function restartNext(world: World, action: RollingRestart, log: OperationLog, left: readonly number[]): void {
  const [broker, ...rest] = left;
  if (broker === undefined) {
    log.end(null);
    return;
  }
  const process = world.brokerProcesses[broker]!;
  log.step(`${process.name}: ${action.graceful ? 'SIGTERM' : 'kill -9'}`);
  process.cause = log.cause;
  if (action.graceful) world.stop(process, log.cause);
  else world.kill(process);
  whenTrue(
    world,
    () => process.life === 'dead',
    () => {
      log.step(`${process.name}: start`);
      world.start(process, log.cause);
      whenTrue(
        world,
        () => isStartedAgain(world, process, log) && isBack(world, action, process, broker),
        () => pauseThen(world, action, log, rest),
      );
    },
  );
}

/** A process that ended by itself while it started (its registration was refused) is started again. */
function isStartedAgain(world: World, process: Process, log: OperationLog): boolean {
  if (process.life !== 'dead') return true;
  log.step(`${process.name}: ended by itself, start again`);
  process.cause = log.cause;
  world.start(process, log.cause);
  return false;
}

function isBack(world: World, action: RollingRestart, process: Process, broker: number): boolean {
  const { controller } = world.cluster(action.cluster);
  if (process.life !== 'running' || controller.brokerState(broker) !== 'RUNNING') return false;
  return !action.waitForInSync || underReplicated(world, action.cluster) === 0;
}

function pauseThen(world: World, action: RollingRestart, log: OperationLog, rest: readonly number[]): void {
  const { kernel } = world.ctx;
  kernel.atControl(kernel.nowUs + (action.pauseUs ?? 0), () => restartNext(world, action, log, rest));
}
