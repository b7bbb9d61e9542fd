/**
 * One small scenario for each difference between releases that brokers and controllers make, played under the last
 * release before it and the first one after it. Sources: the KIPs and issues of `src/kafka/behaviourTable.ts`.
 */
import { describe, expect, test } from 'vitest';
import { Bed } from '../../src/model/controller/testbed.ts';
import { type OrdersSettings, orders } from '../../src/model/testing/orders.ts';
import { type Played, play, seconds } from '../../src/model/testing/play.ts';
import { load, scenarioText } from '../../src/spec/testing/load.ts';

const ONE = [[1, 2, 3]];
const crash3 = 'name: f, at: 10s, crash: { broker: 3 }';
const withoutElr = (kafka: string): string[] => (kafka >= '4.0' ? ['eligibleLeaderReplicas: false'] : []);

function run(kafka: string, settings: Partial<OrdersSettings>, seed = 'a'): Played {
  return play(orders({ kafka, duration: '60s', replicas: ONE, cluster: withoutElr(kafka), ...settings }), { seed });
}

/** Seconds from the first event of a type to the first of another. */
function between(
  { ask }: Played,
  from: (event: Played['trace']['events'][number]) => boolean,
  to: typeof from,
): number {
  const [start] = ask.trace.events.filter(from);
  const end = ask.trace.events.find((event) => event.atUs >= start!.atUs && to(event));
  return (end!.atUs - start!.atUs) / 1e6;
}

const fencedAfter = (played: Played): number =>
  between(
    played,
    (event) => event.type === 'failure.began',
    (event) => event.type === 'broker.control' && event.to === 'FENCED',
  );

interface Switch {
  readonly what: string;
  readonly releases: readonly [before: string, after: string];
  readonly see: (kafka: string) => unknown;
  readonly seen: readonly [unknown, unknown];
}

