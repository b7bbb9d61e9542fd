import { Collector } from '../metrics/collector.ts';
import { ObservationWindow } from '../metrics/observationWindow.ts';
import { partitionLanesOf } from '../metrics/partitionLanes.ts';
import { timelineOf } from '../metrics/timeline.ts';
import type { RunResult, Verdict } from '../result/runResult.ts';
import type { Expectation, Scenario } from '../scenario/scenario.ts';
import type { Checker } from './checker.ts';
import { claimNamed } from './registry.ts';
import { verdictOf } from './verdict.ts';

/** The parts of a run's result that the trace alone decides. */
export type Judgement = Pick<RunResult, 'verdicts' | 'timeline' | 'timelineOmitted' | 'partitions'>;

export interface Judge {
  /** To be passed to the model. */
  readonly collector: Collector;
  /** After the collector's `end`. */
  finish(atUs: number): Judgement;
}

/** Listens to one run and judges it at the end. Checkers come to life when the model tells its cast (`begin`). */
export function createJudge(scenario: Scenario): Judge {
  const checkers: { expectation: Expectation; checker: Checker }[] = [];
  const collector = new Collector((begun) => {
    for (const expectation of scenario.expectations) {
      checkers.push({ expectation, checker: checkerOf(expectation, begun) });
    }
  });
  return {
    collector,
    finish(atUs) {
      const { events, cast } = collector;
      const verdicts = checkers.map(({ expectation, checker }) =>
        verdictOf(expectation, checker, checker.judge(atUs), events, cast),
      );
      const { entries, omitted } = timelineOf(events.all(), cast, referredBy(verdicts));
      const partitions = partitionLanesOf(events.all(), cast, atUs);
      return { verdicts, timeline: entries, timelineOmitted: omitted, partitions };
    },
  };
}

function checkerOf(expectation: Expectation, collector: Collector): Checker {
  const claim = claimNamed(expectation.claim);
  if (claim === undefined) throw new Error(`there is no claim ${expectation.claim}`);
  const window = new ObservationWindow(expectation.window, collector);
  return claim.create({ collector, window, expectation });
}

function referredBy(verdicts: readonly Verdict[]): Set<number> {
  return new Set(verdicts.flatMap((verdict) => verdict.causes.map((cause) => cause.eventId)));
}
