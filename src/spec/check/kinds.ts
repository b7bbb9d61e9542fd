import type { DiagnosticCode } from '../codes.ts';
import type { Diagnostics } from '../diagnostics.ts';
import type { Node } from '../tree.ts';
import {
  parseCount,
  parseDelay,
  parseDuration,
  parseFactor,
  parsePercent,
  parseRate,
  parseSize,
  parseThroughput,
  type Reading,
} from '../units.ts';

interface Kind {
  readonly code: DiagnosticCode;
  readonly expected: string;
  readonly parse: (text: string) => Reading<unknown>;
}

/** Texts with a unit, by the schema's `x-kind`. */
export const UNIT_KINDS: Readonly<Record<string, Kind>> = {
  duration: { code: 'SP1120', expected: 'a duration such as 250us, 5ms, 2m or 7d', parse: parsePositiveDuration },
  delay: { code: 'SP1120', expected: 'a duration such as 2m, or 2m ± 1m', parse: parseDelay },
  size: { code: 'SP1121', expected: 'a size such as 512B, 1KiB or 10GB', parse: parseSize },
  rate: { code: 'SP1122', expected: 'records per time such as 20k/s or 300/m', parse: parseRate },
  throughput: { code: 'SP1122', expected: 'bytes or bits per second such as 80MB/s or 10Gbps', parse: parseThroughput },
  percent: { code: 'SP1123', expected: 'a share from 0% to 100%', parse: parsePercent },
  count: { code: 'SP1124', expected: 'a whole number such as 5 or 100k', parse: parseCount },
  /** A single rate; curves and waves are maps and lists. */
  rateCurve: { code: 'SP1122', expected: 'records per time such as 20k/s or 300/m', parse: parseRate },
  durations: { code: 'SP1120', expected: 'a duration such as 250us, 5ms, 2m or 7d', parse: parsePositiveDuration },
  factor: { code: 'SP1124', expected: 'a factor such as 10x', parse: parseFactor },
  diskFactor: { code: 'SP1124', expected: 'a factor such as 10x, or stall', parse: parseDiskFactor },
};

function parseDiskFactor(text: string): Reading<unknown> {
  return text === 'stall' ? { ok: true, value: text } : parseFactor(text);
}

function parsePositiveDuration(text: string): Reading<number> {
  const reading = parseDuration(text);
  return reading.ok && reading.value < 0 ? { ok: false, suggestion: text.replace('-', '') } : reading;
}

/** Reports a text that is not what its kind asks for; kinds without a unit are checked elsewhere. */
export function checkUnit(kind: string, node: Node, diagnostics: Diagnostics): void {
  if (!Object.hasOwn(UNIT_KINDS, kind) || node.kind !== 'scalar' || !isTextual(node.value)) return;
  const { code, expected, parse } = UNIT_KINDS[kind]!;
  const reading = parse(node.source);
  if (reading.ok) return;
  diagnostics.error(code, node.span, `expected ${expected}, not '${node.source}'`, {
    hint: didYouMean(reading.suggestion),
  });
}

export function didYouMean(word: string | undefined): string | undefined {
  return word === undefined ? undefined : `did you mean \`${word}\`?`;
}

function isTextual(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
