import type { Cast, EventId, TraceEvent } from '../model/trace.ts';
import type { TimelineEntry } from '../result/runResult.ts';
import { severityOf, textOf } from './eventText.ts';

export const TIMELINE_LIMIT = 2000;

const ORDER: readonly TimelineEntry['severity'][] = ['critical', 'warning', 'notice', 'info'];

/**
 * Facts for people, in order of time. When there are more than `limit`, those that a verdict refers to stay, then
 * the severest, and among equals the earliest: what began a trouble tells more than its hundredth echo.
 */
export function timelineOf(
  events: readonly TraceEvent[],
  cast: Cast,
  referred: ReadonlySet<EventId>,
  limit: number = TIMELINE_LIMIT,
): { entries: TimelineEntry[]; omitted: number } {
  const kept = events.length <= limit ? events : chosen(events, referred, limit);
  return { entries: kept.map((event) => entryOf(event, cast)), omitted: events.length - kept.length };
}

function chosen(events: readonly TraceEvent[], referred: ReadonlySet<EventId>, limit: number): TraceEvent[] {
  const keep = new Set<EventId>();
  const take = (wanted: (event: TraceEvent) => boolean) => {
    for (const event of events) {
      if (keep.size >= limit) return;
      if (wanted(event)) keep.add(event.id);
    }
  };
  take((event) => referred.has(event.id));
  for (const severity of ORDER) take((event) => severityOf(event) === severity);
  return events.filter((event) => keep.has(event.id));
}

function entryOf(event: TraceEvent, cast: Cast): TimelineEntry {
  return {
    id: event.id,
    atUs: event.atUs,
    cause: event.cause,
    type: event.type,
    text: textOf(event, cast),
    severity: severityOf(event),
  };
}
