/** What a classic group says and writes: answers to joins, and its record in `__consumer_offsets`. */
import type { KafkaError } from '../../kafka/errors.ts';
import { type GroupProtocol, type JoinGroupResponse, NO_GENERATION } from './classicProtocol.ts';
import type { GroupView } from './groupAdmission.ts';
import type { GroupMember } from './groupMembers.ts';
import type { GroupRecord } from './groupPorts.ts';

export function refusedJoin<M>(error: KafkaError, memberId: string): JoinGroupResponse<M> {
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

/** @param withMembers  the leader gets everybody's metadata, unless it only asks again for what it knows */
export function joinedResponse<M, A>(
  group: GroupView<M, A>,
  member: GroupMember<M, A>,
  withMembers: boolean,
): JoinGroupResponse<M> {
  const isLeader = member.memberId === group.members.leaderId;
  const members = withMembers && isLeader ? group.members.sorted() : [];
  return {
    error: 'NONE',
    memberId: member.memberId,
    generation: group.generation,
    protocolName: group.protocolName,
    leaderId: group.members.leaderId ?? '',
    skipAssignment: false,
    members: members.map(({ memberId, groupInstanceId, protocols }) => ({
      memberId,
      groupInstanceId,
      metadata: chosen(protocols, group.protocolName).metadata,
    })),
  };
}

/** @param assignments  of the leader, while they are not the members' own yet */
export function groupRecord<M, A>(group: GroupView<M, A>, assignments?: ReadonlyMap<string, A>): GroupRecord<M, A> {
  return {
    generation: group.generation,
    protocolType: group.protocolType,
    protocolName: group.protocolName,
    leaderId: group.members.leaderId,
    members: group.members.sorted().map((member) => ({
      client: member.client,
      clientId: member.clientId,
      memberId: member.memberId,
      groupInstanceId: member.groupInstanceId,
      sessionTimeoutUs: member.sessionTimeoutUs,
      rebalanceTimeoutUs: member.rebalanceTimeoutUs,
      protocol: chosen(member.protocols, group.protocolName),
      assignment: assignments === undefined ? member.assignment : (assignments.get(member.memberId) ?? null),
    })),
  };
}

function chosen<M>(protocols: readonly GroupProtocol<M>[], name: string | null): GroupProtocol<M> {
  return protocols.find((protocol) => protocol.name === name) as GroupProtocol<M>;
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
