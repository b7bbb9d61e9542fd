import { describe, expect, test } from 'vitest';
import { RandomStreams } from '../../sim/randomStreams.ts';
import { JavaRandom, javaShuffle } from '../algorithms/javaRandom.ts';
import { connectOrder } from './hostProvider.ts';

describe('java.util.Random', () => {
  test('draws what Java draws: new Random(42).nextInt(10)', () => {
    const random = new JavaRandom(0, 42);
    expect(Array.from({ length: 10 }, () => random.nextInt(10))).toEqual([0, 3, 8, 4, 0, 5, 5, 8, 9, 3]);
  });

  test('keeps the high bits for a power of two', () => {
    const random = new JavaRandom(0, 0);
    expect(Array.from({ length: 6 }, () => random.nextInt(16))).toEqual([11, 13, 3, 9, 10, 4]);
  });

  test('shuffles without losing anything', () => {
    expect(javaShuffle([1, 2, 3, 4, 5], new JavaRandom(0, 7)).sort()).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('two brokers that name two ZooKeepers in zookeeper.connect', () => {
  const draws = 4000;
  const random = new RandomStreams('host-provider').stream('clock');
  const alike = (distanceMs: number): number => {
    let same = 0;
    for (let i = 0; i < draws; i++) {
      const clockMs = 1_700_000_000_000 + random.uniformInt(0, 1_000_000_000);
      const hash = random.uniformInt(0, 0x2000000);
      if (connectOrder(['a', 'b'], clockMs, hash)[0] === connectOrder(['a', 'b'], clockMs + distanceMs, hash)[0])
        same++;
    }
    return same / draws;
  };

  // Computed in the evidence (evidence/lab/two-zookeepers.json) from how the client shuffles.
  test.each([
    [50, 0.98],
    [100, 0.95],
    [200, 0.91],
    [500, 0.79],
    [1000, 0.66],
  ])('choose alike when they start %i ms apart in about %f of the cases', (distanceMs, share) => {
    expect(Math.abs(alike(distanceMs) - share)).toBeLessThan(0.035);
  });

  test('choose about evenly when they start seconds apart', () => {
    for (const distanceMs of [3_000, 10_000, 60_000]) expect(Math.abs(alike(distanceMs) - 0.5)).toBeLessThan(0.12);
  });
});
