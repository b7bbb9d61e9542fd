import type { Scenario } from '../../../scenario/scenario.ts';
import { loadOne } from '../../../spec/testing/load.ts';
import { Simulation } from '../../simulation.ts';
import type { Recorder } from '../../trace.ts';
import { type Played, type PlayOptions, played } from '../play.ts';
import { TraceRecorder } from '../traceRecorder.ts';
import { Oracle } from './oracle.ts';
import { watch } from './watch.ts';

/** A run that the oracle has followed from beginning to end, and agreed with. */
export interface Compared extends Played {
  readonly oracle: Oracle;
}

/** Plays a scenario and holds it to the oracle after every input. @throws Disagreement */
export function playCompared(yaml: string, options: PlayOptions = {}): Compared {
  return compareScenario(loadOne(yaml, { seed: options.seed ?? 'test' }), options);
}

export function compareScenario(
  scenario: Scenario,
  options: PlayOptions = {},
  around: (trace: TraceRecorder) => Recorder = (trace) => trace,
): Compared {
  const trace = new TraceRecorder();
  const oracle = new Oracle(scenario, (partition) => trace.cast.partitions[partition]?.topic ?? '');
  return watch(oracle, () => {
    const simulation = new Simulation(scenario, around(trace));
    const end = simulation.run(options.untilUs === undefined ? {} : { untilUs: options.untilUs });
    simulation.finish();
    oracle.finish();
    return { ...played(end, scenario, trace, simulation), oracle };
  });
}
