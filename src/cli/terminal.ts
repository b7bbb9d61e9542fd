import { writeSync } from 'node:fs';

/** What the person asked for on the command line, as far as it changes how we talk. */
export interface TerminalWishes {
  readonly noColor: boolean;
  readonly noUi: boolean;
  /** stdout carries nothing but JSON. */
  readonly json: boolean;
  readonly quiet: boolean;
}

/**
 * The one place that knows about stdout, stderr, colours, width and CI. Nobody else looks at `process.stdout`.
 */
export interface Terminal {
  /** A live view may be drawn: both ends are a terminal, nobody is in CI, and nobody refused it. */
  readonly isInteractive: boolean;
  readonly color: boolean;
  readonly columns: number;
  /** Workflow commands on stdout become annotations. */
  readonly isGitHubActions: boolean;
  /** The result itself: text, or JSON under `--json`. */
  readonly out: (text: string) => void;
  /** For people: diagnostics, progress, where reports were written. */
  readonly note: (text: string) => void;
  readonly error: (text: string) => void;
}

export interface Screen {
  readonly isTTY: boolean;
  readonly columns: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `--no-color`, then NO_COLOR (not empty), then FORCE_COLOR (0 and false mean off), then whether it is a terminal. */
export function wantsColor(wishes: TerminalWishes, env: Environment, screen: Screen): boolean {
  if (wishes.noColor || env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return screen.isTTY && env.TERM !== 'dumb';
}

export function wantsLiveView(wishes: TerminalWishes, env: Environment, bothAreTerminals: boolean): boolean {
  if (wishes.noUi || wishes.json || wishes.quiet || !bothAreTerminals) return false;
  return env.TERM !== 'dumb' && !isCi(env);
}

function isCi(env: Environment): boolean {
  return env.CI !== undefined && env.CI !== '' && env.CI !== '0' && env.CI !== 'false';
}

export function openTerminal(wishes: TerminalWishes): Terminal {
  const screen = { isTTY: process.stdout.isTTY === true, columns: process.stdout.columns || 80 };
  const note = wishes.json ? writeLine(2) : writeLine(1);
  return {
    isInteractive: wantsLiveView(wishes, process.env, screen.isTTY && process.stdin.isTTY === true),
    color: wantsColor(wishes, process.env, screen),
    columns: screen.columns,
    isGitHubActions: process.env.GITHUB_ACTIONS === 'true',
    out: writeLine(1),
    note: wishes.quiet ? () => {} : note,
    error: writeLine(2),
  };
}

/**
 * Writes at once, so that nothing is lost when the process exits right after; a reader that went away
 * (`| head`) is no error, and a full pipe is waited for.
 */
function writeLine(descriptor: 1 | 2): (text: string) => void {
  let readerIsGone = false;
  return (text) => {
    if (readerIsGone) return;
    const bytes = Buffer.from(text.endsWith('\n') ? text : `${text}\n`);
    let written = 0;
    while (written < bytes.length && !readerIsGone) {
      try {
        written += writeSync(descriptor, bytes, written);
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code;
        if (code === 'EPIPE') readerIsGone = true;
        else if (code !== 'EAGAIN') throw error;
        else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
      }
    }
  };
}

/** Calls `onSignal` for each SIGINT and SIGTERM until the returned function is called. */
export function listenForSignals(onSignal: (signal: 'SIGINT' | 'SIGTERM') => void): () => void {
  const onInterrupt = () => onSignal('SIGINT');
  const onTerminate = () => onSignal('SIGTERM');
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onTerminate);
  return () => {
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onTerminate);
  };
}
