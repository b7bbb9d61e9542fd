import type { TimerHandle } from '../../sim/index.ts';
import type { ModelContext } from '../context.ts';
import type { NetworkClient } from '../network/networkClient.ts';
import type { Process } from '../network/process.ts';
import type { ErrorName, FindCoordinatorResponse } from '../protocol.ts';
import { type Answered, type Outcome, RequestLink } from '../transaction/requestLink.ts';
import { REQUEST_BYTES } from '../transaction/transactionProtocol.ts';
import type { ProducerSettings } from './producerSettings.ts';

/** The coordinator must be looked up again. */
const LOST: ReadonlySet<Outcome> = new Set<Outcome>([
  'DISCONNECTED',
  'TIMED_OUT',
  'NOT_COORDINATOR',
  'COORDINATOR_NOT_AVAILABLE',
]);
const LATER: ReadonlySet<Outcome> = new Set<Outcome>(['COORDINATOR_LOAD_IN_PROGRESS', 'CONCURRENT_TRANSACTIONS']);

export type CoordinatorKind = 'transaction' | 'group';

export interface CoordinatorRequestPorts {
  readonly ctx: ModelContext;
  readonly process: Process;
  readonly network: NetworkClient;
  readonly brokerProcesses: readonly Process[];
  readonly settings: ProducerSettings;
  readonly transactionalId: string;
  leastLoadedNode(): Process | null;
  /** The group whose offsets are committed. */
  group(): number;
  /** A request may have been heard, and nobody knows what came of it. */
  unanswered(): void;
}

/**
 * A transactional producer's requests to its two coordinators: found when needed, asked again while errors pass, after
 * `retry.backoff.ms`. Source: TransactionManager.TxnRequestHandler, Sender.maybeSendAndPollTransactionalRequest.
 */
export class CoordinatorRequests {
  /** Counts lives: what an earlier one asked for is not answered any more. */
  life = 0;
  readonly #ports: CoordinatorRequestPorts;
  readonly #link: RequestLink;
  readonly #coordinators: Record<CoordinatorKind, Process | null> = { transaction: null, group: null };

  constructor(ports: CoordinatorRequestPorts) {
    this.#ports = ports;
    this.#link = new RequestLink(ports.network, ports.settings.requestTimeoutUs);
  }

  start(): void {
    this.life++;
  }

  stop(): void {
    this.life++;
    this.#link.stop();
    this.#coordinators.transaction = null;
    this.#coordinators.group = null;
  }

  /** Connections have room: what waits for it goes on. */
  flush(): void {
    this.#link.flush();
  }

  disconnected(node: Process): void {
    if (this.#coordinators.transaction === node) this.#coordinators.transaction = null;
    if (this.#coordinators.group === node) this.#coordinators.group = null;
    this.#link.disconnected(node);
  }

  /** `done` comes once with NONE or what does not pass, or never after `stop`. */
  ask<Response extends { readonly error: ErrorName }>(
    kind: CoordinatorKind,
    api: string,
    request: () => unknown,
    bytes: number,
    done: Answered<Response>,
    concurrentRetryUs = this.#retryUs,
  ): void {
    const again = (waitUs: number): void => {
      this.later(waitUs, () => this.ask(kind, api, request, bytes, done, concurrentRetryUs));
    };
    const coordinator = this.#coordinators[kind];
    if (coordinator === null) {
      this.#find(kind, (isFound) => again(isFound ? 0 : this.#retryUs));
      return;
    }
    const { life } = this;
    this.#link.ask<Response>(coordinator, api, request(), bytes, (outcome, response) => {
      if (life !== this.life) return;
      if (outcome === 'DISCONNECTED' || outcome === 'TIMED_OUT') this.#ports.unanswered();
      if (LOST.has(outcome)) this.#coordinators[kind] = null;
      if (LOST.has(outcome)) again(this.#retryUs);
      else if (LATER.has(outcome)) again(outcome === 'CONCURRENT_TRANSACTIONS' ? concurrentRetryUs : this.#retryUs);
      else done(outcome, response);
    });
  }

  later(waitUs: number, work: () => void): TimerHandle {
    const { ctx, process } = this.#ports;
    const { life } = this;
    return ctx.kernel.atControl(ctx.kernel.nowUs + waitUs, () => process.run(() => life === this.life && work()));
  }

  #find(kind: CoordinatorKind, done: (isFound: boolean) => void): void {
    const node = this.#ports.leastLoadedNode();
    if (node === null) {
      done(false);
      return;
    }
    const { life } = this;
    const { transactionalId, brokerProcesses } = this.#ports;
    const answered: Answered<FindCoordinatorResponse> = (outcome, response) => {
      if (life !== this.life) return;
      const found = outcome === 'NONE' ? (brokerProcesses[response!.coordinator] ?? null) : null;
      this.#coordinators[kind] = found;
      done(found !== null);
    };
    const key = kind === 'group' ? { group: this.#ports.group() } : { transactionalId };
    this.#link.ask(node, 'FindCoordinator', key, REQUEST_BYTES, answered);
  }

  get #retryUs(): number {
    return this.#ports.settings.retryBackoffMs * 1000;
  }
}
