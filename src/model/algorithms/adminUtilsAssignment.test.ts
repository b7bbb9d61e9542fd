import { describe, expect, test } from 'vitest';
import { alternatedByRack, assignReplicasToBrokers } from './adminUtilsAssignment.ts';

const unracked = (count: number) => Array.from({ length: count }, (_, id) => ({ id, rack: null }));
const racked = (racks: readonly string[]) => racks.map((rack, id) => ({ id, rack }));
/** Both random numbers of a call. */
const always = (value: number) => () => value;

describe('without racks', () => {
  test('leaders go round, and followers lie one further with each round', () => {
    const { replicas } = assignReplicasToBrokers(unracked(5), 10, 3, always(0)) as { replicas: number[][] };
    expect(replicas).toEqual([
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

  test('a replication factor above the number of live brokers is refused', () => {
    expect(assignReplicasToBrokers(unracked(2), 1, 3, always(0))).toEqual({ ok: false, reason: 'tooFewBrokers' });
  });
});

describe('with racks', () => {
  const brokers = racked(['rack1', 'rack3', 'rack3', 'rack2', 'rack2', 'rack1']);

  test('brokers are listed rack by rack in turn', () => {
    expect(alternatedByRack(brokers).map(({ id }) => id)).toEqual([0, 3, 1, 5, 4, 2]);
  });

  test('each partition has its replicas in different racks, whatever the random start, and brokers get equal shares', () => {
    for (let start = 0; start < 6; start++) {
      const { replicas } = assignReplicasToBrokers(brokers, 12, 3, always(start)) as { replicas: number[][] };
      for (const ids of replicas) expect(new Set(ids.map((id) => brokers[id]!.rack)).size).toBe(3);
      const leaders = brokers.map(({ id }) => replicas.filter(([leader]) => leader === id).length);
      expect(leaders).toEqual([2, 2, 2, 2, 2, 2]);
    }
  });

  test('with more replicas than racks, no rack gets a second one before every rack has one', () => {
    const four = racked(['a', 'a', 'b', 'b']);
    const { replicas } = assignReplicasToBrokers(four, 8, 3, always(1)) as { replicas: number[][] };
    for (const ids of replicas) {
      expect(new Set(ids).size).toBe(3);
      expect(new Set(ids.slice(0, 2).map((id) => four[id]!.rack)).size).toBe(2);
    }
  });

  test('brokers of which only some have a rack are an error', () => {
    const some = [...racked(['a', 'b']), { id: 2, rack: null }];
    expect(assignReplicasToBrokers(some, 1, 1, always(0))).toEqual({ ok: false, reason: 'someWithoutRack' });
  });
});
