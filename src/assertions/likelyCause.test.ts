import { expect, test } from 'vitest';
import { bound, claim, forged } from './testing/forgedTrace.ts';

test('a stall is explained by the failure that began while it lasted', () => {
  const trace = forged([claim('metric', { metric: 'produce.gap', of: 'orders-0', max: bound('<= 1s', 0, 1_000_000) })]);
  trace.fails(1000, 'earlier');
  trace.heals(2000, 'earlier');
  trace.produces(5990, 0, 0, 1);
  trace.fails(6000);
  trace.produces(14_000, 0, 1, 1);
  trace.heals(20_000);
  const verdict = trace.verdict(30_000);
  expect(verdict).toMatchObject({ status: 'failed', atUs: 14_005_000 });
  expect(verdict.causes.map(({ text }) => text)).toEqual(['Failure broker-1-down began on broker 1']);
});

test('a duplicate is found with the instant of the second append', () => {
  const trace = forged([claim('noDuplicates', {})]);
  trace.produces(1000, 0, 0, 10);
  trace.fails(2000, 'flaky link', ['link']);
  trace.recorder.appended(0, 0, 0, 10, 10, 1000, 0, 0, 2_500_000);
  trace.stores(0, 0, 10);
  trace.stores(0, 0, 10, 10);
  const verdict = trace.verdict(9000);
  expect(verdict).toMatchObject({ status: 'failed', atUs: 2_500_000 });
  expect(verdict.evidence[0]).toMatchObject({ atUs: 2_500_000, firstOffset: 10, lastOffset: 19 });
  expect(verdict.causes.map(({ text }) => text)).toEqual(['Failure flaky link began on link']);
});

test('a number without any failure before it has no cause', () => {
  const trace = forged([claim('metric', { metric: 'produce.latency', p99: bound('<= 1ms', 0, 1000) })]);
  trace.produces(1000, 0, 0, 10, 50);
  trace.fails(5000);
  expect(trace.verdict(9000)).toMatchObject({ status: 'failed', causes: [] });
});
