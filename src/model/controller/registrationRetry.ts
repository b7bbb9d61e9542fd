import type { Behaviour } from '../../kafka/behaviour.ts';
import type { RandomStreams } from '../../sim/index.ts';
import type { ClusterSettings } from './clusterSettings.ts';

const FIRST_US = 100_000;
const JITTER = 0.02;

/**
 * How long a broker waits that the controller refused (or did not answer) before it registers again: 100 ms, doubling up
 * to a session and with a jitter of 2 %; from 4.1 on a heartbeat interval.
 *
 * Source: `BrokerLifecycleManager.scheduleNextCommunicationAfterFailure`.
 */
export class RegistrationRetry {
  readonly #behaviourOf: (broker: number) => Behaviour;
  readonly #intervalUs: number;
  readonly #maxUs: number;
  readonly #random: RandomStreams;

  constructor(behaviourOf: (broker: number) => Behaviour, settings: ClusterSettings, random: RandomStreams) {
    this.#behaviourOf = behaviourOf;
    this.#intervalUs = settings.heartbeatIntervalUs;
    this.#maxUs = settings.sessionTimeoutUs;
    this.#random = random;
  }

  /** @param refusals how often it was refused before */
  delayUs(broker: number, refusals: number): number {
    if (this.#behaviourOf(broker).registrationRetry === 'heartbeatInterval') return this.#intervalUs;
    let delayUs = FIRST_US;
    for (let i = 0; i < refusals && delayUs < this.#maxUs; i++) delayUs *= 2;
    return this.#random.stream(`registration/${broker}`).jitter(Math.min(delayUs, this.#maxUs), JITTER);
  }
}
