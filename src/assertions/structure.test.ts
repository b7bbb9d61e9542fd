import { describe, expect, test } from 'vitest';
import { claim, type ForgedOptions, type ForgedTrace, forged } from './testing/forgedTrace.ts';

function runs(trace: ForgedTrace): void {
  for (const broker of [0, 1, 2])
    trace.event(0, { type: 'broker.control', broker, from: 'FENCED', to: 'UNFENCED', reason: 'bootstrap' });
}

describe('timeBelowMargin', () => {
  const forData = (params: object) => claim('timeBelowMargin', { of: 'data', losses: 1, ...params });
  const forWrites = (params: object) => claim('timeBelowMargin', { of: 'writes', losses: 1, ...params });

  /** orders-0: ISR of 3, of 2 from 10 s, of 1 from 20 s, whole again from 30 s. min.insync.replicas is 2. */
  function shrinking(trace: ForgedTrace): number {
    for (const partition of [0, 1, 2]) trace.leads(0, partition, partition, [0, 1, 2]);
    const crash = trace.fails(10_000);
    trace.leads(10_000, 0, 0, [0, 1], crash);
    trace.leads(20_000, 0, 0, [0], crash);
    trace.leads(30_000, 0, 0, [0, 1, 2], crash);
    return crash;
  }

  test('the margin for data is the ISR without its last member', () => {
    const trace = forged([forData({ atMost: 10_000_000 }), forData({ atMost: 9_999_999 }), forData({ losses: 2 })]);
    const crash = shrinking(trace);
    const [just, over, two] = trace.ends(40_000).verdicts;
    expect(just).toMatchObject({ status: 'passed', observed: 'for 10s, 1 of 3 partitions' });
    expect(over).toMatchObject({ status: 'failed', atUs: 29_999_999 });
    expect(over!.evidence[0]).toMatchObject({ text: 'orders-0 could lose no more for 10s', partition: 0 });
    expect(over!.causes.map(({ eventId }) => eventId)).toContain(crash);
    expect(two).toMatchObject({ status: 'failed', observed: 'for 20s, 1 of 3 partitions', atUs: 10_000_000 });
  });

  test('the margin for writes is what min.insync.replicas leaves', () => {
    const trace = forged([forWrites({}), forWrites({ losses: 0 }), forWrites({ losses: 2 })]);
    shrinking(trace);
    const [one, none, two] = trace.ends(40_000).verdicts;
    expect(one).toMatchObject({ status: 'failed', observed: 'for 20s, 1 of 3 partitions' });
    expect(none).toMatchObject({ status: 'failed', observed: 'for 10s, 1 of 3 partitions' });
    expect(none!.evidence[0]!.text).toBe('orders-0 could lose no more for 10s, and was below its limit already');
    expect(two).toMatchObject({ status: 'failed', observed: 'for 40s, 3 of 3 partitions' });
  });

  test('without a leader nothing more can be lost', () => {
    const trace = forged([forData({ atMost: 0 })]);
    trace.leads(0, 0, 0, [0, 1]);
    trace.leads(1000, 0, -1, [0, 1], trace.fails(1000));
    expect(trace.verdict(3000)).toMatchObject({ status: 'failed', observed: 'for 2s, 1 of 1 partitions' });
  });

  test('times of several partitions are joined, not added', () => {
    const trace = forged([forData({})]);
    const crash = trace.fails(0);
    for (const partition of [0, 1]) trace.leads(0, partition, 0, [0, 1]);
    trace.leads(1000, 0, 0, [0], crash);
    trace.leads(2000, 1, 0, [0], crash);
    trace.leads(3000, 0, 0, [0, 1], crash);
    trace.leads(4000, 1, 0, [0, 1], crash);
    expect(trace.verdict(9000).observed).toBe('for 3s, 2 of 2 partitions');
  });

  test('another min.insync.replicas moves the margin for writes', () => {
    const trace = forged([forWrites({ losses: 1 })]);
    for (const partition of [0, 1, 2]) trace.leads(0, partition, partition, [0, 1, 2]);
    const change = { cluster: 'main', topic: 'orders', broker: -1, name: 'min.insync.replicas', value: 3 };
    trace.event(5000, { type: 'config.altered', what: '', error: null, change });
    expect(trace.verdict(9000)).toMatchObject({ status: 'failed', observed: 'for 4s, 3 of 3 partitions' });
  });

  test('only the window counts, from the state that it finds', () => {
    const during = { window: { kind: 'during', name: 'drill' } as const };
    const trace = forged([{ ...forData({}), ...during }]);
    trace.leads(0, 0, 0, [0]);
    trace.fails(2000, 'drill');
    trace.heals(5000, 'drill');
    expect(trace.verdict(9000)).toMatchObject({ status: 'failed', observed: 'for 3s, 1 of 1 partitions' });
  });

  test('without a partition, or without the window, nothing is decided', () => {
    expect(forged([forData({})]).verdict(1000).status).toBe('inconclusive');
    const never = forged([{ ...forData({}), window: { kind: 'during', name: 'drill' } }]);
    never.leads(0, 0, 0, [0]);
    expect(never.verdict(1000)).toMatchObject({ status: 'inconclusive', observed: 'drill never happened' });
  });
});

