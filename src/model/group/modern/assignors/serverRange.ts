import { compareText, type PartitionIndex } from '../../assignors/assignor.ts';
import type { ServerAssignor, ServerMember } from './serverAssignor.ts';

/**
 * Each topic by itself in contiguous blocks, over its subscribers in order: static members by `group.instance.id`, then
 * dynamic ones by member id. The first of them get one more where it does not come out even.
 *
 * Source: Apache Kafka `coordinator/group/assignor/RangeAssignor.java`.
 */
export const serverRangeAssignor: ServerAssignor = {
  name: 'range',
  assign({ topics, members }) {
    const assignment = new Map<string, PartitionIndex[]>(members.map(({ memberId }) => [memberId, []]));
    const sorted = [...members].sort(compareServerMembers);
    for (const { name, partitions } of topics) {
      const subscribers = sorted.filter(({ subscribedTopics }) => subscribedTopics.includes(name));
      let next = 0;
      subscribers.forEach(({ memberId }, index) => {
        const extra = index < partitions.length % subscribers.length ? 1 : 0;
        const count = Math.floor(partitions.length / subscribers.length) + extra;
        assignment.get(memberId)!.push(...partitions.slice(next, next + count));
        next += count;
      });
    }
    return assignment;
  },
};

function compareServerMembers(left: ServerMember, right: ServerMember): number {
  if (left.groupInstanceId !== null && right.groupInstanceId !== null) {
    return compareText(left.groupInstanceId, right.groupInstanceId);
  }
  if (left.groupInstanceId !== null) return -1;
  if (right.groupInstanceId !== null) return 1;
  return compareText(left.memberId, right.memberId);
}
