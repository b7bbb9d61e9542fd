import type { Cast, EventId, TraceEvent } from '../model/trace.ts';
import type { TimelineEntry } from '../result/runResult.ts';
import { bundled } from './timelineBundles.ts';

export const TIMELINE_LIMIT = 2000;

const ORDER: readonly TimelineEntry['severity'][] = ['critical', 'warning', 'notice', 'info'];

/**
 * Facts for people, in order of time. When there are more than `limit` entries, those that a verdict refers to stay,
 * then the severest, and among equals the earliest: what began a trouble tells more than its hundredth echo.
 */
export function timelineOf(
  events: readonly TraceEvent[],
  cast: Cast,
  referred: ReadonlySet<EventId>,
  limit: number = TIMELINE_LIMIT,
): { entries: TimelineEntry[]; omitted: number } {
  const all = bundled(events, cast, referred);
  const entries = all.length <= limit ? all : chosen(all, referred, limit);
  return { entries, omitted: all.length - entries.length };
}

function chosen(entries: readonly TimelineEntry[], referred: ReadonlySet<EventId>, limit: number): TimelineEntry[] {
  const keep = new Set<EventId>();
  const take = (wanted: (entry: TimelineEntry) => boolean) => {
    for (const entry of entries) {
      if (keep.size >= limit) return;
      if (wanted(entry)) keep.add(entry.id);
    }
  };
  take((entry) => referred.has(entry.id));
  for (const severity of ORDER) take((entry) => entry.severity === severity);
  return entries.filter((entry) => keep.has(entry.id));
}
