import { describe, expect, test } from 'vitest';
import { ZkBed } from './testbed.ts';

describe('an ensemble', () => {
  test('costs no event while all is well', () => {
    const bed = new ZkBed();
    bed.runTo(600);
    expect(bed.kernel.eventCount).toBe(1);
  });

  test.each([
    [1, 1, 0],
    [2, 2, 0],
    [3, 2, 1],
    [4, 3, 1],
    [5, 3, 2],
  ])('of %i servers needs %i, so that it stands the loss of %i', (servers, majority, losses) => {
    const bed = new ZkBed({ servers });
    expect(bed.ensemble.majority).toBe(majority);
    const others = bed.servers.filter((server) => server !== bed.leader.process);
    const order = [...others, bed.leader.process];
    for (const server of order.slice(0, losses)) server.kill();
    bed.runTo(30);
    expect(bed.ensemble.leader).not.toBeNull();
    order[losses]!.kill();
    bed.runTo(60);
    expect(bed.ensemble.leader).toBeNull();
    expect(bed.of('zookeeper.leader').at(-1)!.zooKeeper).toBe(-1);
  });

  test('elects the highest id of those that are left, within a second', () => {
    const bed = new ZkBed();
    bed.runTo(10);
    const lost = bed.leader.id;
    bed.leader.process.kill();
    bed.runTo(12);
    expect(bed.leader.id).toBe(Math.max(...[1, 2, 3].filter((id) => id !== lost)));
    const [none, found] = bed.of('zookeeper.leader');
    expect(found!.at - none!.at).toBeGreaterThan(0.2);
    expect(found!.at - none!.at).toBeLessThan(1);
  });

  test('has its leader give up within a tick when the connections of a majority break', () => {
    const bed = new ZkBed();
    bed.runTo(10);
    for (const server of bed.servers) if (server !== bed.leader.process) server.kill();
    const leader = bed.leader;
    bed.runTo(12.1);
    expect(leader.state).toBe('LOOKING');
    expect(bed.ensemble.leader).toBeNull();
  });

  test('takes syncLimit ticks to give up a leader that is silent', () => {
    const bed = new ZkBed();
    bed.runTo(10);
    const old = bed.leader;
    old.process.freeze();
    bed.runTo(18.9);
    expect(bed.leader).toBe(old);
    bed.runTo(21);
    expect(bed.leader).not.toBe(old);
    old.process.resume();
    bed.runTo(25);
    expect(old.state).toBe('FOLLOWING');
  });

  test('does not follow a server that is cut off from the majority', () => {
    const bed = new ZkBed({ servers: 5 });
    bed.runTo(10);
    const old = bed.leader;
    const heal = bed.cut(
      old.process,
      bed.servers.filter((server) => server !== old.process),
    );
    bed.runTo(25);
    expect(bed.leader).not.toBe(old);
    expect(bed.ensemble.isServing(old)).toBe(false);
    expect(bed.ensemble.servers.filter((server) => bed.ensemble.isServing(server))).toHaveLength(4);
    heal();
    bed.runTo(30);
    expect(old.state).toBe('FOLLOWING');
  });

  test('takes a server in again that was started anew', () => {
    const bed = new ZkBed();
    bed.runTo(10);
    const follower = bed.ensemble.servers.find((server) => server !== bed.leader)!;
    follower.process.kill();
    bed.runTo(20);
    follower.process.start();
    bed.runTo(25);
    expect(follower.state).toBe('FOLLOWING');
    expect(bed.of('zookeeper.leader')).toEqual([]);
  });

  test('misses a leader whose machine went silent only after syncLimit ticks, and one whose process died at once', () => {
    const silent = new ZkBed();
    silent.runTo(10);
    const { process } = silent.leader;
    silent.cut(
      process,
      silent.servers.filter((server) => server !== process),
    );
    process.kill();
    silent.runTo(18.9);
    expect(silent.ensemble.servers.filter(({ state }) => state === 'FOLLOWING')).toHaveLength(2);
    silent.runTo(21);
    expect(silent.ensemble.leader?.process).not.toBe(process);
    expect(silent.ensemble.leader).not.toBeNull();

    const closed = new ZkBed();
    closed.runTo(10);
    closed.leader.process.kill();
    closed.runTo(11);
    expect(closed.ensemble.leader).not.toBeNull();
  });
});
