/**
 * What a loss of power can cost, and what it cannot: Kafka acknowledges what is replicated, not what is on a disk.
 * Sources: UnifiedLog (flush, recoveryPoint), Partition, PartitionChangeBuilder, KIP-966.
 */
import { describe, expect, test } from 'vitest';
import { orders } from '../../src/model/testing/orders.ts';
import { type Played, play, seconds } from '../../src/model/testing/play.ts';

const SEEDS = ['a', 'b', 'c', 'd', 'e'];
const RATE = 30;

interface Row {
  readonly failures: readonly string[];
  readonly replicas?: readonly (readonly number[])[];
  readonly topic?: string;
  readonly elr?: boolean;
}

function played({ failures, replicas = [[1, 2, 3]], topic = 'min.insync.replicas: 2', elr = false }: Row): Played[] {
  const kafka = elr ? '4.1' : '4.0';
  const cluster = [`eligibleLeaderReplicas: ${elr}`];
  const producerKeys = 'until: 150s, partitioner: sticky';
  const more = { kafka, cluster, replicas, topic, failures, producerKeys, rate: `${RATE}/s` };
  return SEEDS.map((seed) => play(orders({ duration: '200s', ...more }), { seed }));
}

function lost(row: Row): number[] {
  return played(row).map(({ ask }) => {
    const { miscounted, storedTwice, acknowledgedAndLost } = ask.fates();
    expect(miscounted + storedTwice).toBe(0);
    return acknowledgedAndLost;
  });
}

const none = SEEDS.map(() => 0);

describe('acks=all, min.insync.replicas=2, three replicas', () => {
  test('the power of one machine costs nothing: it comes back behind and copies what it lost', () => {
    for (const broker of [1, 2]) {
      const runs = played({ failures: [`at: 60s, for: 30s, powerLoss: broker ${broker}`] });
      for (const { ask } of runs) {
        expect(ask.events('log.lost').map((event) => event.broker)).toEqual([ask.broker(broker)]);
        expect(ask.fates()).toMatchObject({ acknowledgedAndLost: 0, failed: 0, storedTwice: 0 });
        expect([...ask.at('orders-0', seconds(200)).isr].sort()).toEqual([1, 2, 3]);
      }
    }
  });

  test('two at once cost nothing while the third replica is in sync: it is elected', () => {
    expect(lost({ failures: ['at: 60s, for: 30s, powerLoss: { broker: [1, 2] }'] })).toEqual(none);
  });

  test('two at once can lose records when the third had left the ISR: that is min.insync.replicas machines', () => {
    const failures = ['at: 30s, for: 4m, crash: broker 3', 'at: 70s, for: 30s, powerLoss: { broker: [1, 2] }'];
    const losses = lost({ failures });
    // Up to 35 s of the page cache, and what had waited for 10 s to be appended after broker 3 had died.
    for (const one of losses) expect(one).toBeLessThanOrEqual(45 * RATE);
    expect(losses.filter((one) => one > 0).length).toBeGreaterThan(SEEDS.length / 2);
  });

  test('all three at once can lose up to what the page cache held; flush.messages=1 keeps it, for an fsync per append', () => {
    const failures = ['at: 70s, for: 30s, powerLoss: brokers of kafka'];
    const losses = lost({ failures });
    expect(losses.every((one) => one <= 35 * RATE)).toBe(true);
    expect(losses.some((one) => one > 0)).toBe(true);
    expect(lost({ failures, topic: 'min.insync.replicas: 2, flush.messages: 1' })).toEqual(none);
  });

  test('all three killed at once lose nothing: the page cache survives a process', () => {
    expect(lost({ failures: ['at: 70s, for: 30s, crash: brokers of kafka'] })).toEqual(none);
  });
});

