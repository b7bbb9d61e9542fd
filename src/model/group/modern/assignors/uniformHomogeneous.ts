/**
 * The uniform assignor where all members subscribe to the same topics: balance first, then stickiness.
 *
 * A member keeps what it has up to its quota, the smaller share. It may keep one more while larger shares are left, and
 * only if it has that many already. What nobody had, then what was taken away, fills the members up in their order;
 * larger shares that are left go to the last of them.
 *
 * Source: Apache Kafka `UniformHomogeneousAssignmentBuilder` (4.x).
 */
import type { PartitionIndex } from '../../assignors/assignor.ts';
import type { ServerAssignorInput, TargetAssignment } from './serverAssignor.ts';

interface Unfilled {
  readonly memberId: string;
  room: number;
}

export function uniformHomogeneous({ topics, members }: ServerAssignorInput): TargetAssignment {
  const assignment: TargetAssignment = new Map();
  const subscribed = new Set(members[0]?.subscribedTopics ?? []);
  if (members.length === 0) return assignment;
  const all = topics.filter(({ name }) => subscribed.has(name)).flatMap(({ partitions }) => partitions);
  const place = new Map(all.map((partition, index) => [partition, index]));
  const pool = neverAssigned(all, members);
  const smallShare = Math.floor(all.length / members.length);
  let largeShares = all.length % members.length;
  const unfilled: Unfilled[] = [];
  for (const { memberId, target } of members) {
    const had = target.filter((partition) => place.has(partition));
    had.sort((left, right) => place.get(left)! - place.get(right)!);
    const isLarge = largeShares > 0 && had.length > smallShare;
    const quota = smallShare + (isLarge ? 1 : 0);
    if (isLarge) largeShares--;
    assignment.set(memberId, had.slice(0, quota));
    pool.push(...had.slice(quota));
    if (!isLarge) unfilled.push({ memberId, room: Math.max(0, quota - had.length) });
  }
  for (let last = unfilled.length - 1; last >= 0 && largeShares > 0; last--, largeShares--) unfilled[last]!.room++;
  let next = 0;
  for (const { memberId, room } of unfilled) {
    assignment.get(memberId)!.push(...pool.slice(next, next + room));
    next += room;
  }
  return assignment;
}

function neverAssigned(
  all: readonly PartitionIndex[],
  members: readonly { readonly target: readonly PartitionIndex[] }[],
): PartitionIndex[] {
  const assigned = new Set(members.flatMap(({ target }) => target));
  return all.filter((partition) => !assigned.has(partition));
}
