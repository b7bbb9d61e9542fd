/**
 * The coordinator of one group of the consumer protocol: every heartbeat may raise the group's epoch, compute a new
 * target assignment, and take its member one step towards it. There is no barrier: members move one by one.
 *
 * Source: Apache Kafka `GroupMetadataManager` (consumerGroupHeartbeat, consumerGroupLeave, consumerGroupFenceMember,
 * scheduleConsumerGroupSessionTimeout, scheduleConsumerGroupRebalanceTimeout), `TargetAssignmentBuilder`; KIP-848.
 * Vectors: kip848-timelines.
 *
 * Not modelled: subscriptions by pattern, assignments computed off the coordinator's thread (4.3), the migration of
 * classic groups.
 */
import type { KafkaError } from '../../../kafka/errors.ts';
import { compileMachine } from '../../../machines/compileMachine.ts';
import type { PartitionIndex } from '../assignors/assignor.ts';
import { coordinatorError } from '../groupAnswers.ts';
import type { RemovalReason } from '../groupPorts.ts';
import { MemberSessions } from '../memberSessions.ts';
import { commitError, heartbeatError } from './consumerGroupAdmission.ts';
import {
  type ConsumerGroupImage,
  type ConsumerGroupMember,
  EMPTY_IMAGE,
  newConsumerMember,
  preferredAssignor,
  stateOf,
  subscribedTopics,
  withBumpedEpoch,
  withMember,
  withoutMember,
} from './consumerGroupImage.ts';
import { type ConsumerGroupEvent, type ConsumerGroupState, consumerGroupMachine } from './consumerGroupMachine.ts';
import type { ConsumerGroupConfig, ConsumerGroupPorts } from './consumerGroupPorts.ts';
import {
  type ConsumerHeartbeatReply,
  type ConsumerHeartbeatRequest,
  JOIN_EPOCH,
  refusedHeartbeat,
  STATIC_LEAVE_EPOCH,
} from './consumerProtocol.ts';
import { reconcileMember, samePartitions } from './reconcileMember.ts';

const machine = compileMachine<ConsumerGroupState, ConsumerGroupEvent['type']>(consumerGroupMachine);

/** The fact that leads to a state. */
const FACTS = {
  Empty: 'members.gone',
  Assigning: 'epoch.bumped',
  Reconciling: 'members.behind',
  Stable: 'members.converged',
} as const;

export class ConsumerGroup {
  readonly config: ConsumerGroupConfig;
  readonly #ports: ConsumerGroupPorts;
  readonly #sessions: MemberSessions;
  readonly #revocations: MemberSessions;
  #image: ConsumerGroupImage = EMPTY_IMAGE;
  #state: ConsumerGroupState = 'Empty';
  /** Who holds a partition, or has not confirmed giving it up. */
  #owners = new Map<PartitionIndex, string>();
  #assignedAtUs: number | null = null;

  constructor(config: ConsumerGroupConfig, ports: ConsumerGroupPorts) {
    this.config = config;
    this.#ports = ports;
    this.#sessions = new MemberSessions(ports.timers, (memberId) => this.#fence(memberId, 'session.expired'));
    this.#revocations = new MemberSessions(ports.timers, (memberId) => this.#fence(memberId, 'rebalance.timeout'));
  }

  /** The group as the next coordinator finds it in `__consumer_offsets`; sessions and revocations begin anew. */
  static load(config: ConsumerGroupConfig, ports: ConsumerGroupPorts, image: ConsumerGroupImage): ConsumerGroup {
    const group = new ConsumerGroup(config, ports);
    group.#image = image;
    group.#state = stateOf(image);
    for (const member of image.members.values()) {
      group.#own(member);
      group.#sessions.restart(member.memberId, config.sessionTimeoutUs);
      group.#watchRevocation(member);
    }
    return group;
  }

  get state(): ConsumerGroupState {
    return this.#state;
  }

  get image(): ConsumerGroupImage {
    return this.#image;
  }

  get groupEpoch(): number {
    return this.#image.groupEpoch;
  }

