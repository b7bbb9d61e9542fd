import { describe, expect, test } from 'vitest';
import { DIRTY_EXPIRE_US, nextBeatUs, WRITE_BACK_INTERVAL_US, writtenBackUs } from './writeBack.ts';

describe('the operating system writes a dirty file back', () => {
  test('30 to 35 s after it was dirtied, in the first round of its flusher thread from then on', () => {
    for (let dirtiedUs = 0; dirtiedUs < 20_000_000; dirtiedUs += 777_777) {
      const atUs = writtenBackUs(dirtiedUs, -1_234_567);
      expect(atUs - dirtiedUs).toBeGreaterThanOrEqual(DIRTY_EXPIRE_US);
      expect(atUs - dirtiedUs).toBeLessThan(DIRTY_EXPIRE_US + WRITE_BACK_INTERVAL_US);
      expect(Math.abs((atUs + 1_234_567) % WRITE_BACK_INTERVAL_US)).toBe(0);
    }
  });

  test('a rhythm goes on after now, never at now', () => {
    expect(nextBeatUs(0, 0, 5)).toBe(5);
    expect(nextBeatUs(4, 0, 5)).toBe(5);
    expect(nextBeatUs(5, 0, 5)).toBe(10);
    expect(nextBeatUs(5, -3, 5)).toBe(7);
  });
});
