import { describe, expect, test } from 'vitest';
import { Wire } from './testing/wire.ts';

const SEC = 1_000_000;
/** One way, without jitter. */
const LATENCY_US = 250;

describe('a connection is made', () => {
  test('by one round trip of TCP and one of ApiVersions', () => {
    const wire = new Wire().connect();
    expect(wire.story).toEqual(['ready']);
    expect(wire.whenUs('ready')).toBeGreaterThanOrEqual(4 * LATENCY_US);
    expect(wire.whenUs('ready')).toBeLessThan(4 * LATENCY_US + 50);
  });

  test('never to a process that is dead: its host refuses at once, and the next attempt waits reconnect.backoff.ms', () => {
    const wire = new Wire();
    wire.server.kill();
    wire.connect();
    expect(wire.story).toEqual(['refused RST']);
    const backoffUs = wire.connections.backoffUntilUs(wire.server) - wire.whenUs('refused RST');
    expect(backoffUs).toBeGreaterThanOrEqual(40_000);
    expect(backoffUs).toBeLessThanOrEqual(60_000);
  });

  test('with a backoff that doubles with each failure up to reconnect.backoff.max.ms', () => {
    const wire = new Wire();
    wire.server.kill();
    const backoffs: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      wire.connections.ready(wire.server);
      wire.runUntil(wire.kernel.nowUs + 2 * SEC);
      const refusedUs = wire.log.at(-1)!.atUs;
      backoffs.push(wire.connections.backoffUntilUs(wire.server) - refusedUs);
    }
    backoffs.forEach((backoffUs, attempt) => {
      const base = Math.min(50_000 * (1 << attempt), SEC);
      expect(backoffUs).toBeGreaterThanOrEqual(base * 0.8);
      expect(backoffUs).toBeLessThanOrEqual(Math.min(base * 1.2, SEC));
    });
  });

  test('or given up after socket.connection.setup.timeout.ms when no packet gets through, then after twice that', () => {
    const wire = new Wire();
    wire.network.links.cut(wire.cut);
    wire.connections.ready(wire.server);
    wire.runUntil(15 * SEC);
    const firstUs = wire.whenUs('refused setup.timeout');
    expect(firstUs).toBeGreaterThanOrEqual(8 * SEC);
    expect(firstUs).toBeLessThanOrEqual(12 * SEC);
    wire.connections.ready(wire.server);
    wire.runUntil(45 * SEC);
    const secondUs = wire.log[1]!.atUs - 15 * SEC;
    expect(secondUs).toBeGreaterThanOrEqual(16 * SEC);
    expect(secondUs).toBeLessThanOrEqual(24 * SEC);
  });

  test('after a heal by the next SYN: 1, 3 or 7 s after the first one', () => {
    const wire = new Wire();
    wire.network.links.cut(wire.cut);
    wire.connections.ready(wire.server);
    wire.at(4 * SEC, () => wire.network.links.heal(wire.cut)).runUntil(9 * SEC);
    expect(wire.story).toEqual(['ready']);
    expect(Math.floor(wire.whenUs('ready') / SEC)).toBe(7);
  });

  test('to a frozen process only when it answers: the kernel alone does not speak Kafka', () => {
    const wire = new Wire();
    wire.server.freeze();
    wire.connect();
    expect(wire.story).toEqual([]);
    wire.at(3 * SEC, () => wire.server.resume()).runUntil(4 * SEC);
    expect(wire.whenUs('ready')).toBe(3 * SEC);
  });

  test('with a fresh setup time-out after a success', () => {
    const wire = new Wire();
    wire.network.links.cut(wire.cut);
    wire.connections.ready(wire.server);
    wire.runUntil(13 * SEC);
    wire.network.links.heal(wire.cut);
    wire.connect();
    expect(wire.story).toEqual(['refused setup.timeout', 'ready']);
    wire.connections.disconnect(wire.server);
    wire.network.links.cut(wire.cut);
    const againUs = wire.connections.backoffUntilUs(wire.server) + 1;
    wire.runUntil(againUs);
    wire.connections.ready(wire.server);
    wire.runUntil(againUs + 13 * SEC);
    expect(wire.log.at(-1)).toMatchObject({ what: 'refused setup.timeout' });
  });
});

