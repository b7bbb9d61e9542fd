import type { Kernel, TimerHandle } from '../../sim/index.ts';
import { NO_TIMER } from '../../sim/index.ts';
import type { Channel, Exchange, ExchangeFailure } from './exchange.ts';
import { HeldBack } from './heldBack.ts';
import type { NetworkClient } from './networkClient.ts';
import type { Process } from './process.ts';
import { ReconnectBackoff } from './reconnectBackoff.ts';
import { nextLookUs, requestDeadlineUs } from './requestDeadline.ts';
import { answerWindow, arrivalUs, RequestSocket } from './requestSocket.ts';
import type { TcpWindow } from './tcpWindow.ts';

type AnyExchange = Exchange<unknown, unknown>;

/** SYN, SYN-ACK, then one ApiVersions round trip. */
const SETUP_BYTES = 100;
/** Linux retries a lost SYN after 1 s, doubling. */
const SYN_RTO_US = 1_000_000;

/**
 * One TCP connection between a client process and a server process, with Kafka's rules on both ends: requests are
 * served one at a time and answered in order, bytes arrive in order, silence is noticed only by time-outs.
 */
export class Connection implements Channel {
  isReady = false;
  isConnecting = false;
  lastAttemptUs = -1;
  readonly #client: NetworkClient;
  readonly #node: Process;
  readonly #kernel: Kernel;
  readonly #backoff: ReconnectBackoff;
  /** Counts connections made: callbacks of an earlier one are void. */
  #epoch = 0;
  #inFlight: AnyExchange[] = [];
  readonly #heldRequests: HeldBack;
  readonly #heldAnswers: HeldBack;
  #serverQueue: AnyExchange[] = [];
  #serverBusy: AnyExchange | null = null;
  #unmutedUs = 0;
  #unmuteTimer: TimerHandle = NO_TIMER;
  #lastArrivalUs = 0;
  #lastResponseUs = 0;
  readonly #socket: RequestSocket;
  #answerWindow: TcpWindow;
  #timeoutTimer: TimerHandle = NO_TIMER;
  #setupTimer: TimerHandle = NO_TIMER;
  #backoffTimer: TimerHandle = NO_TIMER;
  #serverIncarnation = 0;

