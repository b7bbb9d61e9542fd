import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { blocksOf, commandsOf, type DocBlock, fileOf, pages, ROOT } from './docBlocks.ts';

const MAIN = join(ROOT, 'src/cli/main.ts');
/** What commands of the pages may refer to beside the pages' own files. */
const COPIED = ['scenarios', 'schemas', 'evidence/vectors'];

export interface CommandResult {
  readonly command: string;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of what the pages talk about, with every `file=` block in it. Call `remove` at the end. */
export function docsFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'streamproof-docs-'));
  copyFileSync(join(ROOT, 'package.json'), join(path, 'package.json'));
  for (const folder of COPIED) cpSync(join(ROOT, folder), join(path, folder), { recursive: true });
  for (const block of pages().flatMap(blocksOf)) {
    const file = fileOf(block);
    if (file === undefined) continue;
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), block.text);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs `streamproof ...` by the sources of this repository; quotes are understood, pipes and variables are not. */
export function runCommand(folder: string, command: string): CommandResult {
  const [program, ...args] = shellWords(command);
  if (program !== 'streamproof') throw new Error(`not a command of ours: ${command}`);
  const { NO_COLOR: _noColor, FORCE_COLOR: _forceColor, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    input: '',
  });
  return { command, code: status, stdout, stderr };
}

function shellWords(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => {
    return single ?? double ?? bare!;
  });
}

/** What the last command of the `sh` block before it prints: all of it (`text output`), or a part (`text excerpt`). */
export interface ShownOutput {
  readonly block: DocBlock;
  readonly command: string;
  readonly isWhole: boolean;
}

export function shownOutputs(page: string): ShownOutput[] {
  const blocks = blocksOf(page);
  return blocks.flatMap((block, index) => {
    if (!block.marks.includes('output') && !block.marks.includes('excerpt')) return [];
    const command = commandsOf(blocks.slice(0, index).findLast(({ language }) => language === 'sh')!).at(-1);
    if (command === undefined) throw new Error(`${page}:${block.line}: no command before this output`);
    return [{ block, command, isWhole: block.marks.includes('output') }];
  });
}
