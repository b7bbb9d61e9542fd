import type { Cast, EventId, TraceEvent } from '../model/trace.ts';
import type { TimelineEntry } from '../result/runResult.ts';
import { REASON_WORDS, severityOf, textOf } from './eventText.ts';
import { brokerName } from './names.ts';

/** From so many partitions of a user topic on, what happened to them at one instant is told in one sentence. */
const BUNDLE_FROM = 6;

type PartitionEvent = Extract<
  TraceEvent,
  { type: 'partition.changed' | 'replica.leading' | 'replica.following' | 'replica.truncated' | 'log.lost' }
>;

const SEVERITIES: readonly TimelineEntry['severity'][] = ['info', 'notice', 'warning', 'critical'];

/**
 * Timeline entries in order of time. The same thing that happens to many partitions of a topic at one instant is one
 * entry, for internal topics from two partitions on; events in `apart` keep an entry of their own. Causes point to
 * the entries that stand for them.
 */
export function bundled(events: readonly TraceEvent[], cast: Cast, apart: ReadonlySet<EventId>): TimelineEntry[] {
  const bundles = new Map<string, PartitionEvent[]>();
  for (const event of events) {
    const key = apart.has(event.id) ? null : keyOf(event, cast);
    if (key === null) continue;
    const bundle = bundles.get(key);
    if (bundle === undefined) bundles.set(key, [event as PartitionEvent]);
    else bundle.push(event as PartitionEvent);
  }
  const starts = normalStarts(events);
  const standsFor = new Map<EventId, EventId>();
  const bundleOf = new Map<EventId, readonly PartitionEvent[]>();
  for (const bundle of bundles.values()) {
    if (bundle.length < smallestBundle(bundle[0]!, cast)) continue;
    bundleOf.set(bundle[0]!.id, bundle);
    for (const event of bundle) standsFor.set(event.id, bundle[0]!.id);
  }
  return events
    .filter((event) => (standsFor.get(event.id) ?? event.id) === event.id)
    .map((event) => entryOf(event, bundleOf.get(event.id) ?? null, standsFor, cast))
    .map((entry) => (starts.has(entry.id) ? { ...entry, severity: 'info' } : entry));
}

/**
 * Where a group, which has no committed offset yet, begins to read a partition: `auto.offset.reset` as it is meant.
 * A later reset of the same partition passes over records or repeats them, and keeps its weight.
 */
function normalStarts(events: readonly TraceEvent[]): ReadonlySet<EventId> {
  const seen = new Set<string>();
  const starts = new Set<EventId>();
  for (const event of events) {
    if (event.type !== 'consumer.reset') continue;
    const reader = `${event.group} ${event.partition}`;
    if (event.fromOffset < 0 && !seen.has(reader)) starts.add(event.id);
    seen.add(reader);
  }
  return starts;
}

function entryOf(
  event: TraceEvent,
  bundle: readonly PartitionEvent[] | null,
  standsFor: ReadonlyMap<EventId, EventId>,
  cast: Cast,
): TimelineEntry {
  return {
    id: event.id,
    atUs: event.atUs,
    cause: standsFor.get(event.cause) ?? event.cause,
    type: event.type,
    text: bundle === null ? textOf(event, cast) : bundleText(bundle, cast),
    severity: bundle === null ? severityOf(event) : severest(bundle),
  };
}

/** Null: never bundled. */
function keyOf(event: TraceEvent, cast: Cast): string | null {
  switch (event.type) {
    case 'partition.changed':
      return `${event.atUs} ${event.type} ${topicOf(event, cast)} ${event.reason} ${event.unclean}`;
    case 'replica.leading':
    case 'replica.following':
    case 'replica.truncated':
    case 'log.lost':
      return `${event.atUs} ${event.type} ${topicOf(event, cast)} ${event.broker}`;
    default:
      return null;
  }
}

function bundleText(bundle: readonly PartitionEvent[], cast: Cast): string {
  const first = bundle[0]!;
  const which = `${bundle.length} partitions of ${topicOf(first, cast)}`;
  const who = first.type === 'partition.changed' ? '' : brokerName(cast, first.broker).replace(/^b/, 'B');
  switch (first.type) {
    case 'replica.leading':
      return `${who} leads ${which}`;
    case 'replica.following':
      return `${who} follows on ${which}`;
    case 'replica.truncated':
      return `${who} truncated ${which}`;
    case 'log.lost':
      return `${who} lost records of ${which} that were not on disk`;
    case 'partition.changed': {
      const offline = bundle.filter((event) => event.type === 'partition.changed' && event.leader < 0).length;
      const share = offline === bundle.length ? 'all' : `${offline} of them`;
      const without = offline > 0 ? `, ${share} without a leader` : '';
      return `${which} changed leader or ISR (${REASON_WORDS[first.reason]}${first.unclean ? ', unclean elections' : ''})${without}`;
    }
  }
}

function severest(bundle: readonly PartitionEvent[]): TimelineEntry['severity'] {
  const ranks = bundle.map((event) => SEVERITIES.indexOf(severityOf(event)));
  return SEVERITIES[Math.max(...ranks)]!;
}

function smallestBundle(event: PartitionEvent, cast: Cast): number {
  return cast.partitions[event.partition]?.internal ? 2 : BUNDLE_FROM;
}

function topicOf(event: PartitionEvent, cast: Cast): string {
  return cast.partitions[event.partition]?.topic ?? 'no topic';
}
