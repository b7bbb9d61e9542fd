import { describe, expect, test } from 'vitest';
import { RandomStreams } from '../../sim/index.ts';
import { PartitionHistory } from '../log/partitionHistory.ts';
import { Replica, type TopicLimits } from '../replication/replica.ts';
import { BrokerDisks } from './brokerDisks.ts';
import { bytesToRecover, loadTimeUs } from './logRecovery.ts';

const MB = 1_000_000;
const LIMITS: TopicLimits = {
  minInsyncReplicas: 1,
  maxMessageBytes: 1,
  retentionUs: -1,
  retentionBytes: -1,
  segmentBytes: 100 * MB,
  segmentUs: 1e15,
  deletes: true,
  flushRecords: Number.POSITIVE_INFINITY,
  flushUs: Number.POSITIVE_INFINITY,
};

function newDisks(count: number): BrokerDisks {
  const disk = { sizeBytes: 1e13, throughputBytesPerSec: 100 * MB, latencyUs: 1000 };
  const hardware = {
    cores: 8,
    memoryBytes: 1000 * MB,
    disks: Array.from({ length: count }, () => disk),
    networkBytesPerSec: 1e9,
  };
  const node = { id: 1, place: { region: 'r', zone: 'a' }, rack: null, hardware, joinsLater: false };
  return new BrokerDisks(node, 5_000_000, new RandomStreams('test').stream('disks'));
}

/** A log of so many batches of 10 MB, one a second. */
function newReplica(disks: BrokerDisks, partition: number, batches: number, limits = LIMITS): Replica {
  const replica = new Replica(partition, 0, new PartitionHistory(), limits);
  disks.create(replica.disk, 0);
  replica.log.beginEpoch(0);
  for (let sec = 0; sec < batches; sec++) replica.log.append(1, 10 * MB, 0, sec, sec * 1e6, sec * 1e6, -1, -1, -1);
  return replica;
}

function logs(disks: BrokerDisks, count: number, batches: number): Replica[] {
  return Array.from({ length: count }, (_, partition) => newReplica(disks, partition, batches));
}

describe('an unclean start', () => {
  test('reads the segments from the one that was active at the last checkpoint of the recovery point', () => {
    const replica = newReplica(newDisks(1), 0, 25);
    // Segments of ten batches: 0-9, 10-19, 20-24.
    expect(bytesToRecover(replica, 24e6)).toBe(50 * MB);
    expect(bytesToRecover(replica, 15e6)).toBe(150 * MB);
    expect(bytesToRecover(replica, 0)).toBe(250 * MB);
  });

  test('is as slow as the disk when the machine was off, and as the threads when the page cache survived', () => {
    const disks = newDisks(1);
    const replicas = logs(disks, 4, 10);
    const warmUs = loadTimeUs(disks, replicas, 1, 0);
    disks.isCacheCold = true;
    const coldUs = loadTimeUs(disks, replicas, 1, 0);
    expect(coldUs / 1e6).toBeCloseTo(4.15, 1);
    expect(warmUs / 1e6).toBeCloseTo(1.16, 1);
    expect(loadTimeUs(disks, replicas, 4, 0)).toBe(coldUs);
  });

  test('reads a log with one thread, several logs with several, and directories at once', () => {
    const [one, two] = [newDisks(1), newDisks(2)];
    const single = logs(one, 1, 10);
    expect(loadTimeUs(one, single, 4, 0)).toBe(loadTimeUs(one, single, 1, 0));
    expect(loadTimeUs(one, logs(one, 4, 10), 2, 0)).toBeLessThan(loadTimeUs(one, logs(one, 4, 10), 1, 0) * 0.6);
    one.isCacheCold = true;
    two.isCacheCold = true;
    const [coldOne, coldTwo] = [loadTimeUs(one, logs(one, 4, 10), 2, 0), loadTimeUs(two, logs(two, 4, 10), 2, 0)];
    expect(coldTwo / coldOne).toBeGreaterThan(0.5);
    expect(coldTwo / coldOne).toBeLessThan(0.55);
  });
});

test('a clean start opens logs and reads nothing', () => {
  const disks = newDisks(1);
  const replicas = logs(disks, 100, 10);
  disks.isCacheCold = true;
  for (const dir of disks.dirs) dir.hasCleanMarker = true;
  expect(loadTimeUs(disks, replicas, 2, 0) / 1e6).toBeCloseTo(0.25, 2);
});
