import { resolve } from 'node:path';
import type { Scenario } from '../scenario/scenario.ts';
import { buildScenario } from './build/scenario.ts';
import { checkSchema } from './check/checkSchema.ts';
import { type Diagnostic, Diagnostics } from './diagnostics.ts';
import { rememberTree } from './explain/written.ts';
import { DISK, displayPath, ExtendsReader, projectRoot } from './read/extends.ts';
import { applyFlags } from './read/flags.ts';
import { expandMatrix } from './read/matrix.ts';
import { readYaml } from './read/readYaml.ts';
import { substituteVariables } from './read/variables.ts';
import { Sources } from './sources.ts';
import type { MapNode, Node } from './tree.ts';

export interface LoadOptions {
  /** `path=value`, as `--set` takes them; later ones win. */
  readonly set?: readonly string[];
  /** Instead of the scenario's own seed. */
  readonly seed?: string;
  /** What `extends` may not leave; default: the nearest folder above the file with a package.json or .git. */
  readonly root?: string;
  /** Instead of the disk; gets absolute paths, and throws for a file that does not exist. */
  readonly readFile?: (path: string) => Uint8Array;
}

export interface LoadResult {
  /** One per combination of the matrix; empty when there is any error. */
  readonly scenarios: readonly Scenario[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: Sources;
}

/** Reads a scenario file with everything that it extends. What is wrong with it comes back as diagnostics. */
export function loadScenario(path: string, options: LoadOptions = {}): LoadResult {
  const absolute = resolve(path);
  const access = fileAccess(options);
  let bytes: Uint8Array;
  try {
    bytes = access.readFile(absolute);
  } catch (problem) {
    const sources = new Sources();
    const diagnostics = new Diagnostics(sources);
    const file = displayPath(absolute);
    sources.add(file, '');
    const why =
      (problem as { code?: string }).code === 'EISDIR'
        ? 'it is a folder'
        : 'there is no such file, or it may not be read';
    diagnostics.error('SP1001', { file, start: 0, end: 1 }, `cannot read ${file}: ${why}`);
    return { scenarios: [], diagnostics: diagnostics.list(), sources };
  }
  return loadBytes(bytes, path, options);
}

/** As `loadScenario` for a text that is at hand; `path` is where it would stand. Never throws for any text. */
export function loadScenarioText(text: string, path: string, options: LoadOptions = {}): LoadResult {
  return loadBytes(new TextEncoder().encode(text), path, options);
}

function loadBytes(bytes: Uint8Array, path: string, options: LoadOptions): LoadResult {
  const sources = new Sources();
  const diagnostics = new Diagnostics(sources);
  const scenarios = readScenarios(bytes, resolve(path), options, sources, diagnostics);
  return { scenarios: diagnostics.hasErrors ? [] : scenarios, diagnostics: diagnostics.list(), sources };
}

function readScenarios(
  bytes: Uint8Array,
  absolute: string,
  options: LoadOptions,
  sources: Sources,
  diagnostics: Diagnostics,
): Scenario[] {
  const file = displayPath(absolute);
  const tree = readYaml(bytes, file, sources, diagnostics);
  if (!tree) return [];
  const whole = wholeTree(tree, absolute, options, sources, diagnostics);
  if (!whole) return [];
  const scenarios: Scenario[] = [];
  for (const { variant, tree: combination } of expandMatrix(whole.tree, diagnostics)) {
    const complete = substituteVariables(combination, diagnostics);
    checkSchema(complete, diagnostics);
    // Without what it extends, most names would seem to be unknown.
    if (!whole.isComplete) continue;
    const input = { tree: complete, path: file, text: sources.text(file) ?? '', variant, seed: options.seed };
    const scenario = buildScenario(input, sources, diagnostics);
    rememberTree(scenario, complete);
    scenarios.push(scenario);
  }
  return scenarios;
}

/** The file with what it extends and with the flags' values; incomplete when a file that it extends is missing or broken. */
function wholeTree(
  tree: Node,
  absolute: string,
  options: LoadOptions,
  sources: Sources,
  diagnostics: Diagnostics,
): { tree: MapNode; isComplete: boolean } | undefined {
  const access = fileAccess(options);
  const reader = new ExtendsReader(
    access,
    options.root === undefined ? projectRoot(absolute) : resolve(options.root),
    sources,
    diagnostics,
  );
  const hadErrors = diagnostics.hasErrors;
  const merged = tree.kind === 'map' ? reader.merge(tree, absolute, [absolute]) : tree;
  const isComplete = hadErrors || !diagnostics.hasErrors;
  const whole = applyFlags(merged, options.set ?? [], sources, diagnostics);
  if (whole.kind === 'map') return { tree: whole, isComplete };
  diagnostics.error('SP1014', whole.span, 'a scenario is a map of keys such as topics: and producers:');
  return undefined;
}

function fileAccess({ readFile }: LoadOptions) {
  return readFile ? { readFile, realPath: (path: string) => path } : DISK;
}
