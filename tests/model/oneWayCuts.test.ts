/** Cuts of one direction: packets of one side are lost, those of the other arrive. Broker 1 leads orders-0. */
import { describe, expect, test } from 'vitest';
import { orders } from '../../src/model/testing/orders.ts';
import { type Played, play, seconds } from '../../src/model/testing/play.ts';

const LED_BY_1 = [[1, 2, 3]];
const CUT_US = seconds(10);

function cut(from: string, to: string, more: { readonly forSec?: number; readonly producer?: string } = {}): Played {
  const { forSec = 60, producer = '' } = more;
  return play(
    orders({
      duration: '120s',
      rate: '100/s',
      replicas: LED_BY_1,
      producer,
      failures: [`name: cut, at: 10s, for: ${forSec}s, partition: { between: [${from}, ${to}], oneWay: true }`],
    }),
  );
}

function leftIsrAfterSec({ ask }: Played): number {
  return (ask.isrChangeUs('orders-0', 3, false, CUT_US) - CUT_US) / 1e6;
}

describe('between a leader and a follower', () => {
  test.each([
    ['the fetches of the follower', 'broker 3', 'broker 1'],
    ['the answers of the leader', 'broker 1', 'broker 3'],
  ])(
    'without %s the follower leaves the ISR after 30 to 45 s, is not fenced, and comes back after the heal',
    (_, from, to) => {
      const played = cut(from, to);
      expect(leftIsrAfterSec(played)).toBeGreaterThan(29.4);
      expect(leftIsrAfterSec(played)).toBeLessThan(46);
      expect(played.ask.events('broker.control').filter((one) => one.to === 'FENCED')).toEqual([]);
      expect(played.ask.at('orders-0', seconds(119)).isr).toHaveLength(3);
      expect(played.ask.fates()).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0, failed: 0 });
    },
  );
});

describe('between a producer and the leader', () => {
  test('without its requests nothing is appended', () => {
    const { trace } = cut('client checkout/0', 'broker 1');
    const meanwhile = trace.appends.filter(
      (one) => one.lane >= 0 && one.atUs > CUT_US + 100_000 && one.atUs < seconds(69),
    );
    expect(meanwhile).toEqual([]);
  });

  test('without the answers what was sent is appended, and idempotence recognises what is sent again', () => {
    const { trace, ask } = cut('broker 1', 'client checkout/0', { forSec: 20 });
    const meanwhile = trace.appends.filter((one) => one.lane >= 0 && one.atUs > CUT_US && one.atUs < seconds(29));
    expect(meanwhile.length).toBeGreaterThan(1);
    expect(ask.acknowledgedRecords('orders-0', CUT_US + 100_000, seconds(29))).toBe(0);
    expect(ask.fates()).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0, failed: 0 });
  });

  test('without the answers and without idempotence records are stored twice', () => {
    const { ask } = cut('broker 1', 'client checkout/0', {
      producer: 'enable.idempotence: false, request.timeout.ms: 5000',
    });
    expect(ask.fates().storedTwice).toBeGreaterThan(0);
  });
});

describe('between a broker and the controllers', () => {
  test.each([
    ['its heartbeats', 'broker 1', 'controllers'],
    ['the answers to them', 'controllers', 'broker 1'],
  ])('without %s it is fenced when its session ends', (_, from, to) => {
    const { ask } = cut(from, to);
    const fenced = ask.events('broker.control').find((one) => one.to === 'FENCED')!;
    expect((fenced.atUs - CUT_US) / 1e6).toBeGreaterThan(6.9);
    expect((fenced.atUs - CUT_US) / 1e6).toBeLessThan(12.3);
    expect(ask.at('orders-0', seconds(60)).leader).not.toBe(1);
  });
});
