import type { MatrixSummary, Outcome, RunResult, SeedSummary } from '../result/runResult.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { BriefResult } from './job.ts';
import { severityOf } from './outcome.ts';

/** `SEED-1` ... `SEED-n`. */
export function seedsOf(seed: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${seed}-${index + 1}`);
}

/** Pass rates over many seeds, and the seed to look at first. */
export function summariseSeeds(scenario: Scenario, runs: readonly BriefResult[]): SeedSummary {
  const outcomes: Record<Outcome, number> = { passed: 0, failed: 0, inconclusive: 0, interrupted: 0 };
  for (const run of runs) outcomes[run.outcome]++;
  const worst = worstOf(runs);
  return {
    scenario: titleOf(scenario),
    file: scenario.source.path,
    seeds: runs.length,
    outcomes,
    expectations: scenario.expectations.map(({ name }, index) => {
      const statuses = runs.map((run) => run.statuses[index]?.status);
      const firstWith = (status: string) => runs[statuses.indexOf(status as never)]?.seed ?? null;
      return {
        name,
        passed: statuses.filter((status) => status === 'passed').length,
        failed: statuses.filter((status) => status === 'failed').length,
        inconclusive: statuses.filter((status) => status === 'inconclusive').length,
        worstSeed: firstWith('failed') ?? firstWith('inconclusive'),
      };
    }),
    worst: worst === null ? null : { seed: worst.seed, outcome: worst.outcome, reproduce: worst.reproduce },
  };
}

/** The run with the worst outcome, then with most failed expectations; the first of equals; null when all passed. */
export function worstOf(runs: readonly BriefResult[]): BriefResult | null {
  let worst: BriefResult | null = null;
  for (const run of runs) {
    if (run.outcome === 'passed') continue;
    if (worst === null || badnessOf(run) > badnessOf(worst)) worst = run;
  }
  return worst;
}

function badnessOf(run: BriefResult): number {
  const failed = run.statuses.filter(({ status }) => status === 'failed').length;
  // A run in which the program itself failed must not hide behind a failed expectation.
  return (run.hasCrashed ? 1_000_000_000 : 0) + severityOf(run.outcome) * 1_000_000 + failed;
}

/** The scenario's name, with the combination when it is one of a matrix. */
export function titleOf(scenario: Scenario): string {
  if (scenario.variant.length === 0) return scenario.name;
  return `${scenario.name} (${scenario.variant.map(({ path, value }) => `${path}=${value}`).join(', ')})`;
}

/** One row for each combination of a matrix; scenarios without one have no part in it. */
export function summariseMatrices(results: readonly RunResult[]): MatrixSummary[] {
  const byFile = new Map<string, RunResult[]>();
  for (const result of results) {
    if (result.scenario.variant.length === 0) continue;
    const rows = byFile.get(result.scenario.file);
    if (rows === undefined) byFile.set(result.scenario.file, [result]);
    else rows.push(result);
  }
  return [...byFile].map(([file, rows]) => ({
    scenario: rows[0]!.scenario.name,
    file,
    axes: rows[0]!.scenario.variant.map(({ path }) => path),
    rows: rows.map((row) => ({
      variant: row.scenario.variant,
      outcome: row.outcome,
      statuses: row.verdicts.map(({ name, status, observed }) => ({ name, status, observed })),
      reproduce: row.reproduce,
    })),
  }));
}
