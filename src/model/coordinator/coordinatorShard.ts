/** The groups of one partition of `__consumer_offsets` on the broker that leads it. */
import type { BrokerServer } from '../broker/brokerServer.ts';
import { ConfigReader } from '../client/configReader.ts';
import type { GroupTimers } from '../group/groupPorts.ts';
import { processTimers } from '../group/processTimers.ts';
import type { Replica } from '../replication/replica.ts';
import { consumerGroupConfig } from './consumerGroupConfig.ts';
import type { CommittedOffset } from './groupRequests.ts';
import type { GroupTrace } from './groupTrace.ts';
import { type GroupConfigs, type GroupStore, HostedGroup, type StoredGroup } from './hostedGroup.ts';
import { OffsetAges } from './offsetAges.ts';
import { type GroupMetadata, type OffsetsLog, recordsIn } from './offsetsLog.ts';

/** Scheduling and opening of the load; calibrated. The rest is reading the log from the page cache. */
const LOAD_US = 5_000;
const LOAD_BYTES_PER_US = 100;
/** Record batch header, and key and value of a record for a member or an offset with usual names. */
const BATCH_BYTES = 61;
const MEMBER_BYTES = 250;
const OFFSET_BYTES = 90;

export class CoordinatorShard {
  isLoaded = false;
  readonly #server: BrokerServer;
  readonly #partition: number;
  readonly #log: OffsetsLog;
  readonly #trace: GroupTrace;
  readonly #config: GroupConfigs;
  readonly #commitTimeoutUs: number;
  readonly #retentionUs: number;
  readonly #retentionCheckUs: number;
  readonly #groups = new Map<number, HostedGroup>();
  readonly #timers: GroupTimers;
  #isOver = false;

