import { describe, expect, test } from 'vitest';
import type { KafkaVersion } from '../../kafka/versions.ts';
import { Bed, type BedOptions } from './testbed.ts';

/** Broker ids 1..n are indexes 0..n-1. */
const steady = (options: BedOptions = {}): Bed => {
  const bed = new Bed({ brokers: 5, assignment: [[1, 2, 3]], ...options });
  bed.runTo(6);
  return bed;
};
const later = (bed: Bed, seconds: number): void => bed.runTo(bed.kernel.nowUs / 1e6 + seconds);

const reassign = (bed: Bed, replicas: readonly number[] | null, partition = 0): string => {
  let answer = '';
  bed.plane.alterReassignments(
    [{ partition, replicas }],
    ([error]) => {
      answer = error!;
    },
    -1,
  );
  later(bed, 1);
  return answer;
};

/** The leader reports another ISR. */
const reportIsr = (bed: Bed, newIsr: readonly number[]): string => {
  const { leader, leaderEpoch, partitionEpoch } = bed.image(0);
  let answer = '';
  const item = {
    partition: 0,
    leaderEpoch,
    partitionEpoch,
    newIsr,
    recovered: true,
    reason: 'isrExpand',
    cause: -1,
  } as const;
  bed.plane.alterPartition(leader, [item], ([result]) => {
    answer = result!.error;
  });
  later(bed, 1);
  return answer;
};

describe('AlterPartitionReassignments', () => {
  test('puts the target first, then what will be removed, and keeps leader and epoch', () => {
    const bed = steady();
    expect(reassign(bed, [3, 4, 1])).toBe('NONE');
    expect(bed.image(0)).toMatchObject({
      replicas: [3, 4, 1, 0, 2],
      adding: [3, 4],
      removing: [0, 2],
      isr: [0, 1, 2],
      leader: 0,
      leaderEpoch: 0,
      partitionEpoch: 1,
      reason: 'reassignment',
    });
  });

  test('ends in the record that brings the last replica into the ISR; the leader moves when it is removed', () => {
    const bed = steady();
    reassign(bed, [3, 4, 1]);
    expect(reportIsr(bed, [0, 1, 2, 3])).toBe('NONE');
    expect(bed.image(0)).toMatchObject({ adding: [3, 4], leader: 0, leaderEpoch: 0 });
    expect(reportIsr(bed, [0, 1, 2, 3, 4])).toBe('NEW_LEADER_ELECTED');
    expect(bed.image(0)).toMatchObject({
      replicas: [3, 4, 1],
      adding: [],
      removing: [],
      isr: [1, 3, 4],
      leader: 3,
      leaderEpoch: 1,
      reason: 'reassignmentCompleted',
    });
  });

  test('begins a leader epoch also where the leader stays, so that the removed replica stops', () => {
    const bed = steady();
    reassign(bed, [0, 1, 3]);
    expect(reportIsr(bed, [0, 1, 2, 3])).toBe('NONE');
    expect(bed.image(0)).toMatchObject({ replicas: [0, 1, 3], isr: [0, 1, 3], leader: 0, leaderEpoch: 1 });
  });

  test('of the same brokers in another order is done at once, and changes the preferred leader only', () => {
    const bed = steady();
    expect(reassign(bed, [2, 0, 1])).toBe('NONE');
    expect(bed.image(0)).toMatchObject({ replicas: [2, 0, 1], adding: [], removing: [], leader: 0, leaderEpoch: 0 });
  });

  test('lowers the replication factor at once, and raises it when the new replicas are in the ISR', () => {
    const bed = steady();
    expect(reassign(bed, [0, 1])).toBe('NONE');
    expect(bed.image(0)).toMatchObject({ replicas: [0, 1], isr: [0, 1], removing: [], leaderEpoch: 1 });
    expect(reassign(bed, [0, 1, 3, 4])).toBe('NONE');
    expect(bed.image(0)).toMatchObject({ replicas: [0, 1, 3, 4], adding: [3, 4], isr: [0, 1] });
    expect(reportIsr(bed, [0, 1, 3, 4])).toBe('NONE');
    expect(bed.image(0)).toMatchObject({ replicas: [0, 1, 3, 4], adding: [], isr: [0, 1, 3, 4] });
  });

  test('with a new target replaces the move that runs', () => {
    const bed = steady();
    reassign(bed, [0, 1, 3]);
    expect(reassign(bed, [0, 1, 4])).toBe('NONE');
    expect(bed.image(0)).toMatchObject({ replicas: [0, 1, 4, 2, 3], adding: [4], removing: [2, 3] });
    reportIsr(bed, [0, 1, 2, 4]);
    expect(bed.image(0)).toMatchObject({ replicas: [0, 1, 4], isr: [0, 1, 4], adding: [], removing: [] });
  });

  test('back to where it came from ends the move at once', () => {
    const bed = steady();
    reassign(bed, [0, 1, 3]);
    expect(reassign(bed, [0, 1, 2])).toBe('NONE');
    expect(bed.image(0)).toMatchObject({ replicas: [0, 1, 2], adding: [], removing: [], isr: [0, 1, 2] });
  });

  test.each([
    ['nobody', []],
    ['a broker twice', [0, 0, 1]],
    ['a broker that is not registered', [0, 1, 9]],
  ])('is refused for %s', (_what, target) => {
    const bed = steady();
    expect(reassign(bed, target)).toBe('INVALID_REPLICA_ASSIGNMENT');
    expect(bed.image(0).partitionEpoch).toBe(0);
  });

  test('takes a fenced broker, and then waits for it', () => {
    const bed = steady();
    bed.kill(bed.brokers[4]!);
    later(bed, 12);
    expect(reassign(bed, [0, 1, 4])).toBe('NONE');
    expect(reportIsr(bed, [0, 1, 2, 4])).toBe('INELIGIBLE_REPLICA');
    expect(bed.image(0)).toMatchObject({ adding: [4], isr: [0, 1, 2] });
  });

  test('names unknown partitions', () => {
    expect(reassign(steady(), [0, 1, 2], 99)).toBe('UNKNOWN_TOPIC_OR_PARTITION');
  });
});

