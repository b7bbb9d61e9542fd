/**
 * All figures as a table, and with --json as JSON. `npm run bench` builds first, so that cold starts are those of the
 * published program; `--short` leaves out most of the seeds.
 */
import { benchColdStart } from './coldStart.ts';
import { type BenchFigure, benchKernel } from './kernel.ts';
import { benchLarge } from './large.ts';
import { benchModel, benchSeeds } from './model.ts';

const isShort = process.argv.includes('--short');
const figures: BenchFigure[] = [
  ...benchKernel(),
  ...benchModel(),
  ...benchLarge(),
  ...(await benchSeeds(isShort ? 20 : 200)),
  ...benchColdStart(),
];

if (process.argv.includes('--json')) console.log(JSON.stringify({ node: process.version, figures }, null, 2));
else {
  const width = Math.max(...figures.map(({ name }) => name.length));
  for (const { name, value, unit } of figures)
    console.log(`${name.padEnd(width)}  ${formatted(value).padStart(12)} ${unit}`);
}

function formatted(value: number): string {
  if (value >= 1000)
    return Math.round(value)
      .toString()
      .replace(/\B(?=(\d{3})+$)/g, ' ');
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
