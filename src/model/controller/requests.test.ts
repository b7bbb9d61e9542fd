import { describe, expect, test } from 'vitest';
import type { ConfigChange } from '../metadata.ts';
import { Bed, type BedOptions } from './testbed.ts';

const steady = (options: BedOptions = {}): Bed => {
  const bed = new Bed(options);
  bed.runTo(6);
  return bed;
};
const later = (bed: Bed, seconds: number): void => bed.runTo(bed.kernel.nowUs / 1e6 + seconds);

describe('AlterPartition', () => {
  const ask = (bed: Bed, broker: number, item: Partial<Parameters<Bed['plane']['alterPartition']>[1][number]>) => {
    const { leaderEpoch, partitionEpoch } = bed.image(0);
    const full = {
      partition: 0,
      leaderEpoch,
      partitionEpoch,
      newIsr: [0, 1],
      recovered: true,
      reason: 'isrShrink',
      cause: -1,
    } as const;
    const answers: { error: string; atUs: number }[] = [];
    bed.plane.alterPartition(broker, [{ ...full, ...item }], ([result]) =>
      answers.push({ error: result!.error, atUs: bed.kernel.nowUs }),
    );
    const from = bed.kernel.nowUs;
    later(bed, 1);
    return { error: answers[0]!.error, ms: (answers[0]!.atUs - from) / 1000 };
  };

  test('commits within linger and quorum round trip, and is told to every broker', () => {
    const bed = steady();
    const { error, ms } = ask(bed, 0, {});
    expect(error).toBe('NONE');
    expect(ms).toBeGreaterThan(25);
    expect(ms).toBeLessThan(60);
    expect(bed.image(0)).toMatchObject({
      isr: [0, 1],
      leader: 0,
      leaderEpoch: 0,
      partitionEpoch: 1,
      reason: 'isrShrink',
    });
    for (const seen of bed.deltas) expect(seen.at(-1)!.delta.partitions[0]).toEqual(bed.image(0));
  });

  test.each([
    ['NOT_CONTROLLER', 0, { leaderEpoch: 5 }],
    ['NOT_CONTROLLER', 0, { partitionEpoch: 5 }],
    ['INVALID_REQUEST', 1, {}],
    ['INVALID_REQUEST', 0, { newIsr: [1, 2] }],
    ['UNKNOWN_TOPIC_OR_PARTITION', 0, { partition: 99 }],
    ['FENCED_LEADER_EPOCH', 0, { leaderEpoch: -1 }],
    ['INVALID_UPDATE_VERSION', 0, { partitionEpoch: -1 }],
  ] as const)('is answered %s', (error, broker, item) => {
    expect(ask(steady(), broker, item).error).toBe(error);
  });

  test('a fenced replica may not join the ISR, from 3.3 on', () => {
    const rejoin = (kafka: '3.2' | '4.3'): string => {
      const bed = steady({ kafka });
      bed.kill(bed.brokers[2]!);
      later(bed, 15);
      return ask(bed, 0, { newIsr: [0, 1, 2], reason: 'isrExpand' }).error;
    };
    expect(rejoin('4.3')).toBe('INELIGIBLE_REPLICA');
    expect(rejoin('3.2')).toBe('NONE');
  });

  test('up to 3.5 an ISR shrink raises the leader epoch', () => {
    const bed = steady({ kafka: '3.5' });
    ask(bed, 0, {});
    expect(bed.image(0).leaderEpoch).toBe(1);
  });
});

describe('CreateTopics', () => {
  const create = (
    bed: Bed,
    request: Partial<Parameters<Bed['plane']['createTopic']>[0]>,
  ): [string, readonly number[]] => {
    let answer: [string, readonly number[]] = ['', []];
    const defaults = { name: 'payments', partitionCount: 2, replicationFactor: 3, assignment: null, internal: false };
    bed.plane.createTopic({ ...defaults, ...request }, (error, partitions) => {
      answer = [error, partitions];
    });
    later(bed, 1);
    return answer;
  };

  test('a fenced broker gets follower replicas and is not in the first ISR', () => {
    const bed = steady();
    bed.kill(bed.brokers[1]!);
    later(bed, 15);
    const [error, partitions] = create(bed, { partitionCount: 4 });
    expect(error).toBe('NONE');
    expect(partitions).toEqual([3, 4, 5, 6]);
    for (const partition of partitions) {
      const image = bed.image(partition);
      expect(image.replicas.toSorted()).toEqual([0, 1, 2]);
      expect(image.isr.toSorted()).toEqual([0, 2]);
      expect(image.leader).not.toBe(1);
    }
    expect(bed.of('topic.created').at(-1)).toMatchObject({ topic: 'payments', partitions });
  });

  test.each([
    ['INVALID_REPLICATION_FACTOR', { replicationFactor: 4 }],
    ['INVALID_REPLICATION_FACTOR', { replicationFactor: 0 }],
    ['INVALID_PARTITIONS', { partitionCount: 0 }],
    ['INVALID_TOPIC_EXCEPTION', { name: 'a topic' }],
    ['INVALID_REPLICA_ASSIGNMENT', { assignment: [[0, 0]] }],
    ['INVALID_REPLICA_ASSIGNMENT', { assignment: [[0, 7]] }],
  ] as const)('is answered %s', (error, request) => {
    const bed = steady();
    expect(create(bed, request)[0]).toBe(error);
    expect(bed.of('topic.createFailed')[0]).toMatchObject({ error });
  });

  test('a topic that exists is named with its partitions', () => {
    expect(create(steady(), { name: 'orders' })).toEqual(['TOPIC_ALREADY_EXISTS', [0, 1, 2]]);
  });

  test('names that differ in dot and underscore only collide', () => {
    const bed = steady();
    create(bed, { name: 'a.b' });
    expect(create(bed, { name: 'a_b' })[0]).toBe('INVALID_TOPIC_EXCEPTION');
  });

  test('some broker that reaches the controller forwards the request', () => {
    const bed = steady();
    bed.cut(bed.brokers[0]!, bed.active);
    expect(create(bed, {})[0]).toBe('NONE');
  });

  test('-1 takes the cluster defaults', () => {
    const bed = steady({ configs: { 'num.partitions': 5, 'default.replication.factor': 2 } });
    const [, partitions] = create(bed, { partitionCount: -1, replicationFactor: -1 });
    expect(partitions).toHaveLength(5);
    expect(bed.image(3).replicas).toHaveLength(2);
  });
});

