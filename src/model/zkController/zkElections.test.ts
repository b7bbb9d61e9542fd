import { describe, expect, test } from 'vitest';
import { newPartitionRegistration } from '../algorithms/partitionRegistration.ts';
import type { PartitionEntry } from '../controller/metadataBatch.ts';
import { NO_CAUSE } from '../trace.ts';
import { hasImbalance, imbalancedPartitions } from './preferredBalance.ts';
import { electOffline, electOnShutdown, electPreferred, electReassigned, withoutReplica } from './zkElections.ts';

const live =
  (...brokers: number[]) =>
  (broker: number): boolean =>
    brokers.includes(broker);

describe('the OFFLINE election', () => {
  test('takes the first replica in the order of assignment that is live and in the ISR, and keeps its live members', () => {
    expect(electOffline([1, 2, 3], [3, 2, 1], live(2, 3), false)).toEqual({ leader: 2, isr: [3, 2], unclean: false });
  });

  test('finds nobody when no member of the ISR lives and unclean election is off', () => {
    expect(electOffline([1, 2, 3], [1], live(2, 3), false)).toBeUndefined();
  });

  test('takes the first live replica alone when unclean election is on', () => {
    expect(electOffline([1, 2, 3], [1], live(2, 3), true)).toEqual({ leader: 2, isr: [2], unclean: true });
  });

  test('is clean while it can be, whatever the config allows', () => {
    expect(electOffline([1, 2, 3], [3], live(2, 3), true)).toEqual({ leader: 3, isr: [3], unclean: false });
  });
});

test('the PREFERRED election takes the first replica or nobody, and leaves the ISR', () => {
  expect(electPreferred([1, 2, 3], [2, 3, 1], live(1, 2, 3))).toEqual({ leader: 1, isr: [2, 3, 1], unclean: false });
  expect(electPreferred([1, 2, 3], [2, 3], live(1, 2, 3))).toBeUndefined();
  expect(electPreferred([1, 2, 3], [2, 3, 1], live(2, 3))).toBeUndefined();
});

test('the CONTROLLED SHUTDOWN election passes over brokers that shut down, and takes them out of the ISR', () => {
  expect(electOnShutdown([1, 2, 3], [1, 2, 3], live(1, 2, 3), live(1))).toEqual({
    leader: 2,
    isr: [2, 3],
    unclean: false,
  });
  expect(electOnShutdown([1, 2, 3], [1], live(1, 2, 3), live(1))).toBeUndefined();
});

test('the REASSIGN election takes the first of the target that is live and in the ISR', () => {
  expect(electReassigned([4, 5], [1, 5, 4], live(1, 5))).toMatchObject({ leader: 5 });
  expect(electReassigned([4, 5], [1], live(1, 4, 5))).toBeUndefined();
});

describe('a replica that goes offline', () => {
  test('leaves the ISR, and what it led has no leader', () => {
    expect(withoutReplica(1, [1, 2], 1)).toEqual({ leader: -1, isr: [2] });
    expect(withoutReplica(2, [1, 2], 1)).toEqual({ leader: 2, isr: [2] });
  });

  test('stays in an ISR where it is alone', () => {
    expect(withoutReplica(1, [1], 1)).toEqual({ leader: -1, isr: [1] });
  });
});

describe('automatic balancing', () => {
  const entry = (partition: number, leader: number, adding: number[] = []): PartitionEntry => ({
    partition,
    registration: { ...newPartitionRegistration([1, 2], [1, 2], leader), adding },
    reason: 'created',
    unclean: false,
    cause: NO_CAUSE,
    event: NO_CAUSE,
    image: null,
  });
  const led = (foreign: number, count: number): PartitionEntry[] =>
    Array.from({ length: count }, (_, partition) => entry(partition, partition < foreign ? 2 : 1));

  test('moves nothing while no more than 10 % of what a broker is preferred for is led by others', () => {
    expect(imbalancedPartitions(led(1, 10), live(1, 2), 10)).toEqual([]);
    expect(hasImbalance(led(1, 10))).toBe(true);
  });

  test('moves all of it above 10 %', () => {
    expect(imbalancedPartitions(led(2, 10), live(1, 2), 10).map(({ partition }) => partition)).toEqual([0, 1]);
  });

  test('moves nothing to a dead broker, from a dead leader, or in the middle of a reassignment', () => {
    expect(imbalancedPartitions(led(5, 10), live(2), 10)).toEqual([]);
    expect(imbalancedPartitions(led(5, 10), live(1), 10)).toEqual([]);
    expect(imbalancedPartitions([entry(0, 2, [3])], live(1, 2), 10)).toEqual([]);
  });
});
