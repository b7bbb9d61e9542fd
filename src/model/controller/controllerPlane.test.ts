import { describe, expect, test } from 'vitest';
import { Bed } from './testbed.ts';

describe('a broker is killed', () => {
  test('it is fenced 7.0 to 10.13 s later, anywhere in between, and its leaderships move in one batch', () => {
    const delays: number[] = [];
    for (let seed = 0; seed < 200; seed++) {
      const bed = new Bed({ seed: `kill ${seed}` });
      bed.runTo(6);
      const cause = bed.kill(bed.brokers[0]!);
      bed.runTo(20);
      const [fence] = bed.of('broker.control');
      expect(fence).toMatchObject({ broker: 0, from: 'UNFENCED', to: 'FENCED', cause });
      delays.push(fence!.at - 6);
      const changes = bed.of('partition.changed').slice(3);
      expect(changes.map((c) => [c.leader, c.isr, c.leaderEpoch, c.cause])).toEqual([
        [1, [1, 2], 1, fence!.id],
        [1, [1, 2], 0, fence!.id],
        [2, [2, 1], 0, fence!.id],
      ]);
    }
    delays.sort((a, b) => a - b);
    expect(delays[0]).toBeGreaterThan(7);
    expect(delays.at(-1)).toBeLessThan(10.16); // + append linger and commit
    expect(delays[100]).toBeGreaterThan(8.3);
    expect(delays[100]).toBeLessThan(8.9);
    expect(delays[10]).toBeLessThan(7.8);
    expect(delays[190]).toBeGreaterThan(9.3);
  });
});
