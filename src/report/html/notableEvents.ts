import type { RunResult, TimelineEntry } from '../../result/runResult.ts';

const SEVERITIES = ['critical', 'warning', 'notice', 'info'] as const;

/**
 * At most `limit` entries worth a number in the drawing, in order of time: first what a verdict with a story names as
 * a cause (one that did not pass, or found the violation that it expects), then the severest, and among equals the
 * failures themselves before their effects. Where a severity does not fit as a whole, evenly spread over time, so that the end of a
 * long run is told as well as its beginning. Info is shown only when there is nothing else to tell.
 */
export function notableEvents(result: RunResult, limit: number): TimelineEntry[] {
  const kept = new Set<TimelineEntry>();
  const add = (entries: readonly TimelineEntry[]) => {
    for (const entry of spread(entries, limit - kept.size)) kept.add(entry);
  };
  const told = result.verdicts.filter((verdict) => verdict.status !== 'passed' || verdict.violationExpected);
  const causes = new Set(told.flatMap((verdict) => verdict.causes.map((cause) => cause.eventId)));
  add(result.timeline.filter((entry) => causes.has(entry.id)));
  for (const severity of SEVERITIES) {
    if (severity === 'info' && kept.size > 0) break;
    const equals = result.timeline.filter((entry) => entry.severity === severity && !kept.has(entry));
    const failures = equals.filter((entry) => entry.type === 'failure.began');
    add(equals.length > limit - kept.size ? failures : equals);
    add(equals.filter((entry) => !kept.has(entry)));
  }
  return result.timeline.filter((entry) => kept.has(entry));
}

function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: Math.max(count, 0) }, (_, index) => items[Math.floor((index * items.length) / count)]!);
}
