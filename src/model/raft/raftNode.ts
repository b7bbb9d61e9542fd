import type { RandomStream } from '../../sim/index.ts';
import type { QuorumMemberState } from '../controller/quorumMemberMachine.ts';
import { Elections } from './elections.ts';
import { FollowerFetches } from './followerFetches.ts';
import { LeaderState } from './leaderState.ts';
import { RaftLog } from './raftLog.ts';
import type { RaftRequest, RaftResponse } from './raftMessages.ts';
import type { RaftExchange, RaftPort } from './raftPort.ts';

/**
 * The poll loop looks at its timers between other work. Calibrated: after a kill of 4.3.1 the two followers' time-outs
 * ended 25 to 45 ms apart, and in one of six fail-overs both stood at once and a second round was needed.
 */
const POLL_SLACK_US = 50_000;

/**
 * One voter of the metadata quorum.
 *
 * Epoch, vote, known leader (the quorum-state file) and log survive a restart; the rest does not. Handlers are called
 * with messages and expired timers and act through the port; nothing in here knows of processes or wires.
 *
 * Source: `KafkaRaftClient`, `QuorumState`, KIP-595, KIP-853, KIP-996.
 */
export class RaftNode {
  readonly slot: number;
  readonly port: RaftPort;
  readonly random: RandomStream;
  readonly log = new RaftLog();
  readonly elections: Elections;
  readonly fetches: FollowerFetches;

  epoch = 0;
  /** Slot; -1: no vote in this epoch. */
  votedFor = -1;
  /** Slot of the leader of this epoch; -1: unknown. */
  leader = -1;

  state: QuorumMemberState = 'Unattached';
  isUp = true;
  /** The end of what is known to be committed; -1: nothing is known yet. */
  highWatermark = -1;
  leading: LeaderState | null = null;
  /** When the fetch time-out, election time-out or back-off ends; -1: none runs. */
  deadlineUs = -1;
  /** A request to that voter is under way (one at a time), or its retry is being waited for. */
  readonly busy: boolean[];
  /** Counts changes of state, so that what an earlier state asked for is not taken for an answer to this one. */
  generation = 0;
  #disarm: () => void = () => {};
  #shutdown: (() => void) | null = null;
  #acknowledged = new Set<number>();
  #successors: readonly number[] = [];

  constructor(slot: number, voters: number, random: RandomStream, port: RaftPort) {
    this.slot = slot;
    this.random = random;
    this.port = port;
    this.busy = Array.from({ length: voters }, () => false);
    this.elections = new Elections(this);
    this.fetches = new FollowerFetches(this);
  }

  // ── a quorum that has been running for long ───────────────────────────────────────────────────

  bootstrapAsLeader(): void {
    this.state = 'Leader';
    this.leader = this.slot;
    this.leading = new LeaderState(this);
    this.leading.settle();
  }

  /** Its first fetch is sent at a moment of its own. */
  bootstrapAsFollower(leader: number): void {
    this.state = 'Follower';
    this.leader = leader;
    this.fetches.begin();
    this.fetches.hasFetched = true;
    this.arm(this.port.nowUs + this.port.rules.fetchTimeoutUs);
    const { generation } = this;
    this.port.at(this, this.port.nowUs + this.random.uniformInt(0, this.port.rules.idleFetchUs), () => {
      if (generation === this.generation) this.poll();
    });
  }

  // ── messages ──────────────────────────────────────────────────────────────────────────────────

  onRequest(exchange: RaftExchange): void {
    const { request, from } = exchange;
    const knows = { epoch: this.epoch, leader: this.leader };
    if (request.epoch < this.epoch) {
      exchange.answer({ kind: 'refused', ...knows });
      return;
    }
    switch (request.api) {
      case 'Vote':
        this.elections.onVoteRequest(exchange, request);
        return;
      case 'BeginQuorumEpoch':
        this.#learn(request.epoch, from);
        exchange.answer({ kind: 'done', epoch: this.epoch, leader: this.leader });
        return;
      case 'EndQuorumEpoch':
        this.#learn(request.epoch, from);
        exchange.answer({ kind: 'done', epoch: this.epoch, leader: this.leader });
        this.#onLeaderEnds(from, request.successors);
        return;
      case 'Fetch':
      case 'FetchSnapshot':
        if (request.epoch > this.epoch || this.leading === null) exchange.answer({ kind: 'refused', ...knows });
        else if (request.api === 'Fetch') this.leading.onFetch(exchange, request);
        else this.leading.onFetchSnapshot(exchange);
    }
  }

