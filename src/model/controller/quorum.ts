import type { Kernel } from '../../sim/index.ts';
import type { ClusterLayout, ModelContext } from '../context.ts';
import type { Process } from '../network/process.ts';
import type { RaftRequest, RaftResponse } from '../raft/raftMessages.ts';
import { RaftNode } from '../raft/raftNode.ts';
import type { RaftExchange, RaftPort, RaftRules } from '../raft/raftPort.ts';
import { RaftWire } from '../raft/raftWire.ts';
import { SnapshotPolicy } from '../raft/snapshotPolicy.ts';
import type { EventId } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import { BatchStore } from './batchStore.ts';
import type { Boots } from './boots.ts';
import type { ClusterSettings } from './clusterSettings.ts';
import { LeaderTerm } from './leaderTerm.ts';
import type { MetadataBatch } from './metadataBatch.ts';
import { type QuorumMemberEvent, quorumMemberTable } from './quorumMemberMachine.ts';
import { Voter } from './voter.ts';

const REQUEST_BYTES = 120;
const BYTES_PER_RECORD = 100;
/** Append and fsync; an estimate for an SSD. */
const FSYNC_MIN_US = 1_000;
const FSYNC_MAX_US = 6_000;
/**
 * From standing or voting to the message that tells of it: code that hardly ever runs, and the quorum-state file is
 * written anew. Calibrated with 4.3.1: 16 to 60 ms from step to step.
 */
const VOTE_MIN_US = 5_000;
const VOTE_MAX_US = 15_000;
/** Up to here an idle fetch practically never runs into a time-out: that takes four lost packets in a row. */
const STEADY_LOSS = 0.02;
/** What runs on top of raft is stopped first. Calibrated: 65 to 180 ms from SIGTERM to the resignation. */
const STOP_MIN_US = 65_000;
const STOP_MAX_US = 180_000;
/** A leader that is stopped waits that long for its successor (`KafkaRaftManager.shutdown`). */
const SHUTDOWN_TIMEOUT_US = 5_000_000;
/** Rounds without a leader that the trace tells one by one. */
const ROUNDS_TOLD = 3;

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
 * The voters of one cluster: who leads, and which batches of the metadata log are committed. This is the ground that the
 * raft nodes stand on: processes, wires, disks, and the trace.
 *
 * Source: `KafkaRaftManager`, `KafkaRaftClient`, KIP-595.
 */
export class Quorum implements RaftPort {
  readonly kernel: Kernel;
  readonly settings: ClusterSettings;
  readonly rules: RaftRules;
  readonly listener: QuorumListener;
  readonly voters: readonly Voter[];
  readonly nodes: readonly RaftNode[];
  readonly majority: number;
  readonly batches = new BatchStore();
  /** The end of what was committed by any leader; exclusive. */
  committedOffset = 0;
  readonly #ctx: ModelContext;
  readonly #boots: Boots;
  readonly #wire: RaftWire;
  readonly #snapshots: SnapshotPolicy;

