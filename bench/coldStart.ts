/** What a person waits for: the whole command from a cold start, the built program, medians. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { BenchFigure } from './kernel.ts';

const ROUNDS = 5;
const SAMPLE = 'scenarios/01-quick-start.scenario.yaml';

export function benchColdStart(): BenchFigure[] {
  const folder = mkdtempSync(join(tmpdir(), 'streamproof-bench-'));
  try {
    return [
      { name: 'validate, cold start', value: medianSeconds(['validate', SAMPLE]), unit: 's' },
      {
        name: 'first verdict, cold start',
        value: medianSeconds(['run', SAMPLE, '--no-ui', '--output', folder]),
        unit: 's',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function medianSeconds(args: readonly string[]): number {
  const seconds = Array.from({ length: ROUNDS }, () => {
    const startedMs = performance.now();
    const run = spawnSync(process.execPath, ['dist/cli/main.js', ...args], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`${args.join(' ')} ended with ${run.status}: ${run.stderr}${run.stdout}`);
    return (performance.now() - startedMs) / 1000;
  });
  return seconds.sort((x, y) => x - y)[Math.floor(ROUNDS / 2)]!;
}
