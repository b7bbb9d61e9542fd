import type { TimerHandle } from '../../sim/index.ts';
import type { BrokerView } from '../broker/brokerView.ts';
import type { BrokerMachine } from '../broker/machine.ts';
import type { ModelContext } from '../context.ts';
import type { ControllerPort } from '../metadata.ts';
import type { Process } from '../network/process.ts';
import type { Replica, ReplicaTable } from '../replication/replica.ts';
import type { EventId } from '../trace.ts';
import type { LogDir } from './logDir.ts';
import { loseDisk } from './pageCacheLoss.ts';

/** What the handler needs of its broker. */
export interface LogDirEnvironment {
  readonly ctx: ModelContext;
  readonly broker: number;
  readonly process: Process;
  readonly machine: BrokerMachine;
  readonly view: BrokerView;
  readonly replicas: ReplicaTable;
  readonly controller: ControllerPort;
}

/**
 * What a broker process does about an I/O error: the directory goes offline with all its partitions, and the controller
 * is told with the next heartbeat, which is sent at once. A process without its last directory, or without the one of the
 * metadata log, halts. When the controller cannot be told within `log.dir.failure.timeout.ms` the broker shuts down.
 *
 * Source: ReplicaManager.handleLogDirFailure, LogDirFailureChannel, BrokerLifecycleManager.propagateDirectoryFailure;
 * KIP-112, KIP-858. Before metadata version 3.7 the controller of a KRaft cluster is not told.
 */
export class LogDirFailures {
  readonly #env: LogDirEnvironment;
  readonly #takeOffline: (replica: Replica) => void;
  /** An error that the handler thread has not got to yet. */
  readonly #noticed = new Set<LogDir>();
  readonly #timers: TimerHandle[] = [];

  constructor(env: LogDirEnvironment, takeOffline: (replica: Replica) => void) {
    this.#env = env;
    this.#takeOffline = takeOffline;
  }

  /** A write failed; the handler thread takes the directory offline as soon as the request at hand is done. */
  ioError(dir: LogDir): void {
    this.#noticeAt(dir, this.#env.ctx.kernel.nowUs);
  }

  /** The disk broke: if no append finds out before, the next checkpoint of high watermarks does. */
  broke(dir: LogDir): void {
    const { nowUs } = this.#env.ctx.kernel;
    this.#at(dir.nextCheckpointUs(nowUs), () => this.offline(dir));
  }

  stop(): void {
    for (const timer of this.#timers.splice(0)) this.#env.ctx.kernel.cancel(timer);
  }

  #noticeAt(dir: LogDir, atUs: number): void {
    if (this.#noticed.has(dir)) return;
    this.#noticed.add(dir);
    this.#at(atUs, () => this.offline(dir));
  }

  /** The handler thread's work (ReplicaManager.handleLogDirFailure). */
  offline(dir: LogDir): void {
    if (dir.isOffline) return;
    const { ctx, broker, machine, replicas, process } = this.#env;
    const there = replicas.of(broker).filter((replica) => replica.disk.dir === dir);
    const isBroken = dir.isFailed || dir.isStale;
    const why = isBroken ? 'the disk failed' : 'no space left on device';
    dir.goOffline();
    const halts = machine.disks.mustHalt;
    const event = ctx.recorder.event(ctx.kernel.nowUs, dir.cause, {
      type: 'logDir.offline',
      broker,
      disk: dir.index + 1,
      replicas: there.length,
      halts,
      why,
    });
    if (isBroken) loseDisk(ctx, there, event);
    if (halts) {
      machine.disks.isHalted = true;
      halt(ctx, broker, process, event);
      return;
    }
    for (const replica of there) this.#takeOffline(replica);
    this.#tellController(there, event);
  }

  #tellController(replicas: readonly Replica[], cause: EventId): void {
    const { broker, controller, view, machine } = this.#env;
    if (controller.reportLogDirFailure === undefined || !view.configs.behaviour.logDirFailureReported) return;
    let isTold = false;
    const partitions = replicas.map(({ partition }) => partition);
    controller.reportLogDirFailure(broker, partitions, cause, () => {
      isTold = true;
    });
    const timeoutUs = view.configs.number('log.dir.failure.timeout.ms') * 1000;
    if (timeoutUs <= 0) return;
    this.#at(this.#env.ctx.kernel.nowUs + timeoutUs, () => {
      const isStopping = ['PENDING_CONTROLLED_SHUTDOWN', 'SHUTTING_DOWN'].includes(controller.brokerState(broker));
      if (isTold || isStopping) return;
      machine.disks.isHalted = true;
      controller.stopBroker(broker, cause);
    });
  }

  #at(atUs: number, work: () => void): void {
    const { ctx, process } = this.#env;
    const { incarnation } = process;
    this.#timers.push(
      ctx.kernel.atControl(atUs, () => process.run(() => incarnation === process.incarnation && work())),
    );
  }
}

/** Exit.halt: no controlled shutdown, nothing flushed. The host goes on and resets its connections. */
export function halt(ctx: ModelContext, broker: number, process: Process, cause: EventId): void {
  process.cause = ctx.recorder.event(ctx.kernel.nowUs, cause, { type: 'broker.exited', broker, clean: false });
  process.kill();
}