const SWITCHES: readonly Switch[] = [
  {
    what: 'records below min ISR become visible (acks=1), or wait (KAFKA-15583)',
    releases: ['3.6', '3.7'],
    see: (kafka) => {
      const { trace } = run(kafka, {
        producer: 'acks: 1, enable.idempotence: false',
        topic: 'min.insync.replicas: 3',
        failures: [crash3],
      });
      return trace.highWatermarks.some((one) => one.partition === 0 && one.broker === 0 && one.atUs > seconds(30));
    },
    seen: [true, false],
  },
  {
    what: 'the leader epoch rises when a follower leaves the ISR (KAFKA-15021)',
    releases: ['3.5', '3.6'],
    see: (kafka) => run(kafka, { failures: [crash3] }).ask.at('orders-0', seconds(40)).leaderEpoch,
    seen: [1, 0],
  },
  {
    what: 'a session is found expired at its very end, or by a scan each eighth of it',
    releases: ['3.9', '4.0'],
    see: (kafka) => {
      const times = Array.from({ length: 12 }, (_, seed) =>
        fencedAfter(run(kafka, { failures: [crash3] }, `s${seed}`)),
      );
      return Math.max(...times) > 9.01;
    },
    seen: [false, true],
  },
  {
    what: 'a quorum member asks for pre-votes before it stands (KIP-996)',
    releases: ['3.9', '4.0'],
    see: (kafka) =>
      run(kafka, { failures: ['name: f, at: 10s, crash: controller'] })
        .ask.events('controller.state')
        .some(({ to }) => to === 'Prospective'),
    seen: [false, true],
  },
  {
    what: 'a broker that was stopped cleanly and started at once is refused while its old session lasts',
    releases: ['3.9', '4.0'],
    see: (kafka) =>
      run(kafka, { duration: '90s', operations: ['name: roll, at: 10s, rollingRestart: { pause: 60s }'] })
        .ask.events('broker.registrationRefused')
        .some(({ broker, error }) => broker === 0 && error === 'DUPLICATE_BROKER_REGISTRATION'),
    seen: [false, true],
  },
  {
    what: 'a new cluster has eligible leader replicas (KIP-966)',
    releases: ['4.0', '4.1'],
    see: (kafka) => {
      const failures = [crash3, 'name: g, at: 25s, crash: { broker: 2 }'];
      return run(kafka, { cluster: [], failures }).ask.at('orders-0', seconds(50)).elr;
    },
    seen: [[], [2]],
  },
  {
    what: 'the last known leader may be elected while it is dead (KAFKA-19522)',
    releases: ['4.0', '4.1'],
    see: (kafka) => {
      const { ask } = run(kafka, {
        duration: '150s',
        replicas: [[1, 2]],
        cluster: ['eligibleLeaderReplicas: true'],
        failures: [
          'name: two, at: 10s, for: 90s, crash: { broker: 2 }',
          'name: one, at: 25s, for: 20s, crash: { broker: 1 }',
          'name: again, at: 48s, crash: { broker: 1 }',
        ],
      });
      return ask.at('orders-0', seconds(140)).leader;
    },
    seen: [1, -1],
  },
  {
    what: 'brokers learn of a commit with their next fetch, up to 500 ms later, or at once (KIP-1166)',
    releases: ['4.0', '4.1'],
    see: (kafka) => {
      const late = Array.from({ length: 6 }, (_, seed) =>
        between(
          run(kafka, { replicas: [[3, 1, 2]], failures: [crash3] }, `m${seed}`),
          (event) => event.type === 'partition.changed' && event.reason === 'fenced',
          (event) => event.type === 'replica.leading' && event.broker !== 2,
        ),
      );
      return Math.max(...late) > 0.1;
    },
    seen: [true, false],
  },
  {
    what: 'leaders go back to preferred replicas by themselves (KAFKA-13682)',
    releases: ['3.1', '3.2'],
    see: (kafka) =>
      run(kafka, {
        duration: '420s',
        rate: '5/s',
        failures: ['name: f, at: 10s, for: 20s, crash: { broker: 1 }'],
      }).ask.at('orders-0', seconds(419)).leader,
    seen: [2, 1],
  },
  {
    what: 'they go back five minutes after it was noticed, or with the next pass of each five minutes',
    releases: ['3.9', '4.0'],
    see: (kafka) => {
      const { ask } = run(kafka, {
        duration: '420s',
        rate: '5/s',
        failures: ['name: f, at: 10s, for: 20s, crash: { broker: 1 }'],
      });
      const back = ask.changes('orders-0').find(({ reason }) => reason === 'preferredElection')!;
      const lost = ask.changes('orders-0').find(({ leader }) => leader === 1)!;
      return Math.abs((back.atUs - lost.atUs) / 1e6 - 300) < 1;
    },
    seen: [true, false],
  },
  {
    what: 'KRaft obeys unclean.leader.election.enable (KAFKA-12670)',
    releases: ['3.8', '3.9'],
    see: (kafka) =>
      run(kafka, {
        topic: 'min.insync.replicas: 1, unclean.leader.election.enable: true',
        failures: [
          'name: others, at: 5s, for: 20s, crash: { broker: [2, 3] }',
          'name: last, at: 20s, crash: { broker: 1 }',
        ],
      })
        .ask.changes('orders-0')
        .some(({ unclean }) => unclean),
    seen: [false, true],
  },
  {
    what: 'a reassignment completes although a replica that stays is dead',
    releases: ['4.2', '4.3'],
    see: (kafka) =>
      run(kafka, {
        replicas: [[1, 2]],
        topic: 'min.insync.replicas: 1',
        failures: ['name: f, at: 5s, crash: { broker: 2 }'],
        operations: ['name: move, at: 30s, reassign: { topic: orders, replicas: { 0: [1, 2, 3] }, wait: false }'],
      })
        .ask.changes('orders-0')
        .at(-1)!.adding!.length,
    seen: [1, 0],
  },
  {
    what: 'an unclean restart reads logs back with one thread, or with two (KIP-1030)',
    releases: ['3.9', '4.0'],
    see: (kafka) =>
      load(scenarioText(`kafka: "${kafka}"`)).scenarios[0]!.clusters[0]!.brokerConfigs.get(
        'num.recovery.threads.per.data.dir',
      )!.value,
    seen: [1, 2],
  },
  {
    what: 'records from the future are taken as they are, or refused beyond one hour (KIP-1030)',
    releases: ['3.9', '4.0'],
    see: (kafka) => {
      const [scenario] = load(scenarioText(`kafka: "${kafka}"`)).scenarios;
      return (
        Number(scenario!.clusters[0]!.topics[0]!.configs.get('message.timestamp.after.max.ms')!.value) === 3_600_000
      );
    },
    seen: [false, true],
  },
  {
    what: 'brokers take a log.segment.bytes of 16 KiB (KIP-1030)',
    releases: ['3.9', '4.0'],
    see: (kafka) => load(scenarioText(`kafka: "${kafka}"\nconfig: { log.segment.bytes: 16KiB }`)).scenarios.length,
    seen: [1, 0],
  },
  {
    what: 'topics take a segment.bytes of 16 KiB (KIP-1030)',
    releases: ['4.0', '4.1'],
    see: (kafka) =>
      load(
        scenarioText(`kafka: "${kafka}"`).replace(
          'replicationFactor: 3',
          'replicationFactor: 3, config: { segment.bytes: 16KiB }',
        ),
      ).scenarios.length,
    seen: [1, 0],
  },
  {
    what: 'producers wait 5 ms for more records (KIP-1030)',
    releases: ['3.9', '4.0'],
    see: (kafka) => load(scenarioText(`kafka: "${kafka}"`)).scenarios[0]!.producers[0]!.configs.get('linger.ms')!.value,
    seen: [0, 5],
  },
  {
    what: 'one request creates more than 10,000 partitions (KAFKA-17870)',
    releases: ['3.9', '4.0'],
    see: (kafka) => {
      const bed = new Bed({ kafka: kafka as '4.0' });
      let answer = '';
      const request = { name: 'many', partitionCount: 10_001, replicationFactor: 1, assignment: null, internal: false };
      bed.plane.createTopic(request, (error) => {
        answer = error;
      });
      bed.runTo(2);
      return answer;
    },
    seen: ['NONE', 'POLICY_VIOLATION'],
  },
  {
    what: 'controlled.shutdown.max.retries is a config',
    releases: ['3.9', '4.0'],
    see: (kafka) =>
      load(scenarioText(`kafka: "${kafka}"\nconfig: { controlled.shutdown.max.retries: 5 }`)).scenarios.length,
    seen: [1, 0],
  },
  {
    what: 'ZooKeeper may coordinate',
    releases: ['3.9', '4.0'],
    see: (kafka) => load(scenarioText(`kafka: "${kafka}"\ncoordination: zookeeper`)).scenarios.length,
    seen: [1, 0],
  },
];

describe.each(SWITCHES)('$what', ({ releases, see, seen }) => {
  test.each([0, 1] as const)(`${releases[0]} against ${releases[1]}: side %i`, (side) => {
    expect(see(releases[side])).toEqual(seen[side]);
  });
});
