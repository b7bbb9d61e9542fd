import { expect, test } from 'vitest';
import { load, loadOne, scenarioText } from '../testing/load.ts';
import { offeredRecords, roughCost } from './cost.ts';
import { explainScenario } from './explainScenario.ts';

test('every value says who decided it', () => {
  const options = { set: ['producers.checkout.config.linger.ms=20', 'duration=10m'] };
  const rows = explainScenario(
    loadOne(scenarioText('config: { min.insync.replicas: 2, background.threads: 4 }'), options),
  );
  const origin = (path: string) => rows.find((row) => row.path === path)?.origin;
  expect(origin('duration')).toBe('flag');
  expect(origin('producers.checkout.rate')).toBe('scenario');
  expect(origin('producers.checkout.instances')).toBe('assumed');
  expect(origin('kafka')).toBe('assumed');
  expect(origin('config.min.insync.replicas')).toBe('cluster');
  expect(origin('topics.orders.config.min.insync.replicas')).toBe('broker');
  expect(origin('producers.checkout.config.linger.ms')).toBe('flag');
  expect(rows.find((row) => row.path === 'producers.checkout.config.acks')).toMatchObject({
    value: 'all',
    note: 'kafka default of 4.3 (1 up to 2.8)',
  });
  const ignored = rows.filter((row) => row.kind === 'notModelled' && row.path.startsWith('broker config'));
  expect(ignored.map((row) => row.path)).toEqual(['broker config background.threads']);
});

test('what a release does is told with its history, its source, and what it waits for in an upgrade', () => {
  const rows = explainScenario(loadOne(scenarioText('kafka: "3.6"')));
  const row = (path: string) => rows.find((one) => one.path === path);
  expect(row('behaviour.highWatermarkNeedsMinIsr')).toMatchObject({
    value: 'false',
    note: 'false, from 3.7 true; with the binaries; KAFKA-15583',
    modelled: true,
  });
  expect(row('behaviour.epochBumpOnIsrShrink')?.note).toContain('with metadata.version');
  expect(row('config.num.recovery.threads.per.data.dir')?.note).toBe('kafka default of 3.6');
  const new41 = explainScenario(loadOne(scenarioText('kafka: "4.1"')));
  expect(new41.find(({ path }) => path === 'config.num.recovery.threads.per.data.dir')?.note).toBe(
    'kafka default of 4.1 (1 up to 3.9)',
  );
  expect(new41.find(({ kind, path }) => kind === 'notModelled' && path === 'behaviour.dynamicQuorum')?.note).toContain(
    'running quorum',
  );
});

test('the cost is the area under the rates', () => {
  const scenario = loadOne(scenarioText('duration: 100s'));
  expect(roughCost(scenario)).toMatchObject({
    records: 200_000,
    deliveries: 200_000,
    partitions: 6,
    replicas: 18,
    clients: 4,
  });
  const ramp = {
    fromUs: 0,
    untilUs: 10_000_000,
    rate: [
      { atUs: 0, recordsPerSec: 0, shape: 'ramp' as const },
      { atUs: 10_000_000, recordsPerSec: 100, shape: 'step' as const },
    ],
  };
  expect(offeredRecords(ramp)).toBeCloseTo(500, 6);
});

test('variants of a matrix are explained each for itself', () => {
  const { scenarios } = load(scenarioText('matrix: { vary: { producers.checkout.config.acks: [1, all] } }'));
  const acks = scenarios.map(
    (scenario) => explainScenario(scenario).find((row) => row.path === 'producers.checkout.config.acks')?.value,
  );
  expect(acks).toEqual(['1', 'all']);
});
