import type { RunResult } from '../result/runResult.ts';

/** The only part of a result that may differ between two machines. */
export function describeEnvironment(startedAtMs: number, wallMs: number): RunResult['environment'] {
  return {
    startedAt: new Date(startedAtMs).toISOString(),
    wallMs: Math.round(wallMs),
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
  };
}
