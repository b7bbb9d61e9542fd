import { type Kernel, NO_TIMER, type TimerHandle } from '../../sim/index.ts';
import type { Network } from '../network/network.ts';
import type { Process } from '../network/process.ts';
import { reconnectedAtUs } from './reconnect.ts';

/** A request to the controller without its items; small whatever it asks. */
export const REQUEST_BYTES = 200;

/** How long a broker waits before it sends again what nobody answered. */
const RETRY_BACKOFF_US = 50_000;

/** controller.socket.timeout.ms: how long a request waits for an answer before its connection is given up. */
const REQUEST_TIMEOUT_US = 30_000_000;

/** An active controller, as those who ask it see it: a quorum leader's term, or a controller elected in ZooKeeper. */
export interface ActiveController {
  readonly isOver: boolean;
  readonly leader: { readonly process: Process };
}

/** Sends the answer back to the caller; ignored when it comes too late. */
export type Reply = (answer: () => void, bytes?: number) => void;

interface Call {
  readonly from: Process;
  readonly incarnation: number;
  readonly bytes: number;
  readonly handle: (reply: Reply) => void;
  /** The term it was sent to; null: it waits for an active controller that can be reached. */
  sentTo: ActiveController | null;
  isDone: boolean;
  timer: TimerHandle;
  /** When it found the way cut; -1: it did not. */
  cutUs: number;
}

/**
 * Requests from brokers to the active controller. They wait while there is none or the way is cut, and are sent again
 * when the controller that has them loses its term.
 *
 * Source: `NodeToControllerChannelManager`, `ForwardingManager`.
 */
export class ControllerChannel {
  readonly #kernel: Kernel;
  readonly #network: Network;
  #active: ActiveController | null = null;
  #open: Call[] = [];

  constructor(kernel: Kernel, network: Network) {
    this.#kernel = kernel;
    this.#network = network;
    network.links.onReachabilityChange(() => this.#reconnectWaiting());
  }

  /**
   * `handle` runs at the active controller, possibly several times at different ones; the answer runs at the caller, at
   * most once, in the life in which it called.
   * @param timeoutUs Infinity: for as long as it takes
   */
  call(
    from: Process,
    bytes: number,
    handle: (reply: Reply) => void,
    timeoutUs = Number.POSITIVE_INFINITY,
    onTimeout: () => void = () => {},
  ): void {
    const { incarnation } = from;
    const call: Call = { from, incarnation, bytes, handle, sentTo: null, isDone: false, timer: NO_TIMER, cutUs: -1 };
    if (timeoutUs < Number.POSITIVE_INFINITY) {
      call.timer = this.#kernel.atControl(this.#kernel.nowUs + timeoutUs, () => {
        from.run(() => {
          if (this.#close(call)) onTimeout();
        });
      });
    }
    this.#open.push(call);
    this.#send(call);
  }

  /** The active controller changed; null: there is none. */
  setActive(term: ActiveController | null): void {
    this.#active = term;
    // A frozen former controller's term is not over yet, but nobody waits for it any more.
    for (const call of this.#open) if (call.sentTo !== term) call.sentTo = null;
    if (term === null) return;
    this.#kernel.atControl(this.#kernel.nowUs + RETRY_BACKOFF_US, () => this.#sendWaiting());
  }

  #sendWaiting(): void {
    this.#open = this.#open.filter((call) => !call.isDone && call.from.incarnation === call.incarnation);
    for (const call of [...this.#open]) call.from.run(() => this.#send(call));
  }

  /** A way may have healed: its callers notice when one of their attempts to connect gets through. */
  #reconnectWaiting(): void {
    const { nowUs } = this.#kernel;
    for (const call of [...this.#open]) {
      if (call.cutUs < 0 || call.sentTo !== null || !this.#reaches(call)) continue;
      const random = this.#kernel.random.stream(`channel/${call.from.name}`);
      const atUs = reconnectedAtUs(call.cutUs, nowUs, REQUEST_TIMEOUT_US, random);
      this.#kernel.atControl(atUs, () => call.from.run(() => this.#send(call)));
    }
  }

  #reaches(call: Call): boolean {
    return this.#active !== null && this.#network.links.isReachable(call.from, this.#active.leader.process);
  }

  #send(call: Call): void {
    const term = this.#active;
    if (term === null || term.isOver || call.isDone || call.sentTo !== null) return;
    const controller = term.leader.process;
    if (call.from.incarnation !== call.incarnation || call.from.life === 'dead') return;
    if (!this.#reaches(call)) {
      if (call.cutUs < 0) call.cutUs = this.#kernel.nowUs;
      return;
    }
    call.cutUs = -1;
    call.sentTo = term;
    this.#network.post(call.from, controller, call.bytes, () => {
      if (call.isDone || term.isOver || call.sentTo !== term) return;
      call.handle((answer, bytes = call.bytes) => {
        this.#network.post(controller, call.from, bytes, () => {
          if (this.#close(call)) answer();
        });
      });
    });
  }

  #close(call: Call): boolean {
    if (call.isDone || call.from.incarnation !== call.incarnation || call.from.life === 'dead') return false;
    call.isDone = true;
    this.#kernel.cancel(call.timer);
    this.#open = this.#open.filter((other) => other !== call);
    return true;
  }
}
