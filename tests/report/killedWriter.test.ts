import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { writeFileAtomically } from '../../src/report/writeFileAtomically.ts';

const KILLS = 50;
const SIZE = 500_000;

/** Writes without end, whole pages of one letter, and says when the first one is there. */
const WRITER = `
import { writeFileAtomically } from ${JSON.stringify(pathToFileURL(resolve('src/report/writeFileAtomically.ts')).href)};
for (let round = 0; ; round++) {
  await writeFileAtomically(process.argv[1], 'abcdefgh'[round % 8].repeat(${SIZE}));
  if (round === 0) process.stdout.write('ready');
}`;

test('a run killed at any moment leaves a whole report, the old one or the new one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'streamproof-'));
  const path = join(folder, 'report.html');
  await writeFileAtomically(path, 'o'.repeat(SIZE));
  const seen = new Set<string>();
  for (let kill = 0; kill < KILLS; kill++) {
    const flags = ['--experimental-strip-types', '--no-warnings', '--input-type=module', '-e', WRITER, path];
    const writer = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(writer, 'exit');
    await once(writer.stdout, 'data');
    await new Promise((done) => setTimeout(done, (kill * 7) % 23));
    writer.kill('SIGKILL');
    await ended;
    const text = await readFile(path, 'utf8');
    expect(text.length).toBe(SIZE);
    expect(text).toBe(text.charAt(0).repeat(SIZE));
    seen.add(text.charAt(0));
  }
  expect(seen.size).toBeGreaterThan(1);
  await rm(folder, { recursive: true, force: true });
});