  onResponse(from: number, request: RaftRequest, response: RaftResponse, generation: number): void {
    if (generation === this.generation) this.busy[from] = false;
    if (response.epoch > this.epoch) {
      if (response.leader >= 0 && response.leader !== this.slot) this.follow(response.leader, response.epoch);
      else this.becomeUnattached(response.epoch, from);
      return;
    }
    if (response.epoch < this.epoch || generation !== this.generation) return;
    if (response.leader >= 0 && this.leader < 0) {
      this.follow(response.leader, response.epoch);
      return;
    }
    if (response.kind === 'vote') this.elections.onVote(from, response.granted);
    else if (response.kind === 'fetched') this.fetches.onFetched(response);
    else if (response.kind === 'done' && request.api === 'EndQuorumEpoch') this.#acknowledged.add(from);
    else if (response.kind === 'refused') this.retryLater(from);
  }

  /** A disconnect, or nothing was heard for controller.quorum.request.timeout.ms. */
  onRequestFailed(to: number, timedOut: boolean, generation: number): void {
    if (generation !== this.generation) return;
    if (timedOut) {
      this.busy[to] = false;
      this.poll();
    } else this.retryLater(to);
  }

  retryLater(to: number): void {
    const { generation } = this;
    this.busy[to] = true;
    this.port.at(this, this.port.nowUs + this.port.rules.retryBackoffUs, () => {
      if (generation !== this.generation) return;
      this.busy[to] = false;
      this.poll();
    });
  }

  send(to: number, request: RaftRequest): void {
    this.busy[to] = true;
    this.port.send(this, to, request);
  }

  /** Sends what the state wants sent to whoever has no request under way. */
  poll(): void {
    if (!this.isUp) return;
    if (this.state === 'Prospective' || this.state === 'Candidate') this.elections.ask();
    else if (this.state === 'Follower') this.fetches.fetch();
    else if (this.state === 'Resigned') this.#tellTheEnd();
  }

