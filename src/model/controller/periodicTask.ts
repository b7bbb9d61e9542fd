import { type Kernel, NO_TIMER, type TimerHandle } from '../../sim/index.ts';
import type { PartitionEntry } from './metadataBatch.ts';

export type TaskKind = 'periodic' | 'afterNoticed' | 'never';

/** A run that reached its limit goes on this much later. */
const CONTINUE_US = 10_000;

/**
 * A task of the active controller.
 *
 *   periodic      each period from the activation of the controller; costs no event while there is nothing to do
 *   afterNoticed  one period after the need for it was first noticed
 *   never         not in this release
 */
export class PeriodicTask {
  readonly #kernel: Kernel;
  readonly #periodUs: number;
  readonly #kind: () => TaskKind;
  /** Whether one of these partitions needs it. */
  readonly #isNeeded: (partitions: Iterable<PartitionEntry>) => boolean;
  readonly #all: () => Iterable<PartitionEntry>;
  /** Returns whether more is left to do at once. */
  readonly #work: () => boolean;
  #anchorUs = 0;
  #isOn = false;
  #timer: TimerHandle = NO_TIMER;

  constructor(
    kernel: Kernel,
    periodUs: number,
    kind: TaskKind | (() => TaskKind),
    all: () => Iterable<PartitionEntry>,
    isNeeded: (partitions: Iterable<PartitionEntry>) => boolean,
    work: () => boolean,
  ) {
    this.#kernel = kernel;
    this.#periodUs = periodUs;
    this.#kind = typeof kind === 'function' ? kind : () => kind;
    this.#all = all;
    this.#isNeeded = isNeeded;
    this.#work = work;
  }

  /** @param phaseUs how long ago the last run would have been */
  start(phaseUs = 0): void {
    this.stop();
    this.#isOn = true;
    this.#anchorUs = this.#kernel.nowUs - phaseUs;
    this.notice();
  }

  stop(): void {
    this.#isOn = false;
    this.#kernel.cancel(this.#timer);
    this.#timer = NO_TIMER;
  }

  /** To be called when these partitions (or any, if nothing is said) may have something to do. */
  notice(partitions?: Iterable<PartitionEntry>): void {
    if (
      !this.#isOn ||
      this.#kind() === 'never' ||
      this.#kernel.isPending(this.#timer) ||
      !this.#isNeeded(partitions ?? this.#all())
    )
      return;
    this.#timer = this.#kernel.atControl(this.#nextUs(), () => this.#run());
  }

  #nextUs(): number {
    const { nowUs } = this.#kernel;
    if (this.#kind() === 'afterNoticed') return nowUs + this.#periodUs;
    const runs = Math.floor((nowUs - this.#anchorUs) / this.#periodUs) + 1;
    return this.#anchorUs + runs * this.#periodUs;
  }

  #run(): void {
    this.#timer = NO_TIMER;
    if (!this.#isOn) return;
    if (this.#work()) this.#timer = this.#kernel.atControl(this.#kernel.nowUs + CONTINUE_US, () => this.#run());
    else this.notice();
  }
}
