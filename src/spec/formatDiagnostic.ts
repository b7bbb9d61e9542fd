import type { Diagnostic } from './diagnostics.ts';
import type { Sources } from './sources.ts';

const WIDTH = 80;
const COLOURS = { error: '31', warning: '33', dim: '2', bold: '1' } as const;

/**
 * `file:line:column error SP1100: message`, the line with a caret under the place, and the hint.
 *
 * Long lines are cut to 80 columns around the caret. Control characters never reach the terminal.
 */
export function formatDiagnostic(diagnostic: Diagnostic, sources: Sources, { color = false } = {}): string {
  const paint = (name: keyof typeof COLOURS, text: string) =>
    color ? `\u001b[${COLOURS[name]}m${text}\u001b[0m` : text;
  const { file, line, column, severity, code, message, hint } = diagnostic;
  const head = `${visible(file)}:${line}:${column} ${paint(severity, `${severity} ${code}`)}: ${visible(message)}`;
  const frame = codeFrame(diagnostic, sources).map((row) => paint('dim', row));
  const notes = diagnostic.related.map((r) => `  ${visible(r.file)}:${r.line}:${r.column} ${visible(r.message)}`);
  return [head, ...frame, ...notes, ...(hint === null ? [] : [`  ${paint('bold', visible(hint))}`])].join('\n');
}

function codeFrame({ file, line, column, endColumn }: Diagnostic, sources: Sources): string[] {
  const text = sources.line(file, line);
  if (text === undefined || text === '') return [];
  const gutter = `  ${line} | `;
  const room = WIDTH - gutter.length;
  const first = column - 1 > room - 20 ? column - 1 - Math.floor(room / 2) : 0;
  const shown = visible(text.slice(first, first + room));
  const caretLength = Math.max(1, Math.min(endColumn, first + shown.length + 1) - column);
  const blank = ' '.repeat(gutter.length - 2);
  return [`${gutter}${shown}`, `${blank}| ${' '.repeat(column - 1 - first)}${'^'.repeat(caretLength)}`];
}

/** Controls (C0, C1), direction marks and line separators as a dot of the same width. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, '·');
}
