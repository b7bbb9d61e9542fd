import { ruleAccepts } from './configRule.ts';
import type { ConfigDefinition, ConfigType, ConfigValue } from './configTable.ts';

export type ConfigVerdict = { ok: true; value: ConfigValue } | { ok: false; expected: string };

const INTEGER_LIMITS: Partial<Record<ConfigType, readonly [bigint, bigint]>> = {
  short: [-(2n ** 15n), 2n ** 15n - 1n],
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  long: [-(2n ** 63n), 2n ** 63n - 1n],
};

/**
 * Whether Kafka would accept `input` for a config, and the native value that it would read from it.
 *
 * Takes what YAML may give: a boolean, a number, a string, a list, or null. As Kafka's `ConfigDef` does, text is
 * trimmed and parsed, and a list may be written with commas. A long beyond 2^53 comes back as its decimal digits.
 * On refusal `expected` completes the sentence "expected ...".
 */
export function validateConfigValue(definition: ConfigDefinition, input: unknown): ConfigVerdict {
  const value = nativeValue(definition.type, input);
  if (value === undefined) return { ok: false, expected: typeText(definition.type) };
  if (value === null && definition.default !== null) return { ok: false, expected: typeText(definition.type) };
  if (definition.valid && !ruleAccepts(definition.valid, value)) {
    return { ok: false, expected: ruleText(definition) };
  }
  return { ok: true, value };
}

function nativeValue(type: ConfigType, input: unknown): ConfigValue | undefined {
  if (input === null) return null;
  switch (type) {
    case 'boolean':
      return nativeBoolean(input);
    case 'short':
    case 'int':
    case 'long':
      return nativeInteger(type, input);
    case 'double':
      return nativeDouble(input);
    case 'list':
      return nativeList(input);
    default:
      return isScalar(input) ? String(input).trim() : undefined;
  }
}

function nativeBoolean(input: unknown): boolean | undefined {
  if (typeof input === 'boolean') return input;
  const text = typeof input === 'string' ? input.trim().toLowerCase() : '';
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

function nativeInteger(type: ConfigType, input: unknown): number | string | undefined {
  if (typeof input !== 'string' && typeof input !== 'number' && typeof input !== 'bigint') return undefined;
  if (typeof input === 'number' && !Number.isInteger(input)) return undefined;
  const text = typeof input === 'number' ? BigInt(input).toString() : String(input).trim();
  if (!/^[+-]?\d{1,19}$/.test(text)) return undefined;
  const exact = BigInt(text.replace('+', ''));
  const [least, greatest] = INTEGER_LIMITS[type]!;
  if (exact < least || exact > greatest) return undefined;
  const number = Number(exact);
  return Number.isSafeInteger(number) ? number : exact.toString();
}

function nativeDouble(input: unknown): number | undefined {
  const number = typeof input === 'string' && input.trim() !== '' ? Number(input) : input;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function nativeList(input: unknown): string[] | undefined {
  if (Array.isArray(input)) return input.every(isScalar) ? input.map((entry) => String(entry).trim()) : undefined;
  if (!isScalar(input)) return undefined;
  const text = String(input).trim();
  return text === '' ? [] : text.split(',').map((entry) => entry.trim());
}

function isScalar(input: unknown): input is string | number | boolean {
  return typeof input === 'string' || typeof input === 'number' || typeof input === 'boolean';
}

function typeText(type: ConfigType): string {
  switch (type) {
    case 'boolean':
      return 'true or false';
    case 'short':
      return 'a whole number of 16 bits';
    case 'int':
      return 'a whole number of 32 bits';
    case 'long':
      return 'a whole number of 64 bits';
    case 'double':
      return 'a number';
    case 'list':
      return 'a list, or its entries separated by commas';
    case 'class':
      return 'the name of a Java class';
    default:
      return 'text';
  }
}

function ruleText({ valid, type }: ConfigDefinition): string {
  switch (valid?.kind) {
    case 'range': {
      const noun = type === 'double' ? 'a number' : 'a whole number';
      const upTo =
        valid.max === Infinity ? `${noun} of at least ${valid.min}` : `${noun} from ${valid.min} to ${valid.max}`;
      return valid.allowsMinusOne ? `-1, or ${upTo}` : upTo;
    }
    case 'oneOf':
      return `${type === 'list' ? 'entries out of' : 'one of'} ${valid.values.join(', ')}`;
    case 'notEmpty':
      return `a ${valid.text}`;
    default:
      return valid?.text ?? 'another value';
  }
}
