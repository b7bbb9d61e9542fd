import type { Outcome, RunResult, VerdictStatus } from '../result/runResult.ts';

/**
 * What a run as a whole came to: an interrupted run is never passed, one failed verdict fails it, and a run that
 * ended early without a failure decided nothing.
 */
export function outcomeOf(statuses: readonly VerdictStatus[], endedEarly: RunResult['endedEarly']): Outcome {
  if (endedEarly?.reason === 'interrupted') return 'interrupted';
  if (endedEarly?.reason === 'error') return 'inconclusive';
  if (statuses.includes('failed')) return 'failed';
  if (endedEarly !== null || statuses.includes('inconclusive')) return 'inconclusive';
  return 'passed';
}

const SEVERITY: Readonly<Record<Outcome, number>> = { passed: 0, interrupted: 1, inconclusive: 2, failed: 3 };

/** Larger is worse. */
export function severityOf(outcome: Outcome): number {
  return SEVERITY[outcome];
}
