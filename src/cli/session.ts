import { availableParallelism } from 'node:os';
import { cleanText } from '../report/text/clean.ts';
import { STATUS_SYMBOL } from '../report/text/status.ts';
import { type ControlWord, createControlWord, requestStop, setPaused } from '../runner/controlWord.ts';
import type { RunProgress } from '../runner/progress.ts';
import type { RunSummary } from '../runner/runAll.ts';
import { titleOf } from '../runner/seedSummary.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { CommandFlags } from './commands.ts';
import { EXIT_CODES, type ExitReason } from './exitCodes.ts';
import { listenForSignals, type Terminal } from './terminal.ts';

/** What people see and do while runs are going on: a live view or a line for each finished scenario, and Ctrl+C. */
export interface Session {
  readonly control: ControlWord;
  readonly defaultWorkers: number;
  readonly onProgress: ((progress: RunProgress) => void) | null;
  readonly onDone: (index: number, done: RunSummary) => void;
  readonly end: () => void;
  /** What signals add to the exit code. */
  readonly reasons: () => ExitReason[];
}

export async function beginSession(
  scenarios: readonly Scenario[],
  flags: CommandFlags,
  terminal: Terminal,
): Promise<Session> {
  const control = createControlWord();
  const reasons: ExitReason[] = [];
  let onStopping = () => terminal.error('stopping; partial results follow (again to exit at once)');
  const stop = (reason: 'interrupted' | 'terminated') => {
    if (reasons.length > 0) process.exit(EXIT_CODES[reason].code);
    reasons.push(reason);
    requestStop(control);
    onStopping();
  };
  const stopListening = listenForSignals((signal) => stop(signal === 'SIGINT' ? 'interrupted' : 'terminated'));
  const base = { control, defaultWorkers: availableParallelism(), reasons: () => reasons };
  if (!terminal.isInteractive) {
    return { ...base, onProgress: null, onDone: lineReporter(scenarios, flags, terminal), end: stopListening };
  }
  // React and Ink take most of a second to load: only who sees the live view pays for it.
  const { startLiveView } = await import('../ui/startLiveView.tsx');
  const view = startLiveView({
    scenarios: scenarios.map((scenario) => ({ title: titleOf(scenario), file: scenario.source.path })),
    runsEach: flags.seeds ?? 1,
    color: terminal.color,
    onPause: (isPaused) => setPaused(control, isPaused),
    onQuit: () => stop('interrupted'),
  });
  onStopping = view.stopping;
  const onDone = (index: number, { outcome, full }: RunSummary) =>
    view.finished({ job: index, outcome, verdicts: full?.verdicts ?? [] });
  const end = () => {
    view.end();
    stopListening();
  };
  return { ...base, onProgress: view.progress, onDone, end };
}

/** A line on stderr for each scenario that ended, in input order: a later one waits for the earlier ones. */
function lineReporter(
  scenarios: readonly Scenario[],
  flags: CommandFlags,
  terminal: Terminal,
): (index: number, done: RunSummary) => void {
  if (scenarios.length < 2 || flags.seeds !== undefined || flags.quiet || flags.json) return () => {};
  const waiting = new Map<number, RunSummary>();
  let next = 0;
  return (index, summary) => {
    waiting.set(index, summary);
    for (let done = waiting.get(next); done !== undefined; done = waiting.get(next)) {
      terminal.error(`${STATUS_SYMBOL[done.outcome]} ${done.outcome.padEnd(12)} ${cleanText(titleOf(done.scenario))}`);
      waiting.delete(next++);
    }
  };
}
