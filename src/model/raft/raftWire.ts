import { type Kernel, NO_TIMER, type RandomStream, type TimerHandle } from '../../sim/index.ts';
import { exponentialBackoffMs, jitterFactor } from '../algorithms/exponentialBackoff.ts';
import type { Network } from '../network/network.ts';
import type { Process } from '../network/process.ts';
import type { RaftRequest, RaftResponse } from './raftMessages.ts';
import type { RaftExchange } from './raftPort.ts';

/** Who is at the ends of the wires. */
export interface WireEnds {
  /** The node at this slot takes requests: its process runs (or is frozen) and has booted. */
  isListening(slot: number): boolean;
  bytesOf(message: RaftRequest | RaftResponse): number;
  onRequest(to: number, exchange: RaftExchange): void;
  onResponse(from: number, to: number, request: RaftRequest, response: RaftResponse, generation: number): void;
  onFailed(from: number, to: number, timedOut: boolean, generation: number): void;
}

/** socket.connection.setup.timeout.ms and its maximum; reconnect.backoff.ms and its maximum of `KafkaRaftManager`. */
const SETUP_MS = [10_000, 30_000] as const;
const RECONNECT_MS = [50, 500] as const;
/** Linux repeats a lost SYN after 1 s, doubling. */
const SYN_OFFSETS_US: readonly number[] = [1_000_000, 3_000_000, 7_000_000, 15_000_000, 31_000_000];

/**
 * ApiVersions on a new connection, through code that has hardly run yet. Calibrated: a voter of 4.3.1 that begins to ask
 * for votes is heard some 30 ms later.
 */
const FIRST_REQUEST_MIN_US = 10_000;
const FIRST_REQUEST_MAX_US = 50_000;

type State = 'down' | 'connecting' | 'up';

/**
 * The connections between voters: one each way, as each has its own client.
 *
 * A request without an answer for controller.quorum.request.timeout.ms closes its connection. A closed one is opened
 * again for the next request; while the way is cut that takes until one of the repeated SYNs gets through.
 *
 * Not modelled: what a socket that its client closed still had to send.
 *
 * Source: `KafkaNetworkChannel`, `InterBrokerSendThread`, `NetworkClient`, `ClusterConnectionStates` (KIP-601); RFC 6298.
 */
export class RaftWire {
  readonly kernel: Kernel;
  readonly network: Network;
  readonly processes: readonly Process[];
  readonly requestTimeoutUs: number;
  readonly random: RandomStream;
  readonly ends: WireEnds;
  readonly #connections: Connection[] = [];

  constructor(
    kernel: Kernel,
    network: Network,
    processes: readonly Process[],
    requestTimeoutUs: number,
    random: RandomStream,
    ends: WireEnds,
  ) {
    this.kernel = kernel;
    this.network = network;
    this.processes = processes;
    this.requestTimeoutUs = requestTimeoutUs;
    this.random = random;
    this.ends = ends;
    for (let from = 0; from < processes.length; from++)
      for (let to = 0; to < processes.length; to++) this.#connections.push(new Connection(this, from, to));
  }

  send(from: number, to: number, request: RaftRequest, generation: number): void {
    this.#connection(from, to).send(request, generation);
  }

  /** Both ways are open, as in a cluster that has been running for long. */
  open(a: number, b: number): void {
    this.#connection(a, b).open();
    this.#connection(b, a).open();
  }

  /** The process at this slot ended. Its host tells those that it can reach. */
  died(slot: number): void {
    for (const connection of this.#connections) {
      if (connection.from === slot) connection.forget();
      else if (connection.to === slot) connection.peerDied();
    }
  }

  #connection(from: number, to: number): Connection {
    return this.#connections[from * this.processes.length + to]!;
  }
}

class Connection {
  readonly from: number;
  readonly to: number;
  readonly #wire: RaftWire;
  #state: State = 'down';
  /** Counts connections made and lost; what belongs to an earlier one is not for this one. */
  #life = 0;
  #peerIncarnation = 0;
  #setupFailures = 0;
  #refusals = 0;
  #notBeforeUs = 0;
  #open: Exchange[] = [];
  #setupTimer: TimerHandle = NO_TIMER;

