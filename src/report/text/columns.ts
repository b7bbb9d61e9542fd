/** Columns a text takes in a terminal: combining marks none, East Asian wide letters and emoji two. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const symbol of text) width += symbolWidth(symbol.codePointAt(0) ?? 0);
  return width;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - displayWidth(text))) + text;
}

/** Cuts to `width` columns; the last one becomes `…` when something was left out. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let out = '';
  let used = 0;
  for (const symbol of text) {
    const columns = symbolWidth(symbol.codePointAt(0) ?? 0);
    if (used + columns > width - 1) break;
    out += symbol;
    used += columns;
  }
  return width > 0 ? `${out}…` : '';
}

/** Breaks at spaces into lines of at most `width` columns; a longer word is cut where it must be. Never empty. */
export function wrap(text: string, width: number): string[] {
  const limit = Math.max(width, 8);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((part) => chop(part, limit))) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (displayWidth(joined) <= limit) {
      line = joined;
    } else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  return lines;
}

export interface Column {
  title: string;
  align: 'left' | 'right';
  /** Columns of text kept at most; the rest is cut with `…`. */
  max?: number;
}

/** A table without rules: a heading line, then one line per row, columns two spaces apart. */
export function textTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const cut = rows.map((row) =>
    columns.map((column, index) => truncate(row[index] ?? '', column.max ?? Number.POSITIVE_INFINITY)),
  );
  const widths = columns.map((column, index) =>
    cut.reduce((widest, row) => Math.max(widest, displayWidth(row[index] ?? '')), displayWidth(column.title)),
  );
  const line = (cells: readonly string[]) =>
    columns
      .map((column, index) => (column.align === 'right' ? padStart : padEnd)(cells[index] ?? '', widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(columns.map((column) => column.title)), ...cut.map(line)];
}

function chop(word: string, width: number): string[] {
  if (displayWidth(word) <= width) return [word];
  const parts: string[] = [];
  let part = '';
  for (const symbol of word) {
    if (displayWidth(part + symbol) > width) {
      parts.push(part);
      part = '';
    }
    part += symbol;
  }
  parts.push(part);
  return parts;
}

function symbolWidth(code: number): 0 | 1 | 2 {
  if (code < 0x300) return 1;
  if (ZERO.some(([from, to]) => code >= from && code <= to)) return 0;
  return WIDE.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}

/** Combining marks, joiners and variation selectors (Unicode 16, coarse blocks). */
const ZERO: readonly (readonly [number, number])[] = [
  [0x300, 0x36f],
  [0x483, 0x489],
  [0x591, 0x5bd],
  [0x610, 0x61a],
  [0x64b, 0x65f],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x200b, 0x200f],
  [0x20d0, 0x20ff],
  [0xfe00, 0xfe0f],
  [0xfe20, 0xfe2f],
  [0xe0100, 0xe01ef],
];

/** East Asian Wide and Fullwidth, emoji (Unicode 16, coarse blocks). */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];