  constructor(server: BrokerServer, partition: number, log: OffsetsLog, trace: GroupTrace) {
    this.#server = server;
    this.#partition = partition;
    this.#log = log;
    this.#trace = trace;
    const configs = new ConfigReader(server.layout.spec.brokerConfigs);
    this.#commitTimeoutUs = configs.us('offsets.commit.timeout.ms');
    this.#retentionUs = configs.number('offsets.retention.minutes') * 60_000_000;
    this.#retentionCheckUs = configs.us('offsets.retention.check.interval.ms');
    const consumer = consumerGroupConfig(configs);
    this.#config = {
      classic: {
        initialRebalanceDelayUs: configs.us('group.initial.rebalance.delay.ms'),
        maxSize: configs.number('group.max.size'),
        minSessionTimeoutUs: configs.us('group.min.session.timeout.ms'),
        maxSessionTimeoutUs: configs.us('group.max.session.timeout.ms'),
      },
      consumer: () => (server.layout.behaviour.consumerProtocolEnabled ? consumer : null),
    };
    this.#timers = processTimers(server.ctx.kernel, server.process, () => !this.#isOver) as GroupTimers;
  }

  /** @param isHere  whether a group of the scenario belongs to this partition */
  startLoading(isHere: (group: number) => boolean): void {
    const { log } = this.#replica;
    const { kernel } = this.#server.ctx;
    const bytes = log.bytesBetween(log.logStartOffset, log.logEndOffset);
    const loadedUs = kernel.nowUs + LOAD_US + Math.round(bytes / LOAD_BYTES_PER_US);
    kernel.atControl(loadedUs, () => this.#alive(() => this.#load(isHere)));
  }

  /** Made when it is first asked for: an unknown group is an empty one. */
  group(group: number): HostedGroup {
    let hosted = this.#groups.get(group);
    if (hosted === undefined) {
      hosted = this.#host(group, null);
      this.#groups.set(group, hosted);
    }
    return hosted;
  }

  /** A marker was written to this partition at `offset`. */
  transactionEnded(producerId: number, isCommit: boolean, offset: number): void {
    const { log, leading } = this.#replica;
    if (leading === null) return;
    for (const [group, hosted] of this.#groups) {
      const offsets = hosted.transactionEnded(producerId, isCommit);
      if (offsets === null) continue;
      const { leaderEpoch } = leading;
      const entry = { offset, leaderEpoch, group, metadata: null, offsets, endOf: producerId };
      this.#log.append(this.#partition, entry, log, () => this.#settledOffset());
    }
  }

  /** The broker resigned: whoever waits is told that it is no longer the coordinator. */
  unload(): void {
    if (this.isLoaded) for (const group of this.#groups.values()) group.unload();
    this.stop();
  }

  /** The process died: nobody is told anything. */
  stop(): void {
    this.#isOver = true;
    this.isLoaded = false;
  }

  #load(isHere: (group: number) => boolean): void {
    this.isLoaded = true;
    const stored = this.#readLog();
    const { ctx, broker } = this.#server;
    const cause = this.#replica.image?.event ?? -1;
    ctx.cast.groups.forEach((_, group) => {
      if (!isHere(group)) return;
      const hosted = this.#host(group, stored.get(group) ?? null);
      this.#groups.set(group, hosted);
      this.#trace.coordinatorLoaded(group, broker, hosted.state, hosted.generation, cause);
    });
    if (this.#groups.size > 0) this.#expireLater();
  }

  /** Each `offsets.retention.check.interval.ms` what nobody has a use for any more is forgotten. */
  #expireLater(): void {
    const { kernel } = this.#server.ctx;
    this.#timers.schedule(kernel.nowUs + this.#retentionCheckUs, () => {
      for (const group of this.#groups.values()) group.expireOffsets(kernel.nowUs - this.#retentionUs);
      this.#expireLater();
    });
  }

  #readLog(): Map<number, StoredGroup> {
    const groups = new Map<
      number,
      {
        metadata: GroupMetadata | null;
        storedUs: number;
        offsets: Map<number, CommittedOffset>;
        ages: OffsetAges;
        pending: Map<number, readonly CommittedOffset[]>;
      }
    >();
    const { nowUs } = this.#server.ctx.kernel;
    for (const entry of this.#log.visible(this.#partition, this.#replica.log)) {
      let group = groups.get(entry.group);
      if (group === undefined) {
        group = { metadata: null, storedUs: nowUs, offsets: new Map(), ages: new OffsetAges(), pending: new Map() };
        groups.set(entry.group, group);
      }
      if (entry.metadata !== null) {
        group.metadata = entry.metadata;
        group.storedUs = entry.atUs ?? nowUs;
      }
      if (entry.endOf !== undefined) group.pending.delete(entry.endOf);
      if (entry.pendingOf !== undefined) {
        group.pending.set(entry.pendingOf, [...(group.pending.get(entry.pendingOf) ?? []), ...entry.offsets]);
        continue;
      }
      for (const offset of entry.offsets) {
        if (offset.offset < 0) group.offsets.delete(offset.partition);
        else group.offsets.set(offset.partition, offset);
        group.ages.committed(offset.partition, entry.atUs ?? nowUs);
      }
    }
    return groups;
  }

  #host(group: number, stored: StoredGroup | null): HostedGroup {
    const { kernel, cast } = this.#server.ctx;
    const random = kernel.random.stream(`group/${cast.groups[group]!.name}`);
    const ports = {
      timers: this.#timers,
      store: this.#storeOf(group),
      nextMemberSuffix: () => random.uniformInt(0, 0x1000_0000_0000).toString(16).padStart(12, '0'),
      listener: (generation: () => number) => this.#trace.listener(group, generation),
      consumerListener: (groupEpoch: () => number) => this.#trace.consumerListener(group, groupEpoch),
      partitionsOf: (topic: string) => this.#server.view.topic(topic)?.partitions ?? [],
    };
    return new HostedGroup(this.#config, ports, stored);
  }

  #storeOf(group: number): GroupStore {
    return {
      write: (metadata, offsets, done, pendingOf) => {
        const { log, leading } = this.#replica;
        const offset = log.logEndOffset;
        const bytes = BATCH_BYTES + recordsIn(metadata) * MEMBER_BYTES + offsets.length * OFFSET_BYTES;
        const { produce } = this.#server.replicas;
        const { incarnation } = this.#server.process;
        produce.appendInternal(this.#partition, bytes, this.#commitTimeoutUs, (error) => {
          const { process } = this.#server;
          process.run(() => incarnation === process.incarnation && done(error));
        });
        if (leading === null || log.logEndOffset === offset) return false;
        const entry = {
          offset,
          leaderEpoch: leading.leaderEpoch,
          group,
          metadata,
          offsets,
          atUs: this.#server.ctx.kernel.nowUs,
          ...(pendingOf === undefined ? {} : { pendingOf }),
        };
        this.#log.append(this.#partition, entry, log, () => this.#settledOffset());
        return true;
      },
    };
  }

  /** All replicas' logs reach that far. */
  #settledOffset(): number {
    const { env } = this.#server.replicas;
    const replicas = this.#replica.image?.replicas ?? [];
    return Math.min(...replicas.map((broker) => env.replicas.get(broker, this.#partition)?.log.logEndOffset ?? 0));
  }

  get #replica(): Replica {
    return this.#server.replicas.env.replicas.get(this.#server.broker, this.#partition)!;
  }

  #alive(run: () => void): void {
    if (!this.#isOver) this.#server.process.run(() => !this.#isOver && run());
  }
}
