import { Ajv } from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Diagnostics } from '../diagnostics.ts';
import { readYamlText } from '../read/readYaml.ts';
import { scenarioSchema } from '../schema.ts';
import { Sources } from '../sources.ts';
import { toPlain } from '../tree.ts';
import { shapeErrors } from './shape.ts';

const ajv = new Ajv({
  strict: true,
  strictTypes: false,
  strictRequired: false,
  allowUnionTypes: true,
  ownProperties: true,
});
ajv.addVocabulary([
  'x-kind',
  'x-notAvailable',
  'x-names',
  'x-claims',
  'x-windowless',
  'x-metricUnits',
  'x-metricAggregations',
  'x-metricAliases',
  'x-metricScopes',
  'x-metricsFromInstant',
  'x-metricsNotModelled',
  'x-scopes',
]);
const accepts = ajv.compile(scenarioSchema());

const expectation = scenarioSchema().definitions!.expectation!;
const SCENARIO = JSON.stringify({
  regions: { eu: { zones: ['a', 'b'], network: { withinZone: '150us', loss: '0%' } }, us: {} },
  links: [{ between: ['eu', 'us'], latency: '38ms' }],
  clusters: {
    eu: {
      region: 'eu',
      kafka: '4.1',
      brokers: { count: 3, zones: ['a'], hardware: { cores: 8, disks: [{ size: '1TB' }] } },
      controllers: { count: 3, combined: false },
      topics: { orders: { partitions: 6, replicas: { 0: [1, 2] }, config: { 'retention.ms': '7d' } } },
    },
  },
  producers: {
    checkout: { to: 'orders', rate: [{ at: '0s', rate: '5k/s', shape: 'ramp' }], partitioner: { weights: [1, 2] } },
  },
  consumers: { billing: { from: ['orders'], startsAt: ['1s'], commit: 'auto' } },
  failures: [
    { name: 'a', at: '1m', partition: { between: ['broker 1', { zone: 'eu/a' }] } },
    { every: { mtbf: '1h', mttr: '1m' }, slow: { broker: 2, disk: '10x' } },
  ],
  operations: [{ after: { failure: 'a' }, scale: { client: 'billing', instances: 4 } }],
  expect: expectation.examples,
  matrix: { vary: { 'vars.n': [1, 2] } },
});
const PIECES = SCENARIO.split(/(?<=[{}[\],:])/);
const PUT = [
  'null',
  '1',
  '-1',
  '1e9',
  '1.5',
  '"x"',
  '"bad topic"',
  'true',
  '[]',
  '{}',
  '[1, "a"]',
  '{ "a": 1 }',
  '{ "broker": 1 }',
  '"name": 1,',
  '',
];

const mutated = fc
  .array(fc.tuple(fc.nat(PIECES.length - 1), fc.constantFrom(...PUT)), { minLength: 1, maxLength: 3 })
  .map((edits) => {
    const pieces = [...PIECES];
    for (const [at, put] of edits) pieces[at] = put + (pieces[at]!.match(/[{}[\],:]$/)?.[0] ?? '');
    return pieces.join('');
  });

test('the unchanged scenario has the shape', () => {
  expect(accepts(JSON.parse(SCENARIO))).toBe(true);
  expect(shapeErrors(treeOf(SCENARIO)!)).toEqual([]);
});

test('a scenario has the shape exactly when the schema library says so', () => {
  let compared = 0;
  let refused = 0;
  fc.assert(
    fc.property(mutated, (text) => {
      const tree = treeOf(text);
      if (!tree) return;
      const verdict = accepts(toPlain(tree));
      compared++;
      if (!verdict) refused++;
      expect(shapeErrors(tree).length === 0, text).toBe(verdict);
    }),
    { numRuns: 1200, seed: 4 },
  );
  expect(refused).toBeGreaterThan(200);
  expect(compared - refused).toBeGreaterThan(20);
});

function treeOf(text: string) {
  const diagnostics = new Diagnostics(new Sources());
  const tree = readYamlText(text, 'a.yaml', diagnostics);
  return diagnostics.hasErrors || tree?.kind !== 'map' ? undefined : tree;
}
