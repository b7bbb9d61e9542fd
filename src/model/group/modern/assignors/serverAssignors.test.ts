import { describe, expect, test } from 'vitest';
import { RandomStream } from '../../../../sim/index.ts';
import type { ServerAssignorInput, ServerMember } from './serverAssignor.ts';
import { serverRangeAssignor } from './serverRange.ts';
import { uniformAssignor } from './uniform.ts';

const topic = (name: string, first: number, count: number) => ({
  name,
  partitions: Array.from({ length: count }, (_, index) => first + index),
});

const member = (memberId: string, target: number[] = [], subscribedTopics = ['orders']): ServerMember => ({
  memberId,
  groupInstanceId: null,
  subscribedTopics,
  target,
});

const assigned = (input: ServerAssignorInput): Record<string, number[]> =>
  Object.fromEntries(uniformAssignor.assign(input));

describe('uniform', () => {
  test('a newcomer gets what the others have too much, and they keep the rest', () => {
    const input = {
      topics: [topic('orders', 0, 6)],
      members: [member('A', [0, 1, 2]), member('B', [3, 4, 5]), member('C')],
    };
    expect(assigned(input)).toEqual({ A: [0, 1], B: [3, 4], C: [2, 5] });
  });

  test('who has one more keeps it while larger shares are left', () => {
    const input = {
      topics: [topic('orders', 0, 7)],
      members: [member('A', [0, 1]), member('B', [2, 3]), member('C', [4, 5, 6])],
    };
    expect(assigned(input)).toEqual({ A: [0, 1], B: [2, 3], C: [4, 5, 6] });
  });

  test('larger shares that nobody has go to the last members', () => {
    const input = { topics: [topic('orders', 0, 5)], members: [member('A'), member('B'), member('C')] };
    expect(assigned(input)).toEqual({ A: [0], B: [1, 2], C: [3, 4] });
  });

  test('with different subscriptions it is as even as they allow', () => {
    const topics = [topic('orders', 0, 4), topic('payments', 10, 2)];
    const members = [member('A', [], ['orders', 'payments']), member('B', [], ['payments'])];
    expect(assigned({ topics, members })).toEqual({ A: [0, 1, 2, 3], B: [10, 11] });
  });
});

test('range gives static members their blocks first, by instance id', () => {
  const members = [member('A'), { ...member('Z'), groupInstanceId: 'two' }, { ...member('Y'), groupInstanceId: 'one' }];
  const assignment = serverRangeAssignor.assign({ topics: [topic('orders', 0, 4)], members });
  expect(Object.fromEntries(assignment)).toEqual({ A: [3], Z: [2], Y: [0, 1] });
});

test('whatever the members: each partition goes to one subscriber, uniform shares differ by one, and nothing moves without need', () => {
  const random = new RandomStream('server assignors');
  for (let round = 0; round < 300; round++) {
    const count = random.uniformInt(1, 40);
    const names = Array.from({ length: random.uniformInt(1, 9) }, (_, index) => `m${index}`);
    const topics = [topic('orders', 0, count)];
    let members = names.map((name) => member(name));
    for (const assignor of [uniformAssignor, serverRangeAssignor]) {
      members = members.map((one) => ({ ...one, target: [] }));
      const first = assignor.assign({ topics, members });
      expect([...first.values()].flat().sort((a, b) => a - b)).toEqual(topics[0]!.partitions);
      const sizes = [...first.values()].map(({ length }) => length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      const again = assignor.assign({
        topics,
        members: members.map((one) => ({ ...one, target: first.get(one.memberId)! })),
      });
      expect([...again]).toEqual([...first]);
    }
    const before = uniformAssignor.assign({ topics, members });
    const grown = [...members.map((one) => ({ ...one, target: before.get(one.memberId)! })), member('new')];
    const after = uniformAssignor.assign({ topics, members: grown });
    // Only the newcomer's share moves: everybody else has a part of what it had.
    for (const { memberId } of members)
      expect(before.get(memberId)).toEqual(expect.arrayContaining(after.get(memberId)!));
    expect(after.get('new')!.length).toBeGreaterThanOrEqual(Math.floor(count / grown.length));
  }
});
