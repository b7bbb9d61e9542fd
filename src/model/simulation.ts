import type { Scenario } from '../scenario/scenario.ts';
import type { RunBudget, RunEnd } from '../sim/index.ts';
import { BrokerSampler } from './broker/brokerSampler.ts';
import { joinGroups } from './client/groups.ts';
import { startProducers } from './client/producers.ts';
import { FailureInjector } from './failures/failureInjector.ts';
import { OperationRunner } from './operations/operationRunner.ts';
import { Stage } from './stage.ts';
import { reportSurvivingLogs } from './survivingLogs.ts';
import type { Recorder } from './trace.ts';
import { TriggerClock } from './triggers.ts';
import { World } from './world.ts';

/**
 * One run of a scenario: builds the world at time 0, lets it play, and at the end reports what is left.
 * Two simulations of equal scenarios and seeds make the same calls to their recorders.
 */
export class Simulation {
  readonly #stage: Stage;
  readonly #world: World;
  #isFinished = false;

  constructor(scenario: Scenario, recorder: Recorder) {
    this.#stage = new Stage(scenario, recorder);
    const groups = joinGroups(this.#stage);
    this.#world = new World(this.#stage, groups.coordinators);
    recorder.begin(this.#stage.ctx.cast);
    this.#world.bootstrap();
    startProducers(this.#stage, this.#world);
    groups.start(this.#world);
    new BrokerSampler(this.#world).start();
    const clock = new TriggerClock(this.#stage.ctx.kernel);
    new FailureInjector(this.#world, clock).start();
    new OperationRunner(this.#world, clock).start();
  }

  /** Plays until the scenario's duration, or until the budget ends it; may be called again to go on. */
  run(budget: RunBudget & { readonly untilUs?: number } = {}): RunEnd {
    const { kernel, scenario } = this.#stage.ctx;
    return kernel.run(Math.min(budget.untilUs ?? scenario.durationUs, scenario.durationUs), budget);
  }

  /** Reports open records and surviving logs; the recorder is told the end. Call once. */
  finish(): void {
    if (this.#isFinished) return;
    this.#isFinished = true;
    const { recorder, kernel } = this.#stage.ctx;
    for (const client of this.#world.clients) client?.finish();
    reportSurvivingLogs(this.#world);
    recorder.end(kernel.nowUs);
  }

  get nowUs(): number {
    return this.#stage.ctx.kernel.nowUs;
  }

  get stats(): { readonly controlEvents: number; readonly dataEvents: number } {
    const { kernel } = this.#stage.ctx;
    return { controlEvents: kernel.controlEventCount, dataEvents: kernel.eventCount - kernel.controlEventCount };
  }
}
