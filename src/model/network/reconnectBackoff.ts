import type { RandomStream } from '../../sim/index.ts';
import type { NetworkClientOptions } from './networkClient.ts';

/**
 * How long a client waits for a connection and between attempts: `reconnect.backoff.ms` and
 * `socket.connection.setup.timeout.ms`, each doubling with failures in a row up to its maximum, with 20 % jitter.
 * Source: ClusterConnectionStates, KIP-601.
 */
export class ReconnectBackoff {
  readonly #options: NetworkClientOptions;
  readonly #random: RandomStream;
  #failedAttempts = 0;
  #setupFailures = 0;
  untilUs = 0;

  constructor(options: NetworkClientOptions, random: RandomStream) {
    this.#options = options;
    this.#random = random;
  }

  connected(): void {
    this.#failedAttempts = 0;
    this.#setupFailures = 0;
  }

  setupTimedOut(): void {
    this.#setupFailures++;
  }

  begin(nowUs: number): void {
    const { reconnectBackoffUs, reconnectBackoffMaxUs } = this.#options;
    const base = doubled(reconnectBackoffUs, this.#failedAttempts++, reconnectBackoffMaxUs);
    this.untilUs = nowUs + Math.min(reconnectBackoffMaxUs, this.#random.jitter(base, 0.2));
  }

  /** The set-up time-out of the next attempt; draws its jitter. */
  setupTimeoutUs(): number {
    const { setupTimeoutUs, setupTimeoutMaxUs } = this.#options;
    return this.#random.jitter(doubled(setupTimeoutUs, this.#setupFailures, setupTimeoutMaxUs), 0.2);
  }
}

function doubled(base: number, times: number, max: number): number {
  let value = base;
  for (let i = 0; i < times && value < max; i++) value *= 2;
  return Math.min(value, max);
}
