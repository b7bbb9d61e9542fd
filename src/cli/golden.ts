import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cleanText } from '../report/text/clean.ts';
import { writeFileAtomically } from '../report/writeFileAtomically.ts';
import type { Outcome, RunReport, RunResult } from '../result/runResult.ts';
import { severityOf } from '../runner/outcome.ts';
import { SCENARIO_SUFFIX } from './discover.ts';
import type { ExitReason } from './exitCodes.ts';
import { shownPath } from './reports.ts';
import type { Terminal } from './terminal.ts';
import { OutputError } from './userError.ts';

/** What a scenario must come to; `expected/NAME.json` beside it. Digest and outcome of the one run, or of each combination. */
export interface Golden {
  readonly outcome: Outcome;
  /** Of the trace; null when there are several runs, whose digests are in `variants`. */
  readonly digest: string | null;
  readonly seed: string;
  readonly variants?: readonly { readonly variant: string; readonly outcome: Outcome; readonly digest: string }[];
}

export function goldenPath(scenarioFile: string): string {
  const name = basename(scenarioFile)
    .replace(SCENARIO_SUFFIX, '')
    .replace(/\.ya?ml$/, '');
  return join(dirname(scenarioFile), 'expected', `${name}.json`);
}

/** Of the runs of one scenario file: one, or all combinations of its matrix. */
export function goldenOf(results: readonly RunResult[]): Golden {
  const [first] = results;
  if (first === undefined) throw new Error('a golden result needs at least one run');
  if (results.length === 1) return { outcome: first.outcome, digest: first.digest, seed: first.seed };
  const worst = results.reduce((a, b) => (severityOf(b.outcome) > severityOf(a.outcome) ? b : a));
  const variants = results.map(({ scenario, outcome, digest }) => ({
    variant: scenario.variant.map(({ path, value }) => `${path}=${value}`).join(', '),
    outcome,
    digest,
  }));
  return { outcome: worst.outcome, digest: null, seed: first.seed, variants };
}

/** Writes the golden file of every scenario of the report; incomplete runs are left alone, with a word. */
export async function updateGolden(report: RunReport, terminal: Terminal): Promise<void> {
  for (const [file, results] of byFile(report)) {
    if (results.some(({ endedEarly }) => endedEarly !== null)) {
      terminal.error(`${cleanText(file)}: ended early, its golden file stays as it was`);
      continue;
    }
    try {
      await writeFileAtomically(goldenPath(file), `${JSON.stringify(goldenOf(results), null, 2)}\n`);
    } catch (error) {
      throw new OutputError(error instanceof Error ? error.message : String(error));
    }
    terminal.note(`golden  ${shownPath(goldenPath(file))}`);
  }
}

/** Compares with the golden files; each difference is one line, and a missing file is a difference. */
export function checkGolden(report: RunReport, terminal: Terminal): ExitReason[] {
  const reasons: ExitReason[] = [];
  for (const [file, results] of byFile(report)) {
    for (const difference of differences(readGolden(goldenPath(file)), goldenOf(results))) {
      terminal.error(`${cleanText(file)}: ${difference}`);
      reasons.push('failed');
    }
  }
  return reasons;
}

export function differences(expected: Golden | null, actual: Golden): string[] {
  if (expected === null) return ['has no golden file; --update-golden writes it'];
  const found: string[] = [];
  if (expected.seed !== actual.seed) found.push(`seed is '${actual.seed}', golden '${expected.seed}'`);
  if (expected.outcome !== actual.outcome) found.push(`outcome is ${actual.outcome}, golden ${expected.outcome}`);
  if (expected.digest !== actual.digest) found.push(`digest is ${actual.digest}, golden ${expected.digest}`);
  const expectedVariants = JSON.stringify(expected.variants ?? []);
  if (expectedVariants !== JSON.stringify(actual.variants ?? [])) {
    found.push('combinations differ from the golden file in variant, outcome or digest');
  }
  return found;
}

function readGolden(path: string): Golden | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Golden;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function byFile(report: RunReport): Map<string, RunResult[]> {
  const groups = new Map<string, RunResult[]>();
  for (const result of report.results) {
    groups.set(result.scenario.file, [...(groups.get(result.scenario.file) ?? []), result]);
  }
  return groups;
}
