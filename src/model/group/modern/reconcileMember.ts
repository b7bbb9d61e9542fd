/**
 * One step of a member towards its target assignment, as the coordinator takes it with each of the member's heartbeats.
 *
 * Source: Apache Kafka `CurrentAssignmentBuilder`; KIP-848. Vectors: kip848-reconciliation.
 *
 *   STABLE                 at the target of its epoch
 *   UNREVOKED_PARTITIONS   must give up partitions, and say so, before its epoch may rise
 *   UNRELEASED_PARTITIONS  at its target epoch, but others have not given up all of its partitions yet
 */
import type { PartitionIndex } from '../assignors/assignor.ts';

export type MemberStanding = 'STABLE' | 'UNREVOKED_PARTITIONS' | 'UNRELEASED_PARTITIONS';

export interface CurrentAssignment {
  readonly state: MemberStanding;
  readonly memberEpoch: number;
  /** The epoch before this one: a member whose answer was lost may still name it. */
  readonly previousMemberEpoch: number;
  readonly assigned: readonly PartitionIndex[];
  readonly pendingRevocation: readonly PartitionIndex[];
}

export interface Target {
  /** The assignment epoch of the group. */
  readonly epoch: number;
  readonly partitions: readonly PartitionIndex[];
}

/**
 * @param owned    what the member says it owns; null when its heartbeat does not say
 * @param isOwned  whether any member holds the partition, or has not confirmed giving it up
 * @returns the same object when the member cannot move
 */
export function reconcileMember<M extends CurrentAssignment>(
  member: M,
  target: Target,
  owned: readonly PartitionIndex[] | null,
  isOwned: (partition: PartitionIndex) => boolean,
): M {
  if (member.state === 'STABLE' && member.memberEpoch === target.epoch) return member;
  if (member.state === 'UNREVOKED_PARTITIONS' && stillOwns(owned, member.pendingRevocation)) return member;
  return nextAssignment(member, target, owned, isOwned);
}

function nextAssignment<M extends CurrentAssignment>(
  member: M,
  target: Target,
  owned: readonly PartitionIndex[] | null,
  isOwned: (partition: PartitionIndex) => boolean,
): M {
  const wanted = new Set(target.partitions);
  const kept = member.assigned.filter((partition) => wanted.has(partition));
  const revoked = member.assigned.filter((partition) => !wanted.has(partition));
  if (revoked.length > 0 && stillOwns(owned, revoked)) {
    return moved(member, 'UNREVOKED_PARTITIONS', member.memberEpoch, kept, revoked);
  }
  const keeps = new Set(kept);
  const gaveUp = new Set(member.pendingRevocation);
  const missing = target.partitions.filter((partition) => !keeps.has(partition));
  const free = missing.filter((partition) => !isOwned(partition) || gaveUp.has(partition));
  const state = free.length < missing.length ? 'UNRELEASED_PARTITIONS' : 'STABLE';
  const assigned = target.partitions.filter((partition) => keeps.has(partition)).concat(free);
  return moved(member, state, target.epoch, assigned.sort(ascending), []);
}

/** What a heartbeat does not say is taken as unchanged. */
function stillOwns(owned: readonly PartitionIndex[] | null, revoked: readonly PartitionIndex[]): boolean {
  if (owned === null) return true;
  const asked = new Set(revoked);
  return owned.some((partition) => asked.has(partition));
}

function moved<M extends CurrentAssignment>(
  member: M,
  state: MemberStanding,
  memberEpoch: number,
  assigned: readonly PartitionIndex[],
  pendingRevocation: readonly PartitionIndex[],
): M {
  const isSame =
    state === member.state &&
    memberEpoch === member.memberEpoch &&
    samePartitions(assigned, member.assigned) &&
    samePartitions(pendingRevocation, member.pendingRevocation);
  if (isSame) return member;
  const previousMemberEpoch = member.memberEpoch;
  return { ...member, state, memberEpoch, previousMemberEpoch, assigned, pendingRevocation };
}

/** Whether two sets of partitions, each without repetition, are the same. */
export function samePartitions(left: readonly PartitionIndex[], right: readonly PartitionIndex[]): boolean {
  if (left.length !== right.length) return false;
  const had = new Set(left);
  return right.every((partition) => had.has(partition));
}

function ascending(left: number, right: number): number {
  return left - right;
}
