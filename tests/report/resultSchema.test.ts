import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { sortedJson } from '../../src/report/json.ts';
import { parseRunReport } from '../../src/report/parseRunReport.ts';
import { resultProblem } from '../../src/report/resultProblem.ts';
import { resultSchema } from '../../src/report/resultSchema.ts';
import { exampleReport, failedResult } from './exampleReport.ts';

const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: false });
const validate = ajv.compile(resultSchema);

/** Edits a copy of the example at a path such as `results.0.seed`. */
function broken(path: string, value: unknown): unknown {
  const copy = structuredClone(exampleReport()) as unknown as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const holder = keys.reduce<Record<string, unknown>>((node, key) => node[key] as Record<string, unknown>, copy);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
}

const BREAKS: [string, unknown, string][] = [
  ['results.0.seed', undefined, 'results[0].seed is missing'],
  ['results.0.outcome', 'fine', 'results[0].outcome should be one of passed, failed, inconclusive, interrupted'],
  ['results.0.verdicts.0.atUs', -1, 'results[0].verdicts[0].atUs should be at least 0'],
  ['results.0.verdicts.0.causes', null, 'results[0].verdicts[0].causes should be array but is null'],
  ['results.0.partitions.0.spans.0.leader', 'broker 1', 'should be integer or null but is string'],
  ['results.0.series.0.mean.3', 'x', 'results[0].series[0].mean[3] should be number or null but is string'],
  ['results.0.endedEarly', { reason: 'bored', text: '' }, 'reason should be one of budget, interrupted, error'],
  ['results.0.program.name', 'other', 'results[0].program.name should be "streamproof"'],
  ['results.0.totals.retries', '41', 'results[0].totals.retries should be number but is string'],
  ['results.1.ledger.total.lost', 0.5, 'results[1].ledger.total.lost should be integer but is number'],
  ['seeds.0.worst', 5, 'seeds[0].worst should be object but is integer'],
  ['matrices', {}, 'matrices should be array but is object'],
];

test('the published schema is the one that the program uses', async () => {
  await expect(`${sortedJson(resultSchema)}\n`).toMatchFileSnapshot('../../schemas/run-result.schema.json');
});

test('the schema accepts the example, and so does the reader of results', () => {
  expect(validate(exampleReport()), JSON.stringify(validate.errors)).toBe(true);
  expect(resultProblem(exampleReport())).toBeNull();
});

test('the schema knows every key of a result', () => {
  const strict = JSON.parse(JSON.stringify(resultSchema), (_, value) =>
    value?.type === 'object' && value.properties !== undefined ? { ...value, additionalProperties: false } : value,
  );
  delete strict.$id;
  const check = new Ajv({ strict: true, allowUnionTypes: true }).compile(strict);
  expect(check(exampleReport()), JSON.stringify(check.errors)).toBe(true);
});

test.each(BREAKS)('a result with a wrong %s is rejected', (path, value, sentence) => {
  const wrong = broken(path, value);
  expect(validate(wrong)).toBe(false);
  expect(resultProblem(wrong)).toContain(sentence);
});

test('a key of a later minor version is accepted', () => {
  const later = broken('results.0.replicationLinks', []);
  expect(validate(later)).toBe(true);
  expect(resultProblem(later)).toBeNull();
});

describe('reading a result file', () => {
  const problemOf = (text: string) => {
    const parsed = parseRunReport(text);
    return parsed.ok ? null : parsed.problem;
  };

  test('a single result is read as a report of one', () => {
    const parsed = parseRunReport(sortedJson(failedResult()));
    expect(parsed.ok && parsed.report.results).toEqual([failedResult()]);
  });

  test.each([
    ['', 'it is not valid JSON'],
    [sortedJson(exampleReport()).slice(0, 5000), 'it is not valid JSON'],
    ['null', 'there is no schemaVersion'],
    ['[]', 'there is no schemaVersion'],
    ['{"schemaVersion": 1}', 'schemaVersion should look like 1.0.0'],
    ['{"schemaVersion": "1.0.0"}', 'results is missing'],
    ['{"schemaVersion": "1.0.0", "verdicts": []}', 'results[0].program is missing'],
  ])('%.40s is refused with a sentence', (text, sentence) => {
    expect(problemOf(text)).toContain(sentence);
  });

  test('another major version is refused, a later minor one is read', () => {
    const withVersion = (version: string) => sortedJson({ ...exampleReport(), schemaVersion: version });
    expect(problemOf(withVersion('1.7.0'))).toBeNull();
    expect(problemOf(withVersion('2.0.0'))).toBe(
      'This result has format 2.0.0, and this program reads format 1.x. A newer Streamproof wrote it: update, or run the scenario again.',
    );
    expect(problemOf(withVersion('0.9.0'))).toContain('Run it again.');
  });

  test('columns of different lengths are refused', () => {
    const report = exampleReport();
    report.results[0]!.series[1]!.max.pop();
    expect(problemOf(sortedJson(report))).toContain('results[0].series[1] has columns of different lengths');
  });

  test('a key named __proto__ changes nothing', () => {
    const text = sortedJson(exampleReport()).replace('"totals": {', '"totals": {"__proto__": 3, ');
    const parsed = parseRunReport(text);
    expect(parsed.ok).toBe(true);
    expect(({} as Record<string, unknown>).totals).toBeUndefined();
  });
});
