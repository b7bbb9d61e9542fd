import { describe, expect, test } from 'vitest';
import { LAG_US, LeaderBed } from './testing/leaderBed.ts';

const SEC = 1_000_000;
/** Broker 2 is not in the ISR of a leader with 10 records, of which the high watermark knows 4. */
const OUTSIDE = { isr: [0, 1], logEnd: 10, highWatermark: 4, electedUs: -LAG_US } as const;

describe('a leader asks for a follower to join the ISR', () => {
  test('when it has reached the high watermark, not the log end', () => {
    const bed = new LeaderBed({ isr: [0, 1], logEnd: 0, highWatermark: 0 }).at(100 * SEC);
    bed.append(10).fetch(1, 10).append(5);
    expect(bed.highWatermark).toBe(10);
    expect(bed.fetch(2, 9).asked).toEqual([]);
    expect(bed.fetch(2, 10).asked[0]).toMatchObject([{ newIsr: [0, 1, 2], reason: 'isrExpand', partitionEpoch: 7 }]);
  });

  test('but never below the start of the leader epoch, where the high watermark of a new leader may still lie', () => {
    const bed = new LeaderBed(OUTSIDE).at(100 * SEC);
    expect(bed.fetch(2, 5).asked).toEqual([]);
    expect(bed.fetch(2, 9).asked).toEqual([]);
    expect(bed.fetch(2, 10).asked).toHaveLength(1);
  });

  test('not while the follower is fenced or stops', () => {
    const bed = new LeaderBed(OUTSIDE).at(100 * SEC);
    bed.inactive.add(2);
    expect(bed.fetch(2, 10).asked).toEqual([]);
    bed.inactive.delete(2);
    expect(bed.fetch(2, 10).asked).toHaveLength(1);
  });

  test('not for fetches of another incarnation than the registered one, and for those that name none (KIP-903)', () => {
    expect(new LeaderBed(OUTSIDE).at(100 * SEC).fetch(2, 10, 9).asked).toEqual([]);
    expect(new LeaderBed(OUTSIDE).at(100 * SEC).fetch(2, 10, -1).asked).toHaveLength(1);
  });

  test('naming the broker epochs that it knows: its own, those of fetches, and -1 for who did not fetch yet', () => {
    const { asked } = new LeaderBed(OUTSIDE).at(100 * SEC).fetch(2, 10);
    expect(asked[0]).toMatchObject([{ newIsr: [0, 1, 2], newIsrEpochs: [10, -1, 12] }]);
  });

  test('not while another change is in flight', () => {
    const bed = new LeaderBed({ ...OUTSIDE, isr: [0] }).at(100 * SEC);
    bed.fetch(2, 10).fetch(1, 10);
    expect(bed.asked).toHaveLength(1);
    expect(bed.answer().fetch(1, 10).asked[0]).toMatchObject([{ newIsr: [0, 2, 1], partitionEpoch: 8 }]);
  });
});

describe('a leader asks for the ISR to shrink', () => {
  test('by all who have not caught up for longer than replica.lag.time.max.ms', () => {
    const bed = new LeaderBed().fetch(1, 0).fetch(2, 0).append(5).at(LAG_US);
    expect(bed.scan().asked).toEqual([]);
    expect(bed.at(LAG_US + 1).scan().asked[0]).toMatchObject([{ newIsr: [0], reason: 'isrShrink' }]);
  });

  test('not by one that is at the log end, however long it is silent', () => {
    const bed = new LeaderBed().append(5).fetch(1, 5).fetch(2, 5);
    expect(bed.at(1000 * SEC).scan().asked).toEqual([]);
  });

  test('not by one that reaches at each fetch what was the end at its last one', () => {
    const bed = new LeaderBed().fetch(1, 0).fetch(2, 0);
    for (let round = 1; round <= 100; round++) {
      bed.append(10).at(round * SEC);
      bed
        .fetch(1, (round - 1) * 10)
        .fetch(2, round * 10)
        .scan();
    }
    expect(bed.asked).toEqual([]);
  });

  test('not while a change is in flight', () => {
    const bed = new LeaderBed({ isr: [0, 1] }).append(5).at(LAG_US + 1);
    bed.fetch(2, 5);
    expect(bed.asked).toHaveLength(1);
    expect(bed.scan().asked).toHaveLength(1);
  });
});

describe('an answer to AlterPartition', () => {
  test('with success changes the ISR that the leader counts on', () => {
    const bed = new LeaderBed(OUTSIDE)
      .at(100 * SEC)
      .fetch(2, 10)
      .answer();
    expect(bed.leader.committedIsr).toEqual([0, 1, 2]);
    expect(bed.leader.pending).toBeNull();
  });

  test.each(['INELIGIBLE_REPLICA', 'OPERATION_NOT_ATTEMPTED'])(
    'of %s reverts to what was committed; the next fetch asks again',
    (error) => {
      const bed = new LeaderBed(OUTSIDE)
        .at(100 * SEC)
        .fetch(2, 10)
        .answer(error);
      expect(bed.leader.pending).toBeNull();
      expect(bed.asked).toEqual([]);
      expect(bed.fetch(2, 10).asked).toHaveLength(1);
    },
  );

  test.each([
    'UNKNOWN_TOPIC_OR_PARTITION',
    'UNKNOWN_TOPIC_ID',
    'FENCED_LEADER_EPOCH',
    'INVALID_UPDATE_VERSION',
    'INVALID_REQUEST',
    'NEW_LEADER_ELECTED',
  ])('of %s makes the leader wait for metadata', (error) => {
    const bed = new LeaderBed(OUTSIDE)
      .at(100 * SEC)
      .fetch(2, 10)
      .answer(error);
    expect(bed.fetch(2, 10).asked).toEqual([]);
    bed.isr.adopt(bed.leader, { ...bed.leader.image, partitionEpoch: 9 });
    expect(bed.fetch(2, 10).asked[0]).toMatchObject([{ partitionEpoch: 9 }]);
  });

  test.each(['NOT_CONTROLLER', 'UNKNOWN_SERVER_ERROR'])('of %s makes the leader ask again', (error) => {
    const bed = new LeaderBed(OUTSIDE)
      .at(100 * SEC)
      .fetch(2, 10)
      .answer(error);
    expect(bed.asked[0]).toMatchObject([{ newIsr: [0, 1, 2], partitionEpoch: 7 }]);
  });

  test('that comes after newer metadata changes nothing', () => {
    const bed = new LeaderBed(OUTSIDE).at(100 * SEC).fetch(2, 10);
    bed.isr.adopt(bed.leader, { ...bed.leader.image, isr: [0], partitionEpoch: 9 });
    bed.answer();
    expect(bed.leader.committedIsr).toEqual([0]);
    expect(bed.leader.image.partitionEpoch).toBe(9);
  });
});
