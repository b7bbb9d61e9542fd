/**
 * What happens to a cluster of three that ZooKeeper coordinates (3.9, an ensemble of three, sessions of 18 s, replication
 * factor 3, min.insync.replicas 2, defaults everywhere), each case over several seeds.
 * Sources: KafkaController, ZkPartitionStateMachine, ZkReplicaStateMachine, KafkaServer, KafkaZkClient (up to 3.9);
 * ZooKeeper's ClientCnxn, SessionTrackerImpl, QuorumPeer; KIP-537.
 */
import { describe, expect, test } from 'vitest';
import { orders } from '../../src/model/testing/orders.ts';
import { type Played, play, seconds } from '../../src/model/testing/play.ts';

const SEEDS = ['a', 'b', 'c', 'd'];
const FAULT_US = seconds(20);
const NOTHING_LOST = { acknowledgedAndLost: 0, storedTwice: 0, failed: 0, miscounted: 0 };
const PARTITIONS = ['orders-0', 'orders-1', 'orders-2'];
/** Broker 1 leads orders-1, which is in its second log directory. */
const LED_ON_SECOND_DISK = [
  [2, 3, 1],
  [1, 2, 3],
  [3, 1, 2],
];
/** zookeeper.session.timeout.ms less a ping's age, plus a tick and what followers report late. */
const EXPIRY = [13, 21.2] as const;

type Settings = Omit<Parameters<typeof orders>[0], 'duration'> & { readonly ensemble?: number };

function each(duration: string, settings: Settings, law: (played: Played) => void): void {
  for (const seed of SEEDS) law(play(scenario(duration, settings), { seed }));
}

function scenario(duration: string, { ensemble = 3, cluster = [], ...settings }: Settings): string {
  const coordination = `coordination: { zookeeper: { ensemble: ${ensemble} } }`;
  return orders({ duration, kafka: '3.9', rate: '30/s', ...settings, cluster: [coordination, ...cluster] });
}

function registration({ ask }: Played, id: number, to: 'REGISTERED' | 'UNREGISTERED', afterUs = FAULT_US): number {
  const found = ask
    .events('broker.control')
    .find((event) => event.broker === ask.broker(id) && event.to === to && event.atUs > afterUs);
  return found === undefined ? Number.NaN : found.atUs;
}

function expectBetween(value: number, [low, high]: readonly [number, number]): void {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
}

/** The broker that is controller at the fault, and the next one. */
function controllers({ ask }: Played): number[] {
  return ask.events('controller.active').map(({ controller }) => ask.brokerId(controller));
}