  /** A leader of this epoch, or of a later one, named itself. */
  #learn(epoch: number, leader: number): void {
    if (epoch > this.epoch || (this.leader < 0 && leader !== this.slot)) this.follow(leader, epoch);
  }

  // ── states ────────────────────────────────────────────────────────────────────────────────────

  follow(leader: number, epoch: number): void {
    this.leave();
    if (epoch > this.epoch) this.votedFor = -1;
    this.epoch = epoch;
    this.leader = leader;
    this.port.transition(this, 'leader.found', this.port.nodes[leader]!);
    this.fetches.begin();
    this.arm(this.port.nowUs + this.port.rules.fetchTimeoutUs);
    if (this.#shutdown !== null) this.#endShutdown();
    else this.poll();
  }

  /** Someone named a higher epoch. What is left of an election time-out stays; a fetch time-out does not. */
  becomeUnattached(epoch: number, from: number): void {
    const keeps = this.state !== 'Follower' && this.state !== 'Leader' && this.deadlineUs >= 0;
    const deadlineUs = keeps ? this.deadlineUs : this.electionDeadlineUs();
    this.leave();
    this.epoch = epoch;
    this.votedFor = -1;
    this.leader = -1;
    this.port.transition(this, 'epoch.raised', this.port.nodes[from]!);
    this.arm(deadlineUs);
  }

  /** Ends what belongs to the present state. */
  leave(): void {
    this.fetches.end();
    this.disarm();
    this.generation++;
    this.busy.fill(false);
    const { leading } = this;
    if (leading === null) return;
    leading.end();
    this.leading = null;
    this.port.onLeadershipLost(this);
  }

  lead(): void {
    this.leave();
    this.leader = this.slot;
    this.port.transition(this, 'elected', this);
    this.leading = new LeaderState(this);
    this.leading.begin();
    this.port.onElected(this);
  }

  /** Check-quorum failed, or the process stops: the others are told to elect, the furthest one first. */
  resign(): void {
    const { leading } = this;
    if (leading === null) return;
    this.#successors = leading.successors();
    this.leave();
    this.port.transition(this, 'resigned', this);
    this.#acknowledged = new Set();
    this.arm(this.electionDeadlineUs());
    this.#tellTheEnd();
  }

  #tellTheEnd(): void {
    for (const to of this.#successors)
      if (!this.busy[to] && !this.#acknowledged.has(to))
        this.send(to, { api: 'EndQuorumEpoch', epoch: this.epoch, successors: this.#successors });
  }

  #onLeaderEnds(leader: number, successors: readonly number[]): void {
    if (this.state !== 'Follower' || this.leader !== leader) return;
    this.fetches.wake();
    const position = successors.indexOf(this.slot);
    this.arm(this.port.nowUs + successorDelayUs(position, successors.length, this.port.rules.electionBackoffMaxUs));
  }

  /**
   * SIGTERM: a leader resigns and stays, so that it can vote, until it knows its successor; everybody else may go at once.
   * Source: `KafkaRaftClient.GracefulShutdown`.
   */
  shutDown(timeoutUs: number, done: () => void): void {
    if (this.leading === null || this.port.nodes.length === 1) {
      done();
      return;
    }
    this.#shutdown = done;
    this.port.at(this, this.port.nowUs + timeoutUs, () => this.#endShutdown());
    this.resign();
  }

  #endShutdown(): void {
    const done = this.#shutdown;
    this.#shutdown = null;
    done?.();
  }

  get isShuttingDown(): boolean {
    return this.#shutdown !== null;
  }

  // ── timers ────────────────────────────────────────────────────────────────────────────────────

  electionDeadlineUs(): number {
    const { electionTimeoutUs } = this.port.rules;
    return this.port.nowUs + electionTimeoutUs + this.random.uniformInt(0, electionTimeoutUs);
  }

  /** One timer a voter; what it means depends on the state. */
  arm(deadlineUs: number): void {
    this.#disarm();
    this.deadlineUs = deadlineUs;
    this.#disarm = this.port.at(
      this,
      Math.max(deadlineUs, this.port.nowUs) + this.random.uniformInt(0, POLL_SLACK_US),
      () => this.#expired(),
    );
  }

  disarm(): void {
    this.#disarm();
    this.#disarm = () => {};
    this.deadlineUs = -1;
  }

  #expired(): void {
    if (this.deadlineUs < 0 || this.port.nowUs < this.deadlineUs) return;
    this.deadlineUs = -1;
    if (this.state === 'Resigned') this.#leaveResigned();
    else this.elections.onTimeout();
  }

  #leaveResigned(): void {
    if (this.#shutdown !== null) return;
    if (this.port.rules.resignedBecomes === 'Unattached') this.becomeUnattached(this.epoch + 1, this.slot);
    else this.elections.stand();
  }

  // ── the process ───────────────────────────────────────────────────────────────────────────────

  /** The process is gone. The page cache of its host is not. */
  die(): void {
    this.isUp = false;
    this.#shutdown = null;
    this.leave();
  }

  /** Its host lost power: what was not flushed is gone. */
  losePower(): void {
    this.log.truncateTo(Math.max(this.log.flushedOffset, this.log.startOffset));
  }

  /** A new process reads the quorum-state file. */
  restart(): void {
    this.isUp = true;
    // What its own snapshot holds is committed.
    this.highWatermark = this.log.startOffset > 0 ? this.log.startOffset : -1;
    const led = this.leader === this.slot;
    this.port.transition(this, led ? 'restarted.formerLeader' : 'restarted', this);
    this.#successors = [];
    // A single voter elects itself at once; a candidate goes on asking in its epoch.
    if (this.busy.length === 1) this.elections.stand();
    else if (led) this.arm(this.electionDeadlineUs());
    else if (this.leader >= 0) this.follow(this.leader, this.epoch);
    else if (this.votedFor === this.slot) this.elections.standAgain();
    else this.arm(this.electionDeadlineUs());
  }
}

/** How long the successor at this place of EndQuorumEpoch's list waits before it stands; -1: it is not listed. */
export function successorDelayUs(position: number, successors: number, maxUs: number): number {
  if (position < 0) return maxUs;
  if (position === 0) return 0;
  let delayUs = maxUs;
  for (let i = 1; i < successors; i++) delayUs = Math.floor(delayUs / 2);
  for (let i = 1; i < position; i++) delayUs *= 2;
  return Math.min(maxUs, delayUs);
}
