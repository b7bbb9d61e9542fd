import type { RandomStream, TimerHandle } from '../../sim/index.ts';
import { type Kernel, NO_TIMER } from '../../sim/index.ts';
import type { Links } from '../network/links.ts';
import type { Process } from '../network/process.ts';
import type { EventId, Recorder } from '../trace.ts';
import { type ServerEvent, serverTable } from './serverMachine.ts';
import { ZkServer } from './zkServer.ts';

/** FastLeaderElection waits so long for better votes once a majority agrees (`finalizeWait`). */
const FINALIZE_WAIT_US = 200_000;
/** Calibrated: connecting to the new leader and synchronising with it, for a small tree. */
const SYNC_MIN_US = 50_000;
const SYNC_MAX_US = 250_000;
/** Calibrated: start of a ZooKeeper process until it takes part. */
const BOOT_MIN_US = 1_000_000;
const BOOT_MAX_US = 3_000_000;
/** A server's append to its transaction log; an estimate for an SSD, as for a quorum's voters. */
const FSYNC_US = 2_000;

export interface EnsembleSettings {
  readonly cluster: string;
  readonly tickTimeUs: number;
  readonly syncLimitTicks: number;
}

/** Who is told when the ensemble begins or ceases to serve. */
export interface EnsembleListener {
  /** A leader with a majority; sessions begin their time-outs anew. */
  onLeader(leader: ZkServer): void;
  /** No leader any more: no writes, no session ends. */
  onLeaderLost(): void;
  /** A server's state or the way to it changed. */
  onChange(): void;
}

/**
 * The servers of one ensemble: who leads, and who serves clients.
 *
 * While leader and followers hear each other nothing is scheduled. A broken connection is noticed at once, silence after
 * syncLimit ticks; without a majority of floor(n/2)+1 there is no leader and no service. Of servers that look for a
 * leader the one with the highest id is elected, as all of them have the same history here.
 *
 * Not modelled: transaction ids that differ between servers, initLimit (synchronising a small tree takes less).
 *
 * Source: ZooKeeper's `QuorumPeer`, `FastLeaderElection`, `Leader`, `Learner`.
 */
export class Ensemble {
  readonly servers: readonly ZkServer[];
  readonly majority: number;
  readonly settings: EnsembleSettings;
  /** Leads and has its majority, as far as itself knows. */
  leader: ZkServer | null = null;
  /** The one before, while there is none. */
  lastLeader: ZkServer | null = null;
  /** Sessions end at multiples of tickTime of the leader's clock, shifted by this. */
  tickPhaseUs = 0;
  readonly #kernel: Kernel;
  readonly #links: Links;
  readonly #recorder: Recorder;
  readonly #random: RandomStream;
  readonly #listener: EnsembleListener;
  #electionTimer: TimerHandle = NO_TIMER;

  constructor(
    kernel: Kernel,
    links: Links,
    recorder: Recorder,
    random: RandomStream,
    settings: EnsembleSettings,
    servers: readonly { readonly id: number; readonly zooKeeper: number; readonly process: Process }[],
    listener: EnsembleListener,
  ) {
    this.#kernel = kernel;
    this.#links = links;
    this.#recorder = recorder;
    this.#random = random;
    this.#listener = listener;
    this.settings = settings;
    this.servers = servers.map(({ id, zooKeeper, process }) => new ZkServer(id, zooKeeper, process));
    this.majority = Math.floor(this.servers.length / 2) + 1;
    for (const server of this.servers) {
      server.process.onLifeChange((_process, from, to) => {
        if (to === 'dead') this.#died(server);
        else if (from === 'dead') this.#started(server);
        this.refresh();
      });
    }
    links.onReachabilityChange(() => this.refresh());
  }

