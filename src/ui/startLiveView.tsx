import { render } from 'ink';
import type { RunProgress } from '../runner/progress.ts';
import { type Keys, LiveView } from './LiveView.tsx';
import {
  type FinishedRun,
  initialState,
  type ScenarioTitle,
  type ViewState,
  withFinished,
  withProgress,
  withScroll,
  withSelection,
} from './viewState.ts';

export interface LiveViewOptions {
  readonly scenarios: readonly ScenarioTitle[];
  readonly runsEach: number;
  readonly color: boolean;
  readonly onPause: (isPaused: boolean) => void;
  readonly onQuit: () => void;
}

export interface RunningView {
  readonly progress: (progress: RunProgress) => void;
  readonly finished: (run: FinishedRun) => void;
  /** Somebody asked to stop; the view says so. */
  readonly stopping: () => void;
  /** Removes the live region; finished scenarios stay in the terminal's history. */
  readonly end: () => void;
}

const FRAMES_PER_SECOND = 12;

/** Draws the live view and redraws it when something changed, at most 12 times a second. */
export function startLiveView(options: LiveViewOptions): RunningView {
  let state = initialState(options.scenarios, options.runsEach);
  let isDirty = false;
  const change = (next: ViewState) => {
    state = next;
    isDirty = true;
  };
  const keys: Keys = {
    onPause: () => {
      change({ ...state, isPaused: !state.isPaused });
      options.onPause(state.isPaused);
    },
    onQuit: () => {
      change({ ...state, isStopping: true, isPaused: false });
      options.onQuit();
    },
    onScroll: (step) => change(withScroll(state, step)),
    onSelect: (step) => change(withSelection(state, step)),
  };
  const view = () => <LiveView state={state} color={options.color} keys={keys} />;
  const instance = render(view(), {
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: FRAMES_PER_SECOND,
    incrementalRendering: true,
  });
  const timer = setInterval(() => {
    if (!isDirty) return;
    isDirty = false;
    instance.rerender(view());
  }, 1000 / FRAMES_PER_SECOND);
  return {
    progress: (progress) => change(withProgress(state, progress)),
    finished: (run) => change(withFinished(state, run)),
    stopping: () => change({ ...state, isStopping: true, isPaused: false }),
    end: () => {
      clearInterval(timer);
      instance.rerender(view());
      instance.clear();
      instance.unmount();
    },
  };
}
