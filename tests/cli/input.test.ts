import { describe, expect, test } from 'vitest';
import { MUST_FAIL, NOTHING_LOST, runCli, scenarioText, temporaryFolder } from './runCli.ts';

describe('wrong input exits with 2 and says what would be right', () => {
  const folder = () => temporaryFolder({ 'a.scenario.yaml': scenarioText('a', NOTHING_LOST) });
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown flag', ['run', '--sed', '3'], /unknown option '--sed'[\s\S]*--seed/],
    ['an unknown command', ['vaildate', 'a.scenario.yaml'], /did you mean the command 'validate'/],
    ['a missing file', ['run', 'nothing.scenario.yaml'], /no such file.*nothing\.scenario\.yaml/],
    ['no scenarios/ folder', ['run'], /no folder scenarios\/ here.*streamproof init/],
    ['a count that is none', ['run', 'a.scenario.yaml', '--seeds', 'many'], /'many' is not a whole number from 1 to/],
    ['an empty seed', ['run', 'a.scenario.yaml', '--seed', ''], /must not be empty/],
    ['a --set without a value', ['run', 'a.scenario.yaml', '--set', 'duration'], /not of the form path=value/],
    ['a duration without a unit', ['run', 'a.scenario.yaml', '--time-limit', '5'], /'5' is not a duration such as/],
    [
      'an unknown reporter',
      ['run', 'a.scenario.yaml', '--reporter', 'jnuit'],
      /no reporter 'jnuit'; did you mean 'junit'/,
    ],
    [
      'two reporters on stdout',
      ['run', 'a.scenario.yaml', '--reporter', 'json', '--reporter', 'junit'],
      /both write to stdout/,
    ],
    [
      'a filter that matches nothing',
      ['run', 'a.scenario.yaml', '--tag', 'durabilty'],
      /no scenario matches --tag durabilty/,
    ],
    ['a seed for golden results', ['run', 'a.scenario.yaml', '-u', '--seed', 'x'], /golden.*own seed/],
    ['an unknown code', ['explain', 'SP9999'], /no diagnostic code SP9999/],
    ['a result that is none', ['report', 'a.scenario.yaml'], /not a Streamproof result/],
    ['an unknown example', ['init', '--example', 'qick'], /no example 'qick'/],
  ];
  test.concurrent.each(cases)('%s', async (_name, args, message) => {
    const { code, stdout, stderr } = await runCli(folder(), ...args);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at .*\.ts:/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

test('all errors of all files are shown, and nothing is played', async () => {
  const folder = temporaryFolder({
    'a.scenario.yaml': scenarioText('a', NOTHING_LOST.replace('noRecordLoss', 'noRecordLos')),
    'b.scenario.yaml': scenarioText('b', NOTHING_LOST).replace('10s', '10 parsecs'),
    'c.scenario.yaml': scenarioText('c', NOTHING_LOST),
  });
  const { code, stdout, stderr } = await runCli(folder, 'run', '.');
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/a\.scenario\.yaml:\d+:\d+ error SP1\d{3}: [\s\S]*b\.scenario\.yaml:2:\d+ error SP1\d{3}: /);
});

test('validate counts what is valid, and prints JSON alone when asked', async () => {
  const folder = temporaryFolder({
    'a.scenario.yaml': scenarioText('a', NOTHING_LOST),
    'b.scenario.yaml': 'nmae: b\n',
  });
  const text = await runCli(folder, 'validate', '.');
  expect(text.code).toBe(2);
  expect(text.stdout).toContain('✓ a.scenario.yaml');
  expect(text.stderr).toContain('1 valid, 1 with errors');
  const json = await runCli(folder, 'validate', '.', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject([
    { file: 'a.scenario.yaml', valid: true, diagnostics: [] },
    { file: 'b.scenario.yaml', valid: false },
  ]);
});

test('list shows names, tags and expectations, filtered like run', async () => {
  const folder = temporaryFolder({
    'a.scenario.yaml': scenarioText('First', `tags: [durability]\n${NOTHING_LOST}`),
    'b.scenario.yaml': scenarioText('Second', MUST_FAIL),
  });
  const { code, stdout } = await runCli(folder, 'list', '.', '--json', '--tag', 'durability');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual([
    {
      file: 'a.scenario.yaml',
      name: 'First',
      tags: ['durability'],
      durationUs: 10_000_000,
      combinations: 1,
      expectations: ['nothing is lost'],
    },
  ]);
  expect((await runCli(folder, 'list', '.', '--grep', 'SECOND')).stdout).toContain('Second (10 s, 1 expectation)');
});

test('every command and flag of the tables is in the help', async () => {
  const { code, stdout } = await runCli(temporaryFolder(), 'run', '--help');
  expect(code).toBe(0);
  expect(stdout).toContain('--time-limit <duration>');
  expect(stdout).toContain('Examples:');
  expect((await runCli(temporaryFolder(), '--help')).stdout).toContain('130  interrupted');
});
