import { expect, test } from 'vitest';
import { findReporter, loadScenarioText, PLAIN_RENDERING, parseRunReport, runAll, runScenario } from './index.ts';

const TEXT = `name: Orders survive a broker crash
duration: 20s
clusters:
  main: { kafka: "4.1", brokers: { count: 3 }, topics: { orders: { partitions: 3, replicationFactor: 3 } } }
producers:
  checkout: { to: orders, rate: 100/s, record: { size: 1KiB }, config: { acks: all } }
failures:
  - { name: leader dies, at: 5s, crash: leader of orders-0 }
expect:
  - { name: nothing is lost, noRecordLoss: { topic: orders } }
`;

test('a program reads a scenario, plays it and renders the report; worker threads change nothing', async () => {
  const { scenarios, diagnostics } = loadScenarioText(TEXT, 'crash.scenario.yaml');
  expect(diagnostics).toEqual([]);
  const report = await runAll(scenarios, { workers: 2 });
  const [result] = report.results;
  expect(result?.outcome).toBe('passed');
  expect({ ...result, environment: null }).toEqual({ ...runScenario(scenarios[0]!), environment: null });
  expect(findReporter('markdown')?.render(report, PLAIN_RENDERING)).toContain('nothing is lost');
  const json = findReporter('json')?.render(report, PLAIN_RENDERING) ?? '';
  expect(parseRunReport(json)).toEqual({ ok: true, report: JSON.parse(json) });
});
