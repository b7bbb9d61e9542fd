import { expect, test } from 'vitest';
import { wantsColor, wantsLiveView } from './terminal.ts';

const NO_WISHES = { noColor: false, noUi: false, json: false, quiet: false };
const TTY = { isTTY: true, columns: 80 };
const PIPE = { isTTY: false, columns: 80 };

test('--no-color beats NO_COLOR, which beats FORCE_COLOR, which beats the terminal', () => {
  expect(wantsColor({ ...NO_WISHES, noColor: true }, { FORCE_COLOR: '1' }, TTY)).toBe(false);
  expect(wantsColor(NO_WISHES, { NO_COLOR: '1', FORCE_COLOR: '1' }, TTY)).toBe(false);
  expect(wantsColor(NO_WISHES, { FORCE_COLOR: '1' }, PIPE)).toBe(true);
  expect(wantsColor(NO_WISHES, { FORCE_COLOR: '0' }, TTY)).toBe(false);
  expect(wantsColor(NO_WISHES, {}, TTY)).toBe(true);
  expect(wantsColor(NO_WISHES, {}, PIPE)).toBe(false);
});

test('an empty NO_COLOR counts as not set', () => {
  expect(wantsColor(NO_WISHES, { NO_COLOR: '' }, TTY)).toBe(true);
});

test('TERM=dumb means no colour and no live view', () => {
  expect(wantsColor(NO_WISHES, { TERM: 'dumb' }, TTY)).toBe(false);
  expect(wantsLiveView(NO_WISHES, { TERM: 'dumb' }, true)).toBe(false);
});

test('the live view needs a terminal, no CI, and nobody who refuses it', () => {
  expect(wantsLiveView(NO_WISHES, {}, true)).toBe(true);
  expect(wantsLiveView(NO_WISHES, {}, false)).toBe(false);
  expect(wantsLiveView(NO_WISHES, { CI: 'true' }, true)).toBe(false);
  for (const refused of ['noUi', 'json', 'quiet']) {
    expect(wantsLiveView({ ...NO_WISHES, [refused]: true }, {}, true)).toBe(false);
  }
});
