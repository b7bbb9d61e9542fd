import type { Scenario } from '../../scenario/scenario.ts';
import type { RunEnd } from '../../sim/index.ts';
import { loadOne } from '../../spec/testing/load.ts';
import { Simulation } from '../simulation.ts';
import { Questions } from './questions.ts';
import { TraceRecorder } from './traceRecorder.ts';

export interface PlayOptions {
  readonly seed?: string;
  /** Instead of the whole duration. */
  readonly untilUs?: number;
}

/** A run that is over, and what may be asked about it. */
export interface Played {
  readonly end: RunEnd;
  readonly scenario: Scenario;
  readonly trace: TraceRecorder;
  readonly ask: Questions;
  readonly simulation: Simulation;
}

/** Reads a scenario as a person writes it and plays it to its end. Every error is the test's failure. */
export function play(yaml: string, options: PlayOptions = {}): Played {
  return playScenario(loadOne(yaml, { seed: options.seed ?? 'test' }), options);
}

export function playScenario(scenario: Scenario, options: PlayOptions = {}): Played {
  const trace = new TraceRecorder();
  const simulation = new Simulation(scenario, trace);
  const end = simulation.run(options.untilUs === undefined ? {} : { untilUs: options.untilUs });
  simulation.finish();
  return played(end, scenario, trace, simulation);
}

export function played(end: RunEnd, scenario: Scenario, trace: TraceRecorder, simulation: Simulation): Played {
  return { end, scenario, trace, ask: new Questions(trace), simulation };
}

/** Seconds of simulated time as the model counts it. */
export function seconds(count: number): number {
  return Math.round(count * 1e6);
}
