import { expect, test } from 'vitest';
import { exitCodeOf } from './exitCodes.ts';

test('a run without any reason to complain exits with 0', () => {
  expect(exitCodeOf([])).toBe(0);
  expect(exitCodeOf(['passed', 'passed'])).toBe(0);
});

test('a failed expectation outweighs an inconclusive one, an interruption outweighs both', () => {
  expect(exitCodeOf(['passed', 'inconclusive'])).toBe(3);
  expect(exitCodeOf(['inconclusive', 'failed', 'passed'])).toBe(1);
  expect(exitCodeOf(['failed', 'interrupted'])).toBe(130);
  expect(exitCodeOf(['failed', 'interrupted', 'terminated'])).toBe(143);
});

test('wrong input outweighs an interruption and a failure of the program outweighs everything', () => {
  expect(exitCodeOf(['interrupted', 'wrongInput'])).toBe(2);
  expect(exitCodeOf(['wrongInput', 'programFailed', 'failed'])).toBe(4);
});