describe('case 40: kill -9 of a broker', () => {
  test('is noticed when its session ends, 13 to 20 s later; then leaders move and the ISRs shrink at once', () => {
    each('60s', { failures: ['name: f, at: 20s, crash: broker 1'] }, (played) => {
      const { ask } = played;
      const goneUs = registration(played, 1, 'UNREGISTERED');
      expectBetween((goneUs - FAULT_US) / 1e6, EXPIRY);
      expect(ask.at('orders-0', goneUs - 1).leader).toBe(1);
      const after = ask.at('orders-0', goneUs + seconds(0.2));
      expect([after.leader, after.isr, after.leaderEpoch]).toEqual([2, [2, 3], after.leaderEpoch]);
      expect(after.leaderEpoch).toBeGreaterThan(0);
      for (const partition of PARTITIONS) expectBetween(ask.longestGapUs(partition, FAULT_US) / 1e6, [13, 21.5]);
      expect(ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });

  test('is noticed after 3 to 8 s with the session time-out of 6 s that was the default before 2.5', () => {
    const cluster = ['config: { zookeeper.session.timeout.ms: 6000 }'];
    each('60s', { cluster, failures: ['name: f, at: 20s, crash: broker 1'] }, (played) => {
      expectBetween((registration(played, 1, 'UNREGISTERED') - FAULT_US) / 1e6, [4, 9.1]);
    });
  });

  test('has every seed find another time: a ping has an age, and sessions end at ticks', () => {
    const times = Array.from({ length: 12 }, (_, i) => {
      const played = play(scenario('45s', { failures: ['name: f, at: 20s, crash: broker 1'] }), {
        seed: `spread-${i}`,
      });
      return (registration(played, 1, 'UNREGISTERED') - FAULT_US) / 1e6;
    });
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(2);
    expect(new Set(times).size).toBeGreaterThan(8);
  });

  test('followed by a start within the session ends the new process too: its node exists already (NodeExistsException)', () => {
    each('60s', { failures: ['name: f, at: 20s, for: 2s, crash: broker 1'] }, ({ ask }) => {
      expect(ask.events('broker.registrationRefused').map(({ error }) => error)).toEqual(['NodeExistsException']);
      expect(ask.events('broker.exited').map(({ broker }) => ask.brokerId(broker))).toEqual([1]);
    });
  });
});

describe('the controller is killed', () => {
  test('its session must end before another broker is elected, which raises the epoch and finds leaders for what it led', () => {
    each('60s', { failures: ['name: f, at: 20s, crash: controller'] }, (played) => {
      const { ask } = played;
      const [old, next] = controllers(played);
      expect(next).not.toBe(old);
      const [first, second] = ask.events('controller.active');
      expect([first!.epoch, second!.epoch]).toEqual([1, 2]);
      expectBetween((second!.atUs - FAULT_US) / 1e6, EXPIRY);
      expect(ask.events('controller.none').map(({ atUs }) => atUs)).toEqual([FAULT_US]);
      for (const partition of PARTITIONS) {
        const after = ask.at(partition, second!.atUs + seconds(0.5));
        expect(after.isr).toHaveLength(2);
        expect(after.isr).not.toContain(old);
        expect(after.leader).not.toBe(old);
      }
      expect(ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });

  test('writes what the dead one led twice: without a leader, then with the elected one', () => {
    each('60s', { failures: ['name: f, at: 20s, crash: controller'] }, (played) => {
      const { ask } = played;
      const old = controllers(played)[0]!;
      const led = PARTITIONS[old - 1]!;
      const failOver = ask.changes(led).filter(({ reason }) => reason === 'controllerFailover');
      expect(failOver.map(({ leader, leaderEpoch }) => [leader < 0, leaderEpoch])).toEqual([
        [true, 1],
        [false, 2],
      ]);
    });
  });
});

describe('case 41: an ensemble of two loses a server', () => {
  const lost = 'name: zk, at: 20s, for: 60s, loseZooKeeper: 1';

  test('has no quorum left: leaders serve on, and nothing that needs ZooKeeper happens', () => {
    each('130s', { ensemble: 2, failures: [lost, 'name: f, at: 30s, crash: broker 1'] }, (played) => {
      const { ask } = played;
      expect(ask.events('zookeeper.leader').map(({ zooKeeper }) => zooKeeper < 0)[0]).toBe(true);
      expect(ask.acknowledgedRecords('orders-1', seconds(21), seconds(30))).toBeGreaterThan(80);
      // Then the high watermark waits for a broker that nobody takes out of the ISR.
      expect(ask.acknowledgedRecords('orders-1', seconds(31), seconds(80))).toBe(0);
      expect(ask.at('orders-0', seconds(79)).leader).toBe(1);
      expect(ask.at('orders-1', seconds(79)).isr).toHaveLength(3);
      expect(registration(played, 1, 'UNREGISTERED', 0)).toBeGreaterThan(seconds(80));
    });
  });

  test('ends no session meanwhile; with the quorum back each has a whole time-out again', () => {
    each('130s', { ensemble: 2, failures: [lost, 'name: f, at: 30s, crash: broker 1'] }, (played) => {
      const back = played.ask.events('zookeeper.leader').find(({ zooKeeper }) => zooKeeper >= 0)!;
      const goneUs = registration(played, 1, 'UNREGISTERED', seconds(20));
      expect(back.atUs).toBeGreaterThan(seconds(80));
      expectBetween((goneUs - back.atUs) / 1e6, [18, 20.2]);
      expect(played.ask.at('orders-0', goneUs + seconds(1)).leader).toBe(2);
      expect(played.ask.fates()).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0, miscounted: 0 });
    });
  });

  test('an ensemble of three loses its leader: a second later it serves again, and no broker loses its session', () => {
    each('60s', { failures: ['name: zk, at: 20s, crash: zookeeper leader'] }, ({ ask }) => {
      const [none, found] = ask.events('zookeeper.leader');
      expect([none!.zooKeeper < 0, found!.zooKeeper >= 0]).toEqual([true, true]);
      expectBetween((found!.atUs - none!.atUs) / 1e6, [0.2, 3]);
      expect(ask.events('zookeeper.session').filter(({ to }) => to === 'EXPIRED')).toEqual([]);
      expect(ask.events('controller.active')).toHaveLength(1);
      expect(ask.fates()).toMatchObject(NOTHING_LOST);
      for (const partition of PARTITIONS) expect(ask.longestGapUs(partition)).toBeLessThan(seconds(0.5));
    });
  });
});

describe('a broker is cut from ZooKeeper only', () => {
  const cut = (verb: string) => `name: f, at: 20s, for: 60s, partition: { between: [${verb}, zookeepers] }`;

  test('it counts as dead when its session ends, leads on as a zombie, and registers anew after the heal', () => {
    each('120s', { producer: 'acks: 1', failures: [cut('broker 1')] }, (played) => {
      const { ask } = played;
      const goneUs = registration(played, 1, 'UNREGISTERED');
      expectBetween((goneUs - FAULT_US) / 1e6, EXPIRY);
      const after = ask.at('orders-0', goneUs + seconds(1));
      expect(after.leader).not.toBe(1);
      expect(after.isr).not.toContain(1);
      expect(
        ask.events('broker.state').filter(({ broker, to }) => ask.brokerId(broker) === 1 && to !== 'RUNNING'),
      ).toEqual([]);
      const backUs = registration(played, 1, 'REGISTERED', goneUs);
      expectBetween((backUs - seconds(80)) / 1e6, [0, 10]);
      expect(ask.at('orders-0', seconds(119)).isr).toHaveLength(3);
      const expired = ask.events('zookeeper.session').filter(({ to }) => to === 'EXPIRED');
      expect(expired.map(({ broker }) => ask.brokerId(broker))).toEqual([1]);
    });
  });

  test('acks=all loses nothing by it: the zombie cannot shrink its ISR', () => {
    each('120s', { failures: [cut('broker 1')] }, ({ ask }) => {
      expect(ask.fates()).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0, miscounted: 0 });
      const zombie = ask
        .changes('orders-0')
        .filter(({ reason, leader }) => reason === 'isrShrink' && ask.brokerId(leader) === 1);
      expect(zombie).toEqual([]);
    });
  });

  test('shorter than two thirds of the session it goes unnoticed', () => {
    each(
      '60s',
      { failures: ['name: f, at: 20s, for: 6s, partition: { between: [broker 1, zookeepers] }'] },
      ({ ask }) => {
        expect(ask.events('zookeeper.session')).toEqual([]);
        expect(ask.fates()).toMatchObject(NOTHING_LOST);
      },
    );
  });

  test('the controller, cut off, is replaced; its own writes fail when it hears ZooKeeper again', () => {
    each('120s', { failures: [cut('controller')] }, (played) => {
      const { ask } = played;
      const [old, next] = controllers(played);
      expect(next).not.toBe(old);
      expect(ask.events('controller.active').map(({ epoch }) => epoch)).toEqual([1, 2]);
      expect(ask.at(PARTITIONS[old! - 1]!, seconds(75)).leader).not.toBe(old);
      expect(ask.fates()).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0, miscounted: 0 });
    });
  });
});

