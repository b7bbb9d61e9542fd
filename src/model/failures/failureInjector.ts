import { compileMachine } from '../../machines/compileMachine.ts';
import type { Failure, Trigger } from '../../scenario/scenario.ts';
import type { RandomStream } from '../../sim/index.ts';
import { type EventId, NO_CAUSE } from '../trace.ts';
import type { TriggerClock } from '../triggers.ts';
import type { World } from '../world.ts';
import { failureMachine } from './failureMachine.ts';
import { prepareStrike, type Strike } from './verbs.ts';

const machine = compileMachine(failureMachine);

/** Makes the scenario's failures happen and undoes them. */
export class FailureInjector {
  readonly #world: World;
  readonly #clock: TriggerClock;

  constructor(world: World, clock: TriggerClock) {
    this.#world = world;
    this.#clock = clock;
  }

  start(): void {
    this.#world.ctx.scenario.failures.forEach((failure, index) => {
      const one = new OneFailure(this.#world, this.#clock, failure, index);
      one.arm();
    });
  }
}

class OneFailure {
  readonly #world: World;
  readonly #clock: TriggerClock;
  readonly #failure: Failure;
  readonly #index: number;
  readonly #random: RandomStream;
  #state = machine.initial;

  constructor(world: World, clock: TriggerClock, failure: Failure, index: number) {
    this.#world = world;
    this.#clock = clock;
    this.#failure = failure;
    this.#index = index;
    this.#random = world.ctx.kernel.random.stream(`failure/${failure.name}`);
  }

  arm(): void {
    const { trigger } = this.#failure;
    if (trigger.kind === 'random') this.#armRandom(trigger);
    else this.#clock.when(trigger, this.#failure.name, () => this.#strike(this.#failure.forUs));
  }

  /** Exponential times between failures and to repair: a memoryless process. */
  #armRandom(trigger: Extract<Trigger, { kind: 'random' }>): void {
    const { kernel } = this.#world.ctx;
    const atUs = kernel.nowUs + Math.max(1, this.#random.exponentialInt(trigger.mtbfUs));
    if (atUs > this.#world.ctx.scenario.durationUs) return;
    kernel.atControl(atUs, () => {
      this.#strike(Math.max(1, this.#random.exponentialInt(trigger.mttrUs)), () => this.#armRandom(trigger));
    });
  }

  #strike(forUs: number | null, afterwards: () => void = () => {}): void {
    const { recorder, kernel } = this.#world.ctx;
    const { name, action } = this.#failure;
    const strike = prepareStrike(this.#world, action, this.#random, forUs);
    if (strike === null) {
      this.#state = machine.step(this.#state, 'missed');
      recorder.event(kernel.nowUs, NO_CAUSE, {
        type: 'failure.touchedNothing',
        failure: this.#index,
        name,
        why: `nothing that ${action.verb} could touch was there`,
      });
      afterwards();
      return;
    }
    this.#state = machine.step(this.#state, 'struck');
    const began = recorder.event(kernel.nowUs, NO_CAUSE, {
      type: 'failure.began',
      failure: this.#index,
      name,
      touched: strike.touched,
    });
    strike.act(began);
    this.#clock.happened(name, 'start');
    if (forUs !== null) kernel.atControl(kernel.nowUs + forUs, () => this.#undo(strike, began, afterwards));
  }

  #undo(strike: Strike, began: EventId, afterwards: () => void): void {
    const { recorder, kernel } = this.#world.ctx;
    this.#state = machine.step(this.#state, 'undone');
    const ended = recorder.event(kernel.nowUs, began, {
      type: 'failure.ended',
      failure: this.#index,
      name: this.#failure.name,
    });
    strike.undo(ended);
    this.#clock.happened(this.#failure.name, 'end');
    afterwards();
  }
}
