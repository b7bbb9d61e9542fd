/**
 * What can be lost, setting by setting: the settings of the producer and the topic, the fault, and what the surviving
 * logs hold afterwards. Sources: Partition, PartitionChangeBuilder, ProducerStateManager, KIP-101, KIP-966.
 */
import { describe, expect, test } from 'vitest';
import { type Played, play } from '../../src/model/testing/play.ts';

interface Row {
  readonly acks: '0' | '1' | 'all';
  readonly idempotent: boolean;
  readonly minIsr: number;
  readonly unclean?: boolean;
  /** One way between brokers of different zones; each broker stands in a zone of its own. */
  readonly latency?: string;
  readonly failures: readonly string[];
}

function run({ acks, idempotent, minIsr, unclean, latency, failures }: Row, seed: string): Played {
  return play(
    `
name: what can be lost
duration: 3m
regions:
  here: { zones: [a, b, c], network: { withinZone: 150us, betweenZones: ${latency ?? '700us'} } }
cluster:
  kafka: "4.0"
  brokers: { count: 3, zones: [a, b, c] }
  controllers: { count: 3, zones: [a, b, c] }
  config: { min.insync.replicas: ${minIsr}, unclean.leader.election.enable: ${unclean ?? false}, auto.leader.rebalance.enable: false }
  topics:
    orders: { replicas: { 0: [1, 2, 3] } }
producers:
  checkout:
    to: orders
    zones: [a]
    rate: 500/s
    until: 2m
    record: { size: 200B }
    config: { acks: ${acks}, enable.idempotence: ${idempotent}, linger.ms: 0 }
failures:
${failures.map((failure) => `  - ${failure}`).join('\n')}
`,
    { seed },
  );
}

const SEEDS = ['one', 'two', 'three'];

function lost(row: Row): number[] {
  return SEEDS.map((seed) => {
    const { ask } = run(row, seed);
    const fates = ask.fates();
    expect(fates.miscounted).toBe(0);
    return fates.acknowledgedAndLost;
  });
}

const LEADER_DIES = ['{ at: 30s, for: 40s, crash: broker 1 }'];
const LEADER_CUT_FROM_CONTROLLERS = ['{ at: 30s, for: 40s, partition: { between: [broker 1, controllers] } }'];
const LEADER_HANGS = ['{ at: 30s, for: 40s, freeze: broker 1 }'];
/** The ISR shrinks to broker 1 alone, which goes on for ten seconds and dies. */
const LEADER_ALONE_DIES = [
  '{ at: 20s, for: 100s, crash: broker 2 }',
  '{ at: 20s, for: 100s, crash: broker 3 }',
  '{ at: 45s, for: 50s, crash: broker 1 }',
];
/** As before, but the others return while broker 1 stays away: without unclean election they may not lead. */
const OTHERS_RETURN_WITHOUT_THE_LEADER = [
  '{ at: 20s, for: 60s, crash: broker 2 }',
  '{ at: 20s, for: 60s, crash: broker 3 }',
  '{ at: 45s, for: 90s, crash: broker 1 }',
];

describe('acks=0 and acks=1', () => {
  test.each(['0', '1'] as const)(
    'acks=%s loses the tail that followers had not fetched when their leader died',
    (acks) => {
      const losses = lost({ acks, idempotent: false, minIsr: 2, latency: '10ms', failures: LEADER_DIES });
      // At 500 records a second and 10 ms one way, a tail is some ten records. With acks=0 what was on its way or
      // in the socket of a dead broker counts as acknowledged too.
      expect(Math.max(...losses)).toBeGreaterThan(0);
      expect(Math.max(...losses)).toBeLessThan(acks === '1' ? 50 : 250);
    },
  );

  test('acks=1 loses what a leader acknowledges that is cut from the controllers, after its fence', () => {
    const losses = lost({ acks: '1', idempotent: false, minIsr: 2, failures: LEADER_CUT_FROM_CONTROLLERS });
    // From the fence until the producer learns of the new leader: seconds of 500 records each.
    for (const loss of losses) expect(loss).toBeGreaterThan(250);
  });

  test('acks=all loses nothing when the leader is cut from the controllers', () => {
    for (const idempotent of [true, false])
      expect(lost({ acks: 'all', idempotent, minIsr: 2, failures: LEADER_CUT_FROM_CONTROLLERS })).toEqual([0, 0, 0]);
  });
});

describe('acks=all', () => {
  test.each([
    ['a crash', LEADER_DIES],
    ['a hang', LEADER_HANGS],
    ['a power loss', ['{ at: 30s, for: 40s, powerLoss: broker 1 }']],
  ])('with min.insync.replicas=2 of 3, %s of the leader loses nothing', (_fault, failures) => {
    expect(lost({ acks: 'all', idempotent: true, minIsr: 2, failures })).toEqual([0, 0, 0]);
  });

  test('with min.insync.replicas=1, a leader that was alone takes the partition with it, and brings everything back', () => {
    for (const seed of SEEDS) {
      const { ask } = run({ acks: 'all', idempotent: true, minIsr: 1, failures: LEADER_ALONE_DIES }, seed);
      expect(ask.at('orders-0', 70e6)).toMatchObject({ leader: -1, isr: [1] });
      expect(ask.fates().acknowledgedAndLost).toBe(0);
    }
  });

  test('with min.insync.replicas=1 and unclean election off, the others do not lead while the last leader is away', () => {
    const { ask } = run(
      { acks: 'all', idempotent: true, minIsr: 1, failures: OTHERS_RETURN_WITHOUT_THE_LEADER },
      'one',
    );
    expect(ask.at('orders-0', 125e6)).toMatchObject({ leader: -1, isr: [1] });
    expect(ask.fates().acknowledgedAndLost).toBe(0);
  });

  test('with min.insync.replicas=1 and unclean election on, everything since the shrink is lost', () => {
    const row = { acks: 'all', idempotent: true, minIsr: 1, unclean: true } as const;
    const losses = lost({ ...row, failures: OTHERS_RETURN_WITHOUT_THE_LEADER });
    // What came between the death of the others (20 s) and of the leader (45 s): appended at once, acknowledged from their
    // fence on; 500 records a second.
    for (const loss of losses) {
      expect(loss).toBeGreaterThan(12_000);
      expect(loss).toBeLessThan(13_000);
    }
  });

  test('with min.insync.replicas=2, power that fails everywhere at once can take what nobody had flushed', () => {
    const losses = lost({
      acks: 'all',
      idempotent: true,
      minIsr: 2,
      failures: ['{ at: 60s, for: 20s, powerLoss: brokers }'],
    });
    for (const loss of losses) expect(loss).toBeGreaterThan(0);
  });
});

describe('duplicates', () => {
  const LOST_ANSWERS = ['{ at: 30s, for: 40s, partition: { between: [broker 1, client checkout], oneWay: true } }'];

  test('an idempotent producer neither loses nor doubles, whatever the fail-over', () => {
    for (const failures of [LEADER_DIES, LEADER_HANGS, LEADER_CUT_FROM_CONTROLLERS, LOST_ANSWERS])
      for (const seed of SEEDS) {
        const fates = run({ acks: 'all', idempotent: true, minIsr: 2, failures }, seed).ask.fates();
        expect(fates).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0, miscounted: 0 });
      }
  });

  test('without idempotence an acknowledgement that got lost is retried, and the records are stored twice', () => {
    const { storedTwice } = run({ acks: '1', idempotent: false, minIsr: 1, failures: LOST_ANSWERS }, 'one').ask.fates();
    expect(storedTwice).toBeGreaterThan(0);
  });
});
