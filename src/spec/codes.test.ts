import { describe, expect, test } from 'vitest';
import { CODES, type DiagnosticCode, explainCode } from './codes.ts';
import { type LoadOptions, type LoadResult, loadScenario } from './load.ts';
import { load, scenarioText } from './testing/load.ts';

interface Case {
  readonly text?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly options?: LoadOptions;
  readonly run?: () => LoadResult;
}

const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
for (let level = 1; level < 8; level++)
  bomb.push(`a${level}: &a${level} [${`*a${level - 1}, `.repeat(9)}*a${level - 1}]`);

/** For each code the smallest input that produces it. */
const CASES: Readonly<Record<DiagnosticCode, Case>> = {
  SP1001: { run: () => loadScenario('no/such.scenario.yaml') },
  SP1002: { text: '# nothing yet\n' },
  SP1003: { text: `name: ${'x'.repeat(1_100_000)}` },
  SP1004: { text: 'name: a\u0000b' },
  SP1005: { text: `${'['.repeat(200)}${']'.repeat(200)}` },
  SP1006: { text: bomb.join('\n') },
  SP1007: { text: 'name: *nowhere' },
  SP1008: { text: 'name: !!js/function "() => 1"' },
  SP1009: { text: scenarioText('vars: { a: 9007199254740993 }') },
  SP1010: { text: 'topics: { orders: [ }' },
  SP1011: { text: scenarioText('name: a\nname: b') },
  SP1012: { text: `${scenarioText()}---\n${scenarioText()}` },
  SP1013: { text: scenarioText('vars: { __proto__: 1 }') },
  SP1014: { text: '- brokers: 3' },
  SP1020: { text: scenarioText('extends: ../../secret.yaml') },
  SP1021: { text: scenarioText('extends: lib/missing.yaml') },
  SP1022: { text: scenarioText('extends: b.yaml'), files: { 'b.yaml': 'extends: b.yaml' } },
  SP1023: {
    text: scenarioText('extends: f0.yaml'),
    files: Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`f${i}.yaml`, `extends: f${i + 1}.yaml`])),
  },
  SP1030: { text: scenarioText('name: "${nobody}"') },
  SP1031: { text: scenarioText('vars: { a: "${b}", b: "${a}" }\nname: "${a}"') },
  SP1032: { text: scenarioText(), options: { set: ['seed'] } },
  SP1033: { text: scenarioText(), options: { set: ['brokers.count=3'] } },
  SP1041: {
    text: scenarioText(`matrix: { vary: { vars.a: [${'1, '.repeat(16)}2], vars.b: [${'1, '.repeat(16)}2] } }`),
  },
  SP1042: { text: scenarioText('matrix: { vary: { vars.a: [] } }') },
  SP1100: { text: scenarioText('topicz: {}') },
  SP1101: { text: scenarioText('producers: {}').replace('to: orders, ', '') },
  SP1102: { text: scenarioText('duration: [1m]') },
  SP1103: { text: scenarioText('operations: [{ at: 1m, electLeaders: { type: any } }]') },
  SP1104: { text: scenarioText().replace('brokers: 3', 'brokers: 100000') },
  SP1105: { text: scenarioText().replace('orders:', '"bad topic":') },
  SP1106: { text: scenarioText('failures: [{ at: 1m, crash: [] }]') },
  SP1107: { text: scenarioText('failures: [{ at: 1m, after: x, crash: { broker: 1 } }]') },
  SP1120: { text: scenarioText('duration: 10 minutes') },
  SP1121: { text: scenarioText().replace('rate:', 'record: { size: 1024 }, rate:') },
  SP1122: { text: scenarioText().replace('2k/s', '2000') },
  SP1123: { text: scenarioText().replace('rate:', 'record: { compressesTo: 0.4 }, rate:') },
  SP1124: { text: scenarioText().replace('rate:', 'record: { keys: { count: many } }, rate:') },
  SP1125: { text: scenarioText('expect: [{ metric: produce.latency, p99: "below 60ms" }]') },
  SP1126: { text: scenarioText('failures: [{ at: 1m, crash: the big one }]') },
  SP1140: { text: scenarioText('operations: [{ at: 1m, rollingRestart: { cluster: eu } }]') },
  SP1141: { text: scenarioText('expect: [{ noRecordLoss: { topic: ordres } }]') },
  SP1142: { text: scenarioText('failures: [{ at: 1m, crash: leader of orders-6 }]') },
  SP1143: { text: scenarioText('failures: [{ at: 1m, crashClient: biling }]') },
  SP1145: { text: scenarioText('failures: [{ at: 1m, crash: { broker: 4 } }]') },
  SP1146: { text: scenarioText('failures: [{ at: 1m, crash: { zone: local/b } }]') },
  SP1147: { text: scenarioText('failures: [{ after: quake, crash: { broker: 1 } }]') },
  SP1148: {
    text: 'clusters: { eu: { brokers: 1 }, us: { brokers: 1 } }\noperations: [{ at: 1m, rollingRestart: {} }]',
  },
  SP1149: { text: scenarioText('failures: [{ at: 1m, failDisk: { broker: 1, disk: 2 } }]') },
  SP1150: {
    text: scenarioText(
      'failures: [{ name: a, at: 1m, crash: { broker: 1 } }, { name: a, at: 2m, crash: { broker: 1 } }]',
    ),
  },
  SP1151: {
    text: scenarioText('regions: { eu: {}, us: {} }').replace(
      'brokers: 3',
      'cluster: { region: eu, brokers: { count: 3, zones: [eu/a, us/a] } }',
    ),
  },
  SP1152: { text: scenarioText('duration: 1m\nwarmup: 1m') },
  SP1153: { text: scenarioText('failures: [{ name: a, after: a, crash: { broker: 1 } }]') },
  SP1160: { text: scenarioText('kafka: "5.0"') },
  SP1161: { text: scenarioText('config: { min.insync.replica: 2 }') },
  SP1162: {
    text: scenarioText('kafka: "3.9"\nconfig: { group.streams.session.timeout.ms: 45s }'),
  },
  SP1163: { text: scenarioText('config: { acks: all }') },
  SP1164: { text: scenarioText('config: { min.insync.replicas: 0 }') },
  SP1165: { text: scenarioText().replace('rate:', 'config: { enable.idempotence: true, acks: 1 }, rate:') },
  SP1166: { text: scenarioText().replace('replicationFactor: 3', 'replicationFactor: 4') },
  SP1167: { text: scenarioText().replace('replicationFactor: 3', 'replicas: { 0: [1, 2], 2: [2, 3] }') },
  SP1168: { text: scenarioText('config: { broker.rack: a }') },
  SP1169: { text: scenarioText('operations: [{ at: 1m, createPartitions: { topic: orders, partitions: 6 } }]') },
  SP1170: { text: scenarioText('kafka: "3.2"\noperations: [{ at: 1m, upgrade: { to: "4.0" } }]') },
  SP1180: { text: scenarioText('replication: { eu-to-us: { kind: mirror-maker-2 } }') },
  SP1190: { text: scenarioText(Array.from({ length: 120 }, (_, i) => `wrong${i}: 1`).join('\n')) },
  SP1191: { text: scenarioText('duration: 7d').replace(/rate: [^ ,}]+/, 'rate: 1M/s') },
  SP1201: { text: scenarioText('config: { min.insync.replicas: 4 }') },
  SP1202: { text: scenarioText('seed: on') },
  SP1203: { text: scenarioText('duration: 1m\nfailures: [{ at: 2m, crash: { broker: 1 } }]') },
  SP1204: { text: scenarioText().replace('rate:', 'config: { acks: 1 }, rate:') },
  SP1206: { text: scenarioText('operations: [{ at: 1m, alterConfig: { config: { num.partitions: 3 } } }]') },
  SP1207: { text: scenarioText('kafka: "3.0"') },
};

describe('every code', () => {
  test.each(Object.keys(CODES) as DiagnosticCode[])('%s is produced by its case', (code) => {
    const { text, files, options, run } = CASES[code];
    const result = run ? run() : load(text ?? '', files, options);
    expect(result.diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
    const severities = result.diagnostics.filter((d) => d.code === code).map((d) => d.severity);
    expect(new Set(severities)).toEqual(new Set([code.startsWith('SP12') ? 'warning' : 'error']));
    const hasErrors = result.diagnostics.some((diagnostic) => diagnostic.severity === 'error');
    expect(result.scenarios.length > 0).toBe(!hasErrors);
  });
});

test('a code is explained whatever its case, and an unknown one is not', () => {
  expect(explainCode('sp1180')).toMatchInlineSnapshot(`
    "SP1180: not available yet

    The language has this, but the model does not behave accordingly yet. It is refused rather than ignored.

    What to do: Leave it out for now."
  `);
  expect(explainCode('SP9999')).toBeUndefined();
  expect(explainCode('__proto__')).toBeUndefined();
});
