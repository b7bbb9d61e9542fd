import type { Collector } from '../metrics/collector.ts';
import type { Ledger, LogOddity } from '../metrics/ledger.ts';
import { clientName } from '../metrics/names.ts';
import { Scope } from '../metrics/scope.ts';
import { NO_CAUSE } from '../model/trace.ts';
import type { Evidence } from '../result/runResult.ts';
import { evidence, type Finding } from './checker.ts';
import { likelyCause } from './likelyCause.ts';

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
  return topic === null ? '' : ` of ${topic}`;
}

/** What a finding about places in the log rests on: the places, the earliest instant known, and its likely cause. */
export function foundInLog(
  { cast, ledger, events }: Collector,
  oddities: readonly LogOddity[],
  lanes: readonly number[],
  text: (count: number, first: number) => string,
): Pick<Finding, 'atUs' | 'evidence' | 'cause'> {
  const wanted = new Set(lanes);
  const pieces: Evidence[] = [];
  for (const { lane, partition, offset, count, first } of oddities) {
    if (!wanted.has(lane) || pieces.length === EVIDENCE_KEPT) continue;
    const place = cast.partitions[partition]!;
    pieces.push(
      evidence(`${text(count, first)} of ${clientName(cast, cast.lanes[lane]!.client)}`, {
        atUs: appendedAtUs(ledger, partition, offset),
        topic: place.topic,
        partition: place.partition,
        firstOffset: offset,
        lastOffset: offset + count - 1,
        count,
      }),
    );
  }
  const instants = pieces.flatMap(({ atUs }) => (atUs === null ? [] : [atUs]));
  if (instants.length === 0) return { atUs: null, evidence: pieces, cause: NO_CAUSE };
  const atUs = Math.min(...instants);
  return { atUs, evidence: pieces, cause: likelyCause(events, atUs, atUs) };
}

/** When the record at that offset was appended; the last time, should the offset have been used again. */
function appendedAtUs({ lateAppends }: Ledger, partition: number, offset: number): number | null {
  const found = lateAppends.findLast(
    (late) => late.partition === partition && late.offset <= offset && offset < late.offset + late.count,
  );
  return found?.atUs ?? null;
}
