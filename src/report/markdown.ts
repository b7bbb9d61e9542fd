import type { MatrixSummary, RunReport, RunResult, SeedSummary, Verdict } from '../result/runResult.ts';
import {
  evidencePlace,
  passRate,
  programText,
  shortPath,
  summaryText,
  titleOf,
  verdictSentence,
  worstOutcome,
} from './describe.ts';
import { codeFence, escapeMarkdown, escapeSummary } from './escapeMarkdown.ts';
import type { Reporter } from './reporter.ts';
import { selectDetails } from './selectDetails.ts';
import { cleanText } from './text/clean.ts';
import { truncate } from './text/columns.ts';
import { formatCount, formatDuration, formatInstant, formatPercent, plural } from './text/numbers.ts';
import { STATUS_ORDER, STATUS_SYMBOL } from './text/status.ts';

/** Fits a pull-request comment: GitHub refuses more than 65,536 characters, so the rest is left out and said. */
export const markdown: Reporter = {
  name: 'markdown',
  extension: 'md',
  description: 'Markdown for a pull-request comment: verdict table, first failure in full, the rest folded',
  render: renderMarkdown,
};

const MAX_CHARACTERS = 60_000;
const MAX_TABLE_ROWS = 50;
const MAX_CELL = 200;
const MAX_EVIDENCE = 8;
const STATUS_PHRASE = { passed: 'passed', failed: 'failed', inconclusive: 'is inconclusive' } as const;

function renderMarkdown(report: RunReport): string {
  const details = selectDetails(report, 'first problem');
  const worst = STATUS_ORDER.map((status) => details.find((result) => result.outcome === status)).find(Boolean);
  const expanded = worst !== undefined && worst.outcome !== 'passed' ? worst : undefined;
  const head = [
    `## ${summarySymbol(report)} ${escapeMarkdown(headline(report))}`,
    ...verdictTable(details),
    ...(expanded === undefined
      ? []
      : [`### ${STATUS_SYMBOL[expanded.outcome]} ${escapeMarkdown(titleOf(expanded))}`, story(expanded)]),
    ...report.seeds.map(seedsTable),
    ...report.matrices.map(matrixTable),
  ];
  const folded = details.filter((result) => result !== expanded).map(foldedResult);
  return joinWithinLimit(head, folded);
}

/** One scenario alone is named; of several it is said how many ended how. */
function headline(report: RunReport): string {
  const [only, ...others] = report.results;
  const isAlone = only !== undefined && others.length + report.seeds.length + report.matrices.length === 0;
  return isAlone ? `${titleOf(only)}: ${only.outcome}` : summaryText(report);
}

function summarySymbol(report: RunReport): string {
  return STATUS_SYMBOL[worstOutcome(report) ?? 'inconclusive'];
}

/** Empty when the runs are told elsewhere, as those of a matrix are. */
function verdictTable(results: readonly RunResult[]): string[] {
  const rows = results.flatMap((result) => {
    const verdicts = result.verdicts.map((verdict) => [
      `${STATUS_SYMBOL[verdict.status]} ${verdict.status}`,
      cell(titleOf(result)),
      cell(verdict.name) + (verdict.violationExpected ? ' *(a violation is expected)*' : ''),
      cell(verdict.observed),
    ]);
    if (result.endedEarly === null) return verdicts;
    const text = cell(`${result.endedEarly.reason}: ${result.endedEarly.text}`);
    return [
      [`${STATUS_SYMBOL[result.outcome]} ${result.outcome}`, cell(titleOf(result)), '*ended early*', text],
      ...verdicts,
    ];
  });
  if (rows.length === 0) return [];
  const titles = ['verdict', 'scenario', 'expectation', 'observed'];
  const isAlone = results.length === 1;
  const columns = (cells: readonly string[]) => (isAlone ? cells.filter((_, index) => index !== 1) : cells);
  const shown = table(columns(titles), rows.slice(0, MAX_TABLE_ROWS).map(columns));
  const rest = rows.length - MAX_TABLE_ROWS;
  return rest > 0 ? [shown, `*${plural(rest, 'more verdict')} not shown.*`] : [shown];
}

function cell(text: string): string {
  return escapeMarkdown(truncate(cleanText(text), MAX_CELL));
}

function story(result: RunResult): string {
  const told = result.verdicts.filter((verdict) => verdict.status !== 'passed' || verdict.violationExpected);
  return [
    escapeMarkdown(verdictSentence(result)),
    ...(result.endedEarly === null ? [] : [`Ended early: ${escapeMarkdown(result.endedEarly.text)}`]),
    ...told.map(verdictStory),
    'Reproduce:',
    codeFence(result.reproduce, 'sh'),
    footer(result),
  ].join('\n\n');
}

