import { describe, expect, test } from 'vitest';
import { orders } from '../testing/orders.ts';
import { type Played, play, seconds } from '../testing/play.ts';

describe('the time from SIGTERM to the exit of the process', () => {
  function exitSec(seed: string): number {
    const failures = ['name: term, at: 6s, stop: { broker: 1 }'];
    const { ask } = play(orders({ duration: '20s', rate: '30/s', failures }), { seed });
    return ask.events('broker.exited')[0]!.atUs / 1e6 - 6;
  }

  test('is 2.6 to 6.8 s and not always the same: two or four seconds for the controller, the rest for closing', () => {
    const times = Array.from({ length: 30 }, (_, seed) => exitSec(`s${seed}`)).sort((a, b) => a - b);
    expect(times[0]).toBeGreaterThan(2.5);
    expect(times.at(-1)).toBeLessThan(7);
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(1.5);
  });

  test('grows with what is not flushed yet: 10 MB on a disk of 1 MB/s', () => {
    const failures = ['name: term, at: 20s, stop: { broker: 1 }'];
    const text = orders({ duration: '60s', rate: '2000/s', failures }).replace(
      '  brokers: 3\n',
      '  brokers: { count: 3, hardware: { disks: [{ size: 1TB, throughput: 1MB/s }] } }\n',
    );
    const { ask } = play(text, { seed: 'a' });
    const closingUs = ask.events('broker.state').find(({ to }) => to === 'SHUTTING_DOWN')!.atUs;
    expect((ask.events('broker.exited')[0]!.atUs - closingUs) / 1e6).toBeGreaterThan(3);
  });
});

describe('a broker that is restarted again and again', () => {
  function storm(kafka: string): Played {
    const failures = [
      'name: loop, every: { mtbf: 20s, mttr: 1s }, crash: { broker: 1 }',
      'name: calm, at: 4m, for: 1s, slow: { broker: 2, cpu: 2x }',
    ];
    return play(orders({ duration: '6m', kafka, rate: '30/s', failures }), { seed: 'storm' });
  }

  test.each(['3.9', '4.1'])('is refused while its former session lasts, and %s loses and doubles nothing', (kafka) => {
    const { ask } = storm(kafka);
    const refused = ask.events('broker.registrationRefused').filter(({ broker }) => broker === ask.broker(1));
    expect(refused.length).toBeGreaterThan(3);
    expect(ask.fates()).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0, miscounted: 0 });
    // A second crash during the start is an unclean one again, and no start leaves the broker half there.
    const states = ask.events('broker.state').filter(({ broker }) => broker === ask.broker(1));
    for (const [i, { from }] of states.entries()) if (i > 0) expect(from).toBe(states[i - 1]!.to);
  });
});

test('the last replica of an ISR keeps its place when it stops: only it can bring the partition back', () => {
  const failures = [
    'name: others, at: 10s, for: 60s, stop: { broker: [2, 3] }',
    'name: last, at: 30s, for: 20s, stop: { broker: 1 }',
  ];
  const cluster = ['eligibleLeaderReplicas: false'];
  const { ask } = play(orders({ duration: '3m', kafka: '4.0', cluster, rate: '30/s', failures }), { seed: 'a' });
  expect(ask.at('orders-0', seconds(45))).toMatchObject({ leader: -1, isr: [1] });
  const back = ask.changes('orders-0').find(({ leader, atUs }) => leader >= 0 && atUs > seconds(45))!;
  expect(back).toMatchObject({ leader: ask.broker(1), unclean: false, reason: 'unfenced' });
  expect(ask.fates()).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0, failed: 0 });
});

test('the high watermark of a leader that comes back alone is its log end again, though the checkpoint was behind', () => {
  const failures = ['name: kill, at: 20s, for: 15s, crash: { broker: 1 }'];
  const more = { replicas: [[1]], topic: 'min.insync.replicas: 1', rate: '100/s', failures };
  const { ask } = play(orders({ duration: '60s', ...more }), { seed: 'a' });
  const again = ask.events('replica.leading').at(-1)!;
  expect(again.highWatermark).toBeLessThan(again.logEndOffset);
  expect(again.logEndOffset - again.highWatermark).toBeLessThanOrEqual(5 * 100 + 1);
  expect(ask.fates()).toMatchObject({ acknowledgedAndLost: 0, failed: 0 });
});
