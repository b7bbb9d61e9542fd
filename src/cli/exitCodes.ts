import type { Outcome } from '../result/runResult.ts';

/** What a process that ran Streamproof ended with; documented in docs/cli.md, which is generated from here. */
export const EXIT_CODES = {
  passed: { code: 0, meaning: 'every scenario passed' },
  failed: { code: 1, meaning: 'at least one expectation failed' },
  wrongInput: { code: 2, meaning: 'the input is wrong (YAML, schema, flag, nothing matched); nothing ran' },
  inconclusive: {
    code: 3,
    meaning: 'no failure, but some verdict could not be reached (a limit was hit, or nothing was observed)',
  },
  programFailed: { code: 4, meaning: 'Streamproof itself failed: a bug, or a report that could not be written' },
  interrupted: { code: 130, meaning: 'interrupted (SIGINT); partial results were written first' },
  terminated: { code: 143, meaning: 'terminated (SIGTERM); partial results were written first' },
} as const;

export type ExitReason = keyof typeof EXIT_CODES;

/** When several hold at once, the first of these wins. */
const PRECEDENCE: readonly ExitReason[] = [
  'programFailed',
  'wrongInput',
  'terminated',
  'interrupted',
  'failed',
  'inconclusive',
  'passed',
];

/** The number for a set of reasons; `passed` when there is none. */
export function exitCodeOf(reasons: Iterable<ExitReason>): number {
  const held = new Set(reasons);
  const winner = PRECEDENCE.find((reason) => held.has(reason)) ?? 'passed';
  return EXIT_CODES[winner].code;
}

/** The reason that one run contributes. */
export function exitReasonOf(outcome: Outcome): ExitReason {
  return outcome;
}
