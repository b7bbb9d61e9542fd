import { expect, test } from 'vitest';
import { loadOne } from '../spec/testing/load.ts';
import { runScenario } from './runScenario.ts';

function statuses(yaml: string): string[] {
  const result = runScenario(loadOne(yaml, { seed: 'metrics' }));
  return result.verdicts
    .filter(({ status }) => status !== 'passed')
    .map(({ name, status, observed }) => `${name}: ${status}, ${observed}`);
}

test('metrics of min ISR follow alterConfig as brokers do: what is counted as under min ISR is what refuses writes', () => {
  expect(
    statuses(`
name: min ISR altered
duration: 2m
warmup: 5s
cluster:
  brokers: 3
  config: { min.insync.replicas: 1 }
  topics: { orders: { partitions: 3, replicationFactor: 3 } }
producers:
  checkout: { to: orders, rate: 100/s, config: { acks: all } }
failures:
  - { name: down, at: 20s, for: 60s, crash: { broker: 1 } }
operations:
  - { name: raise, at: 40s, alterConfig: { topic: orders, config: { min.insync.replicas: 3 } } }
  - { name: lower, at: 60s, alterConfig: { topic: orders, config: { min.insync.replicas: 2 } } }
expect:
  - { name: none at first, at: 38s, UnderMinIsrPartitionCount: { of: orders, equals: 0 } }
  - { name: not at the limit either, at: 38s, AtMinIsrPartitionCount: { of: orders, equals: 0 } }
  - { name: all once the limit is raised, at: 50s, UnderMinIsrPartitionCount: { of: orders, equals: 3 } }
  - { name: our fact agrees, at: 50s, underMinIsr: { topic: orders, equals: 3 } }
  - { name: brokers refuse meanwhile, metric: FailedProduceRequestsPerSec, of: orders, total: ">= 3", during: [40s, 61s] }
  - { name: and not before, metric: FailedProduceRequestsPerSec, of: orders, total: "= 0", during: [5s, 39s] }
  - { name: at the limit once it is lowered, at: 70s, AtMinIsrPartitionCount: { of: orders, equals: 3 } }
  - { name: writes had no margin for a while, timeBelowMargin: { topic: orders, of: writes, losses: 0, atMost: 25s } }
`),
  ).toEqual([]);
});

test('a follower that cannot fetch leaves by its leader’s hand: IsrShrinksPerSec counts it, and no broker is fenced', () => {
  expect(
    statuses(`
name: lagging follower
duration: 3m
warmup: 5s
cluster:
  brokers: 3
  controllers: { count: 3, combined: false }
  config: { min.insync.replicas: 1 }
  topics: { orders: { partitions: 1, replicas: { 0: [1, 2, 3] } } }
producers:
  checkout: { to: orders, rate: 100/s, config: { acks: all } }
failures:
  - { name: cut, at: 20s, for: 80s, partition: { between: [broker 1, broker 3] } }
expect:
  - { name: the leader shrinks the ISR, metric: IsrShrinksPerSec, of: broker 1, total: "= 1" }
  - { name: and expands it later, metric: IsrExpandsPerSec, of: broker 1, total: "= 1" }
  - { name: other leaders do neither, metric: IsrShrinksPerSec, of: broker 2, total: "= 0" }
  - { name: nobody is fenced, always: { FencedBrokerCount: { equals: 0 } } }
  - { name: requests wait for the follower until then, metric: PurgatorySize.Produce, of: broker 1, max: ">= 1", during: cut }
  - { name: it is under-replicated at its leader, at: 90s, UnderReplicatedPartitions: { of: broker 1, equals: 1 } }
`),
  ).toEqual([]);
});

test('where consumers read and replicas lie decides what crosses zones', () => {
  expect(
    statuses(`
name: zones
duration: 40s
warmup: 5s
regions: { eu: { zones: [a, b, c] } }
clusters:
  main:
    region: eu
    brokers: { count: 3, zones: [a, b, c] }
    topics: { orders: { partitions: 1, replicas: { 0: [1, 2, 3] } } }
producers:
  checkout: { to: orders, zones: [a], rate: 100/s, record: { size: 1KiB } }
consumers:
  billing: { from: [orders], zones: [b] }
expect:
  - { name: the producer sits beside the leader, crossZoneTraffic: { of: produce, topic: orders, total: 0B } }
  - { name: both followers are elsewhere, violated: true, crossZoneTraffic: { of: replication, topic: orders, atMost: 150kB/s } }
  - { name: the consumer reads across, violated: true, crossZoneTraffic: { of: consume, topic: orders, atMost: 50kB/s } }
  - { name: in all three times what is produced, crossZoneTraffic: { topic: orders, atMost: 350kB/s } }
  - { name: nothing leaves the region, crossZoneTraffic: { between: regions, total: 0B } }
  - { name: replicas are spread, partitionsSpread: { topic: orders, atMost: 0 } }
  - { name: disks are almost empty, diskBelow: { share: 1% } }
`),
  ).toEqual([]);
});

test('with ZooKeeper a broker counts as active until its session ends, and no broker is ever fenced', () => {
  expect(
    statuses(`
name: a broker dies under ZooKeeper
duration: 2m
cluster: { kafka: "3.9", coordination: zookeeper, brokers: 3, topics: { orders: { partitions: 3, replicationFactor: 3 } } }
failures:
  - { name: down, at: 20s, for: 60s, crash: { broker: 2 } }
expect:
  - { name: while the session lasts, at: 30s, ActiveBrokerCount: { equals: 3 } }
  - { name: when it is over, at: 60s, ActiveBrokerCount: { equals: 2 } }
  - { name: when the broker is back, at: 110s, ActiveBrokerCount: { equals: 3 } }
  - { name: nobody is fenced, always: { FencedBrokerCount: { equals: 0 } } }
`),
  ).toEqual([]);
});
