/**
 * What Kafka does to replication and to its clients under one fault, case by case: three brokers in one place, three
 * dedicated controllers, replication factor 3, min.insync.replicas 2, no ELR, an idempotent producer with acks=all, unless
 * the case says otherwise. The numbers are the bounds that follow from Kafka's timers, and what real clusters did
 * (evidence/lab). Times are seconds after the fault.
 */
import { describe, expect, test as it } from 'vitest';
import { LED_BY_1, type OrdersSettings, orders } from '../../src/model/testing/orders.ts';
import { type Played, play, seconds } from '../../src/model/testing/play.ts';

const FAULT_SEC = 10;
const FAULT_US = seconds(FAULT_SEC);
const SEEDS = ['a', 'b', 'c'];
const NOTHING_LOST = { acknowledgedAndLost: 0, storedTwice: 0, failed: 0, miscounted: 0 };
const ONE_LED_BY_1 = [[1, 2, 3]];

/** `kafka` 4.0: the release that the cases are told of; ELR is off there by default. */
function cluster(settings: Omit<OrdersSettings, 'duration'> & { readonly duration: number }): string {
  const { duration, cluster: keys = [], ...rest } = settings;
  return orders({ kafka: '4.0', ...rest, duration: `${duration}s`, cluster: ['controllers: 3', ...keys] });
}

function fault(what: string, forSec?: number): readonly string[] {
  return [`name: fault, at: ${FAULT_SEC}s, ${forSec === undefined ? '' : `for: ${forSec}s, `}${what}`];
}

function eachSeed(yaml: string, law: (played: Played) => void): void {
  for (const seed of SEEDS) law(play(yaml, { seed }));
}

/** Seconds after the fault; -1: never. */
function sinceFault(atUs: number): number {
  return atUs < 0 ? -1 : (atUs - FAULT_US) / 1e6;
}

function fencedAfter({ ask }: Played, broker = 1): number {
  const fenced = ask
    .events('broker.control')
    .find((event) => event.to === 'FENCED' && event.atUs > FAULT_US && ask.brokerId(event.broker) === broker);
  return sinceFault(fenced?.atUs ?? -1);
}

function leaderMovedAfter({ ask }: Played, partition: string): number {
  const changes = ask.changes(partition);
  const moved = changes.find((change, i) => change.atUs > FAULT_US && change.leader !== changes[i - 1]!.leader);
  return sinceFault(moved?.atUs ?? -1);
}

function gapSec({ ask }: Played, partition: string): number {
  return ask.longestGapUs(partition, FAULT_US) / 1e6;
}

function between(value: number, low: number, high: number): void {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
}

function appendsAfter({ trace }: Played, fromUs: number): number {
  return trace.appends.filter(({ atUs, lane }) => lane >= 0 && atUs > fromUs).length;
}

