import type { Bound } from '../scenario/scenario.ts';

type Params = Readonly<Record<string, unknown>>;

export function isWithin(value: number, bound: Bound): boolean {
  const { min, minInclusive, max, maxInclusive } = bound;
  if (min !== null && (minInclusive ? value < min : value <= min)) return false;
  return max === null || (maxInclusive ? value <= max : value < max);
}

/** True when no value from `atLeast` on can be within. */
export function isBeyond(atLeast: number, bound: Bound): boolean {
  return bound.max !== null && (bound.maxInclusive ? atLeast > bound.max : atLeast >= bound.max);
}

/**
 * A bound from the keys `equals`, `atMost`, `atLeast`, `below`, `above` (numbers in base units) of a claim's
 * parameters; null when none of them is there.
 */
export function boundOf(params: Params, show: (value: number) => string): Bound | null {
  const equals = numberOf(params, 'equals');
  if (equals !== null)
    return { min: equals, minInclusive: true, max: equals, maxInclusive: true, text: `= ${show(equals)}` };
  const atMost = numberOf(params, 'atMost');
  const atLeast = numberOf(params, 'atLeast');
  const below = numberOf(params, 'below');
  const above = numberOf(params, 'above');
  const texts: string[] = [];
  if (atLeast !== null) texts.push(`>= ${show(atLeast)}`);
  if (above !== null) texts.push(`> ${show(above)}`);
  if (atMost !== null) texts.push(`<= ${show(atMost)}`);
  if (below !== null) texts.push(`< ${show(below)}`);
  if (texts.length === 0) return null;
  return {
    min: atLeast ?? above,
    minInclusive: atLeast !== null,
    max: atMost ?? below,
    maxInclusive: atMost !== null,
    text: texts.join(' and '),
  };
}

export function exactly(value: number, text: string): Bound {
  return { min: value, minInclusive: true, max: value, maxInclusive: true, text };
}

/** The limit of claims that expect nothing of something. */
export const NONE: Bound = exactly(0, '= 0');

export function isBound(value: unknown): value is Bound {
  return typeof value === 'object' && value !== null && 'minInclusive' in value && 'maxInclusive' in value;
}

export function numberOf(params: Params, key: string): number | null {
  const value = params[key];
  return typeof value === 'number' ? value : null;
}

/** A name; numbers are names too (a topic may be called 10). */
export function textOf(params: Params, key: string): string | null {
  const value = params[key];
  if (typeof value === 'number') return `${value}`;
  return typeof value === 'string' ? value : null;
}

/** A failure or operation with an optional edge, or an instant in microseconds. */
export function momentOf(params: Params, key: string): string | number | null {
  const value = params[key];
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}

/** `orders-0`, however the front door wrote it. */
export function partitionOf(params: Params, key: string): string | null {
  const value = params[key];
  if (typeof value !== 'object' || value === null) return textOf(params, key);
  const { topic, partition } = value as { topic: string; partition: number };
  return `${topic}-${partition}`;
}
