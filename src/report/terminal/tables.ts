import type { MatrixSummary, SeedSummary } from '../../result/runResult.ts';
import { passRate, shortPath } from '../describe.ts';
import { cleanText } from '../text/clean.ts';
import { type Column, textTable, wrap } from '../text/columns.ts';
import { formatCount, formatPercent } from '../text/numbers.ts';
import { STATUS_SYMBOL } from '../text/status.ts';
import type { Style } from './style.ts';

/** One scenario under many seeds: how often each expectation held, and the worst run. */
export function seedsBlock(summary: SeedSummary, style: Style, width: number): string[] {
  const columns: Column[] = [
    { title: 'expectation', align: 'left', max: Math.max(20, width - 52) },
    { title: 'passed', align: 'right' },
    { title: 'failed', align: 'right' },
    { title: 'inconclusive', align: 'right' },
    { title: 'pass rate', align: 'right' },
  ];
  const rows = summary.expectations.map((one) => {
    const total = one.passed + one.failed + one.inconclusive;
    return [
      cleanText(one.name),
      formatCount(one.passed),
      formatCount(one.failed),
      formatCount(one.inconclusive),
      total === 0 ? '—' : formatPercent(one.passed / total),
    ];
  });
  const lines = [
    ...wrap(`${cleanText(summary.scenario)}: ${passRate(summary)} seeds passed`, width).map(style.bold),
    ...indentTable(textTable(columns, rows), style),
  ];
  if (summary.worst !== null && summary.worst.outcome !== 'passed') {
    lines.push(
      `  worst seed  ${style.status(summary.worst.outcome)}  ${cleanText(summary.worst.seed)}`,
      `  reproduce   ${cleanText(summary.worst.reproduce)}`,
    );
  }
  return lines;
}

/** Variants down, expectations across: a word and a symbol in each cell. */
export function matrixBlock(matrix: MatrixSummary, style: Style, width: number): string[] {
  const names = matrix.rows[0]?.statuses.map((status) => status.name) ?? [];
  const share = Math.max(16, Math.floor((width - 16 * matrix.axes.length - 16) / Math.max(1, names.length)));
  const columns: Column[] = [
    ...matrix.axes.map((axis): Column => ({ title: shortPath(axis), align: 'left', max: 24 })),
    { title: 'outcome', align: 'left' },
    ...names.map((_, index): Column => ({ title: `[${index + 1}]`, align: 'left', max: share })),
  ];
  const rows = matrix.rows.map((row) => [
    ...matrix.axes.map((axis) => cleanText(row.variant.find((one) => one.path === axis)?.value ?? '—')),
    `${STATUS_SYMBOL[row.outcome]} ${row.outcome}`,
    ...row.statuses.map((one) => `${STATUS_SYMBOL[one.status]} ${one.status}`),
  ]);
  const problem = matrix.rows.find((row) => row.outcome !== 'passed');
  return [
    ...wrap(`${cleanText(matrix.scenario)}: ${matrix.rows.length} variants`, width).map(style.bold),
    ...indentTable(textTable(columns, rows), style),
    ...names.map((name, index) => style.dim(`  [${index + 1}] ${cleanText(name)}`)),
    ...(problem === undefined ? [] : [`  reproduce the first that did not pass: ${cleanText(problem.reproduce)}`]),
  ];
}

function indentTable(lines: readonly string[], style: Style): string[] {
  return lines.map((line, index) => `  ${index === 0 ? style.dim(line) : line}`);
}
