import { describe, expect, test } from 'vitest';
import { orders } from '../testing/orders.ts';
import { play, seconds } from '../testing/play.ts';

describe('a leader that lost its epoch without noticing (cut from the controllers only)', () => {
  const yaml = (acks: string): string =>
    orders({
      duration: '100s',
      producer: `acks: ${acks}`,
      failures: ['name: f, at: 6s, for: 60s, partition: { between: [ { broker: 1 }, controllers of kafka ] }'],
    });

  test('truncates, once it hears of its successor, what it appended after the successor began', () => {
    const { ask, trace } = play(yaml('1'));
    const [truncated] = ask.events('replica.truncated').filter((one) => one.partition === ask.partition('orders-0'));
    const leading = ask.events('replica.leading').find((one) => one.leaderEpoch === 1)!;
    expect(ask.brokerId(truncated!.broker)).toBe(1);
    expect(truncated!.toOffset).toBe(leading.logEndOffset);
    expect(truncated!.atUs).toBeGreaterThan(seconds(66));
    const removed = trace.removals.filter(({ atUs }) => atUs === truncated!.atUs);
    expect(removed.reduce((sum, { count }) => sum + count, 0)).toBe(truncated!.fromLogEndOffset - truncated!.toOffset);
  });

  test('loses with acks=1 exactly the acknowledged records among those', () => {
    const { ask, trace } = play(yaml('1'));
    expect(ask.fates().acknowledgedAndLost).toBeGreaterThan(1_000);
    expect(ask.fates().acknowledgedAndLost).toBeLessThanOrEqual(
      trace.removals.reduce((sum, one) => sum + one.count, 0),
    );
  });

  test('loses nothing with acks=all: its followers left, so its high watermark stands still', () => {
    const { ask } = play(yaml('all'));
    expect(ask.fates()).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0, failed: 0 });
    expect(ask.longestGapUs('orders-0')).toBeGreaterThan(seconds(27));
    expect(ask.longestGapUs('orders-0')).toBeLessThan(seconds(33));
  });

  test('names as cause of the truncation the election that it did not hear of', () => {
    const { ask, trace } = play(yaml('1'));
    const truncated = ask.events('replica.truncated').find((one) => one.partition === ask.partition('orders-0'))!;
    expect(trace.events[truncated.cause]).toMatchObject({ type: 'partition.changed', leaderEpoch: 1 });
  });
});

describe('an unclean election', () => {
  const yaml = (unclean: boolean): string =>
    orders({
      duration: '114s',
      cluster: ['eligibleLeaderReplicas: false'],
      replicas: [[1, 2]],
      rate: '200/s',
      topic: `min.insync.replicas: 1, unclean.leader.election.enable: ${unclean}`,
      producer: 'delivery.timeout.ms: 60000',
      failures: [
        'name: two, at: 4s, for: 40s, crash: { broker: 2 }',
        'name: one, at: 29s, for: 55s, crash: { broker: 1 }',
      ],
    });

  test('loses what only the lost leader held, and the lost leader truncates to the new one', () => {
    const { ask } = play(yaml(true));
    const elected = ask.changes('orders-0').find((one) => one.unclean)!;
    expect(ask.brokerId(elected.leader)).toBe(2);
    expect(ask.fates().acknowledgedAndLost).toBeGreaterThan(4_600);
    expect(ask.fates().acknowledgedAndLost).toBeLessThan(5_400);
    const leading = ask.events('replica.leading').find((one) => one.leaderEpoch === elected.leaderEpoch)!;
    const truncated = ask.events('replica.truncated').find((one) => one.partition === ask.partition('orders-0'))!;
    expect([ask.brokerId(truncated.broker), truncated.toOffset]).toEqual([1, leading.logEndOffset]);
    expect(truncated.toOffset).toBeLessThan(truncated.highWatermark);
  });

  test('is the only way to such a loss: without it the partition waits for its last in-sync replica', () => {
    const { ask } = play(yaml(false));
    expect(ask.changes('orders-0').some((one) => one.unclean)).toBe(false);
    expect(ask.fates()).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0 });
    expect(ask.longestGapUs('orders-0')).toBeGreaterThan(seconds(55));
  });
});

test('two replicas that led by turns without each other find the last epoch that they share (KIP-279)', () => {
  const { ask } = play(
    orders({
      duration: '200s',
      cluster: ['eligibleLeaderReplicas: false'],
      replicas: [[1, 2]],
      rate: '30/s',
      topic: 'min.insync.replicas: 1, unclean.leader.election.enable: true',
      producer: 'acks: 1',
      failures: [
        'name: two away, at: 5s, for: 45s, crash: { broker: 2 }',
        // Broker 1 comes back in an epoch of its own, which broker 2 never sees.
        'name: one again, at: 17s, for: 5s, crash: { broker: 1 }',
        'name: one away, at: 40s, for: 60s, crash: { broker: 1 }',
        // Broker 2 leads in an epoch that broker 1 never sees, and then broker 1 leads once more.
        'name: two again, at: 75s, for: 65s, crash: { broker: 2 }',
      ],
    }),
  );
  const led = ask.events('replica.leading').filter(({ partition }) => partition === ask.partition('orders-0'));
  expect(led.map(({ broker }) => ask.brokerId(broker))).toEqual([1, 1, 2, 1]);
  const cut = ask
    .events('replica.truncated')
    .filter(({ broker }) => broker === ask.broker(2))
    .at(-1)!;
  // All that broker 2 appended as leader goes: it began where its first epoch had ended.
  expect(cut.toOffset).toBe(led[2]!.logEndOffset);
  expect(ask.at('orders-0', seconds(200)).isr).toEqual([1, 2]);
});

test('a follower never truncates below its high watermark while elections are clean', () => {
  const { ask } = play(
    orders({
      duration: '90s',
      rate: '600/s',
      failures: [
        'name: a, at: 5s, for: 12s, crash: { broker: 1 }',
        'name: b, at: 30s, for: 12s, freeze: { broker: 2 }',
        'name: c, at: 55s, for: 12s, crash: { broker: 3 }',
      ],
    }),
  );
  for (const { toOffset, highWatermark } of ask.events('replica.truncated'))
    expect(toOffset).toBeGreaterThanOrEqual(highWatermark);
});
