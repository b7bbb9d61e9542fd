/**
 * What disks, power and restarts do to a cluster of three (4.x, KRaft, three controllers of their own, replication factor
 * 3, min.insync.replicas 2, eligible leader replicas off, defaults everywhere), each case over several seeds.
 * Sources: BrokerLifecycleManager, ClusterControlManager, ReplicaManager, LogManager, LogLoader; KIP-858, KIP-966.
 */
import { describe, expect, test } from 'vitest';
import { PartitionHistory } from '../../src/model/log/partitionHistory.ts';
import { Replica } from '../../src/model/replication/replica.ts';
import { BrokerDisks } from '../../src/model/storage/brokerDisks.ts';
import { loadTimeUs } from '../../src/model/storage/logRecovery.ts';
import { orders } from '../../src/model/testing/orders.ts';
import { type Played, play, seconds } from '../../src/model/testing/play.ts';
import { RandomStreams } from '../../src/sim/index.ts';

const SEEDS = ['a', 'b', 'c', 'd'];
const FAULT_US = seconds(20);
const NOTHING_LOST = { acknowledgedAndLost: 0, storedTwice: 0, failed: 0, miscounted: 0 };
const NO_ELR = ['eligibleLeaderReplicas: false'];
/** Broker 1 leads orders-1, which is in its second log directory. */
const ON_SECOND_DISK = [
  [2, 3, 1],
  [1, 2, 3],
  [3, 1, 2],
];

type Settings = Omit<Parameters<typeof orders>[0], 'duration'> & { readonly disks?: string };

function each(duration: string, settings: Settings, law: (played: Played) => void): void {
  for (const seed of SEEDS) law(play(scenario(duration, settings), { seed }));
}

function scenario(duration: string, { disks, ...settings }: Settings): string {
  const text = orders({ duration, kafka: '4.0', cluster: NO_ELR, rate: '30/s', ...settings });
  if (disks === undefined) return text;
  return text.replace('  brokers: 3\n', `  brokers: { count: 3, hardware: { disks: ${disks} } }\n`);
}

/** Seconds after the fault when the broker first entered the state. */
function stateAfterSec({ ask }: Played, id: number, state: string): number {
  const found = ask
    .events('broker.state')
    .find((event) => event.broker === ask.broker(id) && event.to === state && event.atUs > FAULT_US);
  return found === undefined ? Number.NaN : (found.atUs - FAULT_US) / 1e6;
}

function controlAfterSec({ ask }: Played, id: number, state: string): number {
  const found = ask
    .events('broker.control')
    .find((event) => event.broker === ask.broker(id) && event.to === state && event.atUs > FAULT_US);
  return found === undefined ? Number.NaN : (found.atUs - FAULT_US) / 1e6;
}

function expectBetween(value: number, low: number, high: number): void {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
}

const TWO_DISKS = '[{ size: 100GB }, { size: 100GB }]';

test('case 3: SIGTERM and a restart at once: 4.x refuses the registration until 9 s after the last heartbeat, 3.9 does not', () => {
  const failures = ['name: restart, at: 20s, for: 1s, stop: { broker: 1 }'];
  each('60s', { failures, kafka: '4.1' }, (played) => {
    // The last heartbeat is the one that was granted; the next try comes each 2 s.
    const lastHeartbeatSec = stateAfterSec(played, 1, 'SHUTTING_DOWN');
    expectBetween(stateAfterSec(played, 1, 'RUNNING') - lastHeartbeatSec, 9, 11.7);
    const refused = played.ask.events('broker.registrationRefused');
    expect(refused.length).toBeGreaterThan(0);
    for (const { error } of refused) expect(error).toBe('DUPLICATE_BROKER_REGISTRATION');
    expect(played.ask.fates()).toMatchObject(NOTHING_LOST);
  });
  each('60s', { failures, kafka: '3.9', cluster: [] }, (played) => {
    expect(played.ask.events('broker.registrationRefused')).toEqual([]);
    const exitedSec = stateAfterSec(played, 1, 'NOT_RUNNING');
    expectBetween(stateAfterSec(played, 1, 'RUNNING') - exitedSec, 2, 7);
  });
});

