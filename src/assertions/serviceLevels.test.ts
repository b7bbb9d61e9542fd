import { describe, expect, test } from 'vitest';
import { claim, forged } from './testing/forgedTrace.ts';

describe('availability of produce', () => {
  const fourNines = claim('availability', { topic: 'orders', of: 'produce', atLeast: 0.999, within: 1_000_000 });

  test('counts records that were acknowledged in time over those sent', () => {
    const trace = forged([fourNines]);
    trace.produces(0, 0, 0, 998, 10);
    trace.produces(100, 0, 998, 2, 1500);
    expect(trace.verdict(5000)).toMatchObject({
      status: 'failed',
      observed: '99.8%: 998 of 1000 records',
      atUs: 100_000,
    });
  });

  test('refused, timed-out and never-sent records are misses', () => {
    const trace = forged([fourNines]);
    trace.produces(0, 0, 0, 97);
    trace.offers(100, 0, 97, 3);
    trace.recorder.failed(0, 97, 1, 'TIMEOUT', true, 100_000, 100_000, 900_000);
    trace.recorder.failed(0, 98, 1, 'MESSAGE_TOO_LARGE', false, 100_000, 100_000, 900_000);
    trace.recorder.neverSent(0, 99, 1, 900_000);
    expect(trace.verdict(5000)).toMatchObject({ status: 'failed', observed: '97%: 97 of 100 records' });
  });

  test('records on their way at the end count only when their time was over', () => {
    const trace = forged([fourNines]);
    trace.produces(0, 0, 0, 100);
    trace.offers(3500, 0, 100, 10);
    trace.offers(4500, 0, 110, 10);
    trace.recorder.highWatermark(0, 0, 1, 5_000_000);
    trace.recorder.unresolved(0, 100, 20, true);
    expect(trace.verdict(5000)).toMatchObject({
      status: 'failed',
      observed: '90.9091%: 100 of 110 records; 10 were undecided when the run ended',
    });
  });

  test('only records sent in the window count, whenever their fate was decided', () => {
    const trace = forged([{ ...fourNines, window: { kind: 'during', name: 'broker-1-down' } }]);
    trace.produces(0, 0, 0, 10, 10);
    trace.fails(1000);
    trace.offers(1500, 0, 10, 10);
    trace.heals(2000);
    trace.recorder.acknowledged(0, 10, 10, 10, 1_500_000, 1_500_000, 2_300_000);
    trace.produces(3000, 0, 20, 10, 5000);
    expect(trace.verdict(9000)).toMatchObject({ status: 'passed', observed: '100%: 10 of 10 records' });
  });

  test('without records nothing is decided', () => {
    expect(forged([fourNines]).verdict(1000)).toMatchObject({ status: 'inconclusive' });
  });
});

describe('availability of consume', () => {
  const fresh = claim('availability', { of: 'consume', group: 'billing', within: 5_000_000, atLeast: 0.9 });

  test('counts acknowledged records that went through the application in time, once', () => {
    const trace = forged([fresh]);
    trace.produces(1000, 0, 0, 10);
    trace.delivers(2000, 0, 0, 0, 8, 1000);
    trace.delivers(3000, 1, 0, 0, 8, 1000);
    trace.delivers(9000, 0, 0, 8, 2, 1000);
    expect(trace.verdict(60_000)).toMatchObject({ status: 'failed', observed: '80%: 8 of 10 records' });
  });

  test('records sent too late to be judged do not count', () => {
    const trace = forged([fresh]);
    trace.produces(1000, 0, 0, 10);
    trace.delivers(2000, 0, 0, 0, 10, 1000);
    trace.produces(58_000, 0, 10, 10);
    expect(trace.verdict(60_000)).toMatchObject({ status: 'passed', observed: '100%: 10 of 10 records' });
  });
});

describe('recoveryTime', () => {
  const rto = claim('recoveryTime', { topic: 'orders', after: 'broker-1-down', atMost: 10_000_000 });

  test('is the end of the last interruption that began before the failure ended', () => {
    const trace = forged([rto]);
    trace.produces(0, 0, 0, 1);
    trace.produces(0, 1, 0, 1);
    trace.fails(6000);
    trace.offers(6010, 0, 1, 1);
    trace.offers(6010, 1, 1, 1);
    trace.recorder.acknowledged(1, 1, 1, 1, 6_010_000, 6_010_000, 6_050_000);
    trace.recorder.acknowledged(0, 1, 1, 1, 6_010_000, 6_010_000, 14_900_000);
    const verdict = trace.verdict(20_000);
    expect(verdict).toMatchObject({ status: 'passed', observed: '8.9s, orders-0 was the last', atUs: 14_900_000 });
    expect(verdict.causes.at(-1)!.text).toBe('Failure broker-1-down began on broker 1');
  });

  test('a silence that began after the failure had ended is another matter', () => {
    const trace = forged([rto]);
    trace.produces(0, 0, 0, 1);
    trace.fails(1000);
    trace.produces(1500, 0, 1, 1, 2000);
    trace.heals(5000);
    trace.produces(20_000, 0, 2, 1, 15_000);
    expect(trace.verdict(40_000)).toMatchObject({ status: 'passed', observed: '2.5s, orders-0 was the last' });
  });

  test('an idle partition is not interrupted', () => {
    const trace = forged([rto]);
    trace.produces(0, 0, 0, 1);
    trace.fails(6000);
    trace.produces(30_000, 0, 1, 1);
    expect(trace.verdict(40_000)).toMatchObject({
      status: 'passed',
      observed: 'acknowledgements were never interrupted',
    });
  });

  test('a partition that never recovers fails once the time is over, and decides nothing before', () => {
    for (const [endMs, status] of [
      [30_000, 'failed'],
      [9000, 'inconclusive'],
    ] as const) {
      const trace = forged([rto]);
      trace.produces(0, 0, 0, 1);
      trace.fails(1000);
      trace.offers(1010, 0, 1, 1);
      trace.produces(1500, 1, 0, 1);
      expect(trace.verdict(endMs).status).toBe(status);
    }
  });

  test('a failure that touched nothing decides nothing', () => {
    const trace = forged([rto]);
    trace.produces(0, 0, 0, 1);
    trace.event(10, { type: 'failure.touchedNothing', failure: 0, name: 'broker-1-down', why: 'no such broker' });
    expect(trace.verdict(1000)).toMatchObject({
      status: 'inconclusive',
      observed: 'broker-1-down touched nothing: no such broker',
    });
  });
});
