import { describe, expect, test } from 'vitest';
import { EmpiricalTable, ZipfTable } from './distributions.ts';
import { RandomStream } from './randomStream.ts';
import { RandomStreams } from './randomStreams.ts';

const DRAWS = 100_000;

type Sampler = (stream: RandomStream) => number;
const keys = new ZipfTable(1000, 1.1);
const seen = new EmpiricalTable([200, 350, 900, 15_000], [50, 40, 9, 1]);
const deck = Array.from({ length: 10 }, (_, index) => index);

const samplers: Record<string, Sampler> = {
  next: (stream) => stream.next() * 0x1_0000_0000,
  uniformInt: (stream) => stream.uniformInt(-5, 1000),
  uniformIntWide: (stream) => stream.uniformInt(0, 86_400_000_000),
  chance: (stream) => Number(stream.chance(0.3)),
  exponentialInt: (stream) => stream.exponentialInt(10_000),
  normalInt: (stream) => stream.normalInt(5000, 1200),
  lognormalInt: (stream) => stream.lognormalInt(3000, 0.8),
  jitter: (stream) => stream.jitter(700, 0.1),
  zipf: (stream) => stream.zipf(keys),
  empirical: (stream) => stream.empirical(seen),
  shuffle: (stream) => Number(stream.shuffle([...deck]).join('')),
};