describe('a frozen broker', () => {
  test('that hangs for 10 s keeps its session', () => {
    each('60s', { failures: ['name: f, at: 20s, for: 10s, freeze: broker 1'] }, ({ ask }) => {
      expect(ask.events('zookeeper.session').filter(({ to }) => to === 'EXPIRED')).toEqual([]);
      expect(ask.changes('orders-0')).toHaveLength(1);
    });
  });

  test('that hangs for 40 s loses it, and registers anew when it resumes', () => {
    each('120s', { failures: ['name: f, at: 20s, for: 40s, freeze: broker 1'] }, (played) => {
      const goneUs = registration(played, 1, 'UNREGISTERED');
      expectBetween((goneUs - FAULT_US) / 1e6, EXPIRY);
      const backUs = registration(played, 1, 'REGISTERED', goneUs);
      expectBetween((backUs - seconds(60)) / 1e6, [0, 3]);
      expect(played.ask.at('orders-0', seconds(119)).isr).toHaveLength(3);
      expect(played.ask.fates()).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0, miscounted: 0 });
    });
  });
});

describe('a controlled shutdown', () => {
  test('moves leaders within milliseconds and deletes the registration at the end, without waiting for a session', () => {
    each('60s', { failures: ['name: f, at: 20s, stop: broker 1'] }, (played) => {
      const { ask } = played;
      const after = ask.at('orders-0', FAULT_US + seconds(0.1));
      expect([after.leader, after.isr]).toEqual([2, [2, 3]]);
      expectBetween((registration(played, 1, 'UNREGISTERED') - FAULT_US) / 1e6, [0.1, 5]);
      expect(ask.events('broker.exited').map(({ clean }) => clean)).toEqual([true]);
      for (const partition of PARTITIONS) expect(ask.longestGapUs(partition)).toBeLessThan(seconds(1.5));
      expect(ask.fates()).toMatchObject(NOTHING_LOST);
    });
  });

  test('skips partitions with one replica: they are led until the broker is gone', () => {
    const settings = {
      replicas: [[1]],
      topic: 'min.insync.replicas: 1',
      failures: ['name: f, at: 20s, stop: broker 1'],
    };
    each('60s', settings, (played) => {
      const offline = played.ask.changes('orders-0').find(({ leader }) => leader < 0)!;
      expect(['brokerFailure', 'controllerFailover']).toContain(offline.reason);
      expect(offline.isr).toEqual([played.ask.broker(1)]);
      expect(offline.atUs).toBeGreaterThanOrEqual(registration(played, 1, 'UNREGISTERED'));
    });
  });

  test('of the last broker in sync is asked for three times, 5 s apart, and then done all the same', () => {
    const failures = ['name: others, at: 20s, crash: [broker 2, broker 3]', 'name: f, at: 60s, stop: broker 1'];
    each('100s', { topic: 'min.insync.replicas: 1', failures }, ({ ask }) => {
      const begun = ask
        .events('broker.state')
        .find(({ to, atUs }) => to === 'PENDING_CONTROLLED_SHUTDOWN' && atUs >= seconds(60))!;
      const left = ask.events('broker.state').find(({ to, atUs }) => to === 'SHUTTING_DOWN' && atUs >= seconds(60))!;
      expectBetween((left.atUs - begun.atUs) / 1e6, [15, 16]);
    });
  });
});