function verdictStory(verdict: Verdict): string {
  const lines = [
    `**${STATUS_SYMBOL[verdict.status]} ${escapeMarkdown(verdict.name)}** ${STATUS_PHRASE[verdict.status]}`,
    '',
    `- expected: ${escapeMarkdown(verdict.expected)}`,
    `- observed: ${escapeMarkdown(verdict.observed)}`,
  ];
  for (const item of verdict.evidence.slice(0, MAX_EVIDENCE)) {
    const place = evidencePlace(item);
    lines.push(`- evidence: ${escapeMarkdown(place === '' ? item.text : `${item.text} (${place})`)}`);
  }
  const rest = verdict.evidence.length - MAX_EVIDENCE;
  if (rest > 0) lines.push(`- and ${plural(rest, 'more finding')}`);
  if (verdict.causes.length > 0) {
    lines.push('- because');
    verdict.causes.forEach((cause, index) => {
      lines.push(`  ${index + 1}. ${formatInstant(cause.atUs)}: ${escapeMarkdown(cause.text)}`);
    });
  }
  return lines.join('\n');
}

function foldedResult(result: RunResult): string {
  const summary = `${STATUS_SYMBOL[result.outcome]} ${escapeSummary(titleOf(result))}: ${result.outcome}`;
  return `<details>\n<summary>${summary}</summary>\n\n${story(result)}\n\n</details>`;
}

function footer(result: RunResult): string {
  const parts = [
    `seed ${result.seed}`,
    programText(result),
    `digest ${result.digest}`,
    `${formatDuration(result.simulatedUs)} simulated`,
  ];
  return `<sub>${parts.map(escapeSummary).join(' · ')}</sub>`;
}

function seedsTable(summary: SeedSummary): string {
  const rows = summary.expectations.map((one) => {
    const total = one.passed + one.failed + one.inconclusive;
    return [
      cell(one.name),
      total === 0 ? '—' : formatPercent(one.passed / total),
      formatCount(one.failed),
      formatCount(one.inconclusive),
      one.worstSeed === null ? '' : cell(one.worstSeed),
    ];
  });
  const parts = [
    `### ${escapeMarkdown(summary.scenario)}: ${escapeMarkdown(passRate(summary))} seeds passed`,
    table(['expectation', 'pass rate', 'failed', 'inconclusive', 'worst seed'], rows),
  ];
  if (summary.worst !== null && summary.worst.outcome !== 'passed') {
    parts.push('Worst seed:', codeFence(summary.worst.reproduce, 'sh'));
  }
  return parts.join('\n\n');
}

function matrixTable(matrix: MatrixSummary): string {
  const names = matrix.rows[0]?.statuses.map((status) => cell(status.name)) ?? [];
  const rows = matrix.rows
    .slice(0, MAX_TABLE_ROWS)
    .map((row) => [
      ...matrix.axes.map((axis) => cell(row.variant.find((one) => one.path === axis)?.value ?? '—')),
      `${STATUS_SYMBOL[row.outcome]} ${row.outcome}`,
      ...row.statuses.map((one) => `${STATUS_SYMBOL[one.status]} ${cell(one.observed)}`),
    ]);
  const rest = matrix.rows.length - MAX_TABLE_ROWS;
  return [
    `### ${escapeMarkdown(matrix.scenario)}: ${plural(matrix.rows.length, 'variant')}`,
    table([...matrix.axes.map((axis) => escapeMarkdown(shortPath(axis))), 'outcome', ...names], rows),
    ...(rest > 0 ? [`*${plural(rest, 'more variant')} not shown.*`] : []),
  ].join('\n\n');
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Whole parts while they fit; what is left out is counted, never cut in the middle. */
function joinWithinLimit(head: readonly string[], folded: readonly string[]): string {
  const kept: string[] = [];
  let used = 0;
  let omitted = 0;
  for (const part of [...head, ...folded]) {
    if (used + part.length > MAX_CHARACTERS) {
      omitted++;
    } else {
      kept.push(part);
      used += part.length + 2;
    }
  }
  if (omitted > 0)
    kept.push(
      `*${plural(omitted, 'part')} left out: a comment holds 65 536 characters. The HTML report has everything.*`,
    );
  return `${kept.join('\n\n')}\n`;
}
