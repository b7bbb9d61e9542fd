import { describe, expect, test } from 'vitest';
import { orders } from '../testing/orders.ts';
import { play, seconds } from '../testing/play.ts';

describe('a rolling restart', () => {
  const { ask } = play(
    orders({ duration: '6m', rate: '60/s', operations: ['name: roll, at: 10s, rollingRestart: { cluster: kafka }'] }),
  );
  const exits = ask.events('broker.exited');

  test('stops and starts every broker once, by id, and ends without error', () => {
    expect(exits.map(({ broker, clean }) => [ask.brokerId(broker), clean])).toEqual([
      [1, true],
      [2, true],
      [3, true],
    ]);
    expect(ask.events('operation.ended').map(({ error }) => error)).toEqual([null]);
  });

  test('stops the next one only when nothing is under-replicated', () => {
    for (const { atUs, broker } of exits.slice(1)) {
      const stopUs = ask
        .events('broker.state')
        .find((one) => one.broker === broker && one.to === 'PENDING_CONTROLLED_SHUTDOWN' && one.atUs < atUs)!.atUs;
      for (const partition of ['orders-0', 'orders-1', 'orders-2'])
        expect(ask.at(partition, stopUs - 1).isr).toHaveLength(3);
    }
  });

  test('costs no record and no longer pause than a leader change', () => {
    expect(ask.fates()).toMatchObject({ failed: 0, acknowledgedAndLost: 0, storedTwice: 0, miscounted: 0 });
    for (const partition of ['orders-0', 'orders-1', 'orders-2'])
      expect(ask.longestGapUs(partition)).toBeLessThan(seconds(1.5));
  });
});

describe('electLeaders', () => {
  const killed = 'name: f, at: 3s, for: 10s, crash: { broker: 1 }';

  test('preferred brings leadership back as soon as the preferred replica is in the ISR again', () => {
    const { ask } = play(
      orders({
        duration: '60s',
        failures: [killed],
        operations: ['name: back, at: 50s, electLeaders: { cluster: kafka, type: preferred, topic: orders }'],
      }),
    );
    expect(ask.at('orders-0', seconds(49)).leader).toBe(2);
    expect(ask.at('orders-0', seconds(51)).leader).toBe(1);
    expect(ask.changes('orders-0').at(-1)!.reason).toMatch(/preferredElection|electLeaders/);
  });

  test('unclean elects a replica outside the ISR where none inside is left', () => {
    const { ask } = play(
      orders({
        duration: '60s',
        cluster: ['eligibleLeaderReplicas: false'],
        replicas: [[1, 2]],
        topic: 'min.insync.replicas: 1',
        failures: ['name: two, at: 3s, for: 20s, crash: { broker: 2 }', 'name: one, at: 15s, crash: { broker: 1 }'],
        operations: ['name: force, at: 50s, electLeaders: { cluster: kafka, type: unclean, topic: orders }'],
      }),
    );
    expect(ask.at('orders-0', seconds(49)).leader).toBe(-1);
    expect(ask.at('orders-0', seconds(52)).leader).toBe(2);
    expect(ask.changes('orders-0').filter(({ unclean }) => unclean)).toHaveLength(1);
    expect(ask.fates().acknowledgedAndLost).toBeGreaterThan(0);
  });
});

describe('alterConfig', () => {
  test('of a topic takes effect at its leaders: min.insync.replicas 3 refuses acks=all with two in the ISR', () => {
    const { ask } = play(
      orders({
        duration: '50s',
        failures: ['name: f, at: 3s, crash: { broker: 3 }'],
        operations: ['name: more, at: 30s, alterConfig: { topic: orders, config: { min.insync.replicas: 3 } }'],
      }),
    );
    expect(ask.acknowledgedRecords('orders-0', seconds(20), seconds(30))).toBeGreaterThan(250);
    expect(ask.acknowledgedRecords('orders-0', seconds(31), seconds(50))).toBe(0);
    expect(ask.errorsOf('orders-0')).toContain('NOT_ENOUGH_REPLICAS');
  });
});

describe('scale', () => {
  test('starts and stops instances of a producer; those that stay go on', () => {
    const { ask } = play(
      orders({
        duration: '40s',
        producerKeys: 'partitioner: round-robin, instances: 2',
        operations: [
          'name: out, at: 10s, scale: { client: checkout, instances: 4 }',
          'name: in, at: 25s, scale: { client: checkout, instances: 1 }',
        ],
      }),
    );
    expect(ask.events('client.started').map(({ client, atUs }) => [client, atUs])).toEqual([
      [0, 0],
      [1, 0],
      [2, seconds(10)],
      [3, seconds(10)],
    ]);
    expect(
      ask
        .events('client.stopped')
        .map(({ client }) => client)
        .sort(),
    ).toEqual([1, 2, 3]);
    expect(ask.fates()).toMatchObject({ miscounted: 0, acknowledgedAndLost: 0, neverSent: 0 });
  });
});