describe('a broker is killed', () => {
  it('case 1: fenced after 7.0 to 10.1 s, led and followed partitions stall alike for acks=all, nothing is lost', () => {
    eachSeed(cluster({ duration: 50, rate: '300/s', failures: fault('crash: broker 1') }), (played) => {
      const { ask } = played;
      const fencedSec = fencedAfter(played);
      between(fencedSec, 7, 10.1);
      between(leaderMovedAfter(played, 'orders-0') - fencedSec, 0, 0.1);
      for (const partition of ['orders-0', 'orders-1', 'orders-2']) between(gapSec(played, partition), 6.9, 11.5);
      expect(ask.at('orders-1', seconds(49)).isr).toEqual([2, 3]);
      expect(ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });

  /** A round trip of 20 ms, so that some records are on their way to the followers at any instant. */
  const FAR = ['name: far, at: 2s, degrade: { between: [broker 1, [broker 2, broker 3]], latency: +10ms }'];

  it('case 1: acks=1 stalls where the broker led and nowhere else, and loses what was not replicated', () => {
    let lost = 0;
    eachSeed(
      cluster({ duration: 50, rate: '3000/s', producer: 'acks: 1', failures: [...FAR, ...fault('crash: broker 1')] }),
      (played) => {
        between(gapSec(played, 'orders-0'), 6.9, 11.5);
        for (const partition of ['orders-1', 'orders-2']) expect(gapSec(played, partition)).toBeLessThan(0.2);
        const fates = played.ask.fates();
        expect(fates.acknowledgedAndLost).toBeLessThan(150);
        lost += fates.acknowledgedAndLost;
      },
    );
    expect(lost).toBeGreaterThan(0);
  });
});

describe('a broker is asked to stop', () => {
  /** Up to 4.0 a follower may learn of the new leader before that one does: UNKNOWN_LEADER_EPOCH costs it a backoff of 1 s. */
  it.each([
    ['4.0', 2],
    ['4.1', 0.8],
  ])(
    'case 2: in %s leaders and ISRs move at once, the exit follows at 2.05 or 4.05 s, nothing stalls for %f s',
    (kafka, stallSec) => {
      eachSeed(cluster({ duration: 40, kafka, rate: '300/s', failures: fault('stop: broker 1') }), (played) => {
        const { ask } = played;
        between(leaderMovedAfter(played, 'orders-0'), 0, 0.15);
        for (const partition of ['orders-0', 'orders-1', 'orders-2']) {
          between(sinceFault(ask.isrChangeUs(partition, 1, false, FAULT_US)), 0, 0.15);
          expect(gapSec(played, partition)).toBeLessThan(stallSec);
        }
        const shutting = ask.events('broker.state').find((event) => event.to === 'SHUTTING_DOWN')!;
        between(sinceFault(shutting.atUs), 0.04, 4.2);
        expect(ask.errorCounts().REQUEST_TIMED_OUT).toBeUndefined();
        expect(ask.fates()).toMatchObject(NOTHING_LOST);
      });
    },
  );
});

describe('a broker is paused', () => {
  it('case 5: 5 s are noticed by clients only: no fence, no ISR change, a stall of 5 s', () => {
    eachSeed(cluster({ duration: 40, rate: '300/s', failures: fault('freeze: broker 1', 5) }), (played) => {
      expect(fencedAfter(played)).toBe(-1);
      for (const partition of ['orders-0', 'orders-1', 'orders-2']) {
        expect(played.ask.changes(partition)).toHaveLength(1);
        between(gapSec(played, partition), 4.8, 5.8);
      }
      expect(played.ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });

  it('case 6: 60 s are fenced at 7 to 10.1 s, but its clients wait 30 s for request.timeout.ms: nothing tells them', () => {
    eachSeed(cluster({ duration: 120, rate: '300/s', failures: fault('freeze: broker 1', 60) }), (played) => {
      between(fencedAfter(played), 7, 10.2);
      between(gapSec(played, 'orders-0'), 27, 33);
      for (const partition of ['orders-1', 'orders-2']) between(gapSec(played, partition), 6.9, 11.5);
      expect(played.ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });
});

describe('a link is cut in silence', () => {
  const FROM_CONTROLLERS = fault('partition: { between: [broker 1, controllers] }', 60);
  const FROM_BROKERS = fault('partition: { between: [broker 1, [broker 2, broker 3]] }', 120);

  it('case 7: from the controllers: fenced, a zombie leader; acks=all waits 30 s for its requests and loses nothing', () => {
    eachSeed(cluster({ duration: 110, rate: '300/s', failures: FROM_CONTROLLERS }), (played) => {
      between(fencedAfter(played), 7, 10.2);
      between(leaderMovedAfter(played, 'orders-0'), 7, 10.3);
      between(gapSec(played, 'orders-0'), 27, 33);
      for (const partition of ['orders-1', 'orders-2']) expect(gapSec(played, partition)).toBeLessThan(1);
      expect(played.ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });

  it('case 7: acks=1 goes on at the zombie, which loses what it acknowledged when it is heard again', () => {
    eachSeed(cluster({ duration: 110, rate: '300/s', producer: 'acks: 1', failures: FROM_CONTROLLERS }), (played) => {
      expect(gapSec(played, 'orders-0')).toBeLessThan(1);
      // 100 records/s on the partition, from the fence to the heal.
      between(played.ask.fates().acknowledgedAndLost, 4_500, 6_000);
      const truncated = played.ask.events('replica.truncated').find((one) => played.ask.brokerId(one.broker) === 1)!;
      expect(sinceFault(truncated.atUs)).toBeGreaterThan(60);
    });
  });

  it('case 8: from the other brokers: its ISR is [1] after 30 to 45 s, then NOT_ENOUGH_REPLICAS; no fail-over', () => {
    eachSeed(cluster({ duration: 125, rate: '300/s', failures: FROM_BROKERS }), (played) => {
      const { ask } = played;
      expect(fencedAfter(played)).toBe(-1);
      for (const partition of ['orders-0', 'orders-1', 'orders-2']) {
        expect(leaderMovedAfter(played, partition)).toBe(-1);
        const gone = partition === 'orders-0' ? 2 : 1;
        between(sinceFault(ask.isrChangeUs(partition, gone, false, FAULT_US)), 29.4, 46);
      }
      expect(ask.at('orders-0', seconds(100))).toMatchObject({ leader: 1, isr: [1] });
      expect(ask.errorsOf('orders-0')).toContain('NOT_ENOUGH_REPLICAS');
      expect(ask.acknowledgedRecords('orders-0', FAULT_US + seconds(1))).toBe(0);
      for (const partition of ['orders-1', 'orders-2']) between(gapSec(played, partition), 29.4, 46.5);
    });
  });

  it('case 8: with min.insync.replicas 1 it goes on alone', () => {
    eachSeed(
      cluster({ duration: 100, rate: '300/s', topic: 'min.insync.replicas: 1', failures: FROM_BROKERS }),
      (played) => {
        const shrunk = sinceFault(played.ask.isrChangeUs('orders-0', 2, false, FAULT_US));
        between(shrunk, 29.4, 46);
        expect(played.ask.acknowledgedRecords('orders-0', FAULT_US + seconds(shrunk + 2))).toBeGreaterThan(2_000);
        expect(played.ask.fates()).toMatchObject(NOTHING_LOST);
      },
    );
  });

  it('case 9: from its clients: nothing moves, ever; records expire with TimeoutException after 120 s', () => {
    const played = play(
      cluster({
        duration: 150,
        rate: '30/s',
        replicas: ONE_LED_BY_1,
        failures: fault('partition: { between: [broker 1, client checkout/0] }'),
      }),
    );
    expect(fencedAfter(played)).toBe(-1);
    expect(played.ask.changes('orders-0')).toHaveLength(1);
    const [first] = played.trace.failures;
    expect(first!.error).toBe('TimeoutException');
    between(sinceFault(first!.atUs), 119.5, 122);
  });

  it('case 24: from an idle leader: it stays in the ISR, and leaves at the first scan after the next write', () => {
    const waits: number[] = [];
    for (const seed of SEEDS) {
      const { ask } = play(
        cluster({
          duration: 130,
          replicas: ONE_LED_BY_1,
          rate: '[{ at: 0s, rate: 30/s }, { at: 5s, rate: 0/s }, { at: 100s, rate: 30/s }]',
          failures: fault('partition: { between: [broker 1, broker 3] }'),
        }),
        { seed },
      );
      const leftSec = ask.isrChangeUs('orders-0', 3, false) / 1e6;
      between(leftSec, 100, 115.3);
      waits.push(leftSec - 100);
      between(ask.longestGapUs('orders-0', seconds(99)) / 1e6 - 95, leftSec - 100 - 0.2, leftSec - 100 + 0.6);
    }
    expect(Math.max(...waits) - Math.min(...waits)).toBeGreaterThan(3);
  });
});

describe('below min.insync.replicas', () => {
  const TWO_DOWN = fault('crash: [broker 2, broker 3]');
  const reader = 'consumers:\n  audit: { from: [orders], config: { auto.offset.reset: earliest } }\n';

  it('case 10: acks=all is refused at once with NOT_ENOUGH_REPLICAS and given up after 120 s; reads go on', () => {
    const played = play(cluster({ duration: 150, replicas: LED_BY_1, failures: TWO_DOWN }) + reader);
    const { ask, trace } = played;
    const isrUs = Math.max(...['orders-0', 'orders-1', 'orders-2'].map((name) => ask.isrChangeUs(name, 3, false)));
    expect(ask.errorCounts().NOT_ENOUGH_REPLICAS).toBeGreaterThan(100);
    expect(appendsAfter(played, isrUs + seconds(0.2))).toBe(0);
    expect(ask.at('orders-0', seconds(140))).toMatchObject({ leader: 1 });
    const [first] = trace.failures;
    between(sinceFault(first!.atUs), 119.5, 124);
    const read = Math.max(
      ...trace.deliveries.filter((one) => one.partition === ask.partition('orders-0')).map((one) => one.offset),
    );
    expect(read).toBeGreaterThan(200);
  });

  it.each([
    ['3.6', true],
    ['3.7', false],
    ['4.0', false],
  ])('case 11: acks=1 is stored; in %s consumers see it at once: %s', (kafka, isVisible) => {
    const played = play(
      cluster({ duration: 60, kafka, replicas: LED_BY_1, producer: 'acks: 1', failures: TWO_DOWN }) + reader,
    );
    const { ask, trace } = played;
    const alone = Math.max(...['orders-0', 'orders-1', 'orders-2'].map((name) => ask.changes(name).at(-1)!.atUs));
    expect(ask.at('orders-0', seconds(59)).isr).toEqual([1]);
    expect(appendsAfter(played, alone + seconds(1))).toBeGreaterThan(500);
    const seen = trace.deliveries.filter((one) => one.atUs > alone + seconds(1)).length;
    if (isVisible) expect(seen).toBeGreaterThan(500);
    else expect(seen).toBe(0);
  });

  it('case 11: consumers see what was stored meanwhile as soon as a follower is back in the ISR', () => {
    const { ask, trace } = play(
      cluster({
        duration: 90,
        replicas: LED_BY_1,
        producer: 'acks: 1',
        failures: fault('crash: [broker 2, broker 3]', 30),
      }) + reader,
    );
    const backUs = Math.min(
      ...ask
        .changes('orders-0')
        .filter((one) => one.reason === 'isrExpand')
        .map((one) => one.atUs),
    );
    expect(backUs).toBeGreaterThan(FAULT_US + seconds(30));
    const partition = ask.partition('orders-0');
    const late = trace.deliveries.filter((one) => one.partition === partition && one.atUs > FAULT_US + seconds(12));
    between((late[0]!.atUs - backUs) / 1e6, -0.1, 0.6);
    expect(ask.fates()).toMatchObject(NOTHING_LOST);
  });
});

describe('the last member of the ISR dies', () => {
  /** Broker 1 leads alone after 30 to 45 s without the others, who run on; then it dies. */
  const ALONE_THEN_DEAD = [
    'name: cut, at: 10s, for: 130s, partition: { between: [broker 1, [broker 2, broker 3]] }',
    'name: last, at: 80s, for: 70s, crash: broker 1',
  ];
  const settings = { duration: 200, rate: '300/s', replicas: ONE_LED_BY_1, failures: ALONE_THEN_DEAD };

  it('case 12: the partition is offline until it returns, though two others live; nothing on its disk is lost', () => {
    eachSeed(cluster({ ...settings, topic: 'min.insync.replicas: 1' }), ({ ask }) => {
      expect(ask.at('orders-0', seconds(79))).toMatchObject({ leader: 1, isr: [1] });
      for (const sec of [91, 120, 149])
        expect(ask.at('orders-0', seconds(sec))).toMatchObject({ leader: -1, isr: [1] });
      const back = ask.changes('orders-0').find((one) => one.atUs > seconds(150) && one.leader >= 0)!;
      expect(ask.brokerId(back.leader)).toBe(1);
      expect(back.unclean).toBe(false);
      expect(ask.fates().acknowledgedAndLost).toBe(0);
    });
  });

  it('case 13: with unclean election the first live replica leads alone from the fence on; what only the dead one had is lost', () => {
    eachSeed(
      cluster({ ...settings, topic: 'min.insync.replicas: 1, unclean.leader.election.enable: true' }),
      ({ ask, trace }) => {
        const elected = ask.changes('orders-0').find((one) => one.unclean)!;
        between(elected.atUs / 1e6 - 80, 7, 10.1);
        expect(ask.brokerId(elected.leader)).toBe(2);
        expect(elected.isr).toEqual([elected.leader]);
        expect(ask.changes('orders-0').filter((one) => one.unclean)).toHaveLength(1);
        // Nothing of the 70 s since the cut had reached the others.
        between(ask.fates().acknowledgedAndLost, 20_000, 21_300);
        const truncated = ask.events('replica.truncated').find((one) => ask.brokerId(one.broker) === 1)!;
        expect(truncated.atUs).toBeGreaterThan(seconds(150));
        expect(trace.removals.length).toBeGreaterThan(0);
      },
    );
  });
});

describe('a follower is slow', () => {
  it('case 22: one fetch behind for good it stays in the ISR, and acks=all is as slow as it is', () => {
    eachSeed(
      cluster({
        duration: 100,
        rate: '300/s',
        replicas: ONE_LED_BY_1,
        producer: 'linger.ms: 0, max.in.flight.requests.per.connection: 1',
        failures: fault('degrade: { between: [broker 3, broker 1], latency: +150ms }'),
      }),
      ({ ask, trace }) => {
        expect(ask.changes('orders-0')).toHaveLength(1);
        const waits = trace.requests
          .filter((one) => one.api === 'Produce' && one.atUs > FAULT_US + seconds(5))
          .map((one) => one.latencyUs / 1e6)
          .sort((x, y) => x - y);
        between(waits[Math.floor(waits.length / 2)]!, 0.29, 0.65);
      },
    );
  });

  it('case 23: one that falls behind for good leaves after 30 to 45 s, and rejoins once it reaches the high watermark', () => {
    eachSeed(
      cluster({
        duration: 140,
        rate: '[{ at: 0s, rate: 1500/s }, { at: 75s, rate: 30/s }]',
        replicas: ONE_LED_BY_1,
        producer: 'acks: 1',
        failures: fault('degrade: { between: [broker 3, broker 1], bandwidth: 800kbps }', 65),
      }),
      ({ ask }) => {
        const leftUs = ask.isrChangeUs('orders-0', 3, false, FAULT_US);
        between(sinceFault(leftUs), 29.4, 48);
        const backUs = ask.isrChangeUs('orders-0', 3, true, leftUs);
        expect(backUs).toBeGreaterThan(FAULT_US + seconds(60));
        expect(ask.at('orders-0', seconds(139)).isr).toHaveLength(3);
      },
    );
  });
});

describe('a consumer reads from the replica of its rack', () => {
  it('case 38: later than from the leader by one follower fetch at most; a cut follower holds it until metadata.max.age.ms', () => {
    const yaml = `
duration: 120s
regions: { west: { zones: [a, b, c], network: { withinZone: 250us, betweenZones: 1ms, jitter: 0% } } }
cluster:
  kafka: "4.0"
  brokers: { count: 3, zones: [a, b, c] }
  controllers: 3
  config: { min.insync.replicas: 2, replica.selector.class: RackAwareReplicaSelector }
  topics: { orders: { replicas: { 0: [1, 2, 3] } } }
producers: { load: { to: orders, zones: [a], rate: 2/s, config: { linger.ms: 0 } } }
consumers:
  near: { from: [orders], zones: [b], config: { client.rack: zone, metadata.max.age.ms: 50000 } }
failures: [{ name: fault, at: 70s, partition: { between: [broker 1, broker 2] } }]
`;
    for (const seed of SEEDS) {
      const { trace, ask } = play(yaml, { seed });
      const waits = trace.deliveries.filter((one) => one.atUs < seconds(70)).map((one) => one.atUs - one.createdToUs);
      expect(waits.length).toBeGreaterThan(100);
      expect(Math.max(...waits)).toBeLessThan(530_000);
      expect(ask.isrChangeUs('orders-0', 2, false, seconds(70))).toBeLessThan(seconds(116));
      // It asked the leader at about 2, 52 and 102 s; at the last of them broker 2 may still be in the ISR.
      const silent = trace.deliveries.filter((one) => one.atUs > seconds(71) && one.atUs < seconds(101));
      expect(silent).toEqual([]);
    }
  });
});
