/** What must hold in every cluster that ZooKeeper coordinates, whatever dies, hangs, stops or is cut. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { orders } from '../../src/model/testing/orders.ts';
import { type Played, play } from '../../src/model/testing/play.ts';

const broker = fc.integer({ min: 1, max: 3 }).map((id) => `broker ${id}`);
const zooKeeper = fc.constantFrom('zookeeper 1', 'zookeeper leader', 'zookeepers');
const node = fc.oneof(
  { weight: 4, arbitrary: broker },
  fc.constantFrom('controller', 'zookeeper 1', 'zookeeper leader'),
);
const what = fc.oneof(
  { weight: 3, arbitrary: node.map((one) => `crash: ${one}`) },
  { weight: 2, arbitrary: node.map((one) => `freeze: ${one}`) },
  { weight: 1, arbitrary: broker.map((one) => `stop: ${one}`) },
  { weight: 1, arbitrary: fc.constant('loseZooKeeper: 1') },
  {
    weight: 3,
    arbitrary: fc.tuple(broker, zooKeeper).map(([one, other]) => `partition: { between: [${one}, ${other}] }`),
  },
  { weight: 1, arbitrary: fc.constant('partition: { between: [controller, zookeepers] }') },
  { weight: 1, arbitrary: broker.map((one) => `partition: { between: [${one}, everything], oneWay: true }`) },
);
const fault = fc
  .tuple(fc.integer({ min: 2, max: 40 }), fc.integer({ min: 1, max: 40 }), what)
  .map(([at, length, act]) => `at: ${at}s, for: ${length}s, ${act}`);

const scenario = fc.record({
  kafka: fc.constantFrom('2.8', '3.2', '3.6', '3.9'),
  ensemble: fc.constantFrom(1, 2, 3, 5),
  faults: fc.array(fault, { minLength: 1, maxLength: 5 }),
  seed: fc.integer({ min: 0, max: 9999 }),
});

function always(seed: number, numRuns: number, law: (played: Played) => void): void {
  fc.assert(
    fc.property(scenario, ({ kafka, ensemble, faults, seed: run }) => {
      const yaml = orders({
        duration: '120s',
        kafka,
        cluster: [`coordination: { zookeeper: { ensemble: ${ensemble} } }`],
        rate: '40/s',
        producer: 'acks: all, enable.idempotence: true',
        failures: faults.map((text, i) => `name: f${i}, ${text}`),
      });
      law(play(yaml, { seed: `z${run}` }));
    }),
    { numRuns, seed, endOnFailure: true },
  );
}

describe('under any mixture of crashes, freezes, stops and cuts of brokers and ZooKeeper', () => {
  test('acks=all with min ISR 2 loses and doubles nothing, and every record has one outcome', () => {
    always(11, 20, ({ end, ask }) => {
      expect(end).toBe('reached');
      expect(ask.fates()).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0, miscounted: 0 });
    });
  });

  test('a controller epoch belongs to one broker and rises by one', () => {
    always(12, 14, ({ ask }) => {
      const epochs = ask.events('controller.active').map(({ epoch }) => epoch);
      expect(epochs).toEqual(epochs.map((_, i) => i + 1));
    });
  });

  test('a partition has one leader in each leader epoch, and its epochs never go back', () => {
    always(13, 14, ({ ask }) => {
      const leaders = new Map<string, number>();
      for (const { partition, leaderEpoch, broker: leader } of ask.events('replica.leading')) {
        const key = `${partition}/${leaderEpoch}`;
        expect(leaders.get(key) ?? leader).toBe(leader);
        leaders.set(key, leader);
      }
      for (const name of ['orders-0', 'orders-1', 'orders-2']) {
        const changes = ask.changes(name);
        for (let i = 1; i < changes.length; i++) {
          expect(changes[i]!.partitionEpoch).toBe(changes[i - 1]!.partitionEpoch + 1);
          expect(changes[i]!.leaderEpoch).toBeGreaterThanOrEqual(changes[i - 1]!.leaderEpoch);
        }
      }
    });
  });

  test('nobody leads outside the ISR, no ISR is empty, and no election is unclean', () => {
    always(14, 14, ({ ask }) => {
      for (const { leader, isr, unclean } of ask.events('partition.changed')) {
        expect(isr.length).toBeGreaterThan(0);
        expect(unclean).toBe(false);
        if (leader >= 0) expect(isr).toContain(leader);
      }
    });
  });

  test('a broker is registered once at a time, and a session ends only while the ensemble has a leader', () => {
    always(15, 14, ({ ask }) => {
      const registered = new Set<number>();
      for (const { broker: id, to } of ask.events('broker.control')) {
        expect(registered.has(id)).toBe(to === 'UNREGISTERED');
        if (to === 'REGISTERED') registered.add(id);
        else registered.delete(id);
      }
      const changes = ask.events('zookeeper.leader');
      for (const { atUs, to } of ask.events('zookeeper.session')) {
        if (to !== 'EXPIRED') continue;
        expect(changes.findLast((change) => change.atUs <= atUs)?.zooKeeper ?? 0).toBeGreaterThanOrEqual(0);
      }
    });
  });
});
