/**
 * The coordinator of one classic group: parks joins and syncs, watches sessions, and decides when a generation begins.
 *
 * Requests come as calls and are answered through callbacks or return values; time, randomness and the write to
 * `__consumer_offsets` come through ports. Nothing here knows of brokers or networks.
 *
 * Source: Apache Kafka `GroupMetadataManager` (classicGroupJoin, classicGroupSync, classicGroupHeartbeat,
 * classicGroupLeave), `OffsetMetadataManager`; KIP-394 (MEMBER_ID_REQUIRED), KIP-345 (static members), KIP-134 (initial
 * delay), KIP-814 (skipAssignment). Request versions before 4.0's defaults are not modelled.
 */
import type { KafkaError } from '../../kafka/errors.ts';
import { type ClassicGroupEvent, type ClassicGroupState, classicGroupMachine } from './classicGroupMachine.ts';
import {
  type GroupProtocol,
  type HeartbeatRequest,
  type JoinGroupRequest,
  type JoinGroupResponse,
  type LeaveGroupRequest,
  NO_GENERATION,
  type SyncGroupRequest,
  type SyncGroupResponse,
  UNKNOWN_MEMBER_ID,
} from './classicProtocol.ts';
import { flatMachine } from './flatMachine.ts';
import { type GroupMember, GroupMembers } from './groupMembers.ts';
import type { GroupListener, GroupRecord, GroupTimers, RemovalReason } from './groupPorts.ts';
import { MovingDeadline } from './movingDeadline.ts';

/** `group.initial.rebalance.delay.ms` and its neighbours, of the broker. */
export interface ClassicGroupConfig {
  readonly initialRebalanceDelayUs: number;
  readonly maxSize: number;
  readonly minSessionTimeoutUs: number;
  readonly maxSessionTimeoutUs: number;
}

export interface ClassicGroupPorts<M, A> {
  readonly timers: GroupTimers;
  readonly listener: GroupListener<A>;
  /** The random part of a member id; Kafka takes a UUID. */
  nextMemberSuffix(): string;
  /** Two subscriptions that are the same to the last byte. */
  sameMetadata(left: M, right: M): boolean;
  /** Writes the group's record with acks=all; `done` comes once, with 'NONE' or the error of the append. */
  persist(record: GroupRecord<M, A>, done: (error: KafkaError) => void): void;
}

/** How long a member that never was in a generation may stay without heartbeats; fixed in Kafka. */
const NEW_MEMBER_JOIN_TIMEOUT_US = 300_000_000;

const nextState = flatMachine<ClassicGroupState, ClassicGroupEvent['type']>(classicGroupMachine);

type JoinReply<M> = (response: JoinGroupResponse<M>) => void;
type SyncReply<A> = (response: SyncGroupResponse<A>) => void;

export class ClassicGroup<M, A> {
  readonly #config: ClassicGroupConfig;
  readonly #ports: ClassicGroupPorts<M, A>;
  readonly #members = new GroupMembers<M, A>();
  readonly #sessions = new Map<string, MovingDeadline>();
  readonly #joinTimer: MovingDeadline;
  readonly #syncTimer: MovingDeadline;
  #state: ClassicGroupState = 'Empty';
  #generation = 0;
  #protocolType: string | null = null;
  #protocolName: string | null = null;
  #rebalanceReason = '';
  /** Only the first rebalance after Empty waits for more members. */
  #isInitialRebalance = false;
  #hasNewMember = false;
  #initialDelayUs = 0;
  #initialRemainingUs = 0;

  constructor(config: ClassicGroupConfig, ports: ClassicGroupPorts<M, A>) {
    this.#config = config;
    this.#ports = ports;
    this.#joinTimer = new MovingDeadline(ports.timers, () => this.#joinTimeIsUp());
    this.#syncTimer = new MovingDeadline(ports.timers, () => this.#syncTimeIsUp());
  }

  /** The group as the next coordinator finds it in `__consumer_offsets`; every session begins anew. */
  static load<M, A>(config: ClassicGroupConfig, ports: ClassicGroupPorts<M, A>, record: GroupRecord<M, A>) {
    const group = new ClassicGroup<M, A>(config, ports);
    group.#restore(record);
    return group;
  }

  get state(): ClassicGroupState {
    return this.#state;
  }

  get generation(): number {
    return this.#generation;
  }

  get leaderId(): string | null {
    return this.#members.leaderId;
  }

  get memberIds(): string[] {
    return this.#members.sorted().map((member) => member.memberId);
  }

