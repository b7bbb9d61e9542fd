/**
 * How fast the model plays, judged and recorded as in any run: events and simulated seconds per second of wall time.
 */
import { performance } from 'node:perf_hooks';
import { runAll } from '../src/runner/runAll.ts';
import { runScenario } from '../src/runner/runScenario.ts';
import type { Scenario } from '../src/scenario/scenario.ts';
import type { BenchFigure } from './kernel.ts';
import { scenarioOf } from './scenarioOf.ts';

const ROUNDS = 3;

/** Produced and replicated only, then read by a consumer group as well. */
const WORKLOADS = [
  ['(a)', 'a'],
  ['(b)', 'b'],
  ['(a) + group', 'a-read'],
  ['(b) + group', 'b-read'],
] as const;

export function benchModel(): BenchFigure[] {
  const figures: BenchFigure[] = [];
  for (const [name, file] of WORKLOADS) {
    const scenario = scenarioOf(file);
    const speeds = Array.from({ length: ROUNDS }, () => speedOf(scenario)).sort(
      (x, y) => x.timesRealTime - y.timesRealTime,
    );
    const median = speeds[Math.floor(ROUNDS / 2)]!;
    figures.push({ name: `model ${name}, events`, value: median.eventsPerSec, unit: 'events/s' });
    figures.push({ name: `model ${name}, simulated time`, value: median.timesRealTime, unit: 'x real time' });
  }
  return figures;
}

export async function benchSeeds(seeds: number): Promise<BenchFigure[]> {
  const scenario = scenarioOf('crash');
  const figures: BenchFigure[] = [];
  for (const workers of [1, 2]) {
    const startedMs = performance.now();
    await runAll([scenario], { workers, seeds });
    figures.push({
      name: `${seeds} seeds of a broker crash, ${workers} worker${workers === 1 ? '' : 's'}`,
      value: (performance.now() - startedMs) / 1000,
      unit: 's',
    });
  }
  return figures;
}

function speedOf(scenario: Scenario): { eventsPerSec: number; timesRealTime: number } {
  const startedMs = performance.now();
  const result = runScenario(scenario);
  const seconds = (performance.now() - startedMs) / 1000;
  if (result.outcome !== 'passed')
    throw new Error(`${scenario.name}: ${result.outcome}, a bench measures only what works`);
  return {
    eventsPerSec: (result.events.control + result.events.data) / seconds,
    timesRealTime: result.simulatedUs / 1e6 / seconds,
  };
}
