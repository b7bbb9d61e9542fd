import { LIMITS } from '../limits.ts';
import { resolved, type SchemaPart, scenarioSchema, schemaBelow } from '../schema.ts';
import type { Node, ScalarNode, Span, Step } from '../tree.ts';

/** The keywords of draft-07 that say what a value may be, as far as our schema uses them. */
export type ShapeKeyword =
  | 'type'
  | 'enum'
  | 'minimum'
  | 'maximum'
  | 'maxLength'
  | 'pattern'
  | 'minItems'
  | 'maxItems'
  | 'minProperties'
  | 'maxProperties'
  | 'propertyNames'
  | 'required'
  | 'additionalProperties';

/** Where a value differs from its schema. */
export interface ShapeError {
  readonly keyword: ShapeKeyword;
  readonly node: Node;
  /** The key above the value; the value itself at the top and in lists. */
  readonly keySpan: Span;
  readonly path: readonly Step[];
  readonly part: SchemaPart;
  /** The key that is missing, unknown or not allowed. */
  readonly key: string;
}

/**
 * Compares a tree with the schema, keyword by keyword.
 *
 * Written out rather than left to a validator library: compiling the schema costs a quarter of a second at each
 * start, and its errors have no positions. A test holds it to the library's verdict on mutated scenarios.
 */
export function shapeErrors(root: Node): ShapeError[] {
  const errors: ShapeError[] = [];
  checkNode(root, scenarioSchema(), [], root.span, errors);
  return errors;
}

function checkNode(node: Node, schema: SchemaPart, path: readonly Step[], keySpan: Span, errors: ShapeError[]): void {
  if (errors.length >= LIMITS.diagnostics * 5) return;
  const part = resolved(schema);
  const report = (keyword: ShapeKeyword, key = '') => errors.push({ keyword, node, keySpan, path, part, key });
  if (part.type !== undefined && !hasType(node, [part.type].flat())) {
    report('type');
    return;
  }
  if (part.enum && !(node.kind === 'scalar' && part.enum.includes(node.value))) report('enum');
  if (node.kind === 'scalar') {
    for (const keyword of scalarViolations(node, part)) report(keyword);
    return;
  }
  for (const keyword of sizeViolations(node, part)) report(keyword);
  if (node.kind === 'list') {
    const { items } = part;
    if (items)
      for (const [index, item] of node.items.entries()) checkNode(item, items, [...path, index], item.span, errors);
    return;
  }
  for (const key of part.required ?? []) if (!node.entries.has(key)) report('required', key);
  const names = part.propertyNames?.pattern;
  for (const { key, keySpan: span, value } of node.entries.values()) {
    if (names !== undefined && !patternOf(names).test(key)) report('propertyNames', key);
    const below = schemaBelow(part, node, key);
    if (below) checkNode(value, below, [...path, key], span, errors);
    else if (part.additionalProperties === false) report('additionalProperties', key);
  }
}

function hasType(node: Node, types: readonly string[]): boolean {
  if (node.kind !== 'scalar') return types.includes(node.kind === 'list' ? 'array' : 'object');
  if (node.value === null) return types.includes('null');
  if (typeof node.value === 'number') {
    return types.includes('number') || (types.includes('integer') && Number.isInteger(node.value));
  }
  return types.includes(typeof node.value);
}

function* scalarViolations({ value }: ScalarNode, part: SchemaPart): Generator<ShapeKeyword> {
  if (typeof value === 'number') {
    if (part.minimum !== undefined && value < part.minimum) yield 'minimum';
    if (part.maximum !== undefined && value > part.maximum) yield 'maximum';
  }
  if (typeof value === 'string') {
    if (part.maxLength !== undefined && lengthOf(value) > part.maxLength) yield 'maxLength';
    if (part.pattern !== undefined && !patternOf(part.pattern).test(value)) yield 'pattern';
  }
}

function* sizeViolations(node: Exclude<Node, ScalarNode>, part: SchemaPart): Generator<ShapeKeyword> {
  const size = node.kind === 'list' ? node.items.length : node.entries.size;
  const [least, most] =
    node.kind === 'list' ? [part.minItems, part.maxItems] : [part.minProperties, part.maxProperties];
  if (least !== undefined && size < least) yield node.kind === 'list' ? 'minItems' : 'minProperties';
  if (most !== undefined && size > most) yield node.kind === 'list' ? 'maxItems' : 'maxProperties';
}

/** Characters, a pair of surrogates counting as one. */
function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** Patterns come from our own schema, never from a scenario. */
const patterns = new Map<string, RegExp>();

function patternOf(pattern: string): RegExp {
  let compiled = patterns.get(pattern);
  if (!compiled) {
    compiled = new RegExp(pattern, 'u');
    patterns.set(pattern, compiled);
  }
  return compiled;
}
