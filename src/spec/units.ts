import type { Bound, Delay } from '../scenario/scenario.ts';

/** A reading of text: the value in base units (us, bytes, per second, share 0..1), or what to write instead. */
export type Reading<T> = { ok: true; value: T } | { ok: false; suggestion?: string };

const DURATION_US: Readonly<Record<string, number>> = {
  us: 1,
  µs: 1,
  ms: 1_000,
  s: 1_000_000,
  m: 60_000_000,
  min: 60_000_000,
  h: 3_600_000_000,
  d: 86_400_000_000,
};
const DECIMAL: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12 };
const BINARY: Readonly<Record<string, number>> = {
  k: 1024,
  m: 1024 * 1024,
  g: 1024 * 1024 * 1024,
  t: 1024 * 1024 * 1024 * 1024,
};
const PER_SECOND: Readonly<Record<string, number>> = { s: 1, sec: 1, m: 60, min: 60, h: 3600, d: 86_400 };
const NUMBER = String.raw`(\d+(?:\.\d+)?)`;

const DURATION = new RegExp(`^([+-]?)${NUMBER}\\s*([a-zA-Zµ]+)$`);
const SIZE = new RegExp(`^${NUMBER}\\s*([kKmMgGtT]?)(i?)[bB]$`);
const THROUGHPUT = new RegExp(`^${NUMBER}\\s*([kKmMgGtT]?)(i?)(B|b|bit|bps|Bps)(?:/(s|sec))?$`);
const RATE = new RegExp(`^${NUMBER}\\s*([kKmMgG]?)\\s*/\\s*(s|sec|m|min|h|d)$`);
const PERCENT = new RegExp(`^${NUMBER}\\s*%$`);
const COUNT = /^(\d+(?:\.\d+)?)\s*([kKmMgG]?)$/;
const FACTOR = /^(\d+(?:\.\d+)?)\s*[x×]$/;

const NO: { ok: false } = { ok: false };

/** `5ms`, `2m`, `7d`, and plain 0. A sign is read for `+80ms`; negative durations are refused by who asks. */
export function parseDuration(text: string): Reading<number> {
  const trimmed = text.trim();
  if (/^[+-]?0+(\.0+)?$/.test(trimmed)) return { ok: true, value: 0 };
  const match = DURATION.exec(trimmed);
  const unit = match && Object.hasOwn(DURATION_US, match[3]!) ? DURATION_US[match[3]!] : undefined;
  if (match && unit !== undefined) {
    const value = Math.round(Number(match[2]) * unit);
    if (!Number.isSafeInteger(value)) return NO;
    return { ok: true, value: match[1] === '-' && value !== 0 ? -value : value };
  }
  return { ok: false, suggestion: durationSuggestion(trimmed) };
}

const LONG_UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(us|usecs?|micros?|microseconds?)$/i, 'us'],
  [/^(ms|msecs?|millis?|milliseconds?)$/i, 'ms'],
  [/^(s|secs?|seconds?)$/i, 's'],
  [/^(m|mins?|minutes?)$/i, 'm'],
  [/^(h|hrs?|hours?)$/i, 'h'],
  [/^(d|days?)$/i, 'd'],
];

function durationSuggestion(text: string): string | undefined {
  // Small bare numbers are meant as seconds, large ones as Kafka's milliseconds.
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) < 100 ? `${text}s` : `${text}ms`;
  const match = /^(\d+(?:\.\d+)?)\s*([a-zA-Zµ]+)$/.exec(text);
  const unit = match && LONG_UNITS.find(([words]) => words.test(match[2]!))?.[1];
  return match && unit ? `${match[1]}${unit}` : undefined;
}

/** `2m`, `2m ± 1m` (also `+-`): what people take to react. */
export function parseDelay(text: string): Reading<Delay> {
  const [mean, spread, ...more] = text.split(/\s*(?:±|\+-|\+\/-)\s*/);
  const meanUs = parseDuration(mean ?? '');
  const spreadUs = spread === undefined ? { ok: true as const, value: 0 } : parseDuration(spread);
  if (!meanUs.ok) return spread === undefined ? meanUs : NO;
  if (more.length > 0 || !spreadUs.ok || meanUs.value < 0 || spreadUs.value < 0) return NO;
  return { ok: true, value: { meanUs: meanUs.value, spreadUs: spreadUs.value } };
}

/** `1KiB`, `10GB`, `512B`. */
export function parseSize(text: string): Reading<number> {
  const match = SIZE.exec(text.trim());
  if (match) return scaled(match[1]!, match[2]!, match[3] === 'i', 1);
  const bare = /^(\d+(?:\.\d+)?)\s*([kKmMgGtT]i?)?$/.exec(text.trim());
  return { ok: false, suggestion: bare ? `${bare[1]}${bare[2] ?? ''}B` : undefined };
}

/** Bytes per second from `80MB/s` or bits per second: `10Gbps`, `100Mbit/s`. */
export function parseThroughput(text: string): Reading<number> {
  const match = THROUGHPUT.exec(text.trim());
  const bytes = match && (match[4] === 'B' || match[4] === 'Bps');
  const perSecond = match && (match[5] !== undefined || match[4] === 'bps' || match[4] === 'Bps');
  if (match && perSecond) return scaled(match[1]!, match[2]!, match[3] === 'i', bytes ? 1 : 1 / 8);
  const bare = /^(\d+(?:\.\d+)?)\s*([kKmMgGtT]?i?)[bB]?$/.exec(text.trim());
  return { ok: false, suggestion: bare ? `${bare[1]}${bare[2] || 'M'}B/s` : undefined };
}

