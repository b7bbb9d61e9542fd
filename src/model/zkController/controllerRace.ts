import type { ModelContext } from '../context.ts';
import type { ActiveController } from '../controller/controllerChannel.ts';
import type { EventId } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import type { ZkSessions } from '../zookeeper/sessions.ts';
import type { Znodes } from '../zookeeper/znodes.ts';
import { type ZkControllerEvent, type ZkControllerState, zkControllerTable } from './controllerMachine.ts';
import type { ZkController } from './zkController.ts';

export const CONTROLLER = '/controller';

export interface RaceHost {
  readonly ctx: ModelContext;
  readonly cluster: string;
  readonly brokers: readonly number[];
  readonly sessions: ZkSessions;
  readonly znodes: Znodes;
  /** It runs: it was registered once, and has not begun to close. */
  mayStand(broker: number): boolean;
  newController(broker: number, epoch: number, onDeposed: () => void): ZkController;
  controllerIndex(broker: number): number;
  /** Whom brokers send their requests to; null: nobody. */
  setActive(controller: ActiveController | null): void;
}

/**
 * Who is the controller: the broker that created /controller first, until its session ends.
 *
 * The node's end is told to every broker that hears ZooKeeper, and each tries to create it; the epoch rises in the
 * transaction of the one that succeeds. A former controller resigns when it learns of it by its session, by its watch, or
 * by a write that fails.
 *
 * Source: `KafkaController.elect`, `maybeResign`; `KafkaZkClient.registerControllerAndIncrementControllerEpoch`.
 */
export class ControllerRace {
  /** /controller_epoch. */
  epoch = 0;
  /** The latest controller; it may be dead, frozen or deposed without knowing. */
  controller: ZkController | null = null;
  readonly #host: RaceHost;
  /** The latest one of each broker: a deposed one that has not learnt of it is still there. */
  readonly #controllers = new Map<number, ZkController>();
  readonly #states = new Map<number, ZkControllerState>();
  #isTold = false;
  #electedEvent: EventId = NO_CAUSE;
  #goneEvent: EventId = NO_CAUSE;

  constructor(host: RaceHost) {
    this.#host = host;
  }

  /** A cluster that has been running for long. */
  bootstrap(broker: number): ZkController {
    const { znodes, sessions } = this.#host;
    znodes.create(CONTROLLER, sessions.session(broker)!, NO_CAUSE);
    const controller = this.#begin(broker);
    this.#step(broker, 'loaded');
    this.#host.setActive(this.#asActive(controller));
    return controller;
  }

  // ── the node ──────────────────────────────────────────────────────────────────────────────────

  nodeCreated(broker: number, cause: EventId): void {
    const { ctx, cluster, sessions, controllerIndex } = this.#host;
    this.epoch++;
    const deposed = this.controller;
    // Its watch tells a former one, if it still runs and hears ZooKeeper.
    if (deposed !== null && !deposed.isOver && deposed.broker !== broker)
      sessions.notify(deposed.broker, () => this.resign(deposed.broker));
    this.#isTold = true;
    this.#electedEvent = ctx.recorder.event(ctx.kernel.nowUs, cause, {
      type: 'controller.active',
      controller: controllerIndex(broker),
      cluster,
      epoch: this.epoch,
    });
  }

  nodeGone(cause: EventId): void {
    this.#tellNone(cause);
    for (const broker of this.#host.brokers)
      this.#host.sessions.notify(broker, () => this.stand(broker, this.#goneEvent));
  }

  #tellNone(cause: EventId): void {
    const { ctx, cluster } = this.#host;
    this.#goneEvent = cause;
    if (!this.#isTold) return;
    this.#isTold = false;
    this.#goneEvent = ctx.recorder.event(ctx.kernel.nowUs, cause, { type: 'controller.none', cluster });
  }

  /** Tries to create /controller. */
  stand(broker: number, cause: EventId): void {
    const { sessions, znodes, mayStand } = this.#host;
    const session = sessions.session(broker);
    if (session === null || znodes.owner(CONTROLLER) !== undefined || !mayStand(broker)) return;
    let isElected = false;
    sessions.submit(
      broker,
      0,
      () => {
        isElected = znodes.create(CONTROLLER, session, cause);
      },
      () => isElected && this.#begin(broker).start(this.#electedEvent),
    );
  }

  /** Index of the controller whose process is alive and owns the node, or -1. */
  get active(): number {
    const { znodes, sessions, controllerIndex } = this.#host;
    const owner = znodes.owner(CONTROLLER);
    // The node of a process that died stays until its session ends, also when another process runs there by then.
    if (owner === undefined || sessions.session(owner.broker) !== owner) return -1;
    return controllerIndex(owner.broker);
  }

  // ── controllers ───────────────────────────────────────────────────────────────────────────────

  #begin(broker: number): ZkController {
    const controller = this.#host.newController(broker, this.epoch, () => this.resign(broker));
    this.#step(broker, 'elected');
    this.controller = controller;
    this.#controllers.set(broker, controller);
    return controller;
  }

  #step(broker: number, event: ZkControllerEvent['type']): void {
    const from = this.#states.get(broker) ?? zkControllerTable.initial;
    this.#states.set(broker, zkControllerTable.step(from, event));
  }

  /** It has read everything. */
  loaded({ broker, epoch }: { readonly broker: number; readonly epoch: number }): void {
    const { controller } = this;
    this.#step(broker, 'loaded');
    if (controller !== null && controller.epoch === epoch) this.#host.setActive(this.#asActive(controller));
  }

  #asActive(controller: ZkController): ActiveController {
    return {
      get isOver() {
        return controller.isOver;
      },
      leader: { process: controller.process },
    };
  }

  /** The broker's controller, if it has one, gives up. */
  resign(broker: number): void {
    this.#step(broker, 'resigned');
    this.#controllers.get(broker)?.resign();
  }

  processDied(broker: number, cause: EventId): void {
    this.#step(broker, 'died');
    this.#controllers.get(broker)?.resign();
    if (this.controller?.broker === broker) this.#host.setActive(null);
    if (this.#host.znodes.owner(CONTROLLER)?.broker === broker) this.#tellNone(cause);
  }
}
