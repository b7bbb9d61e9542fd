/**
 * Makes a name or sentence that somebody else wrote safe to put on one line.
 *
 * Removes terminal escapes (CSI, OSC with its hyperlinks, other C1 strings), the remaining C0 and C1 controls and
 * invisible direction marks (they can make a name read as another one); white-space controls become one space and
 * lone surrogates the replacement character. Letters of every script stay as written.
 */
export function cleanText(text: string): string {
  return text
    .replace(ESCAPE_STRINGS, '')
    .replace(ESCAPE_SEQUENCES, '')
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, '')
    .replace(DIRECTION_MARKS, '')
    .toWellFormed();
}

/** The lines of a text, each cleaned; a tab becomes two spaces so that columns stay readable. */
export function cleanLines(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/).map((line) => cleanText(line.replaceAll('\t', '  ')));
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  return lines;
}

// DCS, SOS, OSC, PM, APC ... up to their terminator; an unterminated one ends at the line's end
const ESCAPE_STRINGS =
  /(?:\u001b[PX\]^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c\n\r]*(?:\u0007|\u001b\\|\u009c|)/g;
const ESCAPE_SEQUENCES = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|\u001b[ -/]*[0-~]?/g;
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;
