import { expect, test } from 'vitest';
import type { Outcome, VerdictStatus } from '../result/runResult.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { BriefResult } from './job.ts';
import { seedsOf, summariseSeeds, worstOf } from './seedSummary.ts';

function run(seed: string, outcome: Outcome, ...statuses: VerdictStatus[]): BriefResult {
  const named = statuses.map((status, index) => ({ name: `claim ${index}`, status }));
  return { seed, outcome, statuses: named, reproduce: `streamproof run a --seed ${seed}`, hasCrashed: false };
}

const scenario = {
  name: 'a',
  source: { path: 'a.scenario.yaml', text: '' },
  variant: [{ path: 'acks', value: '1' }],
  expectations: [{ name: 'claim 0' }, { name: 'claim 1' }],
} as unknown as Scenario;

test('seeds are numbered from one', () => {
  expect(seedsOf('zone-loss', 3)).toEqual(['zone-loss-1', 'zone-loss-2', 'zone-loss-3']);
});

test('the worst run is the first of those with most failed expectations', () => {
  const runs = [
    run('s-1', 'passed', 'passed', 'passed'),
    run('s-2', 'inconclusive', 'inconclusive', 'inconclusive'),
    run('s-3', 'failed', 'failed', 'passed'),
    run('s-4', 'failed', 'failed', 'failed'),
    run('s-5', 'failed', 'failed', 'failed'),
  ];
  expect(worstOf(runs)?.seed).toBe('s-4');
  expect(worstOf(runs.slice(0, 2))?.seed).toBe('s-2');
  expect(worstOf(runs.slice(0, 1))).toBeNull();
  expect(worstOf([...runs, { ...run('s-6', 'inconclusive', 'inconclusive'), hasCrashed: true }])?.seed).toBe('s-6');
});

test('each expectation has its own counts and the first seed that does not pass it', () => {
  const runs = [
    run('s-1', 'passed', 'passed', 'passed'),
    run('s-2', 'inconclusive', 'inconclusive', 'passed'),
    run('s-3', 'failed', 'failed', 'passed'),
  ];
  expect(summariseSeeds(scenario, runs)).toEqual({
    scenario: 'a (acks=1)',
    file: 'a.scenario.yaml',
    seeds: 3,
    outcomes: { passed: 1, failed: 1, inconclusive: 1, interrupted: 0 },
    expectations: [
      { name: 'claim 0', passed: 1, failed: 1, inconclusive: 1, worstSeed: 's-3' },
      { name: 'claim 1', passed: 3, failed: 0, inconclusive: 0, worstSeed: null },
    ],
    worst: { seed: 's-3', outcome: 'failed', reproduce: 'streamproof run a --seed s-3' },
  });
});
