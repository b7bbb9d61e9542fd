import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { GroupTimers } from './groupPorts.ts';
import { joinRequest, seconds, TestGroup } from './testGroup.ts';
import { TestTimers } from './testTimers.ts';

interface InitialDelay {
  groupInitialRebalanceDelayMs: number;
  maxRebalanceTimeoutMs: number;
  memberJoinTimesMs: number[];
  timerFiringsMs: number[];
  firstGenerationCompletesAtMs: number;
}

const cases: InitialDelay[] = JSON.parse(
  readFileSync(new URL('../../../evidence/vectors/classic-group-initial-delay.json', import.meta.url), 'utf8'),
).cases;

/** A join exactly when a timer fires is handled first. */
const JOIN_RANK = 0;
const TIMER_RANK = 1;

function play(vector: InitialDelay) {
  const timers = new TestTimers();
  const firingsMs: number[] = [];
  const inner = timers.ranked(TIMER_RANK);
  const watched: GroupTimers = {
    ...inner,
    schedule: (atUs, run) =>
      inner.schedule(atUs, () => {
        firingsMs.push(timers.nowUs / 1000);
        run();
      }),
  };
  const config = { initialRebalanceDelayUs: vector.groupInitialRebalanceDelayMs * 1000 };
  const { group, generations } = new TestGroup(timers, config, null, watched);
  vector.memberJoinTimesMs.forEach((atMs, client) => {
    const request = joinRequest(client, {
      rebalanceTimeoutUs: vector.maxRebalanceTimeoutMs * 1000,
      sessionTimeoutUs: seconds(1800),
    });
    timers.at(atMs * 1000, JOIN_RANK, () =>
      group.join(request, ({ memberId }) => group.join({ ...request, memberId }, () => {})),
    );
  });
  timers.runUntil(vector.firstGenerationCompletesAtMs * 1000);
  return { firingsMs, firstGenerationCompletesAtMs: (generations[0]?.atUs ?? Number.NaN) / 1000 };
}

describe('classic-group-initial-delay: the first rebalance of an Empty group waits for more members', () => {
  test.each(cases)(
    'delay $groupInitialRebalanceDelayMs, rebalance timeout $maxRebalanceTimeoutMs, joins at $memberJoinTimesMs',
    (vector) => {
      expect(play(vector)).toEqual({
        firingsMs: vector.timerFiringsMs,
        firstGenerationCompletesAtMs: vector.firstGenerationCompletesAtMs,
      });
    },
  );
});
