import { RESULT_SCHEMA_VERSION, type RunReport, type RunResult } from '../result/runResult.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { type ControlWord, createControlWord, isStopRequested } from './controlWord.ts';
import { type BriefResult, DEFAULT_LIMITS, type Job, type Limits } from './job.ts';
import { type JobResult, runJobs } from './pool.ts';
import type { RunProgress } from './progress.ts';
import { seedsOf, summariseMatrices, summariseSeeds, worstOf } from './seedSummary.ts';

export interface RunAllOptions {
  readonly workers: number;
  /** Null: each scenario once, under its own seed. */
  readonly seeds?: number | null;
  /** The `--set` arguments that were in force: part of the commands that reproduce runs. */
  readonly settings?: readonly string[];
  readonly limits?: Limits;
  /** Stops and pauses the runs from outside. */
  readonly control?: ControlWord;
  readonly onProgress?: ((progress: RunProgress) => void) | null;
  /** A run ended; `full` is null for one of many seeds. In the order in which runs end. */
  readonly onDone?: ((index: number, brief: RunSummary) => void) | null;
}

export interface RunSummary {
  readonly scenario: Scenario;
  readonly outcome: RunResult['outcome'];
  readonly full: RunResult | null;
}

/**
 * Plays scenarios on worker threads and gathers one report: results in the order of `scenarios`, the same bytes
 * (but for `environment`) for any number of workers.
 *
 * Under many seeds the report holds pass rates, and of the runs only the worst (the first one when all passed).
 */
export async function runAll(scenarios: readonly Scenario[], options: RunAllOptions): Promise<RunReport> {
  const control = options.control ?? createControlWord();
  const pool = {
    scenarios,
    settings: options.settings ?? [],
    limits: options.limits ?? DEFAULT_LIMITS,
    control,
    workers: options.workers,
    onProgress: options.onProgress ?? null,
  };
  const announce = (jobs: readonly Job[]) => (index: number, done: JobResult) =>
    options.onDone?.(index, {
      scenario: scenarios[jobs[index]!.scenario]!,
      outcome: done.result.outcome,
      full: done.detail === 'full' ? done.result : null,
    });
  const seedCount = options.seeds ?? null;
  if (seedCount === null) {
    const jobs = scenarios.map((scenario, index): Job => ({ scenario: index, seed: scenario.seed, detail: 'full' }));
    const results = fullResults(await runJobs(jobs, { ...pool, onDone: announce(jobs) }));
    return { schemaVersion: RESULT_SCHEMA_VERSION, results, seeds: [], matrices: summariseMatrices(results) };
  }
  const jobs = scenarios.flatMap(({ seed }, scenario) =>
    seedsOf(seed, seedCount).map((seed): Job => ({ scenario, seed, detail: 'verdicts' })),
  );
  const runs = briefResults(await runJobs(jobs, { ...pool, onDone: announce(jobs) }));
  const bySeed = scenarios.map((_, index) => runs.slice(index * seedCount, (index + 1) * seedCount));
  const shown = isStopRequested(control)
    ? []
    : bySeed.map((of, scenario): Job => ({ scenario, seed: (worstOf(of) ?? of[0]!).seed, detail: 'full' }));
  const results = fullResults(await runJobs(shown, { ...pool, onDone: null }));
  const seeds = bySeed.map((of, index) => summariseSeeds(scenarios[index]!, of));
  // One worst seed says too little about a combination for a table of its own: pass rates take its place.
  return { schemaVersion: RESULT_SCHEMA_VERSION, results, seeds, matrices: [] };
}

function fullResults(done: readonly JobResult[]): RunResult[] {
  return done.flatMap((one) => (one.detail === 'full' ? [one.result] : []));
}

function briefResults(done: readonly JobResult[]): BriefResult[] {
  return done.flatMap((one) => (one.detail === 'verdicts' ? [one.result] : []));
}
