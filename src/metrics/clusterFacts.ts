import type { Cast, EventId, TraceEvent } from '../model/trace.ts';
import { NO_CAUSE } from '../model/trace.ts';
import { BrokerSamples } from './brokerSamples.ts';
import { LagFacts } from './lagFacts.ts';
import { type ConfigFact, MinInsyncReplicas } from './minIsr.ts';
import { ReplicaCounts } from './replicaCounts.ts';
import { type TopicFacts, TopicIndex } from './topicIndex.ts';

const NOBODY: readonly number[] = [];

/**
 * The state of clusters and groups as the trace tells it; the model is never asked.
 *
 * A partition exists from its first `partition.changed` on. Leader, ISR and ELR are what the controller committed;
 * high watermark and log end offset are the leader's. Brokers are indexes of the cast.
 */
export class ClusterFacts {
  readonly topics: TopicIndex;
  readonly lags: LagFacts;
  readonly samples = new BrokerSamples();
  readonly minIsr: MinInsyncReplicas;
  readonly counts: ReplicaCounts;
  readonly leader: number[] = [];
  readonly leaderEpoch: number[] = [];
  readonly isr: (readonly number[])[] = [];
  readonly elr: (readonly number[])[] = [];
  /** The assignment, which a reassignment changes; `adding` and `removing` are part of it. */
  readonly replicas: (readonly number[])[] = [];
  readonly adding: (readonly number[])[] = [];
  readonly removing: (readonly number[])[] = [];
  readonly highWatermark: number[] = [];
  readonly endOffset: number[] = [];
  /** Log start offset of the leader. */
  readonly startOffset: number[] = [];
  /** The event that last changed leader, ISR or ELR of the partition. */
  readonly partitionEvent: EventId[] = [];
  readonly brokerState: string[];
  readonly brokerControl: string[];
  readonly brokerEvent: EventId[];
  /** The process is stopped (SIGSTOP) or hangs. */
  readonly isFrozen: boolean[];
  /** Log directories that the broker gave up since its process started, and the replicas in them. */
  readonly offlineDirs: number[];
  readonly offlineReplicas: number[];
  /** The controller knows the broker. */
  readonly isRegistered: boolean[];
  /** Index of the active controller by cluster (order of the scenario); -1 while there is none. */
  readonly activeController: number[];
  readonly controllerEvent: EventId[];
  /** Highest epoch of the quorum by cluster; NaN before one is heard of. */
  readonly quorumEpoch: number[];
  readonly groupState: string[];
  readonly groupEvent: EventId[];
  /** Partitions that a member holds, by client. */
  readonly held: (readonly number[])[];
  /** Group of a client, once it took part in one; -1 before. */
  readonly groupOf: number[];
  readonly #cast: Cast;

  constructor(cast: Cast) {
    this.#cast = cast;
    this.topics = new TopicIndex(cast);
    this.lags = new LagFacts(cast, this.highWatermark);
    this.brokerState = cast.brokers.map(() => 'NOT_RUNNING');
    this.brokerControl = cast.brokers.map(() => 'FENCED');
    this.brokerEvent = cast.brokers.map(() => NO_CAUSE);
    this.isFrozen = cast.brokers.map(() => false);
    this.offlineDirs = cast.brokers.map(() => 0);
    this.offlineReplicas = cast.brokers.map(() => 0);
    this.isRegistered = cast.brokers.map(() => false);
    this.minIsr = new MinInsyncReplicas(cast);
    this.counts = new ReplicaCounts(cast, this);
    this.activeController = cast.scenario.clusters.map(() => -1);
    this.controllerEvent = cast.scenario.clusters.map(() => NO_CAUSE);
    this.quorumEpoch = cast.scenario.clusters.map(() => Number.NaN);
    this.groupState = cast.groups.map(() => 'Empty');
    this.groupEvent = cast.groups.map(() => NO_CAUSE);
    this.held = cast.clients.map(() => NOBODY);
    this.groupOf = cast.clients.map(() => -1);
    this.#addPartitions();
  }

