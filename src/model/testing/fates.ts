import type { TraceRecorder } from './traceRecorder.ts';

/** Counts of records over all lanes. Told means: the application knows. */
export interface Fates {
  readonly offered: number;
  readonly acknowledged: number;
  readonly failed: number;
  readonly aborted: number;
  readonly neverSent: number;
  readonly unresolved: number;
  /** Records that were told twice or never, or that nobody offered: an error of the model. */
  readonly miscounted: number;
  /** In the surviving log, each counted once; aborted ones lie there too. */
  readonly stored: number;
  readonly acknowledgedAndLost: number;
  /** Acknowledged, and their transaction is aborted in the log or open still: a lost write. */
  readonly acknowledgedAndNotCommitted: number;
  readonly storedTwice: number;
}

interface LaneBook {
  offered: number;
  readonly told: number[];
  readonly acknowledged: Set<number>;
  readonly stored: number[];
}

export function recordsOf(ranges: readonly { readonly count: number }[]): number {
  return ranges.reduce((sum, { count }) => sum + count, 0);
}

/** Follows every record by its number: slow and plain, as an oracle may be. */
export function fatesOf(trace: TraceRecorder): Fates {
  const books: LaneBook[] = trace.cast.lanes.map(() => ({ offered: 0, told: [], acknowledged: new Set(), stored: [] }));
  let miscounted = 0;
  for (const { lane, first, count } of trace.offers) {
    const book = books[lane]!;
    // Records of a lane are numbered in the order of sending, without gaps.
    if (first !== book.offered) miscounted++;
    book.offered += count;
  }
  const told = [trace.acknowledgements, trace.failures, trace.aborts, trace.neverSents, trace.leftOpen];
  for (const ranges of told) for (const { lane, first, count } of ranges) tally(books[lane]!.told, first, count);
  for (const { lane, first, count } of trace.acknowledgements)
    for (let record = first; record < first + count; record++) books[lane]!.acknowledged.add(record);
  for (const { lane, first, count } of trace.survivors) if (lane >= 0) tally(books[lane]!.stored, first, count);
  let acknowledgedAndNotCommitted = 0;
  for (const { lane, first, count } of trace.uncommitted)
    for (let record = first; record < first + count; record++)
      if (books[lane]!.acknowledged.has(record)) acknowledgedAndNotCommitted++;
  let stored = 0;
  let storedTwice = 0;
  let acknowledgedAndLost = 0;
  for (const book of books) {
    for (let record = 0; record < Math.max(book.offered, book.told.length); record++)
      if (record >= book.offered || book.told[record] !== 1) miscounted++;
    for (const times of book.stored) {
      if ((times ?? 0) > 0) stored++;
      if ((times ?? 0) > 1) storedTwice++;
    }
    for (const record of book.acknowledged) if ((book.stored[record] ?? 0) === 0) acknowledgedAndLost++;
  }
  return {
    offered: recordsOf(trace.offers),
    acknowledged: recordsOf(trace.acknowledgements),
    failed: recordsOf(trace.failures),
    aborted: recordsOf(trace.aborts),
    neverSent: recordsOf(trace.neverSents),
    unresolved: recordsOf(trace.leftOpen),
    miscounted,
    stored,
    acknowledgedAndLost,
    acknowledgedAndNotCommitted,
    storedTwice,
  };
}

export function backwardSteps(trace: TraceRecorder): number {
  const last = new Map<number, number>();
  let steps = 0;
  for (const { lane, first, count } of trace.survivors) {
    if (lane < 0) continue;
    if (first < (last.get(lane) ?? 0)) steps++;
    last.set(lane, first + count - 1);
  }
  return steps;
}

function tally(times: number[], first: number, count: number): void {
  for (let record = first; record < first + count; record++) times[record] = (times[record] ?? 0) + 1;
}
