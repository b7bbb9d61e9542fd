import type { Collector } from '../metrics/collector.ts';
import { Scope } from '../metrics/scope.ts';

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
