/**
 * Rolling upgrades: what changes with the binaries of a node, and what waits for metadata.version.
 * Sources: KIP-584, KIP-778, KIP-1022, FeatureControlManager, ClusterControlManager.
 */
import { describe, expect, test } from 'vitest';
import { type OrdersSettings, orders } from '../../src/model/testing/orders.ts';
import { type Played, play, seconds } from '../../src/model/testing/play.ts';

function run(kafka: string, operations: readonly string[], more: Partial<OrdersSettings> = {}): Played {
  return play(orders({ kafka, duration: '5m', rate: '30/s', ...more, operations }));
}

const ended = ({ ask }: Played): (string | null)[] => ask.events('operation.ended').map(({ error }) => error);
const steps = ({ ask }: Played): string[] => ask.events('operation.step').map(({ what }) => what);
const up = (to: string, more = ''): string => `name: up, at: 5s, upgrade: { to: "${to}"${more} }`;

describe('a rolling upgrade', () => {
  const played = run('3.9', [up('4.1')]);

  test('restarts controllers first, the active one last of them, then brokers, and raises metadata.version in the end', () => {
    const stopped = steps(played).flatMap((what) => /^(\S+ \d+): SIGTERM/.exec(what)?.[1] ?? []);
    expect(stopped.slice(0, 3).toSorted()).toEqual(['controller 101', 'controller 102', 'controller 103']);
    expect(stopped.slice(3)).toEqual(['broker 1', 'broker 2', 'broker 3']);
    const [first, ...others] = played.ask.events('controller.active');
    expect(stopped[2]).toBe(`controller ${played.trace.cast.controllers[first!.controller]!.id}`);
    expect(others).toHaveLength(1);
    expect(played.ask.events('metadataVersion.changed').map(({ to }) => to)).toEqual(['4.1']);
    expect(ended(played)).toEqual([null]);
  });

  test('costs no record', () => {
    expect(played.ask.fates()).toMatchObject({ failed: 0, acknowledgedAndLost: 0, storedTwice: 0, miscounted: 0 });
  });

  test('brokers first, if one says so', () => {
    const stopped = steps(run('3.9', [up('4.0', ', first: brokers')])).flatMap(
      (what) => /^(\S+ \d+): SIGTERM/.exec(what)?.[1] ?? [],
    );
    expect(stopped.slice(0, 3)).toEqual(['broker 1', 'broker 2', 'broker 3']);
  });

  test('a node that is both a controller and a broker is restarted once', () => {
    const combined = run('3.9', [up('4.0')], { cluster: ['controllers: { count: 3, combined: true }'] });
    expect(steps(combined).filter((what) => what.endsWith('SIGTERM'))).toHaveLength(3);
    expect(ended(combined)).toEqual([null]);
  });
});

describe('after the roll and before metadata.version is raised', () => {
  /** Broker 3 dies after the roll; a follower of orders-0. */
  const crash = ['name: f, at: 3m, crash: { broker: 3 }'];
  const epochsAfter = (operations: readonly string[]): number => {
    const { ask } = run('3.5', operations, { failures: crash });
    return ask.at('orders-0', seconds(250)).leaderEpoch - ask.at('orders-0', seconds(179)).leaderEpoch;
  };

  test('the old metadata.version still raises the leader epoch when the ISR shrinks (KAFKA-15021)', () => {
    expect(epochsAfter([up('3.9', ', finalize: false')])).toBe(1);
    expect(epochsAfter([up('3.9')])).toBe(0);
  });

  test('the new binaries already hold the high watermark below min ISR (KAFKA-15583)', () => {
    const isVisible = (operations: readonly string[]): boolean =>
      run('3.5', operations, {
        failures: crash,
        replicas: [[1, 2, 3]],
        topic: 'min.insync.replicas: 3',
        producer: 'acks: 1, enable.idempotence: false',
      }).trace.highWatermarks.some((one) => one.partition === 0 && one.atUs > seconds(200));
    expect(isVisible([])).toBe(true);
    expect(isVisible([up('3.9', ', finalize: false')])).toBe(false);
  });

  test('an old cluster gets eligible leader replicas with the new metadata.version, not with 4.1 binaries', () => {
    const failures = [...crash, 'name: g, at: 200s, crash: { broker: 2 }'];
    const elr = (operations: readonly string[]): number[] =>
      run('4.0', operations, { failures, cluster: ['eligibleLeaderReplicas: false'] }).ask.at('orders-0', seconds(290))
        .elr;
    expect(elr([up('4.1', ', finalize: false')])).toEqual([]);
    expect(elr([up('4.1')])).toEqual([2]);
  });

  test('a roll back is possible', () => {
    const back = run('3.9', [up('4.1', ', finalize: false'), 'name: back, at: 150s, upgrade: { to: "3.9" }']);
    expect(ended(back)).toEqual([null, null]);
    expect(back.ask.fates()).toMatchObject({ failed: 0, acknowledgedAndLost: 0 });
  });
});

describe('after metadata.version was raised', () => {
  test('a downgrade over a release that wrote other records is refused, and nothing is restarted', () => {
    const back = run('4.0', ['name: back, at: 5s, upgrade: { to: "3.9" }']);
    expect(ended(back)[0]).toMatch(/^INVALID_UPDATE_VERSION: Refusing to perform the requested downgrade/);
    expect(back.ask.events('broker.exited')).toEqual([]);
  });

  test('where no record changed it is possible', () => {
    const back = run('3.9', ['name: back, at: 5s, upgrade: { to: "3.8" }']);
    expect(ended(back)).toEqual([null]);
    expect(back.ask.events('metadataVersion.changed').map(({ to }) => to)).toEqual(['3.8']);
  });

  test('a controller with older binaries exits, and a broker is refused with UNSUPPORTED_VERSION until it gives up', () => {
    expect(ended(run('4.0', ['name: back, at: 5s, upgrade: { to: "3.9", finalize: false }']))[0]).toMatch(
      /^UNSUPPORTED_VERSION: controller \d+ exits/,
    );
    const brokers = run('4.0', ['name: back, at: 5s, upgrade: { to: "3.9", finalize: false, first: brokers }']);
    const refused = brokers.ask
      .events('broker.registrationRefused')
      .filter(({ error }) => error === 'UNSUPPORTED_VERSION');
    expect(refused.length).toBeGreaterThan(5);
    expect(ended(brokers)).toEqual(['UNSUPPORTED_VERSION: broker 1 could not register']);
  });
});

describe('with ZooKeeper', () => {
  test('brokers roll twice: for the binaries, and for inter.broker.protocol.version', () => {
    const played = run('2.8', [up('3.6')], { cluster: ['coordination: zookeeper'] });
    expect(ended(played)).toEqual([null]);
    expect(steps(played).filter((what) => what.endsWith('SIGTERM'))).toHaveLength(6);
    expect(played.ask.fates()).toMatchObject({ acknowledgedAndLost: 0, storedTwice: 0 });
  });
});