  constructor(wire: RaftWire, from: number, to: number) {
    this.#wire = wire;
    this.from = from;
    this.to = to;
  }

  open(): void {
    this.#state = 'up';
    this.#peerIncarnation = this.#peer.incarnation;
  }

  get #own(): Process {
    return this.#wire.processes[this.from]!;
  }

  get #peer(): Process {
    return this.#wire.processes[this.to]!;
  }

  send(request: RaftRequest, generation: number): void {
    const exchange = new Exchange(this.#wire, this, request, generation);
    this.#open.push(exchange);
    exchange.armTimeout(this.#wire.kernel.nowUs);
    if (this.#state === 'up') this.#transmit(exchange);
    else if (this.#state === 'down') this.#connect();
  }

  #transmit(exchange: Exchange): void {
    const { network, ends } = this.#wire;
    exchange.life = this.#life;
    if (this.#peerIncarnation !== this.#peer.incarnation || !ends.isListening(this.to)) {
      // A process that knows nothing of this connection, or none: the host answers with RST, if it hears us.
      this.peerDied();
      return;
    }
    network.post(this.#own, this.#peer, ends.bytesOf(exchange.request), () => {
      if (this.isCurrent(exchange) && ends.isListening(this.to)) ends.onRequest(this.to, exchange);
    });
  }

  isCurrent(exchange: Exchange): boolean {
    return !exchange.isOver && exchange.life === this.#life;
  }

  answer(exchange: Exchange, response: RaftResponse): void {
    const { network, ends } = this.#wire;
    network.post(this.#peer, this.#own, ends.bytesOf(response), () => {
      if (!this.isCurrent(exchange)) return;
      this.#finish(exchange);
      ends.onResponse(this.from, this.to, exchange.request, response, exchange.generation);
    });
  }

  #finish(exchange: Exchange): void {
    exchange.end();
    this.#open = this.#open.filter((other) => other !== exchange);
  }

  timedOut(exchange: Exchange): void {
    this.#finish(exchange);
    if (exchange.life === this.#life && this.#state === 'up') this.#close();
    this.#wire.ends.onFailed(this.from, this.to, true, exchange.generation);
  }

  // ── losing a connection ───────────────────────────────────────────────────────────────────────

  /** RST comes back after one way, unless it is cut. */
  peerDied(): void {
    const { kernel, network } = this.#wire;
    if (this.#state === 'down' || network.links.isCut(this.#peer, this.#own)) return;
    const life = this.#life;
    const { incarnation } = this.#own;
    const atUs = kernel.nowUs + network.links.typicalUs(this.#peer, this.#own);
    kernel.atControl(atUs, () => {
      if (this.#own.incarnation === incarnation) this.#own.run(() => life === this.#life && this.#refused());
    });
  }

  #refused(): void {
    this.#backOff(exponentialBackoffMs(this.#refusals++, ...RECONNECT_MS, this.#jitter()));
    this.#close();
  }

  #jitter(): number {
    return jitterFactor(this.#wire.random.next());
  }

  #backOff(ms: number): void {
    this.#notBeforeUs = this.#wire.kernel.nowUs + 1000 * ms;
  }

  /** Everything that waits for an answer over it fails. */
  #close(): void {
    this.#state = 'down';
    this.#life++;
    this.#wire.kernel.cancel(this.#setupTimer);
    const lost = this.#open;
    this.#open = [];
    for (const exchange of lost) exchange.end();
    for (const { generation } of lost) this.#wire.ends.onFailed(this.from, this.to, false, generation);
  }

  /** The own process is gone. */
  forget(): void {
    this.#state = 'down';
    this.#life++;
    this.#setupFailures = 0;
    this.#refusals = 0;
    this.#notBeforeUs = 0;
    this.#wire.kernel.cancel(this.#setupTimer);
    for (const exchange of this.#open) exchange.end();
    this.#open = [];
  }

  // ── making one ────────────────────────────────────────────────────────────────────────────────

  #connect(): void {
    const { kernel } = this.#wire;
    this.#state = 'connecting';
    const life = ++this.#life;
    this.#later(Math.max(kernel.nowUs, this.#notBeforeUs), life, () => {
      const timeoutUs = 1000 * exponentialBackoffMs(this.#setupFailures, ...SETUP_MS, this.#jitter());
      this.#setupTimer = this.#later(kernel.nowUs + timeoutUs, life, () => {
        this.#setupFailures++;
        this.#backOff(RECONNECT_MS[0]);
        this.#close();
      });
      this.#synchronize(kernel.nowUs, timeoutUs, 0, life);
    });
  }

  #later(atUs: number, life: number, run: () => void): TimerHandle {
    const { incarnation } = this.#own;
    return this.#wire.kernel.atControl(Math.max(atUs, this.#wire.kernel.nowUs), () => {
      if (this.#own.incarnation === incarnation) this.#own.run(() => life === this.#life && run());
    });
  }

  #synchronize(beganUs: number, timeoutUs: number, attempt: number, life: number): void {
    const { network } = this.#wire;
    if (network.links.isReachable(this.#own, this.#peer)) {
      this.#shakeHands(life);
      return;
    }
    const offsetUs = SYN_OFFSETS_US[attempt];
    if (offsetUs === undefined || offsetUs >= timeoutUs) return;
    this.#later(beganUs + offsetUs, life, () => this.#synchronize(beganUs, timeoutUs, attempt + 1, life));
  }

  /** TCP's handshake, then ApiVersions. */
  #shakeHands(life: number): void {
    const { network, kernel, ends } = this.#wire;
    const { links } = network;
    const roundTripUs = links.delayUs(this.#own, this.#peer, 60, kernel.nowUs) + links.typicalUs(this.#peer, this.#own);
    this.#later(kernel.nowUs + roundTripUs, life, () => {
      if (this.#peer.life === 'dead' || !ends.isListening(this.to)) {
        this.#refused();
        return;
      }
      const { incarnation } = this.#peer;
      const atUs = kernel.nowUs + this.#wire.random.uniformInt(FIRST_REQUEST_MIN_US, FIRST_REQUEST_MAX_US);
      network.post(this.#own, this.#peer, 60, () => {
        network.post(this.#peer, this.#own, 500, () => {
          this.#later(atUs, life, () => this.#peer.incarnation === incarnation && this.#established());
        });
      });
    });
  }

  #established(): void {
    this.#wire.kernel.cancel(this.#setupTimer);
    this.open();
    this.#setupFailures = 0;
    this.#refusals = 0;
    for (const exchange of [...this.#open]) if (!exchange.isOver) this.#transmit(exchange);
  }
}

