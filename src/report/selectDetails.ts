import type { RunReport, RunResult } from '../result/runResult.ts';

/**
 * Which results deserve a block of their own, in their order.
 *
 * Of a matrix the table tells most: only the first row that did not pass is shown, unless `matrixRows` asks for
 * every one. All other results are shown; of many seeds the report holds only the worst anyway.
 */
export function selectDetails(report: RunReport, matrixRows: 'all' | 'first problem'): RunResult[] {
  if (matrixRows === 'all') return [...report.results];
  const inMatrix = new Set(report.matrices.filter(({ rows }) => rows.length > 1).map(({ file }) => file));
  const told = new Set<string>();
  return report.results.filter((result) => {
    const { file } = result.scenario;
    if (!inMatrix.has(file)) return true;
    if (result.outcome === 'passed' || told.has(file)) return false;
    told.add(file);
    return true;
  });
}
