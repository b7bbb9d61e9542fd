import type { Kernel } from '../../sim/index.ts';
import type { Links, Pairs } from './links.ts';
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
  readonly #processCount: number;

  constructor(kernel: Kernel, links: Links, processes: readonly Process[]) {
    this.#kernel = kernel;
    this.#links = links;
    this.#processCount = processes.length;
    for (const process of processes) {
      this.#notRunningUs.push(-1);
      process.onLifeChange((changed, _from, to) => {
        this.#notRunningUs[changed.index] = to === 'running' ? -1 : kernel.nowUs;
      });
    }
    links.onReachabilityChange((changed) => this.#lookAt(changed));
  }

  /** -1 while they hear each other. */
  sinceUs(a: Process, b: Process): number {
    let since = earlier(this.#notRunningUs[a.index]!, this.#notRunningUs[b.index]!);
    if (this.#cutUs.size > 0) since = earlier(since, this.#cutUs.get(this.#key(a, b)) ?? -1);
    return since;
  }

  /** Only the ways that a cut or heal touched: a cut between two zones of 100 processes is 10,000 ways, all others stay. */
  #lookAt(changed: Pairs): void {
    for (const [a, b] of changed) {
      const key = this.#key(a, b);
      if (this.#links.isReachable(a, b)) this.#cutUs.delete(key);
      else if (!this.#cutUs.has(key)) this.#cutUs.set(key, this.#kernel.nowUs);
    }
  }

  #key(a: Process, b: Process): number {
    const count = this.#processCount;
    return a.index < b.index ? a.index * count + b.index : b.index * count + a.index;
  }
}

/** The smaller of two times; -1 stands for never. */
function earlier(a: number, b: number): number {
  if (a < 0) return b;
  return b < 0 || a < b ? a : b;
}
