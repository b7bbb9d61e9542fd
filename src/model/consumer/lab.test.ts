/** What real groups did (evidence/lab/group-*.json, coordinator-term-classic.json), over several seeds. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { seconds } from '../testing/play.ts';
import {
  assignmentChanges,
  lastChangeUs,
  longestPauseUs,
  memberOf,
  membersGivingUp,
  playGroup,
  readingOf,
} from './testing/groupRun.ts';

interface Fact {
  readonly fact: string;
  readonly between?: readonly [number, number];
  readonly equals?: number;
}

const SEEDS = ['a', 'b', 'c', 'd', 'e'];
const FAULT_US = seconds(25);
const COOPERATIVE = 'CooperativeStickyAssignor';

function factsOf(labCase: string): readonly Fact[] {
  const file = new URL(`../../../evidence/lab/${labCase}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')).facts;
}

/** @param value  in the fact's unit: ms or a count */
function expectFact(labCase: string, words: string, value: number): void {
  const fact = factsOf(labCase).find((one) => one.fact.includes(words));
  if (fact === undefined) throw new Error(`${labCase} has no fact '${words}'`);
  if (fact.equals !== undefined) expect(value).toBe(fact.equals);
  else {
    expect(value).toBeGreaterThanOrEqual(fact.between![0]);
    expect(value).toBeLessThanOrEqual(fact.between![1]);
  }
}

describe.each(SEEDS)('seed %s', (seed) => {
  test('a first member waits for the initial rebalance delay', () => {
    const run = playGroup({ seed, duration: '10s', instances: 1 });
    const [taken] = assignmentChanges(run);
    expect(taken!.partitions.length).toBe(6);
    expectFact('group-first-range', 'until it has all partitions', taken!.atUs / 1000);
  });

  test('a crashed member’s partitions wait for its session of 45 s, and an eager group gives up everything', () => {
    const more = 'failures:\n  - { name: kill, at: 25s, crashClient: billing/1 }';
    const run = playGroup({ seed, more });
    const dead = memberOf(run, 1);
    expectFact('group-crash-range', 'last survivor has its new partitions', lastChangeUs(run, FAULT_US) / 1000);
    expectFact('group-crash-range', 'had to give up', membersGivingUp(run, FAULT_US, [dead]).length);
    expect(run.ask.events('group.member').at(-1)).toMatchObject({ client: dead, change: 'expired' });
    expect(readingOf(run.trace).skipped).toBe(0);
  });

  test('a cooperative group lets go only of what moves when a member joins', () => {
    const run = playGroup({
      seed,
      duration: '50s',
      instances: 4,
      group: 'startsAt: [0s, 0s, 0s, 25s]',
      assignor: COOPERATIVE,
    });
    const joiner = memberOf(run, 3);
    expectFact('group-join-coop', 'last change of assignment', lastChangeUs(run, FAULT_US) / 1000);
    expectFact('group-join-coop', 'had to give up', membersGivingUp(run, FAULT_US, [joiner]).length);
    const reading = readingOf(run.trace);
    expect(reading.skipped).toBe(0);
    // Cooperative members go on reading between their commit and the revocation (KAFKA-14196 holds back eager ones only).
    const moved = assignmentChanges(run, FAULT_US).flatMap((event) => event.removed);
    for (const partition of reading.againIn) expect(moved).toContain(partition);
  });

  test('a member that closes leaves at once', () => {
    const more = 'failures:\n  - { name: leaves, at: 25s, leaveGroup: billing/1 }';
    const run = playGroup({ seed, duration: '50s', assignor: COOPERATIVE, more });
    expectFact('group-leave-coop', 'last survivor has its new partitions', lastChangeUs(run, FAULT_US) / 1000);
    expect(run.ask.events('group.member').at(-1)).toMatchObject({ client: memberOf(run, 1), change: 'left' });
    expect(readingOf(run.trace)).toMatchObject({ skipped: 0, again: 0 });
  });

  test('a static member that comes back within its session finds its partitions, and nobody else notices', () => {
    const more = 'failures:\n  - { name: restart, at: 25s, for: 8s, crashClient: billing/1 }';
    const run = playGroup({ seed, duration: '60s', group: 'static: true', more });
    const restarted = memberOf(run, 1);
    const after = assignmentChanges(run, FAULT_US);
    expectFact('group-static-range', 'of the other two', after.filter((event) => event.client !== restarted).length);
    const back = after.filter((event) => event.client === restarted);
    expect(back.length).toBe(1);
    expectFact('group-static-range', 'until it has its partitions', (back[0]!.atUs - FAULT_US - seconds(8)) / 1000);
    expect(run.ask.events('group.assigned').length).toBe(1);
    expect(readingOf(run.trace).skipped).toBe(0);
  });

  test('a coordinator that gets SIGTERM hands its groups over without a rebalance', () => {
    const more = 'failures:\n  - { name: term, at: 25s, stop: { coordinatorOf: billing } }';
    const run = playGroup({ seed, duration: '60s', brokers: 3, more });
    const [before, ...later] = run.ask.events('group.coordinator');
    expect(later.length).toBe(1);
    expectFact('coordinator-term-classic', 'has a new leader', (later[0]!.atUs - FAULT_US) / 1000);
    const orders = [0, 1, 2, 3, 4, 5];
    const led = orders.filter(
      (partition) =>
        run.ask.events('partition.changed').find((one) => one.partition === partition)!.leader === before!.broker,
    );
    const others = orders.filter((partition) => !led.includes(partition));
    expectFact('coordinator-term-classic', 'partitions led by', longestPauseUs(run.trace, led, FAULT_US) / 1000);
    expectFact('coordinator-term-classic', 'other partitions', longestPauseUs(run.trace, others, FAULT_US) / 1000);
    expectFact('coordinator-term-classic', 'rebalances', run.ask.events('group.assigned').length - 1);
    expectFact('coordinator-term-classic', 'delivered twice', readingOf(run.trace).again);
    expect(readingOf(run.trace).skipped).toBe(0);
  });
});
