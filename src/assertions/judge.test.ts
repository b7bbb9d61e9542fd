import { expect, test } from 'vitest';
import { claim, forged } from './testing/forgedTrace.ts';

function crashTrace() {
  const trace = forged([claim('noRecordLoss', {}, { name: 'nothing is lost' })]);
  for (const broker of [0, 1, 2]) trace.event(0, { type: 'broker.state', broker, from: 'NOT_RUNNING', to: 'RUNNING' });
  for (const partition of [0, 1, 2]) trace.leads(0, partition, partition, [0, 1, 2]);
  trace.produces(100, 0, 0, 50);
  const crash = trace.fails(200);
  trace.event(200, { type: 'broker.killed', broker: 0 }, crash);
  trace.leads(300, 0, 1, [1, 2], crash, 1);
  trace.produces(400, 1, 0, 10);
  trace.delivers(500, 0, 1, 0, 10, 400);
  return trace;
}

test('a live view sees leaders, fenced brokers, failures in force and open expectations', () => {
  const trace = crashTrace();
  trace.event(0, { type: 'broker.control', broker: 0, from: 'FENCED', to: 'UNFENCED', reason: 'bootstrap' });
  trace.event(300, { type: 'broker.control', broker: 0, from: 'UNFENCED', to: 'FENCED', reason: 'session expired' });
  const progress = trace.judge.progress()!;
  expect(progress).toMatchObject({
    failuresInForce: ['broker-1-down'],
    counters: { acknowledged: 60, failed: 0, delivered: 10 },
    expectations: [{ name: 'nothing is lost', status: 'open' }],
  });
  expect(progress.clusters[0]!.partitions[0]).toEqual({
    topic: 'orders',
    partition: 0,
    replicas: [1, 2, 3],
    leader: 2,
    isr: [2, 3],
  });
  expect(progress.clusters[0]!.brokers[0]).toMatchObject({ id: 1, isFenced: true });
});

test('a result holds what the trace told: failures, lanes, totals, ledger and charts', () => {
  const trace = crashTrace();
  trace.stores(0, 0, 50);
  trace.stores(1, 0, 10);
  const result = trace.ends(1000);
  expect(result.failures).toEqual([
    { name: 'broker-1-down', verb: 'failure', fromUs: 200_000, toUs: null, touched: ['broker 1'], note: null },
  ]);
  expect(result.partitions[0]!.spans).toEqual([
    { fromUs: 0, toUs: 300_000, leader: 1, isr: [1, 2, 3], leaderEpoch: 0 },
    { fromUs: 300_000, toUs: 1_000_000, leader: 2, isr: [2, 3], leaderEpoch: 1 },
  ]);
  expect(result.totals).toMatchObject({
    'records.acknowledged': 60,
    'records.lost': 0,
    'elections.clean': 1,
    'isr.shrinks': 1,
    'records.unaccounted': 0,
  });
  expect(result.ledger.groups).toEqual([expect.objectContaining({ of: 'billing', delivered: 10, notDelivered: 50 })]);
  expect(result.histograms.map(({ metric, of }) => `${metric} ${of}`)).toEqual([
    'produce.latency checkout',
    'endToEnd.latency billing',
  ]);
  const underReplicated = result.series.find(({ metric }) => metric === 'UnderReplicatedPartitions')!;
  expect(underReplicated.max.slice(0, 5)).toEqual([0, 0, 0, 1, 1]);
  expect(result.alerts).toEqual([
    {
      metric: 'UnderReplicatedPartitions',
      of: 'main',
      condition: '> 0',
      severity: 'warning',
      fromUs: 300_000,
      toUs: null,
      worst: 1,
    },
  ]);
  expect(result.timeline.map(({ text }) => text)).toContain('Broker 1 was killed');
});

test('an alert ends with its condition, and keeps the worst that it saw', () => {
  const trace = forged([]);
  trace.event(0, { type: 'controller.active', controller: 0, cluster: 'main', epoch: 1 });
  for (const broker of [0, 1, 2]) trace.event(0, { type: 'broker.state', broker, from: 'NOT_RUNNING', to: 'RUNNING' });
  for (const partition of [0, 1, 2]) trace.leads(0, partition, 0, [0, 1, 2]);
  trace.leads(1000, 0, -1, [0]);
  trace.leads(2000, 1, -1, [0]);
  trace.leads(3000, 1, 0, [0, 1, 2]);
  trace.leads(4000, 0, 0, [0, 1, 2]);
  trace.recorder.brokerSampled(0, 0.2, 0, 0, 0, 0, 0, 4_500_000);
  trace.recorder.brokerSampled(0, 0.1, 0, 0, 0, 0, 0, 5_500_000);
  trace.recorder.brokerSampled(0, 0.9, 0, 0, 0, 0, 0, 6_500_000);
  expect(trace.ends(9000).alerts).toMatchObject([
    { metric: 'OfflinePartitionsCount', severity: 'critical', fromUs: 1_000_000, toUs: 4_000_000, worst: 2 },
    { metric: 'RequestHandlerAvgIdlePercent', condition: '< 0.3', fromUs: 4_500_000, toUs: 6_500_000, worst: 0.1 },
  ]);
});

test('the same trace gives the same digest, another one a different digest', () => {
  const one = crashTrace().ends(1000).digest;
  expect(crashTrace().ends(1000).digest).toBe(one);
  const other = crashTrace();
  other.produces(600, 2, 0, 1);
  expect(other.ends(1000).digest).not.toBe(one);
});
