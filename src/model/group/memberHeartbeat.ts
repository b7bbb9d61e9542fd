/**
 * The heartbeat thread of a member: one request at a time, on a clock of its own, whatever the application does.
 *
 * Source: Apache Kafka `AbstractCoordinator.HeartbeatThread`, `Heartbeat`. Periods are exact here; the thread's own sleep
 * of up to `retry.backoff.ms` is not modelled.
 */
import type { GroupTimers } from './groupPorts.ts';
import type { MemberConfig, Outcome } from './memberPorts.ts';
import { MovingDeadline } from './movingDeadline.ts';

export interface HeartbeatOwner {
  readonly isCoordinatorKnown: boolean;
  sendHeartbeat(done: (outcome: Outcome) => void): void;
  /** @returns whether the coordinator is alive and this member in its group, as far as this answer says */
  heartbeatAnswered(outcome: Outcome): boolean;
  sessionTimedOut(): void;
}

export class MemberHeartbeat {
  readonly #config: MemberConfig;
  readonly #owner: HeartbeatOwner;
  readonly #due: MovingDeadline;
  readonly #session: MovingDeadline;
  readonly #retryWaitUs: () => number;
  #isRunning = false;
  #isInFlight = false;
  /** Answers to heartbeats of an earlier membership are nobody's. */
  #membership = 0;

  constructor(config: MemberConfig, timers: GroupTimers, retryWaitUs: () => number, owner: HeartbeatOwner) {
    this.#config = config;
    this.#owner = owner;
    this.#retryWaitUs = retryWaitUs;
    this.#due = new MovingDeadline(timers, () => this.sendIfDue());
    this.#session = new MovingDeadline(timers, () => owner.sessionTimedOut());
  }

  /** The first heartbeat goes out one interval from now. */
  start(): void {
    this.stop();
    this.#isRunning = true;
    this.#due.restart(this.#config.heartbeatIntervalUs);
    this.#session.restart(this.#config.sessionTimeoutUs);
  }

  stop(): void {
    this.#membership++;
    this.#isRunning = false;
    this.#isInFlight = false;
    this.#due.clear();
    this.#session.clear();
  }

  /** Sends what is overdue, for example because no coordinator was known. */
  sendIfDue(): void {
    if (!this.#isRunning || this.#isInFlight || this.#due.isSet || !this.#owner.isCoordinatorKnown) return;
    const membership = this.#membership;
    this.#isInFlight = true;
    this.#due.restart(this.#config.heartbeatIntervalUs);
    this.#owner.sendHeartbeat((outcome) => {
      if (membership === this.#membership) this.#answered(outcome);
    });
  }

  #answered(outcome: Outcome): void {
    this.#isInFlight = false;
    const membership = this.#membership;
    const isAlive = this.#owner.heartbeatAnswered(outcome);
    if (membership !== this.#membership) return;
    if (isAlive) this.#session.restart(this.#config.sessionTimeoutUs);
    else this.#due.restart(this.#retryWaitUs());
    this.sendIfDue();
  }
}