describe('case 14: the only replica in sync is dead, and unclean election is switched on', () => {
  const settings = {
    replicas: [[1, 2]],
    topic: 'min.insync.replicas: 1',
    failures: ['name: two, at: 5s, for: 50s, crash: broker 2', 'name: one, at: 40s, crash: broker 1'],
    operations: [
      'name: allow, at: 80s, alterConfig: { topic: orders, config: { unclean.leader.election.enable: true } }',
    ],
  };

  test('elects at once, and loses what only the dead one had', () => {
    each('100s', settings, ({ ask }) => {
      expect(ask.at('orders-0', seconds(79.9)).leader).toBe(-1);
      const unclean = ask.changes('orders-0').filter((change) => change.unclean);
      expect(unclean).toHaveLength(1);
      expectBetween(unclean[0]!.atUs / 1e6, [80, 80.2]);
      expect(ask.at('orders-0', seconds(81)).isr).toEqual([2]);
      expect(ask.fates().acknowledgedAndLost).toBeGreaterThan(0);
    });
  });
});

test('case 26: one of two log directories fails: its partitions move within milliseconds, the broker stays registered', () => {
  const failures = ['name: f, at: 20s, for: 20s, failDisk: { broker: 1, disk: 2 }'];
  for (const seed of SEEDS) {
    const text = scenario('80s', { replicas: LED_ON_SECOND_DISK, failures }).replace(
      '  brokers: 3\n',
      '  brokers: { count: 3, hardware: { disks: [{ size: 100GB }, { size: 100GB }] } }\n',
    );
    const played = play(text, { seed });
    const { ask } = played;
    const moved = ask.changes('orders-1').find(({ reason }) => reason === 'logDirFailed')!;
    expectBetween((moved.atUs - FAULT_US) / 1e6, [0, 0.5]);
    expect([ask.brokerId(moved.leader), moved.isr.map((id) => ask.brokerId(id))]).toEqual([2, [2, 3]]);
    expect(ask.changes('orders-0').filter(({ atUs }) => atUs < seconds(40))).toHaveLength(1);
    expect(registration(played, 1, 'UNREGISTERED')).toBeGreaterThan(seconds(40));
    expect(ask.at('orders-1', seconds(79)).isr).toHaveLength(3);
    expect(ask.fates()).toMatchObject(NOTHING_LOST);
  }
});

