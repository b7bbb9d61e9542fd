import { describe, expect, test } from 'vitest';
import { LogDir } from './logDir.ts';
import { ReplicaDisk } from './replicaDisk.ts';

const SECOND = 1_000_000;

function newDisk(): ReplicaDisk {
  const disk = { sizeBytes: 1e9, throughputBytesPerSec: 1e8, latencyUs: 1000 };
  const rhythm = { writeBackPhaseUs: 0, checkpointPhaseUs: 0, checkpointPeriodUs: 5 * SECOND };
  const replica = new ReplicaDisk();
  replica.create(new LogDir(0, disk, 0, rhythm));
  return replica;
}

/** One record a second, from 1 s on. */
function append(disk: ReplicaDisk, fromSec: number, toSec: number): void {
  for (let sec = fromSec; sec <= toSec; sec++) disk.appending(sec * SECOND, sec - 1);
}

describe('the end of a log on disk', () => {
  test('is where the log ended at the last write-back: what came later is in the page cache only', () => {
    const disk = newDisk();
    append(disk, 1, 60);
    // Dirtied at 1 s, written at 35 s (34 records were there); dirtied again at 35 s, due at 65 s.
    expect(disk.endOnDisk(60 * SECOND, 60)).toBe(34);
    expect(disk.endOnDisk(64.9 * SECOND, 60)).toBe(34);
    expect(disk.endOnDisk(65 * SECOND, 60)).toBe(60);
  });

  test('is nowhere before the first write-back, and everywhere after a flush or a clean shutdown', () => {
    const disk = newDisk();
    append(disk, 1, 20);
    expect(disk.endOnDisk(20 * SECOND, 20)).toBe(0);
    disk.flush(20, 20 * SECOND);
    expect(disk.endOnDisk(20 * SECOND, 20)).toBe(20);
    append(disk, 21, 25);
    expect(disk.endOnDisk(25 * SECOND, 25)).toBe(20);
    expect(disk.unflushedRecords(25)).toBe(5);
    disk.closeCleanly(25, 25);
    expect(disk.endOnDisk(25 * SECOND, 25)).toBe(25);
  });

  test('goes back with a truncation', () => {
    const disk = newDisk();
    append(disk, 1, 60);
    disk.truncated(10);
    expect(disk.endOnDisk(60 * SECOND, 12)).toBe(10);
  });
});

describe('the high watermark that a new process reads', () => {
  test('is that of the last checkpoint, at most five seconds old', () => {
    const disk = newDisk();
    for (let sec = 1; sec <= 13; sec++) disk.highWatermarkMoves(sec * SECOND, sec - 1);
    // 13 is the high watermark since 13 s; the checkpoint of 10 s saw what 10 s had brought.
    expect(disk.highWatermarkOnDisk(13.5 * SECOND, 13)).toBe(9);
    expect(disk.highWatermarkOnDisk(15 * SECOND, 13)).toBe(13);
    expect(disk.processEnded(13.5 * SECOND, 13)).toBe(9);
    expect(disk.highWatermarkOnDisk(14 * SECOND, 9)).toBe(9);
  });

  test('is the true one after a clean shutdown', () => {
    const disk = newDisk();
    for (let sec = 1; sec <= 13; sec++) disk.highWatermarkMoves(sec * SECOND, sec - 1);
    disk.closeCleanly(13, 13);
    expect(disk.processEnded(13.5 * SECOND, 13)).toBe(13);
  });
});
