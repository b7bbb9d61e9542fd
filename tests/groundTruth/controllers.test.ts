/**
 * What the loss of controllers does, case by case: three brokers, three dedicated controllers, replication factor 3,
 * min.insync.replicas 2, an idempotent producer with acks=all, unless the case says otherwise. Bounds follow from the
 * timers of `KafkaRaftClient` and the session of a broker, and from what 4.3.1 and 3.9.1 did
 * (evidence/lab/controller-failover.json, controller-kill.json). Times are seconds after the fault.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test as it } from 'vitest';
import { Bed } from '../../src/model/controller/testbed.ts';
import { RaftWorld } from '../../src/model/raft/testing/raftWorld.ts';
import { type OrdersSettings, orders } from '../../src/model/testing/orders.ts';
import { type Played, play, seconds } from '../../src/model/testing/play.ts';

const FAULT_SEC = 10;
const FAULT_US = seconds(FAULT_SEC);
const SEEDS = ['a', 'b', 'c', 'd'];
const NOTHING_LOST = { acknowledgedAndLost: 0, storedTwice: 0, failed: 0, miscounted: 0 };

function eachSeed(settings: OrdersSettings, law: (played: Played) => void): void {
  const yaml = orders({ kafka: '4.0', cluster: ['controllers: 3'], ...settings });
  for (const seed of SEEDS) law(play(yaml, { seed }));
}

function sinceFault(atUs: number | undefined): number {
  return atUs === undefined ? -1 : (atUs - FAULT_US) / 1e6;
}

function between(value: number, low: number, high: number): void {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
}

function activeAgain({ ask }: Played): number {
  return sinceFault(ask.events('controller.active').find(({ atUs }) => atUs > FAULT_US)?.atUs);
}

function fences({ ask }: Played): { readonly broker: number; readonly at: number }[] {
  return ask
    .events('broker.control')
    .filter(({ to, atUs }) => to === 'FENCED' && atUs > FAULT_US)
    .map(({ broker, atUs }) => ({ broker: ask.brokerId(broker), at: sinceFault(atUs) }));
}

function gapSec({ ask }: Played, partition: string, fromUs = FAULT_US): number {
  return ask.longestGapUs(partition, fromUs) / 1e6;
}

describe('the active controller is killed', () => {
  it('case 18: another one is active after 1.5 to 2.6 s, or 3 to 6 s after a second election; no partition notices', () => {
    eachSeed({ duration: '40s', failures: ['name: fault, at: 10s, crash: controller'] }, (played) => {
      between(activeAgain(played), 1.5, 6);
      for (const partition of ['orders-0', 'orders-1', 'orders-2']) expect(gapSec(played, partition)).toBeLessThan(0.6);
      expect(fences(played)).toEqual([]);
      expect(played.ask.fates()).toMatchObject({ ...NOTHING_LOST, neverSent: 0 });
    });
  });

  it('case 18: a broker that dies with it is fenced 9 to 10.2 s after the activation: all sessions begin anew', () => {
    const failures = ['name: fault, at: 10s, crash: controller', 'name: broker, at: 10s, crash: { broker: 1 }'];
    eachSeed({ duration: '40s', failures }, (played) => {
      const [fence] = fences(played);
      expect(fence!.broker).toBe(1);
      between(fence!.at - activeAgain(played), 9, 10.2);
    });
  });

  it('case 19: with a broker in the same process its partitions are down for 10.5 to 13 s, 16 s after a second election', () => {
    const cluster = ['controllers: { count: 3, combined: true }'];
    eachSeed({ duration: '60s', cluster, failures: ['name: fault, at: 10s, crash: controller'] }, (played) => {
      const [fence] = fences(played);
      between(activeAgain(played), 1.5, 6);
      between(fence!.at - activeAgain(played), 9, 10.2);
      for (const partition of ['orders-0', 'orders-1', 'orders-2']) between(gapSec(played, partition), 10.5, 16.5);
      expect(played.ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });
});

const QUORUM_LOST = 'name: fault, at: 10s, for: 10m, loseControllers: 2';

describe('two of three controllers are lost for ten minutes', () => {
  it('case 20: producing goes on, what an administrator asks fails after 60 s, and no broker starts', () => {
    const settings: OrdersSettings = {
      duration: '11m',
      brokers: 4,
      rate: '10/s',
      failures: [QUORUM_LOST, 'name: restart, at: 60s, for: 1s, crash: { broker: 4 }'],
      operations: ['name: admin, at: 120s, alterConfig: { topic: orders, config: { retention.ms: 3600000 } }'],
    };
    eachSeed(settings, (played) => {
      const { ask } = played;
      for (const partition of ['orders-0', 'orders-1', 'orders-2']) expect(gapSec(played, partition)).toBeLessThan(1.5);
      expect(ask.fates()).toMatchObject(NOTHING_LOST);
      const [admin] = ask.events('operation.ended');
      expect(admin!.error).toContain('REQUEST_TIMED_OUT');
      between((admin!.atUs - seconds(120)) / 1e6, 60, 61);
      // Registration is never answered: the process gives up after initial.broker.registration.timeout.ms.
      const exit = ask.events('broker.exited').find(({ broker }) => ask.brokerId(broker) === 4)!;
      expect(exit.clean).toBe(false);
      between((exit.atUs - seconds(61)) / 1e6, 62, 66.1);
      expect(fences(played).filter(({ at }) => at < 600)).toEqual([]);
    });
  });

  it('case 21: a broker that dies meanwhile is fenced only 9 to 10.2 s after the quorum is back, and acks=all waits', () => {
    const settings: OrdersSettings = {
      duration: '12m',
      rate: '10/s',
      producer: 'delivery.timeout.ms: 900000',
      failures: [QUORUM_LOST, 'name: death, at: 60s, crash: { broker: 1 }'],
    };
    eachSeed(settings, (played) => {
      const { ask } = played;
      const back = activeAgain(played);
      between(back, 600, 612);
      const [fence] = fences(played);
      expect(fence!.broker).toBe(1);
      between(fence!.at - back, 9, 10.2);
      // orders-0 has no leader, and the others wait for a follower that cannot leave the ISR.
      for (const partition of ['orders-0', 'orders-1', 'orders-2']) between(gapSec(played, partition), 550, 580);
      expect(ask.at('orders-0', seconds(FAULT_SEC + 590)).leader).toBe(1);
      expect(ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });

  it('case 21: acks=1 goes on where the dead broker only follows', () => {
    const settings: OrdersSettings = {
      duration: '5m',
      rate: '10/s',
      producer: 'acks: 1',
      failures: [QUORUM_LOST, 'name: death, at: 60s, crash: { broker: 1 }'],
    };
    eachSeed(settings, (played) => {
      expect(gapSec(played, 'orders-1')).toBeLessThan(1.5);
      expect(gapSec(played, 'orders-2')).toBeLessThan(1.5);
      expect(played.trace.acknowledgements.at(-1)!.atUs).toBeGreaterThan(seconds(290));
    });
  });
});

describe('without a quorum', () => {
  const lost = (forSec: number): string => `name: fault, at: 10s, for: ${forSec}s, loseControllers: 2`;

  it('a controlled shutdown is not granted: the broker serves on and exits after its five minutes', () => {
    const failures = [lost(500), 'name: stop, at: 60s, stop: { broker: 1 }'];
    eachSeed({ duration: '420s', rate: '10/s', producer: 'acks: 1', failures }, ({ ask }) => {
      const exit = ask.events('broker.exited')[0]!;
      between((exit.atUs - seconds(60)) / 1e6, 300, 305);
      expect(ask.acknowledgedRecords('orders-0', seconds(300), seconds(358))).toBeGreaterThan(100);
      expect(ask.at('orders-0', seconds(419)).leader).toBe(1);
    });
  });

  it('a leader cannot drop a follower that lags: AlterPartition waits, and is answered once the quorum is back', () => {
    const failures = [
      lost(200),
      'name: lag, at: 60s, for: 200s, partition: { between: [broker 1, [broker 2, broker 3]] }',
    ];
    eachSeed({ duration: '300s', rate: '10/s', producer: 'delivery.timeout.ms: 900000', failures }, (played) => {
      const { ask } = played;
      expect(ask.isrChangeUs('orders-1', 1, false)).toBeGreaterThan(seconds(210));
      expect(ask.isrChangeUs('orders-1', 1, false)).toBeLessThan(seconds(240));
      between(gapSec(played, 'orders-1'), 145, 180);
      expect(ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });

  it('groups go on: members join, partitions move, offsets are committed', () => {
    const yaml = `${orders({ kafka: '4.0', duration: '160s', cluster: ['controllers: 3'], rate: '30/s', failures: [lost(140)], operations: ['name: more, at: 60s, scale: { client: billing, instances: 3 }'] })}consumers:\n  billing: { from: [orders], instances: 1 }\n`;
    for (const seed of SEEDS) {
      const { ask, trace } = play(yaml, { seed });
      const assigned = ask.events('group.assigned').filter(({ atUs }) => atUs > seconds(60));
      expect(assigned.at(-1)!.members.map(({ partitions }) => partitions.length)).toEqual([1, 1, 1]);
      expect(trace.appends.some(({ lane, atUs }) => lane < 0 && atUs > seconds(100))).toBe(true);
      expect(ask.fates()).toMatchObject(NOTHING_LOST);
    }
  });

  it('a broker that freezes and wakes is neither fenced nor unfenced, and its followers catch up', () => {
    const failures = [lost(200), 'name: freeze, at: 60s, for: 20s, freeze: { broker: 1 }'];
    eachSeed({ duration: '120s', rate: '10/s', producer: 'delivery.timeout.ms: 900000', failures }, (played) => {
      expect(fences(played)).toEqual([]);
      between(gapSec(played, 'orders-1'), 19, 22);
      expect(played.ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });
});

describe('eligible leader replicas', () => {
  it('case 15: with 3, 2 and 1 gone, 2 comes back cleanly and leads from the ELR; writes wait for a second member; no loss', () => {
    const settings: OrdersSettings = {
      duration: '150s',
      kafka: '4.1',
      replicas: [[1, 2, 3]],
      producer: 'delivery.timeout.ms: 600000',
      failures: [
        'name: third, at: 10s, for: 110s, crash: { broker: 3 }',
        'name: second, at: 30s, for: 40s, stop: { broker: 2 }',
        'name: first, at: 45s, crash: { broker: 1 }',
      ],
    };
    eachSeed(settings, (played) => {
      const { ask } = played;
      const gone = ask.at('orders-0', seconds(60));
      expect(gone).toMatchObject({ leader: -1, isr: [] });
      expect(gone.elr.toSorted((a, b) => a - b)).toEqual([1, 2]);
      const back = ask.at('orders-0', seconds(95));
      expect(back).toMatchObject({ leader: 2, isr: [2], elr: [1] });
      const elected = ask
        .changes('orders-0')
        .find(({ leader, atUs }) => ask.brokerId(leader) === 2 && atUs > seconds(60))!;
      expect(elected.unclean).toBe(false);
      expect(ask.acknowledgedRecords('orders-0', seconds(60), seconds(115))).toBe(0);
      expect(ask.errorsOf('orders-0')).toContain('NOT_ENOUGH_REPLICAS');
      expect(ask.at('orders-0', seconds(149)).isr.toSorted((a, b) => a - b)).toEqual([2, 3]);
      expect(ask.acknowledgedRecords('orders-0', seconds(130))).toBeGreaterThan(0);
      expect(ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });
});

interface Fact {
  readonly fact: string;
  readonly between?: readonly [number, number];
}

/** The lab's bounds, in milliseconds or as a share. */
function measured(words: string): readonly [number, number] {
  const { facts } = JSON.parse(readFileSync('evidence/lab/controller-failover.json', 'utf8')) as { facts: Fact[] };
  const found = facts.find(({ fact, between: bounds }) => fact.includes(words) && bounds !== undefined);
  if (found === undefined) throw new Error(`no bounded fact '${words}'`);
  return found.between!;
}

