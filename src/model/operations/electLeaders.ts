import type { OperationVerb } from '../../scenario/scenario.ts';
import type { World } from '../world.ts';
import type { OperationLog } from './operationRunner.ts';
import { partitionName, partitionsOf } from './partitionMove.ts';

/** How many partitions one line of the timeline names. */
const NAMED_AT_MOST = 12;

/**
 * kafka-leader-election: preferred or unclean, for one partition, a topic, or all partitions, internal ones too. Asked for
 * all, Kafka does not name those that need no election.
 */
export function electLeaders(
  world: World,
  action: Extract<OperationVerb, { verb: 'electLeaders' }>,
  log: OperationLog,
): void {
  const wanted = partitionsOf(world, action.cluster, (topic) => action.topic === null || topic === action.topic).filter(
    (index) => action.partition === null || world.ctx.cast.partitions[index]!.partition === action.partition,
  );
  if (wanted.length === 0) {
    log.end('UNKNOWN_TOPIC_OR_PARTITION');
    return;
  }
  world.cluster(action.cluster).controller.electLeaders(
    action.type,
    wanted,
    (errors) => {
      for (const error of [...new Set(errors)]) {
        if (error === 'ELECTION_NOT_NEEDED' && action.topic === null) continue;
        const names = wanted.filter((_, i) => errors[i] === error).map((partition) => partitionName(world, partition));
        const more = names.length > NAMED_AT_MOST ? ` and ${names.length - NAMED_AT_MOST} more` : '';
        log.step(`${names.slice(0, NAMED_AT_MOST).join(', ')}${more}: ${error === 'NONE' ? 'elected' : error}`);
      }
      const real = errors.find((error) => error !== 'NONE' && error !== 'ELECTION_NOT_NEEDED');
      log.end(real ?? null);
    },
    log.cause,
  );
}