test('case 4: a kill -9 and a restart after 1 s: refused until the session ends, unclean, back in the ISR, leader again within 300 s', () => {
  each('400s', { kafka: '4.1', failures: ['name: kill, at: 20s, for: 1s, crash: { broker: 1 }'] }, (played) => {
    const { ask } = played;
    const refused = ask.events('broker.registrationRefused');
    expect(refused.length).toBeGreaterThan(0);
    for (const { error } of refused) expect(error).toBe('DUPLICATE_BROKER_REGISTRATION');
    const runsSec = stateAfterSec(played, 1, 'RUNNING');
    expectBetween(runsSec, 7, 11.8);
    // Fenced for good before it may come back: by the end of its session, or by its own registration.
    expect(controlAfterSec(played, 1, 'FENCED')).toBeLessThan(runsSec);
    const leftUs = ask.isrChangeUs('orders-0', 1, false, FAULT_US);
    const joinedUs = ask.isrChangeUs('orders-0', 1, true, leftUs);
    expectBetween((leftUs - FAULT_US) / 1e6, 7, 11.5);
    expect(joinedUs).toBeGreaterThan(FAULT_US + seconds(runsSec) - 1);
    const back = ask.changes('orders-0').find(({ reason }) => reason === 'preferredElection')!;
    expectBetween((back.atUs - joinedUs) / 1e6, 0, 300.1);
    expect(ask.fates()).toMatchObject(NOTHING_LOST);
  });
});

test('case 16: eligible leader replicas, all three power-cycled: ISR and ELR empty as each registers uncleanly, and the last known leader is elected', () => {
  const failures = [
    'name: third, at: 20s, for: 100s, powerLoss: { broker: 3 }',
    'name: second, at: 45s, for: 80s, powerLoss: { broker: 2 }',
    'name: first, at: 70s, for: 60s, powerLoss: { broker: 1 }',
  ];
  each('4m', { kafka: '4.1', cluster: [], failures }, ({ ask }) => {
    expect(ask.at('orders-0', seconds(60))).toMatchObject({ leader: 1, isr: [1], elr: [2] });
    expect(ask.at('orders-0', seconds(85))).toMatchObject({ leader: -1, isr: [], elr: [1, 2] });
    const elected = ask.changes('orders-0').find(({ unclean }) => unclean)!;
    expect(ask.brokerId(elected.leader)).toBe(1);
    expect(elected.elr).toEqual([]);
    const registered = ask
      .events('broker.control')
      .filter(({ reason, atUs }) => reason === 'registered' && atUs > seconds(100));
    // Not before both members of the ELR have registered without a clean shutdown.
    expect(elected.atUs).toBeGreaterThanOrEqual(registered.find(({ broker }) => broker === ask.broker(2))!.atUs);
    expect(elected.atUs).toBeGreaterThanOrEqual(registered.find(({ broker }) => broker === ask.broker(1))!.atUs);
    expect(ask.at('orders-0', seconds(240)).isr).toHaveLength(3);
  });
});

test('case 17: a single replica is without a leader from the start of its controlled shutdown until it is unfenced again', () => {
  const failures = ['name: restart, at: 20s, for: 5s, stop: { broker: 1 }'];
  each('80s', { replicas: [[1]], topic: 'min.insync.replicas: 1', failures }, (played) => {
    const { ask } = played;
    const [gone, back] = ask.changes('orders-0').filter(({ atUs }) => atUs > FAULT_US);
    expect(gone).toMatchObject({ leader: -1, isr: [ask.broker(1)], reason: 'controlledShutdown' });
    expect((gone!.atUs - FAULT_US) / 1e6).toBeLessThan(0.2);
    expect((gone!.atUs - FAULT_US) / 1e6).toBeLessThan(stateAfterSec(played, 1, 'SHUTTING_DOWN'));
    expect(back).toMatchObject({ leader: ask.broker(1), reason: 'unfenced' });
    expect((back!.atUs - FAULT_US) / 1e6).toBeCloseTo(controlAfterSec(played, 1, 'UNFENCED'), 3);
    expect(ask.fates()).toMatchObject(NOTHING_LOST);
  });
});

