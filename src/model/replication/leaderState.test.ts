import { describe, expect, test } from 'vitest';
import { LONG_AGO_US } from './leaderState.ts';
import { LeaderBed, newImage } from './testing/leaderBed.ts';

const SEC = 1_000_000;

describe('what a leader knows of a follower', () => {
  test('begins with "caught up now" for members of the ISR, and never for others', () => {
    const bed = new LeaderBed({ isr: [0, 1], electedUs: 5 * SEC });
    expect(bed.follower(1)).toMatchObject({ logEndOffset: -1, lastCaughtUpUs: 5 * SEC });
    expect(bed.follower(2)).toMatchObject({ logEndOffset: -1, lastCaughtUpUs: LONG_AGO_US });
  });

  test('a fetch at the log end means caught up at that moment', () => {
    const follower = new LeaderBed().follower(1);
    follower.fetched(10, 7 * SEC, 10);
    expect(follower).toMatchObject({ logEndOffset: 10, lastCaughtUpUs: 7 * SEC, lastFetchUs: 7 * SEC });
  });

  test('a fetch at what was the log end at the last one means caught up at that last one', () => {
    const follower = new LeaderBed().follower(1);
    follower.fetched(0, 7 * SEC, 10);
    expect(follower.lastCaughtUpUs).toBe(0);
    follower.fetched(10, 9 * SEC, 25);
    expect(follower).toMatchObject({ lastCaughtUpUs: 7 * SEC, lastFetchLeaderLogEndOffset: 25 });
  });

  test('a fetch below that leaves it as it was, and never makes it older', () => {
    const follower = new LeaderBed().follower(1);
    follower.fetched(10, 7 * SEC, 10);
    follower.fetched(12, 9 * SEC, 25);
    expect(follower.lastCaughtUpUs).toBe(7 * SEC);
    follower.fetched(20, 11 * SEC, 40);
    expect(follower.lastCaughtUpUs).toBe(7 * SEC);
  });
});

describe('a leader', () => {
  test('counts the larger ISR while a change is in flight: the old one under a shrink, the new one under an expansion', () => {
    const bed = new LeaderBed({ isr: [0, 1] });
    expect(bed.leader.maximalIsrSize).toBe(2);
    bed
      .append(3)
      .at(100 * SEC)
      .scan();
    expect(bed.leader.pending).toMatchObject({ newIsr: [0], reason: 'isrShrink' });
    expect([bed.leader.isInMaximalIsr(1), bed.leader.maximalIsrSize]).toEqual([true, 2]);
    const other = new LeaderBed({ isr: [0, 1] }).fetch(2, 0);
    expect(other.leader.pending).toMatchObject({ newIsr: [0, 1, 2], reason: 'isrExpand' });
    expect([other.leader.isInMaximalIsr(2), other.leader.maximalIsrSize]).toEqual([true, 3]);
  });

  test('that goes on in a higher epoch keeps log ends and begins the lag of members anew', () => {
    const bed = new LeaderBed().append(10).fetch(1, 8).fetch(2, 10);
    bed.leader.renew({ ...newImage([0, 1, 2], [0, 1]), leaderEpoch: 4, partitionEpoch: 8 }, 50 * SEC);
    expect(bed.leader).toMatchObject({ leaderEpoch: 4, epochStartOffset: 10, pending: null });
    expect(bed.follower(1)).toMatchObject({
      logEndOffset: 8,
      lastCaughtUpUs: 50 * SEC,
      lastFetchLeaderLogEndOffset: 10,
    });
    expect(bed.follower(2)).toMatchObject({ logEndOffset: 10, lastCaughtUpUs: LONG_AGO_US });
  });

  test('forgets replicas that a reassignment took away and knows nothing of those that it brought', () => {
    const bed = new LeaderBed().append(10).fetch(1, 8).fetch(2, 10);
    bed.leader.adopt({ ...newImage([0, 2, 3], [0, 2]), partitionEpoch: 8 });
    expect(bed.leader.followers.map(({ broker, logEndOffset }) => [broker, logEndOffset])).toEqual([
      [2, 10],
      [3, -1],
    ]);
  });
});
