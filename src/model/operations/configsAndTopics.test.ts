import { describe, expect, test } from 'vitest';
import { orders } from '../testing/orders.ts';
import { type Played, play, seconds } from '../testing/play.ts';

const ended = ({ ask }: Played): (string | null)[] => ask.events('operation.ended').map(({ error }) => error);
const one = (operation: string, more: Partial<Parameters<typeof orders>[0]> = {}): Played =>
  play(orders({ duration: '20s', ...more, operations: [`name: op, at: 5s, ${operation}`] }));

describe('alterConfig', () => {
  test.each([
    ['num.partitions: 3', 'INVALID_REQUEST: Cannot update these configs dynamically: num.partitions'],
    [
      'num.io.threads: 17',
      'INVALID_REQUEST: Dynamic thread count update validation failed for num.io.threads=17, value should not be greater than double the current value 8',
    ],
    [
      'num.io.threads: 3',
      'INVALID_REQUEST: Dynamic thread count update validation failed for num.io.threads=3, value should be at least half the current value 8',
    ],
    ['num.io.threads: 16', null],
    ['num.io.threads: 4', null],
    ['log.retention.ms: 1000', null],
    ['min.insync.replicas: null', 'INVALID_CONFIG'],
  ] as const)('{ %s } of all brokers ends with %s', (config, error) => {
    expect(ended(one(`alterConfig: { config: { ${config} } }`))).toEqual([error]);
  });

  test('with eligible leader replicas brokers have no min.insync.replicas of their own', () => {
    const own = 'alterConfig: { broker: 1, config: { min.insync.replicas: 1 } }';
    expect(ended(one(own, { kafka: '4.1' }))).toEqual(['INVALID_CONFIG']);
    expect(ended(one(own, { kafka: '3.9' }))).toEqual([null]);
  });

  test('a step of a thread pool counts from what is in force', () => {
    const run = play(
      orders({
        duration: '20s',
        operations: [
          'name: a, at: 5s, alterConfig: { config: { num.io.threads: 16 } }',
          'name: b, at: 6s, alterConfig: { config: { num.io.threads: 32 } }',
          'name: c, at: 7s, alterConfig: { config: { num.io.threads: null } }',
          'name: d, at: 8s, alterConfig: { config: { num.io.threads: 32 } }',
        ],
      }),
    );
    expect(ended(run).map((error) => error?.slice(0, 15) ?? null)).toEqual([null, null, null, 'INVALID_REQUEST']);
  });

  test('of one broker is asked of that broker: while it is down nobody answers, for a minute', () => {
    const run = (back: string): Played =>
      play(
        orders({
          duration: '120s',
          rate: '5/s',
          failures: [`name: f, at: 5s, for: ${back}, crash: { broker: 2 }`],
          operations: ['name: op, at: 20s, alterConfig: { broker: 2, config: { num.io.threads: 4 } }'],
        }),
      );
    expect(ended(run('30s'))).toEqual([null]);
    expect(ended(run('100s'))).toEqual(['REQUEST_TIMED_OUT: Timed out waiting for a node assignment']);
  });

  test('a topic override beats the cluster, the cluster beats the static value; null goes back one level', () => {
    const acknowledged = (operations: readonly string[], fromS: number, toS: number): number =>
      play(
        orders({
          duration: '60s',
          replicas: [[1, 2, 3]],
          topic: '',
          cluster: ['eligibleLeaderReplicas: false', 'config: { min.insync.replicas: 2 }'],
          failures: ['name: f, at: 5s, crash: { broker: 3 }'],
          operations,
        }),
      ).ask.acknowledgedRecords('orders-0', seconds(fromS), seconds(toS));
    const cluster = (at: number, value: number | null): string =>
      `name: c${at}, at: ${at}s, alterConfig: { config: { min.insync.replicas: ${value} } }`;
    const topic = (at: number, value: number | null): string =>
      `name: t${at}, at: ${at}s, alterConfig: { topic: orders, config: { min.insync.replicas: ${value} } }`;
    expect(acknowledged([], 31, 40)).toBeGreaterThan(700);
    expect(acknowledged([cluster(30, 3)], 31, 40)).toBe(0);
    expect(acknowledged([cluster(30, 3), topic(32, 2)], 33, 40)).toBeGreaterThan(500);
    expect(acknowledged([cluster(30, 3), topic(32, 2), topic(40, null)], 41, 50)).toBe(0);
    expect(acknowledged([cluster(30, 3), cluster(40, null)], 41, 50)).toBeGreaterThan(700);
  });
});