  /** False when the event changes no fact. */
  apply(event: TraceEvent): boolean {
    switch (event.type) {
      case 'partition.changed':
        return this.#changePartition(event);
      case 'topic.created':
        this.#addPartitions();
        return true;
      case 'broker.state':
        return this.#setBroker(this.brokerState, event.broker, event.to, event.id);
      case 'broker.killed':
      case 'broker.exited':
        this.samples.forget(event.broker);
        this.isFrozen[event.broker] = false;
        this.offlineDirs[event.broker] = 0;
        this.offlineReplicas[event.broker] = 0;
        return this.#setBroker(this.brokerState, event.broker, 'NOT_RUNNING', event.id);
      case 'broker.frozen':
      case 'broker.resumed':
        this.samples.forget(event.broker);
        this.isFrozen[event.broker] = event.type === 'broker.frozen';
        this.brokerEvent[event.broker] = event.id;
        return true;
      case 'broker.unregistered':
        this.isRegistered[event.broker] = false;
        this.brokerEvent[event.broker] = event.id;
        return true;
      case 'logDir.offline':
        this.offlineDirs[event.broker]!++;
        this.offlineReplicas[event.broker]! += event.replicas;
        this.brokerEvent[event.broker] = event.id;
        return true;
      case 'config.altered':
        return event.change !== undefined && this.#changeConfig(event.change);
      case 'topic.partitionsCreated':
        this.#addPartitions();
        return true;
      case 'topic.deleted':
        for (const partition of event.partitions) this.#deletePartition(partition);
        return true;
      case 'broker.control':
        this.isRegistered[event.broker] = true;
        return this.#setBroker(this.brokerControl, event.broker, event.to, event.id);
      case 'controller.state':
        return this.#raiseEpoch(this.#cast.controllers[event.controller]!.cluster, event.epoch);
      case 'controller.active':
        this.#raiseEpoch(event.cluster, event.epoch);
        return this.#setController(event.cluster, event.controller, event.id);
      case 'controller.none':
        return this.#setController(event.cluster, -1, event.id);
      case 'consumer.reset':
        this.lags.positionMoved(event.group, event.partition, event.toOffset);
        return true;
      default:
        return this.#applyToGroup(event);
    }
  }

  appended(partition: number, leaderEpoch: number, endOffset: number): void {
    if (leaderEpoch >= this.leaderEpoch[partition]!) this.endOffset[partition] = endOffset;
  }

  highWatermarkAt(partition: number, offset: number): void {
    const from = this.highWatermark[partition]!;
    this.highWatermark[partition] = offset;
    this.lags.highWatermarkMoved(partition, from, offset);
  }

  /** The process runs and would answer whoever asks for its metrics. */
  isReporting(broker: number): boolean {
    return this.brokerState[broker] !== 'NOT_RUNNING' && !this.isFrozen[broker];
  }

  exists(partition: number): boolean {
    return this.partitionEvent[partition]! !== NO_CAUSE;
  }

  topicOf(partition: number): TopicFacts {
    return this.topics.topics[this.topics.topicOf[partition]!]!;
  }

  clusterIndex(name: string): number {
    return this.#cast.scenario.clusters.findIndex((cluster) => cluster.name === name);
  }

  /** Every existing partition of the group's topics is held by exactly one of its members. */
  isAssignmentComplete(group: number): boolean {
    const holders = new Map<number, number>();
    for (const [client, partitions] of this.held.entries()) {
      if (this.groupOf[client] !== group) continue;
      for (const partition of partitions) holders.set(partition, (holders.get(partition) ?? 0) + 1);
    }
    const wanted = this.partitionsOfGroup(group);
    return wanted.length > 0 && wanted.every((partition) => holders.get(partition) === 1);
  }

  partitionsOfGroup(group: number): number[] {
    const { cluster, topics } = this.#cast.groups[group]!;
    return this.topics.topics
      .filter((topic) => topic.cluster === cluster && topics.includes(topic.name))
      .flatMap((topic) => topic.partitions.filter((partition) => this.exists(partition)));
  }

