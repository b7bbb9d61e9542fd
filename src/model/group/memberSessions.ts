import type { GroupTimers } from './groupPorts.ts';
import { MovingDeadline } from './movingDeadline.ts';

/** One session timer for each member id that the coordinator has accepted or given out. */
export class MemberSessions {
  readonly #timers: GroupTimers;
  readonly #onExpired: (memberId: string) => void;
  readonly #byId = new Map<string, MovingDeadline>();

  constructor(timers: GroupTimers, onExpired: (memberId: string) => void) {
    this.#timers = timers;
    this.#onExpired = onExpired;
  }

  restart(memberId: string, timeoutUs: number): void {
    let session = this.#byId.get(memberId);
    if (session === undefined) {
      session = new MovingDeadline(this.#timers, () => this.#onExpired(memberId));
      this.#byId.set(memberId, session);
    }
    session.restart(timeoutUs);
  }

  end(memberId: string): void {
    this.#byId.get(memberId)?.clear();
    this.#byId.delete(memberId);
  }

  endAll(): void {
    for (const session of this.#byId.values()) session.clear();
    this.#byId.clear();
  }
}