class Exchange implements RaftExchange {
  readonly request: RaftRequest;
  readonly generation: number;
  isOver = false;
  life = -1;
  readonly #wire: RaftWire;
  readonly #connection: Connection;
  #timer: TimerHandle = NO_TIMER;

  constructor(wire: RaftWire, connection: Connection, request: RaftRequest, generation: number) {
    this.#wire = wire;
    this.#connection = connection;
    this.request = request;
    this.generation = generation;
  }

  get from(): number {
    return this.#connection.from;
  }

  answer(response: RaftResponse): void {
    if (this.#connection.isCurrent(this)) this.#connection.answer(this, response);
  }

  armTimeout(sentAtUs: number): void {
    const { kernel, processes, requestTimeoutUs } = this.#wire;
    const process = processes[this.from]!;
    const { incarnation } = process;
    this.#timer = kernel.atControl(Math.max(kernel.nowUs, sentAtUs + requestTimeoutUs), () => {
      if (process.incarnation === incarnation) process.run(() => this.isOver || this.#connection.timedOut(this));
    });
  }

  holdTimeout(): void {
    this.#wire.kernel.cancel(this.#timer);
  }

  resumeTimeout(sentAtUs: number): void {
    if (this.isOver) return;
    this.#wire.kernel.cancel(this.#timer);
    this.armTimeout(sentAtUs);
  }

  end(): void {
    this.isOver = true;
    this.#wire.kernel.cancel(this.#timer);
  }
}
