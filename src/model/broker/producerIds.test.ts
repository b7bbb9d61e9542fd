import { expect, test } from 'vitest';
import { ProducerIds } from './producerIds.ts';

function taker(ids: ProducerIds): (broker: number, count?: number) => number[] {
  return (broker, count = 1) => {
    const taken: number[] = [];
    for (let i = 0; i < count; i++) ids.next(broker, (id) => taken.push(id));
    return taken;
  };
}

test('brokers lease producer ids in blocks of 1,000, so that each gives its own (KIP-730)', () => {
  const take = taker(new ProducerIds(() => true));
  expect(take(0, 2)).toEqual([0, 1]);
  expect(take(1, 2)).toEqual([1000, 1001]);
  expect(take(0, 999).at(-1)).toBe(2000);
});

test('without an active controller a broker goes on with its block and gets no new one', () => {
  let hasController = true;
  const take = taker(new ProducerIds(() => hasController));
  expect(take(0, 999).at(-1)).toBe(998);
  hasController = false;
  expect(take(0, 2)).toEqual([999, -1]);
  expect(take(1)).toEqual([-1]);
  hasController = true;
  expect(take(1)).toEqual([1000]);
});
