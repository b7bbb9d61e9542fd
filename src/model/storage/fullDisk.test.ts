import { describe, expect, test } from 'vitest';
import { orders } from '../testing/orders.ts';
import { type Played, play, seconds } from '../testing/play.ts';

function run(duration: string, disks: string, more: Partial<Parameters<typeof orders>[0]> = {}, seed = 'test'): Played {
  const text = orders({ duration, cluster: ['eligibleLeaderReplicas: false'], ...more });
  return play(text.replace('  brokers: 3\n', `  brokers: { count: 3, hardware: { disks: ${disks} } }\n`), { seed });
}

describe('a disk on which nothing fits any more', () => {
  test('is an I/O error like any other: a broker with one log directory halts at the next append', () => {
    const { ask } = run('60s', '[{ size: 1GB }]', { failures: ['name: full, at: 20s, fillDisk: { broker: 1 }'] });
    const [offline] = ask.events('logDir.offline');
    expect(offline).toMatchObject({ disk: 1, replicas: 3, halts: true, why: 'no space left on device' });
    expect(offline!.atUs - seconds(20)).toBeLessThan(seconds(1));
    expect(ask.at('orders-0', seconds(60))).toMatchObject({ leader: 2, isr: [2, 3] });
    expect(ask.fates()).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0, failed: 0 });
  });

  test('takes only its directory where there are more, until somebody makes room and restarts the broker', () => {
    const failures = ['name: full, at: 20s, for: 30s, fillDisk: { broker: 1, disk: 2 }'];
    const { ask } = run('2m', '[{ size: 1GB }, { size: 1GB }]', { failures });
    expect(ask.events('logDir.offline')).toMatchObject([{ disk: 2, replicas: 1, halts: false }]);
    expect(ask.at('orders-0', seconds(45)).isr).toContain(1);
    expect(ask.at('orders-1', seconds(45)).isr).not.toContain(1);
    expect(ask.at('orders-1', seconds(120)).isr).toContain(1);
    // What was written before is still there: the disk was full and not broken.
    expect(ask.events('log.lost')).toEqual([]);
  });

  test('lets no broker start: it dies again, and comes back when there is room', () => {
    const failures = [
      'name: full, at: 20s, for: 60s, fillDisk: { broker: 1 }',
      'name: supervisor, at: 19s, for: 15s, crash: { broker: 1 }',
    ];
    const { ask } = run('2m', '[{ size: 1GB }]', { failures });
    const exits = ask.events('broker.exited').filter(({ broker }) => broker === ask.broker(1));
    expect(exits).toHaveLength(1);
    expect(exits[0]!.atUs / 1e6).toBeCloseTo(35.5, 1);
    expect(ask.events('broker.registrationRefused')).toEqual([]);
    const running = ask.events('broker.state').filter(({ broker, to }) => broker === ask.broker(1) && to === 'RUNNING');
    expect(running.at(-1)!.atUs).toBeGreaterThan(seconds(80));
    expect(ask.at('orders-0', seconds(120)).isr).toContain(1);
  });

  test('is filled by what Kafka itself keeps: retention that is too long takes one broker after the other', () => {
    const { ask } = run('2m', '[{ size: 20MB }]', { rate: '3000/s' });
    const halted = ask.events('logDir.offline').map(({ broker }) => ask.brokerId(broker));
    expect(new Set(halted)).toEqual(new Set([1, 2, 3]));
    expect(ask.at('orders-0', seconds(120)).leader).toBe(-1);
    expect(ask.fates()).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0 });
  });

  test('does not come about when retention deletes in time; a deleted segment frees its room after file.delete.delay.ms', () => {
    const topic =
      'min.insync.replicas: 2, segment.bytes: 1MiB, retention.bytes: 2MiB, retention.ms: 7d, file.delete.delay.ms: 10s';
    const cluster = ['eligibleLeaderReplicas: false', 'config: { log.retention.check.interval.ms: 5000 }'];
    const { ask } = run('3m', '[{ size: 40MB }]', { rate: '3000/s', topic, cluster });
    expect(ask.events('logDir.offline')).toEqual([]);
    // The first pass comes 30 s after a start.
    const use = ask.events('disk.usage').filter(({ broker, atUs }) => broker === ask.broker(1) && atUs > seconds(60));
    const peak = Math.max(...use.map(({ usedBytes }) => usedBytes));
    // Three logs of 2 to 3 MiB, and what 15 s bring before it is deleted and gone.
    expect(peak).toBeGreaterThan(9e6);
    expect(peak).toBeLessThan(24e6);
    expect(use.some(({ usedBytes }, i) => i > 0 && usedBytes < use[i - 1]!.usedBytes)).toBe(true);
  });
});

describe('a controller that cannot be told of a failed directory', () => {
  test('within log.dir.failure.timeout.ms: the broker shuts down', () => {
    const failures = [
      'name: cut, at: 19s, for: 60s, partition: { between: [broker 1, controllers of kafka] }',
      'name: disk, at: 20s, failDisk: { broker: 1, disk: 2 }',
    ];
    const { ask } = run('2m', '[{ size: 1GB }, { size: 1GB }]', { failures });
    const [offline] = ask.events('logDir.offline');
    const stopping = ask.events('broker.state').find(({ to }) => to === 'PENDING_CONTROLLED_SHUTDOWN')!;
    expect((stopping.atUs - offline!.atUs) / 1e6).toBeCloseTo(30, 3);
  });
});
