import { describe, expect, test } from 'vitest';
import { load, loadOne, scenarioText, shown } from './testing/load.ts';

describe('extends', () => {
  test('merges maps key by key and replaces lists, later files and the file itself last', () => {
    const files = {
      'lib/a.yaml': 'brokers: { count: 5, zones: [a] }\nregions: { eu: { zones: [a, b] } }\ntags: [a, b]',
      'lib/b.yaml': 'tags: [c]\nkafka: "4.1"',
    };
    const text = 'extends: [lib/a.yaml, lib/b.yaml]\nbrokers: { count: 3 }';
    const [scenario] = load(text, files).scenarios;
    expect(scenario?.tags).toEqual(['c']);
    expect(scenario?.clusters[0]?.brokers.map((broker) => broker.rack)).toEqual(['a', 'a', 'a']);
    expect(scenario?.clusters[0]?.kafka).toBe('4.1');
  });

  test('keeps the position in the file that the mistake stands in', () => {
    const files = { 'lib/topics.yaml': 'topics:\n  orders: { partitions: many }\n' };
    expect(shown(load('extends: lib/topics.yaml\nbrokers: 3', files))).toMatchInlineSnapshot(`
      "lib/topics.yaml:2:25 error SP1102: expected a whole number for 'partitions', not 'many'
        2 |   orders: { partitions: many }
          |                         ^^^^
        text where a number is expected"
    `);
  });

  test('an extended file is found relative to the one that names it', () => {
    const files = { 'lib/a.yaml': 'extends: ./deep/b.yaml', 'lib/deep/b.yaml': 'brokers: 3' };
    expect(load('extends: lib/a.yaml', files).scenarios).toHaveLength(1);
  });

  test.each(['/etc/passwd', '../outside.yaml', 'file:///etc/passwd', 'https://example.com/a.yaml', 'lib\\..\\..\\x'])(
    '%s is refused',
    (name) => {
      const result = load(`extends: ["${name.replaceAll('\\', '\\\\')}"]\nbrokers: 3`, { 'outside.yaml': 'name: x' });
      expect(result.diagnostics.map((diagnostic) => diagnostic.code)).toEqual(['SP1020']);
    },
  );
});

describe('variables and --set', () => {
  test('a whole value takes the type of the variable, and text takes its text', () => {
    const scenario = loadOne(
      'vars: { n: 6, zones: [a], who: us }\nbrokers: 3\nname: "for ${who}, ${n} of $${n}"\ntopics: { orders: { partitions: "${n}" } }',
    );
    expect(scenario.clusters[0]?.topics[0]?.partitionCount).toBe(6);
    expect(scenario.name).toBe('for us, 6 of ${n}');
  });

  test('flags win over the file, are typed, and are validated like the file', () => {
    const set = [
      'vars.n=9',
      'producers.checkout.config.linger.ms=20',
      'failures.down.for=1m',
      'cluster.config.[min.insync.replicas]=2',
    ];
    const text =
      'cluster: { brokers: 3, topics: { orders: { partitions: "${n}" } } }\nvars: { n: 1 }\nproducers: { checkout: { to: orders, rate: 1/s } }\nfailures: [{ name: down, at: 1m, crash: { broker: 1 } }]';
    const scenario = loadOne(text, { set });
    expect(scenario.clusters[0]?.topics[0]?.partitionCount).toBe(9);
    expect(scenario.producers[0]?.configs.get('linger.ms')).toEqual({ value: 20, origin: 'flag' });
    expect(scenario.clusters[0]?.brokerConfigs.get('min.insync.replicas')).toEqual({ value: 2, origin: 'flag' });
    expect(scenario.failures[0]?.forUs).toBe(60_000_000);
  });

  test('a mistake in a flag is shown with the flag', () => {
    expect(
      shown(load(scenarioText(), {}, { set: ['duration=10 minutes', 'topics.orders.partition=3'] })),
    ).toMatchInlineSnapshot(`
      "--set:1:10 error SP1120: expected a duration such as 250us, 5ms, 2m or 7d, not '10 minutes'
        1 | duration=10 minutes
          |          ^^^^^^^^^^
        did you mean \`10m\`?
      --set:2:1 error SP1100: unknown key 'partition' in topics.orders
        2 | topics.orders.partition=3
          | ^^^^^^^^^^^^^^^^^^^^^^^
        did you mean \`partitions\`?"
    `);
  });

  test('the seed is the flag, else what is written, else the name of the file', () => {
    expect(loadOne(scenarioText(), { seed: '7' }).seed).toBe('7');
    expect(loadOne(scenarioText('seed: 8')).seed).toBe('8');
    expect(loadOne(scenarioText()).seed).toBe('a');
  });
});

describe('a matrix', () => {
  const matrix = 'matrix:\n  vary: { producers.checkout.config.acks: [1, all], config.min.insync.replicas: [1, 2] }\n';

  test('gives one scenario for each combination, in the order of the file', () => {
    const { scenarios } = load(scenarioText(matrix));
    expect(scenarios.map((scenario) => scenario.variant.map(({ value }) => value))).toEqual([
      ['1', '1'],
      ['1', '2'],
      ['all', '1'],
      ['all', '2'],
    ]);
    expect(scenarios[3]?.producers[0]?.configs.get('acks')?.value).toBe('all');
    expect(scenarios[3]?.clusters[0]?.brokerConfigs.get('min.insync.replicas')?.value).toBe(2);
  });

  test('leaves out what except says', () => {
    const except = '  except: [{ producers.checkout.config.acks: 1, "config.[min.insync.replicas]": 2 }]';
    expect(load(scenarioText(matrix + except)).scenarios).toHaveLength(3);
  });

  test('may vary variables', () => {
    const text = 'brokers: "${n}"\nvars: { n: 1 }\nmatrix: { vary: { vars.n: [1, 2, 3] } }';
    expect(load(text).scenarios.map((scenario) => scenario.clusters[0]?.brokers.length)).toEqual([1, 2, 3]);
  });

  test('says a mistake that all combinations share once', () => {
    expect(
      load(scenarioText(`${matrix}duration: long`)).diagnostics.filter((d) => d.severity === 'error'),
    ).toHaveLength(1);
  });
});

test('merge keys and aliases are followed', () => {
  const scenario = loadOne(
    'brokers: 3\nvars: { d: &d { partitions: 6, replicationFactor: 3 } }\ntopics: { a: *d, b: { <<: *d, partitions: 2 } }',
  );
  expect(scenario.clusters[0]?.topics.map((topic) => [topic.partitionCount, topic.replicationFactor])).toEqual([
    [6, 3],
    [2, 3],
  ]);
});

test('a scenario is frozen all the way down and can be sent to a worker', () => {
  const scenario = loadOne(scenarioText());
  expect(Object.isFrozen(scenario.clusters[0]?.brokers[0]?.hardware.disks)).toBe(true);
  expect(structuredClone(scenario)).toEqual(scenario);
});
