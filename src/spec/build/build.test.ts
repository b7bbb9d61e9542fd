import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Selector } from '../../scenario/scenario.ts';
import { loadScenario } from '../load.ts';
import { complaints, load, loadOne, scenarioText } from '../testing/load.ts';

const ZONES = 'regions: { eu: { zones: [a, b, c] } }\n';

function target(written: string): Selector {
  const scenario = loadOne(scenarioText(`${ZONES}failures: [{ at: 1m, crash: ${written} }]`));
  const [failure] = scenario.failures;
  if (failure?.action.verb !== 'crash') throw new Error('no crash');
  return failure.action.target;
}

describe('a target is read from text, map or list', () => {
  const cluster = 'kafka';
  test.each<[string, Selector]>([
    ['broker 3', { kind: 'broker', cluster, id: 3 }],
    ['{ broker: 3 }', { kind: 'broker', cluster, id: 3 }],
    ['{ broker: 3, cluster: kafka }', { kind: 'broker', cluster, id: 3 }],
    ['{ broker: leader of orders-0 }', { kind: 'leaderOf', cluster, topic: 'orders', partition: 0 }],
    ['leader of orders-5', { kind: 'leaderOf', cluster, topic: 'orders', partition: 5 }],
    ['follower of orders-0', { kind: 'followerOf', cluster, topic: 'orders', partition: 0 }],
    ['controller', { kind: 'activeController', cluster }],
    ['{ controller: 101 }', { kind: 'controllerNode', cluster, id: 101 }],
    ['coordinator of group billing', { kind: 'coordinatorOf', cluster, group: 'billing' }],
    ['{ zone: eu/b }', { kind: 'zone', region: 'eu', zone: 'b' }],
    ['zone b', { kind: 'zone', region: 'eu', zone: 'b' }],
    ['region eu', { kind: 'region', region: 'eu' }],
    ['{ anyOf: brokers of kafka }', { kind: 'anyOf', of: { kind: 'brokersOf', cluster } }],
    ['any of controllers', { kind: 'anyOf', of: { kind: 'controllersOf', cluster } }],
    ['client billing/2', { kind: 'client', name: 'billing', instance: 2 }],
    ['{ client: checkout }', { kind: 'client', name: 'checkout', instance: null }],
    ['everything', { kind: 'everything' }],
    [
      '{ broker: [1, 2] }',
      {
        kind: 'allOf',
        of: [
          { kind: 'broker', cluster, id: 1 },
          { kind: 'broker', cluster, id: 2 },
        ],
      },
    ],
    [
      '[controller, broker 1]',
      {
        kind: 'allOf',
        of: [
          { kind: 'activeController', cluster },
          { kind: 'broker', cluster, id: 1 },
        ],
      },
    ],
  ])('%s', (written, selector) => expect(target(written)).toEqual(selector));
});

test('brokers are striped over zones and carry them as racks, and controllers follow them', () => {
  const [cluster] = loadOne(
    scenarioText(`${ZONES}controllers: { count: 3 }`).replace('brokers: 3', 'brokers: 6'),
  ).clusters;
  expect(cluster?.brokers.map(({ id, rack }) => [id, rack])).toEqual([
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
    [4, 'a'],
    [5, 'b'],
    [6, 'c'],
  ]);
  expect(cluster?.controllers.map(({ id, place }) => [id, place.zone])).toEqual([
    [101, 'a'],
    [102, 'b'],
    [103, 'c'],
  ]);
});

test('without regions brokers have no rack, and combined controllers are the first brokers', () => {
  const [cluster] = loadOne(scenarioText('controllers: { count: 3, combined: true }')).clusters;
  expect(cluster?.brokers[0]?.rack).toBeNull();
  expect(cluster?.controllers).toEqual(
    [1, 2, 3].map((id) => ({ id, place: { region: 'local', zone: 'a' }, combined: true })),
  );
});

test("a topic takes its own config, else the brokers' synonym, else the default of the Kafka version", () => {
  const text = scenarioText('config: { log.retention.hours: 1, min.insync.replicas: 2 }').replace(
    'replicationFactor: 3',
    'replicationFactor: 3, config: { segment.bytes: 1MiB }',
  );
  const configs = loadOne(text).clusters[0]?.topics[0]?.configs;
  expect(configs?.get('segment.bytes')).toEqual({ value: 1_048_576, origin: 'topic' });
  expect(configs?.get('retention.ms')).toEqual({ value: 3_600_000, origin: 'broker' });
  expect(configs?.get('min.insync.replicas')).toEqual({ value: 2, origin: 'broker' });
  expect(configs?.get('segment.ms')).toEqual({ value: 604_800_000, origin: 'kafka default' });
});

test('defaults follow the Kafka version', () => {
  const at = (version: string) => loadOne(scenarioText(`kafka: "${version}"`));
  expect(at('3.9').producers[0]?.configs.get('linger.ms')?.value).toBe(0);
  expect(at('4.0').producers[0]?.configs.get('linger.ms')?.value).toBe(5);
  expect([at('3.9'), at('4.0'), at('4.1')].map((scenario) => scenario.clusters[0]?.eligibleLeaderReplicas)).toEqual([
    false,
    false,
    true,
  ]);
});

test('an acks that breaks idempotence switches the default off, and a long linger raises the delivery timeout', () => {
  const [producer] = loadOne(scenarioText().replace('rate:', 'config: { acks: 1, linger.ms: 2m }, rate:')).producers;
  expect(producer?.configs.get('enable.idempotence')).toEqual({ value: false, origin: 'client' });
  expect(producer?.configs.get('delivery.timeout.ms')).toEqual({ value: 150_000, origin: 'client' });
});