/** Records per second: `20k/s`, `300/m`. */
export function parseRate(text: string): Reading<number> {
  const match = RATE.exec(text.trim());
  if (match)
    return { ok: true, value: (Number(match[1]) * DECIMAL[match[2]!.toLowerCase()]!) / PER_SECOND[match[3]!]! };
  if (/^0+$/.test(text.trim())) return { ok: true, value: 0 };
  const bare = COUNT.exec(text.trim());
  return { ok: false, suggestion: bare ? `${bare[1]}${bare[2]}/s` : undefined };
}

/** `99.95%` as 0.9995. */
export function parsePercent(text: string): Reading<number> {
  const match = PERCENT.exec(text.trim());
  // Shifting the decimal point as text keeps 99.95% at the double nearest to 0.9995.
  if (match) return Number(match[1]) <= 100 ? { ok: true, value: Number(`${match[1]}e-2`) } : NO;
  if (/^0+(\.0+)?$/.test(text.trim())) return { ok: true, value: 0 };
  const number = /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
  if (number === undefined || number > 100) return NO;
  return { ok: false, suggestion: number <= 1 ? `${Number(`${number}e2`)}%` : `${number}%` };
}

/** `5`, `100k`, `2M`. */
export function parseCount(text: string): Reading<number> {
  const match = COUNT.exec(text.trim());
  if (!match) return NO;
  const value = Number(match[1]) * DECIMAL[match[2]!.toLowerCase()]!;
  return Number.isSafeInteger(value) ? { ok: true, value } : NO;
}

/** `10x`, or a bare number. */
export function parseFactor(text: string): Reading<number> {
  const match = FACTOR.exec(text.trim()) ?? /^(\d+(?:\.\d+)?)$/.exec(text.trim());
  return match && Number(match[1]) > 0 ? { ok: true, value: Number(match[1]) } : NO;
}

export type QuantityUnit = 'duration' | 'size' | 'rate' | 'throughput' | 'percent' | 'count' | 'number';

export function parseQuantity(text: string, unit: QuantityUnit): Reading<number> {
  switch (unit) {
    case 'duration':
      return parseDuration(text);
    case 'size':
      return parseSize(text);
    case 'rate':
      return parseRate(text);
    case 'throughput':
      return parseThroughput(text);
    case 'percent':
      return parsePercent(text);
    case 'count':
      return parseCount(text);
    case 'number':
      return parseNumber(text.trim());
  }
}

/** `1.5`, `-1`, `5k`. */
function parseNumber(text: string): Reading<number> {
  const match = /^(-?)(\d+(?:\.\d+)?)\s*([kKmMgG]?)$/.exec(text);
  if (!match) return NO;
  const value = Number(match[2]) * DECIMAL[match[3]!.toLowerCase()]!;
  return { ok: true, value: match[1] === '-' && value !== 0 ? -value : value };
}

/**
 * `< 60ms`, `>= 5`, `= 0`, `7s..10.1s`, `>= 1s, < 2s`: an interval in the unit's base. A bare value means "equal to".
 */
export function parseBound(text: string, unit: QuantityUnit): Reading<Bound> {
  let bound: Bound = { min: null, minInclusive: false, max: null, maxInclusive: false, text: text.trim() };
  for (const part of text.split(',')) {
    const narrowed = narrow(bound, part.trim(), unit);
    if (!narrowed.ok) return narrowed;
    bound = narrowed.value;
  }
  return bound.min !== null && bound.max !== null && bound.min > bound.max ? NO : { ok: true, value: bound };
}

function narrow(bound: Bound, part: string, unit: QuantityUnit): Reading<Bound> {
  const interval = /^(.+?)\s*\.\.\s*(.+)$/.exec(part);
  const comparison = /^(<=|>=|<|>|==|=|≤|≥)?\s*(.+)$/.exec(part);
  if (interval) {
    const [min, max] = [parseQuantity(interval[1]!, unit), parseQuantity(interval[2]!, unit)];
    if (!min.ok || !max.ok) return NO;
    return { ok: true, value: { ...bound, min: min.value, minInclusive: true, max: max.value, maxInclusive: true } };
  }
  const operator = comparison?.[1] ?? '=';
  const quantity = parseQuantity(comparison?.[2] ?? '', unit);
  if (!quantity.ok) {
    // Bounds on times are mostly latencies.
    const isBare = unit === 'duration' && /^[\d.]+$/.test(comparison?.[2] ?? '');
    const suggestion = isBare ? `${comparison![2]}ms` : quantity.suggestion;
    return { ok: false, suggestion: suggestion && `${comparison?.[1] ? `${operator} ` : ''}${suggestion}` };
  }
  const value = quantity.value;
  const inclusive = !(operator === '<' || operator === '>');
  const upper = operator !== '>' && operator !== '>=' && operator !== '≥';
  const lower = operator !== '<' && operator !== '<=' && operator !== '≤';
  return {
    ok: true,
    value: {
      ...bound,
      ...(upper ? { max: value, maxInclusive: inclusive } : {}),
      ...(lower ? { min: value, minInclusive: inclusive } : {}),
    },
  };
}

function scaled(number: string, prefix: string, binary: boolean, factor: number): Reading<number> {
  const key = prefix.toLowerCase();
  const scale = binary ? BINARY[key] : DECIMAL[key];
  if (scale === undefined) return NO;
  const value = Math.round(Number(number) * scale * factor);
  return Number.isSafeInteger(value) ? { ok: true, value } : NO;
}
