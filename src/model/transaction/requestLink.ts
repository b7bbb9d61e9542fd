import type { ExchangeFailure } from '../network/exchange.ts';
import { Exchange } from '../network/exchange.ts';
import type { NetworkClient } from '../network/networkClient.ts';
import type { Process } from '../network/process.ts';
import type { ErrorName } from '../protocol.ts';

interface Waiting {
  readonly node: Process;
  readonly send: () => void;
  readonly fail: () => void;
}

export type Outcome = ErrorName | ExchangeFailure;

/** Called once with the answer, or with why there is none. */
export type Answered<Response> = (outcome: Outcome, response: Response | null) => void;

/** Single requests over a client's connections: one that is still being made, or is full, is waited for. */
export class RequestLink {
  readonly #network: NetworkClient;
  readonly #timeoutUs: number;
  #waiting: Waiting[] = [];

  constructor(network: NetworkClient, timeoutUs: number) {
    this.#network = network;
    this.#timeoutUs = timeoutUs;
  }

  ask<Response extends { readonly error: ErrorName }>(
    node: Process,
    api: string,
    request: unknown,
    bytes: number,
    done: Answered<Response>,
  ): void {
    const owner = {
      onResponse: (_: unknown, response: Response) => done(response.error, response),
      onFailure: (_: unknown, failure: ExchangeFailure) => done(failure, null),
    };
    const send = (): void => {
      this.#network.send(node, new Exchange<unknown, Response>(api, request, owner), bytes, this.#timeoutUs);
    };
    if (this.#network.ready(node)) send();
    else this.#waiting.push({ node, send, fail: () => done('DISCONNECTED', null) });
  }

  /** A connection became ready, or has room again. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const request of waiting)
      if (this.#network.ready(request.node)) request.send();
      else this.#waiting.push(request);
  }

  /** A connection broke or could not be made: what waited for it fails. */
  disconnected(node: Process): void {
    const failed = this.#waiting.filter((request) => request.node === node);
    this.#waiting = this.#waiting.filter((request) => request.node !== node);
    for (const request of failed) request.fail();
  }

  stop(): void {
    this.#waiting = [];
  }
}
