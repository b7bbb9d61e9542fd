import type { Judge } from '../assertions/judge.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Limits } from './job.ts';
import type { RunProgress } from './progress.ts';

/** 12 pictures a second are as many as a person can use. */
const PICTURE_EVERY_MS = 1000 / 12;

export interface WatchOptions {
  readonly isStopRequested?: () => boolean;
  readonly waitWhilePaused?: () => void;
  readonly onProgress?: ((progress: RunProgress) => void) | null;
}

/** What can be asked of a run while it goes on. */
interface Going {
  readonly nowUs: number;
  readonly stats: { readonly controlEvents: number; readonly dataEvents: number };
}

/**
 * Looks at wall clock and stop flag while a run goes on, and hands out pictures of it. The only part of a run that
 * knows real time; it can end a run and has no other influence on it.
 */
export class Watch {
  readonly startedAtMs = Date.now();
  readonly #scenario: Scenario;
  readonly #judge: Judge;
  readonly #limits: Limits;
  readonly #options: WatchOptions;
  readonly #beganMs = performance.now();
  #pausedMs = 0;
  #lastPictureMs = this.#beganMs;
  #reason: 'interrupted' | 'time' | null = null;

  constructor(scenario: Scenario, judge: Judge, limits: Limits, options: WatchOptions) {
    this.#scenario = scenario;
    this.#judge = judge;
    this.#limits = limits;
    this.#options = options;
  }

  /** Real time spent on the run, without pauses. */
  get wallMs(): number {
    return performance.now() - this.#beganMs - this.#pausedMs;
  }

  /** Why `mustStop` said yes; null while it did not. */
  get reason(): 'interrupted' | 'time' | null {
    return this.#reason;
  }

  /** Called every 1,024 events. */
  mustStop(run: Going): boolean {
    const { onProgress, waitWhilePaused, isStopRequested } = this.#options;
    const nowMs = performance.now();
    if (onProgress && nowMs - this.#lastPictureMs >= PICTURE_EVERY_MS) {
      this.#lastPictureMs = nowMs;
      onProgress(this.#progress(run));
    }
    if (waitWhilePaused !== undefined) {
      waitWhilePaused();
      this.#pausedMs += performance.now() - nowMs;
    }
    const { timeLimitMs } = this.#limits;
    if (isStopRequested?.()) this.#reason = 'interrupted';
    else if (timeLimitMs !== null && this.wallMs >= timeLimitMs) this.#reason = 'time';
    return this.#reason !== null;
  }

  #progress({ nowUs, stats }: Going): RunProgress {
    const picture = this.#judge.progress();
    return {
      job: 0,
      nowUs,
      durationUs: this.#scenario.durationUs,
      events: stats.controlEvents + stats.dataEvents,
      wallMs: this.wallMs,
      clusters: picture?.clusters ?? [],
      failuresInForce: picture?.failuresInForce ?? [],
      expectations: picture?.expectations ?? [],
    };
  }
}
