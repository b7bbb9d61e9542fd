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
import { compileMachine } from '../../machines/compileMachine.ts';
import { type ClassicGroupEvent, type ClassicGroupState, classicGroupMachine } from './classicGroupMachine.ts';
import {
  type HeartbeatRequest,
  type JoinGroupRequest,
  type JoinReply,
  type LeaveGroupRequest,
  type SyncGroupRequest,
  type SyncReply,
  UNKNOWN_MEMBER_ID,
} from './classicProtocol.ts';
import { commitError, type GroupView, joinError, leavingId, memberError, syncError } from './groupAdmission.ts';
import { coordinatorError, groupRecord, joinedResponse, refusedJoin } from './groupAnswers.ts';
import {
  answerJoin,
  answerSync,
  type GroupMember,
  GroupMembers,
  hasSameProtocols,
  newMember,
  rejoining,
} from './groupMembers.ts';
import type { ClassicGroupConfig, ClassicGroupPorts, GroupRecord, RemovalReason } from './groupPorts.ts';
import { InitialRebalanceWindow } from './initialRebalanceWindow.ts';
import { MemberSessions } from './memberSessions.ts';
import { MovingDeadline } from './movingDeadline.ts';

/** How long a member that never was in a generation may stay without heartbeats; fixed in Kafka. */
const NEW_MEMBER_JOIN_TIMEOUT_US = 300_000_000;

const machine = compileMachine<ClassicGroupState, ClassicGroupEvent['type']>(classicGroupMachine);

export class ClassicGroup<M, A> implements GroupView<M, A> {
  readonly config: ClassicGroupConfig;
  readonly #ports: ClassicGroupPorts<M, A>;
  readonly members = new GroupMembers<M, A>();
  readonly #sessions: MemberSessions;
  readonly #initialWindow: InitialRebalanceWindow;
  readonly #joinTimer: MovingDeadline;
  readonly #syncTimer: MovingDeadline;
  #state: ClassicGroupState = 'Empty';
  #generation = 0;
  #protocolType: string | null = null;
  #protocolName: string | null = null;
  #rebalanceReason = '';

  constructor(config: ClassicGroupConfig, ports: ClassicGroupPorts<M, A>) {
    this.config = config;
    this.#ports = ports;
    this.#sessions = new MemberSessions(ports.timers, (memberId) => this.#sessionIsOver(memberId));
    this.#initialWindow = new InitialRebalanceWindow(config.initialRebalanceDelayUs);
    this.#joinTimer = new MovingDeadline(ports.timers, () => this.#joinTimeIsUp());
    this.#syncTimer = new MovingDeadline(ports.timers, () => this.#syncTimeIsUp());
  }

  /** The group as the next coordinator finds it in `__consumer_offsets`; every session begins anew. */
  static load<M, A>(config: ClassicGroupConfig, ports: ClassicGroupPorts<M, A>, record: GroupRecord<M, A>) {
    const group = new ClassicGroup<M, A>(config, ports);
    group.#generation = record.generation;
    group.#protocolType = record.protocolType;
    group.#protocolName = record.protocolName;
    if (record.members.length > 0) group.#state = 'Stable';
    for (const { protocol, ...kept } of record.members) {
      const member = { ...kept, protocols: [protocol], isNew: false, joinReply: null, syncReply: null };
      group.members.add(member);
      group.#renewSession(member);
    }
    group.members.leaderId = record.leaderId;
    return group;
  }

  get state(): ClassicGroupState {
    return this.#state;
  }

  get generation(): number {
    return this.#generation;
  }

  get protocolType(): string | null {
    return this.#protocolType;
  }

  get protocolName(): string | null {
    return this.#protocolName;
  }

  join(request: JoinGroupRequest<M>, reply: JoinReply<M>): void {
    const error = joinError(this, request);
    if (error === 'GROUP_MAX_SIZE_REACHED') this.members.pendingJoin.delete(request.memberId);
    if (error !== 'NONE') reply(refusedJoin(error, request.memberId));
    else if (request.memberId === UNKNOWN_MEMBER_ID) this.#joinUnknown(request, reply);
    else this.#joinKnown(request, reply);
  }

