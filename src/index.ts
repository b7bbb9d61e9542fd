/**
 * What a program may call: read a scenario, play it, render what came of it.
 *
 *   const { scenarios, diagnostics } = loadScenario('scenarios/01-quick-start.scenario.yaml');
 *   const report = await runAll(scenarios, { workers: 2 });
 *   console.log(findReporter('markdown')?.render(report, PLAIN_RENDERING));
 */
export { type ParsedReport, parseRunReport } from './report/parseRunReport.ts';
export { PLAIN as PLAIN_RENDERING, type RenderOptions, type Reporter } from './report/reporter.ts';
export { findReporter, REPORTERS } from './report/reporters.ts';
export type * from './result/runResult.ts';
export { RESULT_SCHEMA_VERSION } from './result/runResult.ts';
export { DEFAULT_LIMITS, type Limits } from './runner/job.ts';
export { type RunAllOptions, runAll } from './runner/runAll.ts';
export { type RunOptions, runScenario } from './runner/runScenario.ts';
export type { Scenario } from './scenario/scenario.ts';
export {
  type Diagnostic,
  explainCode,
  explainScenario,
  formatDiagnostic,
  type LoadOptions,
  type LoadResult,
  loadScenario,
  loadScenarioText,
} from './spec/index.ts';
