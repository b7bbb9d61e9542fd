import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IntervalSet } from './intervalSet.ts';

const ranges = fc.array(fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 12 })), { maxLength: 40 });

function both(list: readonly (readonly [number, number])[]) {
  const intervals = new IntervalSet();
  const plain = new Set<number>();
  for (const [first, count] of list) {
    const before = plain.size;
    for (let i = first; i < first + count; i++) plain.add(i);
    expect(intervals.add(first, count)).toBe(plain.size - before);
  }
  return { intervals, plain };
}

function members(set: IntervalSet): number[] {
  return set.toArray().flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i));
}

const sorted = (set: Iterable<number>) => [...set].sort((a, b) => a - b);

test('records acknowledged one batch after the other stay one interval', () => {
  const set = new IntervalSet();
  for (let batch = 0; batch < 1000; batch++) set.add(batch * 7, 7);
  expect(set.intervalCount).toBe(1);
  expect(set.count).toBe(7000);
});

// Law: an interval set is a set, whatever the order in which ranges arrive, and its intervals never touch.
test('an interval set holds exactly the integers that were added', () => {
  fc.assert(
    fc.property(ranges, (list) => {
      const { intervals, plain } = both(list);
      expect(members(intervals)).toEqual(sorted(plain));
      expect(intervals.count).toBe(plain.size);
      const pairs = intervals.toArray();
      for (let i = 1; i < pairs.length; i++) expect(pairs[i]![0]).toBeGreaterThan(pairs[i - 1]![1]);
    }),
  );
});

test('union, intersection, difference and counts agree with plain sets', () => {
  fc.assert(
    fc.property(ranges, ranges, fc.integer({ min: 0, max: 70 }), (left, right, probe) => {
      const a = both(left);
      const b = both(right);
      expect(members(a.intervals.union(b.intervals))).toEqual(sorted(new Set([...a.plain, ...b.plain])));
      expect(members(a.intervals.intersect(b.intervals))).toEqual(sorted([...a.plain].filter((n) => b.plain.has(n))));
      expect(members(a.intervals.subtract(b.intervals))).toEqual(sorted([...a.plain].filter((n) => !b.plain.has(n))));
      expect(a.intervals.has(probe)).toBe(a.plain.has(probe));
      expect(a.intervals.countWithin(probe, 9)).toBe([...a.plain].filter((n) => n >= probe && n < probe + 9).length);
    }),
  );
});
