/**
 * Writes the pages that come from tables of the program:
 *
 *   docs/machines.md    the model's state machines as diagrams, from src/cli/machineTable.ts
 *   docs/coverage.md    concept by concept what proves it, from scripts/coverageRows.ts
 *
 *   node scripts/generateDocs.ts [--check] [--outputs]
 *
 *   --check    only says which files are stale, exit 1 if any
 *   --outputs  also runs the commands whose output the pages show, and writes what they print
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { coveragePage } from './coveragePage.ts';
import { pages as allPages, readPage } from './docBlocks.ts';
import { docsFolder, runCommand, shownOutputs } from './docOutputs.ts';
import { machinesPage } from './machinesPage.ts';

const ROOT = new URL('../', import.meta.url);
const check = process.argv.includes('--check');
const pages = new Map([
  ['docs/machines.md', machinesPage()],
  ['docs/coverage.md', coveragePage()],
]);

if (process.argv.includes('--outputs')) {
  const folder = docsFolder();
  for (const page of allPages()) {
    for (const { block, command, isWhole } of shownOutputs(page)) {
      if (!isWhole) continue;
      const { stdout, stderr } = runCommand(folder.path, command);
      if (stdout === '') throw new Error(`${command} printed nothing:\n${stderr}`);
      const lines = (pages.get(page) ?? readPage(page)).split('\n');
      lines.splice(block.line, block.text.split('\n').length - 1, ...stdout.trimEnd().split('\n'));
      pages.set(page, lines.join('\n'));
    }
  }
  folder.remove();
}

for (const [file, text] of pages) {
  const url = new URL(file, ROOT);
  if (existsSync(url) && readFileSync(url, 'utf8') === text) continue;
  if (check) process.exitCode = 1;
  else writeFileSync(url, text);
  console.log(`${check ? 'stale' : 'written'}: ${file}`);
}
