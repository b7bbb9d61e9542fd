import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainScenario } from './explain/explainScenario.ts';
import { formatDiagnostic } from './formatDiagnostic.ts';
import { loadScenarioText } from './load.ts';
import { scenarioText } from './testing/load.ts';

/**
 * The law: for every text, loading takes less than a second of processor time and gives scenarios or with at least one error, every
 * diagnostic points into a text that was read, and a scenario that was accepted can be explained.
 */
const SEEDS = [
  scenarioText(),
  scenarioText(`
regions: { eu: { zones: [a, b] }, us: {} }
links: [{ between: [eu, us], latency: 38ms, loss: 1% }]
region: eu
vars: { n: 3, m: "\${n}0" }
failures:
  - { name: down, at: 1m, for: 30s, crash: leader of orders-0 }
  - { every: { mtbf: 1h, mttr: 1m }, freeze: { anyOf: brokers of kafka } }
  - { after: down.end, partition: { between: [broker 1, zone eu/b], oneWay: true } }
  - { at: 2m, degrade: { link: [eu, us], latency: +80ms } }
  - { at: 2m, slow: { broker: 2, disk: 10x } }
operations:
  - { after: { failure: down, delay: 2m ± 1m }, rollingRestart: { pause: 30s } }
  - { at: 3m, alterConfig: { topic: orders, config: { retention.ms: 1d } } }
expect:
  - { noRecordLoss: { topic: orders } }
  - { metric: produce.latency, of: checkout, p99: "< 60ms", during: steady }
matrix: { vary: { config.min.insync.replicas: [1, 2] } }`),
];
const WORDS = [
  ...[
    'orders',
    'broker',
    '3',
    '-1',
    '1e400',
    '.inf',
    '~',
    'null',
    'true',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ': ',
    '- ',
    ', ',
    '\n',
    '\n  ',
    '\t',
  ],
  ...[
    '&a ',
    '*a',
    '<<: *a',
    '!x ',
    '|',
    '>',
    '#',
    '---\n',
    '${n}',
    '${',
    '$${',
    '__proto__',
    'constructor',
    'config',
    'acks',
    '5ms',
    '10k/s',
  ],
  ...[
    '\u0000',
    '\u202e',
    '\ud800',
    '😀',
    'leader of orders-0',
    'extends: a.yaml\n',
    'crash',
    'expect',
    'metric: errors.NONE',
    '9'.repeat(30),
  ],
];

interface Edit {
  readonly at: number;
  readonly cut: number;
  readonly put: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.nat(2000),
  cut: fc.nat(12),
  put: fc.oneof(fc.constantFrom(...WORDS), fc.string({ maxLength: 8, unit: 'binary' })),
});
const mutated = fc
  .tuple(fc.constantFrom(...SEEDS), fc.array(edit, { minLength: 1, maxLength: 5 }))
  .map(([seed, edits]) =>
    edits.reduce((text, { at, cut, put }) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + put + text.slice(start + cut);
    }, seed),
  );
const wordSalad = fc
  .array(fc.constantFrom(...WORDS, ...SEEDS[1]!.split(/(?=[{},\n])/)), { maxLength: 60 })
  .map((words) => words.join(''));
const anything = fc.string({ maxLength: 400, unit: 'binary' });

function obeysTheLaw(text: string): void {
  const started = process.cpuUsage();
  const { scenarios, diagnostics, sources } = loadScenarioText(text, 'fuzz.scenario.yaml', {
    root: '.',
    readFile: () => new TextEncoder().encode('name: ${n}\nextends: a.yaml'),
  });
  expect(process.cpuUsage(started).user).toBeLessThan(1_000_000);
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  expect(scenarios.length > 0).toBe(errors.length === 0);
  for (const diagnostic of diagnostics) {
    const lines = (sources.text(diagnostic.file) ?? '').split('\n').length;
    expect(diagnostic.line).toBeLessThanOrEqual(lines);
    expect(diagnostic.endColumn).toBeGreaterThan(diagnostic.column);
    expect(formatDiagnostic(diagnostic, sources)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  }
  for (const scenario of scenarios) expect(explainScenario(scenario).length).toBeGreaterThan(0);
}

test('mutated scenarios are read or refused, never thrown at', () => {
  fc.assert(fc.property(mutated, obeysTheLaw), { numRuns: 1200, seed: 1 });
});

test('random words of the language are read or refused', () => {
  fc.assert(fc.property(wordSalad, obeysTheLaw), { numRuns: 500, seed: 2 });
});

test('random text is read or refused', () => {
  fc.assert(fc.property(anything, obeysTheLaw), { numRuns: 300, seed: 3 });
});

test.each([
  ['many keys', Array.from({ length: 60_000 }, (_, i) => `k${i}: 1`).join('\n')],
  ['a long flow list', `tags: [${'a,'.repeat(300_000)}]`],
  ['many aliases', `a: &a 1\nb: [${'*a,'.repeat(150_000)}]`],
  ['a long scalar', `name: ${'x'.repeat(1_000_000)}`],
  ['many quotes', '"'.repeat(200_000)],
  ['many dashes', '- '.repeat(400_000)],
  ['many anchors', Array.from({ length: 50_000 }, (_, i) => `k${i}: &a${i} 1`).join('\n')],
  [
    'a variable that doubles',
    `vars: { a0: xx, ${Array.from({ length: 30 }, (_, i) => `a${i + 1}: "\${a${i}}\${a${i}}"`).join(', ')} }\nname: "\${a30}"\nbrokers: 1`,
  ],
  [
    'lists of lists of variables',
    `vars: { a0: [1], ${Array.from({ length: 25 }, (_, i) => `a${i + 1}: ["\${a${i}}", "\${a${i}}"]`).join(', ')} }\ntags: "\${a25}"\nbrokers: 1`,
  ],
])('%s: refused or read in bounded time', (_name, text) => {
  const started = process.cpuUsage();
  loadScenarioText(text, 'fuzz.scenario.yaml', { root: '.' });
  // Processor time, so that a busy machine does not count.
  expect(process.cpuUsage(started).user).toBeLessThan(8_000_000);
});
