import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes a file so that a reader (or a killed run) finds either the old text or the whole new one, never a part:
 * a temporary file in the same folder, flushed, then renamed. Creates the folder.
 *
 * @throws an `Error` whose message is one sentence for people (disk full, read-only, a folder in the way)
 */
export async function writeFileAtomically(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(text, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new Error(`Cannot write ${path}: ${reasonOf(error)}.`, { cause: error });
  }
}

const REASONS = new Map([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EROFS', 'the file system is read-only'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'the operation is not permitted'],
  ['EISDIR', 'a folder of that name exists'],
  ['ENOTDIR', 'a file is in the way of its folder'],
  ['EEXIST', 'a file is in the way of its folder'],
  ['ENAMETOOLONG', 'the name is too long'],
]);

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS.get(code) ?? (code === '' ? 'the write failed' : `the write failed (${code})`);
}
