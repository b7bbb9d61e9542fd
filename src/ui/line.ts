import { cleanText } from '../report/text/clean.ts';
import { displayWidth, padEnd, truncate } from '../report/text/columns.ts';

export type Tone = 'plain' | 'strong' | 'dim' | 'good' | 'bad' | 'warn';

export interface Segment {
  readonly text: string;
  readonly tone: Tone;
}

/** One row of the screen. */
export type Line = readonly Segment[];

/** A piece of text that somebody else may have written: control characters are removed. */
export function segment(text: string, tone: Tone = 'plain'): Segment {
  return { text: cleanText(text), tone };
}

/** Spaces up to `width`; cut with `…` beyond it. */
export function cell(text: string, width: number, tone: Tone = 'plain'): Segment {
  return { text: padEnd(truncate(cleanText(text), width), width), tone };
}

/** A name cut in its middle, since both its beginning and its end (a number) tell it from others. */
export function middleCell(text: string, width: number, tone: Tone = 'plain'): Segment {
  const clean = cleanText(text);
  if (displayWidth(clean) <= width) return cell(clean, width, tone);
  const tail = [...clean].slice(-Math.floor((width - 1) / 2)).join('');
  const head = truncate(clean, width - displayWidth(tail));
  return { text: padEnd(head + tail, width), tone };
}

/** The line cut to `width` columns, so that no row ever wraps into a second one. */
export function cutTo(line: Line, width: number): Line {
  const out: Segment[] = [];
  let room = width;
  for (const { text, tone } of line) {
    if (room <= 0) break;
    const cut = truncate(text, room);
    out.push({ text: cut, tone });
    room -= displayWidth(cut);
    if (cut !== text) break;
  }
  return out;
}

export function widthOf(line: Line): number {
  return line.reduce((sum, { text }) => sum + displayWidth(text), 0);
}
