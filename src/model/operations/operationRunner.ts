import type { Operation } from '../../scenario/scenario.ts';
import { type EventId, NO_CAUSE } from '../trace.ts';
import type { TriggerClock } from '../triggers.ts';
import type { World } from '../world.ts';
import { alterConfig } from './alterConfig.ts';
import { addBrokers, createPartitions, removeBroker } from './clusterSize.ts';
import { electLeaders } from './electLeaders.ts';
import { reassign } from './reassign.ts';
import { rollingRestart } from './rollingRestart.ts';
import { scale } from './scale.ts';
import { createTopic, deleteTopic } from './topics.ts';
import { upgrade } from './upgrade.ts';

/** What an operation may say while it runs. */
export interface OperationLog {
  readonly cause: EventId;
  step(what: string): void;
  end(error: string | null): void;
}

/** Does what people and automation do in the scenario, when they do it. */
export class OperationRunner {
  readonly #world: World;
  readonly #clock: TriggerClock;

  constructor(world: World, clock: TriggerClock) {
    this.#world = world;
    this.#clock = clock;
  }

  start(): void {
    this.#world.ctx.scenario.operations.forEach((operation, index) => {
      if (operation.trigger.kind !== 'random')
        this.#clock.when(operation.trigger, operation.name, () => this.#begin(operation, index));
    });
  }

  #begin(operation: Operation, index: number): void {
    const { recorder, kernel } = this.#world.ctx;
    const { name } = operation;
    const cause = recorder.event(kernel.nowUs, NO_CAUSE, { type: 'operation.began', operation: index, name });
    this.#clock.happened(name, 'start');
    const log: OperationLog = {
      cause,
      step: (what) => recorder.event(kernel.nowUs, cause, { type: 'operation.step', operation: index, name, what }),
      end: (error) => {
        recorder.event(kernel.nowUs, cause, { type: 'operation.ended', operation: index, name, error });
        this.#clock.happened(name, 'end');
      },
    };
    this.#run(operation, log);
  }

  #run({ action }: Operation, log: OperationLog): void {
    switch (action.verb) {
      case 'rollingRestart':
        rollingRestart(this.#world, action, log);
        return;
      case 'scale':
        scale(this.#world, action, log);
        return;
      case 'alterConfig':
        alterConfig(this.#world, action, log);
        return;
      case 'electLeaders':
        electLeaders(this.#world, action, log);
        return;
      case 'upgrade':
        upgrade(this.#world, action, log);
        return;
      case 'createTopic':
        createTopic(this.#world, action, log);
        return;
      case 'deleteTopic':
        deleteTopic(this.#world, action, log);
        return;
      case 'reassign':
        reassign(this.#world, action, log);
        return;
      case 'addBrokers':
        addBrokers(this.#world, action, log);
        return;
      case 'removeBroker':
        removeBroker(this.#world, action, log);
        return;
      case 'createPartitions':
        createPartitions(this.#world, action, log);
        return;
    }
  }
}
