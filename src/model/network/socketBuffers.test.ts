import { describe, expect, test } from 'vitest';
import { play, seconds } from '../testing/play.ts';
import { Wire } from './testing/wire.ts';

const KIB = 1024;

describe('what is sent to a process that hangs', () => {
  test('fills its receive buffer and then the send buffer; the client can send no more', () => {
    const wire = new Wire({ maxInFlight: 1000, sendBufferBytes: 128 * KIB });
    wire.network.setSocketBuffers(wire.server, { sendBytes: 100 * KIB, receiveBytes: 100 * KIB });
    wire.connect();
    wire.server.freeze();
    let sent = 0;
    while (wire.connections.ready(wire.server) && sent < 100) {
      wire.send(sent++, 30_000_000, 16 * KIB);
      wire.runUntil(wire.kernel.nowUs + 1_000);
    }
    // 228 KiB of buffers hold 14 requests; the fifteenth is begun.
    expect(sent).toBe(15);
    wire.server.resume();
    wire.runUntil(wire.kernel.nowUs + 50_000);
    expect(wire.story.filter((what) => what.startsWith('answered'))).toHaveLength(15);
    expect(wire.connections.ready(wire.server)).toBe(true);
  });

  test('stays in the send buffer alone when the way is cut', () => {
    const wire = new Wire({ maxInFlight: 1000, sendBufferBytes: 128 * KIB });
    wire.network.setSocketBuffers(wire.server, { sendBytes: 100 * KIB, receiveBytes: 100 * KIB });
    wire.connect();
    wire.network.links.cut(wire.cut);
    let sent = 0;
    while (wire.connections.ready(wire.server) && sent < 100) {
      wire.send(sent++, 30_000_000, 16 * KIB);
      wire.runUntil(wire.kernel.nowUs + 1_000);
    }
    expect(sent).toBe(9);
  });
});

describe('acks=0', () => {
  const yaml = (acks: string): string => `
duration: 40s
cluster: { brokers: 1, topics: { orders: { partitions: 1, replicationFactor: 1 } } }
producers:
  load: { to: orders, rate: 100/s, record: { size: 10KiB }, config: { acks: ${acks}, enable.idempotence: false, linger.ms: 0, buffer.memory: 2000000, max.block.ms: 1000, request.timeout.ms: 60000 } }
failures: [{ name: hang, at: 10s, for: 6s, freeze: broker 1 }]
`;

  test('takes as delivered what fits into the sockets of a broker that hangs; then its buffer fills and sends fail', () => {
    const { ask, trace } = play(yaml('0'));
    const hanging = (one: { readonly atUs: number }): boolean => one.atUs > seconds(10) && one.atUs < seconds(15.9);
    const taken = trace.acknowledgements.filter(hanging).reduce((sum, one) => sum + one.count, 0);
    // 128 KiB and 100 KiB of sockets, in batches of one or more records of 10 KiB.
    expect(taken).toBeGreaterThan(15);
    expect(taken).toBeLessThan(40);
    expect(trace.neverSents.filter(hanging).length).toBeGreaterThan(0);
    // Nothing is lost: what the sockets held is appended when the broker runs again.
    expect(ask.fates()).toMatchObject({ acknowledgedAndLost: 0, miscounted: 0 });
    expect(ask.acknowledgedRecords('orders-0', seconds(17))).toBeGreaterThan(2_000);
  });
});

describe('the network card of a receiver', () => {
  test('takes in what several senders send at once one after the other', () => {
    const { network, server } = new Wire();
    const { links } = network;
    expect(links.receivedUs(server, 12_500_000, 100_000)).toBe(100_000);
    expect(links.receivedUs(server, 12_500_000, 100_000)).toBe(110_000);
    expect(links.receivedUs(server, 12_500_000, 130_000)).toBe(130_000);
  });

  test('bounds what a broker takes from many producers', () => {
    const { trace } = play(`
duration: 20s
cluster:
  brokers: { count: 1, hardware: { network: 100Mbps } }
  topics: { orders: { partitions: 1, replicationFactor: 1 } }
producers:
  load: { to: orders, instances: 4, rate: 30000/s, record: { size: 1kB }, config: { acks: 1, enable.idempotence: false } }
`);
    const bytes = trace.appends.filter((one) => one.atUs > seconds(5)).reduce((sum, one) => sum + one.bytes, 0);
    expect(bytes / 15 / 1e6).toBeGreaterThan(10);
    expect(bytes / 15 / 1e6).toBeLessThan(12.6);
  });
});
