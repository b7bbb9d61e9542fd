import type { Behaviour } from '../../kafka/behaviour.ts';
import { type Kernel, NO_TIMER, type RandomStream, type TimerHandle } from '../../sim/index.ts';
import type { BrokerPort, MetadataDelta } from '../metadata.ts';
import type { Links } from '../network/links.ts';
import type { Process } from '../network/process.ts';
import type { ClusterSettings } from './clusterSettings.ts';
import type { LeaderTerm } from './leaderTerm.ts';
import { reconnectedAtUs } from './reconnect.ts';
import { RoughWay, roughExchangeUs } from './roughWay.ts';

/** How many applied offsets of a broker are remembered with their times. */
const APPLIED_REMEMBERED = 128;

interface Subscriber {
  readonly process: Process;
  /** Its metadata loader runs. */
  isOnline: boolean;
  isConnected: boolean;
  cutAtUs: number;
  catchUpTimer: TimerHandle;
  /** Committed batches applied. */
  appliedCount: number;
  applied: { readonly offset: number; readonly atUs: number }[];
}

/**
 * How committed metadata reaches brokers: each pulls from the raft leader, and applies batches in order.
 *
 * A broker learns that a batch is committed with its next fetch (within the fetch cadence, sooner when something else is
 * appended), or at once where a moved high watermark answers parked fetches. A frozen or cut broker catches up afterwards;
 * one behind a way that loses packets waits for retransmissions, or for a new connection.
 *
 * Source: `KafkaRaftClient`, `MetadataLoader`, KIP-1166.
 */
export class MetadataFeed {
  readonly #kernel: Kernel;
  readonly #links: Links;
  readonly #settings: ClusterSettings;
  readonly #behaviour: Behaviour;
  readonly #random: RandomStream;
  readonly #port: BrokerPort;
  readonly #subscribers = new Map<number, Subscriber>();
  /** Committed batches from `#firstIndex` on; what every subscriber has applied is dropped. */
  #committed: MetadataDelta[] = [];
  #firstIndex = 0;
  #term: LeaderTerm | null = null;

