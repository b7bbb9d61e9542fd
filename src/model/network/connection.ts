import type { Kernel, TimerHandle } from '../../sim/index.ts';
import { NO_TIMER } from '../../sim/index.ts';
import type { Channel, Exchange, ExchangeFailure } from './exchange.ts';
import { HeldBack } from './heldBack.ts';
import type { NetworkClient } from './networkClient.ts';
import type { Process } from './process.ts';
import { bufferBytes, TcpWindow } from './tcpWindow.ts';

type AnyExchange = Exchange<unknown, unknown>;

/** SYN, SYN-ACK, then one ApiVersions round trip. */
const SETUP_BYTES = 100;
/** Linux retries a lost SYN after 1 s, doubling. */
const SYN_RTO_US = 1_000_000;
/** `fetch.max.wait.ms` and `replica.fetch.wait.max.ms` have the same default; a long poll is renewed that often. */
const LONG_POLL_US = 500_000;
/** Messages below this size count only when others are on the way already. */
const SMALL_BYTES = 4096;

/**
 * One TCP connection between a client process and a server process, with Kafka's rules on both ends: requests are
 * served one at a time and answered in order, bytes arrive in order, silence is noticed only by time-outs.
 */
export class Connection implements Channel {
  isReady = false;
  isConnecting = false;
  backoffUntilUs = 0;
  lastAttemptUs = -1;
  readonly #client: NetworkClient;
  readonly #node: Process;
  readonly #kernel: Kernel;
  #failedAttempts = 0;
  #setupFailures = 0;
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
  /** What may be on its way at once, there and back. */
  #requestWindow: TcpWindow;
  #answerWindow: TcpWindow;
  /** Bytes that came to the server and that it has not read, or that cannot get to it. */
  #unreadBytes = 0;
  /** A request that is not written in full: the client can send no other one until it is (KafkaChannel.send). */
  #unwritten: AnyExchange | null = null;
  #unwrittenIsOneWay = false;
  #timeoutTimer: TimerHandle = NO_TIMER;
  #setupTimer: TimerHandle = NO_TIMER;
  #backoffTimer: TimerHandle = NO_TIMER;
  #serverIncarnation = 0;

  constructor(client: NetworkClient, node: Process) {
    this.#client = client;
    this.#node = node;
    this.#kernel = client.kernel;
    const { kernel, network, process } = client;
    this.#requestWindow = this.#newRequestWindow();
    this.#answerWindow = this.#newAnswerWindow();
    this.#heldRequests = new HeldBack(kernel, network.links, process, node, (exchange) => {
      this.#unreadBytes -= exchange.requestBytes;
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

  /** The last request left the client's hands: it is on its way or in the socket's buffers. */
  get isWritable(): boolean {
    return this.#unwritten === null;
  }

  #newRequestWindow(): TcpWindow {
    const { network, options } = this.#client;
    return new TcpWindow(options.sendBufferBytes ?? -1, network.socketBuffers(this.#node).receiveBytes);
  }

  #newAnswerWindow(): TcpWindow {
    const { network, options } = this.#client;
    return new TcpWindow(network.socketBuffers(this.#node).sendBytes, options.receiveBufferBytes ?? -1);
  }

  // ── connecting ────────────────────────────────────────────────────────────────────────────────

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
    const setupUs = this.#setupTimeoutUs();
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
      this.#refused();
      return;
    }
    this.#serverIncarnation = this.#node.incarnation;
    // The kernel of a frozen process accepts the connection; ApiVersions is answered by the process only.
    this.#kernel.atControl(this.#kernel.nowUs + roundTripUs, () => {
      if (epoch !== this.#epoch || !this.isConnecting) return;
      if (this.#node.life === 'dead') this.#refused();
      else this.#node.run(() => this.#established(epoch));
    });
  }

  #established(epoch: number): void {
    if (epoch !== this.#epoch || !this.isConnecting || this.#client.isClosed) return;
    this.#kernel.cancel(this.#setupTimer);
    this.isConnecting = false;
    this.isReady = true;
    this.#failedAttempts = 0;
    this.#setupFailures = 0;
    const nowUs = this.#kernel.nowUs;
    this.#lastArrivalUs = nowUs;
    this.#lastResponseUs = nowUs;
    this.#unmutedUs = nowUs;
    this.#serverQueue = [];
    this.#serverBusy = null;
    this.#requestWindow = this.#newRequestWindow();
    this.#answerWindow = this.#newAnswerWindow();
    this.#client.process.run(() => {
      if (epoch === this.#epoch && this.isReady) this.#client.listener.onReady(this.#node);
    });
  }

