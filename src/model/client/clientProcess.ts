import type { EventId } from '../trace.ts';

/** A client process as failures and operations see it: a producer instance or a group member. */
export interface ClientProcess {
  /** Index in `Cast.clients`. */
  readonly client: number;
  /** Between start and stop or kill. */
  readonly isStarted: boolean;
  start(): void;
  /** graceful: close() (flush, commit, LeaveGroup); else as if the application returned without closing. */
  stop(graceful: boolean): void;
  /** kill -9: nothing is said to anybody. */
  kill(): void;
  /** A new process after `kill` or `stop`. */
  restart(): void;
  /** At the end of the run: reports what is still open. */
  finish(): void;
}

/** What only group members can do. */
export interface MemberProcess extends ClientProcess {
  /** Microseconds of work per record from now on; null: as the scenario says. */
  setWork(perRecordUs: number | null, cause: EventId): void;
  leaveGroup(): void;
}
