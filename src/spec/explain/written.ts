import type { Scenario } from '../../scenario/scenario.ts';
import { FLAGS_FILE } from '../read/flags.ts';
import { type MapNode, nodeAt } from '../tree.ts';

const trees = new WeakMap<Scenario, MapNode>();

/** Remembers what a scenario was built from, so that `explain` can tell written values from assumed ones. */
export function rememberTree(scenario: Scenario, tree: MapNode): void {
  trees.set(scenario, tree);
}

/** Who decided a value: the scenario, a flag, or nobody (then the language's default is assumed). */
export type Decided = 'scenario' | 'flag' | 'assumed';

/** Looks up paths in what was written; a scenario that was copied has lost its tree, and everything counts as written. */
export class Written {
  readonly #tree: MapNode | undefined;

  constructor(scenario: Scenario) {
    this.#tree = trees.get(scenario);
  }

  decided(path: readonly string[]): Decided {
    if (!this.#tree) return 'scenario';
    const node = nodeAt(this.#tree, path);
    if (!node) return 'assumed';
    return node.span.file === FLAGS_FILE ? 'flag' : 'scenario';
  }

  /** Where a cluster's keys stand: under `clusters`, under `cluster`, or at the top. */
  clusterPath(name: string): string[] {
    if (this.#tree?.entries.has('cluster')) return ['cluster'];
    return this.#tree && !this.#tree.entries.has('clusters') ? [] : ['clusters', name];
  }
}
