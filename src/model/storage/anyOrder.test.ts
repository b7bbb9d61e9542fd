import { describe, expect, test } from 'vitest';
import { RandomStreams } from '../../sim/index.ts';
import { orders } from '../testing/orders.ts';
import { play, seconds } from '../testing/play.ts';

/** So many faults of machines and disks at any time, over one another, all undone within four minutes. */
function schedule(seed: string): string[] {
  const random = new RandomStreams(seed).stream('schedule');
  const broker = (): number => random.uniformInt(1, 4);
  const disk = (): number => random.uniformInt(1, 3);
  const verbs = [
    () => `powerLoss: { broker: ${broker()} }`,
    () => 'powerLoss: [broker 1, controllers of kafka]',
    () => `failDisk: { broker: ${broker()}, disk: ${disk()} }`,
    () => `failDisk: { anyOf: brokers of kafka }`,
    () => `fillDisk: { broker: ${broker()}, disk: ${disk()} }`,
    () => `slow: { broker: ${broker()}, disk: stall }`,
    () => `crash: { broker: ${broker()} }`,
    () => `stop: { broker: ${broker()} }`,
    () => `freeze: { broker: ${broker()} }`,
  ];
  return Array.from({ length: 5 }, (_, i) => {
    const atSec = random.uniformInt(5, 150);
    const forSec = random.uniformInt(1, 70);
    return `name: f${i}, at: ${atSec}s, for: ${forSec}s, ${verbs[random.uniformInt(0, verbs.length)]!()}`;
  });
}

const SEEDS = Array.from({ length: 16 }, (_, i) => `any-${i}`);

describe('faults of machines and disks, over one another', () => {
  test.each(SEEDS)('%s: every record is accounted for, and the cluster is whole when all is repaired', (seed) => {
    const combined = seed.endsWith('3') ? ['controllers: { combined: true, count: 3 }'] : [];
    const text = orders({ duration: '7m', rate: '30/s', failures: schedule(seed), cluster: combined }).replace(
      '  brokers: 3\n',
      '  brokers: { count: 3, hardware: { disks: [{ size: 1GB }, { size: 1GB }] } }\n',
    );
    const { ask, trace } = play(text, { seed });
    const { miscounted, storedTwice } = ask.fates();
    expect(miscounted + storedTwice).toBe(0);
    for (const event of ask.events('log.lost')) expect(event.toOffset).toBeLessThan(event.fromLogEndOffset);
    for (const broker of trace.cast.brokers.keys())
      expect(ask.events('broker.state').findLast((event) => event.broker === broker)!.to).toBe('RUNNING');
    for (const name of ['orders-0', 'orders-1', 'orders-2']) {
      const { leader, isr } = ask.at(name, seconds(420));
      expect(leader).toBeGreaterThan(0);
      expect([...isr].sort()).toEqual([1, 2, 3]);
    }
  });
});
