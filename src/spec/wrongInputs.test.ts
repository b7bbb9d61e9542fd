import { describe, expect, test } from 'vitest';
import { formatDiagnostic } from './formatDiagnostic.ts';
import { loadScenario } from './load.ts';
import { complaints, load, scenarioText, shown } from './testing/load.ts';

const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
for (let level = 1; level < 9; level++)
  bomb.push(`a${level}: &a${level} [${`*a${level - 1}, `.repeat(8)}*a${level - 1}]`);

describe('the error that a person would want for', () => {
  test('a typing error in a key', () => {
    expect(complaints(scenarioText().replace('partitions', 'partition'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:3:13 error SP1100: unknown key 'partition' in topics.orders
        3 |   orders: { partition: 6, replicationFactor: 3 }
          |             ^^^^^^^^^
        did you mean \`partitions\`?"
    `);
  });

  test('a key that no other is near to', () => {
    expect(complaints(scenarioText('failures: [{ at: 1m, earthquake: true }]'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:8:22 error SP1100: unknown key 'earthquake' in failures.0
        8 | failures: [{ at: 1m, earthquake: true }]
          |                      ^^^^^^^^^^
        known keys: name, at, after, every, for, crash, powerLoss, stop, freeze, partition, degrade, slow, ..."
    `);
  });

  test('a unit in words', () => {
    expect(complaints(scenarioText('duration: 10 minutes'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:8:11 error SP1120: expected a duration such as 250us, 5ms, 2m or 7d, not '10 minutes'
        8 | duration: 10 minutes
          |           ^^^^^^^^^^
        did you mean \`10m\`?"
    `);
  });

  test('a duration without a unit', () => {
    expect(complaints(scenarioText().replace('instances: 3', 'work: { perRecord: 250 }'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:7:49 error SP1120: expected a duration such as 250us, 5ms, 2m or 7d, not '250'
        7 |   billing: { from: [orders], work: { perRecord: 250 } }
          |                                                 ^^^
        did you mean \`250ms\`?"
    `);
  });

  test('a topic that does not exist', () => {
    expect(complaints(scenarioText().replace('to: orders', 'to: order'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:5:19 error SP1141: unknown topic 'order'
        5 |   checkout: { to: order, rate: 2k/s }
          |                   ^^^^^
        did you mean \`orders\`?"
    `);
  });

  test('a huge number', () => {
    expect(complaints(scenarioText().replace('partitions: 6', 'partitions: 1e9'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:3:25 error SP1104: expected at most 10000 for 'partitions', not 1e9
        3 |   orders: { partitions: 1e9, replicationFactor: 3 }
          |                         ^^^"
    `);
  });

  test('a number that cannot be exact', () => {
    expect(complaints(scenarioText('seed: 9007199254740993'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:8:7 error SP1009: 9007199254740993 is not a number that can be kept exactly
        8 | seed: 9007199254740993
          |       ^^^^^^^^^^^^^^^^"
    `);
  });

  test('an alias bomb', () => {
    expect(complaints(bomb.join('\n'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:6:9 error SP1006: aliases expand to more than 200000 values
        6 | a5: &a5 [*a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4]
          |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^"
    `);
  });

  test('an alias that contains itself', () => {
    expect(complaints(scenarioText('vars: &v { a: *v }'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:8:15 error SP1007: the alias *v contains itself
        8 | vars: &v { a: *v }
          |               ^^"
    `);
  });

  test('deep nesting', () => {
    expect(complaints(`vars: ${'['.repeat(10_000)}`)).toMatchInlineSnapshot(`
      "a.scenario.yaml:1:70 error SP1005: nested more than 64 levels deep
        1 | [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
          |                                      ^"
    `);
  });

  test('a binary file', () => {
    expect(complaints('\u0089PNG\r\n\u001a\n\u0000\u0000')).toMatchInlineSnapshot(
      `"a.scenario.yaml:1:1 error SP1004: the file is not text (it holds NUL bytes or is not UTF-8)"`,
    );
  });

  test('an empty file', () => {
    expect(complaints('')).toMatchInlineSnapshot(`
      "a.scenario.yaml:1:1 error SP1002: the file is empty
        \`streamproof init\` writes a sample scenario"
    `);
  });

  test('a file that does not exist', () => {
    expect(shown(loadScenario('no/such.scenario.yaml'))).toMatchInlineSnapshot(
      `"no/such.scenario.yaml:1:1 error SP1001: cannot read no/such.scenario.yaml: there is no such file, or it may not be read"`,
    );
  });

  test('a tab in the indentation', () => {
    expect(complaints('topics:\n\torders: { partitions: 6 }')).toMatchInlineSnapshot(`
      "a.scenario.yaml:2:1 error SP1010: not valid YAML: tabs are not allowed as indentation
        2 | ·orders: { partitions: 6 }
          | ^"
    `);
  });

  test('a bracket left open', () => {
    expect(complaints(scenarioText('tags: [a, b'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:8:12 error SP1010: not valid YAML: flow sequence in block collection must be sufficiently indented and end with a ]
        8 | tags: [a, b
          |            ^"
    `);
  });

  test('two errors at once', () => {
    expect(
      complaints(scenarioText('failures:\n  - { at: 1m, crush: { broker: 1 } }\n  - { at: 2m, crash: { broker: 7 } }')),
    ).toMatchInlineSnapshot(`
      "a.scenario.yaml:9:15 error SP1100: unknown key 'crush' in failures.0
        9 |   - { at: 1m, crush: { broker: 1 } }
          |               ^^^^^
        did you mean \`crash\`?
      a.scenario.yaml:10:32 error SP1145: cluster 'kafka' has no broker 7
        10 |   - { at: 2m, crash: { broker: 7 } }
           |                                ^
        its brokers: 1, 2, 3"
    `);
  });

  test('a config of a later Kafka', () => {
    expect(
      complaints(scenarioText('kafka: "3.9"\nconfig: { group.streams.session.timeout.ms: 45s }')),
    ).toMatchInlineSnapshot(`
      "a.scenario.yaml:9:11 error SP1162: Kafka 3.9 has no broker config 'group.streams.session.timeout.ms'
        9 | config: { group.streams.session.timeout.ms: 45s }
          |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        this config exists from 4.1 on"
    `);
  });

  test('a config of an earlier Kafka', () => {
    expect(complaints(scenarioText('config: { inter.broker.protocol.version: "3.9" }'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:8:11 error SP1162: Kafka 4.3 has no broker config 'inter.broker.protocol.version'
        8 | config: { inter.broker.protocol.version: "3.9" }
          |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        this config exists until 3.9"
    `);
  });

  test('a config that Kafka does not have', () => {
    expect(complaints(scenarioText('config: { min.insync.replica: 2 }'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:8:11 error SP1161: Kafka has no broker config 'min.insync.replica'
        8 | config: { min.insync.replica: 2 }
          |           ^^^^^^^^^^^^^^^^^^
        did you mean \`min.insync.replicas\`?"
    `);
  });

  test('a broker config in a topic, and a topic config on the brokers', () => {
    const text = scenarioText('config: { retention.ms: 7d }').replace(
      'replicationFactor: 3',
      'config: { log.retention.hours: 5 }',
    );
    expect(complaints(text)).toMatchInlineSnapshot(`
      "a.scenario.yaml:3:38 error SP1163: 'log.retention.hours' is not a topic config
        3 |   orders: { partitions: 6, config: { log.retention.hours: 5 } }
          |                                      ^^^^^^^^^^^^^^^^^^^
        it is a broker config; the topic config is retention.ms
      a.scenario.yaml:8:11 error SP1163: 'retention.ms' is not a broker config
        8 | config: { retention.ms: 7d }
          |           ^^^^^^^^^^^^
        it is a topic config: write it under the topic's config, or for all topics as log.retention.ms"
    `);
  });

  test('a consumer config in a producer', () => {
    expect(
      complaints(scenarioText().replace('rate:', 'config: { max.poll.records: 10 }, rate:')),
    ).toMatchInlineSnapshot(`
      "a.scenario.yaml:5:37 error SP1163: 'max.poll.records' is not a producer config
        5 |   checkout: { to: orders, config: { max.poll.records: 10 }, rate: 2k/s }
          |                                     ^^^^^^^^^^^^^^^^
        it is a consumer config: write it under the group's config"
    `);
  });

  test('a config value of the wrong type, and one out of range', () => {
    const text = scenarioText().replace('rate:', 'config: { linger.ms: soon, acks: 2, compression.type: rar }, rate:');
    expect(complaints(text)).toMatchInlineSnapshot(`
      "a.scenario.yaml:5:48 error SP1164: linger.ms cannot be 'soon': Kafka expects a whole number of 64 bits
        5 |   checkout: { to: orders, config: { linger.ms: soon, acks: 2, compression.
          |                                                ^^^^
        a unit may be written too, such as 30s or 7d
      a.scenario.yaml:5:60 error SP1164: acks cannot be '2': Kafka expects one of all, -1, 0, 1
        5 | rs, config: { linger.ms: soon, acks: 2, compression.type: rar }, rate: 2k/
          |                                      ^
      a.scenario.yaml:5:81 error SP1164: compression.type cannot be 'rar': Kafka expects one of none, gzip, snappy, lz4, zstd
        5 | ms: soon, acks: 2, compression.type: rar }, rate: 2k/s }
          |                                      ^^^"
    `);
  });

  test('configs that contradict each other', () => {
    const text = scenarioText().replace(
      'rate:',
      'config: { enable.idempotence: true, acks: 1, delivery.timeout.ms: 10s }, rate:',
    );
    expect(complaints(text)).toMatchInlineSnapshot(`
      "a.scenario.yaml:5:63 error SP1165: enable.idempotence needs acks=all
        5 |  config: { enable.idempotence: true, acks: 1, delivery.timeout.ms: 10s }, 
          |                                      ^^^^
        a.scenario.yaml:5:37 enable.idempotence is set here
      a.scenario.yaml:5:72 error SP1165: delivery.timeout.ms must be at least linger.ms + request.timeout.ms = 30005
        5 | { enable.idempotence: true, acks: 1, delivery.timeout.ms: 10s }, rate: 2k/
          |                                      ^^^^^^^^^^^^^^^^^^^"
    `);
  });

  test('a part of the language that is not available yet', () => {
    expect(
      complaints(
        scenarioText(
          'security: {}\nfailures: [{ at: 1m, poisonRecord: { topic: orders } }]\nexpect: [{ rpo: { atMost: 5s } }]',
        ),
      ),
    ).toMatchInlineSnapshot(`
      "a.scenario.yaml:8:1 error SP1180: 'security' is not available yet
        8 | security: {}
          | ^^^^^^^^
        not modelled so far: Authentication and access control
      a.scenario.yaml:9:22 error SP1180: 'poisonRecord' is not available yet
        9 | failures: [{ at: 1m, poisonRecord: { topic: orders } }]
          |                      ^^^^^^^^^^^^
        not modelled so far: A record that a consumer cannot process
      a.scenario.yaml:10:12 error SP1180: 'rpo' is not available yet
        10 | expect: [{ rpo: { atMost: 5s } }]
           |            ^^^
        not modelled so far: How much replicated data may be missing after a disaster"
    `);
  });

  test('an unknown metric, and a bound in the wrong unit', () => {
    expect(
      complaints(
        scenarioText(
          'expect:\n  - { metric: produce.latncy, p99: "< 60ms" }\n  - { metric: produce.latency, p99: "< 60" }',
        ),
      ),
    ).toMatchInlineSnapshot(`
      "a.scenario.yaml:9:15 error SP1103: unknown metric 'produce.latncy'
        9 |   - { metric: produce.latncy, p99: "< 60ms" }
          |               ^^^^^^^^^^^^^^
        did you mean \`produce.latency\`?
      a.scenario.yaml:10:37 error SP1125: expected a comparison in time, such as "< 60ms" or "7s..10.1s", not '< 60'
        10 |   - { metric: produce.latency, p99: "< 60" }
           |                                     ^^^^^^
        did you mean \`< 60ms\`?"
    `);
  });

  test('an expectation about a failure that does not exist', () => {
    expect(
      complaints(scenarioText('expect: [{ metric: produce.gap, max: < 10s, during: zone-down }]')),
    ).toMatchInlineSnapshot(`
      "a.scenario.yaml:8:53 error SP1147: unknown failure or operation 'zone-down'
        8 | expect: [{ metric: produce.gap, max: < 10s, during: zone-down }]
          |                                                     ^^^^^^^^^
        none is defined"
    `);
  });

  test('a name twice', () => {
    expect(
      complaints(
        scenarioText(
          'failures:\n  - { name: a, at: 1m, crash: { broker: 1 } }\n  - { name: a, at: 2m, crash: { broker: 2 } }',
        ),
      ),
    ).toMatchInlineSnapshot(`
      "a.scenario.yaml:10:13 error SP1150: the name 'a' stands here twice
        10 |   - { name: a, at: 2m, crash: { broker: 2 } }
           |             ^
        a.scenario.yaml:9:13 first here"
    `);
  });

  test('a key twice', () => {
    expect(complaints(scenarioText('seed: a\nseed: b'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:9:1 error SP1011: the key 'seed' stands here twice
        9 | seed: b
          | ^^^^
        a.scenario.yaml:8:1 first here"
    `);
  });

  test('more replicas than brokers', () => {
    expect(complaints(scenarioText().replace('replicationFactor: 3', 'replicationFactor: 5'))).toMatchInlineSnapshot(`
      "a.scenario.yaml:3:47 error SP1166: 5 replicas, but the cluster has 3 brokers
        3 |   orders: { partitions: 6, replicationFactor: 5 }
          |                                               ^"
    `);
  });

  test('no cluster at all', () => {
    expect(complaints('name: nothing')).toMatchInlineSnapshot(`
      "a.scenario.yaml:1:1 error SP1101: the scenario has no cluster
        1 | name: nothing
          | ^
        the shortest form is brokers: 3 beside topics:"
    `);
  });
});

test('at most a hundred problems are shown, then how many more there are', () => {
  const { diagnostics } = load(scenarioText(Array.from({ length: 150 }, (_, i) => `wrong${i}: 1`).join('\n')));
  expect(diagnostics).toHaveLength(101);
  expect(diagnostics.at(-1)?.message).toBe('and 50 more');
});

test('a flood of errors stays quick', () => {
  const started = process.cpuUsage();
  const { diagnostics } = load(`expect: [${'{ a: 1, b: 2 }, '.repeat(40_000)}]`);
  expect(diagnostics.length).toBeGreaterThan(0);
  expect(process.cpuUsage(started).user).toBeLessThan(5_000_000);
});

test('a long line is cut to 80 columns with the caret in view, and controls never reach the terminal', () => {
  const text = `name: "${'x'.repeat(200)}\u001b[31m\u202e"\ntags: [${'a, '.repeat(60)}{ bad: 1 }]\nbrokers: 3`;
  const result = load(text);
  const formatted = result.diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, result.sources)).join('\n');
  expect(formatted).toMatchInlineSnapshot(`
    "a.scenario.yaml:2:188 error SP1102: expected text as an entry of 'tags', not a map
      2 |  a, a, a, a, a, a, a, a, a, a, a, a, { bad: 1 }]
        |                                      ^^^^^^^^^^
      example: durability"
  `);
  for (const line of formatted.split('\n').filter((row) => row.includes(' | ')))
    expect(line.length).toBeLessThanOrEqual(80);
  expect(formatted).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});

test('colour is only added when asked for', () => {
  const result = load('name: nothing');
  expect(formatDiagnostic(result.diagnostics[0]!, result.sources, { color: true })).toContain(
    '\u001b[31merror SP1101\u001b[0m',
  );
});
