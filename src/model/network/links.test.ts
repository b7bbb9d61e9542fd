import { describe, expect, test } from 'vitest';
import { nextRetransmissionUs } from './links.ts';
import { Wire } from './testing/wire.ts';

describe('TCP retransmissions', () => {
  test('follow at 0.2, 0.6, 1.4, 3 and 6.2 s: the time-out doubles', () => {
    const healed = [1, 200_001, 600_001, 1_400_001, 3_000_001];
    expect(healed.map((at) => nextRetransmissionUs(0, at))).toEqual([
      200_000, 600_000, 1_400_000, 3_000_000, 6_200_000,
    ]);
  });

  test('never wait more than two minutes', () => {
    const hour = 3_600_000_000;
    expect(nextRetransmissionUs(0, hour) - hour).toBeLessThanOrEqual(120_000_000);
  });
});

describe('the way between two processes', () => {
  test('carries a small message in the latency alone, and a large one at the bandwidth', () => {
    const { network, client, server } = new Wire();
    expect(network.links.delayUs(client, server, 100, 0)).toBeLessThan(252);
    expect(network.links.delayUs(client, server, 1_250_000, SEC)).toBeGreaterThan(1_000);
  });

  test('makes messages of one sender wait for each other at its network card', () => {
    const { network, client, server } = new Wire();
    const alone = network.links.delayUs(client, server, 12_500_000, 0);
    const second = network.links.delayUs(client, server, 100, 0);
    expect(alone).toBeGreaterThanOrEqual(10_000);
    expect(second).toBeGreaterThanOrEqual(10_000);
  });

  test('is cut as often as it was cut: two overlapping cuts need two heals', () => {
    const { network, client, server, cut } = new Wire();
    network.links.cut(cut);
    network.links.cut(cut);
    network.links.heal(cut);
    expect(network.links.isCut(client, server)).toBe(true);
    network.links.heal(cut);
    expect(network.links.isCut(client, server)).toBe(false);
  });

  test('is silent from the first of several reasons on, and until the last has gone', () => {
    const wire = new Wire();
    const { silence, links } = wire.network;
    const since: number[] = [];
    const look = (): void => void since.push(silence.sinceUs(wire.client, wire.server));
    wire.at(1 * SEC, () => links.cut(wire.cut)).at(2 * SEC, () => wire.server.freeze());
    wire
      .at(3 * SEC, look)
      .at(4 * SEC, () => links.heal(wire.cut))
      .at(5 * SEC, look);
    wire
      .at(6 * SEC, () => wire.server.resume())
      .at(7 * SEC, look)
      .runUntil(8 * SEC);
    expect(since).toEqual([SEC, 2 * SEC, -1]);
  });

  test('loses packets to time, not to nowhere: the mean delay grows by about the share lost times 0.2 s', () => {
    const { network, client, server } = new Wire();
    const restore = network.links.degrade(() => true, {
      addLatencyUs: 0,
      jitter: null,
      loss: 0.1,
      bandwidthBytesPerSec: null,
    });
    let total = 0;
    for (let i = 0; i < 4_000; i++) total += network.links.delayUs(client, server, 100, i * SEC) - 250;
    expect(total / 4_000).toBeGreaterThan(15_000);
    expect(total / 4_000).toBeLessThan(40_000);
    restore();
    expect(network.links.delayUs(client, server, 100, 5_000 * SEC)).toBeLessThan(252);
  });
});

const SEC = 1_000_000;