  /** An ensemble that has been running for long, with a leader that the seed chooses. */
  bootstrap(): void {
    const leader = this.servers[this.#random.uniformInt(0, this.servers.length)]!;
    for (const server of this.servers) {
      if (this.isAlone) server.state = 'STANDALONE';
      else server.state = server === leader ? 'LEADING' : 'FOLLOWING';
    }
    this.leader = leader;
    this.tickPhaseUs = this.#random.uniformInt(0, this.settings.tickTimeUs);
  }

  get isAlone(): boolean {
    return this.servers.length === 1;
  }

  /** Its clients' requests are answered: it leads, or follows a leader that it hears. */
  isServing(server: ZkServer): boolean {
    if (!server.isRunning) return false;
    if (server.state === 'STANDALONE') return true;
    const { leader } = this;
    if (leader === null || !leader.isRunning) return false;
    if (server === leader) return this.#followersOf(leader).length + 1 >= this.majority;
    return server.state === 'FOLLOWING' && this.#links.isReachable(server.process, leader.process);
  }

  /** From a server's receipt of a write to its answer: leader's and a majority's fsync, and the ways between them. */
  commitUs(server: ZkServer): number {
    const { leader } = this;
    if (leader === null || this.isAlone) return FSYNC_US;
    const toLeaderUs = server === leader ? 0 : 2 * this.#links.typicalUs(server.process, leader.process);
    const ackUs = this.#followersOf(leader)
      .map((follower) => 2 * this.#links.typicalUs(leader.process, follower.process))
      .sort((a, b) => a - b);
    return toLeaderUs + FSYNC_US + (ackUs[this.majority - 2] ?? 0);
  }

  /** The tick at which the leader finds a session that ends then (ExpiryQueue rounds up). */
  expiredAtUs(deadlineUs: number): number {
    const { tickTimeUs } = this.settings;
    return (Math.floor((deadlineUs - this.tickPhaseUs) / tickTimeUs) + 1) * tickTimeUs + this.tickPhaseUs;
  }

  // ── losing each other ─────────────────────────────────────────────────────────────────────────

  /** To be called whenever a server or a way between servers changed. */
  refresh(): void {
    for (const server of this.servers) {
      if (server.state === 'FOLLOWING') this.#watchLeader(server);
      else if (server.state === 'LEADING') this.#watchFollowers(server);
    }
    this.#elect();
    this.#listener.onChange();
  }

  #followersOf(leader: ZkServer): ZkServer[] {
    if (leader !== this.leader) return [];
    return this.servers.filter(
      (server) =>
        server !== leader &&
        server.state === 'FOLLOWING' &&
        server.isRunning &&
        this.#links.isReachable(server.process, leader.process),
    );
  }

  #hears(follower: ZkServer): boolean {
    const { leader } = this;
    if (leader === null || !leader.isRunning || !follower.isRunning) return false;
    return this.#links.isReachable(follower.process, leader.process);
  }

  #watchLeader(follower: ZkServer): void {
    if (this.#hears(follower)) {
      this.#kernel.cancel(follower.timer);
      return;
    }
    const { leader, lastLeader } = this;
    const isClosed = leader === null && this.#links.isReachable(follower.process, (lastLeader ?? follower).process);
    if (isClosed) this.#kernel.cancel(follower.timer);
    if (this.#kernel.isPending(follower.timer)) return;
    const atUs = isClosed ? this.#kernel.nowUs : this.#silenceNoticedUs();
    follower.timer = this.#kernel.atControl(atUs, () =>
      follower.process.run(() => {
        if (follower.state === 'FOLLOWING' && !this.#hears(follower)) this.#give(follower, 'leader.lost');
      }),
    );
  }

  #watchFollowers(leader: ZkServer): void {
    if (this.#followersOf(leader).length + 1 >= this.majority) {
      this.#kernel.cancel(leader.timer);
      return;
    }
    const closed = this.servers.filter((server) => server.process.life === 'dead').length;
    const isClosed = leader !== this.leader || this.servers.length - closed < this.majority;
    // Broken connections count at the next tick; silent ones after syncLimit of them.
    const atUs = isClosed
      ? this.#kernel.nowUs + this.#random.uniformInt(0, this.settings.tickTimeUs)
      : this.#silenceNoticedUs();
    if (this.#kernel.isPending(leader.timer) && leader.timerAtUs <= atUs) return;
    this.#kernel.cancel(leader.timer);
    leader.timerAtUs = atUs;
    leader.timer = this.#kernel.atControl(atUs, () =>
      leader.process.run(() => {
        if (leader.state === 'LEADING' && this.#followersOf(leader).length + 1 < this.majority)
          this.#give(leader, 'quorum.lost');
      }),
    );
  }

