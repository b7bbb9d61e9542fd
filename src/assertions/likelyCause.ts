import type { EventLog } from '../metrics/eventLog.ts';
import { type EventId, NO_CAUSE } from '../model/trace.ts';

/**
 * The latest failure or operation that had begun by an instant: where an explanation of a number starts, since a
 * number has no single event behind it.
 */
export function latestCauseBefore(events: EventLog, atUs: number): EventId {
  let found: EventId = NO_CAUSE;
  for (const event of events.all()) {
    if (event.atUs > atUs) break;
    if (event.type === 'failure.began' || event.type === 'operation.began') found = event.id;
    if (event.type === 'failure.ended' || event.type === 'operation.ended') found = event.id;
  }
  return found;
}
