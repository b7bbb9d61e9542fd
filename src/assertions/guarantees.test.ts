import { describe, expect, test } from 'vitest';
import { claim, forged } from './testing/forgedTrace.ts';

describe('noDuplicates', () => {
  const expectation = claim('noDuplicates', { topic: 'orders' });

  test('a record that lies at two offsets is a duplicate', () => {
    const trace = forged([expectation]);
    trace.produces(0, 1, 0, 10);
    trace.stores(1, 0, 10);
    trace.stores(1, 7, 3, 10);
    const verdict = trace.verdict(1000);
    expect(verdict).toMatchObject({ status: 'failed', observed: '3 of 10 records are in the log more than once' });
    expect(verdict.evidence).toEqual([
      expect.objectContaining({ topic: 'orders', partition: 1, firstOffset: 10, lastOffset: 12, count: 3 }),
    ]);
  });

  test('a second delivery to a consumer is no duplicate in the log', () => {
    const trace = forged([expectation]);
    trace.produces(0, 0, 0, 10);
    trace.delivers(10, 0, 0, 0, 10);
    trace.delivers(20, 1, 0, 0, 10);
    trace.stores(0, 0, 10);
    const { verdicts, ledger } = trace.ends(1000);
    expect(verdicts[0]!.status).toBe('passed');
    expect(ledger.groups[0]).toMatchObject({ delivered: 10, redelivered: 10 });
  });

  test('an empty log decides nothing', () => {
    const trace = forged([expectation]);
    trace.produces(0, 0, 0, 10);
    expect(trace.verdict(1000).status).toBe('inconclusive');
  });
});

describe('orderPreserved', () => {
  const expectation = claim('orderPreserved', { topic: 'orders', per: 'key' });

  test('two swapped records are one backward step', () => {
    const trace = forged([expectation]);
    trace.produces(0, 0, 0, 10);
    trace.stores(0, 0, 4);
    trace.stores(0, 5, 1, 4);
    trace.stores(0, 4, 1, 5);
    trace.stores(0, 6, 4, 6);
    const verdict = trace.verdict(1000);
    expect(verdict).toMatchObject({ status: 'failed', observed: '1 backward steps in 10 records' });
    expect(verdict.evidence).toEqual([expect.objectContaining({ partition: 0, firstOffset: 5, lastOffset: 5 })]);
  });

  test('a second copy of earlier records is a duplicate and no backward step', () => {
    const trace = forged([expectation, claim('noDuplicates', {})]);
    trace.produces(0, 0, 0, 10);
    trace.stores(0, 0, 6);
    trace.stores(0, 3, 3, 6);
    trace.stores(0, 6, 4, 9);
    expect(trace.ends(1000).verdicts.map(({ status }) => status)).toEqual(['passed', 'failed']);
  });

  test('per key decides nothing once the topic got more partitions, since keys go to others', () => {
    const trace = forged([expectation, claim('orderPreserved', { topic: 'orders' })]);
    trace.produces(0, 0, 0, 10);
    trace.stores(0, 0, 10);
    trace.event(500, { type: 'topic.partitionsCreated', cluster: 'main', topic: 'orders', partitions: [] });
    expect(trace.ends(1000).verdicts.map(({ status }) => status)).toEqual(['inconclusive', 'passed']);
  });

  test('records of different partitions have no order', () => {
    const trace = forged([expectation]);
    trace.produces(0, 0, 0, 5);
    trace.produces(0, 1, 0, 5);
    trace.stores(1, 0, 5);
    trace.stores(0, 0, 5);
    expect(trace.verdict(1000).status).toBe('passed');
  });
});