  /** Leader and followers ping each other twice a tick. */
  #silenceNoticedUs(): number {
    const { tickTimeUs, syncLimitTicks } = this.settings;
    const ageUs = this.#random.uniformInt(0, Math.max(1, Math.floor(tickTimeUs / 2)));
    return this.#kernel.nowUs - ageUs + syncLimitTicks * tickTimeUs;
  }

  #give(server: ZkServer, event: 'leader.lost' | 'quorum.lost'): void {
    this.#move(server, event, this.#causeAround(server));
    if (this.leader === server) this.#leaderLost(server.cause);
    this.refresh();
  }

  /** The later of the events that its own process and the others name. */
  #causeAround(server: ZkServer): EventId {
    return Math.max(server.cause, ...this.servers.map(({ process }) => process.cause));
  }

  #leaderLost(cause: EventId): void {
    this.lastLeader = this.leader;
    this.leader = null;
    this.#recorder.event(this.#kernel.nowUs, cause, {
      type: 'zookeeper.leader',
      cluster: this.settings.cluster,
      zooKeeper: -1,
    });
    this.#listener.onLeaderLost();
  }

  // ── elections ─────────────────────────────────────────────────────────────────────────────────

  #elect(): void {
    if (this.#kernel.isPending(this.#electionTimer) || this.isAlone) return;
    if (this.#candidate() === null && this.#joiners().length === 0) return;
    const syncUs = this.#random.uniformInt(SYNC_MIN_US, SYNC_MAX_US + 1);
    this.#electionTimer = this.#kernel.atControl(this.#kernel.nowUs + FINALIZE_WAIT_US + syncUs, () => this.#decide());
  }

  /** The server with the highest id that reaches a majority of servers without a leader; null while there is none. */
  #candidate(): ZkServer | null {
    const looking = this.servers.filter((server) => server.state === 'LOOKING' && server.isRunning);
    let best: ZkServer | null = null;
    for (const server of looking) {
      const reached = looking.filter((other) => this.#links.isReachable(server.process, other.process));
      if (reached.length >= this.majority && (best === null || server.id > best.id)) best = server;
    }
    return best;
  }

  /** Servers that look for a leader and reach the one that there is. */
  #joiners(): ZkServer[] {
    return this.servers.filter((server) => server.state === 'LOOKING' && this.#hears(server));
  }

  #decide(): void {
    const joiners = this.#joiners();
    const winner = joiners.length > 0 ? null : this.#candidate();
    for (const server of joiners) this.#move(server, 'leader.found', this.#causeAround(server));
    if (winner !== null) {
      const stale = this.leader;
      this.#move(winner, 'elected', this.#causeAround(winner));
      this.leader = winner;
      this.tickPhaseUs = this.#random.uniformInt(0, this.settings.tickTimeUs);
      for (const server of this.#joiners()) this.#move(server, 'leader.found', winner.cause);
      winner.cause = this.#recorder.event(this.#kernel.nowUs, winner.cause, {
        type: 'zookeeper.leader',
        cluster: this.settings.cluster,
        zooKeeper: winner.zooKeeper,
      });
      // A frozen or cut former leader finds out by itself.
      if (stale !== null) this.#listener.onLeaderLost();
      this.#listener.onLeader(winner);
    }
    this.refresh();
  }

  // ── processes ─────────────────────────────────────────────────────────────────────────────────

  #died(server: ZkServer): void {
    this.#kernel.cancel(server.timer);
    this.#move(server, 'died', server.process.cause);
    if (this.leader === server) this.#leaderLost(server.cause);
  }

  #started(server: ZkServer): void {
    const { process } = server;
    const { incarnation } = process;
    const bootUs = this.#random.uniformInt(BOOT_MIN_US, BOOT_MAX_US + 1);
    this.#kernel.atControl(this.#kernel.nowUs + bootUs, () => {
      if (process.incarnation !== incarnation) return;
      process.run(() => {
        this.#move(server, this.isAlone ? 'booted.alone' : 'booted', process.cause);
        if (this.isAlone) {
          this.leader = server;
          this.#listener.onLeader(server);
        }
        this.refresh();
      });
    });
  }

  #move(server: ZkServer, event: ServerEvent['type'], cause: EventId): void {
    const from = server.state;
    server.state = serverTable.step(from, event);
    if (server.state === from) return;
    server.cause = this.#recorder.event(this.#kernel.nowUs, cause, {
      type: 'zookeeper.state',
      zooKeeper: server.zooKeeper,
      from,
      to: server.state,
    });
  }
}
