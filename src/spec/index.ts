export { explainCode } from './codes.ts';
export type { Diagnostic } from './diagnostics.ts';
export { type RoughCost, roughCost } from './explain/cost.ts';
export { type ExplainRow, explainScenario } from './explain/explainScenario.ts';
export { formatDiagnostic } from './formatDiagnostic.ts';
export { type LoadOptions, type LoadResult, loadScenario, loadScenarioText } from './load.ts';
export type { Sources } from './sources.ts';