test('case 28: with one of three brokers dead a topic of three replicas is refused: only live brokers are candidates', () => {
  const failures = ['name: f, at: 20s, crash: broker 3'];
  const operations = [
    'name: wide, at: 60s, createTopic: { topic: wide, partitions: 3, replicationFactor: 3 }',
    'name: narrow, at: 61s, createTopic: { topic: narrow, partitions: 3, replicationFactor: 2 }',
  ];
  each('70s', { failures, operations }, ({ ask }) => {
    expect(ask.events('operation.ended').map(({ name, error }) => [name, error])).toEqual([
      ['wide', 'INVALID_REPLICATION_FACTOR'],
      ['narrow', null],
    ]);
    for (const partition of ['narrow-0', 'narrow-1', 'narrow-2']) {
      const { isr } = ask.at(partition, seconds(62));
      expect([...isr].sort()).toEqual([1, 2]);
    }
  });
});

test('case 29: two brokers never get __consumer_offsets with its three replicas: the group finds no coordinator', () => {
  const group = 'consumers:\n  billing: { from: [orders], instances: 1 }\n';
  for (const seed of SEEDS) {
    const text = scenario('60s', { brokers: 2, replicas: [[1, 2]] });
    const { ask } = play(`${text}${group}`, { seed });
    const refused = ask.events('topic.createFailed');
    expect(refused.length).toBeGreaterThan(2);
    expect(new Set(refused.map(({ error }) => error))).toEqual(new Set(['INVALID_REPLICATION_FACTOR']));
    expect(ask.events('group.coordinator')).toEqual([]);
  }
});

describe('preferred leaders', () => {
  test('come back with the look at imbalance, each 300 s, where more than 10 % of a broker are led by others', () => {
    each('420s', { rate: '9/s', failures: ['name: f, at: 20s, for: 60s, crash: broker 1'] }, ({ ask }) => {
      const back = ask.changes('orders-0').filter(({ reason }) => reason === 'preferredElection');
      expect(back).toHaveLength(1);
      expect(ask.at('orders-0', seconds(419)).leader).toBe(1);
    });
  });

  test('stay away while no greater share is led by others than leader.imbalance.per.broker.percentage', () => {
    const cluster = ['config: { leader.imbalance.per.broker.percentage: 100 }'];
    each('420s', { rate: '9/s', cluster, failures: ['name: f, at: 20s, for: 60s, crash: broker 1'] }, ({ ask }) => {
      expect(ask.changes('orders-0').filter(({ reason }) => reason === 'preferredElection')).toEqual([]);
    });
  });
});
