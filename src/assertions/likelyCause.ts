import type { EventLog } from '../metrics/eventLog.ts';
import { type EventId, NO_CAUSE, type TraceEvent } from '../model/trace.ts';

/**
 * Where the explanation of a number starts, since a number has no single event behind it: the first failure or
 * operation that began or ended while it grew, else the last one before.
 */
export function likelyCause(events: EventLog, sinceUs: number, atUs: number): EventId {
  let before: EventId = NO_CAUSE;
  for (const event of events.all()) {
    if (event.atUs > atUs) break;
    if (!isIntervention(event)) continue;
    if (event.atUs >= sinceUs) return event.id;
    before = event.id;
  }
  return before;
}

function isIntervention({ type }: TraceEvent): boolean {
  return (
    type === 'failure.began' || type === 'failure.ended' || type === 'operation.began' || type === 'operation.ended'
  );
}