test('flush.ms alone flushes nothing: only the log flusher looks at it, and by default it never comes round', () => {
  const failures = ['at: 70s, for: 30s, powerLoss: brokers of kafka'];
  const alone = lost({ failures, topic: 'min.insync.replicas: 2, flush.ms: 1000' });
  expect(alone.some((one) => one > RATE)).toBe(true);
});

describe('a leader alone in the ISR', () => {
  // Brokers 2 and 3 die with full logs; the leader goes on for half a minute alone.
  const failures = ['at: 60s, for: 60s, crash: { broker: [2, 3] }', 'at: 90s, for: 20s, powerLoss: { broker: 1 }'];
  const topic = 'min.insync.replicas: 1';

  test('loses power, comes back with a shorter log, and that is the truth from then on', () => {
    const runs = played({ failures, topic });
    for (const { ask } of runs) {
      const at = ask.at('orders-0', seconds(200));
      expect(at.leader).toBe(1);
      for (const { unclean } of ask.changes('orders-0')) expect(unclean).toBe(false);
    }
    expect(runs.some(({ ask }) => ask.fates().acknowledgedAndLost > 0)).toBe(true);
  });

  test('makes followers with longer logs truncate to it', () => {
    // The leader's tail is lost a second after the others left, so that they hold records that it does not have any more.
    const quick = ['at: 60s, for: 60s, crash: { broker: [2, 3] }', 'at: 71s, for: 20s, powerLoss: { broker: 1 }'];
    const runs = played({ failures: quick, topic });
    const truncated = runs.filter(({ ask }) => {
      const cuts = ask.events('replica.truncated').filter(({ broker }) => broker !== ask.broker(1));
      return cuts.some(({ toOffset, highWatermark }) => toOffset < highWatermark);
    });
    expect(truncated.length).toBeGreaterThan(0);
  });

  test('with min.insync.replicas=2 acknowledges nothing alone, so that nothing acknowledged alone is lost', () => {
    for (const { ask } of played({ failures, topic: 'min.insync.replicas: 2' }))
      expect(ask.acknowledgedRecords('orders-0', seconds(75), seconds(90))).toBe(0);
  });
});

test('a machine without power is silent: clients find out by time-out, where a dead process would have reset them', () => {
  const first = (fault: string): string[] =>
    played({ failures: [`at: 60s, for: 60s, ${fault}: { broker: 1 }`] }).map(
      ({ ask }) => ask.events('connection.lost').find(({ atUs }) => atUs > seconds(59))!.reason,
    );
  expect(new Set(first('powerLoss'))).toEqual(new Set(['request.timeout']));
  expect(new Set(first('crash'))).toEqual(new Set(['RST']));
});

test('a broker that stopped cleanly before its machine lost power has lost nothing, and loads its logs at once', () => {
  const failures = ['at: 60s, for: 40s, stop: { broker: 1 }', 'at: 75s, for: 20s, powerLoss: { broker: 1 }'];
  for (const { ask } of played({ failures })) {
    expect(ask.events('log.lost')).toEqual([]);
    const states = ask.events('broker.state').filter(({ broker }) => broker === ask.broker(1));
    const recovery = states.findLast(({ to }) => to === 'RECOVERY')!;
    const running = states.findLast(({ to }) => to === 'RUNNING')!;
    expect(running.atUs - recovery.atUs).toBeLessThan(seconds(0.5));
  }
});

test('a machine that lost power starts nothing until it has it back, whoever asks', () => {
  const failures = ['at: 60s, for: 10s, crash: { broker: 1 }', 'at: 62s, for: 40s, powerLoss: { broker: 1 }'];
  const runs = played({ failures });
  for (const { ask } of runs) {
    const started = ask.events('broker.state').find(({ to, atUs }) => to === 'STARTING' && atUs > seconds(60))!;
    expect(started.atUs).toBeGreaterThan(seconds(102));
  }
  // The process was dead before: what it left in the page cache went all the same.
  expect(runs.some(({ ask }) => ask.events('log.lost').length > 0)).toBe(true);
});