/** FNV-1a over the bytes of each draw's 64-bit integer. */
function digestOf(draws: number[]): string {
  const bytes = new Uint8Array(new BigInt64Array(draws.map((draw) => BigInt(draw))).buffer);
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

function drawsOf(sampler: Sampler, seed = 'draws'): number[] {
  const stream = new RandomStream(seed);
  return Array.from({ length: DRAWS }, () => sampler(stream));
}

const meanOf = (draws: number[]) => draws.reduce((total, draw) => total + draw, 0) / draws.length;

function medianOf(draws: number[]): number {
  return draws.toSorted((x, y) => x - y)[draws.length / 2]!;
}

test('100,000 draws of each sampler are the same on every engine', () => {
  // A change here changes every golden digest of the project: it needs a changelog line that names the cause.
  const digests = Object.entries(samplers).map(([name, sampler]) => `${name} ${digestOf(drawsOf(sampler))}`);
  expect(digests).toMatchInlineSnapshot(`
    [
      "next fd1036a5",
      "uniformInt a4b0f908",
      "uniformIntWide 05f8bab5",
      "chance 61e47be5",
      "exponentialInt bbeb527e",
      "normalInt e2357f77",
      "lognormalInt d653d604",
      "jitter 2d014cd0",
      "zipf 63f05971",
      "empirical b189081d",
      "shuffle cb67b0d8",
    ]
  `);
});

describe('samplers', () => {
  test('every draw is a safe integer', () => {
    for (const sampler of Object.values(samplers)) expect(drawsOf(sampler).every(Number.isSafeInteger)).toBe(true);
  });

  test('a uniform integer takes each value equally often, the lower end included and the upper excluded', () => {
    const counts = new Map<number, number>();
    for (const draw of drawsOf((stream) => stream.uniformInt(-2, 3))) counts.set(draw, (counts.get(draw) ?? 0) + 1);
    expect([...counts.keys()].sort((x, y) => x - y)).toEqual([-2, -1, 0, 1, 2]);
    for (const count of counts.values()) expect(count / DRAWS).toBeCloseTo(0.2, 2);
  });

  test('a uniform integer of a day in microseconds uses more than 32 random bits', () => {
    const draws = drawsOf(samplers.uniformIntWide!);
    expect(new Set(draws).size).toBe(DRAWS);
    expect(meanOf(draws) / 43_200_000_000).toBeCloseTo(1, 2);
  });

  test('chance is certain at 1, impossible at 0 and about p between', () => {
    expect(meanOf(drawsOf((stream) => Number(stream.chance(0))))).toBe(0);
    expect(meanOf(drawsOf((stream) => Number(stream.chance(1))))).toBe(1);
    expect(meanOf(drawsOf(samplers.chance!))).toBeCloseTo(0.3, 2);
  });

  test('an exponential has its mean, and its median at log 2 of it', () => {
    const draws = drawsOf(samplers.exponentialInt!);
    expect(meanOf(draws) / 10_000).toBeCloseTo(1, 1);
    expect(medianOf(draws) / (10_000 * Math.LN2)).toBeCloseTo(1, 1);
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(0);
  });

  test('a normal has its mean and deviation', () => {
    const draws = drawsOf(samplers.normalInt!);
    const mean = meanOf(draws);
    expect(mean / 5000).toBeCloseTo(1, 2);
    expect(Math.sqrt(meanOf(draws.map((draw) => (draw - mean) * (draw - mean)))) / 1200).toBeCloseTo(1, 1);
  });

  test('a lognormal has its median, and its mean above it by half the variance', () => {
    const draws = drawsOf(samplers.lognormalInt!);
    expect(medianOf(draws) / 3000).toBeCloseTo(1, 1);
    expect(meanOf(draws) / (3000 * Math.exp(0.32))).toBeCloseTo(1, 1);
  });

  test('a lognormal wider than any clock is cut to an exact integer', () => {
    const draws = drawsOf((stream) => stream.lognormalInt(1_000_000, 500));
    expect(draws.every((draw) => Number.isSafeInteger(draw) && draw >= 0)).toBe(true);
  });

  test('jitter reaches both ends and nothing beyond, and is the value itself without a fraction', () => {
    const draws = drawsOf(samplers.jitter!);
    expect([Math.min(...draws), Math.max(...draws)]).toEqual([630, 770]);
    expect(new Set(drawsOf((stream) => stream.jitter(700, 0)))).toEqual(new Set([700]));
    expect(new Set(drawsOf((stream) => stream.jitter(3, 0.1)))).toEqual(new Set([3]));
    expect(new RandomStream('zero').jitter(0, 0.5)).toBe(0);
  });

  test('Zipf keys come as often as their weights say', () => {
    expect(keys.weights.reduce((total, weight) => total + weight, 0)).toBeCloseTo(1, 12);
    expect(keys.weights[0]! / keys.weights[9]!).toBeCloseTo(Math.exp(1.1 * Math.LN10), 9);
    const draws = drawsOf(samplers.zipf!);
    for (const key of [0, 1, 10]) {
      expect(draws.filter((draw) => draw === key).length / DRAWS).toBeCloseTo(keys.weights[key]!, 2);
    }
    expect(draws.every((key) => key >= 0 && key < 1000)).toBe(true);
  });

  test('a Zipf table of a million keys still sums to one', () => {
    const table = new ZipfTable(1_000_000, 1);
    expect(table.weights.reduce((total, weight) => total + weight, 0)).toBeCloseTo(1, 9);
    const stream = new RandomStream('large');
    expect(Math.max(...Array.from({ length: 10_000 }, () => stream.zipf(table)))).toBeGreaterThan(900_000);
  });

  test('an empirical draw repeats what was measured, as often as it was seen', () => {
    const draws = drawsOf(samplers.empirical!);
    expect(new Set(draws)).toEqual(new Set([200, 350, 900, 15_000]));
    expect(draws.filter((draw) => draw === 350).length / DRAWS).toBeCloseTo(0.4, 2);
    expect(new RandomStream('one').empirical(new EmpiricalTable([42]))).toBe(42);
  });

  test('a shuffle puts every card everywhere equally often', () => {
    const stream = new RandomStream('shuffle');
    const firstCards = Array.from({ length: 20_000 }, () => stream.shuffle([0, 1, 2, 3])[0]!);
    for (const card of [0, 1, 2, 3]) {
      expect(firstCards.filter((first) => first === card).length / 20_000).toBeCloseTo(0.25, 1);
    }
    expect(stream.shuffle([...deck]).sort((x, y) => x - y)).toEqual(deck);
  });

  test('parameters that make no sense are refused', () => {
    const stream = new RandomStream('refuse');
    expect(() => stream.uniformInt(3, 3)).toThrow('no integer from 3 up to 3');
    expect(() => stream.exponentialInt(-1)).toThrow('-1');
    expect(() => stream.normalInt(0, Number.NaN)).toThrow('NaN');
    expect(() => stream.jitter(5, 1.5)).toThrow('1.5');
    expect(() => new ZipfTable(0, 1)).toThrow('0 keys');
    expect(() => new EmpiricalTable([])).toThrow('nothing could be drawn');
    expect(() => new EmpiricalTable([1, 2], [1])).toThrow('2 values but 1 weights');
    expect(() => new EmpiricalTable([1], [-1])).toThrow('weight 0 is -1');
  });
});

describe('named streams', () => {
  const firstTen = (stream: RandomStream) => Array.from({ length: 10 }, () => stream.next());

  test('adding and drawing from one stream does not shift another', () => {
    const alone = firstTen(new RandomStreams('s').stream('producer/checkout/3'));
    const streams = new RandomStreams('s');
    firstTen(streams.stream('consumer/billing/0'));
    const producer = streams.stream('producer/checkout/3');
    const drawn = Array.from({ length: 10 }, () => {
      streams.stream('consumer/billing/1').next();
      return producer.next();
    });
    expect(drawn).toEqual(alone);
  });

  test('a stream depends on seed and name, and goes on where it stood', () => {
    const streams = new RandomStreams('s');
    expect(streams.stream('x')).toBe(streams.stream('x'));
    expect(firstTen(streams.stream('x'))).not.toEqual(firstTen(streams.stream('y')));
    expect(firstTen(streams.stream('y'))).not.toEqual(firstTen(new RandomStreams('t').stream('y')));
  });

  test('an empty seed or name is refused, since it would mean entropy or a shared stream', () => {
    expect(() => new RandomStreams('')).toThrow('not empty');
    expect(() => new RandomStream('')).toThrow('not empty');
    expect(() => new RandomStreams(undefined as unknown as string)).toThrow('not empty');
    expect(() => new RandomStreams('s').stream('')).toThrow('a name');
  });
});
