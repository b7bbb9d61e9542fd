import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RunReport } from '../../src/result/runResult.ts';
import { MUST_FAIL, NOTHING_LOST, runCli, scenarioText, startCli, temporaryFolder } from './runCli.ts';

const LONG = '7d';

function reportOf(stdout: string): RunReport {
  return JSON.parse(stdout) as RunReport;
}

/** All of a report that may not differ between two runs. */
function timeless(report: RunReport): unknown {
  return { ...report, results: report.results.map((result) => ({ ...result, environment: null })) };
}

describe('exit codes', () => {
  test('0 when all passed; reports are written below reports/ and named', async () => {
    const folder = temporaryFolder({ 'a.scenario.yaml': scenarioText('a', NOTHING_LOST) });
    const { code, stdout, stderr } = await runCli(folder, 'a.scenario.yaml');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('1 scenario: 1 passed');
    const files = readdirSync(join(folder, 'reports')).sort();
    expect(files).toEqual([expect.stringMatching(/^a-[0-9a-f]+\.html$/), expect.stringMatching(/^a-[0-9a-f]+\.json$/)]);
    for (const file of files) expect(stdout).toContain(`reports/${file}`);
    expect(stdout).not.toContain('\u001b');
  });

  test('1 when an expectation failed, with the command that shows it again', async () => {
    const folder = temporaryFolder({ 'a.scenario.yaml': scenarioText('a', MUST_FAIL) });
    const { code, stdout } = await runCli(folder, 'a.scenario.yaml', '--seed', 'it is mine');
    expect(code).toBe(1);
    expect(stdout).toContain("streamproof run a.scenario.yaml --seed 'it is mine'");
  });

  test('3 when the events were used up, with the arithmetic', async () => {
    const folder = temporaryFolder({ 'a.scenario.yaml': scenarioText('a', NOTHING_LOST) });
    const { code, stdout } = await runCli(folder, 'a.scenario.yaml', '--max-events', '5000', '--json');
    expect(code).toBe(3);
    const [result] = reportOf(stdout).results;
    expect(result?.outcome).toBe('inconclusive');
    expect(result?.endedEarly?.text).toMatch(
      /5000 events \(--max-events\) were used up after .* of 10 s simulated; at \d+ events per/,
    );
    expect(result?.verdicts.map(({ status }) => status)).toEqual(['inconclusive']);
  });

  test('3 when the wall-clock limit was reached', async () => {
    const folder = temporaryFolder({ 'a.scenario.yaml': scenarioText('a', NOTHING_LOST, LONG) });
    const { code, stdout } = await runCli(folder, 'a.scenario.yaml', '--time-limit', '200ms', '--json');
    expect(code).toBe(3);
    expect(reportOf(stdout).results[0]?.endedEarly?.text).toContain('wall-clock limit of 200 ms');
  });

  test('3 when a worker ran out of memory, with the limit', async () => {
    const huge = scenarioText('a', NOTHING_LOST, LONG).replace('partitions: 3', 'partitions: 3000');
    const folder = temporaryFolder({ 'a.scenario.yaml': huge });
    const { code, stdout } = await runCli(folder, 'a.scenario.yaml', '--max-memory', '24', '--json');
    expect(code).toBe(3);
    expect(reportOf(stdout).results[0]?.endedEarly?.text).toContain('more than the 24 MiB');
  });

  test('4 when a report cannot be written; the verdicts still appear', async () => {
    const folder = temporaryFolder({ 'a.scenario.yaml': scenarioText('a', NOTHING_LOST), reports: 'a file' });
    const { code, stdout, stderr } = await runCli(folder, 'a.scenario.yaml');
    expect(code).toBe(4);
    expect(stderr).toMatch(/^error: the html report failed: Cannot write reports\/.*\.html: a file is in the way/);
    expect(stdout).toContain('1 scenario: 1 passed');
  });
});

