import type { Network } from '../network/network.ts';
import type { Process } from '../network/process.ts';

const RESPONSE_BYTES = 60;

/**
 * What one controller sends to one broker: LeaderAndIsr, UpdateMetadata and StopReplica, one after the other, the next
 * one when the last is answered. Other brokers have queues of their own, so brokers learn of a change at different times.
 *
 * Source: Kafka's `ControllerChannelManager`, `RequestSendThread`.
 */
export class RequestSendThread {
  readonly #network: Network;
  readonly #from: Process;
  readonly #to: Process;
  readonly #queue: { readonly bytes: number; readonly deliver: () => void }[] = [];
  #isBusy = false;
  #isClosed = false;

  constructor(network: Network, from: Process, to: Process) {
    this.#network = network;
    this.#from = from;
    this.#to = to;
  }

  send(bytes: number, deliver: () => void): void {
    this.#queue.push({ bytes, deliver });
    this.#next();
  }

  /** The broker is not live any more, or the controller resigned: what waits is dropped. */
  close(): void {
    this.#isClosed = true;
    this.#queue.length = 0;
  }

  #next(): void {
    if (this.#isBusy || this.#isClosed) return;
    const request = this.#queue.shift();
    if (request === undefined) return;
    this.#isBusy = true;
    this.#network.post(this.#from, this.#to, request.bytes, () => {
      if (this.#isClosed) return;
      request.deliver();
      this.#network.post(this.#to, this.#from, RESPONSE_BYTES, () => {
        this.#isBusy = false;
        this.#next();
      });
    });
  }
}
