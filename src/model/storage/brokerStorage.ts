import type { BrokerServer } from '../broker/brokerServer.ts';
import type { ModelContext } from '../context.ts';
import type { ControlPlane } from '../controlPlane.ts';
import type { Process } from '../network/process.ts';
import type { Replica, ReplicaTable } from '../replication/replica.ts';
import type { EventId } from '../trace.ts';
import { HostPower } from './hostPower.ts';
import type { LogDir } from './logDir.ts';
import { halt } from './logDirFailures.ts';
import { loadTimeUs, recoveryPointCheckpointUs } from './logRecovery.ts';
import { loseDisk, losePageCache } from './pageCacheLoss.ts';
import { closeTimeUs } from './shutdownTime.ts';

/** From the start of a process to its death when it cannot use its disks; calibrated. */
const FAILED_START_US = 1_500_000;

/** What storage needs of the world. */
export interface StorageHost {
  readonly ctx: ModelContext;
  readonly replicas: ReplicaTable;
  /** By process; undefined for what is no broker. */
  serverOf(process: Process): BrokerServer | undefined;
  kill(process: Process, by: 'powerLoss'): void;
  start(process: Process, cause: EventId): void;
  stop(process: Process, cause: EventId): void;
  /** Their control planes keep something in files of their own. */
  clusters(): Iterable<{ readonly controller: ControlPlane }>;
}

/** Everything that happens to disks and to what is on them: power, failing and filling, opening and closing of logs. */
export class BrokerStorage {
  readonly #host: StorageHost;
  readonly power: HostPower;

  constructor(host: StorageHost) {
    this.#host = host;
    this.power = new HostPower(host.ctx.network);
  }

  // ── power ─────────────────────────────────────────────────────────────────────────────────────

  /** The machine dies; what of a broker's logs was in the page cache only is gone, also if the process was dead already. */
  losePower(process: Process, cause: EventId): void {
    const { ctx, replicas } = this.#host;
    this.power.turnOff(process);
    if (process.life !== 'dead') {
      this.power.want(process);
      this.#host.kill(process, 'powerLoss');
    }
    for (const { controller } of this.#host.clusters()) controller.losePower?.(process);
    const server = this.#host.serverOf(process);
    if (server === undefined) return;
    losePageCache(ctx, replicas.of(server.broker), cause);
    server.machine.disks.isCacheCold = true;
  }

  regainPower(process: Process, cause: EventId): void {
    if (this.power.turnOn(process)) this.#host.start(process, cause);
  }

  // ── failing and filling ───────────────────────────────────────────────────────────────────────

  failDisk(process: Process, index: number, cause: EventId): void {
    const server = this.#host.serverOf(process)!;
    const dir = server.machine.disks.dirs[index]!;
    dir.cause = cause;
    dir.fail();
    if (process.life === 'dead') loseDisk(this.#host.ctx, this.#on(server, dir), cause);
    else server.replicas.logDirs.broke(dir);
  }

  /** An empty disk takes the place of the failed one; the broker is restarted to use it. */
  replaceDisk(process: Process, index: number, cause: EventId): void {
    const server = this.#host.serverOf(process)!;
    const dir = server.machine.disks.dirs[index]!;
    const isInUse = process.life !== 'dead';
    if (!isInUse) this.#recreate(server, dir, cause);
    dir.replace(isInUse);
    this.#restart(process, server, dir, cause);
  }

  fillDisk(process: Process, index: number, share: number, cause: EventId): void {
    const dir = this.#host.serverOf(process)!.machine.disks.dirs[index]!;
    dir.cause = cause;
    dir.fill(share);
  }

  /** Room is made; a broker that gave the directory up, or halted, is restarted. */
  freeDisk(process: Process, index: number, cause: EventId): void {
    const server = this.#host.serverOf(process)!;
    const dir = server.machine.disks.dirs[index]!;
    dir.free();
    this.#restart(process, server, dir, cause);
  }

  /** A process that hangs finds out when it goes on. */
  #restart(process: Process, server: BrokerServer, dir: LogDir, cause: EventId): void {
    const { disks } = server.machine;
    const startIfHalted = (): void => {
      if (process.life === 'dead' && disks.isHalted) this.#host.start(process, cause);
    };
    process.run(() => {
      if (dir.isStale) server.replicas.logDirs.offline(dir);
      if (process.life === 'dead') startIfHalted();
      else if (dir.isOffline) {
        this.#host.stop(process, cause);
        this.#host.start(process, cause);
      }
    });
    startIfHalted();
  }

  /** What was on the disk is gone; the next process creates the logs anew, wherever there are fewest. */
  #recreate(server: BrokerServer, dir: LogDir, cause: EventId): void {
    const there = this.#on(server, dir);
    loseDisk(this.#host.ctx, there, cause);
    for (const replica of there) replica.disk.lose();
  }

  #on(server: BrokerServer, dir: LogDir): Replica[] {
    return this.#host.replicas.of(server.broker).filter((replica) => replica.disk.dir === dir);
  }

