import type { Kernel } from '../../sim/index.ts';
import type { Exchange } from './exchange.ts';
import type { Links } from './links.ts';
import type { NetworkClient } from './networkClient.ts';
import type { Process } from './process.ts';
import { bufferBytes, TcpWindow } from './tcpWindow.ts';

type AnyExchange = Exchange<unknown, unknown>;

/** Messages below this size count only when others are on the way already. */
const SMALL_BYTES = 4096;

/**
 * When a message that is sent at `startUs` has arrived: latency and bandwidth, or as many round trips as the window needs,
 * whichever takes longer.
 */
export function arrivalUs(
  links: Links,
  window: TcpWindow,
  from: Process,
  to: Process,
  bytes: number,
  startUs: number,
): number {
  const plainUs = startUs + links.delayUs(from, to, bytes, startUs);
  if (bytes < SMALL_BYTES && !window.isInUse(startUs)) return plainUs;
  const oneWayUs = links.typicalUs(from, to);
  const waitUs = window.waitUs(startUs, bytes, oneWayUs + links.typicalUs(to, from), links.loss(from, to));
  return waitUs === 0 ? plainUs : Math.max(plainUs, startUs + oneWayUs + waitUs);
}

/** What the server may have on its way to the client. */
export function answerWindow({ network, options }: NetworkClient, node: Process): TcpWindow {
  return new TcpWindow(network.socketBuffers(node).sendBytes, options.receiveBufferBytes ?? -1);
}

/**
 * The requests of one connection as bytes: what is on its way, what lies in the buffers of the two kernels, and what the
 * client could not hand over yet. A client writes one request at a time; while one is not written in full it cannot begin
 * another (KafkaChannel, InFlightRequests.canSendMore).
 */
export class RequestSocket {
  readonly #client: NetworkClient;
  readonly #node: Process;
  readonly #kernel: Kernel;
  readonly #onWritten: (exchange: AnyExchange, isOneWay: boolean) => void;
  #window: TcpWindow;
  /** Bytes that came to the server and that it has not read, or that cannot get to it. */
  #unreadBytes = 0;
  #unwritten: AnyExchange | null = null;
  #unwrittenIsOneWay = false;
  /** Counts connections: what was to happen on an earlier one is void. */
  #life = 0;

  /** @param onWritten  a request that did not fit at first is written; `isOneWay`: no answer will come */
  constructor(client: NetworkClient, node: Process, onWritten: (exchange: AnyExchange, isOneWay: boolean) => void) {
    this.#client = client;
    this.#node = node;
    this.#kernel = client.kernel;
    this.#onWritten = onWritten;
    this.#window = this.#newWindow();
  }

  /** The last request left the client's hands: it is on its way or in the kernels' buffers. */
  get isWritable(): boolean {
    return this.#unwritten === null;
  }

  /** A new connection, or the end of one. */
  reset(): void {
    this.#life++;
    this.#unreadBytes = 0;
    this.#unwritten = null;
    this.#window = this.#newWindow();
  }

  /** Sends a request at `startUs`, now or later, and returns when it has arrived; `isWritable` says whether it fitted. */
  write(exchange: AnyExchange, startUs: number, isOneWay: boolean): number {
    const { network, process } = this.#client;
    const { requestBytes } = exchange;
    const { links } = network;
    let atUs = startUs + links.delayUs(process, this.#node, requestBytes, startUs);
    let isWritten = this.#unreadBytes === 0 || this.#fits(requestBytes);
    if (requestBytes >= SMALL_BYTES || this.#window.isInUse(startUs)) {
      const oneWayUs = links.typicalUs(process, this.#node);
      const roundTripUs = oneWayUs + links.typicalUs(this.#node, process);
      const waitUs = this.#window.waitUs(startUs, requestBytes, roundTripUs, links.loss(process, this.#node));
      if (waitUs > 0) {
        atUs = Math.max(atUs, startUs + oneWayUs + waitUs);
        isWritten &&= !this.#isWrittenLater(startUs + waitUs, startUs, roundTripUs);
      }
    }
    if (isWritten) return atUs;
    this.#unwritten = exchange;
    this.#unwrittenIsOneWay = isOneWay;
    return atUs;
  }

  /** Bytes wait in the server's buffer, or in the client's while the way is cut. */
  held(bytes: number): void {
    this.#unreadBytes += bytes;
  }

  /** They are read, or on their way again. */
  released(bytes: number): void {
    this.#unreadBytes -= bytes;
    if (this.#unwritten === null || !this.#fits(0)) return;
    const acknowledgedUs = this.#client.network.links.typicalUs(this.#node, this.#client.process);
    this.#tryAt(this.#kernel.nowUs + acknowledgedUs);
  }

  /** The last byte leaves the host at `sentUs`; the send buffer takes it from the client some time before. */
  #isWrittenLater(sentUs: number, startUs: number, roundTripUs: number): boolean {
    const bufferedUs = (this.#sendBufferBytes * roundTripUs) / this.#window.windowBytes;
    const writtenUs = Math.round(sentUs - bufferedUs);
    if (writtenUs <= startUs) return false;
    this.#tryAt(writtenUs);
    return true;
  }

  /** A process that hangs reads nothing: its kernel takes in a receive buffer full, the client's keeps the rest. */
  #fits(moreBytes: number): boolean {
    const { network, process } = this.#client;
    const isCut = network.links.isCut(process, this.#node);
    const receiveBytes = isCut ? 0 : bufferBytes(network.socketBuffers(this.#node).receiveBytes);
    return this.#unreadBytes + moreBytes <= this.#sendBufferBytes + receiveBytes;
  }

  get #sendBufferBytes(): number {
    return bufferBytes(this.#client.options.sendBufferBytes ?? -1);
  }

  #newWindow(): TcpWindow {
    const { network, options } = this.#client;
    return new TcpWindow(options.sendBufferBytes ?? -1, network.socketBuffers(this.#node).receiveBytes);
  }

  #tryAt(atUs: number): void {
    const life = this.#life;
    this.#kernel.atData(atUs, () => this.#client.process.run(() => life === this.#life && this.#tryWritten()));
  }

  #tryWritten(): void {
    const written = this.#unwritten;
    if (written === null || !this.#fits(0)) return;
    this.#unwritten = null;
    this.#onWritten(written, this.#unwrittenIsOneWay);
  }
}
