import { describe, expect, test } from 'vitest';
import { orders } from '../testing/orders.ts';
import { play, seconds } from '../testing/play.ts';

const NOTHING_LOST = { failed: 0, acknowledgedAndLost: 0, storedTwice: 0, miscounted: 0 };

describe('addBrokers', () => {
  const { ask, trace } = play(
    orders({
      duration: '60s',
      operations: ['name: more, at: 10s, addBrokers: { count: 2 }'],
    }),
  );

  test('registers and unfences brokers with the next ids, and the operation ends when they run', () => {
    const registered = ask.events('broker.control').filter(({ atUs, reason }) => atUs > 0 && reason === 'registered');
    expect(registered.map(({ broker }) => ask.brokerId(broker)).sort()).toEqual([4, 5]);
    const running = ask.events('broker.state').filter(({ atUs, to }) => atUs > 0 && to === 'RUNNING');
    expect(running.map(({ broker }) => ask.brokerId(broker)).sort()).toEqual([4, 5]);
    const ended = ask.events('operation.ended');
    expect(ended.map(({ error }) => error)).toEqual([null]);
    expect(ended[0]!.atUs).toBeGreaterThanOrEqual(Math.max(...running.map(({ atUs }) => atUs)));
  });

  test('moves nothing to them: every partition stays where it is', () => {
    for (const change of trace.events)
      if (change.type === 'partition.changed') expect(change.replicas!.every((broker) => broker < 3)).toBe(true);
  });

  test('is not felt before: nothing tells of the brokers until they start', () => {
    const early = trace.events.filter((event) => 'broker' in event && event.broker >= 3 && event.atUs < seconds(10));
    expect(early).toEqual([]);
  });
});

describe('brokers that joined', () => {
  test('take replicas by a reassignment and lead them', () => {
    const { ask } = play(
      orders({
        duration: '60s',
        operations: [
          'name: more, at: 5s, addBrokers: { ids: [7] }',
          'name: move, after: more.end, reassign: { topic: orders, replicas: { 0: [7, 2, 3] } }',
        ],
      }),
    );
    expect(ask.changes('orders-0').at(-1)).toMatchObject({ replicas: [3, 1, 2], adding: [], removing: [] });
    expect(ask.at('orders-0', seconds(60)).isr.sort()).toEqual([2, 3, 7]);
    expect(ask.fates()).toMatchObject(NOTHING_LOST);
  });
});

describe('removeBroker', () => {
  const removed = (how: string) =>
    play(
      orders({
        duration: '90s',
        brokers: 4,
        replicas: [
          [1, 2, 3],
          [2, 3, 4],
          [4, 1, 2],
        ],
        operations: [`name: out, at: 10s, removeBroker: ${how}`],
      }),
    ).ask;

  test('moves every replica away, then shuts down, then unregisters; nothing is under-replicated on the way', () => {
    const ask = removed('4');
    expect(ask.events('operation.ended').map(({ error }) => error)).toEqual([null]);
    const [gone] = ask.events('broker.unregistered');
    const [exited] = ask.events('broker.exited');
    expect(exited).toMatchObject({ broker: 3, clean: true });
    expect(gone!.atUs).toBeGreaterThan(exited!.atUs);
    for (const name of ['orders-0', 'orders-1', 'orders-2']) {
      const last = ask.changes(name).at(-1)!;
      expect(last.replicas).not.toContain(3);
      expect(last.isr.length).toBe(3);
      for (const change of ask.changes(name))
        expect(change.isr.length).toBeGreaterThanOrEqual(change.replicas!.length - change.adding!.length);
    }
    expect(ask.fates()).toMatchObject(NOTHING_LOST);
  });

  test('puts the one broker that is free in the place of the one that leaves', () => {
    const ask = removed('4');
    expect(ask.changes('orders-1').at(-1)!.replicas).toEqual([1, 2, 0]);
    expect(ask.changes('orders-2').at(-1)!.replicas).toEqual([2, 0, 1]);
  });

  test('without draining leaves its replicas assigned to nobody, and partitions under-replicated for good', () => {
    const ask = removed('{ broker: 4, drain: false }');
    expect(ask.events('broker.unregistered')).toHaveLength(1);
    for (const name of ['orders-1', 'orders-2']) {
      const last = ask.changes(name).at(-1)!;
      expect(last.replicas).toContain(3);
      expect(last.isr).not.toContain(3);
    }
  });

  test('is refused where no other broker could take a replica', () => {
    const { ask } = play(orders({ duration: '30s', operations: ['name: out, at: 10s, removeBroker: 3'] }));
    expect(ask.events('operation.ended').map(({ error }) => error)).toEqual(['INVALID_REPLICA_ASSIGNMENT']);
    expect(ask.events('broker.exited')).toEqual([]);
  });
});

