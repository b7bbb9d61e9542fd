import type { Kernel, RandomStreams } from '../../sim/index.ts';
import type { Links } from '../network/links.ts';
import { nextRetransmissionUs } from '../network/links.ts';
import type { Process } from '../network/process.ts';
import type { EventId, Recorder } from '../trace.ts';
import type { Ensemble } from './ensemble.ts';
import { RequestPipe } from './requestPipe.ts';
import { type SessionEvent, sessionTable } from './sessionMachine.ts';
import { ZkClient } from './zkClient.ts';
import type { ZkServer } from './zkServer.ts';
import { ZkSession } from './zkSession.ts';

/** ClientCnxn sleeps up to so long before it tries another server. */
const RECONNECT_SLEEP_US = 1_000_000;
/** It pings so much before a third of the session has passed. */
const PING_MARGIN_US = 1_000_000;
/** ClientCnxn pings at least this often. */
const MAX_PING_US = 10_000_000;

/** How long a client waits for the answer to the end of its session; an estimate. */
const CLOSE_TIMEOUT_US = 5_000_000;

export interface SessionsHost {
  /** The ensemble ended a session: its ephemeral nodes go. */
  sessionEnded(session: ZkSession, cause: EventId): void;
  /** A running client learnt that its session had expired; Kafka asks for a new one by itself. */
  clientExpired(broker: number, cause: EventId): void;
  /** A client has a session: its first one, or another one after an expiry. */
  connected(broker: number): void;
}

/**
 * The sessions of all brokers with one ensemble, at both ends.
 *
 * A connected client pings about three times a session time-out; while both ends are well that is arithmetic, and
 * nothing is scheduled. When the way breaks, the last ping gets an age, and the leader of the ensemble finds the session
 * at the first tick after its time-out. The client looks for another server at once when its connection is closed, or
 * when it has heard nothing for two thirds of the time-out. Only a leader ends sessions; a new one gives each a whole
 * time-out.
 *
 * Source: ZooKeeper's `ClientCnxn`, `SessionTrackerImpl`, `ExpiryQueue`, `LearnerSessionTracker`; Kafka's `ZooKeeperClient`.
 */
export class ZkSessions {
  readonly timeoutUs: number;
  readonly #kernel: Kernel;
  readonly #links: Links;
  readonly #recorder: Recorder;
  readonly #ensemble: () => Ensemble;
  readonly #host: SessionsHost;
  readonly #pipe: RequestPipe;
  readonly #clients = new Map<number, ZkClient>();
  /** Open sessions, orphans of dead processes too. */
  readonly #open = new Set<ZkSession>();

  constructor(
    kernel: Kernel,
    links: Links,
    recorder: Recorder,
    random: RandomStreams,
    timeoutUs: number,
    ensemble: () => Ensemble,
    brokers: ReadonlyMap<number, Process>,
    host: SessionsHost,
  ) {
    this.#kernel = kernel;
    this.#links = links;
    this.#recorder = recorder;
    this.#ensemble = ensemble;
    this.#host = host;
    this.timeoutUs = timeoutUs;
    this.#pipe = new RequestPipe(kernel, links, ensemble);
    for (const [broker, process] of brokers) {
      const client = new ZkClient(broker, process, random.stream(`zookeeper/client/${broker}`));
      this.#clients.set(broker, client);
      process.onLifeChange((_process, from, to) => {
        if (to === 'dead') this.#processDied(client);
        else if (from === 'frozen') this.#processResumed(client);
        this.refresh();
      });
    }
    links.onReachabilityChange(() => this.refresh());
  }

  /** Every client connected to a server of its own choice, for long. */
  bootstrap(): void {
    for (const client of this.#clients.values()) {
      if (client.process.life === 'dead') continue;
      const session = new ZkSession(client.broker);
      const { servers } = this.#ensemble();
      session.server = servers[client.random.uniformInt(0, servers.length)]!;
      session.state = 'CONNECTED';
      session.isInContact = true;
      client.session = session;
      this.#open.add(session);
    }
  }

  session(broker: number): ZkSession | null {
    return this.#clients.get(broker)!.session;
  }

