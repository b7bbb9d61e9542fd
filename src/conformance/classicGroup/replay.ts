import { rangeAssignor } from '../../model/group/assignors/range.ts';
import { ClassicMember } from '../../model/group/classicMember.ts';
import type { MemberHost } from '../../model/group/memberPorts.ts';
import { CLIENT_RANK, COORDINATOR_RANK, TestGroup } from '../../model/group/testGroup.ts';
import { TestTimers } from '../../model/group/testTimers.ts';
import { scriptedClient } from './scriptedClient.ts';
import type { MemberScript, Timeline, TimelineEvent } from './timeline.ts';

export interface GroupSample {
  state: string;
  generation: number;
}

export interface ReplayedTimeline {
  events: TimelineEvent[];
  /** The group at the end of each millisecond in which Kafka had an event. */
  samples: ReadonlyMap<number, GroupSample>;
}

// Within one millisecond the recorded coordinator went first, then scripts and requests, then heartbeats.
const HEARTBEAT_RANK = 2;
const SAMPLE_RANK = 3;

const TOPICS = [{ topicId: 0, name: 'orders', partitions: [0, 1, 2, 3, 4, 5] }];

/** A consumer that does nothing but belong to the group. */
const HOST: MemberHost = {
  subscription: () => [0],
  topics: () => TOPICS,
  commitOwned: (done) => done(),
  onPartitionsRevoked: () => {},
  onPartitionsLost: () => {},
  onPartitionsAssigned: () => {},
  onState: () => {},
  onFatal: () => {},
};

/**
 * Plays the scripts with the model's members against the model's coordinator, without network delay.
 *
 * @param shortestTimerMs  1 where the recorded coordinator looked at its timers once in a millisecond, so that an initial
 *                         delay of 0 took that long
 */
export function replayTimeline(timeline: Timeline, shortestTimerMs: 0 | 1): ReplayedTimeline {
  const timers = new TestTimers();
  const initialRebalanceDelayUs = timeline.groupInitialRebalanceDelayMs * 1000;
  const minTimerUs = initialRebalanceDelayUs === 0 ? shortestTimerMs * 1000 : 0;
  const coordinatorTimers = timers.ranked(COORDINATOR_RANK, minTimerUs);
  const testGroup = new TestGroup(timers, { initialRebalanceDelayUs }, null, coordinatorTimers);
  const events: TimelineEvent[] = [];
  const samples = new Map<number, GroupSample>();

  timeline.members.forEach((script, client) => {
    playScript(script, client, testGroup, timers, (event, facts) => {
      events.push({ t: timers.nowUs / 1000, member: script.member, event, ...facts });
    });
  });
  for (const t of new Set(timeline.events.map((event) => event.t))) {
    timers.at(t * 1000, SAMPLE_RANK, () => {
      samples.set(t, { state: testGroup.group.state, generation: testGroup.group.generation });
    });
  }
  timers.runUntil(timeline.until * 1000);
  for (const { atUs, member, reason } of testGroup.removals) {
    if (reason !== 'session.expired') continue;
    const name = timeline.members[member.client]!.member;
    events.push({ t: atUs / 1000, member: name, event: 'session timer fired', removed: true });
  }
  return { events, samples };
}

function playScript(
  script: MemberScript,
  client: number,
  { group }: TestGroup,
  timers: TestTimers,
  write: (event: string, facts?: object) => void,
): void {
  let isBusy = false;
  const at = (timeMs: number | undefined, run: () => void) => {
    if (timeMs !== undefined) timers.at(timeMs * 1000, CLIENT_RANK, run);
  };
  const member: ClassicMember = new ClassicMember(memberConfig(script, client), [rangeAssignor], {
    timers: timers.ranked(HEARTBEAT_RANK),
    nextUniform: () => 0.5,
    coordinator: scriptedClient(script, {
      group,
      timers,
      write,
      isBusy: () => isBusy,
      isLeader: () => member.isLeader,
    }),
    host: HOST,
  });
  at(script.start, () => void member.poll());
  at(script.busyFrom, () => {
    isBusy = true;
    member.returnFromPoll();
  });
  at(script.busyTo, () => {
    isBusy = false;
    member.poll();
  });
  at(script.crashAt, () => {
    write('crash');
    member.crash();
  });
  at(script.leaveAt, () => member.close(() => {}));
}

function memberConfig(script: MemberScript, client: number): ConstructorParameters<typeof ClassicMember>[0] {
  return {
    client,
    clientId: script.member,
    groupInstanceId: script.groupInstanceId ?? null,
    rack: null,
    sessionTimeoutUs: script.sessionTimeoutMs * 1000,
    heartbeatIntervalUs: script.heartbeatMs * 1000,
    maxPollIntervalUs: script.rebalanceTimeoutMs * 1000,
    requestTimeoutUs: 30_000_000,
    retryBackoffUs: 100_000,
    retryBackoffMaxUs: 1_000_000,
  };
}
