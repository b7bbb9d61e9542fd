import { expect, test } from 'vitest';
import { mergeSpans } from './failureBands.ts';

test('failures that overlap or touch make one shade, others stay apart, whatever their order', () => {
  const spans = [
    { from: 50, to: 60 },
    { from: 0, to: 10 },
    { from: 8, to: 20 },
    { from: 20.5, to: 22 },
    { from: 12, to: 14 },
  ];
  expect(mergeSpans(spans)).toEqual([
    { from: 0, to: 22 },
    { from: 50, to: 60 },
  ]);
});
