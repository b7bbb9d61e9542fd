import { NO_TIMER, type TimerHandle } from '../../sim/index.ts';
import type { EventId } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import { type SessionState, sessionTable } from './sessionMachine.ts';
import type { ZkServer } from './zkServer.ts';

/** One session, from its creation to its end. The ensemble may keep it longer than the process that made it lives. */
export class ZkSession {
  readonly broker: number;
  state: SessionState = sessionTable.initial;
  /** The server that it is, or was last, connected to. */
  server: ZkServer | null = null;
  /** Client and server hear each other: pings are arithmetic then, and nothing is scheduled. */
  isInContact = false;
  /** When the client last heard its server; counts while out of contact only. */
  lastHeardUs = 0;
  expiryTimer: TimerHandle = NO_TIMER;
  /** What silenced or ended it. */
  cause: EventId = NO_CAUSE;

  constructor(broker: number) {
    this.broker = broker;
  }

  /** Neither expired nor closed, as the ensemble knows it. */
  get isOpen(): boolean {
    return this.state === 'CONNECTING' || this.state === 'CONNECTED';
  }
}
