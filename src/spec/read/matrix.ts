import type { Diagnostics } from '../diagnostics.ts';
import { LIMITS } from '../limits.ts';
import { countNodes, type MapNode, type Node, type Span } from '../tree.ts';
import { nodeText, parsePath, withValueAt } from './paths.ts';

export interface Combination {
  readonly variant: readonly { readonly path: string; readonly value: string }[];
  readonly tree: MapNode;
}

interface Axis {
  readonly path: string;
  readonly keys: readonly string[];
  readonly span: Span;
  readonly values: readonly Node[];
}

/** One tree per combination of `matrix.vary`, the last path changing fastest; the tree itself without a matrix. */
export function expandMatrix(root: MapNode, diagnostics: Diagnostics): Combination[] {
  const matrix = root.entries.get('matrix')?.value;
  const vary = matrix?.kind === 'map' ? matrix.entries.get('vary') : undefined;
  if (!vary || matrix?.kind !== 'map') return [{ variant: [], tree: root }];
  const axes = readAxes(vary.value, diagnostics);
  const count = axes.reduce((product, axis) => product * axis.values.length, 1);
  if (count > LIMITS.combinations) {
    diagnostics.error('SP1041', vary.keySpan, `${count} combinations; a matrix may have ${LIMITS.combinations}`);
    return [{ variant: [], tree: root }];
  }
  if (count * countNodes(root) > LIMITS.matrixNodes) {
    diagnostics.error('SP1041', vary.keySpan, `${count} combinations of so large a scenario`, {
      hint: 'vary fewer values, or write fewer topics and clients',
    });
    return [{ variant: [], tree: root }];
  }
  const excluded = readExclusions(matrix.entries.get('except')?.value, axes, diagnostics);
  const combinations: Combination[] = [];
  for (let index = 0; index < count; index++) {
    const values = valuesOf(index, axes);
    const texts = values.map(nodeText);
    if (
      excluded.some((exclusion) =>
        axes.every((axis, a) => !exclusion.has(axis.path) || exclusion.get(axis.path) === texts[a]),
      )
    )
      continue;
    const variant = axes.map((axis, a) => ({ path: axis.path, value: texts[a]! }));
    combinations.push({ variant, tree: applyCombination(root, axes, values, diagnostics) });
  }
  if (combinations.length > 0) return combinations;
  diagnostics.error('SP1042', vary.keySpan, 'the exceptions leave no combination');
  return [{ variant: [], tree: root }];
}

function readAxes(vary: Node, diagnostics: Diagnostics): Axis[] {
  const axes: Axis[] = [];
  for (const entry of vary.kind === 'map' ? vary.entries.values() : []) {
    const path = parsePath(entry.key);
    const values = entry.value;
    if (!path.ok) {
      diagnostics.error('SP1032', entry.keySpan, path.why);
    } else if (values.kind !== 'list' || values.items.length === 0) {
      diagnostics.error('SP1042', values.span, `expected a list of values for ${entry.key}`);
    } else {
      axes.push({ path: entry.key, keys: path.value, span: entry.keySpan, values: values.items });
    }
  }
  return axes;
}

function readExclusions(
  except: Node | undefined,
  axes: readonly Axis[],
  diagnostics: Diagnostics,
): Map<string, string>[] {
  const exclusions: Map<string, string>[] = [];
  for (const item of except?.kind === 'list' ? except.items : []) {
    if (item.kind !== 'map' || item.entries.size === 0) continue;
    const exclusion = new Map<string, string>();
    for (const entry of item.entries.values()) {
      const path = parsePath(entry.key);
      const axis = axes.find((candidate) => path.ok && candidate.keys.join('\n') === path.value.join('\n'));
      const text = nodeText(entry.value);
      if (!axis) diagnostics.error('SP1042', entry.keySpan, `'${entry.key}' is not varied`);
      else if (!axis.values.some((value) => nodeText(value) === text)) {
        diagnostics.error('SP1042', entry.value.span, `${text} is not among the values of ${entry.key}`);
      }
      exclusion.set(axis?.path ?? entry.key, text);
    }
    exclusions.push(exclusion);
  }
  return exclusions;
}

function valuesOf(index: number, axes: readonly Axis[]): Node[] {
  const values: Node[] = [];
  let rest = index;
  for (const axis of axes.toReversed()) {
    values.unshift(axis.values[rest % axis.values.length]!);
    rest = Math.floor(rest / axis.values.length);
  }
  return values;
}

function applyCombination(
  root: MapNode,
  axes: readonly Axis[],
  values: readonly Node[],
  diagnostics: Diagnostics,
): MapNode {
  let tree: Node = root;
  for (const [index, axis] of axes.entries()) {
    const result = withValueAt(tree, axis.keys, values[index]!, axis.span);
    if (result.ok) tree = result.value;
    else diagnostics.error('SP1033', axis.span, result.why);
  }
  return tree as MapNode;
}
