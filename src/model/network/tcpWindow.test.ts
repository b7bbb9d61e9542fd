import { describe, expect, test } from 'vitest';
import { TcpWindow } from './tcpWindow.ts';

const RTT_US = 80_000;
const KIB = 1024;

describe('a TCP window', () => {
  test('is the smaller of the send buffer and the receive buffer', () => {
    expect(new TcpWindow(100 * KIB, 64 * KIB).windowBytes).toBe(64 * KIB);
    expect(new TcpWindow(32 * KIB, 64 * KIB).windowBytes).toBe(32 * KIB);
  });

  test('is what Linux lets it grow to where -1 leaves it to the operating system', () => {
    expect(new TcpWindow(-1, -1).windowBytes).toBe(4096 * KIB);
    expect(new TcpWindow(-1, 64 * KIB).windowBytes).toBe(64 * KIB);
  });

  test('lets a message of its size go at once, and one of sixteen after fifteen round trips', () => {
    expect(new TcpWindow(64 * KIB, 64 * KIB).waitUs(0, 64 * KIB, RTT_US, 0)).toBe(0);
    expect(new TcpWindow(64 * KIB, 64 * KIB).waitUs(0, 1024 * KIB, RTT_US, 0)).toBe(15 * RTT_US);
  });

  test('is shared by messages that follow each other, and free again after as many round trips', () => {
    const window = new TcpWindow(64 * KIB, 64 * KIB);
    expect(window.waitUs(0, 64 * KIB, RTT_US, 0)).toBe(0);
    expect(window.waitUs(0, 64 * KIB, RTT_US, 0)).toBe(RTT_US);
    expect(window.isInUse(2 * RTT_US - 1)).toBe(true);
    expect(window.isInUse(2 * RTT_US)).toBe(false);
    expect(window.waitUs(2 * RTT_US, 64 * KIB, RTT_US, 0)).toBe(0);
  });

  test('shrinks with the square root of the share of packets lost', () => {
    const bulk = 10 * 1024 * KIB;
    const wait = (loss: number): number => new TcpWindow(-1, -1).waitUs(0, bulk, RTT_US, loss);
    expect(wait(0.0001)).toBeGreaterThan(wait(0));
    expect(wait(0.01) / wait(0.0001)).toBeGreaterThan(9.5);
    expect(wait(0.01) / wait(0.0001)).toBeLessThan(10.5);
    // 1460 B x 1.22 / sqrt(0.01) = 17.8 kB a round trip.
    expect(wait(0.01) / RTT_US).toBeCloseTo(bulk / 17_812 - 1, 0);
  });
});
