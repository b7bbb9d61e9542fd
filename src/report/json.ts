import type { Reporter } from './reporter.ts';

/** The whole report, as `schemas/run-result.schema.json` describes it: every other format can be made from it. */
export const json: Reporter = {
  name: 'json',
  extension: 'json',
  description: 'the complete result with sorted keys, described by schemas/run-result.schema.json',
  render: (report) => `${sortedJson(report)}\n`,
};

/**
 * JSON with object keys in code-unit order, two spaces a level, arrays of plain values on one line. Characters that
 * a terminal or browser might act on (C1 controls, direction marks, line separators) are written as escapes.
 *
 * @throws when a number is not finite: JSON has no word for it, and null would say something else
 */
export function sortedJson(value: unknown, indent = '', path = 'report'): string {
  if (Array.isArray(value)) return arrayText(value, indent, path);
  if (typeof value === 'object' && value !== null) return objectText(value, indent, path);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${path} is ${value}, not a finite number`);
  return JSON.stringify(value).replace(UNSAFE, (symbol) => `\\u${symbol.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function arrayText(items: readonly unknown[], indent: string, path: string): string {
  const deeper = `${indent}  `;
  const texts = items.map((item, index) => sortedJson(item, deeper, `${path}[${index}]`));
  if (items.every((item) => typeof item !== 'object' || item === null)) return `[${texts.join(', ')}]`;
  return `[\n${deeper}${texts.join(`,\n${deeper}`)}\n${indent}]`;
}

function objectText(value: object, indent: string, path: string): string {
  const deeper = `${indent}  `;
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${sortedJson(key)}: ${sortedJson(item, deeper, `${path}.${key}`)}`);
  return entries.length === 0 ? '{}' : `{\n${deeper}${entries.join(`,\n${deeper}`)}\n${indent}}`;
}

const UNSAFE = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
