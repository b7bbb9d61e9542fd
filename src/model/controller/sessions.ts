import type { Behaviour } from '../../kafka/behaviour.ts';
import { type Kernel, NO_TIMER, type RandomStream, type TimerHandle } from '../../sim/index.ts';
import type { Links } from '../network/links.ts';
import type { Process } from '../network/process.ts';
import type { EventId } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import type { ClusterSettings } from './clusterSettings.ts';
import type { LeaderTerm } from './leaderTerm.ts';
import { reconnectedAtUs } from './reconnect.ts';
import { RoughWay } from './roughWay.ts';

/** What the sessions need to know, and whom they tell. */
export interface SessionHost {
  /** The broker process runs its heartbeat loop: registered and not past its shutdown. */
  sendsHeartbeats(broker: number): boolean;
  /** Registered and not fenced: its session can end. */
  mayBeFenced(broker: number): boolean;
  fence(broker: number, cause: EventId): void;
  /** The first heartbeat after a silence, or at a new controller, arrived. */
  contactResumed(broker: number, cause: EventId): void;
}

interface Session {
  readonly process: Process;
  periodUs: number;
  /** A heartbeat that arrived; while beating, further ones follow each period. */
  anchorUs: number;
  isBeating: boolean;
  /** Last arrival known apart from the beat; -Infinity: none in this controller's time. */
  lastContactUs: number;
  cutAtUs: number;
  wasFrozen: boolean;
  cause: EventId;
  resumeTimer: TimerHandle;
  /** Heartbeats are sent one by one; null: their rhythm is arithmetic, or there are none. */
  way: RoughWay | null;
  wayTimer: TimerHandle;
}

/** Expired brokers are fenced one at a time, this far apart. */
const NEXT_FENCE_US = 10_000;

/**
 * The sessions of all brokers at the active controller.
 *
 * Heartbeats are arithmetic: while broker, controller and the way between them are well, the last contact is
 * phase + k x (broker.heartbeat.interval.ms + round trip), and nothing is scheduled. A silence freezes the last contact;
 * then the moment is scheduled at which the controller would notice that broker.session.timeout.ms has passed. Over a way
 * that loses many packets or is very slow, each heartbeat is sent.
 *
 * Not modelled: heartbeats that wait in the controller's queue (they count from their arrival anyway).
 *
 * Source: `BrokerHeartbeatManager`, `BrokerHeartbeatTracker`, `BrokerLifecycleManager`, `QuorumController`.
 */
export class Sessions {
  readonly #kernel: Kernel;
  readonly #links: Links;
  readonly #settings: ClusterSettings;
  readonly #behaviour: Behaviour;
  readonly #random: RandomStream;
  readonly #host: SessionHost;
  readonly #sessions = new Map<number, Session>();
  #term: LeaderTerm | null = null;
  #scanAnchorUs = 0;
  #timer: TimerHandle = NO_TIMER;
  /** Not before: a fence has just been decided. */
  #notBeforeUs = 0;

