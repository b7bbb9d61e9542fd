/** One member's life in a case of `kip848-timelines`. Times are milliseconds. */
export interface ConsumerScript {
  member: string;
  start: number;
  topics: readonly string[];
  instanceId?: string;
  rebalanceTimeoutMs?: number;
  /** How long it takes to give up partitions. */
  revocationTakesMs?: number;
  crashAt?: number;
  leaveAt?: number;
  resubscribeAt?: number;
  newTopics?: readonly string[];
}

/** What happened, and the group right after it. */
export interface ConsumerTimelineEvent {
  t: number;
  member: string;
  event: string;
  groupState: string;
  groupEpoch: number;
  assignmentEpoch: number;
  memberStates: Readonly<Record<string, string>>;
  [more: string]: unknown;
}

export interface ConsumerTimeline {
  assignor: string;
  topics: Readonly<Record<string, number>>;
  members: readonly ConsumerScript[];
  until: number;
  finalOwned: Readonly<Record<string, readonly string[]>>;
  events: readonly ConsumerTimelineEvent[];
}

/** Kafka recorded `memberStates` in the order of a hash map. */
export function comparableConsumerEvents(events: readonly ConsumerTimelineEvent[]): string[] {
  return events.map((event) => canonical(event));
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
}
