import { Alerts } from '../metrics/alerts.ts';
import { Charts } from '../metrics/charts.ts';
import { Collector } from '../metrics/collector.ts';
import { type ClusterSnapshot, type LiveCounters, LivePicture } from '../metrics/livePicture.ts';
import { ObservationWindow } from '../metrics/observationWindow.ts';
import { partitionLanesOf } from '../metrics/partitionLanes.ts';
import { realisedFailures, realisedOperations } from '../metrics/realised.ts';
import { timelineOf } from '../metrics/timeline.ts';
import { Totals } from '../metrics/totals.ts';
import type { RunResult, Verdict, VerdictStatus } from '../result/runResult.ts';
import type { Expectation, Scenario } from '../scenario/scenario.ts';
import type { Checker } from './checker.ts';
import { ExpectationState } from './expectationState.ts';
import { claimNamed } from './registry.ts';
import { turned, verdictOf } from './verdict.ts';

/** The parts of a run's result that the trace alone decides. */
export type Judgement = Pick<
  RunResult,
  | 'verdicts'
  | 'timeline'
  | 'timelineOmitted'
  | 'partitions'
  | 'alerts'
  | 'failures'
  | 'operations'
  | 'series'
  | 'histograms'
  | 'totals'
  | 'ledger'
  | 'digest'
> & {
  /** Control-plane facts, and all calls of the recorder. */
  traceEvents: number;
  traceCalls: number;
};

export interface JudgeProgress {
  readonly nowUs: number;
  readonly clusters: readonly ClusterSnapshot[];
  readonly failuresInForce: readonly string[];
  readonly counters: LiveCounters;
  /** `open`: nothing is certain yet. */
  readonly expectations: readonly { readonly name: string; readonly status: VerdictStatus | 'open' }[];
}

export interface Judge {
  /** To be passed to the model. */
  readonly collector: Collector;
  /** After the collector's `end`; also for a run that ended early. */
  finish(atUs: number): Judgement;
  /** Cheap; null before the model has told its cast. */
  progress(): JudgeProgress | null;
}

/** Listens to one run and judges it at the end. Checkers come to life when the model tells its cast (`begin`). */
export function createJudge(scenario: Scenario): Judge {
  const collector = new Collector(() => {
    court = new Court(scenario, collector);
  });
  let court: Court | null = null;
  return {
    collector,
    finish(atUs) {
      if (court === null) throw new Error('a run is judged after it has begun');
      return court.finish(atUs);
    },
    progress: () => court?.progress() ?? null,
  };
}

class Court {
  readonly #collector: Collector;
  readonly #cases: readonly {
    readonly expectation: Expectation;
    readonly checker: Checker;
    readonly state: ExpectationState;
  }[];
  readonly #charts: Charts;
  readonly #totals: Totals;
  readonly #alerts: Alerts;
  readonly #live: LivePicture;

  constructor(scenario: Scenario, collector: Collector) {
    this.#collector = collector;
    this.#charts = new Charts(collector);
    this.#totals = new Totals(collector);
    this.#alerts = new Alerts(collector);
    this.#live = new LivePicture(collector);
    this.#cases = scenario.expectations.map((expectation) => ({
      expectation,
      checker: checkerOf(expectation, collector),
      state: new ExpectationState(),
    }));
  }

  finish(atUs: number): Judgement {
    const { events, cast, digest, callCount } = this.#collector;
    const verdicts = this.#cases.map(({ expectation, checker, state }) => {
      const finding = checker.judge(atUs);
      state.judge(finding.status);
      return verdictOf(expectation, checker, finding, events, cast);
    });
    const { entries, omitted } = timelineOf(events.all(), cast, referredBy(verdicts));
    return {
      verdicts,
      timeline: entries,
      timelineOmitted: omitted,
      alerts: this.#alerts.all(),
      partitions: partitionLanesOf(events.all(), cast, atUs),
      failures: realisedFailures(events.all(), cast),
      operations: realisedOperations(events.all(), cast),
      series: this.#charts.series(atUs),
      histograms: [...this.#charts.histograms(), ...this.#totals.histograms()],
      totals: this.#totals.totals(atUs),
      ledger: this.#totals.ledger(),
      digest: digest.hex(),
      traceEvents: events.length,
      traceCalls: callCount,
    };
  }

  progress(): JudgeProgress {
    return {
      nowUs: this.#collector.nowUs,
      clusters: this.#live.clusters(),
      failuresInForce: this.#live.failuresInForce(),
      counters: this.#live.counters(),
      expectations: this.#cases.map(({ expectation, checker, state }) => ({
        name: expectation.name,
        status: turned(state.observe(checker.statusSoFar?.() ?? null), expectation.violated) ?? 'open',
      })),
    };
  }
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
