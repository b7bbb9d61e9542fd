import type { PartitionIndex } from '../../model/group/assignors/assignor.ts';
import { isHomogeneous, type ServerAssignor } from '../../model/group/modern/assignors/serverAssignor.ts';
import { uniformHeterogeneous } from '../../model/group/modern/assignors/uniformHeterogeneous.ts';

/**
 * The uniform assignor as it was when the timelines were recorded, shortly before 4.0: the larger shares went to the
 * first members in the order of a Java hash map. The released one is held to vectors of its own; with this one the timelines hold the group.
 */
export const snapshotUniformAssignor: ServerAssignor = {
  name: 'uniform',
  assign(input) {
    if (!isHomogeneous(input.members)) return uniformHeterogeneous(input);
    const all = input.topics.flatMap(({ partitions }) => partitions);
    const taken = new Set(input.members.flatMap(({ target }) => target));
    const pool = all.filter((partition) => !taken.has(partition));
    const assignment = new Map<string, PartitionIndex[]>();
    const members = [...input.members].sort((left, right) => bucketOf(left.memberId) - bucketOf(right.memberId));
    const quotas = members.map(
      (_, index) => Math.floor(all.length / input.members.length) + (index < all.length % input.members.length ? 1 : 0),
    );
    members.forEach(({ memberId, target }, index) => {
      const had = all.filter((partition) => target.includes(partition));
      assignment.set(memberId, had.slice(0, quotas[index]));
      pool.push(...had.slice(quotas[index]));
    });
    let next = 0;
    members.forEach(({ memberId }, index) => {
      const share = assignment.get(memberId)!;
      const room = quotas[index]! - share.length;
      share.push(...pool.slice(next, next + room));
      next += room;
    });
    return assignment;
  },
};

/** Where a small Java HashMap keeps the key; its sixteen buckets hold the timelines' few members apart. */
function bucketOf(memberId: string): number {
  let hash = 0;
  for (const character of memberId) hash = (Math.imul(31, hash) + character.charCodeAt(0)) | 0;
  return (hash ^ (hash >>> 16)) & 15;
}
