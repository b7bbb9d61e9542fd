import type { Behaviour } from '../../kafka/behaviour.ts';
import { type Kernel, NO_TIMER } from '../../sim/index.ts';
import type { ClusterLayout, ModelContext } from '../context.ts';
import type { Process } from '../network/process.ts';
import type { EventId } from '../trace.ts';
import type { Boots } from './boots.ts';
import type { ClusterSettings } from './clusterSettings.ts';
import { Election } from './election.ts';
import { LeaderTerm } from './leaderTerm.ts';
import type { MetadataBatch } from './metadataBatch.ts';
import { type QuorumMemberEvent, quorumMemberTable } from './quorumMemberMachine.ts';
import { reconnectedAtUs } from './reconnect.ts';
import { Voter } from './voter.ts';

const RAFT_BYTES = 100;

/** What the controller on top of the quorum does about it. */
export interface QuorumListener {
  /** The term's first record committed: its leader is the active controller. */
  onActive(term: LeaderTerm): void;
  onTermEnded(term: LeaderTerm): void;
  /** In log order, once per batch, whichever leader commits it. */
  onCommitted(batch: MetadataBatch): void;
  /** The leader wrote batches; fetches parked at it are answered. */
  onAppended(): void;
}

/**
 * The voters of one cluster: who leads, and which batches of the metadata log are committed.
 *
 * While the leader and a follower are in contact nothing is scheduled. When one falls silent, the follower's last fetch is
 * given an age within the fetch cadence, and its time-out is scheduled from there; it is cancelled when contact returns.
 *
 * Source: `KafkaRaftClient`, `QuorumState`, KIP-595, KIP-853, KIP-996.
 */
export class Quorum {
  readonly kernel: Kernel;
  readonly behaviour: Behaviour;
  readonly settings: ClusterSettings;
  readonly listener: QuorumListener;
  readonly voters: readonly Voter[];
  readonly majority: number;
  /** Batches of every log up to here are equal and final. */
  committedCount = 0;
  readonly #ctx: ModelContext;
  readonly #boots: Boots;
  readonly #election: Election;

  constructor(
    ctx: ModelContext,
    layout: ClusterLayout,
    settings: ClusterSettings,
    boots: Boots,
    listener: QuorumListener,
  ) {
    this.#ctx = ctx;
    this.kernel = ctx.kernel;
    this.behaviour = layout.behaviour;
    this.settings = settings;
    this.listener = listener;
    this.#boots = boots;
    this.voters = layout.controllers.map((controller, slot) => {
      const id = layout.spec.controllers[slot]!.id;
      const random = ctx.kernel.random.stream(`controller/${layout.spec.name}/${id}/raft`);
      return new Voter(slot, controller, layout.controllerProcesses[slot]!, random);
    });
    this.majority = Math.floor(this.voters.length / 2) + 1;
    this.#election = new Election(this);
  }

  /** A quorum in steady state: `leaderSlot` leads epoch 1, and the log holds one committed batch. */
  bootstrap(leaderSlot: number, batch: MetadataBatch): LeaderTerm {
    for (const voter of this.voters) {
      voter.log = [batch];
      voter.epoch = batch.epoch;
      voter.leader = leaderSlot;
      voter.state = voter.slot === leaderSlot ? 'Leader' : 'Follower';
      voter.hasFetched = true;
      voter.isInContact = true;
      voter.process.onLifeChange((_process, _from, to) => {
        if (to === 'dead') this.#died(voter);
        else if (_from === 'dead') this.#started(voter);
        else if (to === 'running') this.#resumed(voter);
        this.refresh();
      });
    }
    this.committedCount = 1;
    this.#ctx.network.links.onReachabilityChange(() => this.refresh());
    const leader = this.voters[leaderSlot]!;
    leader.term = new LeaderTerm(this, leader);
    leader.term.bootstrap(batch);
    return leader.term;
  }

  // ── what voters can reach ─────────────────────────────────────────────────────────────────────

  isConnected(a: Voter, b: Voter): boolean {
    return a.isUp && b.isUp && this.#ctx.network.links.isReachable(a.process, b.process);
  }

  canReachMajority(voter: Voter): boolean {
    let count = 0;
    for (const other of this.voters) if (other === voter || this.isConnected(voter, other)) count++;
    return count >= this.majority;
  }

  /** To be called whenever something changed that may begin or end a silence between voters. */
  refresh(): void {
    for (const voter of this.voters) this.#refreshContact(voter);
    for (const voter of this.voters) voter.term?.refresh();
    for (const voter of this.voters) this.#election.unpark(voter);
  }

