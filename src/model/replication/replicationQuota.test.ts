import { describe, expect, test } from 'vitest';
import { ReplicationQuota } from './replicationQuota.ts';

const quota = (bytesPerSec: number): ReplicationQuota => {
  const limited = new ReplicationQuota(11, 1000);
  limited.bytesPerSec = bytesPerSec;
  return limited;
};

describe('a replication quota', () => {
  test('lets one second pass at once, and not ten as a client quota does', () => {
    const limited = quota(1_000_000);
    limited.record(1_000_000, 0);
    expect(limited.isExceeded(0)).toBe(false);
    limited.record(1, 0);
    expect(limited.isExceeded(0)).toBe(true);
  });

  test('is free again when the time since its oldest window has made up for it', () => {
    const limited = quota(1_000_000);
    limited.record(3_000_000, 0);
    expect(limited.isExceeded(2_900_000)).toBe(true);
    expect(limited.isExceeded(3_000_000)).toBe(false);
  });

  test('forgets a window eleven seconds after its last record', () => {
    const limited = quota(1_000_000);
    limited.record(50_000_000, 0);
    expect(limited.isExceeded(10_999_000)).toBe(true);
    expect(limited.isExceeded(11_000_000)).toBe(false);
  });

  test('without a limit is never exceeded', () => {
    const free = new ReplicationQuota(11, 1000);
    free.record(1e12, 0);
    expect(free.isExceeded(0)).toBe(false);
  });
});
