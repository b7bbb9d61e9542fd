import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFileAtomically } from './writeFileAtomically.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'streamproof-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('writes the file, creates its folder and leaves nothing else there', async () => {
  const path = join(folder, 'reports', 'a.html');
  await writeFileAtomically(path, 'old');
  await writeFileAtomically(path, 'new ✓');
  expect(await readFile(path, 'utf8')).toBe('new ✓');
  expect(await readdir(join(folder, 'reports'))).toEqual(['a.html']);
});

test('a failed write says why in one sentence, keeps what was there and leaves no temporary file', async () => {
  await mkdir(join(folder, 'taken'));
  await writeFile(join(folder, 'taken', 'inside'), '');
  await expect(writeFileAtomically(join(folder, 'taken'), 'x')).rejects.toThrow(
    `Cannot write ${join(folder, 'taken')}: a folder of that name exists.`,
  );
  expect(await readdir(folder)).toEqual(['taken']);
  await writeFile(join(folder, 'file'), '');
  await expect(writeFileAtomically(join(folder, 'file', 'x.html'), 'x')).rejects.toThrow(/a file is in the way/);
});

test('a reader sees the old text or the new one, never a part', async () => {
  const path = join(folder, 'a.json');
  const texts = ['a', 'b'].map((letter) => letter.repeat(400_000));
  await writeFileAtomically(path, texts[0]!);
  let isWriting = true;
  const writer = (async () => {
    for (let round = 0; round < 20; round++) await writeFileAtomically(path, texts[round % 2]!);
    isWriting = false;
  })();
  while (isWriting) {
    const seen = await readFile(path, 'utf8');
    expect(texts.some((text) => text === seen)).toBe(true);
  }
  await writer;
});

test('several writers of one file do not disturb each other', async () => {
  const path = join(folder, 'a.json');
  await Promise.all(Array.from({ length: 10 }, (_, index) => writeFileAtomically(path, String(index).repeat(1000))));
  expect(await readFile(path, 'utf8')).toMatch(/^(\d)\1{999}$/);
  expect(await readdir(folder)).toEqual(['a.json']);
});