describe('partitionsSpread', () => {
  const spread = (params: Readonly<Record<string, unknown>>, options: ForgedOptions = {}) =>
    forged([claim('partitionsSpread', params)], options);
  const gathered = {
    replicas: [
      [0, 1],
      [0, 1],
      [0, 1],
    ],
  };

  test('replicas lie evenly on brokers', () => {
    const trace = spread({ topic: 'orders' });
    runs(trace);
    for (const partition of [0, 1, 2]) trace.leads(0, partition, partition, [0, 1, 2]);
    expect(trace.verdict(1000)).toMatchObject({ status: 'passed', observed: 'broker 1 has 3 replicas, broker 3 3' });
  });

  test('a broker that holds nothing shows', () => {
    const trace = spread({ topic: 'orders' }, gathered);
    runs(trace);
    for (const partition of [0, 1, 2]) trace.leads(0, partition, 0, [0, 1]);
    const verdict = trace.verdict(1000);
    expect(verdict).toMatchObject({ status: 'failed', observed: 'broker 1 has 3 replicas, broker 3 0' });
    expect(verdict.evidence.map(({ text }) => text)).toContain('broker 2: 3 replicas');
  });

  test('leaders can be uneven where replicas are not', () => {
    const trace = forged([claim('partitionsSpread', { of: 'leaders' }), claim('partitionsSpread', { of: 'replicas' })]);
    runs(trace);
    for (const partition of [0, 1, 2]) trace.leads(0, partition, 0, [0, 1, 2]);
    const [leaders, replicas] = trace.ends(1000).verdicts;
    expect(leaders).toMatchObject({ status: 'failed', observed: 'broker 1 has 3 leaders, broker 3 0' });
    expect(replicas!.status).toBe('passed');
  });

  test('a broker that was unregistered does not count, and without partitions nothing is decided', () => {
    const trace = spread({}, gathered);
    runs(trace);
    for (const partition of [0, 1, 2]) trace.leads(0, partition, 0, [0, 1]);
    trace.event(500, { type: 'broker.unregistered', broker: 2 });
    expect(trace.verdict(1000)).toMatchObject({ status: 'passed', observed: 'broker 1 has 3 replicas, broker 2 3' });
    expect(spread({}).verdict(1000).status).toBe('inconclusive');
  });
});

