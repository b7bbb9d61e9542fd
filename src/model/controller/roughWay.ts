import type { RandomStream } from '../../sim/index.ts';
import { exponentialBackoffMs, jitterFactor } from '../algorithms/exponentialBackoff.ts';
import { type Links, TCP_RTO_MAX_US, TCP_RTO_US } from '../network/links.ts';
import type { Process } from '../network/process.ts';

/** Up to here a request practically never waits long for retransmissions: that takes four lost packets in a row. */
const STEADY_LOSS = 0.02;
const SETUP_MS = [10_000, 30_000] as const;
const RECONNECT_BACKOFF_US = 50_000;
const SYN_OFFSETS_US: readonly number[] = [0, 1_000_000, 3_000_000, 7_000_000, 15_000_000];

/** What the next thing is that a client's one connection does. */
export type RoughStep =
  /** The request arrives there then; `answeredUs` -1: its time-out ends first, and the connection with it. */
  | { readonly kind: 'request'; readonly arrivedUs: number; readonly answeredUs: number; readonly nextUs: number }
  | { readonly kind: 'connected' | 'failed'; readonly nextUs: number };

/**
 * Requests over a way that loses many packets, or is about as slow as the client's time-outs allow: worked out one by
 * one, where on a steady way their rhythm is arithmetic.
 *
 * Source: `NetworkClient`, `InterBrokerSendThread`, KIP-601; RFC 6298.
 */
export class RoughWay {
  readonly #links: Links;
  readonly #from: Process;
  readonly #to: Process;
  readonly #requestTimeoutUs: number;
  readonly #random: RandomStream;
  isConnected = true;
  #failures = 0;

  constructor(links: Links, from: Process, to: Process, requestTimeoutUs: number, random: RandomStream) {
    this.#links = links;
    this.#from = from;
    this.#to = to;
    this.#requestTimeoutUs = requestTimeoutUs;
    this.#random = random;
  }

  static isRough(links: Links, a: Process, b: Process, requestTimeoutUs: number): boolean {
    if (a === b) return false;
    const loss = Math.max(links.loss(a, b), links.loss(b, a));
    return loss > STEADY_LOSS || 4 * (links.typicalUs(a, b) + links.typicalUs(b, a)) > requestTimeoutUs;
  }

  step(nowUs: number): RoughStep {
    return this.isConnected ? this.#request(nowUs) : this.#connect(nowUs);
  }

  #request(nowUs: number): RoughStep {
    const arrivedUs = nowUs + this.#delayUs(this.#from, this.#to);
    const answeredUs = arrivedUs + this.#delayUs(this.#to, this.#from);
    if (answeredUs - nowUs <= this.#requestTimeoutUs)
      return { kind: 'request', arrivedUs, answeredUs, nextUs: answeredUs };
    this.isConnected = false;
    return {
      kind: 'request',
      arrivedUs,
      answeredUs: -1,
      nextUs: nowUs + this.#requestTimeoutUs + RECONNECT_BACKOFF_US,
    };
  }

  /** SYN and its answer within the set-up time-out, then ApiVersions within the request's. */
  #connect(nowUs: number): RoughStep {
    const setupUs = 1000 * exponentialBackoffMs(this.#failures, ...SETUP_MS, jitterFactor(this.#random.next()));
    const shakenUs = this.#shakenHandsUs(setupUs);
    if (shakenUs < 0) {
      this.#failures++;
      return { kind: 'failed', nextUs: nowUs + setupUs + RECONNECT_BACKOFF_US };
    }
    const askedUs = nowUs + shakenUs;
    const versionsUs = this.#delayUs(this.#from, this.#to) + this.#delayUs(this.#to, this.#from);
    if (versionsUs > this.#requestTimeoutUs)
      return { kind: 'failed', nextUs: askedUs + this.#requestTimeoutUs + RECONNECT_BACKOFF_US };
    this.#failures = 0;
    this.isConnected = true;
    return { kind: 'connected', nextUs: askedUs + versionsUs };
  }

  /** -1: not within the set-up time-out. */
  #shakenHandsUs(setupUs: number): number {
    const links = this.#links;
    const roundTripUs = links.typicalUs(this.#from, this.#to) + links.typicalUs(this.#to, this.#from);
    for (const offsetUs of SYN_OFFSETS_US) {
      const isLost =
        this.#random.chance(links.loss(this.#from, this.#to)) || this.#random.chance(links.loss(this.#to, this.#from));
      if (!isLost && offsetUs + roundTripUs <= setupUs) return offsetUs + roundTripUs;
    }
    return -1;
  }

  /** Latency and retransmissions; what has not been sent yet must not occupy a network card. */
  #delayUs(from: Process, to: Process): number {
    const loss = this.#links.loss(from, to);
    let delayUs = this.#links.typicalUs(from, to);
    for (let rtoUs = TCP_RTO_US; rtoUs < TCP_RTO_MAX_US && this.#random.chance(loss); rtoUs *= 2) delayUs += rtoUs;
    return delayUs;
  }
}

/** How long one exchange takes over a rough way, with all the connections that it costs. */
export function roughExchangeUs(way: RoughWay, nowUs: number): number {
  let atUs = nowUs;
  for (let tries = 0; tries < 1000; tries++) {
    const step = way.step(atUs);
    atUs = step.nextUs;
    if (step.kind === 'request' && step.answeredUs >= 0) break;
  }
  return atUs - nowUs;
}
