import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BandwidthLink } from './bandwidthLink.ts';
import { MultiServer } from './multiServer.ts';
import { SingleServer } from './singleServer.ts';

/** Jobs in order of time: gap since the one before, and service time. */
const jobs = fc.array(fc.record({ gapUs: fc.nat(30), serviceUs: fc.nat(50) }), { minLength: 1, maxLength: 60 });

/** Plays `count` servers microsecond by microsecond; returns completions and the busy server-microseconds of each instant. */
function playSlowly(count: number, arrivals: { atUs: number; serviceUs: number }[]) {
  const doneUs = arrivals.map(() => -1);
  const busyPerUs: number[] = [];
  const servers: { job: number; leftUs: number }[] = [];
  let next = 0;
  for (let nowUs = 0; next < arrivals.length || servers.length > 0; nowUs++) {
    while (next < arrivals.length && arrivals[next]!.atUs <= nowUs && servers.length < count) {
      const { serviceUs } = arrivals[next]!;
      if (serviceUs === 0) doneUs[next] = nowUs;
      else servers.push({ job: next, leftUs: serviceUs });
      next++;
    }
    busyPerUs.push(servers.length);
    for (const server of servers) if (--server.leftUs === 0) doneUs[server.job] = nowUs + 1;
    for (let row = servers.length - 1; row >= 0; row--) if (servers[row]!.leftUs === 0) servers.splice(row, 1);
  }
  return { doneUs, busyPerUs };
}

function arrivalsOf(list: { gapUs: number; serviceUs: number }[]) {
  let atUs = 0;
  return list.map(({ gapUs, serviceUs }) => {
    atUs += gapUs;
    return { atUs, serviceUs };
  });
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

describe('servers', () => {
  test('a pool finishes its jobs, and is busy, as one played microsecond by microsecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), jobs, fc.nat(100), (count, list, laterUs) => {
        const arrivals = arrivalsOf(list);
        const slow = playSlowly(count, arrivals);
        const pool = new MultiServer(count);
        const single = new SingleServer();
        arrivals.forEach(({ atUs, serviceUs }, job) => {
          expect(pool.reserve(atUs, serviceUs)).toBe(slow.doneUs[job]);
          if (count === 1) expect(single.reserve(atUs, serviceUs)).toBe(slow.doneUs[job]);
        });
        const nowUs = arrivals.at(-1)!.atUs + laterUs;
        const busyUs = sum(slow.busyPerUs.slice(0, nowUs));
        expect(pool.busyUs(nowUs)).toBe(busyUs);
        if (count === 1) expect(single.busyUs(nowUs)).toBe(busyUs);
        if (nowUs > 0) expect(pool.utilisation(nowUs)).toBeCloseTo(busyUs / nowUs / count, 12);
        expect(pool.busyUntilUs).toBe(Math.max(...slow.doneUs));
      }),
      { numRuns: 500, seed: 5 },
    );
  });

  test('an idle server starts at once and a busy one when it is free', () => {
    const server = new SingleServer();
    expect([server.reserve(100, 10), server.reserve(105, 10), server.reserve(200, 1)]).toEqual([110, 120, 201]);
    expect(server.busyUs(201)).toBe(21);
  });

  test('clearing drops the work ahead and keeps the work done', () => {
    for (const server of [new SingleServer(), new MultiServer(1)]) {
      server.reserve(0, 100);
      server.reserve(0, 100);
      server.clear(50);
      expect(server.busyUs(60)).toBe(50);
      expect(server.reserve(60, 5)).toBe(65);
    }
  });

  test('half-busy is reported as half', () => {
    const server = new SingleServer();
    server.reserve(0, 50);
    expect([server.utilisation(0), server.utilisation(50), server.utilisation(100)]).toEqual([0, 1, 0.5]);
  });

  test('jobs and pools that make no sense are refused', () => {
    expect(() => new MultiServer(0)).toThrow('a pool of 0 servers');
    expect(() => new SingleServer().reserve(0, -1)).toThrow('a job of -1 us');
    expect(() => new MultiServer(2).reserve(0, 0.5)).toThrow('a job of 0.5 us');
  });
});

describe('a bandwidth link', () => {
  const message = fc.record({ gapUs: fc.nat(20), bytes: fc.nat(5000) });

  test('delivers as exact arithmetic on fractions says, rounded up once at the end', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000_000_000 }),
        fc.array(message, { maxLength: 80 }),
        (bytesPerSec, list) => {
          const link = new BandwidthLink({ bytesPerSec, propagationUs: 350 });
          const unit = BigInt(bytesPerSec); // one microsecond, in millionths of a byte
          let atUs = 0;
          let free = 0n; // the same unit
          for (const { gapUs, bytes } of list) {
            atUs += gapUs;
            const start = BigInt(atUs) * unit > free ? BigInt(atUs) * unit : free;
            free = start + BigInt(bytes) * 1_000_000n;
            expect(link.transmit(atUs, bytes)).toBe(Number((free + unit - 1n) / unit) + 350);
          }
        },
      ),
      { numRuns: 300, seed: 9 },
    );
  });

  test('a thousand small messages take as long as one of their size', () => {
    const link = new BandwidthLink({ bytesPerSec: 1_250_000_000, propagationUs: 0 });
    let arrivalUs = 0;
    for (let index = 0; index < 1000; index++) arrivalUs = link.transmit(0, 100);
    expect(arrivalUs).toBe(80);
    expect(link.utilisation(160)).toBe(0.5);
  });

  test('a new bandwidth and delay hold from the next message on', () => {
    const link = new BandwidthLink({ bytesPerSec: 1_000_000, propagationUs: 500 });
    expect(link.transmit(0, 100)).toBe(600);
    link.bytesPerSec = 100_000;
    link.propagationUs = 1000;
    expect(link.transmit(0, 100)).toBe(100 + 1000 + 1000);
    expect(link.busyUntilUs).toBe(1100);
  });

  test('a change of bandwidth never lets a link send faster than either', () => {
    const link = new BandwidthLink({ bytesPerSec: 3_000_000, propagationUs: 0 });
    link.transmit(0, 1); // a third of a microsecond
    link.bytesPerSec = 1_000_000;
    expect(link.transmit(0, 3)).toBeGreaterThanOrEqual(4);
  });

  test('what makes no sense is refused', () => {
    expect(() => new BandwidthLink({ bytesPerSec: 0, propagationUs: 0 })).toThrow('a bandwidth of 0');
    expect(() => new BandwidthLink({ bytesPerSec: 1, propagationUs: -1 })).toThrow('a propagation delay of -1');
    expect(() => new BandwidthLink({ bytesPerSec: 1, propagationUs: 0 }).transmit(0, 1.5)).toThrow('1.5 bytes');
  });
});

describe('a pool that changes its size', () => {
  test('new servers are idle at once; of fewer servers those go that would be free last', () => {
    const pool = new MultiServer(2);
    expect([pool.reserve(0, 100), pool.reserve(0, 300), pool.reserve(0, 10)]).toEqual([100, 300, 110]);
    pool.resize(4);
    expect(pool.count).toBe(4);
    expect([pool.reserve(0, 50), pool.reserve(0, 50), pool.reserve(0, 50)]).toEqual([50, 50, 100]);
    pool.resize(1);
    expect(pool.reserve(0, 1)).toBe(51);
  });
});
