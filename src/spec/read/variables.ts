import { didYouMean } from '../check/kinds.ts';
import type { Diagnostics } from '../diagnostics.ts';
import { LIMITS } from '../limits.ts';
import { nearest } from '../nearest.ts';
import { type Entry, type MapNode, type Node, type ScalarNode, type Span, withoutKeys } from '../tree.ts';

const REFERENCE = /\$?\$\{([^}]*)(\}?)/g;

/**
 * The tree with `${name}` replaced by what `vars` defines.
 *
 * A value that is nothing but a reference takes the variable's own type (number, list, map); inside text the
 * variable's text is put in. `$${` stands for `${`. Variables may refer to each other. Values that were put in are
 * placed where the reference stands, which is where a person looks.
 */
export function substituteVariables(root: MapNode, diagnostics: Diagnostics): MapNode {
  const vars = root.entries.get('vars')?.value;
  const substitution = new Substitution(vars?.kind === 'map' ? vars : undefined, diagnostics);
  const { entries } = substitution.map(withoutKeys(root, ['vars']), []);
  const own = root.entries.get('vars');
  return own ? { ...root, entries: new Map(entries).set('vars', own) } : { ...root, entries };
}

class Substitution {
  readonly #vars: MapNode | undefined;
  readonly #diagnostics: Diagnostics;
  #budget: number = LIMITS.nodes;
  readonly #expanded = new Map<string, Node>();

  constructor(vars: MapNode | undefined, diagnostics: Diagnostics) {
    this.#vars = vars;
    this.#diagnostics = diagnostics;
  }

  node(node: Node, open: readonly string[]): Node {
    if (node.kind === 'scalar') return this.#scalar(node, open);
    return node.kind === 'map' ? this.map(node, open) : this.#list(node, open);
  }

  map(node: MapNode, open: readonly string[]): MapNode {
    let changed = false;
    const entries = new Map<string, Entry>();
    for (const [key, entry] of node.entries) {
      const value = this.node(entry.value, open);
      changed ||= value !== entry.value;
      entries.set(key, value === entry.value ? entry : { ...entry, value });
    }
    return changed ? { ...node, entries } : node;
  }

  #list(node: Node & { kind: 'list' }, open: readonly string[]): Node {
    const items = node.items.map((item) => this.node(item, open));
    return items.some((item, index) => item !== node.items[index]) ? { ...node, items } : node;
  }

  #scalar(node: ScalarNode, open: readonly string[]): Node {
    if (typeof node.value !== 'string' || !node.value.includes('${')) return node;
    const whole = /^\$\{([^}]*)\}$/.exec(node.value);
    if (whole) {
      const value = this.#lookUp(whole[1]!, node, open) ?? node;
      // Inside variables what is put in stays shared; only a use in the scenario makes a copy, which is counted.
      return open.length > 0 ? value : moveTo(value, node.span, () => this.#spend(node));
    }
    let length = node.value.length;
    const text = node.value.replace(REFERENCE, (reference: string, name: string, close: string) => {
      if (reference.startsWith('$$')) return reference.slice(1);
      if (close === '') this.#diagnostics.error('SP1031', node.span, `'${reference}' is not closed`);
      const value = close === '' ? undefined : this.#lookUp(name, node, open);
      if (!value) return '';
      if (value.kind === 'scalar') {
        length += value.source.length;
        return length > LIMITS.textLength ? '' : value.source;
      }
      this.#diagnostics.error('SP1031', node.span, `'${name.trim()}' is a ${value.kind} and cannot stand inside text`);
      return '';
    });
    if (length > LIMITS.textLength) {
      this.#diagnostics.error('SP1006', node.span, 'variables expand to a text that is too long');
      return node;
    }
    return { ...node, value: text, source: text };
  }

  #lookUp(written: string, use: ScalarNode, open: readonly string[]): Node | undefined {
    const name = written.trim();
    const entry = this.#vars?.entries.get(name);
    if (!entry) {
      const near = nearest(name, this.#vars?.entries.keys() ?? []);
      const hint = didYouMean(near) ?? `define it: vars: { ${name || 'name'}: ... }`;
      this.#diagnostics.error('SP1030', use.span, `unknown variable '${name}'`, { hint });
      return undefined;
    }
    if (open.includes(name) || open.length > LIMITS.variableDepth) {
      this.#diagnostics.error('SP1031', use.span, `the variable '${name}' is defined by itself`);
      return undefined;
    }
    const known = this.#expanded.get(name);
    const value = known ?? this.node(entry.value, [...open, name]);
    this.#expanded.set(name, value);
    return value;
  }

  /** False once everything that variables put in is too much; said once. */
  #spend(use: ScalarNode): boolean {
    if (this.#budget-- > 0) return true;
    if (this.#budget === -1) {
      this.#diagnostics.error('SP1006', use.span, `variables expand to more than ${LIMITS.nodes} values`);
    }
    return false;
  }
}

function moveTo(node: Node, span: Span, spend: () => boolean): Node {
  if (!spend() || node.kind === 'scalar') return { kind: 'scalar', value: null, source: '', ...scalarPart(node), span };
  if (node.kind === 'list') return { ...node, span, items: node.items.map((item) => moveTo(item, span, spend)) };
  const entries = [...node.entries].map(
    ([key, entry]) => [key, { key, keySpan: span, value: moveTo(entry.value, span, spend) }] as const,
  );
  return { ...node, span, entries: new Map(entries) };
}

function scalarPart(node: Node): Partial<ScalarNode> {
  return node.kind === 'scalar' ? node : {};
}
