import { expect, test } from 'vitest';
import { cleanLines, cleanText } from './clean.ts';

test('a colour, a cursor movement and a window title leave nothing behind', () => {
  expect(cleanText('\u001b[31mred\u001b[0m \u001b[2Jend \u001b]0;title\u0007x \u009b1mC1\u001bc')).toBe('red end x C1');
});

test('an OSC 8 hyperlink keeps its text and loses its address', () => {
  expect(cleanText('\u001b]8;;https://example.org\u001b\\orders\u001b]8;;\u001b\\')).toBe('orders');
});

test('an unterminated escape string does not swallow the next line', () => {
  expect(cleanLines('a\u001b]0;title\nb')).toEqual(['a', 'b']);
});

test('controls go, white space stays a space, direction marks go, lone surrogates are replaced', () => {
  expect(cleanText('a\u0000b\tc\r\nd\u202ee\u2066f\u200fg\ud800h\u007f\u0085i')).toBe('ab c defg\ufffdh i');
});

test('letters of every script stay as written', () => {
  expect(cleanText('заказы 注文 طلبات 🛒 é')).toBe('заказы 注文 طلبات 🛒 é');
});

test('lines end at CR, LF or both, tabs become two spaces, empty lines at the end go', () => {
  expect(cleanLines('a\r\n\tb\rc\n\n')).toEqual(['a', '  b', 'c']);
});
