import type { KafkaError } from '../../kafka/errors.ts';
import { exponentialBackoffMs, jitterFactor } from '../algorithms/exponentialBackoff.ts';
import type { GroupTimers } from './groupPorts.ts';
import type { CoordinatorClient, MemberConfig } from './memberPorts.ts';
import { MovingDeadline } from './movingDeadline.ts';

type LookupConfig = Pick<MemberConfig, 'retryBackoffUs' | 'retryBackoffMaxUs'>;

interface LookupPorts {
  readonly timers: GroupTimers;
  readonly coordinator: Pick<CoordinatorClient, 'findCoordinator'>;
  nextUniform(): number;
}

export interface LookupOwner {
  /** A coordinator is known, or a wait is over: go on. */
  onReady(): void;
  onFatal(error: KafkaError): void;
}

/**
 * Where the group's coordinator is, as far as this client knows, and the waits between tries.
 *
 * Source: Apache Kafka `AbstractCoordinator.lookupCoordinator`; waits are `retry.backoff.ms` doubling to
 * `retry.backoff.max.ms` (KIP-580).
 */
export class CoordinatorLookup {
  readonly #config: LookupConfig;
  readonly #ports: LookupPorts;
  readonly #owner: LookupOwner;
  readonly #retry: MovingDeadline;
  #isKnown = false;
  #isFinding = false;
  #isOver = false;
  #attempts = 0;

  constructor(config: LookupConfig, ports: LookupPorts, owner: LookupOwner) {
    this.#config = config;
    this.#ports = ports;
    this.#owner = owner;
    this.#retry = new MovingDeadline(ports.timers, () => owner.onReady());
  }

  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** A wait before the next try is running. */
  get isWaiting(): boolean {
    return this.#retry.isSet;
  }

  start(): void {
    if (this.#isFinding || this.isWaiting || this.#isOver) return;
    this.#isFinding = true;
    this.#ports.coordinator.findCoordinator((outcome) => {
      this.#isFinding = false;
      if (this.#isOver) return;
      if (outcome === 'NONE') {
        this.#isKnown = true;
        this.succeeded();
        this.#owner.onReady();
      } else if (outcome === 'GROUP_AUTHORIZATION_FAILED') {
        this.#owner.onFatal(outcome);
      } else {
        this.waitAndRetry();
      }
    });
  }

  forget(): void {
    this.#isKnown = false;
  }

  succeeded(): void {
    this.#attempts = 0;
  }

  waitAndRetry(): void {
    this.#retry.restart(this.backoffUs(this.#attempts++));
  }

  backoffUs(attempts: number): number {
    const { retryBackoffUs, retryBackoffMaxUs } = this.#config;
    return exponentialBackoffMs(attempts, retryBackoffUs, retryBackoffMaxUs, jitterFactor(this.#ports.nextUniform()));
  }

  stop(): void {
    this.#isOver = true;
    this.#retry.clear();
  }
}
