import type { RaftRequest } from './raftMessages.ts';
import type { RaftNode } from './raftNode.ts';
import type { RaftExchange } from './raftPort.ts';

const BACKOFF_BASE_US = 100_000;

/**
 * How a voter asks for votes and gives its own.
 *
 * Source: `KafkaRaftClient.handleVoteRequest`, `ProspectiveState`, `CandidateState`, `UnattachedState`, `FollowerState`,
 * KIP-996.
 */
export class Elections {
  readonly #node: RaftNode;
  readonly #granted = new Set<number>();
  readonly #rejected = new Set<number>();
  /** Lost elections in a row. */
  #retries = 0;
  #isBackingOff = false;
  /** Epoch and vote are on disk: requests may leave. */
  #mayAsk = false;

  constructor(node: RaftNode) {
    this.#node = node;
  }

  // ── asking ────────────────────────────────────────────────────────────────────────────────────

  /** The fetch time-out, election time-out or back-off ended. */
  onTimeout(): void {
    const node = this.#node;
    const { preVote } = node.port.rules;
    if (node.isShuttingDown) return;
    switch (node.state) {
      case 'Prospective':
        this.#losePreVote(false);
        return;
      case 'Candidate':
        if (preVote) this.#askFirst();
        else if (this.#isBackingOff) this.stand();
        else this.#backOff();
        return;
      case 'Follower':
      case 'Unattached':
        if (preVote) this.#askFirst();
        else this.stand();
        return;
      case 'Leader':
      case 'Resigned':
        return;
    }
  }

  #askFirst(): void {
    const node = this.#node;
    node.leave();
    node.port.transition(node, 'preVote.begun', node);
    node.arm(node.electionDeadlineUs());
    this.#beginRound();
    this.#mayAsk = true;
    this.#count();
    if (node.state === 'Prospective') this.ask();
  }

  /** Raises the epoch and votes for itself. */
  stand(): void {
    const node = this.#node;
    node.leave();
    node.epoch++;
    node.votedFor = node.slot;
    node.leader = -1;
    this.#becomeCandidate();
  }

  /** A restarted process that had voted for itself is a candidate of the same epoch. */
  standAgain(): void {
    this.#node.leave();
    this.#becomeCandidate();
  }

  #becomeCandidate(): void {
    const node = this.#node;
    node.port.transition(node, 'candidacy.begun', node);
    node.arm(node.electionDeadlineUs());
    this.#beginRound();
    this.#mayAsk = false;
    const { generation } = node;
    node.port.afterVote(node, () => {
      if (generation !== node.generation) return;
      this.#mayAsk = true;
      this.#count();
      if (node.state === 'Candidate') this.ask();
    });
  }

  #beginRound(): void {
    this.#granted.clear();
    this.#rejected.clear();
    this.#granted.add(this.#node.slot);
    this.#isBackingOff = false;
  }

  /** Every voter that has not answered and has no request under way. */
  ask(): void {
    const node = this.#node;
    if (!this.#mayAsk) return;
    const { epoch, log, state } = node;
    const preVote = state === 'Prospective';
    for (let to = 0; to < node.busy.length; to++) {
      if (to === node.slot || node.busy[to] || this.#granted.has(to) || this.#rejected.has(to)) continue;
      node.send(to, { api: 'Vote', epoch, preVote, lastEpoch: log.lastEpoch, endOffset: log.endOffset });
    }
  }

  onVote(from: number, granted: boolean): void {
    (granted ? this.#granted : this.#rejected).add(from);
    this.#count();
  }

  #count(): void {
    const node = this.#node;
    const { majority } = node.port;
    if (node.state !== 'Prospective' && node.state !== 'Candidate') return;
    if (this.#granted.size >= majority) {
      if (node.state === 'Prospective') this.stand();
      else {
        this.#retries = 0;
        node.lead();
      }
      return;
    }
    if (node.busy.length - this.#rejected.size >= majority) return;
    if (node.state === 'Prospective') this.#losePreVote(true);
    else if (!node.port.rules.preVote && !this.#isBackingOff) this.#backOff();
    // With pre-vote a rejected candidate waits for the rest of its election time-out.
  }

  #losePreVote(wasRejected: boolean): void {
    const node = this.#node;
    if (node.leader >= 0 && node.leader !== node.slot) {
      node.follow(node.leader, node.epoch);
      return;
    }
    // A new time-out after a rejection; otherwise none of the old one is left.
    const deadlineUs = wasRejected ? node.electionDeadlineUs() : node.port.nowUs;
    node.leave();
    node.port.transition(node, 'preVote.lost', node);
    node.arm(deadlineUs);
  }

  /** Up to 3.9: 100 ms x [0, 2^lost elections), at most controller.quorum.election.backoff.max.ms. */
  #backOff(): void {
    const node = this.#node;
    this.#retries++;
    this.#isBackingOff = true;
    let span = 1;
    for (let i = 0; i < this.#retries && span < 1024; i++) span *= 2;
    const backoffUs = BACKOFF_BASE_US * node.random.uniformInt(0, span);
    node.arm(node.port.nowUs + Math.min(backoffUs, node.port.rules.electionBackoffMaxUs));
  }

  // ── voting ────────────────────────────────────────────────────────────────────────────────────

  onVoteRequest(exchange: RaftExchange, request: Extract<RaftRequest, { api: 'Vote' }>): void {
    const node = this.#node;
    const { from } = exchange;
    if (request.epoch > node.epoch) node.becomeUnattached(request.epoch, from);
    const { log } = node;
    const isUpToDate =
      request.lastEpoch > log.lastEpoch || (request.lastEpoch === log.lastEpoch && request.endOffset >= log.endOffset);
    const granted = request.preVote ? isUpToDate && this.#grantsPreVote() : this.#grantsVote(from, isUpToDate);
    const response = { kind: 'vote', epoch: node.epoch, leader: node.leader, granted } as const;
    if (!granted) {
      exchange.answer(response);
      return;
    }
    if (!request.preVote && node.votedFor !== from) {
      node.votedFor = from;
      if (node.state === 'Unattached') node.arm(node.electionDeadlineUs());
    }
    node.port.afterVote(node, () => exchange.answer(response));
  }

  #grantsPreVote(): boolean {
    const node = this.#node;
    if (node.state === 'Leader') return false;
    return node.state !== 'Follower' || !node.fetches.hasFetched;
  }

  #grantsVote(candidate: number, isUpToDate: boolean): boolean {
    const { state, votedFor, leader } = this.#node;
    if (votedFor >= 0 && state !== 'Leader' && state !== 'Resigned') return votedFor === candidate;
    if (state !== 'Unattached' && state !== 'Prospective') return false;
    return leader < 0 && isUpToDate;
  }
}
