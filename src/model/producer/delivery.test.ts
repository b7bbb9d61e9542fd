import { describe, expect, test } from 'vitest';
import { LED_BY_1, orders } from '../testing/orders.ts';
import { type Played, play, seconds } from '../testing/play.ts';

/** Broker 1 leads everything and is silent for 35 s while five requests are in flight. */
function silentLeader(producer: string, what = 'for: 35s, freeze: { broker: 1 }', seed = 'test'): Played {
  return play(
    orders({
      duration: '60s',
      replicas: LED_BY_1,
      rate: '1000/s',
      producer,
      failures: [`name: f, at: 6s, ${what}`],
    }),
    { seed },
  );
}

describe('five requests in flight to a leader that falls silent', () => {
  test('come back in reverse order with acks=1: 3 to 15 steps back in the log', () => {
    for (const seed of ['a', 'b', 'c']) {
      const { ask } = silentLeader('acks: 1', undefined, seed);
      expect(ask.backwardSteps()).toBeGreaterThanOrEqual(3);
      expect(ask.backwardSteps()).toBeLessThanOrEqual(15);
      expect(ask.fates().storedTwice).toBe(0);
    }
  });

  test('come back in order with idempotence, whether the leader froze or was killed', () => {
    for (const what of [undefined, 'crash: { broker: 1 }']) {
      const { ask } = silentLeader('acks: all', what);
      expect(ask.backwardSteps()).toBe(0);
      expect(ask.fates()).toMatchObject({ storedTwice: 0, acknowledgedAndLost: 0, failed: 0, miscounted: 0 });
    }
  });

  test('come back in order without idempotence when only one may be in flight', () => {
    const { ask } = silentLeader('acks: 1, max.in.flight.requests.per.connection: 1');
    expect(ask.backwardSteps()).toBe(0);
  });

  test('are given up after request.timeout.ms, not when the new leader is elected', () => {
    const { ask } = silentLeader('acks: all');
    expect(ask.longestGapUs('orders-0')).toBeGreaterThan(seconds(27));
    expect(ask.longestGapUs('orders-0')).toBeLessThan(seconds(33));
    expect(ask.errorCounts()).toEqual({ REQUEST_TIMED_OUT: 3, NETWORK_EXCEPTION: 12 });
  });

  test('never more than five, and every request of the broken connection fails', () => {
    const { ask } = silentLeader('acks: all', 'crash: { broker: 1 }');
    const lost = ask.events('connection.lost');
    expect(lost).toHaveLength(1);
    expect(lost[0]).toMatchObject({ reason: 'RST' });
  });
});

describe('delivery.timeout.ms', () => {
  const cutOff = (producer: string): Played =>
    play(
      orders({
        duration: '80s',
        rate: '30/s',
        replicas: [[1, 2, 3]],
        producer,
        failures: ['name: f, at: 10s, partition: { between: [ { broker: 1 }, { client: checkout } ] }'],
      }),
    );

  test('fails each batch that old with TimeoutException; nothing moves, since all is well for the cluster', () => {
    const { ask, trace } = cutOff('delivery.timeout.ms: 20000, request.timeout.ms: 15000');
    expect(ask.changes('orders-0')).toHaveLength(1);
    expect(new Set(trace.failures.map(({ error }) => error))).toEqual(new Set(['TimeoutException']));
    // Counted from the batch's creation.
    expect(trace.failures[0]!.atUs).toBeGreaterThanOrEqual(seconds(29.9));
    expect(trace.failures[0]!.atUs).toBeLessThan(seconds(31));
    expect(ask.fates().miscounted).toBe(0);
  });

  test('leaves it unknown whether a batch that was once sent is in the log, and tells so; queued ones never were', () => {
    const { trace } = cutOff('delivery.timeout.ms: 20000, request.timeout.ms: 15000');
    const known = trace.failures.filter(({ unknown }) => !unknown);
    const unknown = trace.failures.filter((one) => one.unknown);
    expect(unknown.length).toBeGreaterThan(0);
    expect(unknown.length).toBeLessThanOrEqual(5);
    expect(known.length).toBeGreaterThan(0);
  });

  test('by default is two minutes: within one minute nothing fails', () => {
    expect(cutOff('').ask.fates()).toMatchObject({ failed: 0, miscounted: 0 });
  });

  test('bounds retries; with retries 0 the first error is final', () => {
    const { trace, ask } = play(
      orders({
        duration: '60s',
        rate: '300/s',
        producer: 'acks: all, retries: 0, enable.idempotence: false',
        failures: ['name: f, at: 6s, freeze: { broker: 1 }'],
      }),
    );
    expect(trace.retries).toEqual([]);
    expect(trace.failures.length).toBeGreaterThan(0);
    expect(ask.fates().miscounted).toBe(0);
  });

  test('that passes after a batch was sent renumbers what follows in a new producer epoch, without loss of order', () => {
    const { ask, trace } = play(
      orders({
        duration: '80s',
        rate: '300/s',
        replicas: LED_BY_1,
        producer: 'delivery.timeout.ms: 8000, request.timeout.ms: 4000',
        failures: ['name: f, at: 10s, for: 25s, partition: { between: [ { broker: 1 }, { client: checkout } ] }'],
      }),
    );
    expect(trace.failures.length).toBeGreaterThan(0);
    expect(ask.fates()).toMatchObject({ storedTwice: 0, acknowledgedAndLost: 0, miscounted: 0 });
    expect(ask.backwardSteps()).toBe(0);
    expect(ask.acknowledgedRecords('orders-0', seconds(45))).toBeGreaterThan(3_000);
  });
});

