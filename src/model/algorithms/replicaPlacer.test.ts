import { describe, expect, test } from 'vitest';
import { Kernel } from '../../sim/index.ts';
import { type Placement, placeReplicas, type UsableBroker } from './replicaPlacer.ts';

const broker = (id: number, rack: string | null = null, isFenced = false): UsableBroker => ({ id, rack, isFenced });

function place(
  brokers: readonly UsableBroker[],
  partitionCount: number,
  replicationFactor: number,
  seed = 'A',
): Placement {
  const random = new Kernel(seed).random.stream('placer');
  return placeReplicas({ brokers, partitionCount, replicationFactor }, (bound) => random.uniformInt(0, bound));
}

function placed(...request: Parameters<typeof place>): number[][] {
  const placement = place(...request);
  if (!placement.ok) throw new Error(placement.reason);
  return placement.replicas;
}

const SEEDS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];

describe('placement with fenced brokers', () => {
  const brokers = [broker(1), broker(2), broker(3, null, true)];

  test.each(SEEDS)('counts them as places, for followers only (seed %s)', (seed) => {
    for (const replicas of placed(brokers, 20, 3, seed)) {
      expect([...replicas].sort()).toEqual([1, 2, 3]);
      expect(replicas[0]).not.toBe(3);
    }
  });

  test('uses them in a rack only after its unfenced ones', () => {
    for (const replicas of placed(brokers, 20, 2)) expect(replicas).not.toContain(3);
  });

  test('refuses more replicas than there are brokers, fenced ones included', () => {
    expect(place(brokers, 1, 4)).toEqual({ ok: false, reason: 'tooFewBrokers' });
  });

  test('refuses when all are fenced', () => {
    const fenced = brokers.map(({ id }) => broker(id, null, true));
    expect(place(fenced, 1, 1)).toEqual({ ok: false, reason: 'allBrokersFenced' });
  });
});

describe('placement over racks', () => {
  const zones = [broker(1, 'a'), broker(2, 'b'), broker(3, 'c'), broker(4, 'a'), broker(5, 'b'), broker(6, 'c')];
  const rackOf = (id: number): string | null => zones[id - 1]!.rack;

  test.each(SEEDS)('puts as many replicas as there are racks into different ones (seed %s)', (seed) => {
    for (const replicas of placed(zones, 30, 3, seed)) expect(new Set(replicas.map(rackOf)).size).toBe(3);
  });

  test('starts consecutive partitions on consecutive racks, so that leaders go round', () => {
    const leaders = placed(zones, 6, 3).map(([leader]) => rackOf(leader!));
    for (const rack of ['a', 'b', 'c']) expect(leaders.filter((one) => one === rack)).toHaveLength(2);
  });

  test('gives a follower to a rack whose only broker is fenced, though unfenced ones are left elsewhere', () => {
    const brokers = [broker(1, 'a'), broker(2, 'a'), broker(3, 'b'), broker(4, 'b'), broker(5, 'c', true)];
    for (const replicas of placed(brokers, 12, 3)) {
      expect(replicas).toContain(5);
      expect(replicas[0]).not.toBe(5);
    }
  });

  test('makes a rack with one broker lead as often as the others, so that this broker leads more', () => {
    const brokers = [broker(1, 'a'), broker(2, 'b'), broker(3, 'b'), broker(4, 'b')];
    const leaders = placed(brokers, 12, 2).map(([leader]) => leader!);
    expect(leaders.filter((id) => id === 1)).toHaveLength(6);
  });

  test('treats brokers without a rack as one rack that comes first', () => {
    const brokers = [broker(1), broker(2), broker(3, 'a'), broker(4, 'a')];
    for (const replicas of placed(brokers, 12, 2)) {
      const kinds = new Set(replicas.map((id) => (id < 3 ? 'none' : 'a')));
      expect(kinds.size).toBe(2);
    }
  });
});
