import type { OperationVerb } from '../../scenario/scenario.ts';
import type { World } from '../world.ts';
import type { OperationLog } from './operationRunner.ts';

/** kafka-leader-election: preferred or unclean, for one partition, a topic, or all user topics. */
export function electLeaders(
  world: World,
  action: Extract<OperationVerb, { verb: 'electLeaders' }>,
  log: OperationLog,
): void {
  const { controller } = world.cluster(action.cluster);
  const partitions: number[] = [];
  world.ctx.cast.partitions.forEach((one, index) => {
    const wanted =
      one.cluster === action.cluster &&
      (action.topic === null ? !one.internal : one.topic === action.topic) &&
      (action.partition === null || one.partition === action.partition) &&
      controller.partitionImage(index).replicas.length > 0;
    if (wanted) partitions.push(index);
  });
  controller.electLeaders(
    action.type,
    partitions,
    (errors) => {
      errors.forEach((error, i) => {
        const { topic, partition } = world.ctx.cast.partitions[partitions[i]!]!;
        log.step(`${topic}-${partition}: ${error === 'NONE' ? 'elected' : error}`);
      });
      const real = errors.find((error) => error !== 'NONE' && error !== 'ELECTION_NOT_NEEDED');
      log.end(real ?? null);
    },
    log.cause,
  );
}