describe('a cancelled reassignment', () => {
  test('goes back to the replicas it had, without those that were added, in a higher leader epoch', () => {
    const bed = steady();
    reassign(bed, [0, 3, 4]);
    reportIsr(bed, [0, 1, 2, 3]);
    expect(reassign(bed, null)).toBe('NONE');
    expect(bed.image(0)).toMatchObject({
      isr: [0, 1, 2],
      leader: 0,
      leaderEpoch: 1,
      adding: [],
      removing: [],
      reason: 'reassignmentCancelled',
    });
    expect([...bed.image(0).replicas].sort()).toEqual([0, 1, 2]);
  });

  test('needs one that runs', () => {
    expect(reassign(steady(), null)).toBe('NO_REASSIGNMENT_IN_PROGRESS');
  });

  /** Only the replica that was added is left in the ISR, of four that the partition has. */
  const onlyAddedIsLeft = (unclean: boolean): Bed => {
    const bed = steady({ assignment: [[1, 2]], topicConfigs: { 'unclean.leader.election.enable': unclean } });
    reassign(bed, [3, 4]);
    reportIsr(bed, [0, 1, 3]);
    for (const broker of [0, 1]) bed.kill(bed.brokers[broker]!);
    later(bed, 14);
    expect(bed.image(0)).toMatchObject({ isr: [3], leader: 3, adding: [3, 4] });
    return bed;
  };

  test('is refused where none of the ISR would be left, because that is an unclean election', () => {
    expect(reassign(onlyAddedIsLeft(false), null)).toBe('INVALID_REPLICA_ASSIGNMENT');
  });

  test('goes back all the same where unclean election is allowed', () => {
    const bed = onlyAddedIsLeft(true);
    expect(reassign(bed, null)).toBe('NONE');
    expect([...bed.image(0).replicas].sort()).toEqual([0, 1]);
  });
});

