import type { OperationVerb } from '../../scenario/scenario.ts';
import type { World } from '../world.ts';
import { drainPlan } from './drainPlan.ts';
import { movePartitions } from './movePartitions.ts';
import type { OperationLog } from './operationRunner.ts';
import { partitionName } from './partitionMove.ts';
import { whenTrue } from './waiting.ts';

type Verb<Name extends OperationVerb['verb']> = Extract<OperationVerb, { verb: Name }>;

/** Brokers start, register and serve; they hold nothing until partitions are moved to them. */
export function addBrokers(world: World, action: Verb<'addBrokers'>, log: OperationLog): void {
  const { controller } = world.cluster(action.cluster);
  const brokers = action.ids.map((id) => world.brokerIndex(action.cluster, id));
  for (const broker of brokers) {
    const process = world.brokerProcesses[broker]!;
    log.step(`${process.name}: start`);
    process.cause = log.cause;
    world.broughtIn(process);
    world.start(process, log.cause);
  }
  whenTrue(
    world,
    () => brokers.every((broker) => controller.brokerState(broker) === 'RUNNING'),
    () => log.end(null),
  );
}

/** Empty it, stop it, unregister it. Without draining its replicas stay assigned to a broker that is not there. */
export function removeBroker(world: World, action: Verb<'removeBroker'>, log: OperationLog): void {
  const { cluster, throttleBytesPerSec } = action;
  const leaving = world.brokerIndex(cluster, action.id);
  if (!world.cluster(cluster).controller.registeredBrokers().includes(leaving)) {
    log.end('BROKER_ID_NOT_REGISTERED');
    return;
  }
  if (!action.drains) {
    stopAndUnregister(world, cluster, leaving, log);
    return;
  }
  const plan = drainPlan(world, cluster, leaving);
  if ('stuck' in plan) {
    log.step(`no other broker could take the replica of ${partitionName(world, plan.stuck)}`);
    log.end('INVALID_REPLICA_ASSIGNMENT');
    return;
  }
  const goOn = (): void => stopAndUnregister(world, cluster, leaving, log);
  if (plan.length === 0) {
    goOn();
    return;
  }
  movePartitions(world, plan, { cluster, throttleBytesPerSec, keepsThrottle: false, waits: true }, log, (error) => {
    if (error === 'NONE') goOn();
    else log.end(error);
  });
}

function stopAndUnregister(world: World, cluster: string, broker: number, log: OperationLog): void {
  const process = world.brokerProcesses[broker]!;
  log.step(`${process.name}: SIGTERM`);
  process.cause = log.cause;
  world.stop(process, log.cause);
  whenTrue(
    world,
    () => process.life === 'dead',
    () => {
      // With ZooKeeper there is nothing left to unregister: the registration went with the session.
      if (world.cluster(cluster).layout.spec.zookeeper !== null) {
        log.end(null);
        return;
      }
      world.cluster(cluster).controller.unregisterBroker(
        broker,
        (error) => {
          world.takenOut(process);
          log.step(`${process.name}: ${error === 'NONE' ? 'unregistered' : error}`);
          log.end(error === 'NONE' ? null : error);
        },
        log.cause,
      );
    },
  );
}

/** kafka-topics --alter --partitions. */
export function createPartitions(world: World, action: Verb<'createPartitions'>, log: OperationLog): void {
  const { cluster, topic, partitionCount } = action;
  const assignment = action.assignment?.map((ids) => ids.map((id) => world.brokerIndex(cluster, id))) ?? null;
  world.cluster(cluster).controller.createPartitions(
    { topic, partitionCount, assignment },
    (error) => {
      log.step(error === 'NONE' ? `${topic} has ${partitionCount} partitions` : `${topic}: ${error}`);
      log.end(error === 'NONE' ? null : error);
    },
    log.cause,
  );
}
