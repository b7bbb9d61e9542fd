import { describe, expect, test } from 'vitest';
import { Bed } from './testbed.ts';

const seeds = (count: number, name: string): string[] => Array.from({ length: count }, (_, i) => `${name} ${i}`);

function degrade(bed: Bed, change: { readonly addLatencyUs?: number; readonly loss?: number }): () => void {
  const broker = bed.brokers[0]!;
  return bed.network.links.degrade((from, to) => from === broker || to === broker, {
    addLatencyUs: change.addLatencyUs ?? 0,
    jitter: null,
    loss: change.loss ?? null,
    bandwidthBytesPerSec: null,
  });
}

describe('heartbeats over a slow way', () => {
  test('of 5 s end: their answers take longer than half a session, and no new connection gets through', () => {
    for (const seed of seeds(20, 'slow')) {
      const bed = new Bed({ seed });
      bed.runTo(6);
      const heal = degrade(bed, { addLatencyUs: 5_000_000 });
      bed.runTo(40);
      const [fence] = bed.of('broker.control');
      expect(fence).toMatchObject({ broker: 0, to: 'FENCED' });
      // One that was sent right away still arrived after 5 s.
      expect(fence!.at - 6).toBeGreaterThan(7);
      expect(fence!.at - 6).toBeLessThan(18);
      heal();
      bed.runTo(90);
      expect(bed.of('broker.control')[1]).toMatchObject({ broker: 0, to: 'UNFENCED' });
    }
  });

  test('of 1 s go on, each four seconds apart', () => {
    const bed = new Bed();
    bed.runTo(6);
    degrade(bed, { addLatencyUs: 1_000_000 });
    bed.runTo(300);
    expect(bed.of('broker.control')).toEqual([]);
  });
});

describe('heartbeats over a way that loses packets', () => {
  const fences = (loss: number): number => {
    let count = 0;
    for (const seed of seeds(10, 'loss')) {
      const bed = new Bed({ seed });
      bed.runTo(6);
      degrade(bed, { loss });
      bed.runTo(300);
      count += bed.of('broker.control').filter(({ to }) => to === 'FENCED').length;
    }
    return count;
  };

  test('survive 20 %, and a broker that loses 80 % is fenced now and then', () => {
    expect(fences(0.2)).toBe(0);
    expect(fences(0.8)).toBeGreaterThan(3);
  });

  test('metadata comes late over them, in order', () => {
    const bed = new Bed({ kafka: '4.3' });
    bed.runTo(6);
    degrade(bed, { loss: 0.5 });
    for (let i = 0; i < 20; i++) {
      const change = { topic: null, broker: -1, name: 'log.retention.ms', value: 1000 + i };
      bed.plane.alterConfigs([change], () => {}, -1);
      bed.runTo(7 + i);
    }
    bed.runTo(100);
    const offsets = bed.deltas[0]!.map(({ delta }) => delta.offset);
    expect(offsets.length).toBeGreaterThan(10);
    expect(offsets).toEqual(bed.deltas[1]!.map(({ delta }) => delta.offset));
    expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
    const late = bed.deltas[0]!.some(({ atUs }, i) => atUs - bed.deltas[1]![i]!.atUs > 150_000);
    expect(late).toBe(true);
  });
});

describe('one-way cuts between a broker and the controller', () => {
  const fencedAfter = (seed: string, cut: (bed: Bed) => void): number => {
    const bed = new Bed({ seed, controllers: 1 });
    bed.runTo(6);
    cut(bed);
    bed.runTo(40);
    return bed.of('broker.control')[0]!.at - 6;
  };

  test('where heartbeats are lost it is fenced as after a full cut', () => {
    for (const seed of seeds(20, 'up')) {
      const after = fencedAfter(seed, (bed) => bed.network.links.cut([[bed.brokers[0]!, bed.active]]));
      expect(after).toBeGreaterThan(7);
      expect(after).toBeLessThan(10.2);
    }
  });

  test('where only answers are lost one more heartbeat counts: up to two seconds later', () => {
    for (const seed of seeds(20, 'down')) {
      const after = fencedAfter(seed, (bed) => bed.network.links.cut([[bed.active, bed.brokers[0]!]]));
      expect(after).toBeGreaterThan(9);
      expect(after).toBeLessThan(12.2);
    }
  });
});

describe('after a cut of a minute heals', () => {
  test('the broker is back as the channels dial: metadata mostly within 4 s, the heartbeat within 10', () => {
    const unfenced: number[] = [];
    const metadata: number[] = [];
    for (const seed of seeds(100, 'heal')) {
      const bed = new Bed({ seed, controllers: 1 });
      bed.runTo(4);
      const heal = bed.cut(bed.brokers[0]!, bed.active);
      bed.runTo(64);
      heal();
      bed.runTo(100);
      unfenced.push(bed.of('broker.control')[1]!.at - 64);
      metadata.push(bed.deltas[0]!.find(({ atUs }) => atUs > 64e6)!.atUs / 1e6 - 64);
    }
    unfenced.sort((a, b) => a - b);
    metadata.sort((a, b) => a - b);
    // Measured once each: 1.7 and 8.6 s (evidence/lab/cut-broker-from-controller.json, cut-broker-from-all.json).
    expect(metadata[50]).toBeLessThan(3);
    expect(metadata[75]).toBeLessThan(5);
    expect(unfenced[15]).toBeLessThan(2);
    expect(unfenced[85]).toBeLessThan(9);
    expect(unfenced.at(-1)).toBeLessThan(16);
  });
});

describe('a refused registration is tried again', () => {
  const refusals = (kafka: '3.9' | '4.0' | '4.3'): number[] => {
    const bed = new Bed({ kafka, seed: 'retry' });
    bed.runTo(6);
    bed.kill(bed.brokers[0]!);
    bed.runTo(6.1);
    bed.restart(0);
    bed.runTo(60);
    expect(bed.of('broker.state').at(-1)!.to).toBe('RUNNING');
    const times = bed.of('broker.registrationRefused').map(({ at }) => at);
    return times.slice(1).map((at, i) => at - times[i]!);
  };

  test('after 100 ms, doubling, up to 4.0', () => {
    for (const kafka of ['3.9', '4.0'] as const) {
      const gaps = refusals(kafka);
      expect(gaps.length).toBeGreaterThan(2);
      gaps.forEach((gap, i) => {
        let expected = 0.1;
        for (let doubled = 0; doubled < i; doubled++) expected *= 2;
        expect(gap / expected).toBeGreaterThan(0.9);
        expect(gap / expected).toBeLessThan(1.1);
      });
    }
  });

  test('each heartbeat interval from 4.1 on', () => {
    for (const gap of refusals('4.3')) expect(gap).toBeCloseTo(2, 1);
  });
});
