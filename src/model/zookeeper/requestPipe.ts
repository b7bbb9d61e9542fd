import type { Kernel } from '../../sim/index.ts';
import type { Links } from '../network/links.ts';
import type { Ensemble } from './ensemble.ts';
import type { ZkClient, ZkRequest } from './zkClient.ts';
import type { ZkSession } from './zkSession.ts';

/**
 * Requests and watches between a client and its server. A lost connection only delays a request: it is sent again over
 * the next one, and done once. The end of the session drops it.
 *
 * Source: Kafka's `KafkaZkClient.retryRequestsUntilConnected`, ZooKeeper's `ClientCnxn` (SetWatches).
 */
export class RequestPipe {
  readonly #kernel: Kernel;
  readonly #links: Links;
  readonly #ensemble: () => Ensemble;

  constructor(kernel: Kernel, links: Links, ensemble: () => Ensemble) {
    this.#kernel = kernel;
    this.#links = links;
    this.#ensemble = ensemble;
  }

  /** One way between the client and the server of the session. */
  wayUs({ process }: ZkClient, { server }: ZkSession): number {
    return this.#links.typicalUs(process, server!.process);
  }

  /** `apply` runs when a majority has it, `answered` when the client knows. */
  submit(client: ZkClient, workUs: number, apply: () => void, answered: () => void): void {
    const { session } = client;
    if (session === null || !session.isOpen) return;
    const request = { session, workUs, apply, answered, isApplied: false, isDone: false };
    client.requests.push(request);
    if (session.isInContact) this.#send(client, request);
  }

  /** A watch fires: the client learns it a moment later, or when it has a connection again. */
  notify(client: ZkClient, notice: () => void): void {
    const { session } = client;
    if (session === null || client.process.life === 'dead') return;
    if (!session.isInContact) {
      client.notices.push(notice);
      return;
    }
    const { incarnation } = client.process;
    this.#kernel.atControl(this.#kernel.nowUs + this.wayUs(client, session), () => {
      if (client.process.incarnation !== incarnation || client.session !== session) return;
      if (session.isInContact) client.process.run(notice);
      else client.notices.push(notice);
    });
  }

  /** The session has a connection again. */
  resume(client: ZkClient): void {
    for (const request of client.requests) if (request.session === client.session) this.#send(client, request);
    for (const notice of client.notices.splice(0)) this.notify(client, notice);
  }

  #send(client: ZkClient, request: ZkRequest): void {
    const { session } = request;
    const { server } = session;
    const { incarnation } = client.process;
    const wayUs = this.wayUs(client, session);
    const isLost = (): boolean =>
      request.isDone || !session.isInContact || session.server !== server || client.process.incarnation !== incarnation;
    const doneUs = this.#kernel.nowUs + wayUs + this.#ensemble().commitUs(server!) + request.workUs;
    this.#kernel.atControl(doneUs, () => {
      if (isLost() || !session.isOpen) return;
      if (!request.isApplied) {
        request.isApplied = true;
        request.apply();
      }
      this.#kernel.atControl(this.#kernel.nowUs + wayUs, () => {
        if (isLost()) return;
        request.isDone = true;
        client.requests = client.requests.filter((other) => other !== request);
        client.process.run(() => client.process.incarnation === incarnation && request.answered());
      });
    });
  }
}
