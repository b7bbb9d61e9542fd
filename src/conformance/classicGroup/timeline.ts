/** One scripted member of a classic group, as `classic-group-timelines.json` writes it; times in milliseconds. */
export interface MemberScript {
  member: string;
  start: number;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  heartbeatMs: number;
  groupInstanceId?: string;
  crashAt?: number;
  leaveAt?: number;
  /** Does not poll from `busyFrom` to `busyTo`. */
  busyFrom?: number;
  busyTo?: number;
  neverSyncs?: boolean;
  syncDelay?: number;
  rejoinDelay?: number;
}

export interface TimelineEvent {
  t: number;
  event: string;
  member?: string;
  isLeader?: boolean;
  memberCountSeen?: number;
  removed?: boolean;
  groupState?: string;
  groupGeneration?: number;
  [more: string]: unknown;
}

export interface Timeline {
  groupInitialRebalanceDelayMs: number;
  until: number;
  members: MemberScript[];
  events: TimelineEvent[];
}

/**
 * Events as texts that may be compared: in order of time, and sorted within a millisecond, where order means nothing.
 *
 * Left out: state changes (compared on their own) and timers that found their member alive. Who leads depends on the
 * hash order of generated ids in Kafka, so only that somebody leads, and how many members it sees, is kept.
 */
export function comparableEvents(events: readonly TimelineEvent[]): string[] {
  return events
    .filter((each) => each.event !== 'group state changed' && each.removed !== false)
    .flatMap(({ isLeader, memberCountSeen, groupState: _state, groupGeneration: _generation, ...event }) => {
      const facts = Object.entries(event).sort(([a], [b]) => (a < b ? -1 : 1));
      const texts = [{ t: event.t, text: JSON.stringify(Object.fromEntries(facts)) }];
      if (isLeader)
        texts.push({ t: event.t, text: `${event.event} by a leader that sees ${memberCountSeen ?? 'nobody'}` });
      return texts;
    })
    .sort((a, b) => a.t - b.t || (a.text < b.text ? -1 : 1))
    .map(({ t, text }) => `${t} ms ${text}`);
}
