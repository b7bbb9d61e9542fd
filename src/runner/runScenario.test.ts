import { expect, test } from 'vitest';
import { createJudge } from '../assertions/judge.ts';
import { loadScenarioText } from '../spec/index.ts';
import type { RunProgress } from './progress.ts';
import { runScenario } from './runScenario.ts';

function scenario(duration = '20s') {
  const text = `name: crash
seed: one
duration: ${duration}
clusters:
  main: { kafka: "4.1", brokers: { count: 3 }, topics: { orders: { partitions: 3, replicationFactor: 3 } } }
producers:
  checkout: { to: orders, rate: 500/s, record: { size: 1KiB }, config: { acks: all } }
failures:
  - { name: leader dies, at: 5s, crash: leader of orders-0 }
expect:
  - { name: nothing is lost, noRecordLoss: { topic: orders } }
  - { name: something is lost, violated: true, noRecordLoss: { topic: orders } }
`;
  return loadScenarioText(text, 'scenarios/crash.scenario.yaml').scenarios[0]!;
}

const timeless = (result: object) => ({ ...result, environment: null });

test('the same scenario and seed give the same result, also when it was watched', () => {
  const pictures: RunProgress[] = [];
  const plain = runScenario(scenario());
  const watched = runScenario(scenario(), {
    onProgress: (picture) => pictures.push(picture),
    isStopRequested: () => false,
  });
  expect(timeless(watched)).toEqual(timeless(plain));
});

test('the seed of the options wins and is part of the command that reproduces the run', () => {
  const result = runScenario(scenario(), { seed: "it's mine", settings: ['duration=20s'] });
  expect(result.seed).toBe("it's mine");
  expect(result.reproduce).toBe(
    "streamproof run scenarios/crash.scenario.yaml --seed 'it'\\''s mine' --set duration=20s",
  );
  expect(result.digest).not.toBe(runScenario(scenario()).digest);
});

test('a run that is stopped keeps what it saw, is interrupted, and calls nothing passed', () => {
  let looks = 0;
  const result = runScenario(scenario('1h'), { isStopRequested: () => ++looks > 20 });
  expect(result.outcome).toBe('interrupted');
  expect(result.endedEarly?.reason).toBe('interrupted');
  expect(result.simulatedUs).toBeGreaterThan(0);
  expect(result.events.control + result.events.data).toBe(20 * 1024);
  expect(result.verdicts.map(({ status }) => status)).toEqual(['inconclusive', 'inconclusive']);
  expect(result.ledger.total.offered).toBeGreaterThan(0);
});

test('used-up events end a run as inconclusive, with how many the whole would need', () => {
  const limits = { maxEvents: 10_000, timeLimitMs: null, maxMemoryMiB: 512 };
  const result = runScenario(scenario('1h'), { limits });
  expect(result.outcome).toBe('inconclusive');
  expect(result.events.control + result.events.data).toBe(10_000);
  const needed = /needs about (\d+)\.$/.exec(result.endedEarly?.text ?? '')?.[1];
  expect(Number(needed)).toBeGreaterThan(10_000);
});

test('an error inside the model becomes a result that names it and decides nothing', () => {
  const broken = { ...scenario(), expectations: [{ ...scenario().expectations[0]!, claim: 'noSuchClaim' }] };
  expect(() => createJudge(broken)).not.toThrow();
  const result = runScenario(broken);
  expect(result.endedEarly?.reason).toBe('error');
  expect(result.endedEarly?.text).toContain('noSuchClaim');
  expect(result.outcome).toBe('inconclusive');
  expect(result.verdicts.map(({ status }) => status)).toEqual(['inconclusive']);
});