  sync(request: SyncGroupRequest<A>, reply: SyncReply<A>): void {
    const member = this.members.get(request.memberId);
    const error = syncError(this, request);
    if (error !== 'NONE' || member === undefined) {
      reply({ error, assignment: null });
      return;
    }
    this.members.pendingSync.delete(member.memberId);
    if (this.members.pendingSync.size === 0) this.#syncTimer.clear();
    if (this.#state === 'Stable') {
      this.#renewSession(member);
      reply({ error: 'NONE', assignment: member.assignment });
      return;
    }
    member.syncReply = reply;
    if (member.memberId === this.members.leaderId) this.#storeAssignment(request.assignments);
  }

  heartbeat(request: HeartbeatRequest): KafkaError {
    const error = memberError(this, request.memberId, request.groupInstanceId, request.generation);
    const member = this.members.get(request.memberId);
    if (error !== 'NONE' || member === undefined) return error;
    this.#renewSession(member);
    return this.#state === 'PreparingRebalance' ? 'REBALANCE_IN_PROGRESS' : 'NONE';
  }

  leave(request: LeaveGroupRequest): KafkaError {
    if (this.#state === 'Dead') return 'COORDINATOR_NOT_AVAILABLE';
    if (this.members.pendingJoin.has(request.memberId)) {
      this.#removePending(request.memberId);
      return 'NONE';
    }
    const memberId = leavingId(this.members, request);
    const error = memberError(this, memberId, request.groupInstanceId, this.#generation);
    const member = this.members.get(memberId);
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
    const error = commitError(this, memberId, groupInstanceId, generation);
    if (error !== 'NONE') return error;
    const member = this.members.get(memberId);
    if (member !== undefined) this.#renewSession(member);
    return 'NONE';
  }

  /** This broker is no longer the coordinator: whoever waits is told so, and the timers stop. */
  unload(): void {
    if (this.#state === 'Dead') return;
    this.#step('group.unloaded', 'the coordinator moved');
    this.#joinTimer.clear();
    this.#syncTimer.clear();
    this.#sessions.endAll();
    for (const member of this.members.sorted()) {
      answerJoin(member, refusedJoin('NOT_COORDINATOR', member.memberId));
      answerSync(member, { error: 'NOT_COORDINATOR', assignment: null });
    }
  }

  // Joining

  #joinUnknown(request: JoinGroupRequest<M>, reply: JoinReply<M>): void {
    const memberId = `${request.groupInstanceId ?? request.clientId}-${this.#ports.nextMemberSuffix()}`;
    if (request.groupInstanceId === null) {
      this.members.pendingJoin.add(memberId);
      this.#sessions.restart(memberId, request.sessionTimeoutUs);
      reply(refusedJoin('MEMBER_ID_REQUIRED', memberId));
      return;
    }
    const owner = this.members.instanceOwner(request.groupInstanceId);
    const old = owner === undefined ? undefined : this.members.get(owner);
    if (old === undefined) this.#addMember(memberId, request, reply);
    else this.#takeOver(old, memberId, request, reply);
  }

  #joinKnown(request: JoinGroupRequest<M>, reply: JoinReply<M>): void {
    const member = this.members.get(request.memberId);
    if (member === undefined) {
      this.#addMember(request.memberId, request, reply);
      return;
    }
    const isUnchanged = hasSameProtocols(member, request.protocols, this.#ports.sameMetadata);
    const isLeader = this.members.leaderId === member.memberId;
    const isRepeated = this.#state === 'CompletingRebalance' || (this.#state === 'Stable' && !isLeader);
    if (isUnchanged && isRepeated) {
      reply(joinedResponse(this, member, this.#state === 'CompletingRebalance'));
      return;
    }
    rejoining(member, request, reply);
    const reason = isUnchanged ? 'the leader rejoined' : 'a member rejoined with other metadata';
    this.#rebalanceOrComplete('member.rejoined', reason);
  }

  #addMember(memberId: string, request: JoinGroupRequest<M>, reply: JoinReply<M>): void {
    const member = newMember<M, A>(memberId, request, reply);
    if (this.members.size === 0) this.#protocolType = request.protocolType;
    if (this.#state === 'PreparingRebalance') this.#initialWindow.memberAdded();
    this.members.add(member);
    this.#ports.listener.onMemberJoined(member);
    this.#sessions.restart(memberId, NEW_MEMBER_JOIN_TIMEOUT_US);
    this.#rebalanceOrComplete('member.added', 'a new member joined');
  }

  /** The same `group.instance.id` from another process: it inherits place and assignment, the old one is fenced. */
  #takeOver(old: GroupMember<M, A>, memberId: string, request: JoinGroupRequest<M>, reply: JoinReply<M>): void {
    const { client, clientId } = request;
    const next: GroupMember<M, A> = { ...old, memberId, client, clientId, joinReply: null, syncReply: null };
    this.members.replace(old.memberId, next);
    answerJoin(old, refusedJoin('FENCED_INSTANCE_ID', old.memberId));
    answerSync(old, { error: 'FENCED_INSTANCE_ID', assignment: null });
    this.#sessions.end(old.memberId);
    this.#ports.listener.onMemberRemoved(old, 'fenced');
    this.#ports.listener.onMemberJoined(next);
    rejoining(next, request, reply);
    this.#renewSession(next);
    if (this.#state !== 'Stable') {
      this.#rebalanceOrComplete('member.added', 'a static member came back');
    } else if (this.members.selectProtocol() !== this.#protocolName) {
      this.#rebalanceOrComplete('member.added', 'a static member came back with other protocols');
    } else {
      this.#restoreStatic(next, reply);
    }
  }

  /** In a Stable group nobody else notices: the new member id is written, and the old generation goes on. */
  #restoreStatic(member: GroupMember<M, A>, reply: JoinReply<M>): void {
    member.joinReply = null;
    const generation = this.#generation;
    this.#ports.persist(groupRecord(this), (error) => {
      if (error !== 'NONE') {
        reply(refusedJoin(coordinatorError(error), member.memberId));
        return;
      }
      const isLeader = this.members.leaderId === member.memberId;
      reply({ ...joinedResponse(this, member, isLeader), generation, skipAssignment: isLeader });
    });
  }

