import { describe, expect, test } from 'vitest';
import { LED_BY_1, orders } from '../../src/model/testing/orders.ts';
import { type Played, play, seconds } from '../../src/model/testing/play.ts';

/**
 * What one fault on one broker does to a cluster of three (replication factor 3, min.insync.replicas 2): what the
 * controller sees, what happens to leaders and ISRs, and what clients notice meanwhile. Broker 1 leads orders-0.
 */
const SEEDS = ['a', 'b', 'c', 'd'];
const FAULT_US = seconds(6);
const NOTHING_LOST = { acknowledgedAndLost: 0, storedTwice: 0, failed: 0, neverSent: 0, miscounted: 0 };

function underFault(
  fault: string,
  duration: string,
  law: (played: Played) => void,
  more: { producer?: string; kafka?: string; rate?: string } = {},
): void {
  for (const seed of SEEDS)
    law(play(orders({ duration, failures: [`name: fault, at: 6s, ${fault}`], ...more }), { seed }));
}

function fencedAfterUs({ ask }: Played): number {
  const fenced = ask.events('broker.control').find((event) => event.to === 'FENCED' && event.atUs > FAULT_US);
  return fenced === undefined ? -1 : fenced.atUs - FAULT_US;
}

function gapSec({ ask }: Played, partition: number): number {
  return ask.longestGapUs(`orders-${partition}`, FAULT_US) / 1e6;
}

function expectBetween(value: number, low: number, high: number): void {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
}

