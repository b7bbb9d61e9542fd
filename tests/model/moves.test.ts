/** Laws that hold while partitions move, grow and lose brokers, whatever else happens; a failure prints the scenario that repeats it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Played, play } from '../../src/model/testing/play.ts';

const BROKERS = [1, 2, 3, 4, 5];
const broker = fc.constantFrom(...BROKERS);
const some = (least: number, most: number) => fc.shuffledSubarray(BROKERS, { minLength: least, maxLength: most });
const throttle = fc.constantFrom('', '', ', throttle: 30kB/s', ', throttle: 200kB/s');

/** What people do, without name and time. */
const operation = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(fc.nat(2), some(1, 4), throttle)
      .map(([p, to, t]) => `reassign: { topic: orders, replicas: { ${p}: [${to.join(', ')}] }${t} }`),
  },
  { weight: 1, arbitrary: fc.constant('reassign: { topic: orders, cancel: true }') },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.integer({ min: 1, max: 4 }), throttle)
      .map(([factor, t]) => `reassign: { topic: orders, replicationFactor: ${factor}${t} }`),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 4, max: 9 })
      .map((count) => `createPartitions: { topic: orders, partitions: ${count} }`),
  },
  { weight: 1, arbitrary: broker.map((id) => `removeBroker: ${id}`) },
  { weight: 1, arbitrary: fc.constant('electLeaders: { type: preferred, topic: orders }') },
);

const failure = fc.oneof(
  broker.map((id) => `crash: broker ${id}`),
  broker.map((id) => `freeze: broker ${id}`),
  broker.map((id) => `stop: broker ${id}`),
  broker.map((id) => `partition: { between: [broker ${id}, everything] }`),
  fc.constant('crash: leader of orders-0'),
  fc.constant('crash: controller'),
);

const seconds = fc.integer({ min: 4, max: 35 });
const schedule = (faults: number) =>
  fc.record({
    seed: fc.integer({ min: 0, max: 9999 }),
    kafka: fc.constantFrom('3.3', '3.6', '3.9', '4.1', '4.3'),
    replicas: fc.tuple(some(3, 3), some(3, 3), some(3, 3)),
    operations: fc.array(fc.tuple(seconds, operation), { minLength: 2, maxLength: 5 }),
    failures: fc.array(fc.tuple(seconds, fc.integer({ min: 1, max: 20 }), failure), { maxLength: faults }),
  });

function run(faults: number, seed: number, numRuns: number, law: (played: Played) => void): void {
  fc.assert(
    fc.property(schedule(faults), ({ seed: luck, kafka, replicas, operations, failures }) => {
      const lists = replicas.map((ids, partition) => `${partition}: [${ids.join(', ')}]`);
      const yaml = `
name: moves
duration: 70s
cluster:
  kafka: "${kafka}"
  brokers: 5
  topics: { orders: { replicas: { ${lists.join(', ')} }, config: { min.insync.replicas: 2 } } }
producers:
  checkout: { to: orders, rate: 60/s, record: { size: 1kB }, partitioner: round-robin, config: { acks: all, metadata.max.age.ms: 5s, request.timeout.ms: 5s, delivery.timeout.ms: 20s } }
operations:
${operations.map(([at, what], i) => `  - { name: o${i}, at: ${at}s, ${what} }`).join('\n')}
failures:
${failures.map(([at, length, what], i) => `  - { name: f${i}, at: ${at}s, for: ${length}s, ${what} }`).join('\n')}
`.replace(/failures:\n\n$/, '');
      law(play(yaml, { seed: `m${luck}` }));
    }),
    { numRuns, seed, endOnFailure: true },
  );
}

describe('while partitions move', () => {
  test('nothing acknowledged is lost, stored twice or out of order, whatever fails beside', () => {
    run(3, 1, 25, ({ end, ask }) => {
      expect(end).toBe('reached');
      expect(ask.fates()).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0, miscounted: 0 });
      expect(ask.backwardSteps()).toBe(0);
    });
  });

  test('the ISR is part of the replicas, the leader part of the ISR, and what is added or removed part of the list', () => {
    run(3, 2, 15, ({ ask }) => {
      for (const { isr, leader, replicas, adding, removing } of ask.events('partition.changed')) {
        for (const id of [...isr, ...adding!, ...removing!]) expect(replicas).toContain(id);
        if (leader >= 0) expect(isr).toContain(leader);
        expect(new Set(replicas).size).toBe(replicas!.length);
      }
    });
  });

  test('with every broker well and no throttle below what comes in, every move ends and all replicas are in sync', () => {
    run(0, 3, 20, ({ ask }) => {
      const throttled = ask.events('config.altered').some(({ change }) => change?.name.endsWith('throttled.rate'));
      if (throttled) return;
      const last = new Map(ask.events('partition.changed').map((event) => [event.partition, event]));
      for (const { adding, removing, isr, replicas } of last.values()) {
        expect([...adding!, ...removing!]).toEqual([]);
        expect(isr.length).toBe(replicas!.length);
      }
    });
  });
});
