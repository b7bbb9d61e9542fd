import { loadOne } from '../../spec/testing/load.ts';
import type { BrokerEnvironment } from '../replication/replicaManager.ts';
import { Simulation } from '../simulation.ts';
import { Invariants } from './invariants.ts';
import { type Watcher, watch } from './oracle/watch.ts';
import { type Played, type PlayOptions, played } from './play.ts';

/** Plays a scenario and holds it to the invariants alone: also clusters that the oracle does not know. @throws Violation */
export function playLawful(yaml: string, options: PlayOptions = {}): Played {
  const scenario = loadOne(yaml, { seed: options.seed ?? 'test' });
  const envs = new Map<number, BrokerEnvironment>();
  const trace = new Invariants({
    replica: (broker, partition) => envs.get(broker)?.replicas.get(broker, partition),
  });
  return watch(lookerAt(envs), () => {
    const simulation = new Simulation(scenario, trace);
    const end = simulation.run();
    simulation.finish();
    return played(end, scenario, trace, simulation);
  });
}

/** Sees brokers, and leaves the rest alone. */
function lookerAt(envs: Map<number, BrokerEnvironment>): Watcher {
  const nothing = (): void => {};
  return {
    learned: (env) => {
      envs.set(env.broker, env);
    },
    died: nothing,
    produced: nothing,
    wroteInternally: nothing,
    followerFetched: nothing,
    followerReceived: nothing,
    scanned: nothing,
    expandedIdle: nothing,
    parked: nothing,
    answered: nothing,
    asked: nothing,
    handled: nothing,
    altered: nothing,
    registering: nothing,
    appended: nothing,
    committed: nothing,
    abandoned: nothing,
    settled: nothing,
  };
}
