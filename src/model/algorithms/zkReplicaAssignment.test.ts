import { describe, expect, test } from 'vitest';
import { alternatingRacks, assignReplicas } from './zkReplicaAssignment.ts';

/** Draws what it is told, in turn: the first broker, then the shift. */
const draws = (...values: number[]) => {
  const left = [...values];
  return (): number => left.shift() ?? 0;
};
const plain = (count: number) => Array.from({ length: count }, (_, i) => ({ id: i, rack: null }));

describe('placement without racks', () => {
  test('is the table of the documentation: five brokers, ten partitions, three replicas, start 0, shift 0', () => {
    expect(assignReplicas(plain(5), 10, 3, draws(0, 0))).toEqual([
      [0, 1, 2],
      [1, 2, 3],
      [2, 3, 4],
      [3, 4, 0],
      [4, 0, 1],
      [0, 2, 3],
      [1, 3, 4],
      [2, 4, 0],
      [3, 0, 1],
      [4, 1, 2],
    ]);
  });

  test('begins at a random broker and with a random shift', () => {
    expect(assignReplicas(plain(3), 2, 2, draws(2, 1))).toEqual([
      [2, 1],
      [0, 2],
    ]);
  });

  test('never names a broker twice', () => {
    for (let shift = 0; shift < 4; shift++)
      for (const replicas of assignReplicas(plain(4), 12, 4, draws(1, shift))) expect(new Set(replicas).size).toBe(4);
  });

  test('of one broker has one replica each', () => {
    expect(assignReplicas(plain(1), 2, 1, draws(0, 0))).toEqual([[0], [0]]);
  });
});

describe('placement with racks', () => {
  const brokers = [
    { id: 0, rack: 'a' },
    { id: 1, rack: 'b' },
    { id: 2, rack: 'b' },
    { id: 3, rack: 'c' },
    { id: 4, rack: 'a' },
    { id: 5, rack: 'c' },
  ];

  test('lists brokers by turns of the racks', () => {
    expect(alternatingRacks(brokers).map(({ id }) => id)).toEqual([0, 1, 3, 4, 2, 5]);
  });

  test('puts the replicas of each partition into different racks', () => {
    const rackOf = (id: number) => brokers.find((broker) => broker.id === id)!.rack;
    for (let start = 0; start < 6; start++)
      for (const replicas of assignReplicas(brokers, 12, 3, draws(start, start)))
        expect(new Set(replicas.map(rackOf)).size).toBe(3);
  });

  test('repeats a rack only when every rack has a replica', () => {
    for (const replicas of assignReplicas(brokers, 6, 4, draws(0, 0))) {
      expect(new Set(replicas).size).toBe(4);
      expect(new Set(replicas.map((id) => brokers.find((broker) => broker.id === id)!.rack)).size).toBe(3);
    }
  });

  test('ignores racks that not every broker has', () => {
    const mixed = [{ id: 0, rack: 'a' }, { id: 1, rack: null }, ...brokers.slice(2)];
    expect(assignReplicas(mixed, 1, 3, draws(0, 0))).toEqual([[0, 1, 2]]);
  });
});
