/**
 * Writes the reference of expectations and metrics from the registries that judge them:
 *
 *   docs/expectations.md     claims, cluster facts
 *   docs/metrics.md          metrics
 *
 *   node scripts/generateReference.ts [--check]     --check: only says which files are stale, exit 1 if any
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { expectationsPage, metricsPage } from '../src/assertions/reference.ts';

const ROOT = new URL('../', import.meta.url);
const check = process.argv.includes('--check');
const pages = new Map([
  ['docs/expectations.md', expectationsPage()],
  ['docs/metrics.md', metricsPage()],
]);

for (const [file, text] of pages) {
  const url = new URL(file, ROOT);
  if (readIfThere(url) === text) continue;
  if (check) process.exitCode = 1;
  else writeFileSync(url, text);
  console.log(`${check ? 'stale' : 'written'}: ${file}`);
}

function readIfThere(url: URL): string | undefined {
  try {
    return readFileSync(url, 'utf8');
  } catch {
    return undefined;
  }
}