describe('rackAware', () => {
  const expectation = claim('rackAware', { topic: 'orders' });

  test('two replicas in one rack are too many while another rack is empty', () => {
    const trace = forged([expectation], {
      racks: ['a', 'a', 'b', 'c'],
      replicas: [
        [0, 1, 2],
        [0, 2, 3],
        [1, 2, 3],
      ],
    });
    const verdict = trace.verdict(1000);
    expect(verdict).toMatchObject({ status: 'failed', observed: '1 of 3 partitions could be in more racks' });
    expect(verdict.evidence[0]!.text).toBe('orders-0 on brokers 1, 2, 3 in racks a, a, b');
  });

  test('two replicas need no more than two of three racks', () => {
    const replicas = [
      [0, 1],
      [1, 2],
      [2, 0],
    ];
    expect(forged([expectation], { racks: ['a', 'b', 'c'], replicas }).verdict(1000).status).toBe('passed');
  });

  test('fewer racks than replicas are all used', () => {
    expect(forged([expectation], { racks: ['a', 'b', 'a'] }).verdict(1000).status).toBe('passed');
  });

  test('without racks nothing is decided', () => {
    expect(forged([expectation]).verdict(1000).status).toBe('inconclusive');
  });
});

describe('noUncommittedRead', () => {
  const expectation = claim('noUncommittedRead', { group: 'billing' });

  test('a record of an aborted transaction that a group processed is an aborted read', () => {
    const trace = forged([expectation]);
    trace.produces(0, 1, 0, 10);
    trace.stores(1, 0, 10);
    trace.recorder.storedUncommitted(1, 1, 4, 3, false);
    trace.delivers(10, 0, 1, 0, 10);
    expect(trace.verdict(1000)).toMatchObject({
      status: 'failed',
      observed: '3 of 10 processed records were not committed',
    });
  });

  test('one that nobody processed is none, and is no record that was not delivered', () => {
    const trace = forged([expectation]);
    trace.produces(0, 1, 0, 10);
    trace.stores(1, 0, 10);
    trace.recorder.storedUncommitted(1, 1, 7, 3, false);
    trace.delivers(10, 0, 1, 0, 7);
    const { verdicts, ledger } = trace.ends(1000);
    expect(verdicts[0]!.status).toBe('passed');
    expect(ledger.groups[0]).toMatchObject({ delivered: 7, notDelivered: 0 });
  });

  test('a group that processed nothing decides nothing', () => {
    const trace = forged([expectation]);
    trace.produces(0, 1, 0, 10);
    expect(trace.verdict(1000).status).toBe('inconclusive');
  });
});

describe('exactlyOnce', () => {
  const expectation = claim('exactlyOnce', { group: 'billing' });
  /** Lane 0 is read, lane 1 written. */
  const made = (outputs: readonly (readonly [input: number, output: number, count: number])[]) => {
    const trace = forged([expectation]);
    trace.produces(0, 0, 0, 10);
    trace.stores(0, 0, 10);
    const written = outputs.reduce((sum, [, , count]) => sum + count, 0);
    trace.produces(0, 1, 0, written);
    trace.stores(1, 0, written);
    for (const [input, output, count] of outputs) trace.recorder.transformed(0, 0, input, 1, output, count);
    return trace;
  };

  test('each input with one output passes', () => {
    expect(made([[0, 0, 10]]).verdict(1000)).toMatchObject({
      status: 'passed',
      observed: '10 inputs, each with one committed output',
    });
  });

  test('an input with two outputs fails, unless one of them was aborted', () => {
    const outputs = [
      [0, 0, 6],
      [3, 6, 7],
    ] as const;
    expect(made(outputs).verdict(1000)).toMatchObject({
      status: 'failed',
      observed: 'of 10 inputs 3 have more than one committed output and 0 have none',
    });
    const aborted = made(outputs);
    aborted.recorder.storedUncommitted(1, 1, 3, 3, false);
    expect(aborted.verdict(1000).status).toBe('passed');
  });

  test('an input that the group came past without an output fails; those behind the last output do not count', () => {
    expect(
      made([
        [0, 0, 2],
        [4, 2, 3],
      ]).verdict(1000),
    ).toMatchObject({
      status: 'failed',
      observed: 'of 7 inputs 0 have more than one committed output and 2 have none',
    });
  });

  test('a group that writes nothing decides nothing', () => {
    expect(forged([expectation]).verdict(1000).status).toBe('inconclusive');
  });
});
