import { assert, type Kernel, NO_TIMER, type TimerHandle } from '../../sim/index.ts';
import {
  type BrokerLifecycleEvent,
  type BrokerState,
  brokerLifecycleTable,
} from '../broker/lifecycle/brokerLifecycleMachine.ts';
import type { Process } from '../network/process.ts';
import type { EventId, Recorder } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';

/** What a broker process needs around it: ZooKeeper, the controller, and its own log and server parts. */
export interface ZkLifecycleHost {
  readonly kernel: Kernel;
  readonly recorder: Recorder;
  readonly connectionTimeoutUs: number;
  readonly controlledShutdown: boolean;
  readonly shutdownRetries: number;
  readonly shutdownBackoffUs: number;
  bootUs(broker: number): number;
  /** Asks for a session; `connected` of the lifecycle follows. False: the ZooKeeper that it meets has another cluster id. */
  connect(broker: number): boolean;
  loadLogs(broker: number, clean: boolean, done: () => void): void;
  /** Creates /brokers/ids/N. */
  register(broker: number, cause: EventId, done: (created: boolean) => void): void;
  startServing(broker: number): void;
  /** One ControlledShutdown request. @param done partitions that it still leads; -1: no answer */
  requestShutdown(broker: number, cause: EventId, done: (remaining: number) => void): void;
  shutDown(broker: number, done: (clean: boolean) => void): void;
  closeSession(broker: number, cause: EventId, closed: () => void): void;
}

/**
 * One broker process from start to exit in a cluster that ZooKeeper coordinates: session, logs, registration, service.
 *
 * A registration whose node exists already, since the session of the former process has not ended, makes the new one
 * exit: nobody tries again. So does a ZooKeeper with another cluster id than that of the data.
 *
 * Source: `KafkaServer.startup`, `KafkaServer.controlledShutdown`, `KafkaZkClient.registerBroker` (up to 3.9).
 */
export class ZkBrokerLifecycle {
  readonly broker: number;
  readonly process: Process;
  readonly #host: ZkLifecycleHost;
  #state: BrokerState = brokerLifecycleTable.initial;
  #hasCleanMarker = false;
  #logsLoaded = false;
  #cause: EventId = NO_CAUSE;
  #deadline: TimerHandle = NO_TIMER;
  #begunIncarnation: number;
  /** Somebody asked for a start while it was stopping; null: nobody. */
  #restartCause: EventId | null = null;

  constructor(broker: number, process: Process, host: ZkLifecycleHost) {
    this.broker = broker;
    this.process = process;
    this.#host = host;
    this.#begunIncarnation = process.incarnation;
    process.onLifeChange((_process, _from, to) => {
      if (to === 'dead') this.#died();
    });
  }

  get state(): BrokerState {
    return this.#state;
  }

  /** A cluster that has been running for long. */
  bootstrap(): void {
    this.#state = 'RUNNING';
    this.#logsLoaded = true;
  }

  // ── start ─────────────────────────────────────────────────────────────────────────────────────

  /** The process was started; its virtual machine boots first. */
  start(cause: EventId): void {
    assert(this.process.life !== 'dead', `${this.process.name} has no process that could begin to register`);
    if (this.#isStopping) {
      this.#restartCause = cause;
      return;
    }
    if (this.#begunIncarnation === this.process.incarnation) return;
    this.#begunIncarnation = this.process.incarnation;
    this.#cause = cause;
    this.#after(this.#host.bootUs(this.broker), () => {
      this.#move('process.started');
      this.#deadline = this.#after(this.#host.connectionTimeoutUs, () => {
        if (this.#state === 'STARTING') this.#fail('ZooKeeperClientTimeoutException');
      });
      if (!this.#host.connect(this.broker)) this.#fail('InconsistentClusterIdException');
    });
  }

  get #isStopping(): boolean {
    return this.#state === 'PENDING_CONTROLLED_SHUTDOWN' || this.#state === 'SHUTTING_DOWN';
  }

  /** It has a session. */
  connected(): void {
    if (this.#state !== 'STARTING') return;
    this.#host.kernel.cancel(this.#deadline);
    this.#move('zookeeper.connected');
    const clean = this.#hasCleanMarker;
    // Deleted before the logs are loaded: a crash during the start is an unclean one.
    this.#hasCleanMarker = false;
    this.#host.loadLogs(
      this.broker,
      clean,
      this.#inThisLife(() => this.#loaded()),
    );
  }

  #loaded(): void {
    if (this.#state !== 'RECOVERY') return;
    this.#logsLoaded = true;
    this.#host.register(this.broker, this.#cause, (created) => {
      if (this.#state !== 'RECOVERY') return;
      if (!created) {
        this.#fail('NodeExistsException');
        return;
      }
      this.#move('zookeeper.registered');
      this.#host.startServing(this.broker);
    });
  }

  /** "Fatal error during KafkaServer startup": it shuts down in order and ends with exit code 1. */
  #fail(error: string): void {
    this.#cause = this.#host.recorder.event(this.#host.kernel.nowUs, this.#cause, {
      type: 'broker.registrationRefused',
      broker: this.broker,
      error,
    });
    this.#shutDown();
  }

  // ── stop ──────────────────────────────────────────────────────────────────────────────────────

  /** SIGTERM. */
  stop(cause: EventId): void {
    if (this.process.life === 'dead') return;
    this.#restartCause = null;
    this.process.run(() => {
      if (this.#isStopping) return;
      this.#cause = cause;
      if (this.#state === 'NOT_RUNNING') this.#exit(false);
      else if (this.#state === 'RUNNING' && this.#host.controlledShutdown) this.#beginControlledShutdown();
      else this.#shutDown();
    });
  }

  #beginControlledShutdown(): void {
    this.#move('controlledShutdown.begun');
    this.#ask(this.#host.shutdownRetries);
  }

  /** It asks again while it still leads something; in the end it goes all the same. */
  #ask(attemptsLeft: number): void {
    if (attemptsLeft <= 0) {
      this.#shutDown();
      return;
    }
    this.#host.requestShutdown(this.broker, this.#cause, (remaining) => {
      if (this.#state !== 'PENDING_CONTROLLED_SHUTDOWN') return;
      if (remaining === 0) this.#shutDown();
      else
        this.#after(this.#host.shutdownBackoffUs, () => {
          if (this.#state === 'PENDING_CONTROLLED_SHUTDOWN') this.#ask(attemptsLeft - 1);
        });
    });
  }

  #shutDown(): void {
    this.#move('shutdown.begun');
    this.#host.shutDown(
      this.broker,
      this.#inThisLife((clean: boolean) =>
        this.#host.closeSession(
          this.broker,
          this.#cause,
          this.#inThisLife(() => this.#exit(this.#logsLoaded && clean)),
        ),
      ),
    );
  }

  /** @param clean logs were flushed and the marker written */
  #exit(clean: boolean): void {
    if (clean) this.#hasCleanMarker = true;
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
    this.#logsLoaded = false;
    this.#host.kernel.cancel(this.#deadline);
    if (this.#state === 'NOT_RUNNING') return;
    this.#cause = this.process.cause;
    this.#move('killed');
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
  #inThisLife<Args extends unknown[]>(work: (...args: Args) => void): (...args: Args) => void {
    const { incarnation } = this.process;
    return (...args) => {
      if (this.process.incarnation === incarnation && this.process.life !== 'dead')
        this.process.run(() => work(...args));
    };
  }
}
