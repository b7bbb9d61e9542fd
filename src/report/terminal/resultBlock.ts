import type { Evidence, RunResult, Verdict } from '../../result/runResult.ts';
import { evidencePlace, programText, titleOf } from '../describe.ts';
import { cleanText } from '../text/clean.ts';
import { displayWidth, padEnd, padStart, wrap } from '../text/columns.ts';
import { formatDuration, formatInstant, plural } from '../text/numbers.ts';
import { STATUS_SYMBOL } from '../text/status.ts';
import type { Style } from './style.ts';

const LABEL_WIDTH = 12;
const INDENT = 4;
const STATUS_WIDTH = '? inconclusive'.length;
const EVIDENCE_SHOWN = 5;

/** One scenario: its name, a line per verdict, the story of each failed one, and how to see it again. */
export function resultBlock(result: RunResult, style: Style, width: number): string[] {
  const lines = [
    ...wrap(`${STATUS_SYMBOL[result.outcome]} ${titleOf(result)}`, width).map((line, index) =>
      index === 0
        ? style.status(result.outcome, line.slice(0, 1)) + style.bold(line.slice(1))
        : style.bold(`  ${line}`),
    ),
    ...metaLines(result, width - 2).map((line) => style.dim(`  ${line}`)),
  ];
  if (result.endedEarly !== null) {
    lines.push(
      '',
      ...labelled('ended early', `${result.endedEarly.reason}: ${cleanText(result.endedEarly.text)}`, style, width),
    );
  }
  if (result.verdicts.length === 0) lines.push('', '  no expectations');
  let spacious = true;
  for (const verdict of result.verdicts) {
    const isLong = verdict.status !== 'passed';
    if (spacious || isLong) lines.push('');
    lines.push(...verdictLines(verdict, style, width));
    spacious = isLong;
  }
  const notes = [...refusals(result), ...misses(result)];
  if (notes.length > 0) lines.push('', ...notes.flatMap(([label, text]) => labelled(label, text, style, width)));
  if (result.outcome !== 'passed')
    lines.push('', ...labelled('reproduce', cleanText(result.reproduce), style, width, false));
  if (result.notModelled.length > 0) {
    const what = [...new Set(result.notModelled.map((item) => cleanText(item.what)))].join(', ');
    lines.push(...(result.outcome === 'passed' ? [''] : []), ...labelled('not modelled', what, style, width));
  }
  return lines;
}

/** Operations that did not do what was asked: a run can pass all the same, and nobody would look. */
function refusals({ operations }: RunResult): [string, string][] {
  return operations.flatMap(({ name, error }): [string, string][] =>
    error === null ? [] : [['not done', `operation ${cleanText(name)}: ${cleanText(error)}`]],
  );
}

function misses({ failures }: RunResult): [string, string][] {
  return failures.flatMap(({ name, note, touched }): [string, string][] =>
    note === null || touched.length > 0 ? [] : [['no effect', `failure ${cleanText(name)}: ${cleanText(note)}`]],
  );
}

function metaLines(result: RunResult, width: number): string[] {
  const facts = [
    `seed ${cleanText(result.seed)}`,
    `${formatDuration(result.simulatedUs)} simulated`,
    programText(result),
    `digest ${cleanText(result.digest).slice(0, 12)}`,
  ];
  const rows = [''];
  for (const fact of facts) {
    const row = rows.at(-1)!;
    const joined = row === '' ? fact : `${row} · ${fact}`;
    if (row === '' || displayWidth(joined) <= width) rows[rows.length - 1] = joined;
    else rows.push(fact);
  }
  return [cleanText(result.scenario.file), ...rows].flatMap((text) => wrap(text, width));
}

function verdictLines(verdict: Verdict, style: Style, width: number): string[] {
  const lead = 2 + STATUS_WIDTH + 2;
  const note = verdict.violationExpected ? ' (a violation is expected)' : '';
  const name = wrap(cleanText(verdict.name) + note, width - lead).map((line, index) =>
    index === 0
      ? `  ${style.status(verdict.status)}${' '.repeat(STATUS_WIDTH + 2 - verdict.status.length - 2)}${verdict.status === 'passed' ? line : style.bold(line)}`
      : ' '.repeat(lead) + line,
  );
  if (verdict.status === 'passed') {
    const observed = wrap(cleanText(verdict.observed), width - lead);
    return [...name, ...observed.filter((line) => line !== '').map((line) => ' '.repeat(lead) + style.dim(line))];
  }
  return [
    ...name,
    ...labelled('expected', cleanText(verdict.expected), style, width),
    ...labelled(verdict.status === 'inconclusive' ? 'reason' : 'observed', cleanText(verdict.observed), style, width),
    ...evidenceLines(verdict.evidence, style, width),
    ...causeLines(verdict, style, width),
  ];
}

function evidenceLines(evidence: readonly Evidence[], style: Style, width: number): string[] {
  const lines = evidence.slice(0, EVIDENCE_SHOWN).flatMap((item, index) => {
    const place = evidencePlace(item);
    const at = item.atUs === null ? '' : `at ${formatInstant(item.atUs)}: `;
    const text = `${at}${cleanText(item.text)}${place === '' ? '' : ` (${place})`}`;
    return labelled(index === 0 ? 'evidence' : '', text, style, width);
  });
  const rest = evidence.length - EVIDENCE_SHOWN;
  return rest > 0 ? [...lines, ...labelled('', `and ${plural(rest, 'more finding')}`, style, width)] : lines;
}

function causeLines(verdict: Verdict, style: Style, width: number): string[] {
  const instants = verdict.causes.map((cause) => formatInstant(cause.atUs));
  const widest = Math.max(0, ...instants.map((instant) => instant.length));
  return verdict.causes.flatMap((cause, index) => {
    const at = padStart(instants[index] ?? '', widest);
    const label = index === 0 ? 'because' : '';
    const lead = `${at}  ${index === 0 ? '' : '← '}`;
    return labelled(label, cleanText(cause.text), style, width, true, lead);
  });
}

/** `    expected    the text, wrapped and hanging under itself`. A command is never wrapped: it must stay pasteable. */
function labelled(label: string, text: string, style: Style, width: number, wraps = true, lead = ''): string[] {
  const left = INDENT + LABEL_WIDTH + 2 + lead.length;
  const lines = wraps ? wrap(text, width - left) : [text];
  return lines.map((line, index) =>
    index === 0
      ? `${' '.repeat(INDENT)}${style.dim(padEnd(label, LABEL_WIDTH))}  ${lead}${line}`
      : ' '.repeat(left) + line,
  );
}
