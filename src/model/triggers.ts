import type { Trigger } from '../scenario/scenario.ts';
import type { Kernel } from '../sim/index.ts';

/** Runs what the scenario triggers: at a time, or some time after a failure or an operation began or ended. */
export class TriggerClock {
  readonly #kernel: Kernel;
  readonly #waiting = new Map<string, (() => void)[]>();

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  when(trigger: Exclude<Trigger, { kind: 'random' }>, name: string, then: () => void): void {
    if (trigger.kind === 'at') {
      this.#kernel.atControl(trigger.atUs, then);
      return;
    }
    const { meanUs, spreadUs } = trigger.delay;
    const delayUs =
      spreadUs === 0 ? meanUs : Math.max(0, this.#kernel.random.stream(`delay/${name}`).normalInt(meanUs, spreadUs));
    const key = `${trigger.edge}/${trigger.of}`;
    const waiting = this.#waiting.get(key) ?? [];
    waiting.push(() => this.#kernel.atControl(this.#kernel.nowUs + delayUs, then));
    this.#waiting.set(key, waiting);
  }

  happened(name: string, edge: 'start' | 'end'): void {
    const key = `${edge}/${name}`;
    const waiting = this.#waiting.get(key) ?? [];
    this.#waiting.delete(key);
    for (const go of waiting) go();
  }
}