  isConnected(broker: number): boolean {
    return this.session(broker)?.isInContact === true;
  }

  // ── what a broker asks for ────────────────────────────────────────────────────────────────────

  /** A process starts: `host.connected` follows once it has a session. */
  connect(broker: number): void {
    const client = this.#clients.get(broker)!;
    client.session = new ZkSession(broker);
    client.session.cause = client.process.cause;
    this.#seek(client, 0);
  }

  /** The client closes its session in order. */
  close(broker: number, cause: EventId, closed: () => void): void {
    const { session } = this.#clients.get(broker)!;
    if (session === null || !session.isInContact) {
      // Nobody hears it; the session ends by itself.
      closed();
      return;
    }
    const { process } = this.#clients.get(broker)!;
    const wayUs = this.#pipe.wayUs(this.#clients.get(broker)!, session);
    let isClosed = false;
    const once = (): void => {
      if (isClosed) return;
      isClosed = true;
      process.run(closed);
    };
    this.submit(broker, 0, () => {
      this.#end(session, 'closed', 'closed by the client', cause);
      this.#kernel.atControl(this.#kernel.nowUs + wayUs, once);
    });
    // Without a quorum nobody answers; the client does not wait for ever.
    this.#kernel.atControl(this.#kernel.nowUs + CLOSE_TIMEOUT_US, once);
  }

  /**
   * A write or a conditional read: `apply` runs when a majority has it, `answered` when the client knows. Both are
   * dropped when the session ends first; a lost connection only delays them.
   */
  submit(broker: number, workUs: number, apply: () => void, answered: () => void = () => {}): void {
    this.#pipe.submit(this.#clients.get(broker)!, workUs, apply, answered);
  }

  /** A watch fires: the client learns it a moment later, or when it has a connection again. */
  notify(broker: number, notice: () => void): void {
    this.#pipe.notify(this.#clients.get(broker)!, notice);
  }

  // ── contact ───────────────────────────────────────────────────────────────────────────────────

  /** To be called whenever a process, a way or the ensemble changed. */
  refresh(): void {
    for (const client of this.#clients.values()) {
      const { session } = client;
      if (session === null) continue;
      const works = session.server !== null && this.#works(client, session.server);
      if (session.isInContact && !works) this.#contactLost(client, session);
      else if (!session.isInContact && client.process.life === 'running') {
        if (works && session.state === 'CONNECTED') this.#resume(client, session);
        else if (session.state === 'CONNECTED' && this.#isClosed(client, session.server))
          this.#disconnected(client, session);
        else if (!this.#kernel.isPending(client.timer)) this.#seekUnlessWaiting(client, session);
      }
    }
  }

  #works({ process }: ZkClient, server: ZkServer): boolean {
    return process.life === 'running' && this.#ensemble().isServing(server) && this.#reaches(process, server);
  }

  #reaches(process: Process, server: ZkServer): boolean {
    return this.#links.isReachable(process, server.process);
  }

