import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { load, scenarioText, shown } from '../testing/load.ts';

type Part = Record<string, unknown>;
const schema = JSON.parse(readFileSync('schemas/scenario.schema.json', 'utf8')) as Part;

/** Every schema of a key, with the path at which it stands. */
function* keys(part: Part, path: string): Generator<[string, Part]> {
  for (const [key, below] of Object.entries((part.properties ?? {}) as Record<string, Part>)) {
    yield [`${path}.${key}`, below];
    yield* keys(below, `${path}.${key}`);
  }
  for (const word of ['items', 'additionalProperties']) {
    const below = part[word];
    if (typeof below === 'object' && below !== null) yield* keys(below as Part, `${path}[]`);
  }
}

const roots: [string, Part][] = [['scenario', schema], ...Object.entries(schema.definitions as Record<string, Part>)];
const all = roots.flatMap(([name, part]) => [...keys(part, name)]);

test('every key of the language has a description and an example', () => {
  expect(all.length).toBeGreaterThan(150);
  const poor = all.filter(
    ([, part]) => String(part.description ?? '').length < 8 || !((part.examples as unknown[])?.length > 0),
  );
  expect(poor.map(([path]) => path)).toEqual([]);
});

test('every list and every text of the language is bounded', () => {
  const unbounded = all.filter(([, part]) => {
    const types = [part.type ?? []].flat() as string[];
    return (
      (types.includes('array') && part.maxItems === undefined) ||
      (types.includes('string') && part.maxLength === undefined && !('x-kind' in part))
    );
  });
  expect(unbounded.map(([path]) => path).filter((path) => !path.startsWith('scenario.vars'))).toEqual([]);
});

test('the examples of keys are themselves valid', () => {
  const ajv = new Ajv({ strict: false });
  ajv.addSchema(schema, 'scenario');
  const wrong = all.filter(([, part]) => {
    const check = ajv.compile({ ...part, definitions: schema.definitions });
    return !((part.examples ?? []) as unknown[]).every((example) => check(example));
  });
  expect(wrong.map(([path]) => path)).toEqual([]);
});

test('schema, validator and reference are those that the generator writes', () => {
  const report = () => execFileSync(process.execPath, ['scripts/generateSchema.ts', '--check'], { encoding: 'utf8' });
  expect(report()).toBe('');
});

test('the examples of expectations load', () => {
  const expectation = (schema.definitions as Record<string, Part>).expectation!;
  const failures = ['zone-a-down', 'broker-1-down'].map(
    (name) => `{ name: ${name}, at: 1m, for: 1m, crash: { broker: 1 } }`,
  );
  const result = load(
    scenarioText(`failures: [${failures.join(', ')}]\nexpect: ${JSON.stringify(expectation.examples)}`),
  );
  expect(shown(result)).toBe('');
  const claims = new Set(result.scenarios[0]?.expectations.map(({ claim }) => claim));
  expect([...claims].sort()).toEqual([...(expectation['x-claims'] as string[])].sort());
});

test('the schema uses no keyword that the shape check does not know', () => {
  const known = new Set(
    [
      'type',
      'enum',
      'minimum',
      'maximum',
      'maxLength',
      'pattern',
      'minItems',
      'maxItems',
      'minProperties',
      'maxProperties',
    ].concat([
      'propertyNames',
      'required',
      'additionalProperties',
      'properties',
      'items',
      'allOf',
      '$ref',
      'definitions',
      'description',
      'examples',
    ]),
  );
  const used = new Set(
    roots.flatMap(([, part]) => Object.keys(part)).concat(all.flatMap(([, part]) => Object.keys(part))),
  );
  const unknown = [...used].filter(
    (word) => !known.has(word) && !word.startsWith('x-') && !['$schema', 'title'].includes(word),
  );
  expect(unknown).toEqual([]);
  const combined = all.filter(([, part]) => part.allOf !== undefined);
  expect(combined.filter(([, part]) => (part.allOf as unknown[]).length !== 1 || part.type !== undefined)).toEqual([]);
});
