import type { Network } from '../network/network.ts';
import type { Process } from '../network/process.ts';

/**
 * Which machines are without power. A machine that is off sends nothing, not even a reset: whoever is connected to it
 * notices by time-outs only, which is the difference between a dead machine and a dead process.
 */
export class HostPower {
  readonly #network: Network;
  readonly #off = new Map<Process, readonly (readonly [Process, Process])[]>();
  /** Somebody tried to start them meanwhile. */
  readonly #wanted = new Set<Process>();

  constructor(network: Network) {
    this.#network = network;
  }

  isOff(process: Process): boolean {
    return this.#off.has(process);
  }

  turnOff(process: Process): void {
    const pairs: (readonly [Process, Process])[] = [];
    for (const other of this.#network.processes) if (other !== process) pairs.push([process, other], [other, process]);
    this.#off.set(process, pairs);
    this.#network.links.cut(pairs);
  }

  /** To be started when the power is back. */
  want(process: Process): void {
    this.#wanted.add(process);
  }

  /** @returns whether its process is to be started now */
  turnOn(process: Process): boolean {
    const pairs = this.#off.get(process);
    if (pairs === undefined) return false;
    this.#off.delete(process);
    this.#network.links.heal(pairs);
    return this.#wanted.delete(process);
  }
}
