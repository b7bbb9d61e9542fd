import type { AbortedTransaction } from '../algorithms/lastStableOffset.ts';
import { ABORT_MARKER, isMarker, PLAIN, TRANSACTIONAL } from '../log/batchKind.ts';
import type { FetchedRange } from '../protocol.ts';

/** In place of a range's lane: the application does not see these records. */
export const HIDDEN = -2;

/**
 * What of a fetch the application sees: no markers, and no records of the transactions that the broker names as aborted.
 * A producer's records are dropped from the first offset of an aborted transaction to its abort marker; what it wrote
 * before and after is kept. Source: CompletedFetch.nextFetchedRecord, containsAbortMarker.
 *
 * @param aborted  in order of their first offsets
 */
export function forApplication(
  ranges: readonly FetchedRange[],
  aborted: readonly AbortedTransaction[],
): readonly FetchedRange[] {
  if (ranges.every(({ kind }) => kind === PLAIN)) return ranges;
  const dropping = new Set<number>();
  let next = 0;
  return ranges.map((range) => {
    for (; next < aborted.length && aborted[next]!.firstOffset < range.offset + range.count; next++)
      dropping.add(aborted[next]!.producerId);
    if (range.kind === ABORT_MARKER) dropping.delete(range.producerId);
    const isHidden = isMarker(range.kind) || (range.kind === TRANSACTIONAL && dropping.has(range.producerId));
    return isHidden ? { ...range, lane: HIDDEN } : range;
  });
}
