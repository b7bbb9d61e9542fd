import type { MatrixSummary, SeedSummary } from '../../result/runResult.ts';
import { passRate, shortPath } from '../describe.ts';
import { cleanText } from '../text/clean.ts';
import { type Column, displayWidth, textTable, wrap } from '../text/columns.ts';
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

/**
 * Variants down, expectations across: a symbol and what was observed in each cell, or only its status where that is
 * too long. Words that all of a column share, as `max` or `it held after`, stand once, with its name.
 */
export function matrixBlock(matrix: MatrixSummary, style: Style, width: number): string[] {
  const names = matrix.rows[0]?.statuses.map((status) => status.name) ?? [];
  const share = Math.max(16, Math.floor((width - 16 * matrix.axes.length - 16) / Math.max(1, names.length)));
  const cells = names.map((_, index) =>
    cellsOf(
      matrix.rows.map((row) => row.statuses[index]!),
      share,
    ),
  );
  const columns: Column[] = [
    ...matrix.axes.map((axis): Column => ({ title: shortPath(axis), align: 'left', max: 24 })),
    { title: 'outcome', align: 'left' },
    ...names.map((_, index): Column => ({ title: `[${index + 1}]`, align: 'left', max: share })),
  ];
  const rows = matrix.rows.map((row, place) => [
    ...matrix.axes.map((axis) => cleanText(row.variant.find((one) => one.path === axis)?.value ?? '—')),
    `${STATUS_SYMBOL[row.outcome]} ${row.outcome}`,
    ...cells.map(({ texts }) => texts[place]!),
  ]);
  const problem = matrix.rows.find((row) => row.outcome !== 'passed');
  return [
    ...wrap(`${cleanText(matrix.scenario)}: ${matrix.rows.length} variants`, width).map(style.bold),
    ...indentTable(textTable(columns, rows), style),
    ...names.map((name, index) => {
      const { words } = cells[index]!;
      return style.dim(`  [${index + 1}] ${cleanText(name)}${words === '' ? '' : `: ${words}`}`);
    }),
    ...(problem === undefined ? [] : [`  reproduce the first that did not pass: ${cleanText(problem.reproduce)}`]),
  ];
}

function cellsOf(
  statuses: MatrixSummary['rows'][number]['statuses'],
  width: number,
): { words: string; texts: string[] } {
  const observed = statuses.map((one) => cleanText(one.observed));
  const words = sharedWords(observed);
  // The same in all, and no figure at its end: the sentence stands once, and cells say how it was judged.
  if (observed.every((text) => text === observed[0]) && !/\d/.test(observed[0]!.slice(words.length)))
    return { words: observed[0]!, texts: statuses.map((one) => `${STATUS_SYMBOL[one.status]} ${one.status}`) };
  const texts = statuses.map((one, index) =>
    `${STATUS_SYMBOL[one.status]} ${observed[index]!.slice(words.length)}`.trimEnd(),
  );
  if (texts.every((text) => displayWidth(text) <= width)) return { words: words.trim(), texts };
  return { words: '', texts: statuses.map((one) => `${STATUS_SYMBOL[one.status]} ${one.status}`) };
}

/** The words that all texts begin with, with the space after them; at least one word of each text remains. */
function sharedWords(texts: readonly string[]): string {
  const [first = [], ...others] = texts.map((text) => text.split(' '));
  let count = 0;
  while (count < first.length - 1 && others.every((words) => count < words.length - 1 && words[count] === first[count]))
    count++;
  return count === 0 ? '' : `${first.slice(0, count).join(' ')} `;
}

function indentTable(lines: readonly string[], style: Style): string[] {
  return lines.map((line, index) => `  ${index === 0 ? style.dim(line) : line}`);
}