  #refused(): void {
    this.#kernel.cancel(this.#setupTimer);
    this.#attemptFailed('RST');
  }

  #setupTimedOut(epoch: number): void {
    if (epoch !== this.#epoch || !this.isConnecting) return;
    this.#setupFailures++;
    this.#attemptFailed('setup.timeout');
  }

  #attemptFailed(reason: 'RST' | 'setup.timeout'): void {
    this.isConnecting = false;
    this.#epoch++;
    this.#backOff();
    this.#client.process.run(() => {
      if (!this.#client.isClosed) this.#client.listener.onDisconnected(this.#node, reason, false);
    });
  }

  #backOff(): void {
    const { reconnectBackoffUs, reconnectBackoffMaxUs } = this.#client.options;
    const base = doubled(reconnectBackoffUs, this.#failedAttempts++, reconnectBackoffMaxUs);
    this.backoffUntilUs = this.#kernel.nowUs + Math.min(reconnectBackoffMaxUs, this.#client.random.jitter(base, 0.2));
  }

  /** Calls onReady's way in again once the backoff is over, so that a waiting sender need not poll. */
  #retryAfterBackoff(): void {
    if (this.#kernel.isPending(this.#backoffTimer)) return;
    this.#backoffTimer = this.#kernel.atControl(this.backoffUntilUs, () => {
      this.#client.process.run(() => this.connectIfAllowed());
    });
  }

  #setupTimeoutUs(): number {
    const { setupTimeoutUs, setupTimeoutMaxUs } = this.#client.options;
    return this.#client.random.jitter(doubled(setupTimeoutUs, this.#setupFailures, setupTimeoutMaxUs), 0.2);
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
    const { network, process } = this.#client;
    const { links } = network;
    const window = this.#requestWindow;
    let arrivalUs = startUs + links.delayUs(process, this.#node, sizeBytes, startUs);
    let isWritten = this.#unreadBytes === 0 || this.#fitsBuffers(sizeBytes);
    if (sizeBytes >= SMALL_BYTES || window.isInUse(startUs)) {
      const waitUs = this.#waitUs(process, this.#node, window, startUs, sizeBytes);
      if (waitUs > 0) {
        arrivalUs = Math.max(arrivalUs, startUs + links.typicalUs(process, this.#node) + waitUs);
        if (isWritten) isWritten = !this.#writesUntil(startUs + waitUs, startUs);
      }
    }
    if (!isWritten) {
      this.#unwritten = exchange;
      this.#unwrittenIsOneWay = !expectsResponse;
    }
    if (expectsResponse || !isWritten) {
      this.#inFlight.push(exchange);
      if (this.#timeoutTimer === NO_TIMER) this.#armTimeout();
    }
    if (arrivalUs < this.#lastArrivalUs) arrivalUs = this.#lastArrivalUs;
    this.#lastArrivalUs = arrivalUs;
    network.deliverRequest(exchange, arrivalUs);
    return isWritten;
  }

  /** How long the last byte waits for room in the window. */
  #waitUs(from: Process, to: Process, window: TcpWindow, startUs: number, bytes: number): number {
    const { links } = this.#client.network;
    const roundTripUs = links.typicalUs(from, to) + links.typicalUs(to, from);
    return window.waitUs(startUs, bytes, roundTripUs, links.loss(from, to));
  }

  /** The last byte leaves the host at `sentUs`; the send buffer takes it from the client before. @returns whether that is later than `startUs` */
  #writesUntil(sentUs: number, startUs: number): boolean {
    const { links } = this.#client.network;
    const { process, options } = this.#client;
    const roundTripUs = links.typicalUs(process, this.#node) + links.typicalUs(this.#node, process);
    const bufferedUs = (bufferBytes(options.sendBufferBytes ?? -1) * roundTripUs) / this.#requestWindow.windowBytes;
    const writtenUs = Math.round(sentUs - bufferedUs);
    if (writtenUs <= startUs) return false;
    const epoch = this.#epoch;
    this.#kernel.atData(writtenUs, () => this.#whenRunning(epoch, () => this.#written()));
    return true;
  }

  /** A process that hangs reads nothing: its kernel takes in a receive buffer full, the client's keeps the rest. */
  #fitsBuffers(moreBytes: number): boolean {
    const { network, process, options } = this.#client;
    const receiveBytes = network.links.isCut(process, this.#node)
      ? 0
      : bufferBytes(network.socketBuffers(this.#node).receiveBytes);
    return this.#unreadBytes + moreBytes <= bufferBytes(options.sendBufferBytes ?? -1) + receiveBytes;
  }

  /** The server has read a request that waited in its socket's buffer: there is room again. */
  #read(bytes: number): void {
    this.#unreadBytes -= bytes;
    if (this.#unwritten === null || !this.#fitsBuffers(0)) return;
    const epoch = this.#epoch;
    const { links } = this.#client.network;
    const atUs = this.#kernel.nowUs + links.typicalUs(this.#node, this.#client.process);
    this.#kernel.atData(atUs, () => this.#whenRunning(epoch, () => this.#written()));
  }

  #written(): void {
    const written = this.#unwritten;
    if (written === null || !this.#fitsBuffers(0)) return;
    this.#unwritten = null;
    if (this.#unwrittenIsOneWay) {
      this.#inFlight.splice(this.#inFlight.indexOf(written), 1);
      written.owner.onWritten?.(written);
    }
    if (this.isReady && this.isWritable) this.#client.listener.onReady(this.#node);
  }

  #whenRunning(epoch: number, work: () => void): void {
    this.#client.process.run(() => {
      if (epoch === this.#epoch) work();
    });
  }

  arrived(exchange: AnyExchange): void {
    if (exchange.connectionEpoch !== this.#epoch) return;
    if (this.#heldRequests.takes(exchange, exchange.sentAtUs)) this.#unreadBytes += exchange.requestBytes;
    else this.#reached(exchange);
  }

  #reached(exchange: AnyExchange): void {
    if (exchange.connectionEpoch !== this.#epoch) return;
    const { links } = this.#client.network;
    if (this.#node.life === 'dead' || this.#node.incarnation !== this.#serverIncarnation) {
      // The host answers a packet for a connection that it does not know with RST.
      const epoch = this.#epoch;
      this.#kernel.atData(this.#kernel.nowUs + links.typicalUs(this.#node, this.#client.process), () => {
        if (epoch === this.#epoch) this.#peerReset();
      });
      return;
    }
    if (this.#serverBusy === null && this.#serverQueue.length === 0 && this.#kernel.nowUs >= this.#unmutedUs) {
      this.#serve(exchange);
      return;
    }
    this.#serverQueue.push(exchange);
    this.#unreadBytes += exchange.requestBytes;
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
    this.#read(next.requestBytes);
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
    this.#unreadBytes += exchange.requestBytes;
    this.#node.run(() => {
      if (epoch === this.#epoch) this.#read(exchange.requestBytes);
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
    const window = this.#answerWindow;
    const to = this.#client.process;
    let arrivalUs = sentUs + links.delayUs(this.#node, to, sizeBytes, sentUs);
    if (sizeBytes >= SMALL_BYTES || window.isInUse(sentUs)) {
      const waitUs = this.#waitUs(this.#node, to, window, sentUs, sizeBytes);
      if (waitUs > 0) arrivalUs = Math.max(arrivalUs, sentUs + links.typicalUs(this.#node, to) + waitUs);
    }
    if (arrivalUs < this.#lastResponseUs) arrivalUs = this.#lastResponseUs;
    this.#lastResponseUs = arrivalUs;
    this.#client.network.deliverResponse(exchange, arrivalUs);
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
    this.#timeoutTimer = this.#kernel.atControl(Math.max(this.#nextLookUs(oldest), this.#kernel.nowUs), () => {
      this.#timeoutTimer = NO_TIMER;
      this.#client.process.run(() => {
        if (epoch !== this.#epoch) this.#armTimeout();
        else if (this.#inFlight.some((exchange) => this.#deadlineUs(exchange) <= this.#kernel.nowUs))
          this.disconnect('TIMED_OUT', 'request.timeout');
        else this.#armTimeout();
      });
    });
  }

  /** A long poll that is renewed in thought never times out; once silence began, its last round's time-out counts. */
  #deadlineUs(exchange: AnyExchange): number {
    if (exchange.parkedUs < 0) return exchange.deadlineUs;
    const timeoutUs = exchange.deadlineUs - exchange.sentAtUs;
    const silentUs = this.#client.network.silence.sinceUs(this.#client.process, this.#node);
    if (silentUs < 0) return this.#kernel.nowUs + timeoutUs;
    const rounds = Math.max(0, Math.floor((silentUs - exchange.parkedUs) / LONG_POLL_US));
    return exchange.parkedUs + rounds * LONG_POLL_US + timeoutUs;
  }

  /** Early enough to notice a silence that begins right after this look. */
  #nextLookUs(oldest: AnyExchange): number {
    const deadlineUs = this.#deadlineUs(oldest);
    if (oldest.parkedUs < 0) return deadlineUs;
    const isSilent = this.#client.network.silence.sinceUs(this.#client.process, this.#node) >= 0;
    return isSilent ? deadlineUs : Math.max(this.#kernel.nowUs + 1, deadlineUs - LONG_POLL_US);
  }

  #serverDied(): void {
    if (!this.isReady) return;
    const { links } = this.#client.network;
    const epoch = this.#epoch;
    // FIN/RST of the dying process reach the peer unless the way is cut; then nobody tells it.
    if (links.isCut(this.#node, this.#client.process)) return;
    this.#kernel.atData(this.#kernel.nowUs + links.typicalUs(this.#node, this.#client.process), () => {
      if (epoch === this.#epoch) this.#peerReset();
    });
  }

  #peerReset(): void {
    const epoch = this.#epoch;
    this.#client.process.run(() => {
      if (epoch === this.#epoch) this.disconnect('DISCONNECTED', 'RST');
    });
  }

  closeByServer(atUs: number): void {
    const epoch = this.#epoch;
    const { links } = this.#client.network;
    this.#kernel.atData(atUs + links.typicalUs(this.#node, this.#client.process), () => {
      if (epoch === this.#epoch) this.#peerReset();
    });
  }

  disconnect(failure: ExchangeFailure, reason: 'RST' | 'request.timeout' | 'setup.timeout'): void {
    if (!this.isReady && !this.isConnecting) return;
    const failed = this.#inFlight;
    const wasReady = this.isReady;
    this.#reset();
    this.#backOff();
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
    this.#unreadBytes = 0;
    this.#unwritten = null;
    this.#heldRequests.clear();
    this.#heldAnswers.clear();
    this.#kernel.cancel(this.#timeoutTimer);
    this.#timeoutTimer = NO_TIMER;
    this.#kernel.cancel(this.#setupTimer);
  }
}

function doubled(base: number, times: number, max: number): number {
  let value = base;
  for (let i = 0; i < times && value < max; i++) value *= 2;
  return Math.min(value, max);
}
