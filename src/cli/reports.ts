import { isAbsolute, join, relative } from 'node:path';
import type { RenderOptions, Reporter } from '../report/reporter.ts';
import { findReporter, REPORTERS } from '../report/reporters.ts';
import { writeFileAtomically } from '../report/writeFileAtomically.ts';
import type { RunReport } from '../result/runResult.ts';
import { nearest } from '../spec/nearest.ts';
import type { ExitReason } from './exitCodes.ts';
import type { Terminal } from './terminal.ts';
import { UserError } from './userError.ts';

/** A reporter and where its text goes; null: stdout. */
export interface ReportTarget {
  readonly reporter: Reporter;
  readonly file: string | null;
}

/**
 * Reads `NAME[=FILE]`; relative files are below `output` when that is given.
 *
 * @throws UserError for an unknown reporter, or for two that would both write to stdout
 */
export function parseReporterFlags(flags: readonly string[], output: string | undefined): ReportTarget[] {
  const targets = flags.map((flag): ReportTarget => {
    const equals = flag.indexOf('=');
    const name = equals < 0 ? flag : flag.slice(0, equals);
    const reporter = findReporter(name);
    if (reporter === null) throw new UserError(unknownReporter(name));
    const file = equals < 0 ? null : flag.slice(equals + 1);
    if (file === '') throw new UserError(`--reporter ${flag}: the file name is missing`);
    return { reporter, file: file === null ? null : placed(file, output) };
  });
  const onStdout = targets.filter(({ file }) => file === null);
  if (onStdout.length > 1) {
    const names = onStdout.map(({ reporter }) => reporter.name).join(' and ');
    throw new UserError(`${names} would both write to stdout; give one of them a file: --reporter NAME=FILE`);
  }
  return targets;
}

function placed(file: string, output: string | undefined): string {
  return output === undefined || isAbsolute(file) ? file : join(output, file);
}

function unknownReporter(name: string): string {
  const names = REPORTERS.map((reporter) => reporter.name);
  const near = nearest(name, names);
  return `there is no reporter '${name}'${near === undefined ? '' : `; did you mean '${near}'?`} (${names.join(', ')})`;
}

/**
 * Writes every report. A reporter that fails costs only its own report: the others are written, the failure is
 * said in a sentence, and the exit reason is `programFailed`.
 */
export async function writeReports(
  report: RunReport,
  targets: readonly ReportTarget[],
  terminal: Terminal,
  { onlyFailures }: Pick<RenderOptions, 'onlyFailures'>,
): Promise<ExitReason[]> {
  const reasons: ExitReason[] = [];
  for (const { reporter, file } of targets) {
    try {
      const forPeople = file === null && reporter.name === 'terminal';
      const options = { width: terminal.columns, color: forPeople && terminal.color, onlyFailures };
      const text = reporter.render(report, options);
      if (file === null) terminal.out(text);
      else await writeFileAtomically(file, text);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      terminal.error(`error: the ${reporter.name} report failed: ${reason}`);
      reasons.push('programFailed');
    }
  }
  return reasons;
}

/** A path as people see it: relative to the working directory when it lies below it. */
export function shownPath(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return (fromHere.startsWith('..') ? path : fromHere).replaceAll('\\', '/');
}
