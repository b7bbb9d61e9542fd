import { ruleAccepts } from '../../kafka/configRule.ts';
import { configDefinition } from '../../kafka/configTable.ts';
import type { KafkaVersion } from '../../kafka/versions.ts';
import type { ConfigChange } from '../metadata.ts';

/** Kafka's error and its reason. */
export interface Refusal {
  readonly error: string;
  readonly reason: string;
}

/** What the broker that takes the request knows of its own configuration. */
export interface CurrentConfigs {
  /** Effective now. */
  number(name: string): number;
  /** Set for this very broker, so that a cluster-wide value changes nothing here. */
  isSetHere(name: string): boolean;
}

/** Each step of a pool's size stays between half and twice of what it is. */
const THREAD_POOLS = new Set([
  'num.io.threads',
  'num.network.threads',
  'num.replica.fetchers',
  'num.recovery.threads.per.data.dir',
  'background.threads',
]);

/**
 * What the broker that receives a change of broker configs says of it before it forwards it to the controller; null:
 * nothing against it. Names that Kafka does not know pass, since plug-ins have configs of their own.
 *
 * Source: `ConfigAdminManager.validateBrokerConfigChange` (every `ConfigException` becomes INVALID_REQUEST,
 * KAFKA-13609), `DynamicBrokerConfig.validate`, `DynamicThreadPool`.
 */
export function refuseBrokerConfigs(
  version: KafkaVersion,
  current: CurrentConfigs,
  changes: readonly ConfigChange[],
): Refusal | null {
  const named = changes.map((change) => ({ change, definition: configDefinition('broker', change.name, version) }));
  const list = (wrong: typeof named): string => wrong.map(({ change }) => change.name).join(', ');
  const fixed = named.filter(({ definition }) => definition?.updateMode === 'read-only');
  if (fixed.length > 0) return invalid(`Cannot update these configs dynamically: ${list(fixed)}`);
  for (const { change, definition } of named) {
    const { name, value } = change;
    if (definition?.valid === undefined || value === null || ruleAccepts(definition.valid, value)) continue;
    return invalid(`Invalid value ${String(value)} for configuration ${name}: ${definition.valid.text}`);
  }
  const single = named.filter(({ change, definition }) => definition?.updateMode === 'per-broker' && change.broker < 0);
  if (single.length > 0)
    return invalid(
      `Cannot update these configs at default cluster level, broker id must be specified: ${list(single)}`,
    );
  for (const { change } of named) {
    const why = change.broker < 0 && current.isSetHere(change.name) ? undefined : wrongPoolSize(change, current);
    if (why !== undefined) return invalid(why);
  }
  return null;
}

function wrongPoolSize({ name, value }: ConfigChange, current: CurrentConfigs): string | undefined {
  if (value === null || !THREAD_POOLS.has(name)) return undefined;
  const [before, after] = [current.number(name), Number(value)];
  const failed = `Dynamic thread count update validation failed for ${name}=${after}`;
  if (after < 1) return `${failed}, value should be at least 1`;
  if (after < Math.floor(before / 2)) return `${failed}, value should be at least half the current value ${before}`;
  return after > before * 2
    ? `${failed}, value should not be greater than double the current value ${before}`
    : undefined;
}

function invalid(reason: string): Refusal {
  return { error: 'INVALID_REQUEST', reason };
}
