import { describe, expect, test } from 'vitest';
import { RandomStreams } from '../../sim/index.ts';
import { BrokerDisks } from './brokerDisks.ts';
import { ReplicaDisk } from './replicaDisk.ts';

const MB = 1_000_000;

function newDisks(count: number, sizeBytes = 100 * MB): BrokerDisks {
  const disk = { sizeBytes, throughputBytesPerSec: 100 * MB, latencyUs: 1000 };
  const hardware = {
    cores: 8,
    memoryBytes: 1000 * MB,
    disks: Array.from({ length: count }, () => disk),
    networkBytesPerSec: 1e9,
  };
  const node = { id: 1, place: { region: 'r', zone: 'a' }, rack: null, hardware, joinsLater: false };
  return new BrokerDisks(node, 5_000_000, new RandomStreams('test').stream('disks'));
}

/** Creates so many logs, and says where each went. */
function created(disks: BrokerDisks, logs: number): number[] {
  return Array.from({ length: logs }, () => {
    const disk = new ReplicaDisk();
    disks.create(disk, 0);
    return disk.dir!.index;
  });
}

describe('a new log', () => {
  test('goes to the live directory with the fewest logs, the first of equals', () => {
    const disks = newDisks(3);
    expect(created(disks, 5)).toEqual([0, 1, 2, 0, 1]);
    disks.dirs[2]!.goOffline();
    expect(created(disks, 3)).toEqual([0, 1, 0]);
  });
});

describe('a broker', () => {
  test('halts without its first directory, which has the metadata log, and without its last', () => {
    const disks = newDisks(3);
    disks.dirs[2]!.goOffline();
    expect(disks.mustHalt).toBe(false);
    disks.dirs[0]!.goOffline();
    expect(disks.mustHalt).toBe(true);
  });

  test('tries a directory again when it starts anew: a failed or full disk stays away', () => {
    const disks = newDisks(3);
    for (const dir of disks.dirs) dir.goOffline();
    disks.dirs[1]!.fail();
    disks.dirs[2]!.fill(1);
    disks.processEnded(0);
    expect(disks.startFailure).toBeNull();
    for (const dir of disks.dirs) dir.open();
    expect(disks.dirs.map((dir) => dir.isOffline)).toEqual([false, true, true]);
  });

  test('cannot start while its first disk failed or is full', () => {
    const disks = newDisks(1);
    disks.dirs[0]!.fill(1);
    expect(disks.startFailure).toBe('no space left on device');
    disks.dirs[0]!.free();
    expect(disks.startFailure).toBeNull();
    disks.dirs[0]!.fail();
    expect(disks.startFailure).toBe('the disk failed');
    disks.dirs[0]!.replace(false);
    expect(disks.startFailure).toBeNull();
  });
});

describe('a directory', () => {
  test('takes an append to the last byte of its size, whoever uses the rest', () => {
    const [dir] = newDisks(1).dirs;
    expect(dir!.accepts(100 * MB)).toBe(true);
    dir!.take(30 * MB);
    dir!.fill(0.9);
    expect(dir!.usedBytes).toBe(90 * MB);
    expect(dir!.accepts(10 * MB)).toBe(true);
    expect(dir!.accepts(10 * MB + 1)).toBe(false);
    dir!.release(5 * MB);
    expect(dir!.accepts(15 * MB)).toBe(true);
  });

  test('takes nothing while it is offline or its disk failed', () => {
    const [dir] = newDisks(2).dirs;
    dir!.fail();
    expect(dir!.accepts(0)).toBe(false);
    dir!.replace(false);
    expect(dir!.accepts(0)).toBe(true);
    dir!.goOffline();
    expect(dir!.accepts(0)).toBe(false);
  });

  test('tells its use at each twentieth of its size, up and down, and does not chatter at a threshold', () => {
    const [dir] = newDisks(1).dirs;
    const told: number[] = [];
    dir!.onUse(({ usedBytes }) => told.push(usedBytes / MB));
    for (let i = 0; i < 12; i++) dir!.take(MB);
    expect(told).toEqual([5, 10]);
    dir!.release(3 * MB);
    dir!.take(3 * MB);
    dir!.release(3 * MB);
    expect(told).toEqual([5, 10]);
    dir!.release(5 * MB);
    expect(told).toEqual([5, 10, 4]);
  });

  test('holds whoever writes until a stall ends', () => {
    const [dir] = newDisks(1).dirs;
    expect(dir!.appendWaitUs(1000, 100)).toBe(0);
    dir!.stall(5_000_000);
    expect(dir!.appendWaitUs(2000, 100)).toBe(4_998_000);
    expect(dir!.appendWaitUs(5_000_000, 100)).toBe(0);
  });
});
