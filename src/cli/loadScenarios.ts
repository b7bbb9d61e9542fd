import type { Scenario } from '../scenario/scenario.ts';
import { type Diagnostic, formatDiagnostic, type LoadOptions, loadScenario } from '../spec/index.ts';

export interface LoadedFile {
  readonly file: string;
  /** One for each combination of a matrix; empty when there are errors. */
  readonly scenarios: readonly Scenario[];
  readonly diagnostics: readonly Diagnostic[];
  /** The diagnostics as text, in the order of the file. */
  readonly texts: readonly string[];
}

export interface LoadWishes {
  readonly set?: readonly string[] | undefined;
  readonly seed?: string | undefined;
  readonly color: boolean;
}

/** Reads and checks each file; all problems of all files are collected. */
export function loadScenarios(files: readonly string[], wishes: LoadWishes): LoadedFile[] {
  return files.map((file) => {
    const { scenarios, diagnostics, sources } = loadScenario(file, loadOptions(wishes));
    return {
      file,
      scenarios,
      diagnostics,
      texts: diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, sources, { color: wishes.color })),
    };
  });
}

export function hasErrors(loaded: LoadedFile): boolean {
  return loaded.diagnostics.some(({ severity }) => severity === 'error');
}

function loadOptions({ set = [], seed }: LoadWishes): LoadOptions {
  return seed === undefined ? { set } : { set, seed };
}
