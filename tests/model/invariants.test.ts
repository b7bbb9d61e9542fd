import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordsOf } from '../../src/model/testing/fates.ts';
import { type RandomScenario, randomScenario } from '../../src/model/testing/faultSchedules.ts';
import { type Played, play } from '../../src/model/testing/play.ts';

/** Plays random clusters under random faults; a failure prints the scenario and the seed that repeat it. */
function always(only: Partial<RandomScenario>, seed: number, numRuns: number, law: (played: Played) => void): void {
  fc.assert(
    fc.property(randomScenario(only), (scenario) => {
      law(play(scenario.yaml, { seed: scenario.seed }));
    }),
    { numRuns, seed, endOnFailure: true },
  );
}

function hasUncleanElection({ ask }: Played): boolean {
  return ask.events('partition.changed').some((event) => event.unclean);
}

describe('under any mixture of crashes, freezes, stops, cuts and slow disks', () => {
  test('every record that was offered has exactly one outcome: acknowledged, failed, never sent or still open', () => {
    always({}, 1, 60, ({ end, ask, trace }) => {
      expect(end).toBe('reached');
      const fates = ask.fates();
      expect(fates.miscounted).toBe(0);
      expect(fates.offered).toBe(fates.acknowledged + fates.failed + fates.neverSent + fates.unresolved);
      expect(recordsOf(trace.offers)).toBeGreaterThan(0);
    });
  });

  test('a partition has at most one leader in each leader epoch', () => {
    always({}, 2, 40, ({ ask }) => {
      const leaders = new Map<string, number>();
      for (const { partition, leaderEpoch, broker } of ask.events('replica.leading')) {
        const key = `${partition}/${leaderEpoch}`;
        expect(leaders.get(key) ?? broker).toBe(broker);
        leaders.set(key, broker);
      }
    });
  });

  test('leader epoch and partition epoch never go back', () => {
    always({}, 3, 30, ({ ask }) => {
      const last = new Map<number, { leaderEpoch: number; partitionEpoch: number }>();
      for (const event of ask.events('partition.changed')) {
        const before = last.get(event.partition);
        if (before !== undefined) {
          expect(event.leaderEpoch).toBeGreaterThanOrEqual(before.leaderEpoch);
          expect(event.partitionEpoch).toBe(before.partitionEpoch + 1);
        }
        last.set(event.partition, event);
      }
    });
  });

  test('the high watermark rises, and never falls while one leader leads in one epoch', () => {
    always({}, 4, 40, ({ trace, ask }) => {
      const terms = ask.events('replica.leading');
      const highest = new Map<string, number>();
      for (const { partition, broker, offset, atUs } of trace.highWatermarks) {
        const term = terms.findLast((one) => one.partition === partition && one.broker === broker && one.atUs <= atUs);
        const key = `${partition}/${broker}/${term?.leaderEpoch}`;
        expect(offset).toBeGreaterThan(highest.get(key) ?? -1);
        highest.set(key, offset);
      }
    });
  });

  test('a leader is always in its own ISR, and the ISR within the replicas', () => {
    always({}, 5, 30, ({ ask, trace }) => {
      for (const { leader, isr, partition } of ask.events('partition.changed')) {
        if (leader >= 0) expect(isr).toContain(leader);
        for (const broker of isr) expect(trace.cast.partitions[partition]!.replicas).toContain(broker);
        expect(new Set(isr).size).toBe(isr.length);
      }
    });
  });

  test('what acks=all acknowledged is in the surviving log, unless a leader was elected uncleanly', () => {
    always({ acks: 'all' }, 6, 80, (played) => {
      if (hasUncleanElection(played)) return;
      expect(played.ask.fates().acknowledgedAndLost).toBe(0);
    });
  });

  test('an idempotent producer leaves no duplicate and no reordering, unless a leader was elected uncleanly', () => {
    always({ acks: 'all', idempotent: true }, 7, 80, (played) => {
      if (hasUncleanElection(played)) return;
      expect(played.ask.fates().storedTwice).toBe(0);
      expect(played.ask.backwardSteps()).toBe(0);
    });
  });

  test('the same seed tells the same story twice, another seed another one', () => {
    always({}, 8, 15, ({ scenario, trace }) => {
      const again = play(scenario.source.text, { seed: scenario.seed });
      expect(again.trace.digest).toBe(trace.digest);
      expect(play(scenario.source.text, { seed: `${scenario.seed}x` }).trace.digest).not.toBe(trace.digest);
    });
  });
});

describe('the laws above are worth something, because', () => {
  test('acks=1 does lose acknowledged records and, retrying, leaves them out of order', () => {
    let lost = 0;
    let reordered = 0;
    always({ acks: '1' }, 9, 40, ({ ask }) => {
      lost += ask.fates().acknowledgedAndLost;
      reordered += ask.backwardSteps();
    });
    expect(lost).toBeGreaterThan(0);
    expect(reordered).toBeGreaterThan(0);
  });

  test('acks=all without idempotence does leave records twice', () => {
    let doubled = 0;
    always({ acks: 'all', idempotent: false }, 10, 20, ({ ask }) => {
      doubled += ask.fates().storedTwice;
    });
    expect(doubled).toBeGreaterThan(0);
  });
});