  constructor(client: NetworkClient, node: Process) {
    this.#client = client;
    this.#node = node;
    this.#kernel = client.kernel;
    const { kernel, network, process } = client;
    this.#backoff = new ReconnectBackoff(client.options, client.random);
    this.#socket = new RequestSocket(client, node, (exchange, isOneWay) => this.#written(exchange, isOneWay));
    this.#answerWindow = answerWindow(this.#client, this.#node);
    this.#heldRequests = new HeldBack(kernel, network.links, process, node, (exchange) => {
      this.#socket.released(exchange.requestBytes);
      this.#reached(exchange);
    });
    this.#heldAnswers = new HeldBack(kernel, network.links, node, process, (exchange) => {
      // A machine that lost power meanwhile repeats nothing.
      if (node.life !== 'dead' && node.incarnation === this.#serverIncarnation) this.#cameBack(exchange);
    });
    node.onLifeChange((_process, _from, to) => {
      if (to === 'dead') this.#serverDied();
    });
    network.onSocketsClosed(node, () => this.#serverDied());
  }

  get inFlightCount(): number {
    return this.#inFlight.length;
  }

  get isWritable(): boolean {
    return this.#socket.isWritable;
  }

  get backoffUntilUs(): number {
    return this.#backoff.untilUs;
  }

  connectIfAllowed(): void {
    if (this.isReady || this.isConnecting || this.#client.isClosed) return;
    const nowUs = this.#kernel.nowUs;
    if (nowUs < this.backoffUntilUs) {
      this.#retryAfterBackoff();
      return;
    }
    this.isConnecting = true;
    this.lastAttemptUs = nowUs;
    const epoch = ++this.#epoch;
    const setupUs = this.#backoff.setupTimeoutUs();
    this.#setupTimer = this.#kernel.atControl(nowUs + setupUs, () => this.#setupTimedOut(epoch));
    this.#sendSyn(epoch, nowUs, 0);
  }

  #sendSyn(epoch: number, firstUs: number, attempt: number): void {
    if (epoch !== this.#epoch || !this.isConnecting) return;
    const { links } = this.#client.network;
    const nowUs = this.#kernel.nowUs;
    if (!links.isReachable(this.#client.process, this.#node)) {
      this.#kernel.atControl(nowUs + SYN_RTO_US * (1 << Math.min(attempt, 6)), () =>
        this.#sendSyn(epoch, firstUs, attempt + 1),
      );
      return;
    }
    const roundTripUs =
      links.delayUs(this.#client.process, this.#node, SETUP_BYTES, nowUs) +
      links.delayUs(this.#node, this.#client.process, SETUP_BYTES, nowUs);
    this.#kernel.atControl(nowUs + roundTripUs, () => this.#synAnswered(epoch, roundTripUs));
  }

  #synAnswered(epoch: number, roundTripUs: number): void {
    if (epoch !== this.#epoch || !this.isConnecting) return;
    if (this.#node.life === 'dead' || this.#client.network.server(this.#node) === null) {
      this.#attemptFailed('RST');
      return;
    }
    this.#serverIncarnation = this.#node.incarnation;
    // The kernel of a frozen process accepts the connection; ApiVersions is answered by the process only.
    this.#kernel.atControl(this.#kernel.nowUs + roundTripUs, () => {
      if (epoch !== this.#epoch || !this.isConnecting) return;
      if (this.#node.life === 'dead') this.#attemptFailed('RST');
      else this.#node.run(() => this.#established(epoch));
    });
  }

  #established(epoch: number): void {
    if (epoch !== this.#epoch || !this.isConnecting || this.#client.isClosed) return;
    this.#kernel.cancel(this.#setupTimer);
    this.isConnecting = false;
    this.isReady = true;
    this.#backoff.connected();
    const nowUs = this.#kernel.nowUs;
    this.#lastArrivalUs = nowUs;
    this.#lastResponseUs = nowUs;
    this.#unmutedUs = nowUs;
    this.#serverQueue = [];
    this.#serverBusy = null;
    this.#socket.reset();
    this.#answerWindow = answerWindow(this.#client, this.#node);
    this.#client.process.run(() => {
      if (epoch === this.#epoch && this.isReady) this.#client.listener.onReady(this.#node);
    });
  }

  #setupTimedOut(epoch: number): void {
    if (epoch !== this.#epoch || !this.isConnecting) return;
    this.#backoff.setupTimedOut();
    this.#attemptFailed('setup.timeout');
  }

  #attemptFailed(reason: 'RST' | 'setup.timeout'): void {
    this.#kernel.cancel(this.#setupTimer);
    this.isConnecting = false;
    this.#epoch++;
    this.#backoff.begin(this.#kernel.nowUs);
    this.#client.process.run(() => {
      if (!this.#client.isClosed) this.#client.listener.onDisconnected(this.#node, reason, false);
    });
  }

  /** Calls onReady's way in again once the backoff is over, so that a waiting sender need not poll. */
  #retryAfterBackoff(): void {
    if (this.#kernel.isPending(this.#backoffTimer)) return;
    this.#backoffTimer = this.#kernel.atControl(this.backoffUntilUs, () => {
      this.#client.process.run(() => this.connectIfAllowed());
    });
  }

  // ── requests ──────────────────────────────────────────────────────────────────────────────────

  /**
   * `startUs`: when the client hands it to the socket, now or a little later.
   *
   * @returns false when it does not fit into the socket's buffers
   */
  send(
    exchange: AnyExchange,
    sizeBytes: number,
    timeoutUs: number,
    expectsResponse: boolean,
    startUs: number,
  ): boolean {
    exchange.client = this.#client.process;
    exchange.server = this.#node;
    exchange.channel = this;
    exchange.connectionEpoch = this.#epoch;
    exchange.sentAtUs = startUs;
    exchange.deadlineUs = startUs + timeoutUs;
    exchange.requestBytes = sizeBytes;
    const atUs = Math.max(this.#lastArrivalUs, this.#socket.write(exchange, startUs, !expectsResponse));
    this.#lastArrivalUs = atUs;
    const { isWritable } = this.#socket;
    if (expectsResponse || !isWritable) {
      this.#inFlight.push(exchange);
      if (this.#timeoutTimer === NO_TIMER) this.#armTimeout();
    }
    this.#client.network.deliverRequest(exchange, atUs);
    return isWritable;
  }

  #written(exchange: AnyExchange, isOneWay: boolean): void {
    if (isOneWay) {
      this.#inFlight.splice(this.#inFlight.indexOf(exchange), 1);
      exchange.owner.onWritten?.(exchange);
    }
    if (this.isReady && this.isWritable) this.#client.listener.onReady(this.#node);
  }

  arrived(exchange: AnyExchange): void {
    if (exchange.connectionEpoch !== this.#epoch) return;
    if (this.#heldRequests.takes(exchange, exchange.sentAtUs)) this.#socket.held(exchange.requestBytes);
    else this.#reached(exchange);
  }

  #reached(exchange: AnyExchange): void {
    if (exchange.connectionEpoch !== this.#epoch) return;
    if (this.#node.life === 'dead' || this.#node.incarnation !== this.#serverIncarnation) {
      // The host answers a packet for a connection that it does not know with RST.
      this.closeByServer(this.#kernel.nowUs);
      return;
    }
    if (this.#serverBusy === null && this.#serverQueue.length === 0 && this.#kernel.nowUs >= this.#unmutedUs) {
      this.#serve(exchange);
      return;
    }
    this.#serverQueue.push(exchange);
    this.#socket.held(exchange.requestBytes);
    this.#serveNext();
  }

  /** The channel is muted from the moment a request is taken until its answer is sent. */
  #serveNext(): void {
    if (this.#serverBusy !== null || this.#serverQueue.length === 0) return;
    const nowUs = this.#kernel.nowUs;
    if (nowUs < this.#unmutedUs) {
      if (!this.#kernel.isPending(this.#unmuteTimer))
        this.#unmuteTimer = this.#kernel.atData(this.#unmutedUs, this.#onUnmuted, this.#epoch);
      return;
    }
    const next = this.#serverQueue.shift()!;
    this.#socket.released(next.requestBytes);
    this.#serve(next);
  }

  #serve(exchange: AnyExchange): void {
    this.#serverBusy = exchange;
    if (this.#node.life === 'running') this.#client.network.server(this.#node)?.handle(exchange);
    else this.#serveLater(exchange);
  }

  /**
   * A frozen process reads the request when it resumes, also when the client has given the connection up meanwhile: the
   * bytes are in the socket's buffer. Nobody hears the answer then. Apart, so that the usual way makes no closure.
   */
  #serveLater(exchange: AnyExchange): void {
    const epoch = this.#epoch;
    this.#socket.held(exchange.requestBytes);
    this.#node.run(() => {
      if (epoch === this.#epoch) this.#socket.released(exchange.requestBytes);
      this.#client.network.server(this.#node)?.handle(exchange);
    });
  }

  readonly #onUnmuted = (epoch: number): void => {
    if (epoch === this.#epoch) this.#serveNext();
  };

  respond(exchange: AnyExchange, response: unknown, sizeBytes: number, atUs: number): void {
    if (this.#serverBusy !== exchange) return;
    const sentUs = Math.max(atUs, this.#kernel.nowUs);
    const { links } = this.#client.network;
    exchange.response = response;
    exchange.answeredUs = sentUs;
    exchange.responseBytes = sizeBytes;
    const atClientUs = Math.max(
      this.#lastResponseUs,
      arrivalUs(links, this.#answerWindow, this.#node, this.#client.process, sizeBytes, sentUs),
    );
    this.#lastResponseUs = atClientUs;
    this.#client.network.deliverResponse(exchange, atClientUs);
    this.#serverBusy = null;
    this.#unmutedUs = sentUs;
    if (this.#serverQueue.length > 0) this.#serveNext();
  }

  answered(exchange: AnyExchange): void {
    if (exchange.connectionEpoch !== this.#epoch) return;
    if (this.#heldAnswers.takes(exchange, exchange.answeredUs)) return;
    this.#cameBack(exchange);
  }

  #cameBack(exchange: AnyExchange): void {
    if (exchange.connectionEpoch !== this.#epoch) return;
    if (this.#client.process.life === 'running') this.#complete(this.#epoch, exchange, exchange.response);
    else this.#completeLater(exchange, this.#epoch);
  }

  #completeLater(exchange: AnyExchange, epoch: number): void {
    this.#client.process.run(() => this.#complete(epoch, exchange, exchange.response));
  }

  #complete(epoch: number, exchange: AnyExchange, response: unknown): void {
    if (epoch !== this.#epoch || this.#client.isClosed) return;
    const wasFull = this.#inFlight.length >= this.#client.options.maxInFlight;
    if (this.#inFlight[0] === exchange) this.#inFlight.shift();
    else {
      const at = this.#inFlight.indexOf(exchange);
      if (at < 0) return;
      this.#inFlight.splice(at, 1);
    }
    exchange.channel = null;
    exchange.owner.onResponse(exchange, response);
    if (wasFull && epoch === this.#epoch && this.isReady) this.#client.listener.onReady(this.#node);
  }

  // ── silence, breaks ───────────────────────────────────────────────────────────────────────────

  /** One timer per connection, re-armed for the oldest request only when it fires: an answered request costs no timer. */
  #armTimeout(): void {
    const oldest = this.#inFlight[0];
    this.#timeoutTimer = NO_TIMER;
    if (oldest === undefined) return;
    const epoch = this.#epoch;
    this.#timeoutTimer = this.#kernel.atControl(nextLookUs(oldest, this.#silentUs, this.#kernel.nowUs), () => {
      this.#timeoutTimer = NO_TIMER;
      this.#client.process.run(() => {
        if (epoch !== this.#epoch) this.#armTimeout();
        else if (this.#isOverdue()) this.disconnect('TIMED_OUT', 'request.timeout');
        else this.#armTimeout();
      });
    });
  }

  #isOverdue(): boolean {
    const { nowUs } = this.#kernel;
    const silentUs = this.#silentUs;
    return this.#inFlight.some((exchange) => requestDeadlineUs(exchange, silentUs, nowUs) <= nowUs);
  }

  get #silentUs(): number {
    return this.#client.network.silence.sinceUs(this.#client.process, this.#node);
  }

  #serverDied(): void {
    // FIN/RST of the dying process reach the peer unless the way is cut; then nobody tells it.
    if (this.isReady && !this.#client.network.links.isCut(this.#node, this.#client.process))
      this.closeByServer(this.#kernel.nowUs);
  }

  /** The server's host sends RST or FIN at `atUs`. */
  closeByServer(atUs: number): void {
    const epoch = this.#epoch;
    const { process, network } = this.#client;
    this.#kernel.atData(atUs + network.links.typicalUs(this.#node, process), () => {
      if (epoch !== this.#epoch) return;
      process.run(() => {
        if (epoch === this.#epoch) this.disconnect('DISCONNECTED', 'RST');
      });
    });
  }

  disconnect(failure: ExchangeFailure, reason: 'RST' | 'request.timeout' | 'setup.timeout'): void {
    if (!this.isReady && !this.isConnecting) return;
    const failed = this.#inFlight;
    const wasReady = this.isReady;
    this.#reset();
    this.#backoff.begin(this.#kernel.nowUs);
    for (const exchange of failed) {
      exchange.channel = null;
      const timedOut = failure === 'TIMED_OUT' && exchange.deadlineUs <= this.#kernel.nowUs;
      exchange.owner.onFailure(exchange, timedOut ? 'TIMED_OUT' : 'DISCONNECTED');
    }
    this.#client.listener.onDisconnected(this.#node, reason, wasReady);
  }

  abandon(): void {
    this.#reset();
    this.#kernel.cancel(this.#backoffTimer);
  }

  #reset(): void {
    this.#epoch++;
    this.isReady = false;
    this.isConnecting = false;
    this.#inFlight = [];
    this.#serverQueue = [];
    this.#serverBusy = null;
    this.#socket.reset();
    this.#heldRequests.clear();
    this.#heldAnswers.clear();
    this.#kernel.cancel(this.#timeoutTimer);
    this.#timeoutTimer = NO_TIMER;
    this.#kernel.cancel(this.#setupTimer);
  }
}
