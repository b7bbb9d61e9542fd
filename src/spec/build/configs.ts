import {
  type ConfigDefinition,
  type ConfigKind,
  configDefinition,
  configNames,
  type ConfigValue as NativeValue,
  versionsWithConfig,
} from '../../kafka/configTable.ts';
import { validateConfigValue } from '../../kafka/configValue.ts';
import { modelledConfigs } from '../../kafka/notModelled.ts';
import type { KafkaVersion } from '../../kafka/versions.ts';
import type { ConfigEntry, ConfigOrigin, Configs, ConfigValue, NotModelled } from '../../scenario/scenario.ts';
import { didYouMean } from '../check/kinds.ts';
import type { Diagnostics } from '../diagnostics.ts';
import { nearest } from '../nearest.ts';
import { NOT_AVAILABLE_CONFIGS } from '../notAvailable.ts';
import { FLAGS_FILE } from '../read/flags.ts';
import { parseDuration, parseSize, parseThroughput } from '../units.ts';
import { misplacedConfig, SET_BY_STRUCTURE } from './configPlaces.ts';
import type { View } from './view.ts';

export interface ConfigContext {
  readonly kind: ConfigKind;
  readonly version: KafkaVersion;
  readonly origin: ConfigOrigin;
  /** For `notModelled`: "topic orders", "producer checkout". */
  readonly where: string;
  readonly diagnostics: Diagnostics;
  readonly notModelled: NotModelled[];
}

/** The configs that are written, checked and in their native values. */
export function readConfigs(view: View, context: ConfigContext): Map<string, ConfigEntry> {
  const entries = new Map<string, ConfigEntry>();
  for (const { key, keySpan, view: value } of view.entries) {
    const definition = configDefinition(context.kind, key, context.version);
    if (!definition) {
      reportUnknown(key, keySpan, context);
      continue;
    }
    const structure = SET_BY_STRUCTURE.get(key);
    if (structure?.kinds.includes(context.kind)) {
      context.diagnostics.error('SP1168', keySpan, `'${key}' is set by the scenario itself`, {
        hint: structure.instead,
      });
      continue;
    }
    const native = readValue(definition, value, context);
    if (native === undefined || isRefused(key, native, value, context)) continue;
    const origin = value.span.file === FLAGS_FILE ? 'flag' : context.origin;
    entries.set(key, { value: native, origin });
    if (!modelledConfigs(context.kind).has(key)) {
      context.notModelled.push({
        what: `${context.kind} config ${key}`,
        where: context.where,
        consequence: 'the value is accepted and changes nothing in the model',
      });
    }
  }
  return entries;
}

/** Every config that the release knows: what is written, else Kafka's default. */
export function effectiveConfigs(kind: ConfigKind, version: KafkaVersion, written: Configs): Map<string, ConfigEntry> {
  const all = new Map<string, ConfigEntry>();
  for (const name of configNames(kind, version)) {
    const definition = configDefinition(kind, name, version)!;
    all.set(
      name,
      written.get(name) ?? { value: plainValue(definition.default ?? null, definition), origin: 'kafka default' },
    );
  }
  return all;
}

/** Lists as Kafka's property text; longs beyond 2^53 ("never") as the nearest double. */
export function plainValue(value: NativeValue, definition: Pick<ConfigDefinition, 'type'>): ConfigValue {
  if (Array.isArray(value)) return value.join(',');
  if (definition.type === 'long' && typeof value === 'string') return Number(value);
  return value as ConfigValue;
}

function readValue(definition: ConfigDefinition, view: View, context: ConfigContext): ConfigValue | undefined {
  const { node } = view;
  if (!node || node.kind === 'map') return undefined;
  const input =
    node.kind === 'list'
      ? node.items.map((item) => (item.kind === 'scalar' ? item.value : null))
      : (withUnit(definition, node.value) ??
        (definition.type === 'string' && node.value !== null ? node.source : node.value));
  const verdict = validateConfigValue(definition, input);
  if (verdict.ok) return plainValue(verdict.value, definition);
  const written = node.kind === 'list' ? 'this list' : node.value === null ? 'nothing' : `'${node.source}'`;
  context.diagnostics.error(
    'SP1164',
    view.span,
    `${definition.name} cannot be ${written}: Kafka expects ${verdict.expected}`,
    {
      hint: unitHint(definition, node.kind === 'scalar' ? node.source : ''),
    },
  );
  return undefined;
}

