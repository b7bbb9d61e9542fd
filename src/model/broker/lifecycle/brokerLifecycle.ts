import { assert, type Kernel, NO_TIMER, type TimerHandle } from '../../../sim/index.ts';
import type { Process } from '../../network/process.ts';
import type { EventId, Recorder } from '../../trace.ts';
import { NO_CAUSE } from '../../trace.ts';
import { type BrokerLifecycleEvent, type BrokerState, brokerLifecycleTable } from './brokerLifecycleMachine.ts';

/** What a broker process needs around it: the controller at the other end of the wire, and its own log and server parts. */
export interface LifecycleHost {
  readonly kernel: Kernel;
  readonly recorder: Recorder;
  readonly heartbeatIntervalUs: number;
  /** How long a broker waits after it was refused. */
  readonly registrationRetry: { delayUs(broker: number, refusals: number): number };
  readonly registrationTimeoutUs: number;
  readonly controlledShutdown: boolean;
  /** From the start of the process to its first request. */
  bootUs(broker: number): number;
  register(broker: number, incarnation: number, clean: boolean, cause: EventId, done: (error: string) => void): void;
  /** How long the broker's metadata log takes to hold what was just committed. */
  catchUpUs(broker: number): number;
  loadLogs(broker: number, clean: boolean, done: () => void): void;
  /** The metadata loader publishes the whole image, and from then on what is committed later. */
  loadMetadata(broker: number): void;
  unfence(broker: number, cause: EventId, done: () => void): void;
  startServing(broker: number): void;
  requestShutdown(broker: number, cause: EventId, done: (granted: boolean) => void): void;
  shutDown(broker: number, done: (clean?: boolean) => void): void;
  /** The heartbeat loop began or ended. */
  heartbeatsChanged(broker: number): void;
  /** Right before the process ends by itself, which it does when `done` is called. */
  exiting(broker: number, done: () => void): void;
  stopped(broker: number): void;
}

/** A broker that is STARTING sends heartbeats this often, so that it learns soon that it has caught up. */
const STARTING_HEARTBEAT_US = 10_000;
/** The first heartbeat after "not yet" to a shutdown; later ones keep the usual interval. */
const FIRST_SHUTDOWN_RETRY_US = 50_000;
/** What KafkaBroker gives a controlled shutdown. */
const SHUTDOWN_BUDGET_US = 300_000_000;

/**
 * One broker process from start to exit, as its lifecycle manager runs it.
 *
 * Source: `BrokerServer`, `BrokerLifecycleManager`, `BrokerMetadataPublisher`.
 */
export class BrokerLifecycle {
  readonly broker: number;
  readonly process: Process;
  readonly #host: LifecycleHost;
  #state: BrokerState = brokerLifecycleTable.initial;
  #isRegistered = false;
  #refusals = 0;
  /** The clean-shutdown marker lies in the log directories. */
  #hasCleanMarker = false;
  #logsLoaded = false;
  #cause: EventId = NO_CAUSE;
  #deadline: TimerHandle = NO_TIMER;
  /** The last start that was begun. */
  #begunIncarnation: number;
  /** Somebody asked for a start while it was stopping; null: nobody. */
  #restartCause: EventId | null = null;

  constructor(broker: number, process: Process, host: LifecycleHost) {
    this.broker = broker;
    this.process = process;
    this.#begunIncarnation = process.incarnation;
    this.#host = host;
    process.onLifeChange((_process, _from, to) => {
      if (to === 'dead') this.#died();
    });
  }

  get state(): BrokerState {
    return this.#state;
  }

  get sendsHeartbeats(): boolean {
    return this.#isRegistered && this.#state !== 'SHUTTING_DOWN';
  }

  /** A cluster that has been running for long. */
  bootstrap(): void {
    this.#state = 'RUNNING';
    this.#isRegistered = true;
    this.#logsLoaded = true;
  }

  // ── start ─────────────────────────────────────────────────────────────────────────────────────

