/**
 * A scenario file as a tree that remembers where every key and value was written.
 *
 * Trees are never changed in place: merging, variables, flags and matrix combinations build new ones that share
 * what they keep, so each node still points at the file, line and column it came from.
 */
export interface Span {
  /** Key of `Sources`; flags live in a pseudo file of their own. */
  readonly file: string;
  /** Offsets into the file's text, end excluded. */
  readonly start: number;
  readonly end: number;
}

export type ScalarValue = string | number | boolean | null;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly value: ScalarValue;
  /** As written, without quotes: `4.10` stays "4.10" although its value is 4.1. */
  readonly source: string;
  readonly span: Span;
}

export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Node;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Entry>;
  readonly span: Span;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly Node[];
  readonly span: Span;
}

export type Node = ScalarNode | MapNode | ListNode;

/** One step into a tree: a map's key or a list's index. */
export type Step = string | number;

export function scalarNode(value: ScalarValue, span: Span, source = String(value ?? '')): ScalarNode {
  return { kind: 'scalar', value, source, span };
}

export function child(node: Node | undefined, step: Step): Node | undefined {
  if (node?.kind === 'map') return node.entries.get(String(step))?.value;
  if (node?.kind === 'list') return node.items[Number(step)];
  return undefined;
}

export function nodeAt(root: Node, path: readonly Step[]): Node | undefined {
  return path.reduce<Node | undefined>(child, root);
}

/** The tree without the named keys at its top. */
export function withoutKeys(node: MapNode, keys: readonly string[]): MapNode {
  return { ...node, entries: new Map([...node.entries].filter(([key]) => !keys.includes(key))) };
}

/** Maps are merged key by key; anything else is replaced by what comes later. */
export function mergeTrees(base: Node, over: Node): Node {
  if (base.kind !== 'map' || over.kind !== 'map') return over;
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const before = entries.get(key);
    entries.set(key, before ? { ...entry, value: mergeTrees(before.value, entry.value) } : entry);
  }
  return { kind: 'map', entries, span: over.span };
}

export function countNodes(node: Node): number {
  if (node.kind === 'scalar') return 1;
  const below = node.kind === 'list' ? node.items : [...node.entries.values()].map((entry) => entry.value);
  return below.reduce((sum, item) => sum + countNodes(item), 1);
}

/** Plain data for the schema validator; objects have no prototype, so no key can reach one. */
export function toPlain(node: Node): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(toPlain);
    case 'map': {
      const plain: Record<string, unknown> = Object.create(null);
      for (const entry of node.entries.values()) plain[entry.key] = toPlain(entry.value);
      return plain;
    }
  }
}
