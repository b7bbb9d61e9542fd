import { RESULT_SCHEMA_VERSION, type RunReport } from '../result/runResult.ts';
import { resultProblem } from './resultProblem.ts';
import { cleanText } from './text/clean.ts';

export type ParsedReport = { ok: true; report: RunReport } | { ok: false; problem: string };

/**
 * Reads a result file back (`report RESULT.json`): a whole report, or one result of it.
 *
 * Accepts any minor version of our major one; keys that we do not know are left alone.
 */
export function parseRunReport(text: string): ParsedReport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return wrong('This is not a Streamproof result: it is not valid JSON (is the file complete?).');
  }
  if (typeof value !== 'object' || value === null || !('schemaVersion' in value)) {
    return wrong('This is not a Streamproof result: there is no schemaVersion.');
  }
  const versionProblem = checkVersion(value.schemaVersion);
  if (versionProblem !== null) return wrong(versionProblem);

  const report = 'verdicts' in value ? oneResultReport(value, value.schemaVersion) : value;
  const problem = resultProblem(report) ?? checkColumns(report as RunReport);
  if (problem !== null) return wrong(`This Streamproof result is damaged: ${cleanText(problem)}.`);
  return { ok: true, report: report as RunReport };
}

function checkVersion(version: unknown): string | null {
  const major = typeof version === 'string' ? /^([0-9]+)\.[0-9]+\.[0-9]+$/.exec(version)?.[1] : undefined;
  if (major === undefined) return 'This is not a Streamproof result: schemaVersion should look like 1.0.0.';
  const ours = RESULT_SCHEMA_VERSION.split('.')[0] ?? '';
  if (major === ours) return null;
  const advice =
    Number(major) > Number(ours) ? 'A newer Streamproof wrote it: update, or run the scenario again.' : 'Run it again.';
  return `This result has format ${version}, and this program reads format ${ours}.x. ${advice}`;
}

function oneResultReport(result: object, schemaVersion: unknown): object {
  return { schemaVersion, results: [result], seeds: [], matrices: [] };
}

function checkColumns(report: RunReport): string | null {
  for (const [index, result] of report.results.entries()) {
    const uneven = result.series.findIndex((series) =>
      [series.min, series.max, series.mean].some((column) => column.length !== series.atUs.length),
    );
    if (uneven >= 0) return `results[${index}].series[${uneven}] has columns of different lengths`;
  }
  return null;
}

function wrong(problem: string): ParsedReport {
  return { ok: false, problem };
}
