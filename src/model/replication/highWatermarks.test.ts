import { describe, expect, test } from 'vitest';
import { LAG_US, LeaderBed } from './testing/leaderBed.ts';

const SEC = 1_000_000;

describe('the high watermark', () => {
  test('is the smallest log end offset of the ISR', () => {
    const bed = new LeaderBed().append(10);
    expect(bed.highWatermark).toBe(0);
    bed.fetch(1, 10).fetch(2, 7);
    expect(bed.highWatermark).toBe(7);
  });

  test('waits for a member of the ISR that has been silent for longer than replica.lag.time.max.ms, until it is out', () => {
    const bed = new LeaderBed().append(10).fetch(1, 10).fetch(2, 4);
    bed.at(10 * LAG_US).fetch(1, 10);
    expect(bed.highWatermark).toBe(4);
    bed.scan();
    expect(bed.asked[0]).toMatchObject([{ newIsr: [0, 1] }]);
    bed.fetch(1, 10);
    expect(bed.highWatermark).toBe(4);
    bed.answer();
    expect(bed.highWatermark).toBe(10);
  });

  test('waits for a new member from the moment at which the leader asks for it', () => {
    const bed = new LeaderBed({ isr: [0, 1] }).at(10 * LAG_US);
    bed.append(10).fetch(1, 10).fetch(2, 10);
    expect(bed.asked[0]).toMatchObject([{ newIsr: [0, 1, 2] }]);
    // Long enough for the clause of those about to join to be over.
    bed
      .at(20 * LAG_US)
      .append(5)
      .fetch(1, 15);
    expect(bed.highWatermark).toBe(10);
    bed.answer().fetch(2, 15);
    expect(bed.highWatermark).toBe(15);
  });

  test('waits for a follower that is about to join: eligible, and caught up within replica.lag.time.max.ms', () => {
    const bed = new LeaderBed({ isr: [0, 1] }).at(10 * LAG_US).append(10);
    // It was caught up, and the controller refuses it for now.
    bed.fetch(2, 10).answer('INELIGIBLE_REPLICA').fetch(1, 10).append(5).fetch(1, 15);
    expect(bed.highWatermark).toBe(10);
    bed.at(11 * LAG_US).fetch(1, 15);
    expect(bed.highWatermark).toBe(10);
    bed.at(11 * LAG_US + 1).fetch(1, 15);
    expect(bed.highWatermark).toBe(15);
  });

  test('does not wait for one that was caught up and cannot join, because it is fenced', () => {
    const bed = new LeaderBed({ isr: [0, 1] }).at(10 * LAG_US).append(10);
    bed.fetch(2, 10).answer('INELIGIBLE_REPLICA');
    bed.inactive.add(2);
    bed.fetch(1, 10).append(5).fetch(1, 15);
    expect(bed.highWatermark).toBe(15);
  });

  test('does not wait for a follower outside the ISR that never caught up', () => {
    const bed = new LeaderBed({ isr: [0, 1], logEnd: 10, electedUs: SEC }).at(SEC).append(10).fetch(2, 3).fetch(1, 20);
    expect(bed.highWatermark).toBe(20);
  });

  test('is the log end at once when the leader is alone', () => {
    expect(new LeaderBed({ isr: [0], electedUs: -LAG_US - 1 }).append(8).highWatermark).toBe(8);
  });

  test('never moves back, though a member of the ISR starts again from below', () => {
    const bed = new LeaderBed().append(10).fetch(1, 10).fetch(2, 10).fetch(2, 3);
    expect(bed.highWatermark).toBe(10);
  });
});

describe('below min.insync.replicas the high watermark', () => {
  const ALONE = { isr: [0], minIsr: 2, electedUs: -LAG_US - 1 } as const;

  test('stands still from 3.7 on', () => {
    expect(new LeaderBed({ ...ALONE, kafka: '3.7' }).append(8).highWatermark).toBe(0);
  });

  test('goes on up to 3.6', () => {
    expect(new LeaderBed({ ...ALONE, kafka: '3.6' }).append(8).highWatermark).toBe(8);
  });

  test('goes on once the controller has committed the member that was missing, not when the leader asks for it', () => {
    const bed = new LeaderBed({ ...ALONE, kafka: '4.1' }).append(8).fetch(1, 8);
    expect(bed.asked).toHaveLength(1);
    expect(bed.highWatermark).toBe(0);
    expect(bed.answer().highWatermark).toBe(8);
  });

  test('is judged by as many replicas as there are when min.insync.replicas asks for more', () => {
    const bed = new LeaderBed({ replicas: [0, 1], isr: [0, 1], minIsr: 3 }).append(8).fetch(1, 8);
    expect(bed.highWatermark).toBe(8);
  });
});
