import { expect, test } from 'vitest';
import { claim, forged } from './testing/forgedTrace.ts';

const expectation = claim('noRecordLoss', { topic: 'orders' });

test('acknowledged records that are all in the surviving log are not lost', () => {
  const trace = forged([expectation]);
  trace.produces(10, 0, 0, 100);
  trace.stores(0, 0, 100);
  expect(trace.verdict(1000)).toMatchObject({
    status: 'passed',
    observed: 'all 100 acknowledged records are accounted for',
  });
});

test('one acknowledged record that is missing in the log is a loss', () => {
  const trace = forged([expectation]);
  trace.produces(10, 0, 0, 100);
  trace.stores(0, 0, 57);
  trace.stores(0, 58, 42);
  const verdict = trace.verdict(1000);
  expect(verdict).toMatchObject({ status: 'failed', observed: '1 of 100 acknowledged records is lost' });
  expect(verdict.evidence).toEqual([
    expect.objectContaining({
      topic: 'orders',
      partition: 0,
      count: 1,
      text: '1 acknowledged record of orders-0 never reached a surviving log',
    }),
  ]);
});

test('a record that failed, or that retention removed, is not lost', () => {
  const trace = forged([expectation]);
  trace.produces(10, 0, 0, 10);
  trace.offers(20, 0, 10, 5);
  trace.recorder.failed(0, 10, 5, 'NOT_ENOUGH_REPLICAS', true, 20_000, 20_000, 140_000);
  trace.recorder.expired(0, 0, 4, 500_000);
  trace.stores(0, 4, 6);
  expect(trace.verdict(1000).status).toBe('passed');
});

test('a loss is traced from the truncation through the unclean election to the crash', () => {
  const trace = forged([expectation]);
  trace.leads(0, 0, 0, [0, 1, 2]);
  trace.produces(10, 0, 0, 100);
  const crash = trace.fails(50);
  const killed = trace.event(50, { type: 'broker.killed', broker: 0 }, crash);
  const elected = trace.leads(60, 0, 1, [1], killed, 1);
  trace.event(
    61,
    { type: 'replica.leading', partition: 0, broker: 1, leaderEpoch: 1, logEndOffset: 80, highWatermark: 80 },
    elected,
  );
  trace.recorder.removed(0, 0, 0, 80, 20, 0, 80, elected, 90_000);
  trace.stores(0, 0, 80);
  const verdict = trace.verdict(1000);
  expect(verdict).toMatchObject({
    status: 'failed',
    observed: '20 of 100 acknowledged records are lost',
    atUs: 61_000,
  });
  expect(verdict.evidence).toEqual([
    expect.objectContaining({ firstOffset: 80, lastOffset: 99, count: 20, atUs: 61_000 }),
  ]);
  expect(verdict.causes.map((cause) => cause.text)).toEqual([
    'Broker 2 leads orders-0 in epoch 1, log end offset 80, high watermark 80',
    'orders-0: leader broker 2 in epoch 1, ISR [2] (fenced)',
    'Broker 1 was killed',
    'Failure broker-1-down began on broker 1',
  ]);
});

test('changes of the ISR that led up to a loss are named with their own failures', () => {
  const trace = forged([expectation]);
  trace.leads(0, 0, 0, [0, 1, 2]);
  const follower = trace.fails(20, 'follower-dies', ['broker 2']);
  trace.leads(30, 0, 0, [0], follower);
  trace.produces(40, 0, 0, 10);
  const leader = trace.fails(50, 'leader-dies');
  const elected = trace.leads(60, 0, 1, [1], leader, 1);
  trace.event(
    61,
    { type: 'replica.leading', partition: 0, broker: 1, leaderEpoch: 1, logEndOffset: 4, highWatermark: 4 },
    elected,
  );
  trace.stores(0, 0, 4);
  const verdict = trace.verdict(1000);
  expect(verdict.causes.at(-1)!.text).toBe('Failure leader-dies began on broker 1');
  expect(verdict.evidence.map(({ text, atUs }) => [text, atUs])).toEqual([
    ['6 acknowledged records were not in the log of the new leader', 61_000],
    [
      'before that: orders-0: leader broker 1 in epoch 0, ISR [1] (fenced), because: Failure follower-dies began on broker 2',
      30_000,
    ],
  ]);
});

test('the first evidence of a loss is about the partition that the chain of causes explains', () => {
  const trace = forged([expectation], {
    replicas: [
      [0, 1, 2],
      [0, 1, 2],
    ],
  });
  trace.produces(10, 0, 0, 10);
  trace.produces(10, 1, 0, 10);
  const elected = trace.leads(60, 1, 1, [1], trace.fails(50), 1);
  trace.event(
    61,
    { type: 'replica.leading', partition: 1, broker: 1, leaderEpoch: 1, logEndOffset: 4, highWatermark: 4 },
    elected,
  );
  trace.stores(0, 0, 7);
  trace.stores(1, 0, 4);
  const verdict = trace.verdict(1000);
  expect(verdict.causes[0]!.text).toContain('leads orders-1');
  expect(verdict.evidence.map(({ partition, count }) => [partition, count])).toEqual([
    [1, 6],
    [0, 3],
  ]);
});

test('a run in which nothing was acknowledged decides nothing', () => {
  const trace = forged([expectation]);
  trace.offers(10, 0, 0, 5);
  trace.recorder.failed(0, 0, 5, 'TIMEOUT', true, 10_000, 10_000, 900_000);
  expect(trace.verdict(1000)).toMatchObject({ status: 'inconclusive', observed: 'no record was acknowledged' });
});

test('a trace that forgets records is no proof of anything', () => {
  const trace = forged([expectation]);
  trace.produces(10, 0, 0, 10);
  trace.offers(20, 0, 10, 3);
  trace.stores(0, 0, 10);
  expect(trace.verdict(1000).status).toBe('inconclusive');
});

test('a documented weakness passes when records are lost and fails when they are not', () => {
  for (const [kept, status] of [
    [9, 'passed'],
    [10, 'failed'],
  ] as const) {
    const trace = forged([{ ...expectation, violated: true }]);
    trace.produces(10, 0, 0, 10);
    trace.stores(0, 0, kept);
    expect(trace.verdict(1000)).toMatchObject({ status, violationExpected: true });
  }
});
