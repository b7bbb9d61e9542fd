/**
 * Large clusters: an idle hour of 50 brokers with 5,000 partitions, the crash of a broker that leads 300 partitions, and
 * the memory that a partition takes. Judged and recorded as in any run.
 */
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createJudge } from '../src/assertions/judge.ts';
import { Simulation } from '../src/model/simulation.ts';
import { runScenario } from '../src/runner/runScenario.ts';
import type { Scenario, Topic } from '../src/scenario/scenario.ts';
import type { BenchFigure } from './kernel.ts';
import { scenarioOf } from './scenarioOf.ts';

const BROKERS = 50;
const CRASHED = 1;
const LEADERSHIPS = 300;
const CRASH_AT_US = 60_000_000;
/** Fenced, moved and applied everywhere long before. */
const CRASH_OVER_US = 120_000_000;

export function benchLarge(): BenchFigure[] {
  const idle = scenarioOf('large');
  return [
    { name: 'idle hour, 50 brokers x 5,000 partitions', value: idleHourSec(idle), unit: 's' },
    { name: 'crash of a broker that leads 300 partitions', value: crashSec(idle), unit: 's' },
    { name: 'memory of a partition with 3 replicas', value: bytesPerPartition(idle) / 1024, unit: 'KiB' },
  ];
}

function idleHourSec(scenario: Scenario): number {
  const startedMs = performance.now();
  const result = runScenario(scenario);
  if (result.outcome !== 'passed') throw new Error(`${scenario.name}: ${result.outcome}`);
  return (performance.now() - startedMs) / 1000;
}

/** Wall time of the simulated minute that begins with the crash, in a cluster that already runs. */
function crashSec(idle: Scenario): number {
  const scenario = withCrash(idle, scenarioOf('large-crash'));
  const judge = createJudge(scenario);
  const simulation = new Simulation(scenario, judge.collector);
  simulation.run({ untilUs: CRASH_AT_US - 1 });
  const startedMs = performance.now();
  simulation.run({ untilUs: CRASH_OVER_US });
  const seconds = (performance.now() - startedMs) / 1000;
  simulation.finish();
  const { verdicts } = judge.finish(simulation.nowUs);
  if (verdicts.some(({ status }) => status !== 'passed')) throw new Error('the crash did not move the leaderships');
  return seconds;
}

/** The crash and what must come of it, in the idle cluster; the broker leads 300 partitions of a topic besides its share. */
function withCrash(idle: Scenario, crash: Scenario): Scenario {
  const cluster = idle.clusters[0]!;
  const assignment = Array.from({ length: LEADERSHIPS }, (_, partition) => [
    CRASHED,
    2 + (partition % (BROKERS - 1)),
    2 + ((partition + 1) % (BROKERS - 1)),
  ]);
  const led: Topic = { ...crash.clusters[0]!.topics[0]!, partitionCount: LEADERSHIPS, assignment };
  return { ...crash, clusters: [{ ...cluster, topics: [...cluster.topics, led] }] };
}

function bytesPerPartition(scenario: Scenario): number {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  collectGarbage();
  const before = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  const judge = createJudge(scenario);
  const simulation = new Simulation(scenario, judge.collector);
  simulation.run({ untilUs: 10_000_000 });
  collectGarbage();
  const after = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
  simulation.finish();
  return (after - before) / scenario.clusters[0]!.topics[0]!.partitionCount;
}
