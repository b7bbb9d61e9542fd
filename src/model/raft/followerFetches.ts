import type { RaftResponse } from './raftMessages.ts';
import type { RaftNode } from './raftNode.ts';

/**
 * A follower's half of replication: fetch, append, flush, fetch again from there.
 *
 * A fetch that waits at a leader without news is quiet: nothing is scheduled for it. `wake` works out where in its
 * cycle it is, as soon as something may go wrong or something looks.
 *
 * Source: `KafkaRaftClient.handleFetchResponse`, `FollowerState`.
 */
export class FollowerFetches {
  readonly #node: RaftNode;
  /** Fetched from the present leader at least once: refuses pre-votes from then on. */
  hasFetched = false;
  /** An answer is being written to disk. */
  #isWriting = false;
  #quietAtUs = -1;

  constructor(node: RaftNode) {
    this.#node = node;
  }

  begin(): void {
    this.hasFetched = false;
    this.#isWriting = false;
  }

  /** It does not follow that leader any more. */
  end(): void {
    this.wake();
    this.hasFetched = false;
    this.#isWriting = false;
  }

  get isQuiet(): boolean {
    return this.#quietAtUs >= 0;
  }

  fetch(): void {
    const node = this.#node;
    const { leader, epoch, log, highWatermark } = node;
    if (node.busy[leader] || this.#isWriting) return;
    const { endOffset: offset, lastEpoch: lastFetchedEpoch } = log;
    node.send(leader, { api: 'Fetch', epoch, offset, lastFetchedEpoch, highWatermark });
  }

  onFetched(response: Extract<RaftResponse, { kind: 'fetched' }>): void {
    const node = this.#node;
    if (node.state !== 'Follower') return;
    const { log } = node;
    this.hasFetched = true;
    node.arm(node.port.nowUs + node.port.rules.fetchTimeoutUs);
    if (response.snapshot !== null) {
      // Fetch names the snapshot only; FetchSnapshot brings it, with its end as high watermark.
      if (response.highWatermark < 0)
        node.send(node.leader, { api: 'FetchSnapshot', epoch: node.epoch, snapshot: response.snapshot });
      else this.#write(() => log.loadSnapshot(response.snapshot!), response.highWatermark);
    } else if (response.diverging !== null) {
      log.truncateToDiverging(response.diverging);
      node.poll();
    } else if (response.ranges.length > 0) this.#write(() => log.appendAll(response.ranges), response.highWatermark);
    else {
      this.#advance(response.highWatermark);
      node.poll();
    }
  }

  #write(change: () => void, highWatermark: number): void {
    const node = this.#node;
    change();
    this.#isWriting = true;
    this.#advance(highWatermark);
    const { generation } = node;
    const { endOffset } = node.log;
    node.port.afterFsync(node, () => {
      node.log.flushedOffset = Math.max(node.log.flushedOffset, Math.min(endOffset, node.log.endOffset));
      if (generation !== node.generation) return;
      this.#isWriting = false;
      node.poll();
    });
  }

  #advance(highWatermark: number): void {
    const node = this.#node;
    const known = Math.min(highWatermark, node.log.endOffset);
    if (known <= node.highWatermark) return;
    node.highWatermark = known;
    node.port.snapshotIfDue(node);
  }

  // ── quiet ─────────────────────────────────────────────────────────────────────────────────────

  /** The leader parked a fetch that has nothing to wait for but the next idle answer. */
  rest(): void {
    this.#quietAtUs = this.#node.port.nowUs;
    this.#node.disarm();
  }

  /** Ends the rest as if every idle answer and fetch had been sent: at the leader, and at the timers here. */
  wake(): void {
    if (this.#quietAtUs < 0) return;
    const node = this.#node;
    const { nowUs, rules, nodes } = node.port;
    const leader = nodes[node.leader]!;
    const upUs = node.port.latencyUs(node, leader);
    const roundTripUs = upUs + node.port.latencyUs(leader, node);
    const periodUs = rules.noOps ? rules.idleFetchUs : rules.idleFetchUs + roundTripUs;
    // The last fetch that reached the leader, and the answer before it that reached this voter.
    const firstUs = (leader.leading?.idleEndUs(this.#quietAtUs) ?? nowUs) + roundTripUs;
    const cycles = Math.floor((nowUs - firstUs) / periodUs);
    const fetchedUs = nowUs < firstUs ? this.#quietAtUs : firstUs + cycles * periodUs;
    const answeredUs = fetchedUs - upUs;
    this.#quietAtUs = -1;
    leader.leading?.stir(node.slot, fetchedUs, answeredUs);
    node.arm(answeredUs + rules.fetchTimeoutUs);
  }
}
