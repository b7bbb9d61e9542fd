import type { RaftRequest } from './raftMessages.ts';
import type { RaftNode } from './raftNode.ts';
import type { RaftExchange } from './raftPort.ts';

interface ParkedFetch {
  readonly exchange: RaftExchange;
  readonly offset: number;
  readonly highWatermark: number;
  cancel: () => void;
}

/**
 * What a leader keeps while it leads: who has fetched how far, what is committed, and whether a majority still fetches.
 *
 * Source: `LeaderState`, `KafkaRaftClient.handleFetchRequest`.
 */
export class LeaderState {
  readonly epoch: number;
  /** Where the epoch's first record lies; nothing is committed before it is. */
  readonly epochStartOffset: number;
  readonly #node: RaftNode;
  /** By slot: the end of the voter's flushed log; -1: unknown. */
  readonly #acknowledged: number[];
  /** By slot: when its last fetch arrived; -1: none has. */
  readonly #fetchedUs: number[];
  readonly #parked: (ParkedFetch | null)[];
  #beganUs: number;
  #cancelCheck: () => void = () => {};
  #cancelAnnouncing: () => void = () => {};
  #isOver = false;
  #isEnding = false;

  constructor(node: RaftNode) {
    this.#node = node;
    this.epoch = node.epoch;
    this.epochStartOffset = node.log.endOffset;
    this.#beganUs = node.port.nowUs;
    this.#acknowledged = node.busy.map(() => -1);
    this.#fetchedUs = node.busy.map(() => -1);
    this.#parked = node.busy.map(() => null);
  }

  /** Appends the LeaderChange record, and tells everybody. */
  begin(): void {
    this.append(this.epochStartOffset + 1);
    this.#announce();
    this.#checkQuorum();
  }

  /** A cluster that has been running for long: all logs are equal, all fetches parked. */
  settle(): void {
    const { log, port, random } = this.#node;
    this.#beganUs = port.nowUs - random.uniformInt(0, port.rules.idleFetchUs);
    for (const { slot } of port.nodes) {
      this.#acknowledged[slot] = log.endOffset;
      this.#fetchedUs[slot] = port.nowUs;
    }
    this.#announceLater();
    this.#checkQuorum();
  }