  join(request: JoinGroupRequest<M>, reply: JoinReply<M>): void {
    const error = this.#joinError(request);
    if (error !== 'NONE') reply(refusedJoin(error, request.memberId));
    else if (request.memberId === UNKNOWN_MEMBER_ID) this.#joinUnknown(request, reply);
    else this.#joinKnown(request, reply);
  }

  sync(request: SyncGroupRequest<A>, reply: SyncReply<A>): void {
    const member = this.#members.get(request.memberId);
    const error = this.#syncError(request);
    if (error !== 'NONE' || member === undefined) {
      reply({ error, assignment: null });
      return;
    }
    this.#members.pendingSync.delete(member.memberId);
    if (this.#members.pendingSync.size === 0) this.#syncTimer.clear();
    if (this.#state === 'Stable') {
      this.#renewSession(member);
      reply({ error: 'NONE', assignment: member.assignment });
      return;
    }
    member.syncReply = reply;
    if (member.memberId === this.#members.leaderId) this.#storeAssignment(request.assignments);
  }

  heartbeat(request: HeartbeatRequest): KafkaError {
    const error = this.#memberError(request.memberId, request.groupInstanceId, request.generation);
    const member = this.#members.get(request.memberId);
    if (error !== 'NONE' || member === undefined) return error;
    this.#renewSession(member);
    return this.#state === 'PreparingRebalance' ? 'REBALANCE_IN_PROGRESS' : 'NONE';
  }

  leave(request: LeaveGroupRequest): KafkaError {
    if (this.#state === 'Dead') return 'COORDINATOR_NOT_AVAILABLE';
    if (this.#members.pendingJoin.has(request.memberId)) {
      this.#removePending(request.memberId);
      return 'NONE';
    }
    const memberId = this.#leavingId(request);
    const error = this.#memberError(memberId, request.groupInstanceId, this.#generation);
    const member = this.#members.get(memberId);
    if (error !== 'NONE' || member === undefined) return error;
    this.#removeAndRebalance(member, 'LeaveGroup', 'a member left');
    return 'NONE';
  }

  /**
   * Whether an OffsetCommit may be written. A commit of a member also renews its session.
   *
   * @param generation  -1 for a consumer without a group membership; allowed only while nobody is in the group
   */
  commitAllowed(memberId: string, groupInstanceId: string | null, generation: number): KafkaError {
    if (this.#state === 'Dead') return 'COORDINATOR_NOT_AVAILABLE';
    if (generation < 0 && this.#state === 'Empty') return 'NONE';
    if (generation < 0 && memberId === UNKNOWN_MEMBER_ID && groupInstanceId === null) return 'UNKNOWN_MEMBER_ID';
    const error = this.#memberError(memberId, groupInstanceId, generation);
    if (error !== 'NONE') return error;
    if (this.#state === 'CompletingRebalance') return 'REBALANCE_IN_PROGRESS';
    const member = this.#members.get(memberId);
    if (member !== undefined) this.#renewSession(member);
    return 'NONE';
  }

  /** This broker is no longer the coordinator: whoever waits is told so, and the timers stop. */
  unload(): void {
    this.#step('group.unloaded', 'the coordinator moved');
    this.#joinTimer.clear();
    this.#syncTimer.clear();
    for (const session of this.#sessions.values()) session.clear();
    this.#sessions.clear();
    for (const member of this.#members.sorted()) {
      this.#answerJoin(member, refusedJoin('NOT_COORDINATOR', member.memberId));
      this.#answerSync(member, { error: 'NOT_COORDINATOR', assignment: null });
    }
  }

  // Refusals

  #joinError(request: JoinGroupRequest<M>): KafkaError {
    const { minSessionTimeoutUs, maxSessionTimeoutUs } = this.#config;
    if (request.sessionTimeoutUs < minSessionTimeoutUs || request.sessionTimeoutUs > maxSessionTimeoutUs) {
      return 'INVALID_SESSION_TIMEOUT';
    }
    if (!this.#hasRoomFor(request.memberId)) {
      this.#members.pendingJoin.delete(request.memberId);
      return 'GROUP_MAX_SIZE_REACHED';
    }
    if (this.#state === 'Dead') return 'COORDINATOR_NOT_AVAILABLE';
    const isOtherType = this.#members.size > 0 && this.#protocolType !== request.protocolType;
    if (isOtherType || !this.#members.supportsProtocols(request.protocols)) return 'INCONSISTENT_GROUP_PROTOCOL';
    const isNewcomer = request.memberId === UNKNOWN_MEMBER_ID || this.#members.pendingJoin.has(request.memberId);
    return isNewcomer ? 'NONE' : this.#identityError(request.memberId, request.groupInstanceId);
  }

  #hasRoomFor(memberId: string): boolean {
    const { maxSize } = this.#config;
    if (this.#state === 'Empty' || this.#state === 'Dead') return true;
    if (this.#state !== 'PreparingRebalance') {
      return this.#members.get(memberId) !== undefined || this.#members.size < maxSize;
    }
    const isAwaiting = (this.#members.get(memberId)?.joinReply ?? null) !== null;
    return isAwaiting || this.#members.awaitingJoin().length < maxSize;
  }

  #identityError(memberId: string, groupInstanceId: string | null): KafkaError {
    if (groupInstanceId !== null) {
      const owner = this.#members.instanceOwner(groupInstanceId);
      if (owner === undefined) return 'UNKNOWN_MEMBER_ID';
      if (owner !== memberId) return 'FENCED_INSTANCE_ID';
    }
    return this.#members.get(memberId) === undefined ? 'UNKNOWN_MEMBER_ID' : 'NONE';
  }

  #memberError(memberId: string, groupInstanceId: string | null, generation: number): KafkaError {
    if (this.#state === 'Dead') return 'COORDINATOR_NOT_AVAILABLE';
    const error = this.#identityError(memberId, groupInstanceId);
    if (error !== 'NONE') return error;
    return generation === this.#generation ? 'NONE' : 'ILLEGAL_GENERATION';
  }

  #syncError(request: SyncGroupRequest<A>): KafkaError {
    const error = this.#memberError(request.memberId, request.groupInstanceId, request.generation);
    if (error !== 'NONE') return error;
    if (request.protocolName !== this.#protocolName) return 'INCONSISTENT_GROUP_PROTOCOL';
    return this.#state === 'PreparingRebalance' ? 'REBALANCE_IN_PROGRESS' : 'NONE';
  }

  #leavingId(request: LeaveGroupRequest): string {
    if (request.memberId !== UNKNOWN_MEMBER_ID || request.groupInstanceId === null) return request.memberId;
    return this.#members.instanceOwner(request.groupInstanceId) ?? UNKNOWN_MEMBER_ID;
  }

  // Joining

  #joinUnknown(request: JoinGroupRequest<M>, reply: JoinReply<M>): void {
    const memberId = `${request.groupInstanceId ?? request.clientId}-${this.#ports.nextMemberSuffix()}`;
    if (request.groupInstanceId === null) {
      this.#members.pendingJoin.add(memberId);
      this.#session(memberId).restart(request.sessionTimeoutUs);
      reply(refusedJoin('MEMBER_ID_REQUIRED', memberId));
      return;
    }
    const owner = this.#members.instanceOwner(request.groupInstanceId);
    const old = owner === undefined ? undefined : this.#members.get(owner);
    if (old === undefined) this.#addMember(memberId, request, reply);
    else this.#takeOver(old, memberId, request, reply);
  }

  #joinKnown(request: JoinGroupRequest<M>, reply: JoinReply<M>): void {
    const member = this.#members.get(request.memberId);
    if (member === undefined) {
      this.#addMember(request.memberId, request, reply);
      return;
    }
    const isUnchanged = this.#hasSameProtocols(member, request.protocols);
    const isLeader = this.#members.leaderId === member.memberId;
    const isRepeated = this.#state === 'CompletingRebalance' || (this.#state === 'Stable' && !isLeader);
    if (isUnchanged && isRepeated) {
      reply(this.#joinedResponse(member, this.#state === 'CompletingRebalance'));
      return;
    }
    this.#updateMember(member, request, reply);
    const reason = isUnchanged ? 'the leader rejoined' : 'a member rejoined with other metadata';
    this.#rebalanceOrComplete('member.rejoined', reason);
  }

  #addMember(memberId: string, request: JoinGroupRequest<M>, reply: JoinReply<M>): void {
    const member: GroupMember<M, A> = {
      client: request.client,
      clientId: request.clientId,
      memberId,
      groupInstanceId: request.groupInstanceId,
      sessionTimeoutUs: request.sessionTimeoutUs,
      rebalanceTimeoutUs: request.rebalanceTimeoutUs,
      protocols: request.protocols,
      assignment: null,
      isNew: true,
      joinReply: reply,
      syncReply: null,
    };
    if (this.#members.size === 0) this.#protocolType = request.protocolType;
    if (this.#state === 'PreparingRebalance' && this.#isInitialRebalance) this.#hasNewMember = true;
    this.#members.add(member);
    this.#ports.listener.onMemberJoined(member);
    this.#session(memberId).restart(NEW_MEMBER_JOIN_TIMEOUT_US);
    this.#rebalanceOrComplete('member.added', 'a new member joined');
  }

  #updateMember(member: GroupMember<M, A>, request: JoinGroupRequest<M>, reply: JoinReply<M>): void {
    member.protocols = request.protocols;
    member.sessionTimeoutUs = request.sessionTimeoutUs;
    member.rebalanceTimeoutUs = request.rebalanceTimeoutUs;
    member.joinReply = reply;
  }

  /** The same `group.instance.id` from another process: it inherits place and assignment, the old one is fenced. */
  #takeOver(old: GroupMember<M, A>, memberId: string, request: JoinGroupRequest<M>, reply: JoinReply<M>): void {
    const next: GroupMember<M, A> = { ...old, memberId, client: request.client, clientId: request.clientId };
    next.joinReply = null;
    next.syncReply = null;
    const protocolBefore = this.#members.selectProtocol();
    this.#members.replace(old.memberId, next);
    this.#answerJoin(old, refusedJoin('FENCED_INSTANCE_ID', old.memberId));
    this.#answerSync(old, { error: 'FENCED_INSTANCE_ID', assignment: null });
    this.#endSession(old.memberId);
    this.#ports.listener.onMemberRemoved(old, 'fenced');
    this.#ports.listener.onMemberJoined(next);
    this.#updateMember(next, request, reply);
    this.#renewSession(next);
    if (this.#state !== 'Stable') {
      this.#rebalanceOrComplete('member.added', 'a static member came back');
    } else if (this.#members.selectProtocol() !== protocolBefore) {
      this.#rebalanceOrComplete('member.added', 'a static member came back with other protocols');
    } else {
      this.#restoreStatic(next, reply);
    }
  }

  /** In a Stable group nobody else notices: the new member id is written, and the old generation goes on. */
  #restoreStatic(member: GroupMember<M, A>, reply: JoinReply<M>): void {
    member.joinReply = null;
    const generation = this.#generation;
    this.#ports.persist(this.#record(), (error) => {
      if (error !== 'NONE') {
        reply(refusedJoin(coordinatorError(error), member.memberId));
        return;
      }
      const isLeader = this.#members.leaderId === member.memberId;
      reply({ ...this.#joinedResponse(member, isLeader), generation, skipAssignment: isLeader });
    });
  }

  #hasSameProtocols(member: GroupMember<M, A>, protocols: readonly GroupProtocol<M>[]): boolean {
    return (
      member.protocols.length === protocols.length &&
      member.protocols.every((mine, index) => {
        const other = protocols[index];
        return other?.name === mine.name && this.#ports.sameMetadata(mine.metadata, other.metadata);
      })
    );
  }

  // Rebalancing

  #rebalanceOrComplete(event: 'member.added' | 'member.rejoined' | 'member.removed', reason: string): void {
    if (this.#state === 'PreparingRebalance') this.#completeJoinIfAllAreThere();
    else this.#prepareRebalance(event, reason);
  }

  #prepareRebalance(event: ClassicGroupEvent['type'], reason: string): void {
    if (this.#state === 'CompletingRebalance') this.#failSyncs('REBALANCE_IN_PROGRESS');
    this.#syncTimer.clear();
    this.#isInitialRebalance = this.#state === 'Empty';
    this.#rebalanceReason = reason;
    this.#step(event, reason);
    if (this.#isInitialRebalance) this.#openInitialWindow();
    else if (this.#members.haveAllJoined) this.#completeJoin();
    else this.#joinTimer.restart(this.#members.rebalanceTimeoutUs);
  }

  #openInitialWindow(): void {
    this.#hasNewMember = false;
    this.#initialDelayUs = this.#config.initialRebalanceDelayUs;
    this.#initialRemainingUs = Math.max(this.#members.rebalanceTimeoutUs - this.#initialDelayUs, 0);
    this.#joinTimer.restart(this.#initialDelayUs);
  }

  #joinTimeIsUp(): void {
    if (!this.#isInitialRebalance || !this.#hasNewMember || this.#initialRemainingUs === 0) {
      this.#completeJoin();
      return;
    }
    this.#hasNewMember = false;
    const delayUs = Math.min(this.#config.initialRebalanceDelayUs, this.#initialRemainingUs);
    this.#initialRemainingUs = Math.max(this.#initialRemainingUs - this.#initialDelayUs, 0);
    this.#initialDelayUs = delayUs;
    this.#joinTimer.restart(delayUs);
  }

  #completeJoinIfAllAreThere(): void {
    if (this.#state === 'PreparingRebalance' && !this.#isInitialRebalance && this.#members.haveAllJoined) {
      this.#completeJoin();
    }
  }

  #completeJoin(): void {
    this.#joinTimer.clear();
    for (const member of this.#members.sorted()) {
      if (member.joinReply === null && member.groupInstanceId === null) this.#remove(member, 'rebalance.timeout');
    }
    if (this.#members.size > 0 && !this.#members.electJoinedLeader()) {
      this.#isInitialRebalance = false;
      this.#joinTimer.restart(this.#members.rebalanceTimeoutUs);
      return;
    }
    this.#generation++;
    this.#members.pendingSync.clear();
    this.#protocolName = this.#members.selectProtocol();
    if (this.#members.size === 0) this.#becomeEmpty();
    else this.#beginGeneration();
  }

  #becomeEmpty(): void {
    this.#step('join.completedEmpty', this.#rebalanceReason);
    // A failed write is only logged by Kafka: the next coordinator would find the members and let them expire.
    this.#ports.persist(this.#record(), () => {});
  }

  #beginGeneration(): void {
    const members = this.#members.sorted();
    for (const member of members) {
      member.isNew = false;
      this.#members.pendingSync.add(member.memberId);
      this.#renewSession(member);
    }
    this.#syncTimer.restart(this.#members.rebalanceTimeoutUs);
    this.#step('join.completed', this.#rebalanceReason);
    this.#ports.listener.onRebalance(this.#generation, this.#rebalanceReason, members);
    for (const member of members) {
      this.#answerJoin(member, this.#joinedResponse(member, member.memberId === this.#members.leaderId));
    }
  }

  #joinedResponse(member: GroupMember<M, A>, mayBeLeader: boolean): JoinGroupResponse<M> {
    const isLeader = mayBeLeader && member.memberId === this.#members.leaderId;
    return {
      error: 'NONE',
      memberId: member.memberId,
      generation: this.#generation,
      protocolName: this.#protocolName,
      leaderId: this.#members.leaderId ?? '',
      skipAssignment: false,
      members: isLeader ? this.#members.sorted().map((each) => ({ ...each, metadata: this.#metadataOf(each) })) : [],
    };
  }

