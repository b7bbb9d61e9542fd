import type { Outcome, Verdict } from '../result/runResult.ts';
import type { RunProgress } from '../runner/progress.ts';

export interface ScenarioTitle {
  readonly title: string;
  readonly file: string;
}

/** A scenario that ended: it becomes a line of ordinary terminal history. */
export interface FinishedRun {
  readonly job: number;
  readonly outcome: Outcome;
  readonly verdicts: readonly Pick<Verdict, 'name' | 'status'>[];
}

/** Everything that the live view shows. Changed only through the functions below; each returns a new state. */
export interface ViewState {
  readonly scenarios: readonly ScenarioTitle[];
  /** Jobs for each scenario: 1, or the number of seeds. Job j belongs to scenario floor(j / runsEach). */
  readonly runsEach: number;
  readonly finished: readonly FinishedRun[];
  /** By job; only runs that are going on. */
  readonly running: ReadonlyMap<number, RunProgress>;
  /** The job that is shown; null: the first one that runs. */
  readonly selected: number | null;
  readonly scroll: number;
  readonly isPaused: boolean;
  readonly isStopping: boolean;
}

export function initialState(scenarios: readonly ScenarioTitle[], runsEach: number): ViewState {
  return {
    scenarios,
    runsEach,
    finished: [],
    running: new Map(),
    selected: null,
    scroll: 0,
    isPaused: false,
    isStopping: false,
  };
}

export function withProgress(state: ViewState, progress: RunProgress): ViewState {
  if (state.finished.some(({ job }) => job === progress.job)) return state;
  return { ...state, running: new Map(state.running).set(progress.job, progress) };
}

export function withFinished(state: ViewState, run: FinishedRun): ViewState {
  const running = new Map(state.running);
  running.delete(run.job);
  const selected = state.selected === run.job ? null : state.selected;
  return { ...state, running, selected, finished: [...state.finished, run] };
}

/** Selects the running scenario before (-1) or after (+1) the one shown; stays at the ends. */
export function withSelection(state: ViewState, step: -1 | 1): ViewState {
  const jobs = runningJobs(state);
  const at = jobs.indexOf(shownJob(state) ?? -1);
  const selected = jobs[Math.min(Math.max(at + step, 0), jobs.length - 1)];
  return selected === undefined ? state : { ...state, selected, scroll: 0 };
}

export function withScroll(state: ViewState, step: number): ViewState {
  return { ...state, scroll: Math.max(0, state.scroll + step) };
}

/** The job whose cluster is drawn; null when nothing runs. */
export function shownJob(state: ViewState): number | null {
  if (state.selected !== null && state.running.has(state.selected)) return state.selected;
  return runningJobs(state)[0] ?? null;
}

export function runningJobs(state: ViewState): number[] {
  return [...state.running.keys()].sort((a, b) => a - b);
}

export function titleOfJob(state: ViewState, job: number): string {
  return state.scenarios[Math.floor(job / state.runsEach)]?.title ?? `run ${job + 1}`;
}

export function jobCount(state: ViewState): number {
  return state.scenarios.length * state.runsEach;
}