  append(endOffset: number): void {
    const node = this.#node;
    node.log.append(this.epoch, endOffset);
    // Voters fetch it while the leader flushes.
    for (const parked of this.#parked) if (parked !== null) this.#answerParked(parked);
    node.port.afterFsync(node, () => {
      if (this.#isOver) return;
      node.log.flushedOffset = Math.max(node.log.flushedOffset, endOffset);
      this.#acknowledged[node.slot] = Math.max(this.#acknowledged[node.slot]!, endOffset);
      this.#advance();
    });
  }

  // ── fetches ───────────────────────────────────────────────────────────────────────────────────

  onFetch(exchange: RaftExchange, request: Extract<RaftRequest, { api: 'Fetch' }>): void {
    const { log, port } = this.#node;
    const { from } = exchange;
    this.#fetchedUs[from] = port.nowUs;
    const validation = log.validate(request.offset, request.lastFetchedEpoch);
    if (validation !== 'valid') {
      this.#answer(exchange, [], 'diverging' in validation ? validation : { snapshot: validation.snapshot });
      return;
    }
    this.#acknowledged[from] = request.offset;
    this.#advance();
    if (this.#isOver) return;
    if (request.offset < log.endOffset || this.#tells(request.highWatermark))
      this.#answerFrom(exchange, request.offset);
    else this.#park(exchange, request);
  }

  onFetchSnapshot(exchange: RaftExchange): void {
    this.#fetchedUs[exchange.from] = this.#node.port.nowUs;
    const { snapshot } = this.#node.log;
    exchange.answer({
      kind: 'fetched',
      epoch: this.epoch,
      leader: this.#node.slot,
      highWatermark: snapshot.offset,
      ranges: [],
      diverging: null,
      snapshot,
    });
  }

  /** KIP-1166. */
  #tells(knownHighWatermark: number): boolean {
    const { port, highWatermark } = this.#node;
    return port.rules.answersOnHighWatermark && knownHighWatermark < highWatermark;
  }

  #park(exchange: RaftExchange, { offset, highWatermark }: { offset: number; highWatermark: number }): void {
    const node = this.#node;
    const { port } = node;
    const follower = port.nodes[exchange.from]!;
    this.#parked[exchange.from]?.cancel();
    const parked: ParkedFetch = { exchange, offset, highWatermark, cancel: () => {} };
    this.#parked[exchange.from] = parked;
    const follows = follower.state === 'Follower' && follower.leader === node.slot && follower.epoch === this.epoch;
    if (follows && highWatermark === node.highWatermark && port.isSteady(node, follower)) {
      exchange.holdTimeout();
      follower.fetches.rest();
    } else this.#expireAt(parked, this.idleEndUs(port.nowUs));
    this.#checkQuorum();
  }

  #expireAt(parked: ParkedFetch, atUs: number): void {
    const node = this.#node;
    parked.cancel = node.port.at(node, Math.max(atUs, node.port.nowUs), () => this.#answerParked(parked));
  }

  /** When a fetch that was parked then is answered without news. */
  idleEndUs(parkedUs: number): number {
    const { idleFetchUs, noOps } = this.#node.port.rules;
    if (!noOps) return parkedUs + idleFetchUs;
    return this.#beganUs + (Math.floor((parkedUs - this.#beganUs) / idleFetchUs) + 1) * idleFetchUs;
  }

  /** A quiet fetch has its timers again. */
  stir(slot: number, fetchedUs: number, sentUs: number): void {
    const parked = this.#parked[slot];
    if (parked === null || parked === undefined) return;
    this.#fetchedUs[slot] = Math.max(this.#fetchedUs[slot]!, fetchedUs);
    parked.exchange.resumeTimeout(sentUs);
    this.#expireAt(parked, this.idleEndUs(fetchedUs));
    this.#announceLater();
    this.#checkQuorum();
  }

  #answerParked(parked: ParkedFetch): void {
    const { from } = parked.exchange;
    if (this.#isOver || this.#parked[from] !== parked) return;
    const follower = this.#node.port.nodes[from]!;
    if (follower.fetches.isQuiet) follower.fetches.wake();
    parked.cancel();
    this.#parked[from] = null;
    this.#answerFrom(parked.exchange, parked.offset);
  }

  #answerFrom(exchange: RaftExchange, offset: number): void {
    this.#answer(exchange, this.#node.log.read(offset), {});
  }

  #answer(
    exchange: RaftExchange,
    ranges: readonly number[],
    other: {
      diverging?: { readonly offset: number; readonly epoch: number };
      snapshot?: { readonly offset: number; readonly epoch: number };
    },
  ): void {
    const { diverging = null, snapshot = null } = other;
    const highWatermark = snapshot === null ? this.#node.highWatermark : -1;
    exchange.answer({
      kind: 'fetched',
      epoch: this.epoch,
      leader: this.#node.slot,
      highWatermark,
      ranges,
      diverging,
      snapshot,
    });
  }

