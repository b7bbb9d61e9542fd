import { expect, test } from 'vitest';
import { LANGUAGE_CLAIMS, NOT_AVAILABLE_KEYS } from './notAvailable.ts';
import { scenarioSchema } from './schema.ts';
import { load, scenarioText, shown } from './testing/load.ts';

const WHOLE = `# yaml-language-server: $schema=../schemas/scenario.schema.json
name: Checkout survives the loss of one availability zone
description: Orders must stay writable with nothing lost while zone a is away for three minutes.
tags: [durability, availability-zone]
seed: zone-loss
duration: 10m
warmup: 30s
vars: { partitions: 12 }
regions:
  eu-west: { zones: [a, b, c], network: { withinZone: 150us, betweenZones: 700us, jitter: 10%, bandwidth: 10Gbps } }
  us-east: { zones: [a, b, c] }
links:
  - { between: [eu-west, us-east], latency: 38ms, jitter: 5%, bandwidth: 2Gbps, loss: 0% }
clusters:
  eu:
    region: eu-west
    kafka: "4.1"
    coordination: kraft
    controllers: { count: 3, zones: [a, b, c], combined: false }
    brokers:
      count: 6
      zones: [a, b, c]
      hardware: { cores: 8, memory: 32GiB, disks: [{ size: 1TB, throughput: 250MB/s, latency: 1ms }], network: 10Gbps }
    config: { min.insync.replicas: 2, replica.lag.time.max.ms: 30s }
    topics:
      orders:   { partitions: "\${partitions}", replicationFactor: 3, config: { retention.ms: 7d } }
      payments: { partitions: 2, replicas: { 0: [1, 3, 5], 1: [2, 4, 6] }, config: { cleanup.policy: compact } }
  us: { region: us-east, kafka: "4.1", brokers: { count: 3 } }
producers:
  checkout:
    cluster: eu
    to: orders
    zones: [a, b]
    instances: 4
    rate: 20k/s
    record: { size: 1KiB, compressesTo: 40%, keys: { count: 100k, distribution: zipf, exponent: 1.1 } }
    partitioner: keys
    config: { acks: all, linger.ms: 5, compression.type: lz4 }
consumers:
  billing:
    from: [orders]
    instances: 6
    work: { perRecord: 80us, jitter: 20% }
    commit: after-processing
    config: { session.timeout.ms: 45s }
failures:
  - { name: zone-a-down, at: 2m, for: 3m, crash: { zone: eu-west/a } }
  - { name: flaky link,  at: 6m, for: 20s, degrade: { link: [eu-west, us-east], loss: 2%, latency: +80ms } }
  - { name: bad luck, every: { mtbf: 30d, mttr: 10m }, crash: { anyOf: brokers of eu } }
operations:
  - { at: 7m, rollingRestart: { cluster: eu, pause: 30s } }
expect:
  - { name: nothing acknowledged is lost, noRecordLoss: { topic: orders } }
  - { orderPreserved: { topic: orders, per: key } }
  - { availability: { topic: orders, of: produce, atLeast: 99.9% } }
  - { metric: produce.latency, of: checkout, p99: "< 60ms", during: steady }
  - { always: { offlinePartitions: { topic: orders, equals: 0 } } }
  - { eventually: { consumerLag: { group: billing, below: 5000 } }, within: 60s, after: zone-a-down.end }
  - { rebalances: { group: billing, atMost: 2 } }
  - { name: documented weakness, violated: true, noDuplicates: { topic: orders } }
matrix:
  vary:
    producers.checkout.config.acks: [1, all]
    clusters.eu.config.[min.insync.replicas]: [1, 2]
  except: [{ producers.checkout.config.acks: 1, clusters.eu.config.min.insync.replicas: 2 }]
`;

test('a scenario with all of the language that is available loads, one for each combination', () => {
  const result = load(WHOLE);
  expect(
    result.diagnostics.filter((diagnostic) => diagnostic.severity === 'error'),
    shown(result),
  ).toEqual([]);
  expect(result.scenarios.map((scenario) => scenario.variant.map(({ value }) => value).join(' '))).toEqual([
    '1 1',
    'all 1',
    'all 2',
  ]);
  expect(result.scenarios[0]?.notModelled.map(({ what }) => what)).toEqual(['topic config cleanup.policy']);
});

const PLACES: Record<keyof typeof NOT_AVAILABLE_KEYS, (key: string) => string> = {
  scenario: (key) => scenarioText(`${key}: {}`),
  cluster: (key) => scenarioText(`${key}: {}`),
  client: (key) => scenarioText().replace('to: orders', `to: orders, ${key}: x`),
  failure: (key) => scenarioText(`failures: [{ at: 1m, ${key}: { broker: 1 } }]`),
  operation: (key) => scenarioText(`operations: [{ at: 1m, ${key}: {} }]`),
};
const REFUSED = (Object.keys(PLACES) as (keyof typeof PLACES)[]).flatMap((place) =>
  Object.keys(NOT_AVAILABLE_KEYS[place]).map((key) => [key, PLACES[place](key)] as const),
);
const AVAILABLE = scenarioSchema().definitions!.expectation!['x-claims']!;
const CLAIMS = LANGUAGE_CLAIMS.filter((claim) => !AVAILABLE.includes(claim)).map(
  (claim) => [claim, scenarioText(`expect: [{ ${claim}: {} }]`)] as const,
);

test.each([...REFUSED, ...CLAIMS])('%s is refused as not available yet, and nothing else is said', (_key, text) => {
  expect(load(text).diagnostics.map(({ code }) => code)).toEqual(['SP1180']);
});

test('a name typed with another sequence of Unicode characters is the same name', () => {
  const text = scenarioText(
    'failures: [{ name: "Zu\\u0308rich", at: 1m, crash: { broker: 1 } }]\nexpect: [{ metric: produce.gap, max: < 1s, during: "Z\\u00fcrich" }]',
  );
  expect(load(text).diagnostics).toEqual([]);
});
