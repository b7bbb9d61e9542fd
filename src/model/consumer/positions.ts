/**
 * Where to begin: committed offsets of new partitions, and `auto.offset.reset` where there is none or where the position
 * is out of range. Source: ConsumerCoordinator.refreshCommittedOffsetsIfNeeded, OffsetFetcher, OffsetFetcherUtils.
 */

import { NO_TIMER, type TimerHandle } from '../../sim/index.ts';
import { exponentialBackoffMs, jitterFactor } from '../algorithms/exponentialBackoff.ts';
import type { OffsetFetchAnswer } from '../coordinator/groupRequests.ts';
import type { Outcome } from '../group/memberPorts.ts';
import { Exchange } from '../network/exchange.ts';
import type { ListOffsetsRequest, ListOffsetsResponse } from '../protocol.ts';
import { NO_CAUSE } from '../trace.ts';
import type { ConsumerParts } from './consumerParts.ts';
import type { PartitionState } from './partitionState.ts';

const REQUEST_BYTES = 100;

export interface PositionsOwner {
  /** Something can be fetched that could not before. */
  positionsChanged(): void;
  coordinatorLost(): void;
  /** poll() throws. */
  fail(exception: string, partition: number): void;
}

export class Positions {
  readonly #parts: ConsumerParts;
  readonly #owner: PositionsOwner;
  #isAsking = false;
  #attempts = 0;
  #timer: TimerHandle = NO_TIMER;

  constructor(parts: ConsumerParts, owner: PositionsOwner) {
    this.#parts = parts;
    this.#owner = owner;
  }

  /** Asks for what is missing and can be asked for now; called again whenever something changed. */
  update(): void {
    const { subscription, process } = this.#parts;
    if (process.life !== 'running') return;
    let missing: number[] | null = null;
    for (const state of subscription.states()) {
      if (state.phase === 'INITIALIZING') {
        missing ??= [];
        missing.push(state.partition);
      } else if (state.phase === 'AWAIT_RESET' && !state.isResetting) this.#reset(state);
    }
    if (missing !== null) this.#fetchCommitted(missing);
  }

  stop(): void {
    this.#parts.ctx.kernel.cancel(this.#timer);
  }

  #fetchCommitted(partitions: readonly number[]): void {
    const { link, subscription, ctx } = this.#parts;
    if (this.#isAsking || !link.isKnown || ctx.kernel.isPending(this.#timer)) return;
    this.#isAsking = true;
    const asked = partitions.map((partition) => subscription.get(partition)!);
    const requireStable = this.#parts.settings.readCommitted;
    link.fetchOffsets({ partitions, ...(requireStable ? { requireStable } : {}) }, (outcome, answer) => {
      this.#isAsking = false;
      if (outcome === 'NONE') this.#committed(asked, answer!);
      else this.#committedFailed(outcome);
      this.update();
    });
  }

  #committed(asked: readonly PartitionState[], answer: OffsetFetchAnswer): void {
    this.#attempts = 0;
    for (const { partition, offset, leaderEpoch } of answer.offsets) {
      const state = this.#waiting(partition, asked, 'INITIALIZING');
      if (state === undefined) continue;
      state.seek(offset, leaderEpoch);
      state.committed = offset;
    }
    for (const state of asked) {
      if (this.#waiting(state.partition, asked, 'INITIALIZING') !== undefined) state.awaitReset('no committed offset');
    }
    this.#owner.positionsChanged();
  }

  #committedFailed(outcome: Outcome): void {
    if (outcome !== 'COORDINATOR_LOAD_IN_PROGRESS' && outcome !== 'UNSTABLE_OFFSET_COMMIT')
      this.#owner.coordinatorLost();
    this.#retryLater();
  }

  /** Only what is still assigned, and was not taken away and given again meanwhile. */
  #waiting(
    partition: number,
    asked: readonly PartitionState[],
    phase: PartitionState['phase'],
  ): PartitionState | undefined {
    const state = this.#parts.subscription.get(partition);
    return state !== undefined && state.phase === phase && asked.includes(state) ? state : undefined;
  }

  #reset(state: PartitionState): void {
    const { settings, metadata, network, brokerProcesses } = this.#parts;
    const { timestamp } = settings.resetPolicy;
    if (timestamp === null) {
      this.#tellReset(state, -1);
      const isNew = state.resetFrom < 0;
      this.#owner.fail(isNew ? 'NoOffsetForPartitionException' : 'OffsetOutOfRangeException', state.partition);
      return;
    }
    const leader = metadata.leader(state.partition);
    if (leader < 0) metadata.requestUpdate();
    const node = brokerProcesses[leader];
    if (node === undefined || state.delayedUntilUs > this.#parts.ctx.kernel.nowUs || !network.ready(node)) return;
    state.isResetting = true;
    const request = {
      partition: state.partition,
      timestamp,
      currentLeaderEpoch: metadata.leaderEpoch(state.partition),
      ...(settings.readCommitted ? { readCommitted: true } : {}),
    };
    const owner = {
      onResponse: (_: unknown, response: ListOffsetsResponse) => this.#listed(state, response),
      onFailure: () => this.#listFailed(state),
    };
    const exchange = new Exchange<ListOffsetsRequest, ListOffsetsResponse>('ListOffsets', request, owner);
    network.send(node, exchange, REQUEST_BYTES, settings.requestTimeoutUs);
  }

  #listed(state: PartitionState, { error, offset }: ListOffsetsResponse): void {
    if (this.#parts.subscription.get(state.partition) !== state || state.phase !== 'AWAIT_RESET') return;
    if (error !== 'NONE') {
      const { recorder, kernel } = this.#parts.ctx;
      recorder.errorSeen(this.#parts.client, state.partition, error, kernel.nowUs);
      this.#listFailed(state);
      return;
    }
    this.#attempts = 0;
    this.#tellReset(state, offset);
    state.seek(offset, -1);
    this.#owner.positionsChanged();
  }

  #listFailed(state: PartitionState): void {
    state.isResetting = false;
    state.delayedUntilUs = this.#parts.ctx.kernel.nowUs + this.#retryLater();
    this.#parts.metadata.requestUpdate();
  }

  #tellReset(state: PartitionState, toOffset: number): void {
    const { ctx, group, client, settings, subscription } = this.#parts;
    const cause = state.resetFrom < 0 ? subscription.lastChange : NO_CAUSE;
    ctx.recorder.event(ctx.kernel.nowUs, cause, {
      type: 'consumer.reset',
      group,
      client,
      partition: state.partition,
      fromOffset: state.resetFrom,
      toOffset,
      policy: settings.resetPolicy.name,
      why: state.resetWhy,
    });
  }

  /** @returns the wait in microseconds */
  #retryLater(): number {
    const { kernel } = this.#parts.ctx;
    const { retryBackoffMs, retryBackoffMaxMs } = this.#parts.settings;
    const factor = jitterFactor(this.#parts.random.next());
    const waitUs = 1000 * exponentialBackoffMs(this.#attempts++, retryBackoffMs, retryBackoffMaxMs, factor);
    if (!kernel.isPending(this.#timer)) {
      this.#timer = kernel.atControl(kernel.nowUs + waitUs, () => this.#parts.process.run(() => this.update()));
    }
    return waitUs;
  }
}
