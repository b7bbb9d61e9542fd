import type { Diagnostics, Finding } from '../diagnostics.ts';
import { nearest } from '../nearest.ts';
import { resolved, type SchemaPart, scenarioSchema, schemaBelow } from '../schema.ts';
import type { MapNode, Node, Span, Step } from '../tree.ts';
import { checkUnit, didYouMean } from './kinds.ts';
import { type ShapeError, type ShapeKeyword, shapeErrors } from './shape.ts';

/** Shape, words, numbers and units of a scenario, as the schema has them: every difference becomes a finding. */
export function checkSchema(root: MapNode, diagnostics: Diagnostics): void {
  for (const error of shapeErrors(root)) REPORTERS[error.keyword](error, diagnostics);
  checkKinds(root, scenarioSchema(), diagnostics);
}

const REPORTERS: Readonly<Record<ShapeKeyword, (error: ShapeError, diagnostics: Diagnostics) => void>> = {
  additionalProperties: reportUnknownKey,
  required: reportMissingKey,
  type: ({ node, path, part }, diagnostics) => {
    const message = `expected ${expectedTypes(part)}${atPath(path)}, not ${shown(node)}`;
    diagnostics.error('SP1102', node.span, message, typeHint(part, node));
  },
  enum: reportUnknownWord,
  minimum: (error, diagnostics) => reportRange(`at least ${error.part.minimum}`, error, diagnostics),
  maximum: (error, diagnostics) => reportRange(`at most ${error.part.maximum}`, error, diagnostics),
  pattern: reportBadName,
  propertyNames: reportBadName,
  maxLength: (error, diagnostics) => reportSize(`at most ${error.part.maxLength} characters`, error, diagnostics),
  minItems: (error, diagnostics) => reportSize(`at least ${error.part.minItems} entries`, error, diagnostics),
  maxItems: (error, diagnostics) => reportSize(`at most ${error.part.maxItems} entries`, error, diagnostics),
  minProperties: (error, diagnostics) => reportSize(`at least ${error.part.minProperties} key`, error, diagnostics),
  maxProperties: (error, diagnostics) => reportSize(`at most ${error.part.maxProperties} entries`, error, diagnostics),
};

function reportUnknownWord({ node, path, part }: ShapeError, diagnostics: Diagnostics): void {
  const words = (part.enum ?? []).map(String);
  const near = node.kind === 'scalar' ? nearest(node.source, words) : undefined;
  diagnostics.error('SP1103', node.span, `expected one of ${words.join(', ')}${atPath(path)}, not ${shown(node)}`, {
    hint: didYouMean(near),
  });
}

function reportRange(bound: string, { node, path }: ShapeError, diagnostics: Diagnostics): void {
  diagnostics.error('SP1104', node.span, `expected ${bound}${atPath(path)}, not ${shown(node)}`);
}

function reportSize(bound: string, { node, path }: ShapeError, diagnostics: Diagnostics): void {
  diagnostics.error('SP1106', node.span, `expected ${bound}${atPath(path)}`);
}

function reportUnknownKey({ key, node, path, part }: ShapeError, diagnostics: Diagnostics): void {
  const entry = node.kind === 'map' ? node.entries.get(key) : undefined;
  const known = Object.keys(part?.properties ?? {});
  const near = nearest(key, known);
  const hint = near === undefined ? `known keys: ${listed(known)}` : didYouMean(near);
  diagnostics.error('SP1100', entry?.keySpan ?? node.span, `unknown key '${key}'${inPath(path)}`, { hint });
}

/** A missing key whose misspelling stands beside it is not a finding of its own. */
function reportMissingKey({ key, keySpan, node, path, part }: ShapeError, diagnostics: Diagnostics): void {
  const unknown =
    node.kind === 'map' ? [...node.entries.keys()].filter((k) => !Object.hasOwn(part?.properties ?? {}, k)) : [];
  const free = Object.keys(part?.properties ?? {}).filter((k) => node.kind !== 'map' || !node.entries.has(k));
  if (unknown.some((word) => nearest(word, free) === key)) return;
  const example = part?.properties?.[key]?.examples?.[0];
  diagnostics.error('SP1101', placeOf(keySpan, node), `the key '${key}' is missing${inPath(path)}`, {
    hint: example === undefined ? undefined : `example: ${key}: ${yamlText(example)}`,
  });
}

