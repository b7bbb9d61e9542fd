/**
 * Writes what is generated from the language's definition and the assertion registry:
 *
 *   schemas/scenario.schema.json        what editors and the front door load
 *   docs/language.md, docs/errors.md    the reference for people
 *
 *   node scripts/generateSchema.ts [--check]     --check: only says which files are stale, exit 1 if any
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { CLAIMS } from '../src/assertions/registry.ts';
import { METRICS, metricNamed } from '../src/metrics/metricNames.ts';
import type { ClaimSchema } from '../src/spec/schema/expectations.ts';
import { generatedFiles } from '../src/spec/schema/generate.ts';

const ROOT = new URL('../', import.meta.url);
const check = process.argv.includes('--check');
let stale = 0;
for (const [file, text] of generatedFiles(claimSchemas())) {
  const url = new URL(file, ROOT);
  if (readIfThere(url) === text) continue;
  stale++;
  if (!check) writeFileSync(url, text);
  console.log(`${check ? 'stale' : 'written'}: ${file}`);
}
if (check && stale > 0) process.exitCode = 1;

function readIfThere(url: URL): string | undefined {
  try {
    return readFileSync(url, 'utf8');
  } catch {
    return undefined;
  }
}

/** Claims with what the front door needs beyond their schema: which aggregations a metric has. */
function claimSchemas(): ClaimSchema[] {
  return CLAIMS.map(({ name, schema, beside, takesWindow, examples }) => {
    const claim = { name, schema, beside, takesWindow, examples };
    if (name !== 'metric') return claim;
    const aggregations = Object.fromEntries(METRICS.map((metric) => [metric.name, metric.aggregations]));
    const ofErrors = { 'errors.*': metricNamed('errors.NONE')!.aggregations };
    return { ...claim, schema: { ...schema, 'x-metricAggregations': { ...aggregations, ...ofErrors } } };
  });
}
