import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rangeAssignor } from './assignors/range.ts';
import { ClassicMember } from './classicMember.ts';
import type { CoordinatorClient, Outcome } from './memberPorts.ts';
import { CLIENT_RANK, COORDINATOR_RANK, TestGroup } from './testGroup.ts';
import { TestTimers } from './testTimers.ts';

interface Script {
  member: string;
  start: number;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  heartbeatMs: number;
  groupInstanceId?: string;
  crashAt?: number;
  leaveAt?: number;
  busyFrom?: number;
  busyTo?: number;
  neverSyncs?: boolean;
  syncDelay?: number;
  rejoinDelay?: number;
}
interface TimelineEvent {
  t: number;
  event: string;
  member?: string;
  error?: string;
  isLeader?: boolean;
  memberCountSeen?: number;
  groupState?: string;
  groupGeneration?: number;
  [more: string]: unknown;
}
interface Timeline {
  name: string;
  groupInitialRebalanceDelayMs: number;
  until: number;
  members: Script[];
  events: TimelineEvent[];
}

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../evidence/vectors/${name}.json`, import.meta.url), 'utf8')).cases;

/** Within one millisecond the vectors' harness starts and stops members before it looks at their heartbeats. */
const HEARTBEAT_RANK = 2;
const LAST_RANK = 3;

const usOf = (ms: number): number => ms * 1000;

/** Plays the members' scripts with real members against a real coordinator, without network delay. */
class Replay {
  readonly events: TimelineEvent[] = [];
  readonly #timers = new TestTimers();
  readonly #testGroup: TestGroup;
  readonly #samples = new Map<number, { state: string; generation: number }>();

  constructor(timeline: Timeline) {
    const initialRebalanceDelayUs = usOf(timeline.groupInitialRebalanceDelayMs);
    // The vectors' timers are looked at once in a millisecond, so that no delay means one.
    const coordinatorTimers = this.#timers.ranked(COORDINATOR_RANK, initialRebalanceDelayUs === 0 ? 1000 : 0);
    this.#testGroup = new TestGroup(this.#timers, { initialRebalanceDelayUs }, null, coordinatorTimers);
    for (const [client, script] of timeline.members.entries()) this.#play(script, client);
    for (const t of new Set(timeline.events.map((event) => event.t))) {
      const { group } = this.#testGroup;
      this.#timers.at(usOf(t), LAST_RANK, () =>
        this.#samples.set(t, { state: group.state, generation: group.generation }),
      );
    }
    this.#timers.runUntil(usOf(timeline.until));
    for (const { atUs, member, reason } of this.#testGroup.removals) {
      if (reason !== 'session.expired') continue;
      const name = timeline.members[member.client]?.member as string;
      this.#write({ t: atUs / 1000, member: name, event: 'session timer fired', removed: true });
    }
  }

  /** State and generation at the end of the millisecond. */
  stateAt(t: number): { state: string; generation: number } | undefined {
    return this.#samples.get(t);
  }

  #write(event: TimelineEvent): void {
    this.events.push(event);
  }

  #play(script: Script, client: number): void {
    const timers = this.#timers;
    let isBusy = false;
    const member = new ClassicMember(
      {
        client,
        clientId: script.member,
        groupInstanceId: script.groupInstanceId ?? null,
        rack: null,
        sessionTimeoutUs: usOf(script.sessionTimeoutMs),
        heartbeatIntervalUs: usOf(script.heartbeatMs),
        maxPollIntervalUs: usOf(script.rebalanceTimeoutMs),
        requestTimeoutUs: usOf(30_000),
        retryBackoffUs: usOf(100),
        retryBackoffMaxUs: usOf(1000),
      },
      [rangeAssignor],
      {
        timers: timers.ranked(HEARTBEAT_RANK),
        nextUniform: () => 0.5,
        coordinator: this.#client(
          script,
          () => isBusy,
          () => member.isLeader,
        ),
        host: {
          subscription: () => [0],
          topics: () => [{ topicId: 0, name: 'orders', partitions: [0, 1, 2, 3, 4, 5] }],
          commitOwned: (done) => done(),
          onPartitionsRevoked: () => {},
          onPartitionsLost: () => {},
          onPartitionsAssigned: () => {},
          onState: () => {},
          onFatal: () => {},
        },
      },
    );
    timers.at(usOf(script.start), CLIENT_RANK, () => void member.poll());
    if (script.busyFrom !== undefined) {
      timers.at(usOf(script.busyFrom), CLIENT_RANK, () => {
        isBusy = true;
        member.returnFromPoll();
      });
      timers.at(usOf(script.busyTo ?? script.busyFrom), CLIENT_RANK, () => {
        isBusy = false;
        member.poll();
      });
    }
    if (script.crashAt !== undefined) {
      timers.at(usOf(script.crashAt), CLIENT_RANK, () => {
        this.#write({ t: timers.nowUs / 1000, member: script.member, event: 'crash' });
        member.crash();
      });
    }
    if (script.leaveAt !== undefined) timers.at(usOf(script.leaveAt), CLIENT_RANK, () => member.close(() => {}));
  }

  #client(script: Script, isBusy: () => boolean, isLeader: () => boolean): CoordinatorClient {
    const { group } = this.#testGroup;
    const timers = this.#timers;
    const name = script.member;
    const write = (event: string, more: object = {}): void =>
      this.#write({ t: timers.nowUs / 1000, member: name, event, ...more });
    const soon = (run: () => void, delayMs = 0): void => timers.at(timers.nowUs + usOf(delayMs), CLIENT_RANK, run);
    let hasJoined = false;
    let abandonSync: ((outcome: Outcome) => void) | null = null;
    return {
      findCoordinator: (done) => done('NONE'),
      join: (request, _timeoutUs, done) => {
        const send = (): void => {
          write('JoinGroup sent', { memberIdKnown: request.memberId !== '' });
          group.join(request, (response) => {
            const { error, generation, skipAssignment } = response;
            const isLeader = response.leaderId === response.memberId;
            const isAnswered = error === 'NONE';
            hasJoined ||= isAnswered;
            write('JoinGroup answered', {
              error,
              ...(isAnswered ? { generation, isLeader } : {}),
              ...(isAnswered && isLeader ? { memberCountSeen: response.members.length } : {}),
              ...(skipAssignment ? { skipAssignment } : {}),
            });
            soon(() => done(error, response));
          });
        };
        soon(send, hasJoined ? (script.rejoinDelay ?? 0) : 0);
      },
      sync: (request, done) => {
        let isAbandoned = false;
        abandonSync = (outcome) => {
          isAbandoned = true;
          done(outcome, null);
        };
        if (script.neverSyncs) return;
        soon(() => {
          if (isAbandoned) return;
          abandonSync = null;
          write('SyncGroup sent', { isLeader: isLeader() });
          group.sync(request, (response) => {
            const hasAssignment = response.assignment !== null;
            write('SyncGroup answered', {
              error: response.error,
              ...(response.error === 'NONE' ? { assignmentReceived: hasAssignment } : {}),
            });
            soon(() => done(response.error, response));
          });
        }, script.syncDelay ?? 0);
      },
      heartbeat: (request, done) => {
        const error: Outcome = group.heartbeat(request);
        if (error !== 'NONE') write('Heartbeat answered', { error });
        soon(() => {
          done(error);
          // A script that has not sent its SyncGroup yet gives it up when it hears of a new round.
          if (error !== 'NONE') abandonSync?.(error);
        });
      },
      leave: (request, done) => {
        const error = group.leave(request);
        write(isBusy() ? 'LeaveGroup sent (max.poll.interval)' : 'LeaveGroup sent', { error });
        soon(() => done(error));
      },
    };
  }
}

/**
 * Left out: state changes (compared on their own) and timers that found a member alive.
 *
 * Who leads is decided by a hash order in Kafka; that there is one leader, and what it sees, is not.
 */
function comparable(events: readonly TimelineEvent[]): string[] {
  return events
    .filter((each) => each.event !== 'group state changed' && each.removed !== false)
    .flatMap(({ isLeader, memberCountSeen, groupState: _, groupGeneration: __, ...event }) => {
      const leader = isLeader ? [JSON.stringify([event.t, event.event, 'by a leader', memberCountSeen ?? null])] : [];
      const sorted = Object.entries(event).sort(([left], [right]) => (left < right ? -1 : 1));
      return [JSON.stringify([event.t, Object.fromEntries(sorted)]), ...leader];
    })
    .sort((left, right) => JSON.parse(left)[0] - JSON.parse(right)[0] || (left < right ? -1 : 1));
}

describe('classic-group-timelines: a group lives as against the real coordinator', () => {
  test.each(read('classic-group-timelines') as Timeline[])('$name', (timeline) => {
    const replay = new Replay(timeline);
    expect(comparable(replay.events)).toEqual(comparable(timeline.events));
    const lastAt = new Map(timeline.events.map((event) => [event.t, event]));
    for (const [t, { groupState, groupGeneration }] of lastAt) {
      expect({ t, ...replay.stateAt(t) }).toEqual({ t, state: groupState, generation: groupGeneration });
    }
  });
});
