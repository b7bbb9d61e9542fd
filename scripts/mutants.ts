/**
 * Plants wrong rules in the model, one at a time, and looks whether the tests notice:
 *
 *   npm run mutants [-- --only "part of a description"] [--jobs 2]
 *
 * Each mutant lives in a scratch copy of the project. First the oracle judges it, then the tests in the folder of the
 * changed file, then those of the whole broker side; the first failure ends it. Exit code 1: fewer than 95 % were noticed.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MUTANTS, type Mutant } from './mutants/list.ts';
import { applied } from './mutants/patch.ts';

const ROOT = resolve(import.meta.dirname, '..');
const COPIED = [
  'src',
  'tests',
  'scripts',
  'evidence',
  'scenarios',
  'schemas',
  'package.json',
  'vitest.config.ts',
  'tsconfig.json',
];
const NEEDED_SHARE = 0.95;
/** A wrong rule may also make a run endless. */
const LIMIT_MS = 300_000;

/** The quickest judge of all: the oracle, on fewer schedules than in the test run. */
const ORACLE = ['tests/model/oracle.test.ts', '-t', 'agrees'];
const FEW_PLANS = '40';
/** The broker side's own tests, and all of the oracle's. */
const SUITE = [
  'src/model/replication',
  'src/model/controller',
  'src/model/raft',
  'src/model/log',
  'src/model/algorithms',
  'src/model/operations',
  'src/conformance',
  'tests/model/oracle.test.ts',
  'tests/model/faultMatrix.test.ts',
];
const ALL_PLANS = '200';

interface Verdict {
  readonly mutant: Mutant;
  readonly outcome: 'noticed' | 'hangs' | 'survived' | 'broken';
  readonly by: string;
  readonly seconds: number;
}

const { values } = parseArgs({ options: { only: { type: 'string' }, jobs: { type: 'string', default: '2' } } });

const chosen = MUTANTS.filter(({ what }) => what.includes(values.only ?? ''));
const scratches = Array.from({ length: Math.min(Number(values.jobs), chosen.length) }, () => scratchCopy());
/** Test runs under way, each a process group of its own. */
const running = new Set<number>();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    for (const group of running) process.kill(-group, 'SIGKILL');
    tidyUp();
    process.exit(130);
  });
try {
  process.exitCode = await main();
} finally {
  tidyUp();
}

function tidyUp(): void {
  for (const folder of scratches) rmSync(folder, { recursive: true, force: true });
}

async function main(): Promise<number> {
  const baseline = await judge(scratches[0]!, SUITE);
  if (baseline.outcome !== 'survived') {
    console.log(`The tests fail without any mutant: ${baseline.by}`);
    return 1;
  }
  console.log(`${chosen.length} mutants; the tests pass without them.\n`);
  const queue = [...chosen];
  const verdicts: Verdict[] = [];
  await Promise.all(
    scratches.map(async (folder) => {
      for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
        const verdict = await tryOne(folder, mutant);
        verdicts.push(verdict);
        console.log(`${verdict.outcome.padEnd(8)} ${String(verdict.seconds).padStart(4)} s  ${mutant.what}`);
        if (verdict.by !== '') console.log(`${' '.repeat(16)}${verdict.by}`);
      }
    }),
  );
  return summary(verdicts);
}

function summary(verdicts: readonly Verdict[]): number {
  const noticed = verdicts.filter(({ outcome }) => outcome === 'noticed' || outcome === 'hangs').length;
  const share = noticed / verdicts.length;
  console.log(`\n${noticed} of ${verdicts.length} noticed (${(100 * share).toFixed(1)} %).`);
  for (const { outcome, mutant, by } of verdicts)
    if (outcome === 'survived' || outcome === 'broken')
      console.log(`  ${outcome}: ${mutant.what} (${mutant.file}) ${by}`);
  return share >= NEEDED_SHARE && verdicts.every(({ outcome }) => outcome !== 'broken') ? 0 : 1;
}

function scratchCopy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'streamproof-mutants-'));
  for (const name of COPIED) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

async function tryOne(folder: string, mutant: Mutant): Promise<Verdict> {
  const path = join(folder, mutant.file);
  const original = readFileSync(path, 'utf8');
  const began = Date.now();
  writeFileSync(path, applied(mutant, original));
  try {
    for (const tests of [ORACLE, [dirname(mutant.file), 'src/conformance'], SUITE]) {
      const result = await judge(folder, tests);
      if (result.outcome !== 'survived') return { mutant, ...result, seconds: secondsSince(began) };
    }
    return { mutant, outcome: 'survived', by: '', seconds: secondsSince(began) };
  } finally {
    writeFileSync(path, original);
  }
}

function secondsSince(beganMs: number): number {
  return Math.round((Date.now() - beganMs) / 1000);
}

/** Runs tests until the first one fails. A file that cannot even be loaded says nothing about the tests. */
function judge(folder: string, tests: readonly string[]): Promise<Pick<Verdict, 'outcome' | 'by'>> {
  const report = join(folder, 'result.json');
  rmSync(report, { force: true });
  return new Promise((done) => {
    const args = ['run', '--bail', '1', '--passWithNoTests', '--reporter=json', `--outputFile=${report}`, ...tests];
    const child = spawn(process.execPath, [join(folder, 'node_modules/vitest/vitest.mjs'), ...args], {
      cwd: folder,
      env: { ...process.env, ORACLE_PLANS: tests === ORACLE ? FEW_PLANS : ALL_PLANS },
      stdio: 'ignore',
      detached: true,
    });
    running.add(child.pid!);
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      process.kill(-child.pid!, 'SIGKILL');
    }, LIMIT_MS);
    child.on('close', (code) => {
      clearTimeout(timer);
      running.delete(child.pid!);
      if (isLate) done({ outcome: 'hangs', by: `no end within ${LIMIT_MS / 1000} s` });
      else if (code === 0) done({ outcome: 'survived', by: '' });
      else done(firstFailure(report, folder));
    });
  });
}

function firstFailure(report: string, folder: string): Pick<Verdict, 'outcome' | 'by'> {
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    testResults: { name: string; message: string; assertionResults: { status: string; fullName: string }[] }[];
  };
  for (const { name, assertionResults } of testResults) {
    const failed = assertionResults.find(({ status }) => status === 'failed');
    if (failed !== undefined) return { outcome: 'noticed', by: `${name.slice(folder.length + 1)}: ${failed.fullName}` };
  }
  return { outcome: 'broken', by: testResults.find(({ message }) => message !== '')?.message ?? 'no test ran' };
}