  /** The answer comes when what it says is committed in `__consumer_offsets`; at once when nothing changed. */
  heartbeat(request: ConsumerHeartbeatRequest, reply: ConsumerHeartbeatReply): void {
    const owner = this.#ownerOf(request.groupInstanceId);
    const error =
      this.#state === 'Dead' ? 'COORDINATOR_NOT_AVAILABLE' : heartbeatError(this.config, this.#image, request, owner);
    if (error !== 'NONE') reply(refusedHeartbeat(error));
    else if (request.memberEpoch < JOIN_EPOCH) this.#leave(request, reply);
    else this.#stay(request, owner, reply);
  }

  /** Whether an OffsetCommit may be written. It does not renew a session. */
  commitAllowed(memberId: string, memberEpoch: number): KafkaError {
    return this.#state === 'Dead' ? 'COORDINATOR_NOT_AVAILABLE' : commitError(this.#image, memberId, memberEpoch);
  }

  /** This broker is no longer the coordinator. Nobody is parked here; the timers stop. */
  unload(): void {
    if (this.#state === 'Dead') return;
    this.#step('group.unloaded', 'the coordinator moved');
    this.#sessions.endAll();
    this.#revocations.endAll();
  }

  #stay(
    request: ConsumerHeartbeatRequest,
    owner: ConsumerGroupMember | undefined,
    reply: ConsumerHeartbeatReply,
  ): void {
    const known = this.#image.members.get(request.memberId);
    const replaced = known === undefined && owner?.memberEpoch === STATIC_LEAVE_EPOCH ? owner : undefined;
    const before = known ?? (replaced === undefined ? newConsumerMember(request) : takenOver(replaced, request));
    const joined = updated(before, request);
    let next = this.#image;
    if (replaced !== undefined) next = withReplacement(next, replaced.memberId, joined);
    else if (joined !== known) next = withMember(next, joined);
    const isNew = known === undefined && replaced === undefined;
    next = this.#withEpoch(next, isNew || !sameTopics(before, joined));
    next = this.#withTarget(next);
    const target = { epoch: next.assignmentEpoch, partitions: next.target.get(joined.memberId) ?? [] };
    const isOwned = (partition: PartitionIndex): boolean => this.#isOwned(partition, replaced?.memberId);
    const member = reconcileMember(joined, target, request.ownedPartitions, isOwned);
    if (member !== joined) next = withMember(next, member);
    const hasAll = request.memberEpoch === JOIN_EPOCH || !samePartitions(member.assigned, before.assigned);
    const answer = {
      error: 'NONE',
      memberEpoch: member.memberEpoch,
      heartbeatIntervalUs: this.config.heartbeatIntervalUs,
      assignment: hasAll || isFull(request) ? member.assigned : null,
    } as const;
    const reason = isNew ? 'a new member joined' : 'a member reported';
    const done = (error: KafkaError): void =>
      reply(error === 'NONE' ? answer : refusedHeartbeat(coordinatorError(error)));
    const hasHappened = this.#apply(next, reason, done, () => {
      if (replaced !== undefined) this.#removed(replaced, 'fenced');
      if (known === undefined) this.#ports.listener.onMemberJoined(member);
    });
    if (hasHappened) this.#sessions.restart(member.memberId, this.config.sessionTimeoutUs);
  }

  #leave(request: ConsumerHeartbeatRequest, reply: ConsumerHeartbeatReply): void {
    const member = this.#image.members.get(request.memberId)!;
    const answer = { ...refusedHeartbeat('NONE'), memberEpoch: request.memberEpoch };
    const done = (error: KafkaError): void =>
      reply(error === 'NONE' ? answer : refusedHeartbeat(coordinatorError(error)));
    if (request.memberEpoch === STATIC_LEAVE_EPOCH && member.groupInstanceId !== null) {
      const away = { ...member, memberEpoch: STATIC_LEAVE_EPOCH, pendingRevocation: [] };
      this.#apply(withMember(this.#image, away), 'a static member left for a while', done);
      return;
    }
    const next = withBumpedEpoch(withoutMember(this.#image, member.memberId));
    this.#apply(next, 'a member left', done, () => this.#removed(member, 'LeaveGroup'));
  }

  /** The member is forgotten; it hears of it with its next heartbeat. */
  #fence(memberId: string, reason: 'session.expired' | 'rebalance.timeout'): void {
    const member = this.#image.members.get(memberId);
    if (member === undefined) return;
    const next = withBumpedEpoch(withoutMember(this.#image, memberId));
    const words = reason === 'session.expired' ? 'a session expired' : 'a revocation took too long';
    const hasHappened = this.#apply(
      next,
      words,
      () => {},
      () => this.#removed(member, reason),
    );
    if (!hasHappened) (reason === 'session.expired' ? this.#sessions : this.#revocations).restart(memberId, RETRY_US);
  }

  /** Raises the group epoch when members or subscriptions changed, or the partitions of a subscribed topic did. */
  #withEpoch(image: ConsumerGroupImage, hasChanged: boolean): ConsumerGroupImage {
    const topics = hasChanged ? subscribedTopics(image) : [...image.partitionCounts.keys()];
    const areSame =
      !hasChanged && topics.every((name) => image.partitionCounts.get(name) === this.#ports.partitionsOf(name).length);
    if (areSame) return image;
    const partitionCounts = new Map(topics.map((name) => [name, this.#ports.partitionsOf(name).length]));
    return { ...withBumpedEpoch(image), partitionCounts };
  }

  #withTarget(image: ConsumerGroupImage): ConsumerGroupImage {
    if (image.groupEpoch === image.assignmentEpoch) return image;
    const nowUs = this.#ports.timers.nowUs();
    if (this.#assignedAtUs !== null && nowUs < this.#assignedAtUs + this.config.assignmentIntervalUs) return image;
    const wanted = preferredAssignor(image);
    const { assignors } = this.config;
    const assignor = assignors.find(({ name }) => name === wanted) ?? assignors[0]!;
    const target = assignor.assign({
      topics: subscribedTopics(image).map((name) => ({ name, partitions: this.#ports.partitionsOf(name) })),
      members: [...image.members.values()].map((member) => ({
        ...member,
        target: image.target.get(member.memberId) ?? [],
      })),
    });
    return { ...image, assignmentEpoch: image.groupEpoch, target };
  }

  #isOwned(partition: PartitionIndex, except: string | undefined): boolean {
    const owner = this.#owners.get(partition);
    return owner !== undefined && owner !== except;
  }

  /**
   * @param tell  tells who came or went, when it has happened and before what follows from it
   * @returns false when the records could not be appended: then nothing has changed, and `done` is told why
   */
  #apply(
    next: ConsumerGroupImage,
    reason: string,
    done: (error: KafkaError) => void,
    tell: () => void = () => {},
  ): boolean {
    const before = this.#image;
    if (next === before) {
      done('NONE');
      return true;
    }
    // The answer must not overtake what it stands for, even when an append is done in no time.
    let early: KafkaError | null = null;
    let hasSettled = false;
    const hasAppended = this.#ports.persist(next, changesBetween(before, next), (error) => {
      if (hasSettled) done(error);
      else early = error;
    });
    if (hasAppended) this.#become(next, reason, tell);
    hasSettled = true;
    if (early !== null) done(early);
    return hasAppended;
  }

  #become(next: ConsumerGroupImage, reason: string, tell: () => void): void {
    const before = this.#image;
    this.#image = next;
    for (const member of before.members.values())
      if (next.members.get(member.memberId) !== member) this.#disown(member);
    for (const member of next.members.values()) {
      if (before.members.get(member.memberId) === member) continue;
      this.#own(member);
      this.#watchRevocation(member);
    }
    tell();
    if (next.assignmentEpoch !== before.assignmentEpoch) this.#tellTarget();
    this.#tellState(reason);
  }

  #tellTarget(): void {
    const { members, target, assignmentEpoch } = this.#image;
    this.#assignedAtUs = this.#ports.timers.nowUs();
    this.#ports.listener.onTarget(
      assignmentEpoch,
      [...members.values()].map((member) => ({ ...member, assignment: target.get(member.memberId) ?? [] })),
    );
  }

  #tellState(reason: string): void {
    const to = stateOf(this.#image);
    if (to !== this.#state) this.#step(FACTS[to], reason);
  }

  #removed(member: ConsumerGroupMember, reason: RemovalReason): void {
    this.#sessions.end(member.memberId);
    this.#revocations.end(member.memberId);
    this.#ports.listener.onMemberRemoved(member, reason);
  }

  /** From the answer that asks for a revocation a member has its rebalance timeout to confirm it. */
  #watchRevocation(member: ConsumerGroupMember): void {
    const { memberId, state, rebalanceTimeoutUs, memberEpoch } = member;
    if (state === 'UNREVOKED_PARTITIONS' && memberEpoch > 0) this.#revocations.restart(memberId, rebalanceTimeoutUs);
    else this.#revocations.end(memberId);
  }

  #own({ memberId, assigned, pendingRevocation }: ConsumerGroupMember): void {
    for (const partition of assigned) this.#owners.set(partition, memberId);
    for (const partition of pendingRevocation) this.#owners.set(partition, memberId);
  }

  #disown({ memberId, assigned, pendingRevocation }: ConsumerGroupMember): void {
    for (const partitions of [assigned, pendingRevocation]) {
      for (const partition of partitions) if (this.#owners.get(partition) === memberId) this.#owners.delete(partition);
    }
  }

  #ownerOf(groupInstanceId: string | null): ConsumerGroupMember | undefined {
    if (groupInstanceId === null) return undefined;
    for (const member of this.#image.members.values()) if (member.groupInstanceId === groupInstanceId) return member;
    return undefined;
  }

  #step(event: ConsumerGroupEvent['type'], reason: string): void {
    const from = this.#state;
    this.#state = machine.step(from, event);
    this.#ports.listener.onState(from, this.#state, reason);
  }
}