describe('interruption', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s stops the runs within 200 ms and writes partial results that say so', async (signal, expected) => {
    const folder = temporaryFolder({
      'a.scenario.yaml': scenarioText('short', NOTHING_LOST, '1s'),
      'b.scenario.yaml': scenarioText('running', NOTHING_LOST, LONG),
      'c.scenario.yaml': scenarioText('not begun', NOTHING_LOST, LONG),
    });
    const run = startCli(folder, ['.', '-j', '1', '--reporter', 'json=result.json']);
    await run.sawOnStderr('short');
    // The second run begins when the first one ends; give it time for some of its seven days.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const askedAtMs = performance.now();
    run.signal(signal);
    const { code, stdout } = await run.result;
    // 200 ms for the run to stop, and some for a loaded machine to write and leave.
    expect(performance.now() - askedAtMs).toBeLessThan(1500);
    expect(code).toBe(expected);
    expect(stdout).toContain('2 interrupted, 1 passed');
    const { results } = reportOf(readFileSync(join(folder, 'result.json'), 'utf8'));
    expect(results.map(({ outcome }) => outcome)).toEqual(['passed', 'interrupted', 'interrupted']);
    expect(results[1]?.simulatedUs).toBeGreaterThan(0);
    expect(results[1]?.verdicts.map(({ status }) => status)).toEqual(['inconclusive']);
    expect(results[2]?.endedEarly?.text).toContain('had not begun');
  });

  test('a reader that goes away is no error', async () => {
    const folder = temporaryFolder({ 'a.scenario.yaml': scenarioText('a', NOTHING_LOST) });
    const run = startCli(folder, ['a.scenario.yaml', '--json']);
    run.closeStdout();
    const { code, stderr } = await run.result;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

describe('the same results for', () => {
  const files = {
    'a.scenario.yaml': scenarioText('a', NOTHING_LOST),
    'b.scenario.yaml': scenarioText('b', MUST_FAIL, '3s'),
    'c.scenario.yaml': scenarioText('c', NOTHING_LOST, '1s'),
  };

  test('one worker and three, in the order of the input', async () => {
    const folder = temporaryFolder(files);
    const [one, three] = await Promise.all([
      runCli(folder, '.', '--json', '-j', '1'),
      runCli(folder, '.', '--json', '-j', '3'),
    ]);
    expect(timeless(reportOf(three.stdout))).toEqual(timeless(reportOf(one.stdout)));
    expect(reportOf(one.stdout).results.map(({ scenario }) => scenario.name)).toEqual(['a', 'b', 'c']);
  });

  test('another seed differ, the same seed do not', async () => {
    const folder = temporaryFolder(files);
    const digest = async (seed: string) =>
      reportOf((await runCli(folder, 'a.scenario.yaml', '--json', '--seed', seed)).stdout).results[0]?.digest;
    const [first, again, other] = await Promise.all([digest('x'), digest('x'), digest('y')]);
    expect(first).toBe(again);
    expect(first).not.toBe(other);
  });
});

describe('many runs', () => {
  test('--seeds gives a pass rate and the worst seed, which its command reproduces', async () => {
    const folder = temporaryFolder({ 'a.scenario.yaml': scenarioText('a', MUST_FAIL, '2s') });
    const { code, stdout } = await runCli(folder, 'a.scenario.yaml', '--seeds', '5', '--json', '--seed', 's');
    expect(code).toBe(1);
    const { seeds, results } = reportOf(stdout);
    expect(seeds).toMatchObject([{ seeds: 5, outcomes: { passed: 0, failed: 5 }, worst: { seed: 's-1' } }]);
    expect(seeds[0]?.expectations).toEqual([
      { name: 'records get lost', passed: 0, failed: 5, inconclusive: 0, worstSeed: 's-1' },
    ]);
    expect(results.map(({ seed, outcome }) => ({ seed, outcome }))).toEqual([{ seed: 's-1', outcome: 'failed' }]);
    expect(seeds[0]?.worst?.reproduce).toBe(results[0]?.reproduce);
  });

  test('a matrix gives a row for each combination under the same seed, and --variant picks', async () => {
    const matrix = `matrix: { vary: { producers.checkout.config.acks: ["1", all], producers.checkout.rate: [100/s, 200/s] } }\n`;
    const folder = temporaryFolder({ 'a.scenario.yaml': scenarioText('a', NOTHING_LOST + matrix, '2s') });
    const { results, matrices } = reportOf((await runCli(folder, 'a.scenario.yaml', '--json')).stdout);
    expect(matrices[0]?.axes).toEqual(['producers.checkout.config.acks', 'producers.checkout.rate']);
    expect(matrices[0]?.rows).toHaveLength(4);
    expect(new Set(results.map(({ seed }) => seed)).size).toBe(1);
    const last = matrices[0]?.rows.at(-1);
    const args = (last?.reproduce ?? '').replaceAll("'", '').split(' ').slice(1);
    const again = reportOf((await runCli(folder, ...args, '--json')).stdout);
    expect(again.results.map(({ digest }) => digest)).toEqual([results.at(-1)?.digest]);
  });
});

describe('output', () => {
  test('--json writes nothing but JSON to stdout and no file', async () => {
    const folder = temporaryFolder({ 'a.scenario.yaml': scenarioText('a', NOTHING_LOST) });
    const { stdout } = await runCli(folder, 'a.scenario.yaml', '--json');
    expect(reportOf(stdout).results).toHaveLength(1);
    expect(existsSync(join(folder, 'reports'))).toBe(false);
  });

  test('--reporter NAME=FILE replaces the default files; report makes the same from the JSON', async () => {
    const folder = temporaryFolder({ 'a.scenario.yaml': scenarioText('a', NOTHING_LOST) });
    await runCli(folder, 'a.scenario.yaml', '--reporter', 'json=r.json', '--reporter', 'markdown=out/first.md');
    expect(existsSync(join(folder, 'reports'))).toBe(false);
    const { code } = await runCli(folder, 'report', 'r.json', '--reporter', 'markdown=second.md');
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'second.md'), 'utf8')).toBe(readFileSync(join(folder, 'out/first.md'), 'utf8'));
  });

  test('--quiet says nothing about what passed', async () => {
    const folder = temporaryFolder({
      'a.scenario.yaml': scenarioText('Good one', NOTHING_LOST, '1s'),
      'b.scenario.yaml': scenarioText('Bad one', MUST_FAIL, '1s'),
    });
    const { stdout, stderr } = await runCli(folder, '.', '--quiet');
    expect(stderr).toBe('');
    expect(stdout).toContain('Bad one');
    expect(stdout).not.toContain('Good one');
  });

  test('on GitHub Actions what failed is annotated as well', async () => {
    const folder = temporaryFolder({ 'a.scenario.yaml': scenarioText('a', MUST_FAIL, '1s') });
    const { stdout } = await startCli(folder, ['a.scenario.yaml'], { GITHUB_ACTIONS: 'true' }).result;
    expect(stdout).toMatch(/^::error file=a\.scenario\.yaml,line=\d+,/m);
  });

  test('FORCE_COLOR colours a pipe, NO_COLOR beats it', async () => {
    const folder = temporaryFolder({ 'a.scenario.yaml': scenarioText('a', NOTHING_LOST, '1s') });
    const [forced, refused] = await Promise.all([
      startCli(folder, ['a.scenario.yaml'], { FORCE_COLOR: '1' }).result,
      startCli(folder, ['a.scenario.yaml', '--output', 'other'], { FORCE_COLOR: '1', NO_COLOR: '1' }).result,
    ]);
    expect(forced.stdout).toContain('\u001b[32m');
    expect(refused.stdout).not.toContain('\u001b');
  });
});

test('golden files are written, hold, and show a difference', async () => {
  const folder = temporaryFolder({ 'a.scenario.yaml': scenarioText('a', NOTHING_LOST, '2s') });
  const missing = await runCli(folder, 'a.scenario.yaml', '--check-golden');
  expect(missing.code).toBe(1);
  expect(missing.stderr).toContain('has no golden file');
  expect((await runCli(folder, 'a.scenario.yaml', '--update-golden')).stdout).toContain('expected/a.json');
  expect(JSON.parse(readFileSync(join(folder, 'expected/a.json'), 'utf8'))).toMatchObject({
    outcome: 'passed',
    seed: 'a',
  });
  expect((await runCli(folder, 'a.scenario.yaml', '--check-golden')).code).toBe(0);
  writeFileSync(join(folder, 'a.scenario.yaml'), scenarioText('a', NOTHING_LOST, '3s'));
  const changed = await runCli(folder, 'a.scenario.yaml', '--check-golden');
  expect(changed.code).toBe(1);
  expect(changed.stderr).toMatch(/a\.scenario\.yaml: digest is [0-9a-f]+, golden [0-9a-f]+/);
});