  /** The high watermark: what a majority has flushed, once it includes a record of this epoch. */
  #advance(): void {
    const node = this.#node;
    const sorted = [...this.#acknowledged].sort((a, b) => b - a);
    const offset = sorted[node.port.majority - 1]!;
    if (offset <= this.epochStartOffset || offset <= node.highWatermark) return;
    node.highWatermark = offset;
    node.port.onHighWatermark(node);
    if (this.#isOver) return;
    node.port.snapshotIfDue(node);
    for (const parked of this.#parked) {
      if (parked === null) continue;
      if (this.#tells(parked.highWatermark)) this.#answerParked(parked);
      // It learns of the commit with its next idle answer.
      else node.port.nodes[parked.exchange.from]!.fetches.wake();
    }
  }

  // ── keeping the quorum ────────────────────────────────────────────────────────────────────────

  #isHeard(slot: number, withinUs: number): boolean {
    const { port } = this.#node;
    if (this.#parked[slot] !== null && port.nodes[slot]!.fetches.isQuiet) return true;
    const fetchedUs = this.#fetchedUs[slot]!;
    return fetchedUs >= 0 && port.nowUs - fetchedUs < withinUs;
  }

  /** Check-quorum: one and a half fetch time-outs without fetches of a majority, itself included, and it resigns. */
  #checkQuorum(): void {
    this.#cancelCheck();
    const node = this.#node;
    const { port } = node;
    if (port.majority === 1 || this.#isEnding) return;
    const allowedUs = Math.round(1.5 * port.rules.fetchTimeoutUs);
    const heardUs: number[] = [];
    for (const { slot, fetches } of port.nodes) {
      if (slot === node.slot) continue;
      const isQuiet = this.#parked[slot] !== null && fetches.isQuiet;
      heardUs.push(isQuiet ? Number.POSITIVE_INFINITY : Math.max(this.#fetchedUs[slot]!, this.#beganUs));
    }
    heardUs.sort((a, b) => b - a);
    const lastUs = heardUs[port.majority - 2]!;
    if (lastUs === Number.POSITIVE_INFINITY) return;
    if (port.nowUs - lastUs >= allowedUs) node.resign();
    else this.#cancelCheck = port.at(node, lastUs + allowedUs, () => this.#checkQuorum());
  }

  /** BeginQuorumEpoch to voters that do not fetch: when elected, then each half fetch time-out. */
  #announce(): void {
    const node = this.#node;
    if (this.#isOver) return;
    const periodUs = Math.round(node.port.rules.fetchTimeoutUs / 2);
    for (let to = 0; to < node.busy.length; to++)
      if (to !== node.slot && !node.busy[to] && !this.#isHeard(to, periodUs))
        node.send(to, { api: 'BeginQuorumEpoch', epoch: this.epoch });
    this.#cancelAnnouncing();
    this.#cancelAnnouncing = () => {};
    this.#announceLater();
  }

  #isAnnouncing = false;

  #announceLater(): void {
    const node = this.#node;
    const { port } = node;
    if (this.#isAnnouncing || this.#isEnding) return;
    const isAwaited = port.nodes.some(
      ({ slot, fetches }) => slot !== node.slot && (this.#parked[slot] === null || !fetches.isQuiet),
    );
    if (!isAwaited) return;
    this.#isAnnouncing = true;
    this.#cancelAnnouncing = port.at(node, port.nowUs + Math.round(port.rules.fetchTimeoutUs / 2), () => {
      this.#isAnnouncing = false;
      this.#announce();
    });
  }

  /** The other voters, furthest first, as EndQuorumEpoch lists them. */
  successors(): number[] {
    const others = this.#node.port.nodes.map(({ slot }) => slot).filter((slot) => slot !== this.#node.slot);
    return others.sort((a, b) => this.#acknowledged[b]! - this.#acknowledged[a]! || a - b);
  }

  /** Deposed, resigned or dead. */
  end(): void {
    const node = this.#node;
    this.#isEnding = true;
    for (const follower of node.port.nodes)
      if (this.#parked[follower.slot] !== null && follower.fetches.isQuiet) follower.fetches.wake();
    this.#isOver = true;
    this.#cancelCheck();
    this.#cancelAnnouncing();
    for (const parked of this.#parked) {
      if (parked === null) continue;
      parked.cancel();
      if (node.isUp) parked.exchange.answer({ kind: 'refused', epoch: node.epoch, leader: node.leader });
    }
  }
}
