import { describe, expect, test } from 'vitest';
import { ZkBed } from './testbed.ts';

const SEEDS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];

describe('the session of a process that was killed', () => {
  test('ends at the tick after the time-out, counted from the last ping, which is up to a third of it old', () => {
    const times = SEEDS.map((seed) => {
      const bed = new ZkBed({ servers: 1, seed });
      bed.runTo(10);
      bed.brokers[0]!.kill();
      bed.runTo(40);
      expect(bed.ended.map(({ broker, state }) => [broker, state])).toEqual([[0, 'EXPIRED']]);
      return bed.ended[0]!.at - 10;
    });
    expect(Math.min(...times)).toBeGreaterThan(12);
    expect(Math.max(...times)).toBeLessThan(20.1);
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(1);
  });

  test('ends a report of the followers later in an ensemble, never before the time-out less a ping', () => {
    for (const seed of SEEDS) {
      const bed = new ZkBed({ seed });
      bed.runTo(10);
      bed.brokers[1]!.kill();
      bed.runTo(40);
      expect(bed.ended[0]!.at - 10).toBeGreaterThan(12);
      expect(bed.ended[0]!.at - 10).toBeLessThan(21.1);
    }
  });

  test('goes on beside the session of a new process, until it ends by itself', () => {
    const bed = new ZkBed();
    bed.runTo(10);
    bed.brokers[0]!.kill();
    bed.runTo(12);
    bed.brokers[0]!.start();
    bed.sessions.connect(0);
    bed.runTo(13);
    expect(bed.connected.map(({ broker }) => broker)).toEqual([0]);
    expect(bed.ended).toEqual([]);
    bed.runTo(40);
    expect(bed.ended).toHaveLength(1);
    expect(bed.sessions.isConnected(0)).toBe(true);
  });
});

test('a session that its client closes ends at once', () => {
  const bed = new ZkBed();
  bed.runTo(10);
  let isClosed = false;
  bed.sessions.close(0, -1, () => {
    isClosed = true;
  });
  bed.runTo(10.1);
  expect([isClosed, bed.ended[0]!.state]).toEqual([true, 'CLOSED']);
});

describe('a client whose server dies', () => {
  test('goes on at another one within about a second, and keeps its session', () => {
    for (const seed of SEEDS) {
      const bed = new ZkBed({ seed });
      bed.runTo(10);
      const { server } = bed.sessions.session(0)!;
      server!.process.kill();
      bed.runTo(14);
      expect(bed.sessions.isConnected(0)).toBe(true);
      expect(bed.sessions.session(0)!.server).not.toBe(server);
      expect(bed.ended).toEqual([]);
    }
  });

  test('loses the session when there is no other one', () => {
    const bed = new ZkBed({ servers: 1 });
    bed.runTo(10);
    bed.servers[0]!.kill();
    bed.runTo(60);
    // Nobody is there who could end it.
    expect(bed.ended).toEqual([]);
    bed.servers[0]!.start();
    bed.runTo(64.5);
    expect(bed.brokers.every((_, broker) => bed.sessions.isConnected(broker))).toBe(true);
    expect(bed.expired).toEqual([]);
  });
});

describe('a client that is cut off', () => {
  test('learns only afterwards that its session expired, and then asks for a new one', () => {
    const bed = new ZkBed();
    bed.runTo(10);
    const heal = bed.cut(bed.brokers[0]!, bed.servers);
    bed.runTo(60);
    expect(bed.ended).toHaveLength(1);
    expect(bed.expired).toEqual([]);
    heal();
    bed.runTo(75);
    expect(bed.expired.map(({ broker }) => broker)).toEqual([0]);
    expect(bed.connected.map(({ broker }) => broker)).toEqual([0]);
  });

  test('from its server only tries another one after two thirds of the time-out, in time for its session', () => {
    for (const seed of SEEDS) {
      const bed = new ZkBed({ seed });
      bed.runTo(10);
      bed.cut(bed.brokers[0]!, [bed.sessions.session(0)!.server!.process]);
      bed.runTo(60);
      expect(bed.ended).toEqual([]);
      const moved = bed.of('zookeeper.session').find(({ reason }) => reason === 'session moved')!;
      expect(moved.at - 10).toBeGreaterThan(6);
      expect(moved.at - 10).toBeLessThan(20);
    }
  });
});

describe('without a leader', () => {
  test('no session ends, and a new leader gives each a whole time-out', () => {
    const bed = new ZkBed();
    bed.runTo(10);
    const [first, second] = bed.servers.filter((server) => server !== bed.leader.process);
    first!.kill();
    second!.kill();
    bed.brokers[0]!.kill();
    bed.runTo(100);
    expect(bed.ended).toEqual([]);
    first!.start();
    bed.runTo(140);
    const found = bed.of('zookeeper.leader').find(({ zooKeeper }) => zooKeeper >= 0)!;
    expect(bed.ended.map(({ broker }) => broker)).toEqual([0]);
    expect(bed.ended[0]!.at - found.at).toBeGreaterThan(18);
    expect(bed.ended[0]!.at - found.at).toBeLessThan(20.1);
  });

  test('a write waits until there is one again', () => {
    const bed = new ZkBed();
    bed.runTo(10);
    const [first, second] = bed.servers.filter((server) => server !== bed.leader.process);
    first!.kill();
    second!.kill();
    bed.runTo(20);
    const applied: number[] = [];
    bed.sessions.submit(0, 0, () => applied.push(bed.at));
    bed.runTo(40);
    expect(applied).toEqual([]);
    first!.start();
    bed.runTo(60);
    expect(applied).toHaveLength(1);
    expect(applied[0]!).toBeGreaterThan(40);
  });
});

describe('a process that hangs', () => {
  test('for less than the time-out goes on with its session', () => {
    const bed = new ZkBed();
    bed.runTo(10);
    bed.brokers[0]!.freeze();
    bed.runTo(20);
    bed.brokers[0]!.resume();
    bed.runTo(60);
    expect([bed.ended, bed.expired]).toEqual([[], []]);
  });

  test('for longer finds its session expired when it resumes', () => {
    const bed = new ZkBed();
    bed.runTo(10);
    bed.brokers[0]!.freeze();
    bed.runTo(50);
    expect(bed.ended).toHaveLength(1);
    expect(bed.expired).toEqual([]);
    bed.brokers[0]!.resume();
    bed.runTo(53);
    expect(bed.expired.map(({ broker }) => broker)).toEqual([0]);
    expect(bed.sessions.isConnected(0)).toBe(true);
  });
});

test('a watch of a client without a connection fires when it has one again', () => {
  const bed = new ZkBed();
  bed.runTo(10);
  const heal = bed.cut(bed.brokers[0]!, bed.servers);
  const fired: number[] = [];
  bed.sessions.notify(0, () => fired.push(bed.at));
  bed.runTo(13);
  expect(fired).toEqual([]);
  heal();
  bed.runTo(20);
  expect(fired).toHaveLength(1);
});

test('clients of a server that lost its leader see their connection closed at once, and not after a silence', () => {
  const bed = new ZkBed();
  bed.runTo(10);
  const { leader } = bed;
  const another = bed.ensemble.servers.find((server) => server !== leader)!;
  leader.process.kill();
  another.process.kill();
  bed.runTo(11);
  const lost = bed.of('zookeeper.session').filter(({ to, at }) => to === 'CONNECTING' && at === 10);
  expect(lost.map(({ broker }) => broker).sort()).toEqual([0, 1, 2]);
});
