import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { cliReference } from '../../src/cli/cliReference.ts';
import { COMMANDS, FLAGS } from '../../src/cli/options.ts';
import { NOTHING_LOST, runCli, scenarioText, temporaryFolder } from './runCli.ts';

const ROOT = resolve(import.meta.dirname, '../..');

test('docs/cli.md is what the tables say (npm run docs:cli writes it)', () => {
  expect(readFileSync(join(ROOT, 'docs/cli.md'), 'utf8')).toBe(cliReference());
});

test('every flag of the table is used by a command', () => {
  const used = new Set(COMMANDS.flatMap(({ flags }) => flags));
  expect(Object.keys(FLAGS).filter((name) => !used.has(name as keyof typeof FLAGS))).toEqual([]);
});

test('explain names every value with its origin, and hides only what has no effect', async () => {
  const folder = temporaryFolder({ 'a.scenario.yaml': scenarioText('a', NOTHING_LOST) });
  const { code, stdout } = await runCli(folder, 'explain', 'a.scenario.yaml', '--set', 'duration=7s');
  expect(code).toBe(0);
  expect(stdout).toMatch(/duration +7s +(?:scenario|flag)/);
  expect(stdout).toMatch(/configs at Kafka's default without effect in the model; --all shows them/);
  const all = await runCli(folder, 'explain', 'a.scenario.yaml', '--all');
  expect(all.stdout.split('\n').length).toBeGreaterThan(stdout.split('\n').length + 50);
});

test('explain CODE says what a diagnostic means', async () => {
  const { code, stdout } = await runCli(temporaryFolder(), 'explain', 'sp1102');
  expect(code).toBe(0);
  expect(stdout).toContain('SP1102');
});

test('machines prints one machine as text and as Mermaid', async () => {
  const folder = temporaryFolder();
  expect((await runCli(folder, 'machines', 'broker')).stdout).toContain('RUNNING');
  const { stdout } = await runCli(folder, 'machines', 'broker', '--format', 'mermaid');
  expect(stdout).toContain('stateDiagram-v2');
  expect((await runCli(folder, 'machines', 'brokr')).stderr).toContain("did you mean 'broker'");
});

test('init copies a scenario that validates, and leaves existing files alone', async () => {
  const folder = temporaryFolder();
  const first = await runCli(folder, 'init');
  expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
  expect(readdirSync(join(folder, 'scenarios'))).toContain('01-quick-start.scenario.yaml');
  expect(readdirSync(join(folder, 'schemas'))).toEqual(['scenario.schema.json']);
  expect((await runCli(folder, 'validate')).code).toBe(0);
  const second = await runCli(folder, 'init');
  expect(second.code).toBe(2);
  expect(second.stderr).toContain('exists already');
});

test('init finds an example without its number, by its beginning, and suggests the nearest of a mistyped one', async () => {
  const folder = temporaryFolder();
  await runCli(folder, 'init', '--example', 'quick-start');
  expect(readdirSync(join(folder, 'scenarios'))).toContain('01-quick-start.scenario.yaml');
  const begun = await runCli(folder, 'init', '--example', 'broker-crash');
  expect(begun.stdout).toContain('created  scenarios/02-broker-crash-acks-all.scenario.yaml');
  expect(begun.stdout).toContain('also in the gallery: 03-broker-crash-acks-1');
  const mistyped = await runCli(folder, 'init', '--example', 'quik-start');
  expect(mistyped).toMatchObject({ code: 2, stderr: expect.stringContaining("did you mean 'quick-start'?") });
});

test('conformance passes on our evidence, and refuses a folder without vectors', async () => {
  const { code, stdout } = await runCli(ROOT, 'conformance', 'evidence/vectors');
  expect(code).toBe(0);
  expect(stdout).toMatch(/cases as Kafka, 0 different/);
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'empty'));
  expect((await runCli(folder, 'conformance', 'empty')).code).toBe(2);
});
