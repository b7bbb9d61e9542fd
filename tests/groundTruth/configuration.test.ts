/**
 * Configuration and topics, case by case: minimum ISR with acks=1, unclean election switched on late, topics created
 * while a broker is fenced, internal topics that never come.
 * Sources: Partition, ReplicationControlManager, QuorumController, KafkaController, AutoTopicCreationManager, KAFKA-15583.
 */
import { describe, expect, test } from 'vitest';
import { orders } from '../../src/model/testing/orders.ts';
import { type Played, play, seconds } from '../../src/model/testing/play.ts';

const SEEDS = ['a', 'b', 'c'];
const TWO_DOWN = ['name: three, at: 10s, crash: { broker: 3 }', 'name: two, at: 10s, for: 40s, crash: { broker: 2 }'];

describe('case 11: min.insync.replicas 2, two brokers fenced, acks=1', () => {
  const run = (kafka: string, seed: string): Played =>
    play(
      orders({
        kafka,
        duration: '80s',
        replicas: [[1, 2, 3]],
        cluster: kafka >= '4.0' ? ['eligibleLeaderReplicas: false'] : [],
        producer: 'acks: 1, enable.idempotence: false',
        failures: TWO_DOWN,
      }),
      { seed },
    );
  /** The leader's high watermark at the instant. */
  const mark = ({ ask, trace }: Played, atUs: number): number =>
    trace.highWatermarks
      .filter((one) => one.partition === ask.partition('orders-0') && one.broker === 0 && one.atUs <= atUs)
      .at(-1)!.offset;

  test.each(SEEDS)('from 3.7 appends succeed and nothing new is visible until a follower rejoins (seed %s)', (seed) => {
    const run40 = run('4.0', seed);
    const { ask } = run40;
    expect(ask.at('orders-0', seconds(30)).isr).toEqual([1]);
    expect(ask.acknowledgedRecords('orders-0', seconds(30), seconds(49))).toBeGreaterThan(1500);
    expect(mark(run40, seconds(49))).toBe(mark(run40, seconds(30)));
    const rejoined = ask.isrChangeUs('orders-0', 2, true, seconds(50));
    expect(rejoined).toBeGreaterThan(seconds(50));
    expect(mark(run40, rejoined + seconds(2))).toBeGreaterThan(mark(run40, seconds(49)) + 1500);
  });

  test.each(SEEDS)('up to 3.6 they are visible at once (seed %s)', (seed) => {
    const run36 = run('3.6', seed);
    expect(run36.ask.at('orders-0', seconds(30)).isr).toEqual([1]);
    expect(mark(run36, seconds(49))).toBeGreaterThan(mark(run36, seconds(30)) + 1500);
  });
});

describe('case 14: the last ISR member is gone, then an operator allows unclean election', () => {
  const run = (kafka: string, operation: string, seed: string, coordination: readonly string[] = []): Played =>
    play(
      orders({
        kafka,
        duration: '500s',
        rate: '5/s',
        replicas: [[1, 2, 3]],
        topic: 'min.insync.replicas: 1',
        cluster: [...coordination, ...(kafka >= '4.0' ? ['eligibleLeaderReplicas: false'] : [])],
        producer: 'delivery.timeout.ms: 40000',
        failures: [
          'name: others, at: 10s, for: 50s, crash: { broker: [2, 3] }',
          'name: last, at: 40s, crash: { broker: 1 }',
        ],
        operations: [`name: allow, at: 120s, ${operation}`],
      }),
      { seed },
    );
  const allow = 'alterConfig: { topic: orders, config: { unclean.leader.election.enable: true } }';
  const unclean = ({ ask }: Played) => ask.changes('orders-0').filter((change) => change.unclean);

  test.each(SEEDS)('KRaft waits for its next retry, at most five minutes (seed %s)', (seed) => {
    const played = run('4.0', allow, seed);
    expect(played.ask.at('orders-0', seconds(119)).leader).toBe(-1);
    const [election] = unclean(played);
    expect(election!.reason).toBe('uncleanElection');
    expect(election!.atUs - seconds(120)).toBeGreaterThan(seconds(0.5));
    expect(election!.atUs - seconds(120)).toBeLessThanOrEqual(seconds(301));
  });

  test('kafka-leader-election --election-type unclean acts at once, in every release', () => {
    for (const kafka of ['3.3', '3.9', '4.0']) {
      const [election] = unclean(run(kafka, 'electLeaders: { type: unclean, topic: orders }', 'a'));
      expect(election!.atUs - seconds(120)).toBeLessThan(seconds(1));
    }
  });

  test('KRaft before 3.9 does not look at the config at all', () => {
    expect(unclean(run('3.8', allow, 'a'))).toEqual([]);
  });

  test.each(SEEDS)('ZooKeeper: the controller elects at once (seed %s)', (seed) => {
    const [election] = unclean(run('3.6', allow, seed, ['coordination: zookeeper']));
    expect(election!.atUs - seconds(120)).toBeLessThan(seconds(2));
  });

  test('3.9 waits five minutes from the moment when it notices', () => {
    const [election] = unclean(run('3.9', allow, 'a'));
    expect((election!.atUs - seconds(120)) / 1e6).toBeCloseTo(300, 0);
  });
});

