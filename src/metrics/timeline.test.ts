import { expect, test } from 'vitest';
import { forged } from '../assertions/testing/forgedTrace.ts';
import { timelineOf } from './timeline.ts';

const NOBODY = new Set<number>();

function manyPartitions(count: number) {
  const trace = forged([], { replicas: Array.from({ length: count }, () => [0, 1, 2]) });
  const created = trace.event(0, { type: 'topic.created', cluster: 'main', topic: 'orders', partitions: [] });
  for (let partition = 0; partition < count; partition++) {
    trace.event(
      0,
      {
        type: 'partition.changed',
        partition,
        leader: partition === 3 ? -1 : 0,
        leaderEpoch: 0,
        isr: [0, 1, 2],
        elr: [],
        partitionEpoch: 0,
        reason: 'created',
        unclean: false,
      },
      created,
    );
  }
  return trace;
}

test('what happens to many partitions at one instant is told in one sentence', () => {
  const trace = manyPartitions(20);
  const last = trace.recorder.events.length - 1;
  trace.event(
    5,
    { type: 'replica.leading', partition: 19, broker: 0, leaderEpoch: 0, logEndOffset: 0, highWatermark: 0 },
    last,
  );
  const { entries } = timelineOf(trace.recorder.events.all(), trace.cast, NOBODY);
  expect(entries.map(({ text, cause, severity }) => [text, cause, severity])).toEqual([
    ['Topic orders was created with 0 partitions', -1, 'info'],
    ['20 partitions of orders changed leader or ISR (created), 1 of them without a leader', 0, 'critical'],
    ['Broker 1 leads orders-19 in epoch 0, log end offset 0, high watermark 0', 1, 'info'],
  ]);
});

test('an event that a verdict refers to keeps its own entry', () => {
  const trace = manyPartitions(20);
  const { entries } = timelineOf(trace.recorder.events.all(), trace.cast, new Set([4]));
  expect(entries.map(({ id }) => id)).toEqual([0, 1, 4]);
  expect(entries[2]!.text).toBe('orders-3: no leader in epoch 0, ISR [1, 2, 3] (created)');
});

test('few partitions are told one by one', () => {
  const trace = manyPartitions(3);
  expect(timelineOf(trace.recorder.events.all(), trace.cast, NOBODY).entries).toHaveLength(4);
});

test('what only sets the stage carries no weight: bootstrap, first leaders, and where a new group begins to read', () => {
  const trace = manyPartitions(1);
  trace.event(0, { type: 'broker.control', broker: 0, from: 'FENCED', to: 'UNFENCED', reason: 'bootstrap' });
  trace.event(0, { type: 'controller.active', controller: 0, cluster: 'main', epoch: 1 });
  trace.leads(1, 0, 0, [0, 1, 2]);
  const reset = { type: 'consumer.reset', group: 0, client: 0, partition: 0, policy: 'latest' } as const;
  trace.event(10, { ...reset, fromOffset: -1, toOffset: 7, why: 'no committed offset' });
  trace.event(90, { ...reset, fromOffset: -1, toOffset: 50, why: 'no committed offset' });
  trace.event(95, { ...reset, fromOffset: 60, toOffset: 55, why: 'OFFSET_OUT_OF_RANGE' });
  const { entries } = timelineOf(trace.recorder.events.all(), trace.cast, NOBODY);
  expect(entries.filter(({ severity }) => severity === 'warning').map(({ atUs }) => atUs)).toEqual([90_000, 95_000]);
  expect(
    entries.filter(({ atUs, type }) => atUs === 0 && type !== 'partition.changed').map((entry) => entry.severity),
  ).toEqual(['info', 'info', 'info']);
  expect(entries.find(({ atUs }) => atUs === 10_000)).toMatchObject({ severity: 'info' });
});

test('a timeline that is too long keeps what is severe, and the earliest of equals', () => {
  const trace = forged([]);
  for (let i = 0; i < 50; i++) trace.event(i, { type: 'client.started', client: 0 });
  trace.fails(60);
  trace.event(61, { type: 'controller.none', cluster: 'main' });
  const { entries, omitted } = timelineOf(trace.recorder.events.all(), trace.cast, new Set([30]), 5);
  expect(omitted).toBe(47);
  expect(entries.map(({ id }) => id)).toEqual([0, 1, 30, 50, 51]);
});
