import type { Scenario } from '../../../scenario/scenario.ts';
import { loadOne } from '../../../spec/testing/load.ts';
import { Simulation } from '../../simulation.ts';
import { Invariants } from '../invariants.ts';
import { type Played, type PlayOptions, played } from '../play.ts';
import { Oracle } from './oracle.ts';
import { watch } from './watch.ts';

/** A run that the oracle has followed from beginning to end, and agreed with. */
export interface Compared extends Played {
  readonly oracle: Oracle;
  readonly trace: Invariants;
}

/** Plays a scenario, holds it to the oracle after every input and to the invariants after every event. @throws Disagreement, Violation */
export function playCompared(yaml: string, options: PlayOptions = {}): Compared {
  return compareScenario(loadOne(yaml, { seed: options.seed ?? 'test' }), options);
}

/** @param rules another oracle's rules, to see that a wrong one is noticed */
export function compareScenario(
  scenario: Scenario,
  options: PlayOptions = {},
  rules: typeof Oracle = Oracle,
): Compared {
  const trace = new Invariants({ replica: (broker, partition) => oracle.modelReplica(broker, partition) });
  const oracle = new rules(scenario, (partition) => trace.cast.partitions[partition]?.topic ?? '');
  return watch(oracle, () => {
    const simulation = new Simulation(scenario, trace);
    const end = simulation.run(options.untilUs === undefined ? {} : { untilUs: options.untilUs });
    simulation.finish();
    oracle.finish();
    return { ...played(end, scenario, trace, simulation), trace, oracle };
  });
}
