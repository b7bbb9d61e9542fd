import type { NetworkChange, NetworkQuality, Scenario } from '../../scenario/scenario.ts';
import type { RandomStream, RandomStreams } from '../../sim/index.ts';
import { BandwidthLink } from '../../sim/index.ts';
import type { Process } from './process.ts';

/** First TCP retransmission time-out; Linux doubles it per attempt (RFC 6298, tcp_rto_min 200 ms). */
export const TCP_RTO_US = 200_000;
export const TCP_RTO_MAX_US = 120_000_000;

interface Degradation {
  readonly covers: (from: Process, to: Process) => boolean;
  readonly change: NetworkChange;
}

/** What a cut or a heal touched. */
export type Pairs = readonly (readonly [Process, Process])[];

/**
 * How long a message takes between two processes, and whether it gets through at all.
 *
 * The sender's NIC is shared by all that it sends, the receiver's by all that it receives (`receivedUs`). What one
 * connection may have on its way is up to its `TcpWindow`.
 */
export class Links {
  readonly #processes: readonly Process[];
  readonly #quality: NetworkQuality[][] = [];
  readonly #placeOf: number[];
  readonly #degradations = new Set<Degradation>();
  readonly #cuts = new Map<number, number>();
  readonly #nics: BandwidthLink[];
  /** Until when each process' NIC is busy receiving; microseconds with fractions. */
  readonly #receivingUntilUs: Float64Array;
  readonly #random: RandomStream;
  readonly #reachabilityListeners = new Set<(changed: Pairs) => void>();
  readonly #qualityListeners = new Set<() => void>();