describe('the end of a move that only exchanges replicas', () => {
  /** Broker 2 stays, and has left the ISR; broker 4 was added for broker 3. */
  const withOneRetainedOut = (kafka: KafkaVersion): Bed => {
    const bed = steady({ kafka });
    bed.kill(bed.brokers[1]!);
    later(bed, 12);
    reassign(bed, [0, 1, 3, 4]);
    reportIsr(bed, [0, 2, 3, 4]);
    return bed;
  };

  test('waits up to 4.2 for every replica of the target, also for those that stay', () => {
    expect(withOneRetainedOut('4.2').image(0)).toMatchObject({ adding: [3, 4], removing: [2] });
  });

  test('from 4.3 needs the added ones only, when not fewer are added than removed', () => {
    expect(withOneRetainedOut('4.3').image(0)).toMatchObject({ adding: [], removing: [], replicas: [0, 1, 3, 4] });
  });
});

describe('UnregisterBroker', () => {
  const unregister = (bed: Bed, broker: number): string => {
    let answer = '';
    bed.plane.unregisterBroker(
      broker,
      (error) => {
        answer = error;
      },
      -1,
    );
    later(bed, 1);
    return answer;
  };

  test('takes the broker out of every ISR and hands its leaderships over; replica lists stay', () => {
    const bed = steady();
    expect(unregister(bed, 0)).toBe('NONE');
    expect(bed.image(0)).toMatchObject({ replicas: [0, 1, 2], isr: [1, 2], leader: 1, reason: 'brokerUnregistered' });
    expect(bed.of('broker.unregistered').map(({ broker }) => broker)).toEqual([0]);
    expect(bed.plane.registeredBrokers()).toEqual([1, 2, 3, 4]);
  });

  test('takes it out of the ELR too', () => {
    const bed = steady({ elr: true, assignment: [[1, 2]], topicConfigs: { 'min.insync.replicas': 2 } });
    bed.kill(bed.brokers[1]!);
    later(bed, 12);
    expect(bed.image(0)).toMatchObject({ isr: [0], elr: [1] });
    unregister(bed, 1);
    expect(bed.image(0)).toMatchObject({ isr: [0], elr: [] });
  });

  test('of a broker that is not registered is an error, and so is a target that names it from then on', () => {
    const bed = steady();
    unregister(bed, 4);
    expect(unregister(bed, 4)).toBe('BROKER_ID_NOT_REGISTERED');
    expect(reassign(bed, [0, 1, 4])).toBe('INVALID_REPLICA_ASSIGNMENT');
  });
});

describe('CreatePartitions', () => {
  const create = (
    bed: Bed,
    partitionCount: number,
    assignment: readonly (readonly number[])[] | null = null,
    topic = 'orders',
  ) => {
    let answer = '';
    bed.plane.createPartitions(
      { topic, partitionCount, assignment },
      (error) => {
        answer = error;
      },
      -1,
    );
    later(bed, 1);
    return answer;
  };

  test('takes the replication factor of the first partition', () => {
    const bed = steady();
    reassign(bed, [0, 1]);
    expect(create(bed, 4)).toBe('NONE');
    for (const partition of [1, 2, 3]) expect(new Set(bed.image(partition).replicas).size).toBe(2);
  });

  test.each([
    ['as many as there are', 1, 'INVALID_PARTITIONS'],
    ['none', 0, 'INVALID_PARTITIONS'],
  ])('is refused for %s', (_what, count, error) => {
    expect(create(steady(), count)).toBe(error);
  });

  test('is refused for an unknown topic', () => {
    expect(create(steady(), 3, null, 'nobody')).toBe('UNKNOWN_TOPIC_OR_PARTITION');
  });

  test.each([
    ['too few', [[0, 1, 2]]],
    [
      'another number of replicas',
      [
        [0, 1],
        [1, 2],
      ],
    ],
    [
      'brokers that are not registered',
      [
        [0, 1, 9],
        [1, 2, 3],
      ],
    ],
  ])('refuses an assignment of %s', (_what, assignment) => {
    expect(create(steady(), 3, assignment)).toBe('INVALID_REPLICA_ASSIGNMENT');
  });

  test('with an assignment whose brokers are all fenced is refused, and nothing is half made', () => {
    const bed = steady({ assignment: [[1]] });
    bed.kill(bed.brokers[4]!);
    later(bed, 12);
    expect(create(bed, 2, [[4]])).toBe('INVALID_REPLICA_ASSIGNMENT');
    expect(create(bed, 2, [[3]])).toBe('NONE');
    expect(bed.image(1)).toMatchObject({ replicas: [3], isr: [3] });
  });
});
