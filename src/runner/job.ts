import type { Outcome, RunResult, VerdictStatus } from '../result/runResult.ts';

/** One run of one scenario. Scenarios are sent to a worker once and named by their index from then on. */
export interface Job {
  readonly scenario: number;
  readonly seed: string;
  /** `verdicts` ships only outcome and statuses: enough for one of many seeds. */
  readonly detail: 'full' | 'verdicts';
}

/** What is kept of a run under one of many seeds. */
export interface BriefResult {
  readonly seed: string;
  readonly outcome: Outcome;
  readonly statuses: readonly { readonly name: string; readonly status: VerdictStatus }[];
  readonly reproduce: string;
  /** The run ended early because the program failed. */
  readonly hasCrashed: boolean;
}

export function briefOf(result: RunResult): BriefResult {
  return {
    seed: result.seed,
    outcome: result.outcome,
    statuses: result.verdicts.map(({ name, status }) => ({ name, status })),
    reproduce: result.reproduce,
    hasCrashed: result.endedEarly?.reason === 'error',
  };
}

/** Where a run must end even if nothing else ends it. */
export interface Limits {
  readonly maxEvents: number;
  /** Wall-clock; null: no limit. */
  readonly timeLimitMs: number | null;
  /** Of one worker's heap. */
  readonly maxMemoryMiB: number;
}

export const DEFAULT_LIMITS: Limits = { maxEvents: 200_000_000, timeLimitMs: null, maxMemoryMiB: 2048 };
