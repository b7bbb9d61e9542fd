import { difference, firstOf, type VectorChecker } from '../checker.ts';
import { replayTimeline } from '../classicGroup/replay.ts';
import { comparableEvents, type MemberScript, type Timeline } from '../classicGroup/timeline.ts';

export const timelineChecker: VectorChecker = {
  file: 'classic-group-timelines',
  check(vector) {
    const timeline = vector as unknown as Timeline;
    const { events, samples } = replayTimeline(timeline, 1);
    const lastAt = new Map(timeline.events.map((event) => [event.t, event]));
    return firstOf([
      firstUnlike(comparableEvents(timeline.events), comparableEvents(events)),
      ...[...lastAt].map(([t, { groupState, groupGeneration }]) =>
        difference(`group at ${t} ms`, { state: groupState, generation: groupGeneration }, samples.get(t)),
      ),
    ]);
  },
};

function firstUnlike(kafkas: readonly string[], ours: readonly string[]): string | undefined {
  const length = Math.max(kafkas.length, ours.length);
  const at = Array.from({ length }, (_, index) => index).find((index) => kafkas[index] !== ours[index]);
  return at === undefined ? undefined : difference(`event ${at}`, kafkas[at] ?? null, ours[at] ?? null);
}

interface InitialDelayCase {
  groupInitialRebalanceDelayMs: number;
  maxRebalanceTimeoutMs: number;
  memberJoinTimesMs: number[];
  firstGenerationCompletesAtMs: number;
}

/** Checks when the first generation completes; how often the timer fired on the way cannot be seen from outside. */
export const initialDelayChecker: VectorChecker = {
  file: 'classic-group-initial-delay',
  check(vector) {
    const c = vector as unknown as InitialDelayCase;
    const members = c.memberJoinTimesMs.map((start, index): MemberScript => {
      const rebalanceTimeoutMs = c.maxRebalanceTimeoutMs;
      return { member: `member-${index}`, start, sessionTimeoutMs: 45_000, rebalanceTimeoutMs, heartbeatMs: 3000 };
    });
    const { groupInitialRebalanceDelayMs, firstGenerationCompletesAtMs } = c;
    const until = firstGenerationCompletesAtMs + 1000;
    const { events } = replayTimeline({ groupInitialRebalanceDelayMs, until, members, events: [] }, 0);
    const answered = events.find(({ event, generation }) => event === 'JoinGroup answered' && generation === 1);
    return difference('first generation at', firstGenerationCompletesAtMs, answered?.t ?? null);
  },
};
