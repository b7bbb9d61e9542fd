import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { METRIC_UNITS, METRICS, metricNamed } from '../metrics/metricNames.ts';
import { FACTS } from './clusterFactNames.ts';
import { expectationsPage, metricsPage } from './reference.ts';
import { CLAIMS, claimNamed } from './registry.ts';
import type { Schema } from './schemaParts.ts';
import { bound, claim, forged } from './testing/forgedTrace.ts';

function everyKey(schema: Schema, path: string): [string, Schema][] {
  const own: [string, Schema][] = [[path, schema]];
  const properties = (schema.properties ?? {}) as Record<string, Schema>;
  return [...own, ...Object.entries(properties).flatMap(([key, below]) => everyKey(below, `${path}.${key}`))];
}

const schemas = CLAIMS.flatMap(({ name, schema, beside }) => [
  ...everyKey(schema, name),
  ...Object.entries(beside).flatMap(([key, below]) => everyKey(below, `${name} ${key}`)),
]);

test('every key of every claim has a description and an example', () => {
  for (const [path, schema] of schemas) {
    expect(schema.description, path).toBeTypeOf('string');
    expect(schema.examples, path).not.toHaveLength(0);
  }
});

test('examples of claims are valid against the claims’ own schema', () => {
  const ajv = new Ajv({ strict: false });
  for (const { name, schema, beside, examples } of CLAIMS) {
    const properties = { [name]: schema, ...beside, during: {}, outside: {} };
    const check = ajv.compile({ type: 'object', properties, required: [name], additionalProperties: false });
    for (const example of examples) expect(check(example), `${name}: ${JSON.stringify(check.errors)}`).toBe(true);
    for (const example of (schema.examples as unknown[]) ?? []) expect(check({ [name]: example }), name).toBe(true);
  }
});

test('names are unique, and unknown ones are not found', () => {
  for (const list of [CLAIMS, METRICS, FACTS]) {
    const names = list.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  }
  expect(claimNamed('noRecordLos')).toBeUndefined();
  expect(metricNamed('produce.latencyy')).toBeUndefined();
  expect(metricNamed('errors.not a code')).toBeUndefined();
  expect(metricNamed('errors.NOT_ENOUGH_REPLICAS')).toMatchObject({ unit: 'count' });
  expect(METRIC_UNITS['errors.*']).toBe('count');
});

test.each(METRICS.map(({ name, aggregations }) => [name, aggregations[0]!] as const))(
  'a run in which nothing happens decides nothing about %s',
  (name, aggregation) => {
    const trace = forged([claim('metric', { metric: name, [aggregation]: bound('>= 0', 0, null) })]);
    expect(trace.verdict(1000)).toMatchObject({ status: 'inconclusive' });
  },
);

test('the reference is up to date (node scripts/generateReference.ts)', () => {
  const read = (file: string) => readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8');
  expect(read('expectations.md')).toBe(expectationsPage());
  expect(read('metrics.md')).toBe(metricsPage());
});
