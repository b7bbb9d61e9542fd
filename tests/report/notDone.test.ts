import { expect, test } from 'vitest';
import { resultBlock } from '../../src/report/terminal/resultBlock.ts';
import { styleFor } from '../../src/report/terminal/style.ts';
import { runScenario } from '../../src/runner/runScenario.ts';
import { loadOne } from '../../src/spec/testing/load.ts';

test('the terminal says which operation Kafka refused and which failure had no effect, also when the scenario passed', () => {
  const result = runScenario(
    loadOne(
      `
name: nothing came of it
duration: 60s
cluster: { kafka: "4.1", brokers: 3, topics: { orders: { partitions: 1, replicationFactor: 3 } } }
failures:
  - { name: first, at: 10s, crash: broker 1 }
  - { name: second, at: 20s, crash: broker 1 }
operations:
  - { name: too many, at: 30s, createTopic: { topic: large, replicationFactor: 4 } }
`,
      { seed: 'notes' },
    ),
  );
  expect(result.outcome).toBe('passed');
  const text = resultBlock(result, styleFor(false), 100).join('\n');
  expect(text).toMatch(/not done +operation too many: INVALID_REPLICATION_FACTOR/);
  expect(text).toMatch(/no effect +failure second: /);
  expect(text).not.toMatch(/failure first/);
});