describe('elections', () => {
  const elect = (bed: Bed, type: 'preferred' | 'unclean', partitions: readonly number[]): readonly string[] => {
    let answer: readonly string[] = [];
    bed.plane.electLeaders(type, partitions, (errors) => (answer = errors), -1);
    later(bed, 1);
    return answer;
  };

  test('ElectLeaders names why a partition gets no other leader', () => {
    const bed = steady();
    bed.kill(bed.brokers[0]!);
    later(bed, 15);
    expect(elect(bed, 'preferred', [0, 1, 99])).toEqual([
      'PREFERRED_LEADER_NOT_AVAILABLE',
      'ELECTION_NOT_NEEDED',
      'UNKNOWN_TOPIC_OR_PARTITION',
    ]);
    expect(elect(bed, 'unclean', [0])).toEqual(['ELECTION_NOT_NEEDED']);
  });

  /** Broker 1 is the only ISR member of orders-0 and dies. */
  const offline = (options: BedOptions = {}): Bed => {
    const bed = steady({ assignment: [[1, 2, 3]], ...options });
    for (const broker of [2, 1]) {
      bed.kill(bed.brokers[broker]!);
      later(bed, 12);
    }
    for (const broker of [2, 1]) bed.restart(broker);
    later(bed, 20);
    expect(bed.image(0)).toMatchObject({ leader: 0, isr: [0] });
    bed.kill(bed.brokers[0]!);
    later(bed, 12);
    return bed;
  };

  test('without unclean election a partition waits for its last ISR member', () => {
    const bed = offline();
    later(bed, 700);
    expect(bed.image(0)).toMatchObject({ leader: -1, isr: [0] });
  });

  test('with it the first live replica is elected by the fence itself', () => {
    const bed = offline({ topicConfigs: { 'unclean.leader.election.enable': true } });
    expect(bed.image(0)).toMatchObject({ leader: 1, isr: [1], recovering: true, reason: 'fenced' });
    expect(bed.of('partition.changed').at(-1)!.unclean).toBe(true);
  });

  test('switched on later it acts with the next retry, within 300 s; ElectLeaders acts at once', () => {
    const bed = offline();
    const change: ConfigChange = { topic: 'orders', broker: -1, name: 'unclean.leader.election.enable', value: true };
    bed.plane.alterConfigs([change], () => {}, -1);
    later(bed, 0.2);
    expect(bed.image(0).leader).toBe(-1);
    later(bed, 300);
    expect(bed.image(0)).toMatchObject({ leader: 1, isr: [1], reason: 'uncleanElection' });

    const other = offline();
    expect(elect(other, 'unclean', [0])).toEqual(['NONE']);
    expect(other.image(0)).toMatchObject({ leader: 1, isr: [1], reason: 'electLeaders' });
  });
});

describe('config changes', () => {
  const alter = (bed: Bed, change: Partial<ConfigChange>): string => {
    let answer = '';
    const full = { topic: null, broker: -1, name: 'min.insync.replicas', value: 1, ...change };
    bed.plane.alterConfigs([full], (error) => (answer = error), -1);
    later(bed, 1);
    return answer;
  };

  test.each([
    ['NONE', { topic: 'orders', name: 'min.insync.replicas', value: 1 }],
    ['NONE', { name: 'log.retention.ms', value: 1000 }],
    ['INVALID_REQUEST', { name: 'num.partitions', value: 3 }],
    ['INVALID_CONFIG', { name: 'no.such.config', value: 3 }],
    ['INVALID_CONFIG', { topic: 'orders', name: 'min.insync.replicas', value: 0 }],
    ['UNKNOWN_TOPIC_OR_PARTITION', { topic: 'nowhere', name: 'min.insync.replicas', value: 1 }],
  ] as const)('%s', (error, change) => {
    const bed = steady();
    expect(alter(bed, change)).toBe(error);
    expect(bed.of('config.altered')[0]).toMatchObject({ error: error === 'NONE' ? null : error });
    const seen = bed.deltas[0]!.flatMap(({ delta }) => delta.configs);
    expect(seen).toHaveLength(error === 'NONE' ? 1 : 0);
  });

  test('another min.insync.replicas voids the ELR', () => {
    const bed = steady({ elr: true, assignment: [[1, 2, 3]] });
    for (const broker of [2, 1]) {
      bed.kill(bed.brokers[broker]!);
      later(bed, 12);
    }
    expect(bed.image(0).elr).toEqual([1]);
    alter(bed, { topic: 'orders', value: 1 });
    expect(bed.image(0)).toMatchObject({ elr: [], isr: [0], leader: 0, reason: 'configChanged' });
  });
});
