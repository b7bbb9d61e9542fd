import { describe, expect, test } from 'vitest';
import { behaviourOf } from '../../kafka/behaviour.ts';
import type { KafkaVersion } from '../../kafka/versions.ts';
import { changePartition, type PartitionChangeRequest } from './partitionChange.ts';
import { completeReassignment, revertReassignment, startReassignment } from './partitionReassignment.ts';
import { newPartitionRegistration, type PartitionRegistration } from './partitionRegistration.ts';

const orders = newPartitionRegistration([1, 2, 3], [1, 2, 3], 1);

function change(
  before: PartitionRegistration,
  request: Omit<PartitionChangeRequest, 'isAcceptableLeader'> & { alive: number[] },
  version: KafkaVersion = '4.3',
) {
  const isAcceptableLeader = (brokerId: number) => request.alive.includes(brokerId);
  return changePartition(before, { ...request, isAcceptableLeader }, behaviourOf(version));
}

describe('a leader is elected', () => {
  test('a fenced leader is followed by the next in-sync replica in assignment order', () => {
    const { record, registration, election } = change(orders, { targetIsr: [2, 3], alive: [2, 3] })!;
    expect(record).toEqual({ leader: 2, isr: [2, 3] });
    expect(registration).toMatchObject({ leader: 2, leaderEpoch: 1, partitionEpoch: 1 });
    expect(election?.kind).toBe('clean');
  });

  test('without ELR the last in-sync replica stays in the ISR, and only it can be elected again', () => {
    const alone = { ...orders, isr: [1] };
    const offline = change(alone, { targetIsr: [], alive: [2, 3] })!.registration;
    expect(offline).toMatchObject({ leader: -1, isr: [1] });
    expect(change(offline, { alive: [2, 3] })).toBeUndefined();
    expect(change(offline, { alive: [1, 2] })?.registration).toMatchObject({ leader: 1, isr: [1] });
  });

  test('an unclean election takes any living replica and makes it recover', () => {
    const { registration, election } = change({ ...orders, isr: [1] }, { election: 'UNCLEAN', alive: [3] })!;
    expect(registration).toMatchObject({ leader: 3, isr: [3], leaderRecoveryState: 'RECOVERING' });
    expect(election?.kind).toBe('unclean');
  });

  test('nothing is written when nothing changes', () => {
    expect(change(orders, { alive: [1, 2, 3] })).toBeUndefined();
  });
});

describe('eligible leader replicas', () => {
  test('any of the last members may lead after all are lost', () => {
    const two = { ...orders, isr: [1, 2] };
    const one = change(two, { targetIsr: [1], alive: [1], elrEnabled: true, minIsr: 2 })!.registration;
    expect(one).toMatchObject({ isr: [1], elr: [2], leader: 1 });
    const none = change(one, { targetIsr: [], alive: [], elrEnabled: true, minIsr: 2 })!.registration;
    expect(none).toMatchObject({ isr: [], elr: [1, 2], leader: -1, lastKnownElr: [1] });
    const back = change(none, { alive: [2], elrEnabled: true, minIsr: 2 })!;
    expect(back.registration).toMatchObject({ isr: [2], elr: [1], leader: 2, leaderRecoveryState: 'RECOVERED' });
    expect(back.election?.kind).toBe('eligibleReplica');
  });

  test('the last known leader is elected dead or alive up to 4.0, and only alive from 4.1', () => {
    const lost: PartitionRegistration = { ...orders, isr: [], lastKnownElr: [1], leader: -1 };
    const request = { alive: [2, 3], elrEnabled: true, minIsr: 2 };
    expect(change(lost, request, '4.0')?.election).toEqual({ leader: 1, kind: 'lastKnownLeader' });
    expect(change(lost, request, '4.1')).toBeUndefined();
  });

  test('a leader that leaves a non-empty ISR is remembered from 4.1 on', () => {
    const request = { alive: [], elrEnabled: true, minIsr: 2 };
    expect(change(orders, request, '4.0')?.registration.lastKnownElr).toEqual([]);
    expect(change(orders, request, '4.1')?.registration.lastKnownElr).toEqual([1]);
  });
});

test('the leader epoch rises with an ISR shrink up to 3.5 only', () => {
  const request = { targetIsr: [1, 2], alive: [1, 2, 3] };
  expect(change(orders, request, '3.5')?.registration.leaderEpoch).toBe(1);
  expect(change(orders, request, '3.6')?.registration.leaderEpoch).toBe(0);
});

describe('a reassignment', () => {
  const lists = startReassignment([1, 2, 3], [1, 2, 4]);

  test('lists the target first and completes with the record that brings the new replica into the ISR', () => {
    expect(lists).toEqual({ replicas: [1, 2, 4, 3], adding: [4], removing: [3] });
    const { record, completesReassignment } = change(
      { ...orders, ...lists },
      { targetIsr: [1, 2, 3, 4], alive: [1, 2, 3, 4] },
    )!;
    expect(completesReassignment).toBe(true);
    expect(record).toEqual({ leader: 1, isr: [1, 2, 4], replicas: [1, 2, 4], adding: [], removing: [] });
  });

  test('up to 4.2 waits for every target replica, from 4.3 for the added one', () => {
    expect(completeReassignment(lists, [1, 4], behaviourOf('4.2'))).toBeUndefined();
    expect(completeReassignment(lists, [1, 4], behaviourOf('4.3'))?.isr).toEqual([1, 4]);
  });

  test('that is cancelled goes back, uncleanly when no original replica is in sync', () => {
    expect(revertReassignment({ ...lists, isr: [1, 4] })).toEqual({ replicas: [1, 2, 3], isr: [1], isUnclean: false });
    expect(revertReassignment({ ...lists, isr: [4] })).toEqual({ replicas: [1, 2, 3], isr: [1], isUnclean: true });
  });
});