describe('createTopic', () => {
  test.each([
    ['topic: payments, partitions: 6, replicationFactor: 3', null],
    ['topic: payments', null],
    ['topic: payments, replicationFactor: 4', 'INVALID_REPLICATION_FACTOR'],
    ['topic: orders', 'TOPIC_ALREADY_EXISTS'],
  ] as const)('{ %s } ends with %s', (what, error) => {
    expect(ended(one(`createTopic: { ${what} }`))).toEqual([error]);
  });

  test('with its configs: a producer may write to it as soon as it is there', () => {
    const { ask } = play(`
name: new topic
duration: 30s
cluster:
  kafka: "4.1"
  brokers: 3
  config: { auto.create.topics.enable: false }
  topics: { orders: { partitions: 1, replicationFactor: 3 } }
producers: { checkout: { to: payments, rate: 100/s, record: { size: 200B } } }
consumers: { billing: { from: [payments] } }
operations:
  - { at: 10s, createTopic: { topic: payments, partitions: 2, replicationFactor: 3, config: { min.insync.replicas: 3 } } }
failures:
  - { name: f, at: 20s, crash: { broker: 3 } }
`);
    expect(ask.at('payments-0', seconds(11)).isr).toHaveLength(3);
    expect(ask.fates()).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0, miscounted: 0 });
    expect(ask.acknowledgedRecords('payments-0') + ask.acknowledgedRecords('payments-1')).toBeGreaterThan(1500);
    expect(ask.events('group.assigned').at(-1)!.members[0]!.partitions).toHaveLength(2);
  });

  test('comes too late where a client asked for the topic before: that one has the defaults of the brokers', () => {
    const { ask } = play(`
name: too late
duration: 30s
cluster:
  kafka: "4.1"
  brokers: 3
  topics: { orders: { partitions: 1, replicationFactor: 3 } }
producers: { checkout: { to: payments, rate: 100/s, record: { size: 200B } } }
operations: [{ at: 10s, createTopic: { topic: payments, partitions: 2, replicationFactor: 3 } }]
`);
    expect(ask.events('operation.ended').map(({ error }) => error)).toEqual(['TOPIC_ALREADY_EXISTS']);
    expect(ask.changes('payments-0')[0]!.replicas).toHaveLength(1);
    expect(ask.acknowledgedRecords('payments-0')).toBe(3000);
  });
});

describe('a topic that nobody creates', () => {
  const scenario = (config: string, consumer = ''): string => `
name: on demand
duration: 30s
cluster:
  kafka: "4.1"
  brokers: 3
  config: { num.partitions: 3, default.replication.factor: 2, ${config} }
  topics: { clicks: { autoCreate: true } }
producers: { web: { to: clicks, rate: 50/s, from: 10s } }
consumers: { dashboard: { from: [clicks], startsAt: 1s, config: { ${consumer} } } }
`;

  test('is created once, by the first client that asks, with the defaults of the brokers', () => {
    const { ask } = play(scenario(''));
    const created = ask.events('topic.created').filter(({ topic }) => topic === 'clicks');
    expect(created).toHaveLength(1);
    expect(created[0]!.partitions).toHaveLength(3);
    expect(ask.changes('clicks-0')[0]!.replicas).toHaveLength(2);
    expect(ask.fates()).toMatchObject({ offered: 1000, acknowledged: 1000 });
  });

  test('does not come with auto.create.topics.enable: false', () => {
    const { ask } = play(scenario('auto.create.topics.enable: false'));
    expect(ask.events('topic.created').filter(({ topic }) => topic === 'clicks')).toEqual([]);
    expect(ask.fates()).toMatchObject({ offered: 1000, acknowledged: 0 });
  });

  test('is not created by consumers that forbid it, and then by the producer', () => {
    const { ask } = play(scenario('', 'allow.auto.create.topics: false'));
    const [created] = ask.events('topic.created').filter(({ topic }) => topic === 'clicks');
    const late = play(scenario(''))
      .ask.events('topic.created')
      .find(({ topic }) => topic === 'clicks');
    expect(created!.atUs).toBeLessThan(seconds(10.5));
    expect(late!.atUs).toBeLessThan(seconds(1.5));
  });
});

describe('deleteTopic', () => {
  const scenario = (config: string, more = ''): string => `
name: deleted
duration: 60s
cluster:
  kafka: "4.1"
  brokers: 3
  config: { ${config} }
  topics: { orders: { partitions: 2, replicationFactor: 3 } }
producers: { checkout: { to: orders, rate: 50/s, config: { delivery.timeout.ms: 31000 } } }
operations: [{ name: op, at: 10s, deleteTopic: { topic: orders } }]
${more}
`;

  test('takes the replicas away on every broker; clients hear UNKNOWN_TOPIC_OR_PARTITION', () => {
    const played = play(scenario('auto.create.topics.enable: false'));
    expect(ended(played)).toEqual([null]);
    expect(played.ask.events('topic.deleted')).toHaveLength(1);
    expect(played.ask.events('replica.deleted')).toHaveLength(6);
    expect(played.ask.events('topic.created')).toHaveLength(1);
    expect(played.ask.acknowledgedRecords('orders-0', seconds(11))).toBe(0);
    expect(played.ask.fates().failed).toBeGreaterThan(500);
  });

  test('a broker that was down deletes its stray replicas when it starts', () => {
    const { ask } = play(
      scenario('auto.create.topics.enable: false', 'failures: [{ name: f, at: 5s, for: 30s, crash: { broker: 3 } }]'),
    );
    const late = ask.events('replica.deleted').filter(({ broker }) => ask.brokerId(broker) === 3);
    expect(late).toHaveLength(2);
    expect(late[0]!.atUs).toBeGreaterThan(seconds(35));
  });

  test('a client that goes on asking brings the topic back, empty and with the defaults', () => {
    const { ask } = play(scenario(''));
    const created = ask.events('topic.created').filter(({ topic }) => topic === 'orders');
    expect(created).toHaveLength(2);
    expect(created[1]!.partitions).toHaveLength(1);
  });

  test('with ZooKeeper too', () => {
    const zookeeper = scenario('auto.create.topics.enable: false').replace(
      'kafka: "4.1"',
      'kafka: "3.6"\n  coordination: zookeeper',
    );
    const { ask } = play(zookeeper);
    expect(ask.events('topic.deleted').map(({ topic }) => topic)).toEqual(['orders']);
    expect(ask.events('replica.deleted')).toHaveLength(6);
  });

  test('is refused where delete.topic.enable is false', () => {
    expect(ended(play(scenario('delete.topic.enable: false')))).toEqual(['TOPIC_DELETION_DISABLED']);
  });
});