  /** What a registration says of failed directories, by their partitions: none that the new process can use. */
  offlinePartitions(server: BrokerServer): ReadonlySet<number> {
    const offline = new Set<number>();
    for (const { disk, partition } of this.#host.replicas.of(server.broker))
      if (disk.dir !== null && (disk.dir.isFailed || disk.dir.isFull)) offline.add(partition);
    return offline;
  }

  // ── processes come and go ─────────────────────────────────────────────────────────────────────

  /**
   * Whether a process that is to be started may begin. Without power it waits; with a first disk that failed or is full
   * it dies soon after, before it registers: the metadata log is there, and neither it nor a checkpoint can be written.
   */
  mayStart(process: Process, cause: EventId): boolean {
    if (this.power.isOff(process)) {
      this.power.want(process);
      return false;
    }
    const server = this.#host.serverOf(process);
    if (server === undefined || process.life !== 'dead') return true;
    const { disks } = server.machine;
    disks.isHalted = false;
    const why = disks.startFailure;
    if (why === null) return true;
    process.start();
    const { incarnation } = process;
    const { kernel } = this.#host.ctx;
    kernel.atControl(kernel.nowUs + FAILED_START_US, () =>
      process.run(() => incarnation === process.incarnation && this.#halt(server, why, cause)),
    );
    return false;
  }

  #halt(server: BrokerServer, why: string, cause: EventId): void {
    const { ctx, replicas } = this.#host;
    const { broker, machine, process } = server;
    const event = ctx.recorder.event(ctx.kernel.nowUs, cause, {
      type: 'logDir.offline',
      broker,
      disk: 1,
      replicas: replicas.of(broker).filter((replica) => replica.disk.dir?.index === 0).length,
      halts: true,
      why,
    });
    machine.disks.isHalted = true;
    halt(ctx, broker, process, event);
  }

  /** Reads the logs of the directories that can be used, and calls `done` when they are loaded. */
  loadLogs(server: BrokerServer, done: () => void): void {
    const { ctx, replicas } = this.#host;
    const { disks } = server.machine;
    const { process, broker } = server;
    const why = disks.startFailure;
    if (why !== null) {
      this.#halt(server, why, process.cause);
      return;
    }
    for (const dir of disks.dirs) dir.open();
    const mine = replicas.of(broker);
    for (const replica of mine) replica.isOffline = replica.disk.dir?.isOffline ?? false;
    const { configs } = server.view;
    const threads = configs.number('num.recovery.threads.per.data.dir');
    const checkpointMs = configs.number('log.flush.offset.checkpoint.interval.ms');
    const checkpointedUs = recoveryPointCheckpointUs(disks.endedUs, checkpointMs * 1000);
    const atUs = ctx.kernel.nowUs + loadTimeUs(disks, mine, threads, checkpointedUs);
    // Deleted before the logs are loaded: a crash during the start is an unclean one.
    for (const dir of disks.dirs) dir.hasCleanMarker = false;
    disks.isCacheCold = false;
    const { incarnation } = process;
    ctx.kernel.atControl(atUs, () =>
      process.run(() => {
        if (incarnation !== process.incarnation) return;
        disks.areLogsLoaded = true;
        done();
      }),
    );
  }

  /** Flushes and closes; `done` is told whether every directory has its clean-shutdown marker. */
  shutDown(server: BrokerServer, done: (clean: boolean) => void): void {
    const { ctx, replicas } = this.#host;
    const { process, machine, broker } = server;
    const { incarnation } = process;
    const atUs = ctx.kernel.nowUs + closeTimeUs(ctx, server, replicas.of(broker));
    ctx.kernel.atControl(atUs, () =>
      process.run(() => {
        if (incarnation !== process.incarnation) return;
        const { disks } = machine;
        if (disks.areLogsLoaded) this.#closeLogs(server);
        done(!disks.hasOfflineDir);
      }),
    );
  }

  #closeLogs(server: BrokerServer): void {
    for (const { disk, log, highWatermark, isOffline } of this.#host.replicas.of(server.broker))
      if (!isOffline) disk.closeCleanly(log.logEndOffset, highWatermark);
    for (const dir of server.machine.disks.dirs) dir.hasCleanMarker = !dir.isOffline;
  }

  /** The process is gone; logs begin anew with what was checkpointed. */
  processEnded(server: BrokerServer): void {
    const { ctx, replicas } = this.#host;
    const { nowUs } = ctx.kernel;
    for (const replica of replicas.of(server.broker)) {
      replica.highWatermark = replica.disk.processEnded(nowUs, replica.highWatermark);
      replica.isOffline = false;
    }
    const { disks } = server.machine;
    const repaired = disks.dirs.find((dir) => dir.isStale);
    for (const dir of disks.dirs) {
      if (dir.isStale) this.#recreate(server, dir, dir.cause);
      else if (dir.isFailed) loseDisk(ctx, this.#on(server, dir), dir.cause);
    }
    disks.processEnded(nowUs);
    // It hung while its disk was replaced, and halted over the old one: whoever replaced it starts it.
    if (repaired !== undefined && disks.isHalted)
      ctx.kernel.atControl(nowUs, () => this.#host.start(server.process, repaired.cause));
  }
}
