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
    expect(ask.errorCounts()).toHaveProperty('NOT_ENOUGH_REPLICAS');
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

describe('the errors of electLeaders, partition by partition', () => {
  const steps = (operation: string, failures: readonly string[]) => {
    const { ask } = play(
      orders({
        duration: '60s',
        cluster: ['eligibleLeaderReplicas: false'],
        replicas: [
          [1, 2],
          [2, 1],
          [3, 1],
        ],
        topic: 'min.insync.replicas: 1',
        failures,
        operations: [`name: force, at: 40s, electLeaders: ${operation}`],
      }),
    );
    return {
      steps: ask.events('operation.step').map(({ what }) => what),
      error: ask.events('operation.ended')[0]!.error,
    };
  };
  const down = 'name: f, at: 5s, crash: { broker: 1 }';

  test('a preferred leader that is down is not available, one that leads needs no election', () => {
    expect(steps('{ type: preferred, topic: orders }', [down])).toEqual({
      steps: ['orders-0: PREFERRED_LEADER_NOT_AVAILABLE', 'orders-1, orders-2: ELECTION_NOT_NEEDED'],
      error: 'PREFERRED_LEADER_NOT_AVAILABLE',
    });
  });

  test('asked for all partitions, those that need none are not named', () => {
    expect(steps('{ type: preferred }', [down]).steps).toEqual(['orders-0: PREFERRED_LEADER_NOT_AVAILABLE']);
  });

  test('an unclean election needs a partition without a leader, and a replica that lives', () => {
    const both = [down, 'name: g, at: 20s, crash: { broker: 2 }'];
    expect(steps('{ type: unclean, topic: orders }', both)).toEqual({
      steps: ['orders-0, orders-1: ELIGIBLE_LEADERS_NOT_AVAILABLE', 'orders-2: ELECTION_NOT_NEEDED'],
      error: 'ELIGIBLE_LEADERS_NOT_AVAILABLE',
    });
  });
});

describe('a rolling restart that does not look at replication', () => {
  const roll = (how: string) =>
    play(
      orders({
        duration: '4m',
        rate: '600/s',
        operations: [`name: roll, at: 10s, rollingRestart: { ${how} }`],
      }),
    ).ask;
  /** Partitions with fewer than two replicas in the ISR at any time. */
  const belowTwo = (ask: ReturnType<typeof roll>): number =>
    ask.events('partition.changed').filter(({ isr }) => isr.length < 2).length;

  test('pauses between two brokers as long as it is told', () => {
    const ask = roll('pause: 20s');
    const starts = ask.events('operation.step').filter(({ what }) => what.includes('SIGTERM'));
    expect(starts).toHaveLength(3);
    for (const [i, { atUs }] of starts.slice(1).entries()) expect(atUs - starts[i]!.atUs).toBeGreaterThan(seconds(20));
    expect(belowTwo(ask)).toBe(0);
  });

  test('kills and starts every broker once, whatever the ISRs are', () => {
    const ask = roll('waitForInSync: false, graceful: false');
    expect(ask.events('operation.ended').map(({ error }) => error)).toEqual([null]);
    expect(ask.events('broker.killed')).toHaveLength(3);
  });
});