  constructor(
    ctx: ModelContext,
    layout: ClusterLayout,
    settings: ClusterSettings,
    boots: Boots,
    listener: QuorumListener,
  ) {
    this.#ctx = ctx;
    this.kernel = ctx.kernel;
    this.settings = settings;
    this.rules = rulesOf(layout, settings);
    this.listener = listener;
    this.#boots = boots;
    const { controllers, controllerProcesses } = layout;
    this.nodes = controllers.map((_controller, slot) => {
      const id = layout.spec.controllers[slot]!.id;
      const random = ctx.kernel.random.stream(`controller/${layout.spec.name}/${id}/raft`);
      return new RaftNode(slot, controllers.length, random, this);
    });
    this.voters = controllers.map(
      (controller, slot) => new Voter(slot, controller, controllerProcesses[slot]!, this.nodes[slot]!),
    );
    this.majority = Math.floor(this.voters.length / 2) + 1;
    this.#snapshots = new SnapshotPolicy(settings.bytesBetweenSnapshots, settings.metadataRetentionBytes);
    const random = ctx.kernel.random.stream(`raft/${layout.spec.name}`);
    this.#wire = new RaftWire(ctx.kernel, ctx.network, controllerProcesses, settings.quorumRequestTimeoutUs, random, {
      isListening: (slot) => this.nodes[slot]!.isUp,
      bytesOf: (message) => this.#bytesOf(message),
      onRequest: (to: number, exchange: RaftExchange) => this.nodes[to]!.onRequest(exchange),
      onResponse: (from, to, request, response, generation) =>
        this.nodes[from]!.onResponse(to, request, response, generation),
      onFailed: (from, to, timedOut, generation) => this.nodes[from]!.onRequestFailed(to, timedOut, generation),
    });
  }

  /** A quorum in steady state: `leaderSlot` leads epoch 1, and the log holds one committed batch. */
  bootstrap(leaderSlot: number, batch: MetadataBatch): LeaderTerm {
    const end = batch.lastOffset + 1;
    this.committedOffset = end;
    for (const node of this.nodes) {
      node.log.append(batch.epoch, end);
      node.log.flushedOffset = end;
      node.highWatermark = end;
      node.epoch = batch.epoch;
      this.#listenTo(this.voters[node.slot]!);
    }
    this.#ctx.network.links.onReachabilityChange(() => this.#stir());
    this.#ctx.network.links.onQualityChange(() => this.#stir());
    const leader = this.voters[leaderSlot]!;
    leader.term = new LeaderTerm(this, leader, end);
    leader.term.isActive = true;
    leader.node.bootstrapAsLeader();
    for (const voter of this.voters) {
      voter.followed = leaderSlot;
      if (voter === leader) continue;
      this.#wire.open(voter.slot, leaderSlot);
      voter.node.bootstrapAsFollower(leaderSlot);
    }
    return leader.term;
  }

  // ── processes ─────────────────────────────────────────────────────────────────────────────────

  #listenTo(voter: Voter): void {
    voter.process.onLifeChange((_process, from, to) => {
      if (to === 'dead') this.#died(voter);
      else if (from === 'dead') this.#started(voter);
      this.#stir();
    });
  }

  #died(voter: Voter): void {
    voter.node.die();
    this.#wire.died(voter.slot);
  }

  /** The machine of a voter lost power: its log ends where it was flushed. */
  losePower(process: Process): void {
    for (const voter of this.voters) if (voter.process === process) voter.node.losePower();
  }

  #started(voter: Voter): void {
    const { incarnation } = voter.process;
    this.kernel.atControl(this.kernel.nowUs + this.#boots.durationUs(voter.process), () => {
      if (voter.process.incarnation !== incarnation || voter.process.life === 'dead') return;
      voter.process.run(() => {
        voter.rounds = 0;
        voter.node.restart();
      });
    });
  }

  /** Idle exchanges that something may have broken are worked out. */
  #stir(): void {
    for (const node of this.nodes) {
      if (!node.fetches.isQuiet) continue;
      if (!this.isSteady(node, this.nodes[node.leader]!)) node.fetches.wake();
    }
  }

  isConnected(a: Voter, b: Voter): boolean {
    return a.isUp && b.isUp && this.#ctx.network.links.isReachable(a.process, b.process);
  }

  /** SIGTERM at the controller's process, or at the one that it shares with a broker. */
  shutDown(voter: Voter, cause: EventId, done: () => void): void {
    const stop = (): void => {
      voter.resignsBecause = cause;
      voter.node.shutDown(SHUTDOWN_TIMEOUT_US, done);
    };
    if (voter.node.leading === null) stop();
    else this.at(voter.node, this.kernel.nowUs + voter.node.random.uniformInt(STOP_MIN_US, STOP_MAX_US), stop);
  }

  // ── RaftPort ──────────────────────────────────────────────────────────────────────────────────

  get nowUs(): number {
    return this.kernel.nowUs;
  }

  send(from: RaftNode, to: number, request: RaftRequest): void {
    this.#wire.send(from.slot, to, request, from.generation);
  }

  at(node: RaftNode, atUs: number, run: () => void): () => void {
    const { process } = this.voters[node.slot]!;
    const { incarnation } = process;
    let isCancelled = false;
    const timer = this.kernel.atControl(atUs, () => {
      if (process.incarnation === incarnation) process.run(() => isCancelled || run());
    });
    return () => {
      isCancelled = true;
      this.kernel.cancel(timer);
    };
  }

  afterFsync(node: RaftNode, then: () => void): void {
    this.at(node, this.kernel.nowUs + node.random.uniformInt(FSYNC_MIN_US, FSYNC_MAX_US), then);
  }

  afterVote(node: RaftNode, then: () => void): void {
    this.at(node, this.kernel.nowUs + node.random.uniformInt(VOTE_MIN_US, VOTE_MAX_US), then);
  }

  isSteady(a: RaftNode, b: RaftNode): boolean {
    const [one, other] = [this.voters[a.slot]!, this.voters[b.slot]!];
    if (!this.isConnected(one, other)) return false;
    const { links } = this.#ctx.network;
    const loss = Math.max(links.loss(one.process, other.process), links.loss(other.process, one.process));
    const roundTripUs = this.latencyUs(a, b) + this.latencyUs(b, a);
    return loss <= STEADY_LOSS && 2 * (this.rules.idleFetchUs + roundTripUs) < this.rules.fetchTimeoutUs;
  }

  latencyUs(from: RaftNode, to: RaftNode): number {
    return this.#ctx.network.links.typicalUs(this.voters[from.slot]!.process, this.voters[to.slot]!.process);
  }

  transition(node: RaftNode, event: QuorumMemberEvent['type'], because: RaftNode): void {
    const voter = this.voters[node.slot]!;
    const from = node.state;
    node.state = quorumMemberTable.step(from, event);
    const cause = this.#causeOf(voter, event, this.voters[because.slot]!);
    if (event === 'leader.found') voter.followed = node.leader;
    if (this.#isWorthTelling(voter, from))
      voter.cause = this.#ctx.recorder.event(this.kernel.nowUs, cause, {
        type: 'controller.state',
        controller: voter.controller,
        from,
        to: node.state,
        epoch: node.epoch,
      });
    if (from === 'Leader') voter.term?.end();
  }

  onElected(node: RaftNode): void {
    const voter = this.voters[node.slot]!;
    voter.term = new LeaderTerm(this, voter, node.log.endOffset);
    this.batches.add(voter.term.leaderChange());
    this.listener.onAppended();
  }

  onHighWatermark(node: RaftNode): void {
    const voter = this.voters[node.slot]!;
    const { term } = voter;
    for (const batch of this.batches.between(node.log, this.committedOffset, node.highWatermark)) {
      const offset = batch.lastOffset + 1;
      const bytes = (offset - this.committedOffset) * BYTES_PER_RECORD;
      this.committedOffset = offset;
      this.#snapshots.onCommitted({ offset, epoch: batch.epoch }, bytes);
      batch.committedAtUs = this.kernel.nowUs;
      this.listener.onCommitted(batch);
    }
    this.batches.dropBelow(this.committedOffset);
    if (term === null || term.isOver || term.isActive) return;
    term.isActive = true;
    this.listener.onActive(term);
  }

  snapshotIfDue(node: RaftNode): void {
    const start = this.#snapshots.startFor(node.highWatermark, node.log.startOffset);
    if (start === null) return;
    // Another thread writes it.
    this.at(node, this.kernel.nowUs, () => {
      if (start.offset > node.log.startOffset) node.log.snapshotUpTo(start);
    });
  }

  onLeadershipLost(node: RaftNode): void {
    this.voters[node.slot]!.term?.end();
  }

  // ── what messages weigh, and what causes what ─────────────────────────────────────────────────

  #bytesOf(message: RaftRequest | RaftResponse): number {
    if (!('kind' in message) || message.kind !== 'fetched') return REQUEST_BYTES;
    if (message.snapshot !== null && message.highWatermark >= 0)
      return REQUEST_BYTES + message.snapshot.offset * BYTES_PER_RECORD;
    const [, firstEnd = 0] = message.ranges;
    const lastEnd = message.ranges.at(-1) ?? 0;
    return REQUEST_BYTES + (lastEnd - firstEnd + 1) * BYTES_PER_RECORD;
  }

  /** A voter that looks for a leader in vain goes on doing so; a few rounds of it are told. */
  #isWorthTelling(voter: Voter, from: string): boolean {
    const { state } = voter.node;
    if (state === 'Prospective' || state === 'Candidate') voter.rounds++;
    else if (state !== 'Unattached') {
      voter.rounds = 0;
      return true;
    }
    return voter.rounds <= ROUNDS_TOLD || from === 'Leader' || from === 'Resigned';
  }

  #causeOf(voter: Voter, event: QuorumMemberEvent['type'], because: Voter): EventId {
    if (because !== voter) return because.cause;
    if (event === 'restarted' || event === 'restarted.formerLeader') return voter.process.cause;
    if (event === 'resigned') {
      const cause = voter.resignsBecause;
      voter.resignsBecause = NO_CAUSE;
      return cause === NO_CAUSE ? this.#causeOfSilenceAround(voter) : cause;
    }
    const followed = this.voters[voter.followed];
    if (voter.followed < 0 || followed === undefined || followed === voter || voter.rounds > 0) return voter.cause;
    if (followed.node.state === 'Resigned' || followed.node.epoch > voter.node.epoch) return followed.cause;
    return this.#causeOfSilence(voter.process, followed.process);
  }

  /** The later of the two events that the ends of a broken way name. */
  #causeOfSilence(a: Process, b: Process): EventId {
    if (a.life !== 'running') return a.cause;
    if (b.life !== 'running') return b.cause;
    return Math.max(a.cause, b.cause);
  }

  #causeOfSilenceAround(voter: Voter): EventId {
    let cause = voter.process.cause;
    for (const other of this.voters)
      if (other !== voter && !this.isConnected(voter, other)) cause = Math.max(cause, other.process.cause);
    return cause;
  }
}

function rulesOf({ behaviour }: ClusterLayout, settings: ClusterSettings): RaftRules {
  return {
    // Live: an upgrade changes them.
    get preVote() {
      return behaviour.preVote;
    },
    get resignedBecomes() {
      return behaviour.resignedBecomes;
    },
    get answersOnHighWatermark() {
      return behaviour.metadataCommitVisible === 'onHighWatermark';
    },
    fetchTimeoutUs: settings.fetchTimeoutUs,
    electionTimeoutUs: settings.electionTimeoutUs,
    electionBackoffMaxUs: settings.electionBackoffMaxUs,
    retryBackoffUs: settings.quorumRetryBackoffUs,
    idleFetchUs: settings.fetchCadenceUs,
    noOps: settings.writesNoOps,
  };
}