describe('fail-over of the quorum, 200 times each', () => {
  it.each([
    ['4.3', 3, '4.3.1, 3 voters', '4.3.1, 3 voters, kill: share'],
    ['4.3', 5, '4.3.1, 5 voters', '4.3.1, 5 voters, kill: share'],
    ['3.9', 3, '3.9.1, 3 voters', '3.9.1, 3 voters, kill: share'],
    ['3.9', 5, '3.9.1, 5 voters', '3.9.1, 5 voters, kill: share'],
  ] as const)(
    '%s with %i voters takes as long, and needs a second round as often, as on the real cluster',
    (kafka, voters, kill, share) => {
      let again = 0;
      for (let run = 0; run < 200; run++) {
        const world = new RaftWorld({ seed: `failover ${run}`, kafka, voters });
        const atSec = 4 + run / 389;
        world.skipTo(atSec);
        world.term!.leader.process.kill();
        let tookMs = 0;
        while (world.term === null && tookMs < 20_000) {
          tookMs += 20;
          world.skipTo(atSec + tookMs / 1000);
        }
        const [low, high] = measured(`${kill}, kill: seen`);
        between(tookMs, low, high);
        if (world.term!.epoch > 2) again++;
      }
      between(again / 200, ...measured(share));
    },
  );

  it.each([
    [3, '4.3.1, 3 voters, SIGTERM: seen'],
    [5, '4.3.1, 5 voters, SIGTERM: seen'],
  ] as const)('SIGTERM of the leader among %i hands over within a second or two', (voters, words) => {
    for (let run = 0; run < 100; run++) {
      const world = new RaftWorld({ seed: `stop ${run}`, kafka: '4.3', voters });
      world.skipTo(4);
      const { leader } = world.term!;
      leader.process.run(() => world.quorum.shutDown(leader, -1, () => leader.process.kill()));
      let tookMs = 0;
      while ((world.term === null || world.term.leader === leader) && tookMs < 20_000) {
        tookMs += 10;
        world.skipTo(4 + tookMs / 1000);
      }
      between(tookMs, ...measured(words));
    }
  });
});

describe('the time to fence a killed broker, 200 seeds', () => {
  it.each([
    ['4.3', 7.0, 10.18, [7.2, 10.0], 8.56],
    ['3.9', 7.0, 9.05, [7.05, 8.95], 8.0],
  ] as const)('%s: spreads over the interval that the timers allow', (kafka, low, high, [second, last], middle) => {
    const delays: number[] = [];
    for (let run = 0; run < 200; run++) {
      const bed = new Bed({ seed: `fence ${run}`, kafka });
      bed.runTo(6);
      bed.kill(bed.brokers[0]!);
      bed.runTo(20);
      delays.push(bed.of('broker.control')[0]!.at - 6);
    }
    delays.sort((a, b) => a - b);
    between(delays[0]!, low, low + 0.3);
    between(delays.at(-1)!, last - 0.2, high);
    expect(delays[4]!).toBeLessThan(second + 0.25);
    between(delays[100]!, middle - 0.2, middle + 0.2);
    // No decile is empty, none holds a third of all.
    const width = (high - low) / 10;
    for (let decile = 0; decile < 10; decile++) {
      const inside = delays.filter((at) => at >= low + decile * width && at < low + (decile + 1) * width).length;
      between(inside, 1, 66);
    }
  });
});
