import type { RunReport, RunResult } from '../result/runResult.ts';

/**
 * Which results deserve a block of their own.
 *
 * One scenario under many seeds is told by its table; only its worst run is shown in full, and only when it did not
 * pass. Of a matrix the first row that did not pass is shown, unless `matrixRows` asks for every one. All other
 * results are shown. Order is kept.
 */
export function selectDetails(report: RunReport, matrixRows: 'all' | 'first problem'): RunResult[] {
  const seeded = new Map(report.seeds.map((summary) => [summary.file, summary.worst?.seed ?? null]));
  const inMatrix = new Set(report.matrices.map((matrix) => matrix.file));
  const told = new Set<string>();
  const counts = new Map<string, number>();
  for (const { scenario } of report.results) counts.set(scenario.file, (counts.get(scenario.file) ?? 0) + 1);

  return report.results.filter((result) => {
    const file = result.scenario.file;
    if (counts.get(file) === 1) return true;
    if (inMatrix.has(file) && matrixRows === 'all' && !seeded.has(file)) return true;
    if (!inMatrix.has(file) && !seeded.has(file)) return true;
    if (result.outcome === 'passed' || told.has(file)) return false;
    const worst = seeded.get(file);
    const worstIsHere = report.results.some((other) => other.scenario.file === file && other.seed === worst);
    if (typeof worst === 'string' && worstIsHere && result.seed !== worst) return false;
    told.add(file);
    return true;
  });
}