function reportBadName({ key, node, part }: ShapeError, diagnostics: Diagnostics): void {
  const span = (node.kind === 'map' ? node.entries.get(key)?.keySpan : undefined) ?? node.span;
  const rule =
    part?.['x-names'] === 'topic'
      ? 'topic names have up to 249 of the characters a-z A-Z 0-9 . _ -'
      : 'names have up to 120 characters, no control characters and no space around them';
  diagnostics.error('SP1105', span, `'${key || shown(node)}' cannot be a name here: ${rule}`);
}

/** Units of every leaf, and keys that are not available yet. */
function checkKinds(node: Node, part: SchemaPart, diagnostics: Diagnostics): void {
  const kind = part['x-kind'];
  if (kind !== undefined) checkUnit(kind, node, diagnostics);
  if (node.kind === 'list') {
    const items = part.items && resolved(part.items);
    for (const item of items ? node.items : []) checkKinds(item, items!, diagnostics);
  }
  for (const entry of node.kind === 'map' ? node.entries.values() : []) {
    const below = schemaBelow(part, node, entry.key);
    if (!below) continue;
    const missing = below['x-notAvailable'];
    if (missing !== undefined) reportNotAvailable(entry.key, missing, entry.keySpan, diagnostics);
    else checkKinds(entry.value, below, diagnostics);
  }
}

export function reportNotAvailable(key: string, what: string, span: Span, diagnostics: Diagnostics): void {
  diagnostics.error('SP1180', span, `'${key}' is not available yet`, { hint: `not modelled so far: ${what}` });
}

/** The key that a map belongs to, which is where a person would add what is missing; in lists the map's first sign. */
function placeOf(keySpan: Span, node: Node): Span {
  return keySpan === node.span ? { ...node.span, end: node.span.start + 1 } : keySpan;
}

function expectedTypes(part: SchemaPart | undefined): string {
  const kind = part?.['x-kind'];
  const types = [part?.type ?? []].flat().map((type) => TYPE_WORDS[type] ?? type);
  if (kind !== undefined && KIND_WORDS[kind] !== undefined) return KIND_WORDS[kind];
  return types.length > 1 ? `${types.slice(0, -1).join(', ')} or ${types.at(-1)}` : (types[0] ?? 'something else');
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  null: 'nothing',
};

const KIND_WORDS: Readonly<Record<string, string>> = {
  text: 'text',
  duration: 'a duration such as 250us, 5ms, 2m or 7d',
  delay: 'a duration such as 2m ± 1m',
  size: 'a size such as 1KiB',
  throughput: 'a throughput such as 80MB/s or 10Gbps',
  percent: 'a share such as 2%',
  count: 'a whole number such as 5 or 100k',
  factor: 'a factor such as 10x',
  comparison: 'a comparison such as "< 60ms"',
};

function typeHint(part: SchemaPart | undefined, node: Node): Finding {
  const types = [part?.type ?? []].flat();
  if (node.kind === 'scalar' && typeof node.value === 'string') {
    if (types.includes('integer') && /^\d+(\.0+)?$/.test(node.source))
      return { hint: didYouMean(String(Math.floor(Number(node.source)))) };
    if (types.includes('boolean')) return { hint: didYouMean(/^(yes|on|y)$/i.test(node.source) ? 'true' : 'false') };
    if (types.includes('integer'))
      return { hint: `${node.source === '' ? 'an empty text' : 'text'} where a number is expected` };
  }
  if (types.includes('array') && types.length === 1) return { hint: 'write a list: [ ... ]' };
  const example = part?.examples?.[0];
  return example === undefined ? {} : { hint: `example: ${yamlText(example)}` };
}

export function shown(node: Node): string {
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'map') return 'a map';
  if (node.value === null) return 'nothing';
  const text = node.source.length > 60 ? `${node.source.slice(0, 57)}...` : node.source;
  return typeof node.value === 'string' ? `'${text}'` : text;
}

function yamlText(value: unknown): string {
  return JSON.stringify(value)
    .replace(/"([\w.-]+)":/g, '$1: ')
    .replace(/"([\w./ -]+)"/g, '$1')
    .replace(/,/g, ', ');
}

function atPath(path: readonly Step[]): string {
  const named = path.findLast((step) => !/^\d+$/.test(String(step)));
  if (named === undefined) return '';
  return named === path.at(-1) ? ` for '${named}'` : ` as an entry of '${named}'`;
}

function inPath(path: readonly Step[]): string {
  return path.length === 0 ? '' : ` in ${path.join('.')}`;
}

function listed(words: readonly string[]): string {
  return words.length > 12 ? `${words.slice(0, 12).join(', ')}, ...` : words.join(', ');
}