  #refreshContact(voter: Voter): void {
    if (voter.state !== 'Follower') return;
    const leader = this.voters[voter.leader]!;
    const works = leader.term?.epoch === voter.epoch && this.isConnected(voter, leader);
    if (works && !voter.isInContact) this.#resumeContact(voter, leader);
    if (works) return;
    if (voter.isInContact) {
      voter.isInContact = false;
      voter.cause = this.#causeOfSilence(voter.process, leader.process);
      this.arm(voter, this.#fetchDeadlineUs(voter));
    }
    this.kernel.cancel(voter.resumeTimer);
    const isCut = !this.#ctx.network.links.isReachable(voter.process, leader.process);
    if (isCut && voter.cutAtUs < 0) voter.cutAtUs = this.kernel.nowUs;
  }

  #resumeContact(voter: Voter, leader: Voter): void {
    if (this.kernel.isPending(voter.resumeTimer)) return;
    const { nowUs } = this.kernel;
    const atUs =
      voter.cutAtUs < 0
        ? nowUs
        : reconnectedAtUs(voter.cutAtUs, nowUs, this.settings.quorumRequestTimeoutUs, voter.random);
    voter.cutAtUs = -1;
    voter.resumeTimer = this.kernel.atControl(atUs, () => {
      if (voter.state === 'Follower' && this.voters[voter.leader] === leader) this.fetch(voter);
    });
  }

  /** The later of the two events that the ends of a broken way name. */
  #causeOfSilence(a: Process, b: Process): EventId {
    if (a.life !== 'running') return a.cause;
    if (b.life !== 'running') return b.cause;
    return Math.max(a.cause, b.cause);
  }

  // ── messages ──────────────────────────────────────────────────────────────────────────────────

  send(from: Voter, to: Voter, bytes: number, deliver: () => void): void {
    this.#ctx.network.post(from.process, to.process, bytes, () => {
      if (to.isBooted) deliver();
    });
  }

  afterFsync(voter: Voter, fsyncUs: number, then: () => void): void {
    const { incarnation } = voter.process;
    this.kernel.atControl(this.kernel.nowUs + fsyncUs, () => {
      if (voter.process.incarnation === incarnation) voter.process.run(then);
    });
  }

  fetch(follower: Voter): void {
    if (follower.state !== 'Follower') return;
    const { epoch, log } = follower;
    const leader = this.voters[follower.leader]!;
    const { length } = log;
    this.send(follower, leader, RAFT_BYTES, () => leader.term?.onFetch(follower, epoch, length));
  }

  /** The follower's fetch was answered, or is parked at a leader that is alive. */
  onFetched(follower: Voter, epoch: number): void {
    if (follower.state !== 'Follower' || follower.epoch !== epoch) return;
    follower.hasFetched = true;
    follower.retries = 0;
    follower.isInContact = true;
    this.disarm(follower);
    // The way may have broken again while the answer travelled.
    this.refresh();
  }

  sendBeginQuorumEpoch(leader: Voter, to: Voter): void {
    const { epoch, slot, cause } = leader;
    this.send(leader, to, RAFT_BYTES, () => {
      if (epoch < to.epoch) this.send(to, leader, RAFT_BYTES, () => this.raiseEpoch(leader, to.epoch, to.cause));
      else if (to.epoch !== epoch || to.leader !== slot) this.follow(to, slot, epoch, cause);
    });
  }

  // ── roles ─────────────────────────────────────────────────────────────────────────────────────

  /** Steps a voter and records it. */
  move(voter: Voter, event: QuorumMemberEvent['type'], cause: EventId): void {
    const from = voter.state;
    voter.state = quorumMemberTable.step(from, event);
    voter.cause = this.#ctx.recorder.event(this.kernel.nowUs, cause, {
      type: 'controller.state',
      controller: voter.controller,
      from,
      to: voter.state,
      epoch: voter.epoch,
    });
    if (from === 'Leader') voter.term?.end();
  }

  raiseEpoch(voter: Voter, epoch: number, cause: EventId): void {
    if (epoch <= voter.epoch) return;
    const deadlineUs = voter.isInContact ? this.#fetchDeadlineUs(voter) : voter.deadlineUs;
    this.#enterEpoch(voter, epoch, -1);
    this.move(voter, 'epoch.raised', cause);
    // What was left of its time-out stays, or a candidate that cannot win would keep everybody else from standing.
    if (deadlineUs >= 0) this.arm(voter, deadlineUs);
    else this.#election.waitForElection(voter);
  }

  /** When the fetch time-out ends if nothing is heard any more: the last fetch has an age within the cadence. */
  #fetchDeadlineUs(voter: Voter): number {
    const ageUs = voter.random.uniformInt(0, this.settings.fetchCadenceUs);
    return this.kernel.nowUs - ageUs + this.settings.fetchTimeoutUs;
  }

  follow(voter: Voter, leaderSlot: number, epoch: number, cause: EventId): void {
    if (epoch > voter.epoch) this.#enterEpoch(voter, epoch, leaderSlot);
    voter.leader = leaderSlot;
    voter.hasFetched = false;
    voter.isInContact = false;
    voter.cutAtUs = -1;
    this.move(voter, 'leader.found', cause);
    this.arm(voter, this.kernel.nowUs + this.settings.fetchTimeoutUs);
    this.fetch(voter);
  }

  lead(voter: Voter): void {
    voter.leader = voter.slot;
    voter.retries = 0;
    this.disarm(voter);
    this.move(voter, 'elected', voter.cause);
    voter.term = new LeaderTerm(this, voter);
    voter.term.begin();
  }

  /** Check-quorum failed, or the process stops: the others are told to elect, the furthest one first. */
  resign(leader: Voter, cause: EventId = leader.process.cause): void {
    const { term, epoch } = leader;
    if (term === null) return;
    const successors = term.successors();
    this.move(leader, 'resigned', cause);
    for (const [position, successor] of successors.entries()) {
      const waitUs = this.#election.successorDelayUs(position, successors.length);
      this.send(leader, successor, RAFT_BYTES, () => {
        if (successor.state !== 'Follower' || successor.epoch !== epoch) return;
        successor.isInContact = false;
        successor.cause = leader.cause;
        this.arm(successor, this.kernel.nowUs + waitUs);
      });
    }
    this.#election.waitForElection(leader);
  }

  #enterEpoch(voter: Voter, epoch: number, leaderSlot: number): void {
    voter.epoch = epoch;
    voter.votedFor = -1;
    voter.leader = leaderSlot;
    voter.isInContact = false;
    this.disarm(voter);
  }

  commitUpTo(leader: Voter, length: number): void {
    while (this.committedCount < length) {
      const batch = leader.log[this.committedCount]!;
      this.committedCount++;
      batch.committedAtUs = this.kernel.nowUs;
      this.listener.onCommitted(batch);
    }
  }

  // ── timers ────────────────────────────────────────────────────────────────────────────────────

  /** One timer a voter; what it means depends on the state. A frozen voter looks at it when it resumes. */
  arm(voter: Voter, deadlineUs: number): void {
    this.disarm(voter);
    voter.deadlineUs = deadlineUs;
    voter.timer = this.kernel.atControl(Math.max(deadlineUs, this.kernel.nowUs), () => this.#timerFired(voter));
  }

  disarm(voter: Voter): void {
    this.kernel.cancel(voter.timer);
    voter.timer = NO_TIMER;
    voter.deadlineUs = -1;
  }

  #timerFired(voter: Voter): void {
    if (!voter.isUp || voter.deadlineUs < 0 || this.kernel.nowUs < voter.deadlineUs) return;
    this.disarm(voter);
    this.#election.onDeadline(voter);
  }

  // ── processes ─────────────────────────────────────────────────────────────────────────────────

  #died(voter: Voter): void {
    this.disarm(voter);
    this.kernel.cancel(voter.resumeTimer);
    voter.isBooted = false;
    voter.isInContact = false;
    voter.isElectionParked = false;
    voter.term?.end();
  }

  #started(voter: Voter): void {
    const { incarnation } = voter.process;
    this.kernel.atControl(this.kernel.nowUs + this.#boots.durationUs(voter.process), () => {
      if (voter.process.incarnation !== incarnation || voter.process.life === 'dead') return;
      voter.process.run(() => this.#booted(voter));
    });
  }

  /** The quorum-state file tells epoch, vote, and whether it led. */
  #booted(voter: Voter): void {
    voter.isBooted = true;
    voter.retries = 0;
    const led = voter.state === 'Leader' || (voter.state === 'Resigned' && voter.leader === voter.slot);
    voter.leader = led ? voter.slot : -1;
    this.move(voter, led ? 'restarted.formerLeader' : 'restarted', voter.process.cause);
    this.#election.waitForElection(voter);
    this.#election.askAgain(voter);
    this.refresh();
  }

  #resumed(voter: Voter): void {
    this.#timerFired(voter);
    voter.term?.checkQuorum();
  }
}
