import { describe, expect, test } from 'vitest';
import { LED_BY_1, orders } from '../testing/orders.ts';
import { play, seconds } from '../testing/play.ts';

/** Brokers 2 and 3 are killed at 6 s and fenced by 16.5 s: broker 1 alone is in the ISR of what it leads. */
const TWO_KILLED = ['name: f, at: 6s, crash: [ { broker: 2 }, { broker: 3 } ]'];
const FENCED_SEC = 17;

describe('acks=all', () => {
  test('waits for every member of the ISR, not only for min.insync.replicas of them', () => {
    const { ask } = play(
      orders({ duration: '26s', rate: '600/s', failures: ['name: f, at: 6s, for: 5s, freeze: { broker: 3 }'] }),
    );
    expect(ask.longestGapUs('orders-0')).toBeGreaterThan(seconds(4.5));
    expect(ask.longestGapUs('orders-0')).toBeLessThan(seconds(6.5));
  });

  test('is refused with NOT_ENOUGH_REPLICAS below min.insync.replicas, and nothing is appended', () => {
    const { ask, trace } = play(orders({ duration: '60s', replicas: LED_BY_1, failures: TWO_KILLED }));
    expect(ask.errorCounts().NOT_ENOUGH_REPLICAS).toBeGreaterThan(20);
    const late = trace.appends.filter(({ atUs, lane }) => lane >= 0 && atUs > seconds(FENCED_SEC));
    expect(late).toEqual([]);
  });

  test('is told REQUEST_TIMED_OUT when the ISR does not follow within request.timeout.ms; the records stay', () => {
    const { ask, trace } = play(
      orders({
        duration: '60s',
        replicas: [[1, 2, 3]],
        producer: 'request.timeout.ms: 40000, max.in.flight.requests.per.connection: 1',
        failures: [
          'name: f, at: 6s, for: 15s, partition: { between: [ { broker: 1 }, [ { broker: 2 }, { broker: 3 } ] ] }',
        ],
      }).replace('request.timeout.ms: 40000', 'request.timeout.ms: 8000'),
    );
    expect(ask.errorCounts().REQUEST_TIMED_OUT).toBeGreaterThan(0);
    // The retry is recognised by its sequence: it is acknowledged with the first append's offset.
    expect(trace.refusedDuplicates.length).toBeGreaterThan(0);
    expect(ask.fates()).toMatchObject({ storedTwice: 0, acknowledgedAndLost: 0, failed: 0 });
  });

  test('is told NOT_LEADER_OR_FOLLOWER when leadership moves while it waits', () => {
    const { ask } = play(
      orders({
        duration: '40s',
        replicas: LED_BY_1,
        rate: '300/s',
        failures: ['name: hang, at: 6s, for: 4s, freeze: { broker: 3 }', 'name: term, at: 7s, stop: { broker: 1 }'],
      }),
    );
    expect(ask.errorsOf('orders-0')).toContain('NOT_LEADER_OR_FOLLOWER');
    expect(ask.fates()).toMatchObject({ storedTwice: 0, acknowledgedAndLost: 0, failed: 0 });
  });

  test('with min.insync.replicas above the replication factor asks for as many replicas as there are', () => {
    const { ask } = play(orders({ duration: '10s', replicas: [[1, 2]], topic: 'min.insync.replicas: 3' }));
    expect(ask.errorCounts()).toEqual({});
    expect(ask.fates().acknowledged).toBeGreaterThan(800);
  });
});

describe('a new leader', () => {
  test('acknowledges nothing before every member of the ISR has fetched from it', () => {
    const { ask } = play(
      orders({
        duration: '40s',
        replicas: LED_BY_1,
        topic: 'min.insync.replicas: 1',
        failures: ['name: kill, at: 6s, crash: { broker: 1 }', 'name: hang, at: 12s, freeze: { broker: 3 }'],
      }),
    );
    const [, elected, alone] = ask.changes('orders-0');
    expect([ask.brokerId(elected!.leader), elected!.isr.length, alone!.isr.length]).toEqual([2, 2, 1]);
    expect(elected!.atUs).toBeGreaterThan(seconds(12.1));
    expect(alone!.atUs - elected!.atUs).toBeGreaterThan(seconds(1));
    expect(ask.acknowledgedRecords('orders-0', elected!.atUs, alone!.atUs)).toBe(0);
    expect(ask.acknowledgedRecords('orders-0', alone!.atUs)).toBeGreaterThan(300);
  });
});