  #applyToGroup(event: TraceEvent): boolean {
    switch (event.type) {
      case 'group.state':
        this.groupState[event.group] = event.to;
        this.groupEvent[event.group] = event.id;
        return true;
      case 'group.assigned':
        this.groupEvent[event.group] = event.id;
        return true;
      case 'member.assignment':
        this.held[event.client] = event.partitions;
        this.groupOf[event.client] = event.group;
        this.groupEvent[event.group] = event.id;
        return true;
      case 'client.stopped':
        this.held[event.client] = NOBODY;
        if (this.groupOf[event.client]! >= 0) this.groupEvent[this.groupOf[event.client]!] = event.id;
        return true;
      case 'replica.leading':
        if (event.leaderEpoch >= this.leaderEpoch[event.partition]!) {
          this.endOffset[event.partition] = event.logEndOffset;
          this.highWatermarkAt(event.partition, event.highWatermark);
        }
        return true;
      case 'failure.began':
      case 'failure.ended':
      case 'operation.began':
      case 'operation.ended':
        return true;
      default:
        return false;
    }
  }

  #changePartition(event: Extract<TraceEvent, { type: 'partition.changed' }>): boolean {
    const { partition } = event;
    this.#addPartitions();
    const topic = this.topicOf(partition);
    if (this.exists(partition)) this.#count(topic, partition, -1);
    else topic.existing++;
    this.leader[partition] = event.leader;
    this.leaderEpoch[partition] = event.leaderEpoch;
    this.isr[partition] = event.isr;
    this.elr[partition] = event.elr;
    this.replicas[partition] = event.replicas ?? this.#cast.partitions[partition]!.replicas;
    this.adding[partition] = event.adding ?? NOBODY;
    this.removing[partition] = event.removing ?? NOBODY;
    this.partitionEvent[partition] = event.id;
    this.counts.recount(partition);
    this.#count(topic, partition, 1);
    return true;
  }

  #deletePartition(partition: number): void {
    if (!this.exists(partition)) return;
    const topic = this.topicOf(partition);
    this.#count(topic, partition, -1);
    topic.existing--;
    this.counts.forget(partition);
    this.leader[partition] = -1;
    this.isr[partition] = NOBODY;
    this.elr[partition] = NOBODY;
    this.replicas[partition] = NOBODY;
    this.partitionEvent[partition] = NO_CAUSE;
  }

  #count(topic: TopicFacts, partition: number, sign: 1 | -1): void {
    if (this.leader[partition]! < 0) topic.offline += sign;
    if (this.counts.isUnderReplicated(partition)) topic.underReplicated += sign;
    if (this.counts.isUnderMinIsr(partition)) topic.underMinIsr += sign;
  }

  #changeConfig(change: ConfigFact): boolean {
    if (!this.minIsr.apply(change)) return false;
    for (const [partition, { cluster, topic }] of this.#cast.partitions.entries()) {
      if (cluster !== change.cluster || (change.topic ?? topic) !== topic || !this.exists(partition)) continue;
      const facts = this.topicOf(partition);
      this.#count(facts, partition, -1);
      this.counts.recount(partition);
      this.#count(facts, partition, 1);
    }
    return true;
  }

  #setBroker(column: string[], broker: number, to: string, id: EventId): boolean {
    column[broker] = to;
    this.brokerEvent[broker] = id;
    return true;
  }

  #raiseEpoch(cluster: string, epoch: number): boolean {
    const index = this.clusterIndex(cluster);
    if (epoch <= this.quorumEpoch[index]!) return false;
    this.quorumEpoch[index] = epoch;
    return true;
  }

  #setController(cluster: string, controller: number, id: EventId): boolean {
    const index = this.clusterIndex(cluster);
    this.activeController[index] = controller;
    this.controllerEvent[index] = id;
    return true;
  }

  #addPartitions(): void {
    this.topics.refresh();
    for (let partition = this.leader.length; partition < this.#cast.partitions.length; partition++) {
      this.leader.push(-1);
      this.leaderEpoch.push(-1);
      this.isr.push(NOBODY);
      this.elr.push(NOBODY);
      this.replicas.push(this.#cast.partitions[partition]!.replicas);
      this.adding.push(NOBODY);
      this.removing.push(NOBODY);
      this.highWatermark.push(0);
      this.endOffset.push(0);
      this.startOffset.push(0);
      this.partitionEvent.push(NO_CAUSE);
      this.lags.addPartition(partition);
    }
  }
}
