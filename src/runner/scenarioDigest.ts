import { createHash } from 'node:crypto';
import type { Scenario } from '../scenario/scenario.ts';

/** What a scenario says does not depend on where it lies, how it is laid out, or which seed it is played with. */
const LEFT_OUT = new Set(['source', 'location', 'seed']);

/** A hash of the normalised scenario, 16 hexadecimal digits: equal for two files that mean the same. */
export function scenarioDigest(scenario: Scenario): string {
  return createHash('sha256').update(canonical(scenario)).digest('hex').slice(0, 16);
}

function canonical(value: unknown): string {
  if (value instanceof Map) return canonical([...value].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([key, item]) => item !== undefined && !LEFT_OUT.has(key));
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}