  // Rebalancing

  #rebalanceOrComplete(event: 'member.added' | 'member.rejoined' | 'member.removed', reason: string): void {
    if (this.#state === 'PreparingRebalance') this.#completeJoinIfAllAreThere();
    else this.#prepareRebalance(event, reason);
  }

  #prepareRebalance(event: ClassicGroupEvent['type'], reason: string): void {
    if (this.#state === 'CompletingRebalance') this.#failSyncs('REBALANCE_IN_PROGRESS');
    this.#syncTimer.clear();
    const isInitial = this.#state === 'Empty';
    this.#initialWindow.close();
    this.#rebalanceReason = reason;
    this.#step(event, reason);
    if (isInitial) this.#joinTimer.restart(this.#initialWindow.open(this.members.rebalanceTimeoutUs));
    else if (this.members.haveAllJoined) this.#completeJoin();
    else this.#joinTimer.restart(this.members.rebalanceTimeoutUs);
  }

  #joinTimeIsUp(): void {
    const delayUs = this.#initialWindow.extend();
    if (delayUs === null) this.#completeJoin();
    else this.#joinTimer.restart(delayUs);
  }

  #completeJoinIfAllAreThere(): void {
    if (this.#state === 'PreparingRebalance' && !this.#initialWindow.isOpen && this.members.haveAllJoined) {
      this.#completeJoin();
    }
  }

  #completeJoin(): void {
    this.#joinTimer.clear();
    for (const member of this.members.sorted()) {
      if (member.joinReply === null && member.groupInstanceId === null) this.#remove(member, 'rebalance.timeout');
    }
    if (this.members.size > 0 && !this.members.electJoinedLeader()) {
      this.#initialWindow.close();
      this.#joinTimer.restart(this.members.rebalanceTimeoutUs);
      return;
    }
    this.#generation++;
    this.members.pendingSync.clear();
    this.#protocolName = this.members.selectProtocol();
    if (this.members.size === 0) this.#becomeEmpty();
    else this.#beginGeneration();
  }

  #becomeEmpty(): void {
    this.#step('join.completedEmpty', this.#rebalanceReason);
    // A failed write is only logged by Kafka: the next coordinator would find the members and let them expire.
    this.#ports.persist(groupRecord(this), () => {});
  }

  #beginGeneration(): void {
    const members = this.members.sorted();
    for (const member of members) {
      member.isNew = false;
      this.members.pendingSync.add(member.memberId);
      this.#renewSession(member);
    }
    this.#syncTimer.restart(this.members.rebalanceTimeoutUs);
    this.#step('join.completed', this.#rebalanceReason);
    this.#ports.listener.onRebalance(this.#generation, this.#rebalanceReason, members);
    for (const member of members) {
      answerJoin(member, joinedResponse(this, member, member.memberId === this.members.leaderId));
    }
  }

  // Synchronising

  #storeAssignment(assignments: ReadonlyMap<string, A>): void {
    const generation = this.#generation;
    this.#ports.persist(groupRecord(this, assignments), (error) => {
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
    const members = this.members.sorted();
    for (const member of members) member.assignment = assignments.get(member.memberId) ?? null;
    this.#step('assignment.stored', 'the assignment is stored');
    this.#ports.listener.onAssignment(this.#generation, members);
    for (const member of members) {
      if (member.syncReply !== null) this.#renewSession(member);
      answerSync(member, { error: 'NONE', assignment: member.assignment });
    }
  }

  #failSyncs(error: KafkaError): void {
    for (const member of this.members.sorted()) {
      member.assignment = null;
      if (member.syncReply !== null) this.#renewSession(member);
      answerSync(member, { error, assignment: null });
    }
  }

  #syncTimeIsUp(): void {
    const late = this.members.sorted().filter((member) => this.members.pendingSync.has(member.memberId));
    for (const member of late) this.#remove(member, 'pending sync');
    this.#prepareRebalance('member.removed', 'members did not send SyncGroup in time');
  }

  // Sessions

  #renewSession(member: GroupMember<M, A>): void {
    this.#sessions.restart(member.memberId, member.sessionTimeoutUs);
  }

  #sessionIsOver(memberId: string): void {
    if (this.members.pendingJoin.has(memberId)) this.#removePending(memberId);
    const member = this.members.get(memberId);
    // Whoever waits for the coordinator is alive as far as the coordinator knows, unless it never was in a generation.
    if (member === undefined || (!member.isNew && (member.joinReply ?? member.syncReply) !== null)) return;
    this.#removeAndRebalance(member, 'session.expired', 'the session of a member expired');
  }

  #removePending(memberId: string): void {
    this.members.remove(memberId);
    this.#sessions.end(memberId);
    this.#completeJoinIfAllAreThere();
  }

  #removeAndRebalance(member: GroupMember<M, A>, reason: RemovalReason, explanation: string): void {
    this.#remove(member, reason);
    this.#rebalanceOrComplete('member.removed', explanation);
  }

  #remove(member: GroupMember<M, A>, reason: RemovalReason): void {
    answerJoin(member, refusedJoin('UNKNOWN_MEMBER_ID', UNKNOWN_MEMBER_ID));
    this.members.remove(member.memberId);
    this.#sessions.end(member.memberId);
    this.#ports.listener.onMemberRemoved(member, reason);
  }

  #step(event: ClassicGroupEvent['type'], reason: string): void {
    const from = this.#state;
    this.#state = machine.step(from, event);
    this.#ports.listener.onState(from, this.#state, reason);
  }
}
