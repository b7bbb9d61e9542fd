import { type ConfigRule, parseConfigRule, ruleAccepts } from './configRule.ts';
import {
  CONFIG_TABLES,
  type ConfigKind,
  type ConfigRun,
  type ConfigType,
  type ConfigValue,
  type UpdateMode,
} from './configTables.ts';
import { compareVersions, type KafkaVersion, SUPPORTED_VERSIONS, tableVersion } from './versions.ts';

export type { ConfigKind, ConfigType, ConfigValue, UpdateMode } from './configTables.ts';

/** One config as one release defines it. */
export interface ConfigDefinition {
  name: string;
  type: ConfigType;
  /** Native value; null is Kafka's null; undefined when Kafka demands a value. */
  default: ConfigValue | undefined;
  required: boolean;
  /** Undefined when the config has no validator of its own. */
  valid: ConfigRule | undefined;
  /** Broker configs only. */
  updateMode: UpdateMode | undefined;
  /** Topic and group configs: the broker configs that supply the default, highest precedence first; else empty. */
  serverDefault: readonly string[];
  /** True for configs that Kafka keeps out of its documentation. */
  internal: boolean;
}

const definitions = new Map<ConfigRun, ConfigDefinition>();

/** The config as `version` defines it; undefined when that release does not know it. */
export function configDefinition(kind: ConfigKind, name: string, version: KafkaVersion): ConfigDefinition | undefined {
  const run = runsOf(kind, name).find((candidate) => covers(candidate, tableVersion(version)));
  return run && definitionOf(name, run);
}

/** All configs of a kind that `version` knows, internal ones included, in code unit order. */
export function configNames(kind: ConfigKind, version: KafkaVersion): string[] {
  const table = tableVersion(version);
  const { configs } = CONFIG_TABLES[kind];
  return Object.keys(configs)
    .filter((name) => configs[name]!.some((run) => covers(run, table)))
    .sort();
}

/** The releases that know the config, oldest first; empty for an unknown name. */
export function versionsWithConfig(kind: ConfigKind, name: string): KafkaVersion[] {
  const runs = runsOf(kind, name);
  return SUPPORTED_VERSIONS.filter((version) => runs.some((run) => covers(run, tableVersion(version))));
}

/** The default in `version`; undefined when the release does not know the config or demands a value. */
export function defaultConfigValue(kind: ConfigKind, name: string, version: KafkaVersion): ConfigValue | undefined {
  return configDefinition(kind, name, version)?.default;
}

/**
 * The default as a number, for the model's own use. Longs beyond 2^53 (Kafka's "never") become the nearest double.
 * A missing, null or non-numeric default is a mistake of the caller and throws.
 */
export function defaultConfigNumber(kind: ConfigKind, name: string, version: KafkaVersion): number {
  const value = defaultConfigValue(kind, name, version);
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof number === 'number' && !Number.isNaN(number)) return number;
  throw new Error(`${kind} config ${name} has no numeric default in Kafka ${version}`);
}

/**
 * What the default was before it became what it is in `version`, and the last release that had it; undefined when it
 * was never another one.
 */
export function earlierDefault(
  kind: ConfigKind,
  name: string,
  version: KafkaVersion,
): { readonly until: KafkaVersion; readonly value: ConfigValue } | undefined {
  const now = configDefinition(kind, name, version)?.default;
  const before = runsOf(kind, name).findLast(
    ({ to, default: value }) => compareVersions(to, version) < 0 && String(value) !== String(now ?? null),
  );
  return before && { until: before.to, value: before.default };
}

function runsOf(kind: ConfigKind, name: string): readonly ConfigRun[] {
  const { configs } = CONFIG_TABLES[kind];
  return Object.hasOwn(configs, name) ? configs[name]! : [];
}

function covers(run: ConfigRun, version: KafkaVersion): boolean {
  return compareVersions(run.from, version) <= 0 && compareVersions(version, run.to) <= 0;
}

function definitionOf(name: string, run: ConfigRun): ConfigDefinition {
  let definition = definitions.get(run);
  if (!definition) {
    const required = run.default === 'REQUIRED';
    definition = {
      name,
      type: run.type,
      default: required ? undefined : run.default,
      required,
      valid: run.valid === undefined ? undefined : ruleFor(run.valid, run.default),
      updateMode: run.updateMode,
      serverDefault: run.serverDefault ?? [],
      internal: run.internal ?? false,
    };
    definitions.set(run, definition);
  }
  return definition;
}

/** A rule whose list has the default in another case only (`share.acquire.mode`) ignores case, though it does not say so. */
function ruleFor(text: string, defaultValue: ConfigValue): ConfigRule {
  const rule = parseConfigRule(text);
  if (rule.kind === 'oneOf' && typeof defaultValue === 'string' && !ruleAccepts(rule, defaultValue)) {
    return { ...rule, ignoresCase: true };
  }
  return rule;
}