  #metadataOf(member: GroupMember<M, A>): M {
    return (member.protocols.find(({ name }) => name === this.#protocolName) as GroupProtocol<M>).metadata;
  }

  // Synchronising

  #storeAssignment(assignments: ReadonlyMap<string, A>): void {
    const generation = this.#generation;
    this.#ports.persist(this.#record(assignments), (error) => {
      if (this.#state !== 'CompletingRebalance' || this.#generation !== generation) return;
      if (error === 'NONE') {
        this.#becomeStable(assignments);
      } else {
        this.#failSyncs(coordinatorError(error));
        this.#prepareRebalance('assignment.failed', `the assignment could not be stored: ${error}`);
      }
    });
  }

  #becomeStable(assignments: ReadonlyMap<string, A>): void {
    const members = this.#members.sorted();
    for (const member of members) member.assignment = assignments.get(member.memberId) ?? null;
    this.#step('assignment.stored', 'the assignment is stored');
    this.#ports.listener.onAssignment(this.#generation, members);
    for (const member of members) {
      if (member.syncReply !== null) this.#renewSession(member);
      this.#answerSync(member, { error: 'NONE', assignment: member.assignment });
    }
  }

  #failSyncs(error: KafkaError): void {
    for (const member of this.#members.sorted()) {
      member.assignment = null;
      if (member.syncReply !== null) this.#renewSession(member);
      this.#answerSync(member, { error, assignment: null });
    }
  }

  #syncTimeIsUp(): void {
    const late = this.#members.sorted().filter((member) => this.#members.pendingSync.has(member.memberId));
    for (const member of late) this.#remove(member, 'pending sync');
    this.#prepareRebalance('member.removed', 'members did not send SyncGroup in time');
  }

  // Sessions

  #renewSession(member: GroupMember<M, A>): void {
    this.#session(member.memberId).restart(member.sessionTimeoutUs);
  }

  #session(memberId: string): MovingDeadline {
    let session = this.#sessions.get(memberId);
    if (session === undefined) {
      session = new MovingDeadline(this.#ports.timers, () => this.#sessionIsOver(memberId));
      this.#sessions.set(memberId, session);
    }
    return session;
  }

  #sessionIsOver(memberId: string): void {
    if (this.#members.pendingJoin.has(memberId)) {
      this.#removePending(memberId);
      return;
    }
    const member = this.#members.get(memberId);
    // Whoever waits for the coordinator is alive as far as the coordinator knows, unless it never was in a generation.
    if (member === undefined || (!member.isNew && (member.joinReply ?? member.syncReply) !== null)) return;
    this.#removeAndRebalance(member, 'session.expired', 'the session of a member expired');
  }

  #endSession(memberId: string): void {
    this.#sessions.get(memberId)?.clear();
    this.#sessions.delete(memberId);
  }

  #removePending(memberId: string): void {
    this.#members.remove(memberId);
    this.#endSession(memberId);
    this.#completeJoinIfAllAreThere();
  }

  #removeAndRebalance(member: GroupMember<M, A>, reason: RemovalReason, explanation: string): void {
    this.#remove(member, reason);
    this.#rebalanceOrComplete('member.removed', explanation);
  }

  #remove(member: GroupMember<M, A>, reason: RemovalReason): void {
    this.#answerJoin(member, refusedJoin('UNKNOWN_MEMBER_ID', UNKNOWN_MEMBER_ID));
    this.#members.remove(member.memberId);
    this.#endSession(member.memberId);
    this.#ports.listener.onMemberRemoved(member, reason);
  }

  // Small steps

  #answerJoin(member: GroupMember<M, A>, response: JoinGroupResponse<M>): void {
    const reply = member.joinReply;
    member.joinReply = null;
    reply?.(response);
  }

  #answerSync(member: GroupMember<M, A>, response: SyncGroupResponse<A>): void {
    const reply = member.syncReply;
    member.syncReply = null;
    reply?.(response);
  }

  #step(event: ClassicGroupEvent['type'], reason: string): void {
    const from = this.#state;
    this.#state = nextState(from, event);
    if (this.#state !== from) this.#ports.listener.onState(from, this.#state, reason);
  }

  #record(assignments?: ReadonlyMap<string, A>): GroupRecord<M, A> {
    return {
      generation: this.#generation,
      protocolType: this.#protocolType,
      protocolName: this.#protocolName,
      leaderId: this.#members.leaderId,
      members: this.#members.sorted().map((member) => ({
        client: member.client,
        clientId: member.clientId,
        memberId: member.memberId,
        groupInstanceId: member.groupInstanceId,
        sessionTimeoutUs: member.sessionTimeoutUs,
        rebalanceTimeoutUs: member.rebalanceTimeoutUs,
        protocol: { name: this.#protocolName ?? '', metadata: this.#metadataOf(member) },
        assignment: assignments === undefined ? member.assignment : (assignments.get(member.memberId) ?? null),
      })),
    };
  }

  #restore(record: GroupRecord<M, A>): void {
    this.#generation = record.generation;
    this.#protocolType = record.protocolType;
    this.#protocolName = record.protocolName;
    if (record.members.length > 0) this.#state = 'Stable';
    for (const { protocol, ...kept } of record.members) {
      const member = { ...kept, protocols: [protocol], isNew: false, joinReply: null, syncReply: null };
      this.#members.add(member);
      this.#renewSession(member);
    }
    this.#members.leaderId = record.leaderId;
  }
}

function refusedJoin<M>(error: KafkaError, memberId: string): JoinGroupResponse<M> {
  return {
    error,
    memberId,
    generation: NO_GENERATION,
    protocolName: null,
    leaderId: '',
    skipAssignment: false,
    members: [],
  };
}

/** What a group member is told when the write to `__consumer_offsets` failed. */
export function coordinatorError(appendError: KafkaError): KafkaError {
  switch (appendError) {
    case 'UNKNOWN_TOPIC_OR_PARTITION':
    case 'NOT_ENOUGH_REPLICAS':
    case 'NOT_ENOUGH_REPLICAS_AFTER_APPEND':
    case 'REQUEST_TIMED_OUT':
      return 'COORDINATOR_NOT_AVAILABLE';
    case 'NOT_LEADER_OR_FOLLOWER':
    case 'KAFKA_STORAGE_ERROR':
      return 'NOT_COORDINATOR';
    default:
      return appendError;
  }
}