  get #pingUs(): number {
    return Math.max(1, Math.min(MAX_PING_US, Math.floor(this.timeoutUs / 3) - PING_MARGIN_US));
  }

  /** The connection broke, or went silent: the last ping that arrived has an age. */
  #contactLost(client: ZkClient, session: ZkSession): void {
    const { process } = client;
    const server = session.server!;
    session.isInContact = false;
    session.lastHeardUs = this.#kernel.nowUs - client.random.uniformInt(0, this.#pingUs);
    session.cause = Math.max(process.cause, process.life === 'running' ? server.process.cause : -1);
    this.#armExpiry(session, session.lastHeardUs + this.#forwardUs(client, server));
    if (process.life !== 'running') return;
    if (this.#isClosed(client, server)) {
      this.#disconnected(client, session);
      return;
    }
    client.cutAtUs = this.#kernel.nowUs;
    // Silence: it gives the server up after two thirds of the time-out.
    this.#kernel.cancel(client.timer);
    client.timer = this.#kernel.atControl(session.lastHeardUs + this.#readTimeoutUs, () =>
      process.run(() => {
        if (!session.isInContact && client.session === session) this.#disconnected(client, session);
      }),
    );
  }

  /**
   * Its end of the connection is closed, and the client hears of it: the process is gone, or the server has lost its leader
   * and shuts its connections (Learner.shutdown, Leader.shutdown). A machine that is cut off or has no power says nothing.
   */
  #isClosed({ process }: ZkClient, server: ZkServer | null): boolean {
    if (server === null || !this.#reaches(process, server)) return false;
    return server.process.life === 'dead' || server.state === 'LOOKING' || server.state === 'DOWN';
  }

  get #readTimeoutUs(): number {
    return Math.floor((this.timeoutUs * 2) / 3);
  }

  /** A follower reports its clients' pings when the leader pings it, twice a tick. */
  #forwardUs(client: ZkClient, server: ZkServer): number {
    const ensemble = this.#ensemble();
    if (ensemble.isAlone || server === ensemble.leader) return 0;
    return client.random.uniformInt(0, Math.max(1, Math.floor(ensemble.settings.tickTimeUs / 2)));
  }

  #disconnected(client: ZkClient, session: ZkSession): void {
    if (session.state === 'CONNECTED') this.#move(session, 'connection.lost', 'connection lost', session.cause);
    this.#seek(client, client.random.uniformInt(0, RECONNECT_SLEEP_US));
  }

  /** The same connection works again: TCP repeats what was lost; a resumed process goes on where it was. */
  #resume(client: ZkClient, session: ZkSession): void {
    if (this.#kernel.isPending(client.resumeTimer)) return;
    const { nowUs } = this.#kernel;
    const atUs = client.cutAtUs < 0 ? nowUs : nextRetransmissionUs(client.cutAtUs, nowUs);
    client.resumeTimer = this.#kernel.atControl(atUs, () => {
      if (session.isInContact || client.session !== session || session.state !== 'CONNECTED') return;
      if (session.server !== null && this.#works(client, session.server)) this.#inContact(client, session);
    });
  }

  #inContact(client: ZkClient, session: ZkSession): void {
    client.cutAtUs = -1;
    client.cancelTimers(this.#kernel);
    this.#kernel.cancel(session.expiryTimer);
    session.isInContact = true;
    this.#pipe.resume(client);
  }

  // ── another server ────────────────────────────────────────────────────────────────────────────

  #seekUnlessWaiting(client: ZkClient, session: ZkSession): void {
    // A silent connection is given up by its own timer; everything else looks for a server.
    if (session.state === 'CONNECTING' || !session.isOpen)
      this.#seek(client, client.random.uniformInt(0, RECONNECT_SLEEP_US));
  }

  /** Servers are tried in turn; one that is cut costs a share of the time-out, one that refuses costs nothing. */
  #seek(client: ZkClient, afterUs: number): void {
    this.#kernel.cancel(client.timer);
    const { servers } = this.#ensemble();
    if (!servers.some((server) => this.#works(client, server))) return;
    const last = client.session?.server ?? null;
    // The list goes round: the server that it just left comes last.
    const order = client.random.shuffle(servers.filter((server) => server !== last));
    if (last !== null) order.push(last);
    let atUs = this.#kernel.nowUs + afterUs;
    let found = order[0]!;
    for (const server of order) {
      found = server;
      if (this.#works(client, server)) break;
      const isSilent = server.process.life !== 'dead' && !this.#reaches(client.process, server);
      if (isSilent) atUs += Math.floor(this.timeoutUs / servers.length);
    }
    const { incarnation } = client.process;
    client.timer = this.#kernel.atControl(atUs + 2 * this.#links.typicalUs(client.process, found.process), () =>
      client.process.run(() => {
        if (client.process.incarnation !== incarnation) return;
        if (this.#works(client, found)) this.#established(client, found);
        else this.#seek(client, client.random.uniformInt(0, RECONNECT_SLEEP_US));
      }),
    );
  }

  #established(client: ZkClient, server: ZkServer): void {
    const session = client.session!;
    if (!session.isOpen) {
      this.#renew(client, session);
      return;
    }
    const isNew = !this.#open.has(session);
    session.server = server;
    this.#open.add(session);
    if (session.state === 'CONNECTING')
      this.#move(session, 'connected', isNew ? 'new session' : 'session moved', session.cause);
    this.#inContact(client, session);
    if (isNew) this.#host.connected(client.broker);
  }

  /** The ensemble answers that the session has expired: Kafka's client asks for a new one. */
  #renew(client: ZkClient, expired: ZkSession): void {
    client.requests = [];
    client.notices = [];
    this.#host.clientExpired(client.broker, expired.cause);
    client.session = new ZkSession(client.broker);
    client.session.cause = Math.max(expired.cause, client.process.cause);
    this.#seek(client, 0);
  }

  // ── the end of a session ──────────────────────────────────────────────────────────────────────

  /** A leader was elected: sessions that it does not hear get a whole time-out from now on. */
  leaderElected(): void {
    for (const session of this.#open) if (!session.isInContact) this.#armExpiry(session, this.#kernel.nowUs);
  }

  leaderLost(): void {
    for (const session of this.#open) this.#kernel.cancel(session.expiryTimer);
  }

  #armExpiry(session: ZkSession, lastHeardUs: number): void {
    this.#kernel.cancel(session.expiryTimer);
    const ensemble = this.#ensemble();
    const { leader } = ensemble;
    if (leader === null || !session.isOpen || !this.#open.has(session)) return;
    const atUs = Math.max(this.#kernel.nowUs, ensemble.expiredAtUs(lastHeardUs + this.timeoutUs));
    session.expiryTimer = this.#kernel.atControl(atUs, () =>
      leader.process.run(() => {
        if (session.isInContact || !session.isOpen || this.#ensemble().leader !== leader) return;
        this.#kernel.atControl(this.#kernel.nowUs + this.#ensemble().commitUs(leader), () => {
          if (session.isInContact || !session.isOpen || this.#ensemble().leader !== leader) return;
          this.#end(session, 'expired', 'no ping within the session time-out', session.cause);
        });
      }),
    );
  }

  #end(session: ZkSession, event: 'expired' | 'closed', reason: string, cause: EventId): void {
    if (!session.isOpen) return;
    this.#move(session, event, reason, cause);
    this.#open.delete(session);
    this.#kernel.cancel(session.expiryTimer);
    session.isInContact = false;
    this.#host.sessionEnded(session, session.cause);
    const client = this.#clients.get(session.broker)!;
    if (client.session === session && event === 'closed') client.session = null;
  }

  // ── processes ─────────────────────────────────────────────────────────────────────────────────

  /** The session outlives its process until the ensemble ends it. */
  #processDied(client: ZkClient): void {
    const { session } = client;
    client.cancelTimers(this.#kernel);
    client.requests = [];
    client.notices = [];
    client.cutAtUs = -1;
    client.session = null;
    if (session === null || !session.isOpen || !this.#open.has(session)) return;
    session.cause = client.process.cause;
    if (!session.isInContact) return;
    session.isInContact = false;
    session.lastHeardUs = this.#kernel.nowUs - client.random.uniformInt(0, this.#pingUs);
    this.#armExpiry(session, session.lastHeardUs + this.#forwardUs(client, session.server!));
  }

  /** SIGCONT: a client that was away for longer than two thirds of the time-out drops its connection and asks anew. */
  #processResumed(client: ZkClient): void {
    const { session } = client;
    if (session === null || session.isInContact) return;
    const isOverdue = this.#kernel.nowUs - session.lastHeardUs > this.#readTimeoutUs;
    if (isOverdue || !session.isOpen) {
      if (session.state === 'CONNECTED')
        this.#move(session, 'connection.lost', 'silent for too long', client.process.cause);
      this.#seek(client, client.random.uniformInt(0, RECONNECT_SLEEP_US));
    }
  }

  #move(session: ZkSession, event: SessionEvent['type'], reason: string, cause: EventId): void {
    const from = session.state;
    session.state = sessionTable.step(from, event);
    session.cause = this.#recorder.event(this.#kernel.nowUs, cause, {
      type: 'zookeeper.session',
      broker: session.broker,
      from,
      to: session.state,
      reason,
    });
  }
}
