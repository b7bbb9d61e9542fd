import { createJudge, type Judge } from '../assertions/judge.ts';
import { Simulation } from '../model/simulation.ts';
import { RESULT_SCHEMA_VERSION, type RunResult } from '../result/runResult.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { assumptionsOf } from './assumptions.ts';
import { describeScenario } from './describeScenario.ts';
import { earlyEndOf, undecideWhatWasCutShort } from './earlyEnd.ts';
import { describeEnvironment } from './environment.ts';
import { DEFAULT_LIMITS, type Limits } from './job.ts';
import { outcomeOf } from './outcome.ts';
import { programVersion } from './programVersion.ts';
import type { RunProgress } from './progress.ts';
import { reproduceCommand } from './reproduceCommand.ts';
import { resultWithoutRun } from './resultWithoutRun.ts';
import { RunState } from './runState.ts';
import { Watch } from './watch.ts';

export interface RunOptions {
  /** Instead of the scenario's own. */
  readonly seed?: string;
  /** The `--set` arguments that were in force: part of the command that reproduces the run. */
  readonly settings?: readonly string[];
  readonly limits?: Limits;
  /** Asked every 1,024 events. */
  readonly isStopRequested?: () => boolean;
  /** May block; the time is not counted. */
  readonly waitWhilePaused?: () => void;
  /** At most 12 times a second. */
  readonly onProgress?: ((progress: RunProgress) => void) | null;
}

/**
 * Plays a scenario once and judges it. Synchronous; the result is a function of scenario, seed and program version,
 * but for `environment` and for runs that a person or a wall-clock limit ended.
 *
 * An error inside the model does not pass through: it becomes a result that says so.
 */
export function runScenario(scenario: Scenario, options: RunOptions = {}): RunResult {
  const played: Scenario = { ...scenario, seed: options.seed ?? scenario.seed };
  const settings = options.settings ?? [];
  const limits = options.limits ?? DEFAULT_LIMITS;
  const judge = createJudge(played);
  const watch = new Watch(played, judge, limits, options);
  const state = new RunState();
  try {
    const simulation = new Simulation(played, judge.collector);
    state.started();
    const end = simulation.run({ maxEvents: limits.maxEvents, stop: () => watch.mustStop(simulation) });
    state.ended(end);
    const endedEarly = earlyEndOf(end, watch.reason, simulation, played, limits);
    simulation.finish();
    return resultOf(played, settings, judge, simulation, endedEarly, watch);
  } catch (error) {
    state.failed();
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return resultWithoutRun(played, played.seed, settings, { reason: 'error', text }, judge.collector.nowUs);
  }
}

function resultOf(
  scenario: Scenario,
  settings: readonly string[],
  judge: Judge,
  simulation: Simulation,
  endedEarly: RunResult['endedEarly'],
  watch: Watch,
): RunResult {
  const { traceCalls, traceEvents: _counted, ...judgement } = judge.finish(simulation.nowUs);
  const verdicts = undecideWhatWasCutShort(judgement.verdicts, endedEarly);
  const { controlEvents, dataEvents } = simulation.stats;
  return {
    schemaVersion: RESULT_SCHEMA_VERSION,
    program: { name: 'streamproof', version: programVersion() },
    scenario: describeScenario(scenario),
    seed: scenario.seed,
    outcome: outcomeOf(
      verdicts.map(({ status }) => status),
      endedEarly,
    ),
    endedEarly,
    simulatedUs: simulation.nowUs,
    ...judgement,
    verdicts,
    notModelled: scenario.notModelled.map((item) => ({ ...item })),
    assumptions: assumptionsOf(scenario),
    events: { control: controlEvents, data: dataEvents, trace: traceCalls },
    reproduce: reproduceCommand(scenario, scenario.seed, settings),
    environment: describeEnvironment(watch.startedAtMs, watch.wallMs),
  };
}