  constructor(
    kernel: Kernel,
    links: Links,
    settings: ClusterSettings,
    behaviour: Behaviour,
    random: RandomStream,
    brokers: ReadonlyMap<number, Process>,
    port: BrokerPort,
  ) {
    this.#kernel = kernel;
    this.#links = links;
    this.#settings = settings;
    this.#behaviour = behaviour;
    this.#random = random;
    this.#port = port;
    for (const [broker, process] of brokers) {
      this.#subscribers.set(broker, {
        process,
        isOnline: false,
        isConnected: false,
        cutAtUs: -1,
        catchUpTimer: NO_TIMER,
        appliedCount: 0,
        applied: [],
      });
    }
  }

  /** The raft leader brokers fetch from; null while there is none. */
  setLeader(term: LeaderTerm | null): void {
    this.#term = term;
    this.refresh();
  }

  /** The broker's loader begins: it gets the whole image now, and from then on what is committed later. */
  start(broker: number, image: MetadataDelta): void {
    const subscriber = this.#subscribers.get(broker)!;
    subscriber.isOnline = true;
    subscriber.appliedCount = this.#endIndex;
    subscriber.isConnected = this.#works(subscriber);
    subscriber.cutAtUs = -1;
    this.#remember(subscriber, image.offset);
    this.#port.applyMetadata(broker, image);
  }

  /** The broker process ended. */
  stop(broker: number): void {
    const subscriber = this.#subscribers.get(broker)!;
    subscriber.isOnline = false;
    subscriber.applied = [];
    this.#kernel.cancel(subscriber.catchUpTimer);
    this.#dropApplied();
  }

  onCommitted(delta: MetadataDelta): void {
    this.#committed.push(delta);
    const index = this.#endIndex;
    for (const [broker, subscriber] of this.#subscribers) {
      if (!subscriber.isOnline || !subscriber.isConnected) continue;
      const delayUs = this.#visibleAfterUs(subscriber);
      this.#kernel.atControl(this.#kernel.nowUs + delayUs, () => this.#applyUpTo(broker, index));
    }
  }

  /** The leader wrote something new, which answers every parked fetch: with the high watermark that it has now. */
  onAppended(): void {
    if (this.#behaviour.metadataCommitVisible === 'onHighWatermark' || this.#term === null) return;
    const index = this.#endIndex;
    for (const [broker, subscriber] of this.#subscribers) {
      if (!subscriber.isOnline || !subscriber.isConnected || subscriber.appliedCount >= index) continue;
      const delayUs = this.#links.typicalUs(this.#term.leader.process, subscriber.process);
      this.#kernel.atControl(this.#kernel.nowUs + delayUs, () => this.#applyUpTo(broker, index));
    }
  }

  /** To be called whenever a process or a way changed. */
  refresh(): void {
    for (const [broker, subscriber] of this.#subscribers) {
      if (!subscriber.isOnline) continue;
      const works = this.#works(subscriber);
      if (works && !subscriber.isConnected) this.#resume(broker, subscriber);
      if (works) continue;
      subscriber.isConnected = false;
      this.#kernel.cancel(subscriber.catchUpTimer);
      const leader = this.#term?.leader.process;
      const isCut = leader?.life === 'running' && subscriber.process.life === 'running';
      if (isCut && subscriber.cutAtUs < 0) subscriber.cutAtUs = this.#kernel.nowUs;
    }
  }

  /** The metadata offset that the broker's last heartbeat before `atUs` reported; -1: none. */
  appliedOffsetAt(broker: number, atUs: number): number {
    return this.#subscribers.get(broker)!.applied.findLast((entry) => entry.atUs <= atUs)?.offset ?? -1;
  }

  /** How long the broker takes to see what commits now; 0 while it has no leader to fetch from. */
  delayUs(broker: number): number {
    return this.#term === null ? 0 : this.#visibleAfterUs(this.#subscribers.get(broker)!);
  }

  #works({ process }: Subscriber): boolean {
    const leader = this.#term?.leader.process;
    if (leader === undefined || this.#term?.isOver || process.life !== 'running' || leader.life !== 'running')
      return false;
    if (leader === process) return true;
    // A way slower than the request's time-out never brings an answer.
    const roundTripUs = this.#links.typicalUs(leader, process) + this.#links.typicalUs(process, leader);
    return roundTripUs < this.#settings.quorumRequestTimeoutUs && this.#links.isReachable(process, leader);
  }

  #resume(broker: number, subscriber: Subscriber): void {
    if (this.#kernel.isPending(subscriber.catchUpTimer)) return;
    const { nowUs } = this.#kernel;
    const { cutAtUs } = subscriber;
    const fromUs =
      cutAtUs < 0 ? nowUs : reconnectedAtUs(cutAtUs, nowUs, this.#settings.quorumRequestTimeoutUs, this.#random);
    subscriber.catchUpTimer = this.#kernel.atControl(fromUs + this.#visibleAfterUs(subscriber), () => {
      subscriber.isConnected = true;
      subscriber.cutAtUs = -1;
      this.#applyUpTo(broker, this.#endIndex);
    });
  }

  /** From a commit to the moment the broker applies it. */
  #visibleAfterUs({ process }: Subscriber): number {
    const leader = this.#term!.leader.process;
    if (leader === process) return 0;
    if (RoughWay.isRough(this.#links, process, leader, this.#settings.quorumRequestTimeoutUs))
      return this.#roughlyAfterUs(process, leader);
    const roundTripUs = this.#links.typicalUs(leader, process) + this.#links.typicalUs(process, leader);
    if (this.#behaviour.metadataCommitVisible === 'onHighWatermark') return roundTripUs;
    return this.#random.uniformInt(0, this.#settings.fetchCadenceUs) + Math.floor(roundTripUs / 2);
  }

  /** One exchange, of which a fetch that waits at the leader has the first half behind it. */
  #roughlyAfterUs(process: Process, leader: Process): number {
    const { quorumRequestTimeoutUs, fetchCadenceUs } = this.#settings;
    const way = new RoughWay(this.#links, process, leader, quorumRequestTimeoutUs, this.#random);
    const waitUs =
      this.#behaviour.metadataCommitVisible === 'onHighWatermark' ? 0 : this.#random.uniformInt(0, fetchCadenceUs);
    return waitUs + roughExchangeUs(way, this.#kernel.nowUs);
  }

  #applyUpTo(broker: number, index: number): void {
    const subscriber = this.#subscribers.get(broker)!;
    if (!subscriber.isOnline || !subscriber.isConnected || subscriber.appliedCount >= index) return;
    while (subscriber.appliedCount < index) {
      const delta = this.#committed[subscriber.appliedCount - this.#firstIndex]!;
      subscriber.appliedCount++;
      this.#remember(subscriber, delta.offset);
      this.#port.applyMetadata(broker, delta);
      // Applying may end the broker (a failed log directory, a planned stop).
      if (!subscriber.isOnline) return;
    }
    this.#dropApplied();
  }

  #remember(subscriber: Subscriber, offset: number): void {
    subscriber.applied.push({ offset, atUs: this.#kernel.nowUs });
    if (subscriber.applied.length > APPLIED_REMEMBERED) subscriber.applied.shift();
  }

  #dropApplied(): void {
    let needed = this.#endIndex;
    for (const { isOnline, appliedCount } of this.#subscribers.values())
      if (isOnline && appliedCount < needed) needed = appliedCount;
    if (needed === this.#firstIndex) return;
    this.#committed.splice(0, needed - this.#firstIndex);
    this.#firstIndex = needed;
  }

  get #endIndex(): number {
    return this.#firstIndex + this.#committed.length;
  }
}
