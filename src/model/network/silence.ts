import type { Kernel } from '../../sim/index.ts';
import type { Links } from './links.ts';
import type { Process } from './process.ts';

/**
 * Since when two processes have heard nothing of each other, whatever the reason: one is dead or frozen, or the way is
 * cut. Polling that is not simulated while all is well is reconstructed from it.
 */
export class Silence {
  readonly #kernel: Kernel;
  readonly #links: Links;
  readonly #notRunningUs: number[] = [];
  readonly #cutUs = new Map<number, number>();
  readonly #processes: readonly Process[];

  constructor(kernel: Kernel, links: Links, processes: readonly Process[]) {
    this.#kernel = kernel;
    this.#links = links;
    this.#processes = processes;
    for (const process of processes) {
      this.#notRunningUs.push(-1);
      process.onLifeChange((changed, _from, to) => {
        this.#notRunningUs[changed.index] = to === 'running' ? -1 : kernel.nowUs;
      });
    }
    links.onReachabilityChange(() => this.#lookAtCuts());
  }

  /** -1 while they hear each other. */
  sinceUs(a: Process, b: Process): number {
    let since = earlier(this.#notRunningUs[a.index]!, this.#notRunningUs[b.index]!);
    if (this.#cutUs.size > 0) since = earlier(since, this.#cutUs.get(this.#key(a, b)) ?? -1);
    return since;
  }

  #lookAtCuts(): void {
    for (let i = 0; i < this.#processes.length; i++) {
      for (let j = i + 1; j < this.#processes.length; j++) {
        const a = this.#processes[i]!;
        const b = this.#processes[j]!;
        const isCut = !this.#links.isReachable(a, b);
        if (!isCut) this.#cutUs.delete(this.#key(a, b));
        else if (!this.#cutUs.has(this.#key(a, b))) this.#cutUs.set(this.#key(a, b), this.#kernel.nowUs);
      }
    }
  }

  #key(a: Process, b: Process): number {
    const count = this.#processes.length;
    return a.index < b.index ? a.index * count + b.index : b.index * count + a.index;
  }
}

/** The smaller of two times; -1 stands for never. */
function earlier(a: number, b: number): number {
  if (a < 0) return b;
  return b < 0 || a < b ? a : b;
}
