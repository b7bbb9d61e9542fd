import type { RunResult, Verdict } from '../result/runResult.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { EVENTS_AT_ONE_INSTANT, type RunEnd } from '../sim/index.ts';
import type { Limits } from './job.ts';

interface Ended {
  readonly nowUs: number;
  readonly stats: { readonly controlEvents: number; readonly dataEvents: number };
}

/** Why a run did not reach its end, with the arithmetic; null when it did. */
export function earlyEndOf(
  end: RunEnd,
  stoppedBy: 'interrupted' | 'time' | null,
  run: Ended,
  scenario: Scenario,
  limits: Limits,
): RunResult['endedEarly'] {
  const eventCount = run.stats.controlEvents + run.stats.dataEvents;
  const reached = `${seconds(run.nowUs)} of ${seconds(scenario.durationUs)} simulated, ${eventCount} events`;
  switch (end) {
    case 'reached':
    case 'drained':
      return null;
    case 'stopped':
      if (stoppedBy === 'interrupted') return { reason: 'interrupted', text: `Interrupted after ${reached}.` };
      return {
        reason: 'budget',
        text: `The wall-clock limit of ${limits.timeLimitMs} ms (--time-limit) was reached after ${reached}.`,
      };
    case 'budget':
      return { reason: 'budget', text: eventBudgetText(run, scenario, limits, eventCount) };
    case 'zeno':
      return {
        reason: 'budget',
        text: `More than ${EVENTS_AT_ONE_INSTANT} events happened at the instant ${run.nowUs} us without time moving on (${reached}).`,
      };
  }
}

/** How far the allowed events went, and how many the whole scenario would need at that rate. */
function eventBudgetText(run: Ended, scenario: Scenario, limits: Limits, eventCount: number): string {
  const reached = `${limits.maxEvents} events (--max-events) were used up after ${seconds(run.nowUs)} of ${seconds(scenario.durationUs)} simulated`;
  if (run.nowUs === 0) return `${reached}.`;
  const needed = Math.ceil((eventCount * scenario.durationUs) / run.nowUs / 1000) * 1000;
  return `${reached}; at ${Math.round(eventCount / (run.nowUs / 1_000_000))} events per simulated second the whole run needs about ${needed}.`;
}

/**
 * Verdicts of a run that ended early: what was already certain stays, what held only so far is undecided.
 * Under `violated: true` the certain status is the other one.
 */
export function undecideWhatWasCutShort(verdicts: readonly Verdict[], endedEarly: RunResult['endedEarly']): Verdict[] {
  if (endedEarly === null) return [...verdicts];
  return verdicts.map((verdict) => {
    const heldSoFar = verdict.violationExpected ? 'failed' : 'passed';
    if (verdict.status !== heldSoFar) return verdict;
    return {
      ...verdict,
      status: 'inconclusive',
      atUs: null,
      observed: `${endedEarly.text} Until then: ${verdict.observed}`,
    };
  });
}

function seconds(us: number): string {
  return `${Math.round(us / 1000) / 1000} s`;
}
