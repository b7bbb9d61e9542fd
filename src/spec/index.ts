export { explainCode } from './codes.ts';
export type { Diagnostic } from './diagnostics.ts';
export { formatDiagnostic } from './formatDiagnostic.ts';
export { type LoadOptions, type LoadResult, loadScenario, loadScenarioText } from './load.ts';
export type { Sources } from './sources.ts';