describe('diskBelow', () => {
  const TB = 1e12;
  const disks = [{ sizeBytes: TB, throughputBytesPerSec: 1, latencyUs: 0 }];
  const sampled = (trace: ForgedTrace, broker: number, bytes: number, atMs: number) =>
    trace.recorder.brokerSampled(broker, 1, 0, 0, 0, 0, bytes, atMs * 1000);

  test('the fullest broker decides, at the first instant at which one was too full', () => {
    const trace = forged([claim('diskBelow', { share: 0.8 })], { disks });
    sampled(trace, 0, 0.5 * TB, 1000);
    const slow = trace.fails(1500);
    sampled(trace, 1, 0.8 * TB, 2000);
    sampled(trace, 1, 0.9 * TB, 3000);
    const verdict = trace.verdict(5000);
    expect(verdict).toMatchObject({
      status: 'failed',
      atUs: 2_000_000,
      observed: 'broker 2 has logs of 900GB, 90% of its disks',
    });
    expect(verdict.causes[0]!.eventId).toBe(slow);
  });

  test('another broker does not count, and neither do samples that looked at no log', () => {
    const trace = forged([claim('diskBelow', { broker: 1, share: 0.8 })], { disks });
    sampled(trace, 1, 0.9 * TB, 1000);
    sampled(trace, 0, -1, 1000);
    expect(trace.verdict(5000)).toMatchObject({
      status: 'inconclusive',
      observed: 'no broker was sampled in that time',
    });
  });

  test('one disk of several is enough', () => {
    const trace = forged([claim('diskBelow', { share: 0.8 })], { disks });
    sampled(trace, 0, 0.3 * TB, 1000);
    trace.event(2000, { type: 'disk.usage', broker: 0, disk: 2, usedBytes: 90, sizeBytes: 100 });
    expect(trace.verdict(5000)).toMatchObject({
      status: 'failed',
      atUs: 2_000_000,
      observed: 'broker 1 uses 90B of disk 2, 90% of it',
    });
  });

  test('below the share it passes, and says how full it got', () => {
    const trace = forged([claim('diskBelow', {})], { disks });
    sampled(trace, 0, 0.84 * TB, 1000);
    expect(trace.verdict(5000)).toMatchObject({
      status: 'passed',
      observed: 'broker 1 has logs of 840GB, 84% of its disks',
    });
  });
});

describe('crossZoneTraffic', () => {
  const zones = ['a', 'b', 'c'];

  function traffic(trace: ForgedTrace): void {
    // The producer and the consumers are in zone a, leaders of partition 0, 1, 2 in a, b, c.
    trace.recorder.appended(0, 0, 0, 0, 10, 1000, 0, 0, 1_000_000);
    trace.recorder.appended(1, 1, 0, 0, 10, 2000, 1, 0, 1_000_000);
    trace.recorder.appended(1, 1, 0, 10, 1, 77, -1, 0, 1_000_000);
    trace.recorder.fetched('follower', 0, 0, true, 1000, 0, 1_100_000, 1);
    trace.recorder.fetched('follower', 1, 1, false, 2000, 0, 1_100_000, 1);
    trace.recorder.fetched('consumer', 1, 1, true, 2000, 0, 1_200_000, 1);
    trace.recorder.fetched('consumer', 0, 0, false, 1000, 0, 1_200_000, 1);
  }

  test('bytes between zones are counted by what sent them', () => {
    const trace = forged([claim('crossZoneTraffic', { total: 4999 })], { zones });
    traffic(trace);
    expect(trace.verdict(10_000)).toMatchObject({
      status: 'failed',
      observed: '500B/s, 5kB in all (produce 2kB, replication 1kB, consume 2kB) of 9kB sent',
    });
  });

  test('one cause alone, as a mean or as a sum', () => {
    const trace = forged(
      [
        claim('crossZoneTraffic', { of: 'consume', atMost: 200 }),
        claim('crossZoneTraffic', { of: 'consume', total: 1999 }),
        claim('crossZoneTraffic', { of: 'consume', topic: 'orders-0' }),
        claim('crossZoneTraffic', { between: 'regions' }),
      ],
      { zones },
    );
    traffic(trace);
    expect(trace.ends(10_000).verdicts.map(({ status }) => status)).toEqual(['passed', 'failed', 'passed', 'passed']);
  });

  test('without traffic nothing is decided', () => {
    expect(forged([claim('crossZoneTraffic', {})]).verdict(1000).status).toBe('inconclusive');
  });
});
