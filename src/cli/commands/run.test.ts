import { expect, test } from 'vitest';
import type { RunReport } from '../../result/runResult.ts';
import { exitCodeOf } from '../exitCodes.ts';
import { reasonsOf } from './run.ts';

const NO_RUNS = { schemaVersion: '1.0.0', results: [], seeds: [], matrices: [] };

function codeOf(report: object): number {
  return exitCodeOf(reasonsOf({ ...NO_RUNS, ...report } as RunReport));
}

test('a run in which the program failed exits with 4, whatever else failed', () => {
  const crashed = { outcome: 'inconclusive', endedEarly: { reason: 'error', text: 'a bug' } };
  const failed = { outcome: 'failed', endedEarly: null };
  expect(codeOf({ results: [failed, crashed] })).toBe(4);
});

test('of many seeds one that failed is enough, though the run that is shown passed', () => {
  const shown = { outcome: 'passed', endedEarly: null };
  const outcomes = { passed: 198, failed: 1, inconclusive: 1, interrupted: 0 };
  expect(codeOf({ results: [shown], seeds: [{ outcomes }] })).toBe(1);
  expect(codeOf({ results: [shown], seeds: [{ outcomes: { ...outcomes, failed: 0 } }] })).toBe(3);
  expect(codeOf({ results: [shown], seeds: [{ outcomes: { ...outcomes, failed: 0, inconclusive: 0 } }] })).toBe(0);
});
