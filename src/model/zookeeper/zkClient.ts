import { NO_TIMER, type RandomStream, type TimerHandle } from '../../sim/index.ts';
import type { Process } from '../network/process.ts';
import type { ZkSession } from './zkSession.ts';

/** A request that was sent or waits for a connection. */
export interface ZkRequest {
  readonly session: ZkSession;
  readonly workUs: number;
  readonly apply: () => void;
  readonly answered: () => void;
  isApplied: boolean;
  isDone: boolean;
}

/** A broker's ZooKeeper client (KafkaZkClient): its present session, and what it asked for. */
export class ZkClient {
  readonly broker: number;
  readonly process: Process;
  readonly random: RandomStream;
  session: ZkSession | null = null;
  /** Not answered yet, in the order of sending. */
  requests: ZkRequest[] = [];
  /** Watches that fired while it had no connection; they are set again, and fire, when it has one. */
  notices: (() => void)[] = [];
  /** The next attempt to connect, or the moment at which it gives a silent server up. */
  timer: TimerHandle = NO_TIMER;
  resumeTimer: TimerHandle = NO_TIMER;
  /** When it lost its way to the server in silence; -1: it did not. */
  cutAtUs = -1;

  constructor(broker: number, process: Process, random: RandomStream) {
    this.broker = broker;
    this.process = process;
    this.random = random;
  }

  cancelTimers(kernel: { cancel(timer: TimerHandle): unknown }): void {
    kernel.cancel(this.timer);
    kernel.cancel(this.resumeTimer);
    this.timer = NO_TIMER;
    this.resumeTimer = NO_TIMER;
  }
}
