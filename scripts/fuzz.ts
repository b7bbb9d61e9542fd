/**
 * Random clusters under random faults, held to the oracle and to the invariants, for as long as asked:
 *
 *   npm run fuzz -- --minutes 10 [--seed anything]
 *   npm run fuzz -- --file reports/fuzz/found.scenario.yaml
 *
 * A finding is made as small as it gets and written as a scenario file; the exit code is 1 then.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findingIn, findingOf, shrink } from '../src/model/testing/fuzzing.ts';
import { planOf, yamlOf } from '../src/model/testing/randomCluster.ts';

const PLANS_PER_LINE = 100;
const FOLDER = 'reports/fuzz';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string' },
    file: { type: 'string' },
  },
});

process.exitCode = values.file === undefined ? search() : replay(values.file);

function replay(file: string): number {
  const finding = findingIn(readFileSync(file, 'utf8'));
  console.log(finding ?? `${file}: the oracle agrees, and the invariants hold.`);
  return finding === null ? 0 : 1;
}

/** Plans `seed`, `seed-1`, `seed-2`, ... so that a seed that was printed is the first one tried. */
function search(): number {
  const seed = values.seed ?? `f${Date.now().toString(36)}`;
  const until = Date.now() + Number(values.minutes) * 60_000;
  let count = 0;
  for (; Date.now() < until || count === 0; count++) {
    const plan = planOf(count === 0 ? seed : `${seed}-${count}`);
    const finding = findingOf(plan);
    if (finding !== null) return report(plan.seed, finding);
    if ((count + 1) % PLANS_PER_LINE === 0) console.log(`${count + 1} schedules from seed ${seed}: no finding`);
  }
  console.log(`${count} schedules from seed ${seed}: no finding.`);
  return 0;
}

function report(seed: string, finding: string): number {
  console.log(`seed ${seed}: ${finding}\nMaking it smaller ...`);
  const yaml = yamlOf(shrink(planOf(seed)));
  const file = `${FOLDER}/${seed}.scenario.yaml`;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(file, yaml);
  console.log(`\n${yaml}\nAgain: npm run fuzz -- --file ${file}\nThe whole one: npm run fuzz -- --seed ${seed}`);
  return 1;
}
