import type { OperationVerb } from '../../scenario/scenario.ts';
import { refuseBrokerConfigs } from '../broker/configPreprocessing.ts';
import type { ConfigChange } from '../metadata.ts';
import type { World } from '../world.ts';
import type { OperationLog } from './operationRunner.ts';
import { whenTrue } from './waiting.ts';

type AlterConfig = Extract<OperationVerb, { verb: 'alterConfig' }>;

/** `default.api.timeout.ms` of the admin client: how long it looks for a broker that it may ask. */
const API_TIMEOUT_US = 60_000_000;

/**
 * IncrementalAlterConfigs. A change of one broker's configs is asked of that broker, any other of any broker; the broker
 * checks configs of brokers before it forwards them to the controller.
 *
 * Source: `KafkaAdminClient.incrementalAlterConfigs`, `ConfigAdminManager`.
 */
export function alterConfig(world: World, action: AlterConfig, log: OperationLog): void {
  const { layout } = world.cluster(action.cluster);
  const { scope } = action;
  const broker =
    scope.kind === 'broker' ? layout.brokers[layout.spec.brokers.findIndex((node) => node.id === scope.id)]! : -1;
  const changes: ConfigChange[] = action.set.map(({ name, value }) => ({
    topic: scope.kind === 'topic' ? scope.topic : null,
    broker,
    name,
    value,
  }));
  const untilUs = world.ctx.kernel.nowUs + API_TIMEOUT_US;
  const asked = (): number | undefined =>
    (broker < 0 ? layout.brokers : [broker]).find((one) => world.servers[one]?.isServing);
  whenTrue(
    world,
    () => asked() !== undefined || world.ctx.kernel.nowUs >= untilUs,
    () => {
      const taker = asked();
      if (taker === undefined)
        refused(world, changes, log, 'REQUEST_TIMED_OUT', 'Timed out waiting for a node assignment');
      else send(world, action.cluster, taker, changes, log);
    },
  );
}

function send(world: World, cluster: string, taker: number, changes: readonly ConfigChange[], log: OperationLog): void {
  const { controller, layout } = world.cluster(cluster);
  const { configs } = world.servers[taker]!.view;
  const ofBrokers = changes.filter((change) => change.topic === null);
  const refusal = refuseBrokerConfigs(layout.versions.software('broker', taker), configs, ofBrokers);
  if (refusal !== null) {
    refused(world, changes, log, refusal.error, refusal.reason);
    return;
  }
  controller.alterConfigs(
    changes,
    (error) => {
      const failed = error === 'NONE' ? null : error;
      log.step(failed === null ? `set ${textOf(changes)}` : `${textOf(changes)} refused: ${failed}`);
      log.end(failed);
    },
    log.cause,
  );
}

/** Nothing reached the controller. */
function refused(
  world: World,
  changes: readonly ConfigChange[],
  log: OperationLog,
  error: string,
  reason: string,
): void {
  const { recorder, kernel } = world.ctx;
  const what = textOf(changes);
  recorder.event(kernel.nowUs, log.cause, { type: 'config.altered', what, error: `${error}: ${reason}` });
  log.step(`${what} refused: ${error}: ${reason}`);
  log.end(`${error}: ${reason}`);
}

function textOf(changes: readonly ConfigChange[]): string {
  return changes.map(({ name, value }) => `${name}=${value === null ? '(default)' : String(value)}`).join(', ');
}