describe('createPartitions', () => {
  const grown = (keys: string, more: readonly string[] = []) =>
    play(
      orders({
        duration: '60s',
        rate: '300/s',
        producerKeys: keys,
        producer: 'metadata.max.age.ms: 5s',
        operations: ['name: grow, at: 10s, createPartitions: { topic: orders, partitions: 6 }', ...more],
      }),
    ).ask;

  test('adds partitions with as many replicas as the topic has, and leaves the others where they are', () => {
    const ask = grown('partitioner: round-robin');
    expect(ask.events('topic.partitionsCreated')).toHaveLength(1);
    for (const name of ['orders-3', 'orders-4', 'orders-5']) {
      const [created] = ask.changes(name);
      expect(new Set(created!.replicas).size).toBe(3);
      expect(created!.isr).toHaveLength(3);
    }
    expect(ask.changes('orders-0')).toHaveLength(1);
  });

  test('is found out by producers with their next metadata, and then keys spread over all partitions', () => {
    const yaml = orders({
      duration: '60s',
      rate: '300/s',
      producerKeys: 'partitioner: keys',
      producer: 'metadata.max.age.ms: 5s',
      operations: ['name: grow, at: 10s, createPartitions: { topic: orders, partitions: 6 }'],
    });
    const { ask } = play(yaml.replace('size: 200B', 'size: 200B, keys: { count: 1000 }'));
    for (const name of ['orders-3', 'orders-5']) {
      expect(ask.acknowledgedRecords(name, 0, seconds(10))).toBe(0);
      expect(ask.acknowledgedRecords(name, seconds(16))).toBeGreaterThan(0);
    }
    expect(ask.fates()).toMatchObject(NOTHING_LOST);
  });

  test('keeps the rate: records are dealt over more partitions, not more records', () => {
    const ask = grown('partitioner: round-robin');
    expect(ask.fates()).toMatchObject({ ...NOTHING_LOST, neverSent: 0 });
    expect(ask.fates().offered).toBeGreaterThan(17_980);
    expect(ask.fates().offered).toBeLessThan(18_020);
    for (const name of ['orders-0', 'orders-5']) {
      const records = ask.acknowledgedRecords(name, seconds(20), seconds(50));
      expect(records).toBeGreaterThan(1_450);
      expect(records).toBeLessThan(1_550);
    }
  });

  test('is refused by Kafka when another one was quicker', () => {
    const ask = grown('partitioner: round-robin', [
      'name: late, at: 20s, createPartitions: { topic: orders, partitions: 5 }',
    ]);
    expect(ask.events('operation.ended').map(({ error }) => error)).toEqual([null, 'INVALID_PARTITIONS']);
  });
});

describe('a group whose topic gets more partitions', () => {
  const grown = (reset: string) => {
    const yaml = orders({
      duration: '60s',
      rate: '300/s',
      producer: 'metadata.max.age.ms: 3s',
      operations: ['name: grow, at: 10s, createPartitions: { topic: orders, partitions: 6 }'],
    });
    const group = `{ from: [orders], config: { metadata.max.age.ms: 15s, auto.offset.reset: ${reset} } }`;
    return play(`${yaml}consumers:\n  billing: ${group}\n`).ask;
  };

  test('rebalances with its next metadata and reads the new ones', () => {
    const ask = grown('earliest');
    const last = ask.events('group.assigned').at(-1)!;
    expect(last.atUs).toBeGreaterThan(seconds(10));
    expect(last.members.flatMap(({ partitions }) => partitions)).toHaveLength(6);
    const partition = ask.partition('orders-4');
    const offsets = ask.trace.deliveries.filter((one) => one.partition === partition).map(({ offset }) => offset);
    expect(Math.min(...offsets)).toBe(0);
  });

  test('misses what was written before it knew of them, when it starts at the end', () => {
    const ask = grown('latest');
    const partition = ask.partition('orders-4');
    const offsets = ask.trace.deliveries.filter((one) => one.partition === partition).map(({ offset }) => offset);
    expect(offsets.length).toBeGreaterThan(0);
    expect(Math.min(...offsets)).toBeGreaterThan(0);
  });
});