/** A timer whose records could not be written is set anew. */
const RETRY_US = 1_000_000;

/** What the heartbeat says, where it says something new. */
function updated(member: ConsumerGroupMember, request: ConsumerHeartbeatRequest): ConsumerGroupMember {
  const rebalanceTimeoutUs = request.rebalanceTimeoutUs ?? member.rebalanceTimeoutUs;
  const serverAssignor = request.serverAssignor ?? member.serverAssignor;
  const topics = request.subscribedTopics ?? member.subscribedTopics;
  const isSame =
    rebalanceTimeoutUs === member.rebalanceTimeoutUs &&
    serverAssignor === member.serverAssignor &&
    isSameSet(topics, member.subscribedTopics);
  return isSame ? member : { ...member, rebalanceTimeoutUs, serverAssignor, subscribedTopics: topics };
}

function sameTopics(before: ConsumerGroupMember, after: ConsumerGroupMember): boolean {
  return before === after || isSameSet(before.subscribedTopics, after.subscribedTopics);
}

function isSameSet(left: readonly string[], right: readonly string[]): boolean {
  return left === right || (left.length === right.length && left.every((name) => right.includes(name)));
}

/** A static member is back under a new id: it has what the one that left had, and begins at epoch 0. */
function takenOver(old: ConsumerGroupMember, request: ConsumerHeartbeatRequest): ConsumerGroupMember {
  const { client, clientId, memberId, rack } = request;
  const state = 'STABLE';
  return { ...old, client, clientId, memberId, rack, state, memberEpoch: 0, previousMemberEpoch: -1 };
}

function withReplacement(image: ConsumerGroupImage, oldId: string, member: ConsumerGroupMember): ConsumerGroupImage {
  const partitions = image.target.get(oldId) ?? [];
  const next = withMember(withoutMember(image, oldId), member);
  return { ...next, target: new Map(next.target).set(member.memberId, partitions) };
}

function isFull({ rebalanceTimeoutUs, subscribedTopics: topics, ownedPartitions }: ConsumerHeartbeatRequest): boolean {
  return rebalanceTimeoutUs !== null && topics !== null && ownedPartitions !== null;
}

/** Records for members that are new, other or gone; their targets when there is a new one; one for each epoch. */
function changesBetween(before: ConsumerGroupImage, next: ConsumerGroupImage): number {
  let changes = next.groupEpoch === before.groupEpoch ? 0 : 1;
  for (const [memberId, member] of next.members) if (before.members.get(memberId) !== member) changes++;
  for (const memberId of before.members.keys()) if (!next.members.has(memberId)) changes++;
  if (next.assignmentEpoch === before.assignmentEpoch) return changes;
  for (const [memberId, partitions] of next.target) {
    if (!samePartitions(before.target.get(memberId) ?? [], partitions)) changes++;
  }
  return changes + 1;
}
