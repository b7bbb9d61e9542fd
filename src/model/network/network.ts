import type { Kernel } from '../../sim/index.ts';
import type { Exchange, RequestServer } from './exchange.ts';
import type { Links } from './links.ts';
import { nextRetransmissionUs } from './links.ts';
import type { Process } from './process.ts';
import { Silence } from './silence.ts';

/** A message within one packet passes the receiver's NIC in no time. */
const PACKET_BYTES = 1500;

/** `socket.send.buffer.bytes` and `socket.receive.buffer.bytes` of a server; -1 leaves it to the operating system. */
export interface SocketBuffers {
  readonly sendBytes: number;
  readonly receiveBytes: number;
}

const AUTOTUNED: SocketBuffers = { sendBytes: -1, receiveBytes: -1 };

/** The wires and who listens on them. Connections are made by `NetworkClient`. */
export class Network {
  readonly kernel: Kernel;
  readonly links: Links;
  readonly processes: readonly Process[];
  readonly silence: Silence;
  readonly #onTheWay: (Exchange<unknown, unknown> | null)[] = [];
  readonly #freeSlots: number[] = [];
  readonly #servers: (RequestServer | null)[];
  readonly #buffers: SocketBuffers[];
  readonly #onClosed: (() => void)[][];

  constructor(kernel: Kernel, links: Links, processes: readonly Process[]) {
    this.kernel = kernel;
    this.links = links;
    this.processes = processes;
    this.silence = new Silence(kernel, links, processes);
    this.#servers = processes.map(() => null);
    this.#buffers = processes.map(() => AUTOTUNED);
    this.#onClosed = processes.map(() => []);
  }

  /** The exchange reaches its server at `atUs`. Exchanges on their way sit in numbered slots: no closure per message. */
  deliverRequest(exchange: Exchange<unknown, unknown>, atUs: number): void {
    this.kernel.atData(atUs, this.#requestArrives, this.#slot(exchange));
  }

  deliverResponse(exchange: Exchange<unknown, unknown>, atUs: number): void {
    this.kernel.atData(atUs, this.#responseArrives, this.#slot(exchange));
  }

  readonly #requestArrives = (slot: number): void => {
    const { requestBytes, server } = this.#onTheWay[slot]!;
    if (requestBytes > PACKET_BYTES && this.#mustQueue(server, requestBytes, this.#requestReceived, slot)) return;
    this.#requestReceived(slot);
  };

  readonly #requestReceived = (slot: number): void => {
    const exchange = this.#take(slot);
    exchange.channel?.arrived(exchange);
  };

  readonly #responseArrives = (slot: number): void => {
    const { responseBytes, client } = this.#onTheWay[slot]!;
    if (responseBytes > PACKET_BYTES && this.#mustQueue(client, responseBytes, this.#responseReceived, slot)) return;
    this.#responseReceived(slot);
  };

  readonly #responseReceived = (slot: number): void => {
    const exchange = this.#take(slot);
    exchange.channel?.answered(exchange);
  };

  /** The receiver's NIC takes in one byte after the other: what comes while it is busy waits, at the cost of one event. */
  #mustQueue(to: Process, bytes: number, received: (slot: number) => void, slot: number): boolean {
    const { nowUs } = this.kernel;
    const atUs = this.links.receivedUs(to, bytes, nowUs);
    if (atUs <= nowUs) return false;
    this.kernel.atData(atUs, received, slot);
    return true;
  }

  #slot(exchange: Exchange<unknown, unknown>): number {
    const slot = this.#freeSlots.pop() ?? this.#onTheWay.length;
    this.#onTheWay[slot] = exchange;
    return slot;
  }

  #take(slot: number): Exchange<unknown, unknown> {
    const exchange = this.#onTheWay[slot]!;
    this.#onTheWay[slot] = null;
    this.#freeSlots.push(slot);
    return exchange;
  }

  /** null: its sockets are closed, and whoever is connected learns it. */
  listen(process: Process, server: RequestServer | null): void {
    const before = this.#servers[process.index];
    this.#servers[process.index] = server;
    if (server === null && before !== null) for (const closed of this.#onClosed[process.index]!) closed();
  }

  /** Called when the process closes its sockets while it lives on. */
  onSocketsClosed(process: Process, closed: () => void): void {
    this.#onClosed[process.index]!.push(closed);
  }

  setSocketBuffers(process: Process, buffers: SocketBuffers): void {
    this.#buffers[process.index] = buffers;
  }

  socketBuffers(process: Process): SocketBuffers {
    return this.#buffers[process.index]!;
  }

  server(process: Process): RequestServer | null {
    return this.#servers[process.index] ?? null;
  }

  /**
   * One message over a connection that both ends keep for good (controller and quorum traffic). It arrives in the
   * receiver's present or a later moment of the same life: held back while the way is cut (retransmission), queued while
   * the receiver is frozen, gone when the receiver or the sender's host restarts or dies first.
   */
  post(from: Process, to: Process, bytes: number, deliver: () => void): void {
    const incarnation = to.incarnation;
    const sentAtUs = this.kernel.nowUs;
    const arrive = (): void => {
      if (to.life === 'dead' || to.incarnation !== incarnation) return;
      if (this.links.isCut(from, to)) {
        this.#afterHeal(from, to, sentAtUs, arrive);
        return;
      }
      to.run(deliver);
    };
    if (this.links.isCut(from, to)) this.#afterHeal(from, to, sentAtUs, arrive);
    else this.kernel.atControl(sentAtUs + this.links.delayUs(from, to, bytes, sentAtUs), arrive);
  }

  #afterHeal(from: Process, to: Process, sentAtUs: number, arrive: () => void): void {
    const stop = this.links.onReachabilityChange(() => {
      if (this.links.isCut(from, to)) return;
      stop();
      const nowUs = this.kernel.nowUs;
      const retriedUs = nextRetransmissionUs(sentAtUs, nowUs);
      this.kernel.atControl(retriedUs + this.links.typicalUs(from, to), arrive);
    });
  }
}
