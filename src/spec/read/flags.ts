import type { Diagnostics } from '../diagnostics.ts';
import type { Sources } from '../sources.ts';
import type { Node, Span } from '../tree.ts';
import { parsePath, withValueAt } from './paths.ts';
import { readYamlText } from './readYaml.ts';

/** Under this name the flags' texts are shown in diagnostics, one flag a line. */
export const FLAGS_FILE = '--set';

/** The tree after every `--set path=value`, in order; values are read as YAML. */
export function applyFlags(root: Node, flags: readonly string[], sources: Sources, diagnostics: Diagnostics): Node {
  sources.add(FLAGS_FILE, flags.join('\n'));
  let tree = root;
  let start = 0;
  for (const flag of flags) {
    tree = applyFlag(tree, flag, start, diagnostics);
    start += flag.length + 1;
  }
  return tree;
}

function applyFlag(root: Node, flag: string, start: number, diagnostics: Diagnostics): Node {
  const equals = flag.indexOf('=');
  const pathSpan = { file: FLAGS_FILE, start, end: start + Math.max(1, equals === -1 ? flag.length : equals) };
  const path = parsePath(flag.slice(0, Math.max(0, equals)));
  if (equals === -1 || !path.ok) {
    const why = equals === -1 || path.ok ? 'expected path=value' : path.why;
    diagnostics.error('SP1032', pathSpan, `${why} in '${flag}'`, { hint: "example: --set 'vars.partitions=24'" });
    return root;
  }
  const value = flagValue(flag.slice(equals + 1), start + equals + 1, diagnostics);
  if (!value) return root;
  const result = withValueAt(root, path.value, value, pathSpan);
  if (result.ok) return result.value;
  diagnostics.error('SP1033', pathSpan, result.why);
  return root;
}

/** Reads the value and moves its positions to where it stands among the flags. */
function flagValue(text: string, offset: number, diagnostics: Diagnostics): Node | undefined {
  const span = { file: FLAGS_FILE, start: offset, end: offset + Math.max(1, text.length) };
  if (text.trim() === '') return { kind: 'scalar', value: null, source: '', span };
  const value = readYamlText(text, FLAGS_FILE, diagnostics);
  return value && moved(value, span);
}

function moved(node: Node, span: Span): Node {
  if (node.kind === 'scalar') return { ...node, span };
  if (node.kind === 'list') return { ...node, span, items: node.items.map((item) => moved(item, span)) };
  const entries = [...node.entries].map(
    ([key, entry]) => [key, { key, keySpan: span, value: moved(entry.value, span) }] as const,
  );
  return { ...node, span, entries: new Map(entries) };
}