describe('requests on a connection', () => {
  test('are served one at a time and answered in the order of sending', () => {
    const wire = new Wire().connect();
    for (let request = 1; request <= 5; request++) wire.send(request);
    wire.runUntil(SEC);
    expect(wire.mostInService).toBe(1);
    expect(wire.story.filter((what) => what.startsWith('answered'))).toEqual(
      [1, 2, 3, 4, 5].map((n) => `answered ${n}`),
    );
    // Five services in a row, not five at once.
    expect(wire.whenUs('answered 5') - wire.whenUs('answered 1')).toBeGreaterThanOrEqual(4 * wire.serviceUs);
  });

  test('stop at max.in.flight.requests.per.connection until one is answered', () => {
    const wire = new Wire({ maxInFlight: 2 }).connect();
    wire.send(1);
    expect(wire.connections.ready(wire.server)).toBe(true);
    wire.send(2);
    expect(wire.connections.ready(wire.server)).toBe(false);
    wire.runUntil(SEC);
    expect(wire.connections.ready(wire.server)).toBe(true);
    expect(wire.story.filter((what) => what === 'ready')).toHaveLength(2);
  });

  test('fail all together when one of them has hung for request.timeout.ms, which breaks the connection', () => {
    const wire = new Wire().connect();
    const sentUs = wire.kernel.nowUs;
    wire.server.freeze();
    wire.send(1);
    wire.at(sentUs + 10 * SEC, () => wire.send(2)).runUntil(sentUs + 40 * SEC);
    expect(wire.story.slice(1)).toEqual(['failed 1 TIMED_OUT', 'failed 2 DISCONNECTED', 'lost request.timeout']);
    expect(wire.whenUs('failed 1 TIMED_OUT')).toBe(sentUs + 30 * SEC);
  });

  test('fail at once when the process dies: its host resets the connection', () => {
    const wire = new Wire().connect();
    wire.serviceUs = SEC;
    wire.send(1);
    const diesUs = wire.kernel.nowUs + 500_000;
    wire.at(diesUs, () => wire.server.kill()).runUntil(5 * SEC);
    expect(wire.story.slice(1)).toEqual(['served 1', 'failed 1 DISCONNECTED', 'lost RST']);
    expect(wire.whenUs('lost RST') - diesUs).toBe(LATENCY_US);
  });

  test('hang in silence when the process dies behind a cut', () => {
    const wire = new Wire().connect();
    const sentUs = wire.kernel.nowUs;
    wire.network.links.cut(wire.cut);
    wire.send(1);
    wire.at(sentUs + SEC, () => wire.server.kill()).runUntil(sentUs + 29 * SEC);
    expect(wire.story.slice(1)).toEqual([]);
    wire.runUntil(sentUs + 31 * SEC);
    expect(wire.story.slice(1)).toEqual(['failed 1 TIMED_OUT', 'lost request.timeout']);
  });

  test('meet a reset when they reach a process that started anew', () => {
    const wire = new Wire().connect();
    wire.network.links.cut(wire.cut);
    wire.server.kill();
    wire.server.start();
    wire.network.links.heal(wire.cut);
    wire.send(1);
    wire.runUntil(SEC);
    expect(wire.story.slice(1)).toEqual(['failed 1 DISCONNECTED', 'lost RST']);
  });
});

describe('a cut that heals before the time-out', () => {
  test('delays a request to its next TCP retransmission: 0.2, 0.6, 1.4, 3 s after the first', () => {
    const wire = new Wire().connect();
    const sentUs = wire.kernel.nowUs;
    wire.network.links.cut(wire.cut);
    wire.send(1);
    wire.at(sentUs + SEC, () => wire.network.links.heal(wire.cut)).runUntil(sentUs + 5 * SEC);
    expect(wire.story.slice(1)).toEqual(['served 1', 'answered 1']);
    expect(wire.whenUs('served 1') - sentUs).toBeGreaterThanOrEqual(1_400_000);
    expect(wire.whenUs('served 1') - sentUs).toBeLessThan(1_402_000);
  });

  test('delays an answer likewise when only the way back is cut', () => {
    const wire = new Wire().connect();
    const oneWay = [[wire.server, wire.client]] as const;
    wire.network.links.cut(oneWay);
    wire.send(1);
    wire.at(wire.kernel.nowUs + SEC, () => wire.network.links.heal(oneWay)).runUntil(6 * SEC);
    expect(wire.story.slice(1)).toEqual(['served 1', 'answered 1']);
    expect(wire.whenUs('served 1')).toBeLessThan(SEC / 10);
    expect(wire.whenUs('answered 1')).toBeGreaterThan(SEC);
  });

  test('keeps the order of what was sent during it', () => {
    const wire = new Wire().connect();
    const sentUs = wire.kernel.nowUs;
    wire.network.links.cut(wire.cut);
    for (let request = 1; request <= 4; request++) wire.at(sentUs + request * 300_000, () => wire.send(request));
    wire.at(sentUs + 2 * SEC, () => wire.network.links.heal(wire.cut)).runUntil(sentUs + 10 * SEC);
    expect(wire.story.filter((what) => what.startsWith('served'))).toEqual([1, 2, 3, 4].map((n) => `served ${n}`));
  });
});

describe('a freeze', () => {
  test('of the server lets requests pile up; all are served in order when it resumes', () => {
    const wire = new Wire().connect();
    const frozenUs = wire.kernel.nowUs;
    wire.server.freeze();
    for (let request = 1; request <= 3; request++) wire.send(request);
    wire.at(frozenUs + 5 * SEC, () => wire.server.resume()).runUntil(frozenUs + 6 * SEC);
    expect(wire.story.slice(1)).toEqual(['served 1', 'served 2', 'answered 1', 'served 3', 'answered 2', 'answered 3']);
    expect(wire.whenUs('served 1')).toBe(frozenUs + 5 * SEC);
  });

  test('of the client keeps answers until it resumes', () => {
    const wire = new Wire().connect();
    const frozenUs = wire.kernel.nowUs;
    wire.send(1);
    wire.client.freeze();
    wire.at(frozenUs + 5 * SEC, () => wire.client.resume()).runUntil(frozenUs + 6 * SEC);
    expect(wire.whenUs('served 1')).toBeLessThan(frozenUs + SEC);
    expect(wire.whenUs('answered 1')).toBe(frozenUs + 5 * SEC);
  });
});

test('a client that closed hears nothing any more', () => {
  const wire = new Wire().connect();
  wire.send(1);
  wire.at(wire.kernel.nowUs + 500, () => wire.connections.close()).runUntil(60 * SEC);
  expect(wire.story).toEqual(['ready', 'served 1']);
});