  /**
   * The process was started; its virtual machine boots first. One that runs already is left alone; one that is on its
   * way out is started again by whoever watches over it, once it has exited.
   */
  start(cause: EventId): void {
    assert(this.process.life !== 'dead', `${this.process.name} has no process that could begin to register`);
    if (this.#state === 'PENDING_CONTROLLED_SHUTDOWN' || this.#state === 'SHUTTING_DOWN') {
      this.#restartCause = cause;
      return;
    }
    if (this.#begunIncarnation === this.process.incarnation) return;
    this.#begunIncarnation = this.process.incarnation;
    this.#cause = cause;
    this.#after(this.#host.bootUs(this.broker), () => {
      this.#move('process.started');
      this.#deadline = this.#after(this.#host.registrationTimeoutUs, () => {
        if (!this.#isRegistered) this.#exit(false);
      });
      this.#register();
    });
  }

  #register(): void {
    const { incarnation } = this.process;
    this.#host.register(this.broker, incarnation, this.#hasCleanMarker, this.#cause, (error) => {
      if (this.#state !== 'STARTING') return;
      if (error === 'NONE') {
        this.#registered();
        return;
      }
      this.#host.recorder.event(this.#host.kernel.nowUs, this.#cause, {
        type: 'broker.registrationRefused',
        broker: this.broker,
        error,
      });
      const delayUs = this.#host.registrationRetry.delayUs(this.broker, this.#refusals++);
      this.#after(delayUs, () => this.#state === 'STARTING' && this.#register());
    });
  }

  #registered(): void {
    this.#isRegistered = true;
    this.#refusals = 0;
    this.#host.kernel.cancel(this.#deadline);
    this.#host.heartbeatsChanged(this.broker);
    this.#after(STARTING_HEARTBEAT_US + this.#host.catchUpUs(this.broker), () => {
      if (this.#state !== 'STARTING') return;
      this.#move('metadata.caughtUp');
      const clean = this.#hasCleanMarker;
      // Deleted before the logs are loaded: a crash during the start is an unclean one.
      this.#hasCleanMarker = false;
      this.#host.loadLogs(
        this.broker,
        clean,
        this.#inThisLife(() => this.#loaded()),
      );
    });
  }

  #loaded(): void {
    if (this.#state !== 'RECOVERY') return;
    this.#logsLoaded = true;
    this.#host.loadMetadata(this.broker);
    this.#host.unfence(this.broker, this.#cause, () => {
      if (this.#state !== 'RECOVERY') return;
      this.#move('unfenced');
      this.#host.startServing(this.broker);
    });
  }

  // ── stop ──────────────────────────────────────────────────────────────────────────────────────

  /** SIGTERM. */
  stop(cause: EventId): void {
    if (this.process.life === 'dead') return;
    this.#restartCause = null;
    this.process.run(() => {
      this.#cause = cause;
      if (this.#state === 'PENDING_CONTROLLED_SHUTDOWN' || this.#state === 'SHUTTING_DOWN') return;
      if (this.#state === 'NOT_RUNNING') this.#exit(false);
      else if (this.#state === 'RUNNING' && this.#host.controlledShutdown) this.#beginControlledShutdown();
      else this.#shutDown();
    });
  }

  #beginControlledShutdown(): void {
    this.#move('controlledShutdown.begun');
    this.#after(SHUTDOWN_BUDGET_US, () => this.#state === 'PENDING_CONTROLLED_SHUTDOWN' && this.#shutDown());
    this.#askToStop(FIRST_SHUTDOWN_RETRY_US);
  }

  #askToStop(retryUs: number): void {
    this.#host.requestShutdown(this.broker, this.#cause, (granted) => {
      if (this.#state !== 'PENDING_CONTROLLED_SHUTDOWN') return;
      if (granted) this.#shutDown();
      else
        this.#after(retryUs, () => {
          if (this.#state === 'PENDING_CONTROLLED_SHUTDOWN') this.#askToStop(this.#host.heartbeatIntervalUs);
        });
    });
  }

  #shutDown(): void {
    this.#move('shutdown.begun');
    this.#host.heartbeatsChanged(this.broker);
    let hasMarkers = true;
    const exit = this.#inThisLife(() => this.#exit(this.#logsLoaded, hasMarkers));
    this.#host.shutDown(this.broker, (clean = true) => {
      hasMarkers = clean;
      exit();
    });
  }

  /**
   * @param clean  logs were flushed
   * @param hasMarkers  every log directory has its clean-shutdown file; none is offline
   */
  #exit(clean: boolean, hasMarkers = true): void {
    if (clean && hasMarkers) this.#hasCleanMarker = true;
    this.#host.exiting(
      this.broker,
      this.#inThisLife(() => this.#end(clean)),
    );
  }

  #end(clean: boolean): void {
    if (this.#state === 'SHUTTING_DOWN') this.#move('exited');
    else if (this.#state !== 'NOT_RUNNING') this.#move('killed');
    this.process.cause = this.#host.recorder.event(this.#host.kernel.nowUs, this.#cause, {
      type: 'broker.exited',
      broker: this.broker,
      clean,
    });
    const restartCause = this.#restartCause;
    this.process.kill();
    if (restartCause === null) return;
    this.process.cause = restartCause;
    this.process.start();
    this.start(restartCause);
  }

  #died(): void {
    this.#restartCause = null;
    this.#refusals = 0;
    this.#isRegistered = false;
    this.#logsLoaded = false;
    this.#host.kernel.cancel(this.#deadline);
    if (this.#state !== 'NOT_RUNNING') {
      this.#cause = this.process.cause;
      this.#move('killed');
    }
    this.#host.stopped(this.broker);
  }

  // ── helpers ───────────────────────────────────────────────────────────────────────────────────

  #move(event: BrokerLifecycleEvent['type']): void {
    const from = this.#state;
    this.#state = brokerLifecycleTable.step(from, event);
    const { kernel, recorder } = this.#host;
    this.#cause = recorder.event(kernel.nowUs, this.#cause, {
      type: 'broker.state',
      broker: this.broker,
      from,
      to: this.#state,
    });
  }

  #after(delayUs: number, work: () => void): TimerHandle {
    const { kernel } = this.#host;
    return kernel.atControl(kernel.nowUs + delayUs, this.#inThisLife(work));
  }

  /** Wraps work so that it runs while (or when) this incarnation of the process runs, and never afterwards. */
  #inThisLife(work: () => void): () => void {
    const { incarnation } = this.process;
    return () => {
      if (this.process.incarnation === incarnation && this.process.life !== 'dead') this.process.run(work);
    };
  }
}
