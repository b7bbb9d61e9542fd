import { describe, expect, test } from 'vitest';
import { load, loadOne, scenarioText } from '../testing/load.ts';

const operation = (text: string): string => scenarioText(`operations:\n  - { at: 1m, ${text} }`);
const codes = (text: string): string[] => load(operation(text)).diagnostics.map(({ code }) => code);
const messages = (text: string): string =>
  load(operation(text))
    .diagnostics.map(({ message }) => message)
    .join('; ');
const built = (text: string) => loadOne(operation(text)).operations[0]!.action;

describe('reassign', () => {
  test('takes exact replicas for some partitions, and leaves others out', () => {
    expect(built('reassign: { topic: orders, replicas: { 4: [3, 1], 0: [1, 2] }, throttle: 10MB/s }')).toEqual({
      verb: 'reassign',
      cluster: 'kafka',
      plan: {
        kind: 'explicit',
        topic: 'orders',
        moves: [
          { partition: 0, replicas: [1, 2] },
          { partition: 4, replicas: [3, 1] },
        ],
      },
      throttleBytesPerSec: 10_000_000,
      keepsThrottle: false,
      waits: true,
    });
  });

  test('without replicas deals topics anew, as --generate does', () => {
    expect(built('reassign: { brokers: [1, 2], replicationFactor: 2, rackAware: false }')).toMatchObject({
      plan: { kind: 'generated', topics: null, brokers: [1, 2], isRackAware: false, replicationFactor: 2 },
      throttleBytesPerSec: null,
    });
  });

  test('keeps its throttle when nobody waits for the end', () => {
    expect(built('reassign: { topic: orders, throttle: 1MB/s, wait: false }')).toMatchObject({
      keepsThrottle: true,
      waits: false,
    });
  });

  test.each([
    ['an unknown topic', 'reassign: { topic: nobody }', ['SP1141']],
    ['an unknown broker', 'reassign: { topic: orders, replicas: { 0: [1, 9] } }', ['SP1145']],
    ['an unknown broker in a list', 'reassign: { topic: orders, brokers: [1, 9] }', ['SP1145']],
    ['a partition that the topic has not', 'reassign: { topic: orders, replicas: { 6: [1, 2] } }', ['SP1142']],
    ['a broker twice', 'reassign: { topic: orders, replicas: { 0: [1, 1] } }', ['SP1167']],
    ['replicas of nothing', 'reassign: { replicas: { 0: [1, 2] } }', ['SP1101']],
    ['two ways at once', 'reassign: { topic: orders, replicas: { 0: [1] }, brokers: [1] }', ['SP1107']],
    ['a throttle without a unit', 'reassign: { topic: orders, throttle: 10000000 }', ['SP1122']],
    ['a throttle of nothing', 'reassign: { topic: orders, throttle: 0B/s }', ['SP1122']],
    ['a throttle for a cancel', 'reassign: { cancel: true, throttle: 10MB/s }', ['SP1107']],
    ['a throttle to keep where there is none', 'reassign: { topic: orders, keepThrottle: true }', ['SP1107']],
    ['more replicas than brokers', 'reassign: { topic: orders, replicationFactor: 4 }', ['SP1166']],
    ['more replicas than the brokers named', 'reassign: { brokers: [1, 2], replicationFactor: 3 }', ['SP1166']],
    ['topic and topics', 'reassign: { topic: orders, topics: [orders] }', ['SP1107']],
  ])('refuses %s', (_what, text, expected) => {
    expect(codes(text)).toEqual(expected);
  });
});

