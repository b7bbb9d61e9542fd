import type { Scenario } from '../../scenario/scenario.ts';
import { formatDiagnostic } from '../formatDiagnostic.ts';
import { type LoadOptions, type LoadResult, loadScenarioText } from '../load.ts';

/** The smallest scenario with everything that others refer to; `more` is added below it. */
export function scenarioText(more = ''): string {
  return `brokers: 3
topics:
  orders: { partitions: 6, replicationFactor: 3 }
producers:
  checkout: { to: orders, rate: 2k/s }
consumers:
  billing: { from: [orders], instances: 3 }
${more}`;
}

/** Loads text as if it stood in `a.scenario.yaml`, with other files of the project at hand. */
export function load(
  text: string,
  files: Readonly<Record<string, string>> = {},
  options: LoadOptions = {},
): LoadResult {
  const readFile = (path: string) => {
    const name = Object.keys(files).find((file) => path.endsWith(`/${file}`));
    if (name === undefined) throw new Error('no such file');
    return new TextEncoder().encode(files[name]);
  };
  return loadScenarioText(text, 'a.scenario.yaml', { root: '.', readFile, ...options });
}

/** The only scenario of a text that must be right. */
export function loadOne(text: string, options: LoadOptions = {}): Scenario {
  const result = load(text, {}, options);
  const [scenario] = result.scenarios;
  if (!scenario || result.scenarios.length > 1) throw new Error(shown(result));
  return scenario;
}

export function shown(result: LoadResult): string {
  return result.diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, result.sources)).join('\n');
}

/** What a person would see for a wrong text. */
export function complaints(text: string, options: LoadOptions = {}): string {
  return shown(load(text, {}, options));
}