describe('when the ISR falls below min.insync.replicas', () => {
  function afterTheFence(kafka: string, acks: string) {
    const played = play(
      orders({ duration: '60s', kafka, replicas: LED_BY_1, producer: `acks: ${acks}`, failures: TWO_KILLED }),
    );
    const { ask, trace } = played;
    const partition = ask.partition('orders-0');
    const moved = trace.highWatermarks.filter((one) => one.partition === partition && one.atUs > seconds(FENCED_SEC));
    return { ...played, moved };
  }

  test('the high watermark stands still from 3.7 on, though acks=1 appends go on (KAFKA-15583)', () => {
    const { moved, trace } = afterTheFence('3.7', '1');
    expect(moved).toEqual([]);
    expect(trace.appends.filter(({ atUs, lane }) => lane >= 0 && atUs > seconds(FENCED_SEC)).length).toBeGreaterThan(
      500,
    );
  });

  test('the high watermark goes on with the leader alone up to 3.6', () => {
    expect(afterTheFence('3.6', '1').moved.length).toBeGreaterThan(500);
  });

  test('waiting acks=all requests are told NOT_ENOUGH_REPLICAS_AFTER_APPEND up to 3.6', () => {
    const { ask } = afterTheFence('3.6', 'all');
    expect(ask.errorCounts().NOT_ENOUGH_REPLICAS_AFTER_APPEND).toBeGreaterThan(0);
    expect(ask.fates().acknowledgedAndLost).toBe(0);
  });

  test('waiting acks=all requests run into REQUEST_TIMED_OUT from 3.7 on', () => {
    const { ask } = afterTheFence('3.7', 'all');
    expect(ask.errorCounts().NOT_ENOUGH_REPLICAS_AFTER_APPEND).toBeUndefined();
    expect(ask.errorCounts().REQUEST_TIMED_OUT).toBeGreaterThan(0);
  });
});

describe('acks=1', () => {
  test('does not wait for followers', () => {
    const { ask } = play(
      orders({
        duration: '26s',
        producer: 'acks: 1',
        rate: '600/s',
        failures: ['name: f, at: 6s, for: 5s, freeze: { broker: 3 }'],
      }),
    );
    expect(ask.longestGapUs('orders-0')).toBeLessThan(seconds(0.1));
  });
});

describe('acks=0', () => {
  test('takes every record for delivered when it is sent, with offset -1', () => {
    const { trace } = play(orders({ duration: '5s', producer: 'acks: 0' }));
    expect(new Set(trace.acknowledgements.map(({ baseOffset }) => baseOffset))).toEqual(new Set([-1]));
  });

  test('makes a broker that is not the leader any more close the connection, and loses what it had sent', () => {
    const { ask } = play(
      orders({
        duration: '20s',
        rate: '3000/s',
        replicas: LED_BY_1,
        producer: 'acks: 0',
        operations: [],
        failures: ['name: term, at: 6s, stop: { broker: 1 }'],
      }),
    );
    const exitedUs = ask.events('broker.exited')[0]!.atUs;
    const lost = ask.events('connection.lost').find((one) => ask.brokerId(one.broker) === 1)!;
    expect(lost).toMatchObject({ reason: 'RST' });
    expect(lost.atUs).toBeLessThan(exitedUs);
    expect(ask.errorCounts()).toEqual({});
    expect(ask.fates().acknowledgedAndLost).toBeGreaterThan(0);
    expect(ask.fates().acknowledgedAndLost).toBeLessThan(300);
  });
});

describe('a batch above max.message.bytes', () => {
  test('is split and sent again when it has several records, in order and once', () => {
    const { ask, trace } = play(
      orders({
        duration: '20s',
        rate: '2000/s',
        topic: 'min.insync.replicas: 2, max.message.bytes: 2000',
        producer: 'linger.ms: 50',
      }),
    );
    expect(ask.errorCounts().MESSAGE_TOO_LARGE).toBeGreaterThan(0);
    expect(Math.max(...trace.appends.map(({ bytes }) => bytes))).toBeLessThanOrEqual(2_000);
    expect(ask.fates()).toMatchObject({ failed: 0, miscounted: 0, storedTwice: 0, acknowledgedAndLost: 0 });
    expect(ask.fates().acknowledged).toBeGreaterThan(39_800);
    expect(ask.errorCounts().OUT_OF_ORDER_SEQUENCE_NUMBER).toBeUndefined();
    expect(ask.backwardSteps()).toBe(0);
  });

  test('fails for good when it is a single record', () => {
    const { ask, trace } = play(orders({ duration: '5s', topic: 'max.message.bytes: 100' }));
    expect(ask.fates().acknowledged).toBe(0);
    expect(new Set(trace.failures.map(({ error, unknown }) => `${error} ${unknown}`))).toEqual(
      new Set(['MESSAGE_TOO_LARGE false']),
    );
    expect(ask.fates().stored).toBe(0);
  });
});
