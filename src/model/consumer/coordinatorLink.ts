/**
 * The consumer's requests to its group coordinator. They have a connection of their own, beside the one for fetches to
 * the same broker: a parked JoinGroup does not hold up data. Source: ConsumerNetworkClient, AbstractCoordinator.
 */
import type {
  GroupErrorResponse,
  InGroup,
  OffsetCommitBody,
  OffsetFetchAnswer,
  OffsetFetchBody,
} from '../coordinator/groupRequests.ts';
import type {
  HeartbeatRequest,
  JoinGroupRequest,
  JoinGroupResponse,
  LeaveGroupRequest,
  SyncGroupRequest,
  SyncGroupResponse,
} from '../group/classicProtocol.ts';
import type { ConsumerAssignment, ConsumerSubscription } from '../group/consumerSubscription.ts';
import type { CoordinatorClient, Outcome } from '../group/memberPorts.ts';
import type { ConsumerCoordinatorClient } from '../group/modern/consumerMemberPorts.ts';
import type { ConsumerHeartbeatRequest, ConsumerHeartbeatResponse } from '../group/modern/consumerProtocol.ts';
import { Exchange } from '../network/exchange.ts';
import type { NetworkClient } from '../network/networkClient.ts';
import type { Process } from '../network/process.ts';
import type { ErrorName, FindCoordinatorResponse } from '../protocol.ts';

const HEADER_BYTES = 100;
const PARTITION_BYTES = 20;

interface Waiting {
  readonly network: NetworkClient;
  readonly node: Process;
  readonly send: () => void;
  readonly fail: () => void;
}

export interface CoordinatorLinkParts {
  readonly group: number;
  /** For FindCoordinator, which any broker answers. */
  readonly anyBroker: NetworkClient;
  readonly coordinators: NetworkClient;
  readonly brokerProcesses: readonly Process[];
  readonly requestTimeoutUs: number;
  leastLoadedNode(): Process | null;
  onFound(): void;
}

type Answer<S> = (outcome: Outcome, response: S | null) => void;

export class CoordinatorLink implements CoordinatorClient, ConsumerCoordinatorClient {
  readonly #parts: CoordinatorLinkParts;
  /** Requests whose connection is being made. */
  #waiting: Waiting[] = [];
  #coordinator: Process | null = null;

  constructor(parts: CoordinatorLinkParts) {
    this.#parts = parts;
  }

  get isKnown(): boolean {
    return this.#coordinator !== null;
  }

  isCoordinator(node: Process): boolean {
    return this.#coordinator === node;
  }

  findCoordinator(done: (outcome: Outcome) => void): void {
    const { anyBroker, group, brokerProcesses, requestTimeoutUs } = this.#parts;
    this.#coordinator = null;
    const node = this.#parts.leastLoadedNode();
    if (node === null) {
      done('DISCONNECTED');
      return;
    }
    const answer: Answer<FindCoordinatorResponse> = (outcome, response) => {
      if (outcome === 'NONE') this.#coordinator = brokerProcesses[response!.coordinator] ?? null;
      done(outcome);
      if (outcome === 'NONE') this.#parts.onFound();
    };
    this.#send(anyBroker, node, 'FindCoordinator', { group }, HEADER_BYTES, requestTimeoutUs, answer);
  }

  join(
    request: JoinGroupRequest<ConsumerSubscription>,
    timeoutUs: number,
    done: Answer<JoinGroupResponse<ConsumerSubscription>>,
  ): void {
    this.#ask('JoinGroup', request, HEADER_BYTES * (1 + request.protocols.length), timeoutUs, done);
  }

  sync(request: SyncGroupRequest<ConsumerAssignment>, done: Answer<SyncGroupResponse<ConsumerAssignment>>): void {
    const bytes = HEADER_BYTES * (1 + request.assignments.size);
    this.#ask('SyncGroup', request, bytes, this.#parts.requestTimeoutUs, done);
  }

  heartbeat(request: HeartbeatRequest, done: (outcome: Outcome) => void): void {
    this.#ask<GroupErrorResponse>('Heartbeat', request, HEADER_BYTES, this.#parts.requestTimeoutUs, done);
  }

  leave(request: LeaveGroupRequest, done: (outcome: Outcome) => void): void {
    this.#ask<GroupErrorResponse>('LeaveGroup', request, HEADER_BYTES, this.#parts.requestTimeoutUs, done);
  }

  consumerHeartbeat(request: ConsumerHeartbeatRequest, done: Answer<ConsumerHeartbeatResponse>): void {
    const bytes = HEADER_BYTES + PARTITION_BYTES * (request.ownedPartitions?.length ?? 0);
    this.#ask('ConsumerGroupHeartbeat', request, bytes, this.#parts.requestTimeoutUs, done);
  }

  commit(body: OffsetCommitBody, done: (outcome: Outcome) => void): void {
    const bytes = HEADER_BYTES + PARTITION_BYTES * body.offsets.length;
    this.#ask<GroupErrorResponse>('OffsetCommit', body, bytes, this.#parts.requestTimeoutUs, done);
  }

  fetchOffsets(body: OffsetFetchBody, done: Answer<OffsetFetchAnswer>): void {
    const bytes = HEADER_BYTES + PARTITION_BYTES * body.partitions.length;
    this.#ask('OffsetFetch', body, bytes, this.#parts.requestTimeoutUs, done);
  }

  /** A connection became ready: what waited for it goes out. */
  ready(network: NetworkClient, node: Process): void {
    for (const request of this.#takeWaiting(network, node)) request.send();
  }

  /** A connection broke or could not be made: what waited for it fails. */
  disconnected(network: NetworkClient, node: Process): void {
    if (network === this.#parts.coordinators && node === this.#coordinator) this.#coordinator = null;
    for (const request of this.#takeWaiting(network, node)) request.fail();
  }

  /** The coordinator must be looked up again. */
  forget(): void {
    this.#coordinator = null;
  }

  stop(): void {
    this.#waiting = [];
    this.#coordinator = null;
  }

  #takeWaiting(network: NetworkClient, node: Process): Waiting[] {
    if (this.#waiting.length === 0) return this.#waiting;
    const isTaken = (request: Waiting): boolean => request.network === network && request.node === node;
    const taken = this.#waiting.filter(isTaken);
    this.#waiting = this.#waiting.filter((request) => !isTaken(request));
    return taken;
  }

  #ask<S extends { readonly error: ErrorName }>(
    api: string,
    body: unknown,
    bytes: number,
    timeoutUs: number,
    done: Answer<S>,
  ): void {
    const { coordinators, group } = this.#parts;
    if (this.#coordinator === null) {
      done('NOT_COORDINATOR', null);
      return;
    }
    const request: InGroup<unknown> = { group, body };
    this.#send(coordinators, this.#coordinator, api, request, bytes, timeoutUs, done);
  }

  #send<S extends { readonly error: ErrorName }>(
    network: NetworkClient,
    node: Process,
    api: string,
    request: unknown,
    bytes: number,
    timeoutUs: number,
    done: Answer<S>,
  ): void {
    const owner = {
      onResponse: (_: unknown, response: S) => done(response.error, response),
      onFailure: (_: unknown, failure: Outcome) => done(failure, null),
    };
    const send = (): void => {
      network.send(node, new Exchange<unknown, S>(api, request, owner), bytes, timeoutUs);
    };
    if (network.ready(node)) send();
    else this.#waiting.push({ network, node, send, fail: () => done('DISCONNECTED', null) });
  }
}
