import type { RunReport, RunResult, Verdict } from '../result/runResult.ts';
import { summaryText, titleOf } from './describe.ts';
import type { Reporter } from './reporter.ts';
import { cleanText } from './text/clean.ts';
import { formatInstant } from './text/numbers.ts';

/** Workflow commands that put findings beside the lines of the scenario in a pull request. */
export const github: Reporter = {
  name: 'github',
  extension: 'txt',
  description: 'GitHub Actions annotations: failed expectations as errors, undecided ones as warnings',
  render: renderGithub,
};

type Level = 'error' | 'warning' | 'notice';

function renderGithub(report: RunReport): string {
  const lines = report.results.flatMap((result) => [
    ...result.verdicts.filter((verdict) => verdict.status !== 'passed').map((verdict) => annotation(verdict, result)),
    ...earlyEnd(result),
  ]);
  lines.push(command('notice', { title: 'streamproof' }, [summaryText(report)]));
  return `${lines.join('\n')}\n`;
}

function annotation(verdict: Verdict, result: RunResult): string {
  const { file, line, column } = verdict.location;
  const level = verdict.status === 'failed' ? 'error' : 'warning';
  const word = verdict.status === 'failed' ? 'observed' : 'inconclusive';
  return command(level, { file, line, col: column, title: `${verdict.name} (${titleOf(result)})` }, [
    `expected: ${verdict.expected}`,
    `${word}: ${verdict.observed}`,
    ...verdict.causes.map((cause) => `because: ${formatInstant(cause.atUs)} ${cause.text}`),
    `reproduce: ${result.reproduce}`,
  ]);
}

function earlyEnd(result: RunResult): string[] {
  if (result.endedEarly === null) return [];
  const level = result.endedEarly.reason === 'error' ? 'error' : 'warning';
  const title = `${titleOf(result)} did not reach its end`;
  return [
    command(level, { file: result.scenario.file, line: 1, title }, [
      `${result.endedEarly.reason}: ${result.endedEarly.text}`,
      `reproduce: ${result.reproduce}`,
    ]),
  ];
}

function command(level: Level, properties: Record<string, string | number>, message: readonly string[]): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${level} ${list.join(',')}::${escapeData(message.map(cleanText).join('\n'))}`;
}

/** Without these a name could end its command and begin another (the same escapes as vitest's reporter). */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(cleanText(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