  constructor(
    kernel: Kernel,
    links: Links,
    settings: ClusterSettings,
    behaviour: Behaviour,
    random: RandomStream,
    brokers: ReadonlyMap<number, Process>,
    controller: Process,
    host: SessionHost,
  ) {
    this.#kernel = kernel;
    this.#links = links;
    this.#settings = settings;
    this.#behaviour = behaviour;
    this.#random = random;
    this.#host = host;
    for (const [broker, process] of brokers) {
      this.#sessions.set(broker, {
        process,
        periodUs: this.#periodUs(process, controller),
        anchorUs: 0,
        isBeating: false,
        lastContactUs: Number.NEGATIVE_INFINITY,
        cutAtUs: -1,
        wasFrozen: false,
        cause: NO_CAUSE,
        resumeTimer: NO_TIMER,
        way: null,
        wayTimer: NO_TIMER,
      });
    }
  }

  /** A heartbeat follows an interval after the answer to the one before. */
  #periodUs(process: Process, controller: Process): number {
    if (process === controller) return this.#settings.heartbeatIntervalUs;
    const roundTripUs = this.#links.typicalUs(process, controller) + this.#links.typicalUs(controller, process);
    return this.#settings.heartbeatIntervalUs + roundTripUs;
  }

  /** A cluster that has been running for long: every broker beats, at a phase of its own. */
  bootstrap(term: LeaderTerm): void {
    this.#term = term;
    this.#scanAnchorUs = -this.#random.uniformInt(0, this.#scanPeriodUs);
    for (const session of this.#sessions.values()) {
      session.isBeating = session.process.life !== 'dead';
      session.anchorUs = -this.#random.uniformInt(0, session.periodUs);
    }
  }

  get #scanPeriodUs(): number {
    return Math.max(1000, Math.floor(this.#settings.sessionTimeoutUs / 8));
  }

  /** A new active controller: contact of all brokers (or of the unfenced ones) counts from now. */
  activate(term: LeaderTerm): void {
    this.deactivate();
    const { nowUs } = this.#kernel;
    this.#term = term;
    this.#scanAnchorUs = nowUs;
    const renewsAll = this.#behaviour.contactRenewedOnActivation === 'all';
    for (const [broker, session] of this.#sessions) {
      const isRenewed = renewsAll || this.#host.mayBeFenced(broker);
      session.lastContactUs = isRenewed ? nowUs : Number.NEGATIVE_INFINITY;
      session.periodUs = this.#periodUs(session.process, term.leader.process);
      session.isBeating = this.#works(broker, session);
      // Brokers find the new controller with one of their next heartbeats.
      session.anchorUs = nowUs + this.#random.uniformInt(0, session.periodUs);
      if (!session.isBeating) {
        session.cause = this.#causeOf(session, term);
        this.#rememberBreak(session, term);
      } else if (!this.#host.mayBeFenced(broker)) {
        session.resumeTimer = this.#kernel.atControl(session.anchorUs, () =>
          this.#host.contactResumed(broker, term.leader.cause),
        );
      }
    }
    this.refresh();
  }

  deactivate(): void {
    this.#term = null;
    this.#kernel.cancel(this.#timer);
    for (const session of this.#sessions.values()) {
      this.#kernel.cancel(session.resumeTimer);
      this.#endRough(session);
      session.isBeating = false;
      session.lastContactUs = Number.NEGATIVE_INFINITY;
      session.cutAtUs = -1;
      session.wasFrozen = false;
    }
  }

  /** Simulated time of the last heartbeat that arrived; -Infinity when this controller had none. */
  lastContactUs(broker: number): number {
    const { isBeating, anchorUs, periodUs, lastContactUs } = this.#sessions.get(broker)!;
    const { nowUs } = this.#kernel;
    if (!isBeating || nowUs < anchorUs) return lastContactUs;
    return anchorUs + Math.floor((nowUs - anchorUs) / periodUs) * periodUs;
  }

  isValid(broker: number): boolean {
    return this.#kernel.nowUs - this.lastContactUs(broker) < this.#settings.sessionTimeoutUs;
  }

  /** A request of the broker arrived outside its rhythm: the rhythm begins anew from here. */
  touch(broker: number): void {
    const session = this.#sessions.get(broker)!;
    session.lastContactUs = this.#kernel.nowUs;
    session.anchorUs = this.#kernel.nowUs;
    this.#kernel.cancel(session.resumeTimer);
    session.cutAtUs = -1;
    session.wasFrozen = false;
    session.isBeating = this.#works(broker, session);
    if (session.isBeating && this.#isRough(session)) this.#beginRough(broker, session);
    else this.#endRough(session);
    if (!this.#works(broker, session) && this.#term !== null) session.cause = this.#causeOf(session, this.#term);
    this.#schedule();
  }

  /** What silenced a broker. */
  causeOfSilence(broker: number): EventId {
    return this.#sessions.get(broker)!.cause;
  }

  /** To be called whenever something changed that may begin or end a silence. */
  refresh(): void {
    const term = this.#term;
    if (term === null) return;
    for (const [broker, session] of this.#sessions) {
      if (this.#works(broker, session)) this.#refreshWorking(broker, session, term);
      else this.#refreshBroken(broker, session, term);
    }
    this.#schedule();
  }

  #refreshWorking(broker: number, session: Session, term: LeaderTerm): void {
    const isRough = this.#isRough(session);
    const { way } = session;
    // A new way for what follows; what is on its way arrives.
    if (isRough && (way !== null || session.isBeating)) this.#beginRough(broker, session);
    else if (way !== null) this.#smoothen(broker, session, way);
    else if (!session.isBeating) this.#resume(broker, session);
    if (!session.isBeating) return;
    const periodUs = this.#periodUs(session.process, term.leader.process);
    if (periodUs === session.periodUs) return;
    const contactUs = this.lastContactUs(broker);
    if (this.#kernel.nowUs >= session.anchorUs) session.anchorUs = contactUs;
    session.periodUs = periodUs;
  }

  #refreshBroken(broker: number, session: Session, term: LeaderTerm): void {
    const { process } = session;
    const controller = term.leader.process;
    const runs = process.life === 'running' && controller.life === 'running';
    if (session.isBeating || session.way !== null) {
      session.lastContactUs = this.lastContactUs(broker);
      // Where only answers are lost, one more heartbeat arrives.
      const arrives = runs && this.#host.sendsHeartbeats(broker) && !this.#links.isCut(process, controller);
      if (arrives && session.isBeating) session.lastContactUs = this.#nextBeatUs(session);
      session.isBeating = false;
      session.cause = this.#causeOf(session, term);
      this.#endRough(session);
    } else if (!runs && session.lastContactUs > this.#kernel.nowUs) session.lastContactUs -= session.periodUs;
    this.#kernel.cancel(session.resumeTimer);
    this.#rememberBreak(session, term);
  }

  #nextBeatUs({ anchorUs, periodUs }: Session): number {
    const { nowUs } = this.#kernel;
    return nowUs < anchorUs ? anchorUs : anchorUs + (Math.floor((nowUs - anchorUs) / periodUs) + 1) * periodUs;
  }

  // ── heartbeats one by one ─────────────────────────────────────────────────────────────────────

  #isRough({ process }: Session): boolean {
    const term = this.#term;
    if (term === null) return false;
    return RoughWay.isRough(this.#links, process, term.leader.process, this.#settings.heartbeatTimeoutUs);
  }

  #beginRough(broker: number, session: Session): void {
    const term = this.#term!;
    const firstUs = session.isBeating ? this.#nextBeatUs(session) : this.#kernel.nowUs;
    session.lastContactUs = this.lastContactUs(broker);
    session.isBeating = false;
    session.cause = this.#causeOf(session, term);
    const { process } = session;
    const way = new RoughWay(
      this.#links,
      process,
      term.leader.process,
      this.#settings.heartbeatTimeoutUs,
      this.#random,
    );
    this.#kernel.cancel(session.wayTimer);
    session.way = way;
    session.wayTimer = this.#kernel.atControl(firstUs, () => this.#beat(broker, session, way));
  }

  /** The next heartbeat goes over a good way again, if there is a connection; else one must be made first. */
  #smoothen(broker: number, session: Session, way: RoughWay): void {
    this.#endRough(session);
    if (way.isConnected) this.#resumeAt(broker, session, session.lastContactUs + session.periodUs);
    else this.#resumeReconnected(broker, session);
  }

  #endRough(session: Session): void {
    session.way = null;
    this.#kernel.cancel(session.wayTimer);
  }

  #beat(broker: number, session: Session, way: RoughWay): void {
    if (session.way !== way) return;
    const step = way.step(this.#kernel.nowUs);
    if (step.kind === 'request') {
      const term = this.#term;
      this.#kernel.atControl(step.arrivedUs, () => {
        if (this.#term === term && session.process.life === 'running') this.#arrived(broker, session);
      });
    }
    const isAnswered = step.kind === 'request' && step.answeredUs >= 0;
    const nextUs = step.nextUs + (isAnswered ? this.#settings.heartbeatIntervalUs : 0);
    session.wayTimer = this.#kernel.atControl(nextUs, () => this.#beat(broker, session, way));
  }

  #arrived(broker: number, session: Session): void {
    if (session.isBeating) return;
    session.lastContactUs = Math.max(session.lastContactUs, this.#kernel.nowUs);
    if (!this.#host.mayBeFenced(broker)) this.#host.contactResumed(broker, session.process.cause);
    this.#schedule();
  }

  #works(broker: number, { process }: Session): boolean {
    const term = this.#term;
    if (term === null || process.life !== 'running' || !this.#host.sendsHeartbeats(broker)) return false;
    const controller = term.leader.process;
    return controller.life === 'running' && this.#links.isReachable(process, controller);
  }

  #causeOf({ process }: Session, term: LeaderTerm): EventId {
    return process.life === 'running' ? Math.max(process.cause, term.leader.process.cause) : process.cause;
  }

  #rememberBreak(session: Session, term: LeaderTerm): void {
    if (session.process.life === 'frozen') session.wasFrozen = true;
    const isCut = !this.#links.isReachable(session.process, term.leader.process);
    if (isCut && session.cutAtUs < 0) session.cutAtUs = this.#kernel.nowUs;
  }

  /** The way works again: the next heartbeat gets through, sooner or later. */
  #resume(broker: number, session: Session): void {
    if (this.#kernel.isPending(session.resumeTimer)) return;
    const { nowUs } = this.#kernel;
    if (session.cutAtUs >= 0) this.#resumeReconnected(broker, session);
    else if (session.wasFrozen) {
      const onTheWayUs = this.#links.typicalUs(session.process, this.#term!.leader.process);
      this.#resumeAt(broker, session, Math.max(nowUs + onTheWayUs, session.lastContactUs + session.periodUs));
    } else this.#resumeAt(broker, session, nowUs);
  }

  #resumeReconnected(broker: number, session: Session): void {
    const { nowUs } = this.#kernel;
    // The first heartbeat that got no answer was due one period after the last that did.
    const sentUs = Math.max(session.cutAtUs, session.lastContactUs + session.periodUs);
    const atUs =
      nowUs < sentUs ? sentUs : reconnectedAtUs(sentUs, nowUs, this.#settings.heartbeatTimeoutUs, this.#random);
    this.#resumeAt(broker, session, atUs);
  }

  #resumeAt(broker: number, session: Session, atUs: number): void {
    const { cause } = session.process;
    const healed = session.cutAtUs < 0 ? cause : Math.max(cause, this.#term!.leader.process.cause);
    session.resumeTimer = this.#kernel.atControl(Math.max(atUs, this.#kernel.nowUs), () => {
      this.touch(broker);
      this.#host.contactResumed(broker, healed);
    });
  }

  // ── fencing ───────────────────────────────────────────────────────────────────────────────────

  #silent(): number[] {
    const silent: number[] = [];
    for (const [broker, session] of this.#sessions)
      if (!session.isBeating && this.#host.mayBeFenced(broker)) silent.push(broker);
    return silent;
  }

  #schedule(): void {
    this.#kernel.cancel(this.#timer);
    const term = this.#term;
    if (term === null || term.leader.process.life !== 'running') return;
    const silent = this.#silent();
    if (silent.length === 0) return;
    const oldestUs = Math.min(...silent.map((broker) => this.lastContactUs(broker)));
    const atUs = this.#noticedAtUs(oldestUs + this.#settings.sessionTimeoutUs);
    this.#timer = this.#kernel.atControl(Math.max(atUs, this.#notBeforeUs, this.#kernel.nowUs), () => this.#check());
  }

  /** When the controller finds out about a session that ends then. */
  #noticedAtUs(expiryUs: number): number {
    if (this.#behaviour.fencingCheck === 'deferredEvent') return expiryUs;
    if (expiryUs < this.#kernel.nowUs) return this.#kernel.nowUs;
    const scans = Math.floor((expiryUs - this.#scanAnchorUs) / this.#scanPeriodUs) + 1;
    return this.#scanAnchorUs + scans * this.#scanPeriodUs;
  }

  #check(): void {
    const { nowUs } = this.#kernel;
    const { sessionTimeoutUs } = this.#settings;
    const expired = this.#silent().filter((broker) => nowUs - this.lastContactUs(broker) >= sessionTimeoutUs);
    if (expired.length > 0) {
      const isScan = this.#behaviour.fencingCheck === 'periodicScan';
      const broker = isScan ? this.#anyOf(expired) : this.#oldestOf(expired);
      this.#notBeforeUs = isScan ? nowUs + NEXT_FENCE_US : nowUs;
      this.#host.fence(broker, this.#sessions.get(broker)!.cause);
    }
    this.#schedule();
  }

  /** The scan walks a hash table of (broker id, epoch): no order that a person could foresee. */
  #anyOf(brokers: readonly number[]): number {
    return brokers.length === 1 ? brokers[0]! : brokers[this.#random.uniformInt(0, brokers.length)]!;
  }

  #oldestOf(brokers: readonly number[]): number {
    return brokers.reduce((oldest, b) => (this.lastContactUs(b) < this.lastContactUs(oldest) ? b : oldest));
  }
}