describe('case 28: three brokers, one of them fenced, and a new topic with three replicas', () => {
  const run = (seed: string): Played =>
    play(
      orders({
        kafka: '4.0',
        duration: '60s',
        failures: ['name: f, at: 5s, crash: { broker: 3 }'],
        operations: ['name: new, at: 30s, createTopic: { topic: payments, partitions: 6, replicationFactor: 3 }'],
      }),
      { seed },
    );

  test.each(SEEDS)('is created: the fenced broker gets followers, the ISR is the other two (seed %s)', (seed) => {
    const { ask } = run(seed);
    expect(ask.events('operation.ended').map(({ error }) => error)).toEqual([null]);
    for (let partition = 0; partition < 6; partition++) {
      const name = `payments-${partition}`;
      expect(
        ask
          .changes(name)[0]!
          .replicas!.map((broker) => ask.brokerId(broker))
          .sort(),
      ).toEqual([1, 2, 3]);
      expect([...ask.at(name, seconds(59)).isr].sort()).toEqual([1, 2]);
      expect(ask.at(name, seconds(59)).leader).not.toBe(3);
    }
  });
});

describe('case 28 with ZooKeeper', () => {
  test.each(SEEDS)('only live brokers are places: INVALID_REPLICATION_FACTOR (seed %s)', (seed) => {
    const { ask } = play(
      orders({
        kafka: '3.6',
        duration: '60s',
        cluster: ['coordination: zookeeper'],
        failures: ['name: f, at: 5s, crash: { broker: 3 }'],
        operations: ['name: new, at: 40s, createTopic: { topic: payments, partitions: 6, replicationFactor: 3 }'],
      }),
      { seed },
    );
    expect(ask.events('operation.ended').map(({ error }) => error)).toEqual(['INVALID_REPLICATION_FACTOR']);
  });
});

describe('case 29: two brokers, and an internal topic that wants three replicas', () => {
  const run = (seed: string): Played =>
    play(
      `
name: two brokers
duration: 60s
cluster:
  kafka: "4.0"
  brokers: 2
  topics: { orders: { partitions: 1, replicationFactor: 2 } }
producers: { checkout: { to: orders, rate: 10/s } }
consumers: { billing: { from: [orders] } }
`,
      { seed },
    );

  test.each(SEEDS)('__consumer_offsets never comes, and consumers ask for ever (seed %s)', (seed) => {
    const { ask } = run(seed);
    const failed = ask.events('topic.createFailed');
    expect(failed.length).toBeGreaterThan(30);
    expect(failed.at(-1)!.atUs).toBeGreaterThan(seconds(58));
    expect(new Set(failed.map(({ topic, error }) => `${topic} ${error}`))).toEqual(
      new Set(['__consumer_offsets INVALID_REPLICATION_FACTOR']),
    );
    expect(ask.events('group.state')).toEqual([]);
    expect(ask.fates()).toMatchObject({ failed: 0, neverSent: 0 });
  });
});
