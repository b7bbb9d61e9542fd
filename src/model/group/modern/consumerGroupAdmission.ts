/**
 * Which heartbeats and commits a consumer-protocol group refuses, and with which error; 'NONE' means that it goes on.
 *
 * Source: Apache Kafka `GroupMetadataManager` (throwIfConsumerGroupIsFull, throwIfConsumerGroupMemberEpochIsInvalid,
 * throwIfInstanceIdIsUnreleased, throwIfInstanceIdIsFenced), `ConsumerGroup.validateOffsetCommit`.
 */
import type { KafkaError } from '../../../kafka/errors.ts';
import type { PartitionIndex } from '../assignors/assignor.ts';
import type { ConsumerGroupImage, ConsumerGroupMember } from './consumerGroupImage.ts';
import type { ConsumerGroupConfig } from './consumerGroupPorts.ts';
import { type ConsumerHeartbeatRequest, JOIN_EPOCH, STATIC_LEAVE_EPOCH } from './consumerProtocol.ts';

/** @param staticOwner  the member under the request's `group.instance.id`, if any */
export function heartbeatError(
  config: ConsumerGroupConfig,
  image: ConsumerGroupImage,
  request: ConsumerHeartbeatRequest,
  staticOwner: ConsumerGroupMember | undefined,
): KafkaError {
  const { memberId, memberEpoch, groupInstanceId, serverAssignor, ownedPartitions } = request;
  const member = image.members.get(memberId);
  if (memberEpoch < JOIN_EPOCH) return leaveError(request, member, staticOwner);
  if (serverAssignor !== null && !config.assignors.some(({ name }) => name === serverAssignor)) {
    return 'UNSUPPORTED_ASSIGNOR';
  }
  if (member === undefined && memberEpoch !== JOIN_EPOCH) return 'UNKNOWN_MEMBER_ID';
  if (groupInstanceId !== null) {
    const error = instanceError(memberId, memberEpoch, staticOwner);
    if (error !== 'NONE') return error;
  }
  const isReplacement = staticOwner?.memberEpoch === STATIC_LEAVE_EPOCH;
  if (member === undefined && !isReplacement && image.members.size >= config.maxSize) return 'GROUP_MAX_SIZE_REACHED';
  return member === undefined || isReplacement ? 'NONE' : epochError(member, memberEpoch, ownedPartitions);
}

/** A newcomer may only have the instance id of a member that said it would be back. */
function instanceError(memberId: string, memberEpoch: number, owner: ConsumerGroupMember | undefined): KafkaError {
  if (owner === undefined) return memberEpoch === JOIN_EPOCH ? 'NONE' : 'UNKNOWN_MEMBER_ID';
  if (owner.memberId === memberId || (memberEpoch === JOIN_EPOCH && owner.memberEpoch === STATIC_LEAVE_EPOCH)) {
    return 'NONE';
  }
  return memberEpoch === JOIN_EPOCH ? 'UNRELEASED_INSTANCE_ID' : 'FENCED_INSTANCE_ID';
}

/**
 * A member that is behind by one epoch, and owns nothing but what it is assigned, has missed an answer. One that begins
 * anew owns nothing.
 */
function epochError(
  member: ConsumerGroupMember,
  memberEpoch: number,
  owned: readonly PartitionIndex[] | null,
): KafkaError {
  if (memberEpoch === member.memberEpoch) return 'NONE';
  if (memberEpoch > member.memberEpoch) return 'FENCED_MEMBER_EPOCH';
  const isBehind = memberEpoch === member.previousMemberEpoch || memberEpoch === JOIN_EPOCH;
  const isSubset = owned?.every((partition) => member.assigned.includes(partition)) ?? false;
  return isBehind && isSubset ? 'NONE' : 'FENCED_MEMBER_EPOCH';
}

function leaveError(
  { memberId, groupInstanceId }: ConsumerHeartbeatRequest,
  member: ConsumerGroupMember | undefined,
  staticOwner: ConsumerGroupMember | undefined,
): KafkaError {
  if (groupInstanceId === null) return member === undefined ? 'UNKNOWN_MEMBER_ID' : 'NONE';
  if (staticOwner === undefined) return 'UNKNOWN_MEMBER_ID';
  return staticOwner.memberId === memberId ? 'NONE' : 'FENCED_INSTANCE_ID';
}

/** @param memberEpoch  -1 for a consumer without a group membership; allowed only while nobody is in the group */
export function commitError(image: ConsumerGroupImage, memberId: string, memberEpoch: number): KafkaError {
  if (memberEpoch < 0 && image.members.size === 0) return 'NONE';
  const member = image.members.get(memberId);
  if (member === undefined) return 'UNKNOWN_MEMBER_ID';
  return memberEpoch === member.memberEpoch ? 'NONE' : 'STALE_MEMBER_EPOCH';
}