describe('addBrokers', () => {
  test('gives the next ids and goes on with the stripe over zones', () => {
    const scenario = loadOne(`
regions: { eu: { zones: [a, b, c] } }
cluster: { brokers: { count: 4, zones: [a, b, c] }, topics: { orders: {} } }
operations:
  - { at: 1m, addBrokers: { count: 2 } }
  - { at: 2m, addBrokers: { ids: [10], zones: [a] } }
`);
    const added = scenario.clusters[0]!.brokers.filter(({ joinsLater }) => joinsLater);
    expect(added.map(({ id, rack }) => `${id} in ${rack}`)).toEqual(['5 in b', '6 in c', '10 in a']);
    expect(scenario.operations.map(({ action }) => action)).toEqual([
      { verb: 'addBrokers', cluster: 'kafka', ids: [5, 6] },
      { verb: 'addBrokers', cluster: 'kafka', ids: [10] },
    ]);
  });

  test('lets others name the brokers that it brings', () => {
    const text = `operations:
  - { at: 1m, addBrokers: { ids: [7] } }
  - { at: 2m, reassign: { topic: orders, replicas: { 0: [7, 1, 2] } } }
failures: [{ at: 3m, crash: broker 7 }]`;
    expect(load(scenarioText(text)).diagnostics).toEqual([]);
  });

  test('keeps their ids from those of the controllers, since a node.id is of one node only', () => {
    const { controllers } = loadOne(scenarioText('operations: [{ at: 1m, addBrokers: { ids: [102] } }]')).clusters[0]!;
    expect(controllers.map(({ id }) => id)).toEqual([103, 104, 105]);
  });

  test('does not count them where topics are made: three brokers take three replicas', () => {
    const text = scenarioText('operations: [{ at: 1m, addBrokers: { count: 2 } }]').replace(
      'replicationFactor: 3',
      'replicationFactor: 4',
    );
    expect(load(text).diagnostics.map(({ code }) => code)).toEqual(['SP1166']);
  });

  test.each([
    ['an id that is taken', 'addBrokers: { ids: [2] }', ['SP1145']],
    ['another number of ids than brokers', 'addBrokers: { count: 3, ids: [7, 8] }', ['SP1145']],
    ['an unknown zone', 'addBrokers: { zones: [nowhere] }', ['SP1146']],
    ['more than two hundred brokers', 'addBrokers: { count: 198 }', ['SP1104']],
  ])('refuses %s', (_what, text, expected) => {
    expect(codes(text)).toEqual(expected);
  });
});

describe('removeBroker', () => {
  test('is the id alone, or a map', () => {
    const whole = { verb: 'removeBroker', cluster: 'kafka', id: 3, drains: true, throttleBytesPerSec: null };
    expect(built('removeBroker: 3')).toEqual(whole);
    expect(built('removeBroker: { broker: 3, drain: false }')).toEqual({ ...whole, drains: false });
  });

  test.each([
    ['an unknown broker', 'removeBroker: 4', ['SP1145']],
    ['a throttle where nothing moves', 'removeBroker: { broker: 3, drain: false, throttle: 1MB/s }', ['SP1107']],
  ])('refuses %s', (_what, text, expected) => {
    expect(codes(text)).toEqual(expected);
  });
});

test('removeBroker is refused for a node that is a controller too', () => {
  const text = operation('removeBroker: 3').replace(
    'brokers: 3',
    'brokers: 3\ncontrollers: { count: 3, combined: true }',
  );
  expect(load(text).diagnostics.map(({ code }) => code)).toEqual(['SP1180']);
});

describe('createPartitions', () => {
  test('says how many there are afterwards', () => {
    expect(
      built('createPartitions: { topic: orders, partitions: 8, replicas: { 6: [1, 2, 3], 7: [2, 3, 1] } }'),
    ).toEqual({
      verb: 'createPartitions',
      cluster: 'kafka',
      topic: 'orders',
      partitionCount: 8,
      assignment: [
        [1, 2, 3],
        [2, 3, 1],
      ],
    });
  });

  test('lets expectations name the partitions that come', () => {
    const text = scenarioText(`operations: [{ at: 1m, createPartitions: { topic: orders, partitions: 8 } }]
expect: [{ at: 2m, leader: { partition: orders-7, exists: true } }]`);
    expect(load(text).diagnostics).toEqual([]);
  });

  test('is refused where the number would not rise, with what Kafka would say', () => {
    expect(codes('createPartitions: { topic: orders, partitions: 6 }')).toEqual(['SP1169']);
    expect(messages('createPartitions: { topic: orders, partitions: 3 }')).toBe(
      "topic 'orders' has 6 partitions: 3 would not be an increase",
    );
  });

  test.each([
    [
      'an assignment of old partitions',
      'createPartitions: { topic: orders, partitions: 7, replicas: { 0: [1, 2, 3] } }',
      ['SP1167'],
    ],
    [
      'another number of replicas',
      'createPartitions: { topic: orders, partitions: 7, replicas: { 6: [1, 2] } }',
      ['SP1167'],
    ],
    ['an unknown topic', 'createPartitions: { topic: nobody, partitions: 7 }', ['SP1141']],
  ])('refuses %s', (_what, text, expected) => {
    expect(codes(text)).toEqual(expected);
  });
});
