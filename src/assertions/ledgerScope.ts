import type { Collector } from '../metrics/collector.ts';
import type { LogOddity } from '../metrics/ledger.ts';
import { clientName } from '../metrics/names.ts';
import { Scope } from '../metrics/scope.ts';
import type { Evidence } from '../result/runResult.ts';
import { evidence } from './checker.ts';

const EVIDENCE_KEPT = 20;

/** Lanes whose records a guarantee is about: those of a topic (or partition), or all. */
export function lanesOf(collector: Collector, topic: string | null): number[] {
  const scope = new Scope(collector.cast, topic);
  return [...collector.cast.lanes.keys()].filter((lane) => scope.lane(lane));
}

/** Why the ledger cannot decide anything; null when it can. */
export function whyUndecidable(collector: Collector, lanes: readonly number[]): string | null {
  const unaccounted = collector.ledger.unaccounted();
  if (unaccounted > 0) return `the trace contradicts itself: ${unaccounted} records are in no population or in two`;
  return lanes.length === 0 ? 'no record was offered' : null;
}

export function about(topic: string | null): string {
  return topic === null ? '' : ` on ${topic}`;
}

/** Places in the log, those of `lanes` only. */
export function oddityEvidence(
  { cast }: Collector,
  oddities: readonly LogOddity[],
  lanes: readonly number[],
  text: (count: number, first: number) => string,
): Evidence[] {
  const wanted = new Set(lanes);
  return oddities
    .filter((oddity) => wanted.has(oddity.lane))
    .slice(0, EVIDENCE_KEPT)
    .map(({ lane, partition, offset, count, first }) => {
      const place = cast.partitions[partition]!;
      return evidence(`${text(count, first)} of ${clientName(cast, cast.lanes[lane]!.client)}`, {
        topic: place.topic,
        partition: place.partition,
        firstOffset: offset,
        lastOffset: offset + count - 1,
        count,
      });
    });
}
