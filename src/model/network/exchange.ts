import type { Process } from './process.ts';

/** Why a request got no answer, as Kafka's NetworkClient tells its caller. */
export type ExchangeFailure = 'DISCONNECTED' | 'TIMED_OUT';

/** Who sent a request. Called at most once per exchange, never after the sending process died. */
export interface ExchangeOwner<Request, Response> {
  onResponse(exchange: Exchange<Request, Response>, response: Response): void;
  onFailure(exchange: Exchange<Request, Response>, failure: ExchangeFailure): void;
  /** A request without an answer that had not fitted into the socket's buffers is written now. */
  onWritten?(exchange: Exchange<Request, Response>): void;
}

/**
 * Who answers requests. `handle` is called when the connection's earlier requests are answered (a channel is muted
 * while one is in service); it must lead to exactly one `exchange.respond(...)`, at once or later, unless the
 * process dies or the connection breaks (then `respond` does nothing).
 */
export interface RequestServer {
  handle(exchange: Exchange<unknown, unknown>): void;
}

/** One request and its answer. */
export class Exchange<Request, Response> {
  readonly api: string;
  readonly request: Request;
  readonly owner: ExchangeOwner<Request, Response>;
  /** Set by the network when it is sent. */
  client!: Process;
  server!: Process;
  sentAtUs = 0;
  deadlineUs = 0;
  /** On the wire: the request, and its answer once there is one. */
  requestBytes = 0;
  responseBytes = 0;
  /** The server holds it as a long poll since then; -1: not. */
  parkedUs = -1;
  #expirePoll: (() => void) | null = null;
  /** @internal the network's own book-keeping */
  channel: Channel | null = null;
  /** @internal which of the connection's lives it belongs to */
  connectionEpoch = 0;
  /** @internal the answer on its way, and when the server gave it */
  response: unknown = null;
  /** @internal */
  answeredUs = 0;

  constructor(api: string, request: Request, owner: ExchangeOwner<Request, Response>) {
    this.api = api;
    this.request = request;
    this.owner = owner;
  }

  /**
   * The server keeps a long poll open without an event: while both ends hear each other the poll is renewed every
   * `pollUs` in thought. `expire` ends the current round with an empty answer.
   */
  park(nowUs: number, expire: () => void): void {
    this.parkedUs = nowUs;
    this.#expirePoll = expire;
  }

  /** When the round of the long poll that is under way at `nowUs` would end. */
  pollEndUs(nowUs: number, pollUs: number): number {
    const beganUs = this.parkedUs >= 0 ? this.parkedUs : this.sentAtUs;
    // A request that starts a little later is in its first round.
    return beganUs + (Math.floor(Math.max(0, nowUs - beganUs) / pollUs) + 1) * pollUs;
  }

  expirePoll(): void {
    if (this.parkedUs >= 0) this.#expirePoll?.();
  }

  /** Sends the answer at `atUs` (now or later); the connection takes its next request then. */
  respond(response: Response, sizeBytes: number, atUs: number): void {
    this.parkedUs = -1;
    this.channel?.respond(this as Exchange<unknown, unknown>, response, sizeBytes, atUs);
  }

  /** The broker closes the connection instead of answering (acks=0 with an error). */
  closeConnection(atUs: number): void {
    this.channel?.closeByServer(atUs);
  }
}

export interface Channel {
  arrived(exchange: Exchange<unknown, unknown>): void;
  answered(exchange: Exchange<unknown, unknown>): void;
  respond(exchange: Exchange<unknown, unknown>, response: unknown, sizeBytes: number, atUs: number): void;
  closeByServer(atUs: number): void;
}