describe('case 25: the disk of a leader stalls for 40 s while its process is alive', () => {
  const failures = ['name: stall, at: 20s, for: 40s, slow: { broker: 1, disk: stall }'];

  test('nobody is fenced, clients time out after 30 s, and writes go on when it ends', () => {
    each('100s', { failures }, (played) => {
      const { ask } = played;
      expect(controlAfterSec(played, 1, 'FENCED')).toBeNaN();
      const timeouts = ask.events('connection.lost').filter(({ reason }) => reason === 'request.timeout');
      expect(timeouts.length).toBeGreaterThan(0);
      expectBetween((timeouts[0]!.atUs - FAULT_US) / 1e6, 29.9, 31);
      expectBetween(ask.longestGapUs('orders-0', FAULT_US) / 1e6, 39, 46);
      expect(ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });

  test('where it only follows, the leaders drop it after 30 to 45 s, and take it back', () => {
    each('100s', { failures }, ({ ask }) => {
      const leftUs = ask.isrChangeUs('orders-1', 1, false, FAULT_US);
      if (leftUs >= 0) expectBetween((leftUs - FAULT_US) / 1e6, 30, 45);
      expect(ask.at('orders-1', seconds(100)).isr).toContain(1);
    });
  });
});

describe('case 26: one of two log directories fails', () => {
  const failures = ['name: disk, at: 20s, failDisk: { broker: 1, disk: 2 }'];
  const settings = { disks: TWO_DISKS, replicas: ON_SECOND_DISK, failures };

  test('its partitions answer KAFKA_STORAGE_ERROR and move within a second; the others stay as they are', () => {
    each('60s', { ...settings, kafka: '4.0' }, (played) => {
      const { ask } = played;
      const [offline] = ask.events('logDir.offline');
      expect(offline).toMatchObject({ disk: 2, halts: false, replicas: 1 });
      expect(offline!.atUs - FAULT_US).toBeLessThan(seconds(5));
      const moved = ask.changes('orders-1').find(({ reason }) => reason === 'logDirFailed')!;
      expectBetween((moved.atUs - offline!.atUs) / 1e6, 0.005, 1);
      expect(ask.at('orders-1', seconds(60))).toMatchObject({ leader: 2, isr: [2, 3] });
      expect(ask.errorsOf('orders-1')).toContain('KAFKA_STORAGE_ERROR');
      for (const other of ['orders-0', 'orders-2']) {
        expect(ask.changes(other).filter(({ atUs }) => atUs > FAULT_US)).toEqual([]);
        expect(ask.errorsOf(other)).not.toContain('KAFKA_STORAGE_ERROR');
      }
      expect(controlAfterSec(played, 1, 'FENCED')).toBeNaN();
      expect(ask.longestGapUs('orders-1', FAULT_US)).toBeLessThan(seconds(3));
      expect(ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });

  test('before metadata version 3.7 the controller is not told: they stay with a leader that cannot serve them', () => {
    each('60s', { ...settings, kafka: '3.6', cluster: [] }, ({ ask }) => {
      expect(ask.changes('orders-1').filter(({ atUs }) => atUs > FAULT_US)).toEqual([]);
      expect(ask.errorsOf('orders-1').filter((error) => error === 'KAFKA_STORAGE_ERROR').length).toBeGreaterThan(5);
      expect(ask.acknowledgedRecords('orders-1', FAULT_US + seconds(1))).toBe(0);
    });
  });

  test('the first one has the metadata log: the broker halts, and is fenced as after a kill -9', () => {
    each('60s', { ...settings, failures: ['name: disk, at: 20s, failDisk: { broker: 1, disk: 1 }'] }, (played) => {
      const { ask } = played;
      expect(ask.events('logDir.offline')[0]).toMatchObject({ disk: 1, halts: true });
      expect(ask.events('broker.exited')[0]).toMatchObject({ broker: ask.broker(1), clean: false });
      expectBetween(controlAfterSec(played, 1, 'FENCED'), 7, 15.2);
      expect(ask.at('orders-1', seconds(60))).toMatchObject({ leader: 2, isr: [2, 3] });
      expect(ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });

  test('an empty disk and a restart bring the replicas back, copied from their leaders', () => {
    const replaced = ['name: disk, at: 20s, for: 30s, failDisk: { broker: 1, disk: 2 }'];
    each('2m', { ...settings, failures: replaced }, ({ ask }) => {
      const [lost] = ask.events('log.lost');
      expect(lost).toMatchObject({ toOffset: 0, why: 'diskFailure' });
      expect(ask.at('orders-1', seconds(120)).isr).toContain(1);
      expect(ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });
});

describe('case 42: an unclean restart reads what lies beyond the recovery point', () => {
  const GIB = 1024 * 1024 * 1024;

  function loadSec(threads: number): number {
    const disk = { sizeBytes: 8e12, throughputBytesPerSec: 500_000_000, latencyUs: 1000 };
    const hardware = { cores: 8, memoryBytes: 32 * GIB, disks: [disk], networkBytesPerSec: 1e9 };
    const node = { id: 1, place: { region: 'r', zone: 'a' }, rack: null, hardware, joinsLater: false };
    const disks = new BrokerDisks(node, 5_000_000, new RandomStreams('test').stream('disks'));
    disks.isCacheCold = true;
    const limits = {
      minInsyncReplicas: 1,
      maxMessageBytes: 1,
      retentionUs: -1,
      retentionBytes: -1,
      segmentBytes: GIB,
      segmentUs: seconds(7 * 86_400),
      deletes: true,
      flushRecords: Number.POSITIVE_INFINITY,
      flushUs: Number.POSITIVE_INFINITY,
    };
    const replicas = Array.from({ length: 2000 }, (_, partition) => {
      const replica = new Replica(partition, 0, new PartitionHistory(), limits);
      disks.create(replica.disk, 0);
      replica.log.beginEpoch(0);
      replica.log.append(1, GIB / 2, 0, 0, 0, 0, -1, -1, -1);
      return replica;
    });
    return loadTimeUs(disks, replicas, threads, 0) / 1e6;
  }

  test('2,000 logs of half a GiB at 500 MB/s take up to 2,150 s, and more threads do not help a disk that is busy', () => {
    expectBetween(loadSec(2), 2100, 2160);
    expectBetween(loadSec(16), 2100, 2160);
    // A single thread, the default before 4.0, cannot keep that disk busy.
    expect(loadSec(1)).toBeGreaterThan(loadSec(2) * 1.1);
  });

  test('the broker is in RECOVERY meanwhile, fenced, and heartbeats: nobody registers anew', () => {
    const failures = ['name: off, at: 20s, for: 20s, powerLoss: { broker: 1 }'];
    const disks = '[{ size: 1TB, throughput: 50kB/s, latency: 1ms }]';
    const topic = 'min.insync.replicas: 2, flush.messages: 10';
    each('2m', { failures, disks, topic, rate: '100/s' }, (played) => {
      const { ask } = played;
      const recoverySec = stateAfterSec(played, 1, 'RECOVERY');
      const runningSec = stateAfterSec(played, 1, 'RUNNING');
      // Some 400 kB of three logs at 50 kB/s.
      expect(runningSec - recoverySec).toBeGreaterThan(5);
      expect(controlAfterSec(played, 1, 'UNFENCED')).toBeGreaterThan(recoverySec + 5);
      const registered = ask
        .events('broker.control')
        .filter(({ broker, reason }) => broker === ask.broker(1) && reason === 'registered');
      expect(registered).toHaveLength(1);
    });
  });
});

test('case 43: all brokers killed at once: fenced one by one, each partition waits for the broker that was fenced last, nothing lost', () => {
  const failures = [
    'name: all, at: 20s, for: 20s, crash: { broker: [1, 2, 3] }',
    // Whoever is up first dies again, so that the last one to return may be any of them.
    'name: again, at: 50s, for: 10s, crash: { anyOf: brokers }',
  ];
  each('2m', { failures }, (played) => {
    const { ask } = played;
    const fenced = ask
      .events('broker.control')
      .filter(({ to, from, atUs }) => to === 'FENCED' && from === 'UNFENCED' && atUs > FAULT_US)
      .slice(0, 3);
    expect(new Set(fenced.map(({ broker }) => broker)).size).toBe(3);
    for (const { atUs } of fenced) expectBetween((atUs - FAULT_US) / 1e6, 7, 10.2);
    const last = fenced.at(-1)!.broker;
    for (const name of ['orders-0', 'orders-1', 'orders-2']) {
      const offline = ask.changes(name).find(({ leader, atUs }) => leader < 0 && atUs > FAULT_US)!;
      expect(offline.isr).toEqual([last]);
      const elected = ask.changes(name).find(({ leader, atUs }) => leader >= 0 && atUs > offline.atUs)!;
      expect(elected).toMatchObject({ leader: last, unclean: false });
    }
    expect(ask.fates()).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0, miscounted: 0 });
  });
});

describe('case 44: all machines lose power, controllers too', () => {
  const failures = ['name: outage, at: 70s, for: 30s, powerLoss: [brokers of kafka, controllers of kafka]'];

  test('metadata survives, leaders come from the stored ISR, and acknowledged records are gone: nobody had flushed them', () => {
    each('4m', { failures }, ({ ask }) => {
      const active = ask.events('controller.active').filter(({ atUs }) => atUs > seconds(100));
      expect(active.length).toBeGreaterThan(0);
      for (const name of ['orders-0', 'orders-1', 'orders-2']) {
        const at = ask.at(name, seconds(240));
        expect(at.leader).toBeGreaterThan(0);
        expect([...at.isr].sort()).toEqual([1, 2, 3]);
        for (const { unclean } of ask.changes(name)) expect(unclean).toBe(false);
      }
      const { acknowledgedAndLost, miscounted, storedTwice } = ask.fates();
      expect(miscounted + storedTwice).toBe(0);
      // Up to 35 s of 30 records a second; a replica whose write-back came just before may have saved nearly all.
      expectBetween(acknowledgedAndLost, 1, 35 * 30);
      expect(ask.events('log.lost').length).toBeGreaterThan(3);
    });
  });

  test('flush.messages=1 saves every acknowledged record', () => {
    each('4m', { failures, topic: 'min.insync.replicas: 2, flush.messages: 1' }, ({ ask }) => {
      expect(ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });
});
