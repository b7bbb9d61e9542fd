import { expect, test } from 'vitest';
import { displayWidth, padEnd, textTable, truncate, wrap } from './columns.ts';

test('wide letters and emoji take two columns, combining marks none', () => {
  expect([displayWidth('orders'), displayWidth('注文'), displayWidth('🛒'), displayWidth('e\u0301')]).toEqual([
    6, 4, 2, 1,
  ]);
  expect(padEnd('注文', 6)).toBe('注文  ');
});

test('text wraps at spaces and a long word is cut where it must be', () => {
  expect(wrap('the leader of orders-0 moves', 12)).toEqual(['the leader', 'of orders-0', 'moves']);
  expect(wrap('aaaaaaaaaaaaaaaaaaaa b', 8)).toEqual(['aaaaaaaa', 'aaaaaaaa', 'aaaa b']);
  expect(wrap('', 10)).toEqual(['']);
});

test('what does not fit ends in an ellipsis within the width', () => {
  expect(truncate('under-replicated', 8)).toBe('under-r…');
  expect(displayWidth(truncate('注文注文注文', 6))).toBeLessThanOrEqual(6);
});

test('a table aligns its columns', () => {
  const columns = [
    { title: 'topic', align: 'left' as const },
    { title: 'lag', align: 'right' as const },
  ];
  expect(
    textTable(columns, [
      ['orders', '5'],
      ['注文', '1204'],
    ]),
  ).toEqual(['topic    lag', 'orders     5', '注文    1204']);
});
