import type { Scenario } from '../src/scenario/scenario.ts';
import { formatDiagnostic, loadScenario } from '../src/spec/index.ts';

/** The bench scenario of that name; what is wrong with it is an error. */
export function scenarioOf(name: string): Scenario {
  const { scenarios, diagnostics, sources } = loadScenario(`bench/scenarios/${name}.scenario.yaml`);
  if (scenarios.length !== 1)
    throw new Error(diagnostics.map((one) => formatDiagnostic(one, sources, { color: false })).join('\n'));
  return scenarios[0]!;
}
