import { FORBIDDEN_KEYS } from '../limits.ts';
import type { Entry, MapNode, Node, Span } from '../tree.ts';

export type PathResult<T> = { ok: true; value: T } | { ok: false; why: string };

/**
 * `clusters.eu.config.[min.insync.replicas]` as its keys. Everything after a key `config` is one dotted name, so the
 * brackets may be left out there.
 */
export function parsePath(text: string): PathResult<string[]> {
  const keys: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const bracketed = /^\[([^\]]+)\](?:\.(?=.)|$)/.exec(rest);
    const plain = keys.at(-1) === 'config' ? /^([^[\]]+)$/.exec(rest) : /^([^.[\]]+)(?:\.(?=.)|(?=\[)|$)/.exec(rest);
    const match = bracketed ?? plain;
    if (!match) return { ok: false, why: `cannot read the path from '${rest}' on` };
    if (FORBIDDEN_KEYS.includes(match[1]!)) return { ok: false, why: `'${match[1]}' cannot be a name` };
    keys.push(match[1]!);
    rest = rest.slice(match[0].length);
  }
  return keys.length > 0 ? { ok: true, value: keys } : { ok: false, why: 'the path is empty' };
}

/**
 * The tree with `value` at `path`. Missing maps on the way are made; list entries are addressed by index or by `name`.
 */
export function withValueAt(root: Node, path: readonly string[], value: Node, span: Span): PathResult<Node> {
  const [key, ...rest] = path;
  if (key === undefined) return { ok: true, value };
  if (root.kind === 'scalar' && root.value !== null) {
    return { ok: false, why: `'${key}' cannot be set: what stands there is a single value` };
  }
  if (root.kind === 'list') return withListEntry(root.items, root.span, key, rest, value, span);
  const entries: Map<string, Entry> = root.kind === 'map' ? new Map(root.entries) : new Map();
  const before = entries.get(key);
  const below = withValueAt(before?.value ?? emptyMap(span), rest, value, span);
  if (!below.ok) return below;
  const keySpan = rest.length === 0 ? span : (before?.keySpan ?? span);
  entries.set(key, { key, keySpan, value: below.value });
  return { ok: true, value: { kind: 'map', entries, span: root.span } };
}

function withListEntry(
  items: readonly Node[],
  span: Span,
  key: string,
  rest: readonly string[],
  value: Node,
  valueSpan: Span,
): PathResult<Node> {
  const byName = items.findIndex((item) => nameOf(item) === key);
  const index = byName === -1 && /^\d{1,6}$/.test(key) ? Number(key) : byName;
  const item = items[index];
  if (!item)
    return { ok: false, why: `the list has no entry '${key}'; use an index from 0 to ${items.length - 1} or a name` };
  const below = withValueAt(item, rest, value, valueSpan);
  if (!below.ok) return below;
  return { ok: true, value: { kind: 'list', items: items.with(index, below.value), span } };
}

function nameOf(node: Node): unknown {
  const name = node.kind === 'map' ? node.entries.get('name')?.value : undefined;
  return name?.kind === 'scalar' ? name.source : undefined;
}

function emptyMap(span: Span): MapNode {
  return { kind: 'map', entries: new Map(), span };
}

/** A tree as short text, as a table of variants shows it. */
export function nodeText(node: Node): string {
  if (node.kind === 'scalar') return node.value === null ? 'null' : node.source;
  if (node.kind === 'list') return `[${node.items.map(nodeText).join(', ')}]`;
  return `{ ${[...node.entries.values()].map((entry) => `${entry.key}: ${nodeText(entry.value)}`).join(', ')} }`;
}
