import { describe, expect, test } from 'vitest';
import { type AnyStateMachine, transition } from 'xstate';
import type { KafkaError } from '../../kafka/errors.ts';
import { type ClassicGroupEvent, type ClassicGroupState, classicGroupMachine } from './classicGroupMachine.ts';
import { joinRequest, seconds, TestGroup } from './testGroup.ts';
import { TestTimers } from './testTimers.ts';

type Event = ClassicGroupEvent['type'];

const STATES: ClassicGroupState[] = ['Empty', 'PreparingRebalance', 'CompletingRebalance', 'Stable', 'Dead'];
const EVENTS: Event[] = [
  'member.added',
  'member.rejoined',
  'member.removed',
  'join.completed',
  'join.completedEmpty',
  'assignment.stored',
  'assignment.failed',
  'group.unloaded',
];

function xstateAnswer(machine: AnyStateMachine, state: string, event: string): string {
  const snapshot = machine.resolveState({ value: state, context: {} });
  const [next] = transition(machine, snapshot, { type: event });
  return next.value as string;
}

/** A group of three that was brought into a state, with the write of its first assignment still unanswered. */
class Fixture {
  readonly timers = new TestTimers();
  readonly test = new TestGroup(this.timers);
  readonly memberIds: string[] = [];
  readonly answerWrite: (error: KafkaError) => void;

  constructor(state: ClassicGroupState) {
    const held: ((error: KafkaError) => void)[] = [];
    this.test.persist = (done) => void held.push(done);
    for (let client = 0; client < 3; client++) this.add(client);
    this.timers.runUntil(seconds(6));
    const [leader] = this.memberIds;
    this.sync(leader as string);
    this.answerWrite = held[0] as (error: KafkaError) => void;
    if (state === 'Stable') this.answerWrite('NONE');
    if (state === 'PreparingRebalance' || state === 'Empty') this.add(3);
    if (state === 'Empty') this.leaveAll();
    if (state === 'Dead') this.test.group.unload();
    expect(this.test.group.state).toBe(state);
  }

  add(client: number): void {
    this.test.group.join(joinRequest(client), ({ memberId }) => {
      if (memberId === '') return;
      this.memberIds.push(memberId);
      this.test.group.join(joinRequest(client, { memberId }), () => {});
    });
  }

  sync(memberId: string): void {
    const { generation } = this.test.group;
    const request = { memberId, groupInstanceId: null, generation, protocolName: 'range', assignments: new Map() };
    this.test.group.sync(request, () => {});
  }

  leaveAll(): void {
    // The one that has rejoined goes first, or its round would be complete as soon as the others are gone.
    for (const memberId of [...this.memberIds].reverse()) this.test.group.leave({ memberId, groupInstanceId: null });
  }
}

/** How each fact comes about; null where a group in that state cannot meet it. */
function bringAbout(event: Event, state: ClassicGroupState, fixture: Fixture): (() => void) | null {
  const { group } = fixture.test;
  const [first] = fixture.memberIds as [string];
  switch (event) {
    case 'member.added':
      return () => fixture.add(9);
    case 'member.rejoined':
      return () => group.join(joinRequest(0, { memberId: first }), () => {});
    case 'member.removed':
      return () => void group.leave({ memberId: first, groupInstanceId: null });
    case 'join.completed':
      return state === 'PreparingRebalance' ? () => fixture.timers.runUntil(seconds(400)) : null;
    case 'join.completedEmpty':
      return state === 'PreparingRebalance' ? () => fixture.leaveAll() : null;
    case 'assignment.stored':
      return () => fixture.answerWrite('NONE');
    case 'assignment.failed':
      return () => fixture.answerWrite('NOT_ENOUGH_REPLICAS');
    case 'group.unloaded':
      return () => group.unload();
  }
}

/** A rejoin in CompletingRebalance with the same metadata is only answered again; here it brings other metadata. */
const REJOINING_LEADER_NEEDS_NEWS: ClassicGroupState = 'CompletingRebalance';

describe('the coordinator moves a classic group as its machine says', () => {
  const pairs = STATES.flatMap((state) => EVENTS.map((event) => ({ state, event })));

  test.each(pairs)('$state on $event', ({ state, event }) => {
    const fixture = new Fixture(state);
    const expected = xstateAnswer(classicGroupMachine, state, event);
    let act = bringAbout(event, state, fixture);
    if (event === 'member.rejoined' && state === REJOINING_LEADER_NEEDS_NEWS) {
      const metadata = { topics: [0, 1], ownedPartitions: [], generation: -1, rack: null };
      const request = joinRequest(0, {
        memberId: fixture.memberIds[0] as string,
        protocols: [{ name: 'range', metadata }],
      });
      act = () => fixture.test.group.join(request, () => {});
    }
    const before = fixture.test.states.length;
    act?.();
    const change = fixture.test.states[before];
    expect(change?.to ?? state).toBe(expected);
  });
});
