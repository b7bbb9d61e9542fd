import {
  advanceHighWatermark,
  appendMarker,
  appendTransactional,
  firstUnstableOffset,
  type LogTransactions,
  lastStableOffset,
  NO_OFFSET,
  newLogTransactions,
} from '../../model/algorithms/lastStableOffset.ts';
import { difference, firstOf, type VectorChecker } from '../checker.ts';

/** `T pid n` transactional records, `N n` others, `C pid` and `A pid` markers, `H offset` or `H end` high watermark. */
interface LogStep {
  op: string;
  [answer: string]: unknown;
}

interface Run {
  log: LogTransactions;
  logEndOffset: number;
  highWatermark: number;
}

export const lastStableOffsetChecker: VectorChecker = {
  file: 'transactions-lso',
  check(vector) {
    const run = { log: newLogTransactions(), logEndOffset: 0, highWatermark: 0 };
    const steps = vector.steps as LogStep[];
    return firstOf(
      steps.map(({ op, ...expected }, index) => {
        apply(run, op);
        return difference(`step ${index}, ${op}`, expected, answer(run, expected.abortedTxnIndex !== undefined));
      }),
    );
  },
};

function apply(run: Run, op: string): void {
  const [kind, first = '', count = '0'] = op.split(' ');
  const id = Number(first);
  if (kind === 'H') {
    run.highWatermark = first === 'end' ? run.logEndOffset : id;
    advanceHighWatermark(run.log, run.highWatermark);
    return;
  }
  if (kind === 'T') appendTransactional(run.log, id, run.logEndOffset);
  if (kind === 'C' || kind === 'A') appendMarker(run.log, id, run.logEndOffset, kind === 'A');
  run.logEndOffset += kind === 'N' ? id : kind === 'T' ? Number(count) : 1;
}

function answer({ log, logEndOffset, highWatermark }: Run, showsAborted: boolean): Record<string, unknown> {
  const unstable = firstUnstableOffset(log);
  return {
    logEndOffset,
    highWatermark,
    firstUnstableOffset: unstable === NO_OFFSET ? null : unstable,
    lastStableOffset: lastStableOffset(log, highWatermark),
    ...(showsAborted || log.aborted.length > 0 ? { abortedTxnIndex: log.aborted } : {}),
  };
}
