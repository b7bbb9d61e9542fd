/**
 * Which requests a classic group refuses, and with which error; 'NONE' means that the request goes on.
 *
 * Source: Apache Kafka `ClassicGroup.validateMember`, `GroupMetadataManager` (acceptJoiningMember,
 * validateClassicGroupHeartbeat, validateSyncGroup), `ClassicGroup.validateOffsetCommit`.
 */
import type { KafkaError } from '../../kafka/errors.ts';
import type { ClassicGroupState } from './classicGroupMachine.ts';
import {
  type JoinGroupRequest,
  type LeaveGroupRequest,
  type SyncGroupRequest,
  UNKNOWN_MEMBER_ID,
} from './classicProtocol.ts';
import type { GroupMembers } from './groupMembers.ts';
import type { ClassicGroupConfig } from './groupPorts.ts';

/** What the checks look at. */
export interface GroupView<M, A> {
  readonly config: ClassicGroupConfig;
  readonly state: ClassicGroupState;
  readonly generation: number;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  readonly members: GroupMembers<M, A>;
}

export function joinError<M, A>(group: GroupView<M, A>, request: JoinGroupRequest<M>): KafkaError {
  const { members, state, config } = group;
  const { sessionTimeoutUs, memberId } = request;
  if (sessionTimeoutUs < config.minSessionTimeoutUs || sessionTimeoutUs > config.maxSessionTimeoutUs) {
    return 'INVALID_SESSION_TIMEOUT';
  }
  if (!hasRoomFor(group, memberId)) return 'GROUP_MAX_SIZE_REACHED';
  if (state === 'Dead') return 'COORDINATOR_NOT_AVAILABLE';
  const isOtherType = members.size > 0 && group.protocolType !== request.protocolType;
  if (isOtherType || !members.supportsProtocols(request.protocols)) return 'INCONSISTENT_GROUP_PROTOCOL';
  const isNewcomer = memberId === UNKNOWN_MEMBER_ID || members.pendingJoin.has(memberId);
  return isNewcomer ? 'NONE' : identityError(members, memberId, request.groupInstanceId);
}

/** Whoever is in stays in; a parked round counts only those who have joined it. */
function hasRoomFor<M, A>({ members, state, config }: GroupView<M, A>, memberId: string): boolean {
  if (state === 'Empty' || state === 'Dead') return true;
  const member = members.get(memberId);
  if (state !== 'PreparingRebalance') return member !== undefined || members.size < config.maxSize;
  return (member?.joinReply ?? null) !== null || members.awaitingJoin().length < config.maxSize;
}

function identityError<M, A>(
  members: GroupMembers<M, A>,
  memberId: string,
  groupInstanceId: string | null,
): KafkaError {
  if (groupInstanceId !== null) {
    const owner = members.instanceOwner(groupInstanceId);
    if (owner === undefined) return 'UNKNOWN_MEMBER_ID';
    if (owner !== memberId) return 'FENCED_INSTANCE_ID';
  }
  return members.get(memberId) === undefined ? 'UNKNOWN_MEMBER_ID' : 'NONE';
}

/** For every request of a member that says in which generation it is. */
export function memberError<M, A>(
  group: GroupView<M, A>,
  memberId: string,
  groupInstanceId: string | null,
  generation: number,
): KafkaError {
  if (group.state === 'Dead') return 'COORDINATOR_NOT_AVAILABLE';
  const error = identityError(group.members, memberId, groupInstanceId);
  if (error !== 'NONE') return error;
  return generation === group.generation ? 'NONE' : 'ILLEGAL_GENERATION';
}

export function syncError<M, A>(group: GroupView<M, A>, request: SyncGroupRequest<A>): KafkaError {
  const error = memberError(group, request.memberId, request.groupInstanceId, request.generation);
  if (error !== 'NONE') return error;
  if (request.protocolName !== group.protocolName) return 'INCONSISTENT_GROUP_PROTOCOL';
  return group.state === 'PreparingRebalance' ? 'REBALANCE_IN_PROGRESS' : 'NONE';
}

export function commitError<M, A>(
  group: GroupView<M, A>,
  memberId: string,
  groupInstanceId: string | null,
  generation: number,
): KafkaError {
  if (group.state === 'Dead') return 'COORDINATOR_NOT_AVAILABLE';
  if (generation < 0 && group.state === 'Empty') return 'NONE';
  if (generation < 0 && memberId === UNKNOWN_MEMBER_ID && groupInstanceId === null) return 'UNKNOWN_MEMBER_ID';
  const error = memberError(group, memberId, groupInstanceId, generation);
  if (error !== 'NONE') return error;
  return group.state === 'CompletingRebalance' ? 'REBALANCE_IN_PROGRESS' : 'NONE';
}

/** An administrator may name a static member by its instance id alone. */
export function leavingId<M, A>(members: GroupMembers<M, A>, request: LeaveGroupRequest): string {
  if (request.memberId !== UNKNOWN_MEMBER_ID || request.groupInstanceId === null) return request.memberId;
  return members.instanceOwner(request.groupInstanceId) ?? UNKNOWN_MEMBER_ID;
}