describe('a group whose coordinator leaves the cluster', () => {
  // Whoever coordinates it: the partition of __consumer_offsets is on three of the four brokers.
  test.each([1, 2, 3, 4])('goes on from what it committed when broker %i is emptied and removed', (id) => {
    const yaml = orders({
      duration: '2m',
      brokers: 4,
      rate: '300/s',
      operations: [`name: out, at: 20s, removeBroker: ${id}`],
    });
    const { ask, trace } = play(`${yaml}consumers:\n  billing: { from: [orders], instances: 2 }\n`);
    expect(ask.events('operation.ended').map(({ error }) => error)).toEqual([null]);
    expect(ask.events('consumer.reset').filter(({ atUs }) => atUs > seconds(15))).toEqual([]);
    const last = trace.commits.filter(({ atUs }) => atUs > seconds(110));
    expect(new Set(last.map(({ partition }) => partition)).size).toBe(3);
    const internal = trace.cast.partitions.flatMap((one, index) => (one.internal ? [index] : []));
    for (const partition of internal) {
      const change = ask.events('partition.changed').findLast((event) => event.partition === partition)!;
      expect(change.replicas).not.toContain(id - 1);
      expect(change.isr).toHaveLength(3);
    }
  });
});

describe('clients', () => {
  test('find a cluster of which every broker that they began with is gone', () => {
    const { ask, trace } = play(
      orders({
        duration: '4m',
        brokers: 3,
        rate: '60/s',
        producer: 'metadata.max.age.ms: 10s',
        operations: [
          'name: more, at: 10s, addBrokers: { count: 3 }',
          'name: out-1, after: more.end, removeBroker: 1',
          'name: out-2, after: out-1.end, removeBroker: 2',
          'name: out-3, after: out-2.end, removeBroker: 3',
        ],
      }),
    );
    expect(ask.events('operation.ended').map(({ error }) => error)).toEqual([null, null, null, null]);
    const lastRemovedUs = ask.events('broker.unregistered').at(-1)!.atUs;
    const lost = ask.events('connection.lost').filter(({ atUs }) => atUs > lastRemovedUs + seconds(20));
    expect(lost).toEqual([]);
    expect(ask.fates()).toMatchObject({ failed: 0, acknowledgedAndLost: 0, storedTwice: 0 });
    expect(trace.acknowledgements.at(-1)!.atUs).toBeGreaterThan(seconds(239));
  });
});

describe('failures', () => {
  test('do not touch brokers that have not joined yet, and none that were removed', () => {
    const { ask } = play(
      orders({
        duration: '3m',
        brokers: 4,
        failures: [
          'name: early, at: 5s, for: 5s, freeze: brokers of kafka',
          'name: late, at: 2m, for: 5s, freeze: brokers of kafka',
          'name: gone, at: 150s, for: 5s, crash: broker 4',
        ],
        operations: ['name: more, at: 20s, addBrokers: { count: 1 }', 'name: out, at: 60s, removeBroker: 4'],
      }),
    );
    const touched = new Map(ask.events('failure.began').map(({ name, touched: who }) => [name, who]));
    expect(touched.get('early')).toEqual(['broker 1', 'broker 2', 'broker 3', 'broker 4']);
    expect(touched.get('late')).toEqual(['broker 1', 'broker 2', 'broker 3', 'broker 5']);
    expect(ask.events('failure.touchedNothing').map(({ name }) => name)).toEqual(['gone']);
    expect(ask.events('broker.state').filter(({ broker, atUs }) => broker === 3 && atUs > seconds(100))).toEqual([]);
  });
});
