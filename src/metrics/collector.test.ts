import { describe, expect, test } from 'vitest';
import { forged } from '../assertions/testing/forgedTrace.ts';
import { NO_CAUSE } from '../model/trace.ts';
import { Collector } from './collector.ts';
import { ObservationWindow } from './observationWindow.ts';

const CALLS = 200_000;

function nanosecondsPerCall(act: (index: number) => void): number {
  for (let index = 0; index < CALLS / 10; index++) act(index);
  const before = process.hrtime.bigint();
  for (let index = CALLS / 10; index < CALLS; index++) act(index);
  return Number(process.hrtime.bigint() - before) / (CALLS * 0.9);
}

function begun(): Collector {
  const { cast } = forged([]);
  const collector = new Collector();
  collector.begin(cast);
  for (let lane = 0; lane < 3; lane++) collector.laneOpened(lane, 0, lane);
  for (let partition = 0; partition < 3; partition++) leads(collector, 0, partition, partition);
  return collector;
}

function leads(collector: Collector, atUs: number, partition: number, leader: number): void {
  const rest = { leaderEpoch: 0, elr: [], partitionEpoch: 0, reason: 'created', unclean: false } as const;
  collector.event(atUs, NO_CAUSE, { type: 'partition.changed', partition, leader, isr: [0, 1, 2], ...rest });
}

// Limits are generous, since machines that run tests are busy; the printed figures are the point.
test.each([
  ['bare', begun, 5_000],
  ['with charts, totals and a live view', () => forged([]).judge.collector, 10_000],
] as const)('a batch costs well under a microsecond per call: %s', (name, create, limitNs) => {
  const collector = create();
  for (let partition = 0; partition < 3; partition++) leads(collector, 0, partition, partition);
  const costs = {
    appended: nanosecondsPerCall((i) => collector.appended(0, 0, 0, i * 10, 10, 1000, 0, i * 10, i * 100)),
    acknowledged: nanosecondsPerCall((i) =>
      collector.acknowledged(0, i * 10, 10, i * 10, i * 100, i * 100 + 5000, i * 100 + 9000),
    ),
    highWatermark: nanosecondsPerCall((i) => collector.highWatermark(0, 0, i * 10, i * 100)),
    delivered: nanosecondsPerCall((i) =>
      collector.delivered(0, 1, 0, i * 10, 10, 0, i * 10, i * 100, i * 100 + 5000, i * 100 + 12_000),
    ),
  };
  const figures = Object.entries(costs).map(([call, ns]) => `${call} ${Math.round(ns)} ns`);
  console.log(`${name}: ${figures.join(', ')}`);
  for (const ns of Object.values(costs)) expect(ns).toBeLessThan(limitNs);
});

describe('time', () => {
  test('listeners hear of an instant once, after its last change', () => {
    const heard: [number, number][] = [];
    const collector = begun();
    collector.listen({ factsChanged: (atUs, latest) => heard.push([atUs, latest]) });
    leads(collector, 100, 0, -1);
    leads(collector, 100, 0, 1);
    leads(collector, 250, 1, 2);
    expect(heard).toEqual([
      [0, 2],
      [100, 4],
    ]);
    collector.end(300);
    expect(heard.at(-1)).toEqual([250, 5]);
  });

  test('alarms ring in order of time when their instant is over, also those of the last instant', () => {
    const rung: string[] = [];
    const collector = begun();
    collector.callAt(300, () => rung.push('300'));
    collector.callAt(200, () => rung.push('200'));
    collector.callAt(400, () => rung.push('never'));
    leads(collector, 200, 0, 1);
    expect(rung).toEqual([]);
    leads(collector, 201, 0, 1);
    expect(rung).toEqual(['200']);
    collector.end(300);
    expect(rung).toEqual(['200', '300']);
  });

  test('a window contains its first instant and not its last', () => {
    const collector = begun();
    const window = new ObservationWindow({ kind: 'between', fromUs: 100, toUs: 200 }, collector);
    const open: number[] = [];
    collector.listen({
      acknowledged: (_lane, _first, _count, _base, _from, _to, atUs) => void (window.isOpen && open.push(atUs)),
    });
    for (const [index, atUs] of [99, 100, 150, 199, 200].entries())
      collector.acknowledged(0, index, 1, index, 0, 0, atUs);
    expect(open).toEqual([100, 150, 199]);
    expect(window.openUs(1000)).toBe(100);
    expect(window.countWithin(90, 210, 13)).toBe(10);
  });
});

test('the high watermark of a broker that no longer leads is not the partition’s', () => {
  const collector = begun();
  collector.highWatermark(0, 0, 50, 10);
  leads(collector, 20, 0, 1);
  collector.highWatermark(0, 0, 60, 30);
  expect(collector.facts.highWatermark[0]).toBe(50);
});
