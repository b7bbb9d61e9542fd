import type { OperationVerb } from '../../scenario/scenario.ts';
import type { ConfigChange } from '../metadata.ts';
import type { World } from '../world.ts';
import type { OperationLog } from './operationRunner.ts';

/** IncrementalAlterConfigs through any broker; what Kafka would refuse is refused with its error. */
export function alterConfig(
  world: World,
  action: Extract<OperationVerb, { verb: 'alterConfig' }>,
  log: OperationLog,
): void {
  const { controller, layout } = world.cluster(action.cluster);
  const { scope } = action;
  const broker =
    scope.kind === 'broker' ? layout.brokers[layout.spec.brokers.findIndex((node) => node.id === scope.id)]! : -1;
  const changes: ConfigChange[] = action.set.map(({ name, value }) => ({
    topic: scope.kind === 'topic' ? scope.topic : null,
    broker,
    name,
    value,
  }));
  const what = action.set.map(({ name, value }) => `${name}=${value}`).join(', ');
  controller.alterConfigs(
    changes,
    (error) => {
      const failed = error === 'NONE' ? null : error;
      world.ctx.recorder.event(world.ctx.kernel.nowUs, log.cause, { type: 'config.altered', what, error: failed });
      log.step(failed === null ? `set ${what}` : `${what} refused: ${failed}`);
      log.end(failed);
    },
    log.cause,
  );
}