describe('a producer whose buffer is used up', () => {
  /** Four batches fit; the only broker is away from 5 s to 20 s. */
  const blocked = (maxBlockMs: number): Played =>
    play(`
name: blocked
duration: 60s
cluster: { brokers: 1, topics: { orders: { partitions: 2, replicationFactor: 1 } } }
producers:
  checkout: { to: orders, rate: 400/s, record: { size: 200B }, partitioner: round-robin, config: { buffer.memory: 65536, max.block.ms: ${maxBlockMs} } }
failures:
  - { name: f, at: 5s, for: 15s, crash: { broker: 1 } }
`);

  test('blocks in send(): the application hands over nothing more, and goes on when the broker is back', () => {
    const { ask, trace } = blocked(60_000);
    const whileAway = trace.offers.filter(({ atUs }) => atUs > seconds(8) && atUs < seconds(20));
    expect(whileAway).toEqual([]);
    expect(ask.fates()).toMatchObject({
      neverSent: 0,
      failed: 0,
      miscounted: 0,
      acknowledgedAndLost: 0,
      storedTwice: 0,
    });
    expect(ask.acknowledgedRecords('orders-0', seconds(40))).toBeGreaterThan(3_000);
  });

  test('tells how long a send() was blocked: until there was room again, or max.block.ms was over', () => {
    const [longest] = blocked(60_000)
      .trace.blockedSends.map(({ fromUs, atUs }) => atUs - fromUs)
      .sort((a, b) => b - a);
    expect(longest).toBeGreaterThan(seconds(12));
    const { trace } = blocked(2_000);
    const failed = trace.blockedSends.filter(({ fromUs, atUs }) => atUs - fromUs === seconds(2));
    expect(failed).toHaveLength(trace.neverSents.length);
  });

  test('fails one record after the other that waited for max.block.ms: these are never sent', () => {
    const { ask, trace } = blocked(2_000);
    expect(trace.neverSents.length).toBeGreaterThanOrEqual(6);
    expect(trace.neverSents.length).toBeLessThanOrEqual(12);
    const [first, second] = trace.neverSents;
    expect(second!.atUs - first!.atUs).toBe(seconds(2));
    expect(ask.fates().miscounted).toBe(0);
    const stored = new Set(
      trace.survivors.flatMap(({ lane, first, count }) =>
        Array.from({ length: count }, (_, i) => `${lane}/${first + i}`),
      ),
    );
    for (const { lane, first } of trace.neverSents) expect(stored.has(`${lane}/${first}`)).toBe(false);
  });
});

describe('a producer that ends', () => {
  test('gracefully sends all that it took before it goes (KafkaProducer.close)', () => {
    const { ask } = play(
      orders({
        duration: '30s',
        rate: '300/s',
        operations: ['name: in, at: 10s, scale: { client: checkout, instances: 0 }'],
      }),
    );
    expect(ask.fates()).toMatchObject({ miscounted: 0, failed: 0, neverSent: 0, unresolved: 0 });
    expect(ask.fates().acknowledged).toBe(ask.fates().offered);
    expect(ask.events('client.stopped')[0]!.atUs).toBeLessThan(seconds(11));
  });

  test('by a kill starts again with a new producer id, so nothing of its former life is recognised or continued', () => {
    const { ask, trace } = play(
      orders({ duration: '30s', rate: '300/s', failures: ['name: f, at: 10s, for: 5s, crashClient: checkout'] }),
    );
    expect(ask.events('producer.session').map(({ to }) => to)).toEqual([
      'INITIALIZING',
      'READY',
      'INITIALIZING',
      'READY',
    ]);
    const during = trace.offers.filter(({ atUs }) => atUs > seconds(10.1) && atUs < seconds(15));
    expect(during).toEqual([]);
    expect(ask.fates()).toMatchObject({ miscounted: 0, storedTwice: 0, acknowledgedAndLost: 0 });
    expect(ask.acknowledgedRecords('orders-0', seconds(16))).toBeGreaterThan(1_300);
  });
});
