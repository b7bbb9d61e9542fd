import type { Action, Kernel, RandomStream, TimerHandle } from '../../sim/index.ts';

import { Connection } from './connection.ts';
import type { Exchange, ExchangeFailure } from './exchange.ts';
import type { Network } from './network.ts';
import type { Process } from './process.ts';

export interface NetworkClientOptions {
  /** `max.in.flight.requests.per.connection`; consumers have no such limit (use 100). */
  readonly maxInFlight: number;
  readonly reconnectBackoffUs: number;
  readonly reconnectBackoffMaxUs: number;
  readonly setupTimeoutUs: number;
  readonly setupTimeoutMaxUs: number;
  /** `send.buffer.bytes` and `receive.buffer.bytes`; -1 (or nothing) leaves them to the operating system. */
  readonly sendBufferBytes?: number;
  readonly receiveBufferBytes?: number;
}

export interface NetworkClientListener {
  /** The connection can take a request again: it became ready, or an in-flight slot became free after it was full. */
  onReady(node: Process): void;
  /** Every in-flight exchange of that connection has already been failed. `wasReady` false: an attempt to connect failed. */
  onDisconnected(node: Process, reason: 'RST' | 'request.timeout' | 'setup.timeout', wasReady: boolean): void;
}

/**
 * The connections of one process to its servers: NetworkClient with ClusterConnectionStates.
 *
 * Per node: first reconnect after `reconnect.backoff.ms`, doubling per failed attempt up to its maximum; connection
 * set-up must end within `socket.connection.setup.timeout.ms`, doubling likewise (KIP-601), both with 20 % jitter.
 * A request that is not answered within its time-out closes the connection and fails everything in flight on it.
 */
export class NetworkClient {
  readonly process: Process;
  readonly network: Network;
  readonly kernel: Kernel;
  readonly options: NetworkClientOptions;
  readonly random: RandomStream;
  readonly listener: NetworkClientListener;
  readonly #connections: (Connection | undefined)[] = [];
  #closed = false;

  constructor(
    process: Process,
    network: Network,
    options: NetworkClientOptions,
    random: RandomStream,
    listener: NetworkClientListener,
  ) {
    this.process = process;
    this.network = network;
    this.kernel = network.kernel;
    this.options = options;
    this.random = random;
    this.listener = listener;
  }

  /** Connected, below the in-flight limit, and all that was sent is written to the socket. Starts connecting when there is no connection and no backoff in force; `onReady` follows. */
  ready(node: Process): boolean {
    const connection = this.#connection(node);
    if (connection.isReady) return connection.inFlightCount < this.options.maxInFlight && connection.isWritable;
    connection.connectIfAllowed();
    return false;
  }

  isConnected(node: Process): boolean {
    return this.#connections[node.index]?.isReady ?? false;
  }

  /** Earliest instant at which a new connection attempt to the node is allowed. */
  backoffUntilUs(node: Process): number {
    return this.#connection(node).backoffUntilUs;
  }

  /** When the last attempt to connect to the node began; -1 when never. For leastLoadedNode. */
  lastAttemptUs(node: Process): number {
    return this.#connections[node.index]?.lastAttemptUs ?? -1;
  }

  isConnecting(node: Process): boolean {
    return this.#connections[node.index]?.isConnecting ?? false;
  }

  inFlightCount(node: Process): number {
    return this.#connections[node.index]?.inFlightCount ?? 0;
  }

  /**
   * Requires `ready(node)`. `timeoutUs` is request.timeout.ms. `expectsResponse` false: acks=0. `startUs`: when the sender
   * has it ready, now or a little later (its own work before costs no event).
   *
   * @returns false when the socket's buffers are full: without an answer to come, `onWritten` or `onFailure` follows
   */
  send<Q, S>(
    node: Process,
    exchange: Exchange<Q, S>,
    sizeBytes: number,
    timeoutUs: number,
    expectsResponse = true,
    startUs = this.kernel.nowUs,
  ): boolean {
    return this.#connection(node).send(
      exchange as unknown as Exchange<unknown, unknown>,
      sizeBytes,
      timeoutUs,
      expectsResponse,
      startUs,
    );
  }

  /** Drops the connection; its in-flight exchanges fail with `failure`. */
  disconnect(node: Process, failure: ExchangeFailure = 'DISCONNECTED'): void {
    this.#connections[node.index]?.disconnect(failure, failure === 'TIMED_OUT' ? 'request.timeout' : 'RST');
  }

  /** The process ends or is killed: no callback follows any more. */
  close(): void {
    this.#closed = true;
    for (const connection of this.#connections) connection?.abandon();
    this.#connections.length = 0;
  }

  /** A new incarnation of the process starts with no connections. */
  reopen(): void {
    this.#closed = false;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  timer(atUs: number, action: Action): TimerHandle {
    return this.kernel.atControl(atUs, action);
  }

  #connection(node: Process): Connection {
    let connection = this.#connections[node.index];
    if (connection === undefined) {
      connection = new Connection(this, node);
      this.#connections[node.index] = connection;
    }
    return connection;
  }
}
