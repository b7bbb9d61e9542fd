/** The gallery: documentation, examples and benchmark at once, so each file must load, come out as it says, and stay the same. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { differences, type Golden, goldenOf, goldenPath } from '../src/cli/golden.ts';
import { runScenario } from '../src/runner/runScenario.ts';
import { formatDiagnostic, loadScenario } from '../src/spec/index.ts';

const FOLDER = 'scenarios';
const FILES = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.scenario.yaml'))
  .sort();
const SCHEMA_LINE = '# yaml-language-server: $schema=../schemas/scenario.schema.json\n';

function load(file: string) {
  const { scenarios, diagnostics, sources } = loadScenario(`${FOLDER}/${file}`);
  const texts = diagnostics.map((diagnostic) => formatDiagnostic(diagnostic, sources, { color: false }));
  return { scenarios, texts };
}

test('the gallery has at least fourteen scenarios, numbered without a gap', () => {
  expect(FILES.length).toBeGreaterThanOrEqual(14);
  expect(FILES.map((file) => Number(file.slice(0, 2)))).toEqual(FILES.map((_, index) => index + 1));
});

test('the index lists every scenario of the gallery', () => {
  const index = readFileSync(`${FOLDER}/README.md`, 'utf8');
  for (const file of FILES) expect(index).toContain(`](${file})`);
});

describe.each(FILES)('%s', (file) => {
  test('loads without a remark, tells its story and points editors to the schema', () => {
    const { scenarios, texts } = load(file);
    expect(texts).toEqual([]);
    for (const scenario of scenarios) {
      expect(scenario.description.length).toBeGreaterThan(200);
      expect(scenario.description).toContain('Try next:');
      expect(scenario.tags.length).toBeGreaterThan(0);
      expect(scenario.expectations.length).toBeGreaterThan(2);
      expect(scenario.notModelled).toEqual([]);
    }
    expect(readFileSync(`${FOLDER}/${file}`, 'utf8').startsWith(SCHEMA_LINE)).toBe(true);
  });

  test('comes out as expected, twice alike, and as its golden file says', () => {
    const { scenarios } = load(file);
    const results = scenarios.map((scenario) => runScenario(scenario));
    for (const { verdicts, endedEarly } of results) {
      expect(endedEarly).toBeNull();
      const others = verdicts.filter(({ status }) => status !== 'passed');
      expect(others.map(({ name, status, observed }) => `${name}: ${status}, ${observed}`)).toEqual([]);
    }
    const again = scenarios.map((scenario) => runScenario(scenario));
    expect(again.map(({ digest }) => digest)).toEqual(results.map(({ digest }) => digest));
    const golden = JSON.parse(readFileSync(goldenPath(`${FOLDER}/${file}`), 'utf8')) as Golden;
    expect(differences(golden, goldenOf(results))).toEqual([]);
  });
});