describe('kill -9', () => {
  test('is noticed by the controller after 7 to 10.1 s; then one batch moves leaders and shrinks every ISR', () => {
    underFault('crash: { broker: 1 }', '40s', (played) => {
      const { ask } = played;
      expectBetween(fencedAfterUs(played) / 1e6, 7, 10.1);
      const changes = ['orders-0', 'orders-1', 'orders-2'].map((name) => ask.changes(name).at(-1)!);
      expect(new Set(changes.map(({ atUs }) => atUs)).size).toBe(1);
      expect(ask.at('orders-0', seconds(40))).toMatchObject({ leader: 2, isr: [2, 3] });
      for (const { isr } of changes) expect(isr).not.toContain(ask.broker(1));
    });
  });

  test('stalls acks=all for as long, also where the broker only follows, and costs no record', () => {
    underFault('crash: { broker: 1 }', '40s', (played) => {
      for (const partition of [0, 1, 2]) expectBetween(gapSec(played, partition), 7, 11);
      expect(played.ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });

  test('stalls acks=1 only where the broker led', () => {
    underFault(
      'crash: { broker: 1 }',
      '40s',
      (played) => {
        expectBetween(gapSec(played, 0), 7, 11);
        expect(gapSec(played, 1)).toBeLessThan(0.2);
        expect(gapSec(played, 2)).toBeLessThan(0.2);
      },
      { producer: 'acks: 1' },
    );
  });

  test('with a restart after 1 s is no quicker: the new incarnation is refused until the old session has ended', () => {
    underFault('for: 1s, crash: { broker: 1 }', '60s', (played) => {
      const { ask } = played;
      const refused = ask.events('broker.registrationRefused');
      const runsUs = ask.events('broker.state').find((one) => one.to === 'RUNNING' && one.atUs > FAULT_US)!.atUs;
      expect(runsUs - FAULT_US).toBeGreaterThan(seconds(7));
      for (const { error } of refused) expect(error).toBe('DUPLICATE_BROKER_REGISTRATION');
      expect(ask.at('orders-0', seconds(60)).isr).toEqual(expect.arrayContaining([1, 2, 3]));
      expect(ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });
});

describe('SIGTERM', () => {
  test('moves leaders and shrinks ISRs within two seconds, before the process ends, without a time-out anywhere', () => {
    underFault('stop: { broker: 1 }', '40s', (played) => {
      const { ask } = played;
      const moved = ask.changes('orders-0').find(({ reason }) => reason === 'controlledShutdown')!;
      expect(moved.atUs - FAULT_US).toBeLessThan(seconds(2));
      const [exit] = ask.events('broker.exited');
      expect(exit).toMatchObject({ clean: true });
      expectBetween((exit!.atUs - FAULT_US) / 1e6, 1.5, 7);
      for (const partition of [0, 1, 2]) expect(gapSec(played, partition)).toBeLessThan(1.5);
      expect(ask.errorCounts().REQUEST_TIMED_OUT).toBeUndefined();
      expect(ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });

  function backAfterSec(kafka: string, seed: string): number {
    const { ask } = play(
      orders({ duration: '60s', kafka, failures: ['name: fault, at: 6s, for: 1s, stop: { broker: 1 }'] }),
      {
        seed,
      },
    );
    const exitUs = ask.events('broker.exited')[0]!.atUs;
    return (ask.events('broker.state').find((one) => one.to === 'RUNNING' && one.atUs > exitUs)!.atUs - exitUs) / 1e6;
  }

  test('and a start right behind it waits for the old session to end from 4.0 on, and not before', () => {
    for (const seed of SEEDS) {
      const old = backAfterSec('3.9', seed);
      const now = backAfterSec('4.1', seed);
      expect(now).toBeGreaterThan(old + 1);
      expectBetween(now, 6, 16);
    }
  });

  test('leaves a partition with a single replica without leader from the start of the shutdown until the broker is back', () => {
    const { ask } = play(
      orders({
        duration: '60s',
        replicas: [[1]],
        topic: 'min.insync.replicas: 1',
        failures: ['name: fault, at: 6s, for: 5s, stop: { broker: 1 }'],
      }),
    );
    const [, gone, back] = ask.changes('orders-0');
    expect(gone).toMatchObject({ leader: -1 });
    expect([...gone!.isr, ...gone!.elr]).toEqual([ask.broker(1)]);
    expect(gone!.atUs).toBeLessThan(ask.events('broker.exited')[0]!.atUs);
    expect(ask.brokerId(back!.leader)).toBe(1);
    expect(ask.fates()).toMatchObject(NOTHING_LOST);
  });
});

describe('SIGSTOP or a long pause', () => {
  test('of 5 s changes nothing at the controller; acks=all waits for it wherever the broker is in the ISR', () => {
    underFault('for: 5s, freeze: { broker: 1 }', '26s', (played) => {
      for (const name of ['orders-0', 'orders-1', 'orders-2']) expect(played.ask.changes(name)).toHaveLength(1);
      for (const partition of [0, 1, 2]) expectBetween(gapSec(played, partition), 4.5, 6.5);
      expect(played.ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });

  test('of 60 s is fenced like a crash, but clients of its partitions wait for request.timeout.ms: nobody tells them', () => {
    underFault('for: 60s, freeze: { broker: 1 }', '90s', (played) => {
      expectBetween(fencedAfterUs(played) / 1e6, 7, 10.1);
      expectBetween(gapSec(played, 0), 27, 33);
      expectBetween(gapSec(played, 1), 7, 11);
      expect(played.ask.fates()).toMatchObject(NOTHING_LOST);
      expect(played.ask.at('orders-0', seconds(90)).isr).toContain(1);
    });
  });

  test('of 60 s ends with the same incarnation: it is unfenced by its heartbeats and registers no second time', () => {
    underFault('for: 60s, freeze: { broker: 1 }', '90s', ({ ask }) => {
      const mine = ask.events('broker.control').filter((one) => one.broker === ask.broker(1) && one.atUs > FAULT_US);
      expect(mine.map(({ to }) => to)).toEqual(['FENCED', 'UNFENCED']);
      const states = ask.events('broker.state').filter((one) => one.broker === ask.broker(1) && one.atUs > FAULT_US);
      expect(states).toEqual([]);
    });
  });
});

describe('silent cuts for 60 s', () => {
  test('from the controllers only: fenced, a zombie leader, and one request time-out for its clients', () => {
    underFault('for: 60s, partition: { between: [ { broker: 1 }, controllers of kafka ] }', '100s', (played) => {
      expectBetween(fencedAfterUs(played) / 1e6, 7, 10.6);
      expectBetween(gapSec(played, 0), 27, 33);
      expect(gapSec(played, 1)).toBeLessThan(1);
      expect(played.ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });

  test('from the other brokers only: never fenced, no leader moves; ISRs shrink by their leaders after 30 to 45 s', () => {
    underFault(
      'for: 60s, partition: { between: [ { broker: 1 }, [ { broker: 2 }, { broker: 3 } ] ] }',
      '100s',
      (played) => {
        const { ask } = played;
        expect(fencedAfterUs(played)).toBe(-1);
        for (const [partition, left] of [
          [0, 2],
          [1, 1],
          [2, 1],
        ] as const) {
          expectBetween((ask.isrChangeUs(`orders-${partition}`, left, false) - FAULT_US) / 1e6, 29.5, 46);
          expect(ask.changes(`orders-${partition}`).every((one) => one.leaderEpoch === 0)).toBe(true);
        }
        expectBetween(gapSec(played, 0), 60, 64);
        expect(ask.errorsOf('orders-0').filter((error) => error === 'REQUEST_TIMED_OUT').length).toBeGreaterThan(1);
        expectBetween(gapSec(played, 1), 29.5, 46);
        expect(ask.fates()).toMatchObject(NOTHING_LOST);
      },
    );
  });

  test('from everybody: fenced, moved, and one request time-out for its clients', () => {
    underFault('for: 60s, partition: { between: [ { broker: 1 }, everything ] }', '100s', (played) => {
      expectBetween(fencedAfterUs(played) / 1e6, 7, 10.6);
      expectBetween(gapSec(played, 0), 27, 33);
      expectBetween(gapSec(played, 1), 7, 10.6);
      expect(played.ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });

  test('from its clients only: nothing happens in the cluster, and nothing ever helps them', () => {
    underFault('for: 60s, partition: { between: [ { broker: 1 }, { client: checkout } ] }', '100s', (played) => {
      expect(played.ask.changes('orders-0')).toHaveLength(1);
      expect(gapSec(played, 0)).toBeGreaterThan(60);
      expect(gapSec(played, 1)).toBeLessThan(0.2);
      expect(played.ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });
});

describe('controllers', () => {
  test('the loss of the active one is not noticed by producers, and another one is active within 5 s', () => {
    underFault('crash: controller of kafka', '30s', (played) => {
      const next = played.ask.events('controller.active').find(({ atUs }) => atUs > FAULT_US)!;
      expectBetween((next.atUs - FAULT_US) / 1e6, 0.5, 5);
      for (const partition of [0, 1, 2]) expect(gapSec(played, partition)).toBeLessThan(0.2);
      expect(played.ask.changes('orders-0')).toHaveLength(1);
    });
  });

  test('without a majority nobody fences a dead broker: what it led or followed stalls until they return', () => {
    for (const seed of SEEDS) {
      const { ask } = play(
        orders({
          duration: '110s',
          failures: [
            'name: controllers, at: 6s, for: 60s, loseControllers: 2',
            'name: broker, at: 10s, crash: { broker: 1 }',
          ],
        }),
        { seed },
      );
      expect(ask.acknowledgedRecords('orders-1', seconds(10.1), seconds(66))).toBe(0);
      const moved = ask.changes('orders-0').find(({ atUs }) => atUs > seconds(10))!;
      expectBetween(moved.atUs / 1e6, 66, 66 + 20);
      expect(ask.acknowledgedRecords('orders-1', moved.atUs)).toBeGreaterThan(300);
      expect(ask.fates()).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0 });
    }
  });

  test('without a majority and without other faults produce goes on', () => {
    underFault('for: 60s, loseControllers: 2', '90s', (played) => {
      for (const partition of [0, 1, 2]) expect(gapSec(played, partition)).toBeLessThan(0.2);
    });
  });
});

describe('eligible leader replicas (KIP-966)', () => {
  /** Brokers 3, 2 and 1 go one after the other; broker 2 alone comes back. */
  const spaced = (verb: string): Played =>
    play(
      orders({
        duration: '120s',
        replicas: LED_BY_1.slice(0, 1),
        failures: [
          `name: three, at: 6s, ${verb}: { broker: 3 }`,
          `name: two, at: 26s, for: 50s, ${verb}: { broker: 2 }`,
          `name: one, at: 46s, ${verb}: { broker: 1 }`,
        ],
      }),
    );

  test('lets a member that left cleanly lead again without loss', () => {
    const { ask } = spaced('stop');
    expect(ask.at('orders-0', seconds(75)).leader).toBe(-1);
    const end = ask.at('orders-0', seconds(120));
    expect([end.leader, end.isr]).toEqual([2, [2]]);
    expect(ask.changes('orders-0').some(({ unclean }) => unclean)).toBe(false);
    expect(ask.fates().acknowledgedAndLost).toBe(0);
  });

  test('does not trust a member that crashed: the partition stays offline and loses nothing', () => {
    const { ask } = spaced('crash');
    expect(ask.at('orders-0', seconds(120)).leader).toBe(-1);
    expect(ask.fates().acknowledgedAndLost).toBe(0);
  });
});