const TIME_UNITS: readonly (readonly [suffix: RegExp, us: number])[] = [
  [/\.ms$/, 1_000],
  [/\.(seconds|sec)$/, 1_000_000],
  [/\.minutes$/, 60_000_000],
  [/\.hours$/, 3_600_000_000],
];
const SIZES = /(\.bytes|^batch\.size|^buffer\.memory|^max\.request\.size|\.buffer\.size)$/;

const RATES = /(\.throttled\.rate|\.bytes\.per\.second)$/;

/** `7d` for a config in milliseconds, `1GiB` for one in bytes, `50MB/s` for a rate; undefined when the text carries no unit. */
function withUnit(definition: ConfigDefinition, value: unknown): number | undefined {
  if (typeof value !== 'string' || !['int', 'long', 'short'].includes(definition.type)) return undefined;
  const unitUs = TIME_UNITS.find(([suffix]) => suffix.test(definition.name))?.[1];
  const duration = unitUs === undefined ? undefined : parseDuration(value);
  if (duration?.ok && unitUs !== undefined) return duration.value / unitUs;
  const rate = RATES.test(definition.name) ? parseThroughput(value) : undefined;
  if (rate?.ok) return rate.value;
  const size = SIZES.test(definition.name) ? parseSize(value) : undefined;
  return size?.ok ? size.value : undefined;
}

function unitHint(definition: ConfigDefinition, written: string): string | undefined {
  const reading = parseDuration(written);
  const suggestion = reading.ok || /^[\d.]+$/.test(written) ? undefined : reading.suggestion;
  if (TIME_UNITS.some(([suffix]) => suffix.test(definition.name))) {
    return didYouMean(suggestion) ?? 'a unit may be written too, such as 30s or 7d';
  }
  if (RATES.test(definition.name)) return 'a unit may be written too, such as 50MB/s';
  return SIZES.test(definition.name) ? 'a unit may be written too, such as 64KiB or 1GiB' : undefined;
}

export function reportUnknown(name: string, span: View['span'], context: ConfigContext): void {
  const { kind, version, diagnostics } = context;
  const known = versionsWithConfig(kind, name);
  if (known.length > 0) {
    const [first, last] = [known[0]!, known.at(-1)!];
    const [major, minor] = [version, first].map((v) => v.split('.').map(Number)) as [number[], number[]];
    const later = minor[0]! > major[0]! || (minor[0] === major[0] && minor[1]! > major[1]!);
    const hint = later ? `this config exists from ${first} on` : `this config exists until ${last}`;
    diagnostics.error('SP1162', span, `Kafka ${version} has no ${kind} config '${name}'`, { hint });
    return;
  }
  const misplaced = misplacedConfig(name, kind, version);
  if (misplaced !== undefined) {
    diagnostics.error('SP1163', span, `'${name}' is not a ${kind} config`, { hint: misplaced });
    return;
  }
  const near = nearest(name, configNames(kind, version));
  diagnostics.error('SP1161', span, `Kafka has no ${kind} config '${name}'`, {
    hint: didYouMean(near),
  });
}

function isRefused(name: string, value: ConfigValue, view: View, context: ConfigContext): boolean {
  const table = NOT_AVAILABLE_CONFIGS[context.kind as keyof typeof NOT_AVAILABLE_CONFIGS] ?? [];
  const refused = table.find((entry) => entry.config === name);
  if (!refused || value === null || value === '') return false;
  if (refused.values && !refused.values.includes(String(value).toLowerCase())) return false;
  if (refused.except?.some((fine) => String(value).endsWith(fine))) return false;
  context.diagnostics.error('SP1180', view.span, `${name}: ${String(value)} is not available yet`, {
    hint: `not modelled so far: ${refused.what}`,
  });
  return true;
}
