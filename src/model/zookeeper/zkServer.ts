import { NO_TIMER, type TimerHandle } from '../../sim/index.ts';
import type { Process } from '../network/process.ts';
import type { EventId } from '../trace.ts';
import { NO_CAUSE } from '../trace.ts';
import { type ServerState, serverTable } from './serverMachine.ts';

/** One ZooKeeper server's memory. */
export class ZkServer {
  /** `myid`. */
  readonly id: number;
  /** Index of the cast. */
  readonly zooKeeper: number;
  readonly process: Process;
  state: ServerState = serverTable.initial;
  /** Fires when it gives its leader, or its majority, up. */
  timer: TimerHandle = NO_TIMER;
  /** When that is. */
  timerAtUs = 0;
  /** The event that brought it into its state. */
  cause: EventId = NO_CAUSE;

  constructor(id: number, zooKeeper: number, process: Process) {
    this.id = id;
    this.zooKeeper = zooKeeper;
    this.process = process;
  }

  get isRunning(): boolean {
    return this.process.life === 'running';
  }
}