  constructor(
    scenario: Scenario,
    processes: readonly Process[],
    nicBytesPerSec: readonly number[],
    random: RandomStreams,
  ) {
    this.#processes = processes;
    this.#random = random.stream('network/jitter');
    const places: { region: string; zone: string }[] = [];
    this.#placeOf = processes.map((process) => {
      const known = places.findIndex((p) => p.region === process.place.region && p.zone === process.place.zone);
      if (known >= 0) return known;
      places.push(process.place);
      return places.length - 1;
    });
    for (const from of places) this.#quality.push(places.map((to) => qualityBetween(scenario, from, to)));
    this.#nics = nicBytesPerSec.map((bytesPerSec) => new BandwidthLink({ bytesPerSec, propagationUs: 0 }));
    this.#receivingUntilUs = new Float64Array(processes.length);
  }

  /** Microseconds from the first byte sent to the last byte received, at `nowUs`; the sender's NIC is shared by all that it sends. */
  delayUs(from: Process, to: Process, bytes: number, nowUs: number): number {
    const quality = this.#quality[this.#placeOf[from.index]!]![this.#placeOf[to.index]!]!;
    let latencyUs = quality.latencyUs;
    let jitter = quality.jitter;
    let loss = quality.loss;
    let bandwidth = quality.bandwidthBytesPerSec;
    if (this.#degradations.size > 0) {
      for (const { covers, change } of this.#degradations) {
        if (!covers(from, to)) continue;
        latencyUs += change.addLatencyUs;
        jitter = change.jitter ?? jitter;
        loss = change.loss ?? loss;
        bandwidth = change.bandwidthBytesPerSec ?? bandwidth;
      }
    }
    let delay = jitter > 0 ? this.#random.jitter(latencyUs, jitter) : latencyUs;
    if (loss > 0) delay += this.#retransmissionUs(loss);
    if (bytes > 1500) delay += Math.round((bytes * 1e6) / bandwidth);
    return this.#nics[from.index]!.transmit(nowUs, bytes) + delay - nowUs;
  }

  /**
   * When a message whose last byte comes by the wire at `nowUs` has passed the receiver's NIC: now, unless others came at
   * the same time. Messages are told in the order in which they come.
   */
  receivedUs(to: Process, bytes: number, nowUs: number): number {
    const durationUs = (bytes * 1e6) / this.#nics[to.index]!.bytesPerSec;
    const untilUs = Math.max(nowUs, this.#receivingUntilUs[to.index]! + durationUs);
    this.#receivingUntilUs[to.index] = untilUs;
    return Math.ceil(untilUs);
  }

  /** Share of packets lost on the way, 0..1. */
  loss(from: Process, to: Process): number {
    let { loss } = this.#quality[this.#placeOf[from.index]!]![this.#placeOf[to.index]!]!;
    for (const { covers, change } of this.#degradations) if (covers(from, to)) loss = change.loss ?? loss;
    return loss;
  }

  /** Mean one-way time without queueing; for timers that are derived and not sent. */
  typicalUs(from: Process, to: Process): number {
    let latencyUs = this.#quality[this.#placeOf[from.index]!]![this.#placeOf[to.index]!]!.latencyUs;
    for (const { covers, change } of this.#degradations) if (covers(from, to)) latencyUs += change.addLatencyUs;
    return latencyUs;
  }

  crossesZone(from: Process, to: Process): boolean {
    return this.#placeOf[from.index] !== this.#placeOf[to.index];
  }

  /** True while packets from `from` to `to` are dropped in silence. */
  isCut(from: Process, to: Process): boolean {
    return this.#cuts.size > 0 && (this.#cuts.get(from.index * this.#processes.length + to.index) ?? 0) > 0;
  }

  /** Both directions work: what a request and its answer need. */
  isReachable(a: Process, b: Process): boolean {
    return !this.isCut(a, b) && !this.isCut(b, a);
  }

  cut(pairs: Pairs): void {
    for (const [from, to] of pairs) this.#count(from, to, 1);
    this.#reachabilityChanged(pairs);
  }

  heal(pairs: Pairs): void {
    for (const [from, to] of pairs) this.#count(from, to, -1);
    this.#reachabilityChanged(pairs);
  }

  /** Returns the way back. */
  degrade(covers: (from: Process, to: Process) => boolean, change: NetworkChange): () => void {
    const degradation = { covers, change };
    this.#degradations.add(degradation);
    this.#qualityChanged();
    return () => {
      this.#degradations.delete(degradation);
      this.#qualityChanged();
    };
  }

  nic(process: Process): BandwidthLink {
    return this.#nics[process.index]!;
  }

  /** Called after every cut and heal with the ways that it touched; returns how to stop listening. */
  onReachabilityChange(listener: (changed: Pairs) => void): () => void {
    this.#reachabilityListeners.add(listener);
    return () => this.#reachabilityListeners.delete(listener);
  }

  /** Called after latency, loss or bandwidth of some ways changed; returns how to stop listening. */
  onQualityChange(listener: () => void): () => void {
    this.#qualityListeners.add(listener);
    return () => this.#qualityListeners.delete(listener);
  }

  #reachabilityChanged(changed: Pairs): void {
    for (const listener of [...this.#reachabilityListeners]) listener(changed);
  }

  #qualityChanged(): void {
    for (const listener of [...this.#qualityListeners]) listener();
  }

  #count(from: Process, to: Process, by: number): void {
    const key = from.index * this.#processes.length + to.index;
    const count = (this.#cuts.get(key) ?? 0) + by;
    if (count === 0) this.#cuts.delete(key);
    else this.#cuts.set(key, count);
  }

  #retransmissionUs(loss: number): number {
    let waited = 0;
    let rto = TCP_RTO_US;
    while (this.#random.chance(loss) && rto < TCP_RTO_MAX_US) {
      waited += rto;
      rto *= 2;
    }
    return waited;
  }
}

/**
 * When a sender whose packet was dropped at `firstSentUs` tries again for the first time after `healedUs`.
 * Retransmissions follow at 0.2, 0.6, 1.4, 3.0 ... s after the first one.
 */
export function nextRetransmissionUs(firstSentUs: number, healedUs: number): number {
  let at = firstSentUs;
  let rto = TCP_RTO_US;
  while (at < healedUs) {
    at += rto;
    rto = Math.min(rto * 2, TCP_RTO_MAX_US);
  }
  return at;
}

function qualityBetween(
  scenario: Scenario,
  a: { region: string; zone: string },
  b: { region: string; zone: string },
): NetworkQuality {
  if (a.region === b.region) {
    const region = scenario.regions.find((r) => r.name === a.region)!;
    return a.zone === b.zone ? region.withinZone : region.betweenZones;
  }
  const link = scenario.links.find(
    (l) =>
      (l.between[0] === a.region && l.between[1] === b.region) ||
      (l.between[1] === a.region && l.between[0] === b.region),
  );
  if (link === undefined) return { latencyUs: 0, jitter: 0, bandwidthBytesPerSec: 1, loss: 1 };
  return link.quality;
}