test('more than five requests in flight are refused from Kafka 4.0 on, and switch idempotence off before', () => {
  const text = (version: string) =>
    scenarioText(`kafka: "${version}"`).replace(
      'rate:',
      'config: { max.in.flight.requests.per.connection: 10 }, rate:',
    );
  expect(load(text('4.0')).diagnostics.map(({ code }) => code)).toEqual(['SP1165']);
  expect(load(text('3.9')).diagnostics.map(({ code }) => code)).toEqual(['SP1204']);
});

test('a config without effect in the model is accepted and reported', () => {
  const scenario = loadOne(
    scenarioText().replace('replicationFactor: 3', 'replicationFactor: 3, config: { cleanup.policy: compact }'),
  );
  expect(scenario.notModelled).toEqual([
    {
      what: 'topic config cleanup.policy',
      where: 'topic orders',
      consequence: 'the value is accepted and changes nothing in the model',
    },
  ]);
});

test('a curve starts at nothing, and waves become points', () => {
  const rate = (written: string) => loadOne(scenarioText('duration: 2m').replace('2k/s', written)).producers[0]?.rate;
  expect(rate('[{ at: 1m, rate: 5/s, shape: ramp }]')).toEqual([
    { atUs: 0, recordsPerSec: 0, shape: 'step' },
    { atUs: 60_000_000, recordsPerSec: 5, shape: 'ramp' },
  ]);
  expect(
    rate('{ base: 1/s, peak: 10/s, shape: bursty, period: 1m }')?.map(({ atUs, recordsPerSec }) => [
      atUs,
      recordsPerSec,
    ]),
  ).toEqual([
    [0, 10],
    [6_000_000, 1],
    [60_000_000, 10],
    [66_000_000, 1],
  ]);
  const daily = rate('{ base: 0/s, peak: 10/s, shape: daily, period: 2m }');
  expect(daily?.[12]).toEqual({ atUs: 60_000_000, recordsPerSec: 10, shape: 'ramp' });
});

test('failures, operations and their triggers', () => {
  const scenario = loadOne(
    scenarioText(`${ZONES}
failures:
  - { name: down, at: 1m, for: 30s, stop: { broker: 1 } }
  - { after: down.end, partition: { between: [broker 1, zone a], oneWay: true } }
  - { every: { mtbf: 1h, mttr: 5m }, freeze: { anyOf: brokers } }
  - { at: 2m, degrade: { broker: 2, latency: +80ms, loss: 2% } }
  - { at: 2m, slow: { zone: eu/a, disk: 10x } }
  - { at: 2m, loseControllers: 2 }
  - { at: 2m, crashClient: billing/1 }
  - { at: 2m, slowConsumer: { group: billing, perRecord: 5ms } }
operations:
  - { after: { failure: down, delay: 2m ± 1m }, rollingRestart: {} }
  - { at: 3m, alterConfig: { topic: orders, config: { retention.ms: 1d, segment.ms: null } } }
  - { at: 3m, electLeaders: { partition: orders-0, type: unclean } }
  - { at: 3m, scale: { client: billing, instances: 5 } }`),
  );
  expect(
    [...scenario.failures, ...scenario.operations].map(({ name, trigger, action }) => ({ name, trigger, action })),
  ).toMatchSnapshot();
});

test('windows and parameters of expectations are in base units', () => {
  const scenario = loadOne(
    scenarioText(`failures: [{ name: down, at: 1m, for: 30s, crash: { broker: 1 } }]
expect:
  - { metric: produce.latency, of: checkout/0, p99: "< 60ms", during: [2m, 3m] }
  - { metric: records.acknowledged, rate: ">= 990", outside: down }
  - { eventually: { consumerLag: { group: billing, below: 5000 } }, within: 60s, after: down.end }`),
  );
  expect(scenario.expectations.map(({ claim, params, window }) => ({ claim, params, window }))).toMatchSnapshot();
});

test('topics that Kafka makes itself, or that collide in metric names, are refused', () => {
  const { diagnostics } = load('brokers: 3\ntopics: { my.topic: {}, my_topic: {}, __consumer_offsets: {} }');
  expect(diagnostics.map(({ code, column }) => [code, column])).toEqual([
    ['SP1105', 25],
    ['SP1105', 39],
  ]);
});

test('a window means nothing for a guarantee about the whole run', () => {
  expect(complaints(scenarioText('expect: [{ noRecordLoss: { topic: orders }, during: steady }]'))).toContain(
    'noRecordLoss is about the whole run',
  );
});

test('a link out of the project is refused, one inside is followed', () => {
  const root = mkdtempSync(join(tmpdir(), 'spec-'));
  mkdirSync(join(root, 'project/lib'), { recursive: true });
  writeFileSync(join(root, 'project/package.json'), '{}');
  writeFileSync(join(root, 'secret.yaml'), 'brokers: 3');
  writeFileSync(join(root, 'project/lib/real.yaml'), 'brokers: 3');
  symlinkSync(join(root, 'secret.yaml'), join(root, 'project/lib/out.yaml'));
  symlinkSync(join(root, 'project/lib/real.yaml'), join(root, 'project/lib/in.yaml'));
  const run = (name: string) => {
    writeFileSync(join(root, 'project/a.scenario.yaml'), `extends: lib/${name}`);
    return loadScenario(join(root, 'project/a.scenario.yaml')).diagnostics.map(({ code }) => code);
  };
  expect(run('out.yaml')).toEqual(['SP1020']);
  expect(run('in.yaml')).toEqual([]);
});
