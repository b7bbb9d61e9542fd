/**
 * How fast the simulation kernel is, and how much faster than SimPy on the same machine in the same minute.
 *
 * Hold model: a fixed number of pending events; each event that runs schedules one other at an exponential distance.
 * So every counted event is one removal, one call and one insertion at full queue length.
 *
 * Run with `node bench/kernel.ts`.
 */
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { Kernel, NO_TIMER } from '../src/sim/index.ts';

export interface BenchFigure {
  name: string;
  value: number;
  unit: string;
}

const ROUNDS = 5;
const PENDING = [1_000, 100_000] as const;
const EVENTS = 2_000_000;
const SIMPY_EVENTS = 200_000;
const DELAYS = 65_536; // drawn beforehand, so that the queue is measured and not the generator

/** Medians over ROUNDS rounds; the SimPy figures are left out when no Python with simpy is found. */
export function benchKernel(): BenchFigure[] {
  const python = pythonWithSimpy();
  const figures: BenchFigure[] = [];
  for (const pending of PENDING) {
    const ours = medianOf(() => holdEventsPerSec(pending));
    figures.push({ name: `kernel hold, ${pending} pending`, value: ours, unit: 'events/s' });
    if (python === undefined) continue;
    const simpys = medianOf(() => simpyHoldEventsPerSec(python, pending), 3);
    figures.push({ name: `SimPy hold, ${pending} pending`, value: simpys, unit: 'events/s' });
    figures.push({ name: `kernel to SimPy, ${pending} pending`, value: ours / simpys, unit: 'times' });
  }
  figures.push({ name: 'kernel timers restarted', value: medianOf(timerRestartsPerSec), unit: 'restarts/s' });
  return figures;
}

function holdEventsPerSec(pending: number): number {
  const kernel = new Kernel('bench');
  const luck = kernel.random.stream('hold');
  const delaysUs = Float64Array.from({ length: DELAYS }, () => 1 + luck.exponentialInt(pending * 10));
  let drawn = 0;
  const hold = (): void => {
    kernel.atData(kernel.nowUs + delaysUs[drawn++ % DELAYS]!, hold);
  };
  for (let index = 0; index < pending; index++) hold();
  // One turn of the queue before the clock starts: the first events are not yet spread as later ones are.
  kernel.run(Infinity, { maxEvents: pending });
  return perSecond(EVENTS, () => kernel.run(Infinity, { maxEvents: EVENTS }));
}

/** Session timers as heartbeats restart them: 1,000 long timers, each cancelled and set anew many times before it could run. */
function timerRestartsPerSec(): number {
  const kernel = new Kernel('bench');
  const timers = new Float64Array(1_000).fill(NO_TIMER);
  const expired = (): void => {
    throw new Error('a timer that is always restarted in time ran');
  };
  const restart = (timer: number): void => {
    kernel.cancel(timers[timer]!);
    timers[timer] = kernel.atControl(kernel.nowUs + 45_000_000, expired);
    kernel.atData(kernel.nowUs + 3_000_000, restart, timer);
  };
  for (let timer = 0; timer < timers.length; timer++) kernel.atData(timer * 3_000, restart, timer);
  return perSecond(EVENTS / 2, () => kernel.run(Infinity, { maxEvents: EVENTS / 2 }));
}

function perSecond(count: number, work: () => void): number {
  const startMs = performance.now();
  work();
  return (count * 1000) / (performance.now() - startMs);
}

function medianOf(measure: () => number, rounds = ROUNDS): number {
  const values = Array.from({ length: rounds }, measure).sort((x, y) => x - y);
  return values[Math.floor(rounds / 2)]!;
}

function pythonWithSimpy(): string | undefined {
  return ['python3', '/usr/bin/python3'].find((python) => spawnSync(python, ['-c', 'import simpy']).status === 0);
}

function simpyHoldEventsPerSec(python: string, pending: number): number {
  const script = `${import.meta.dirname}/simpyHold.py`;
  const child = spawnSync(python, [script, String(pending), String(SIMPY_EVENTS)], { encoding: 'utf8' });
  const value = Number(child.stdout);
  if (child.status !== 0 || !(value > 0)) throw new Error(`${script} failed: ${child.stderr}`);
  return value;
}

function print(figures: BenchFigure[]): void {
  for (const { name, value, unit } of figures) {
    const text = value < 100 ? value.toFixed(1) : String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
    console.log(`${name.padEnd(36)}${text.padStart(14)} ${unit}`);
  }
  if (!figures.some(({ name }) => name.startsWith('SimPy'))) console.log('SimPy: skipped, no Python here has simpy');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) print(benchKernel());
