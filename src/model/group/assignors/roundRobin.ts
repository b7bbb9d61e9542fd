/**
 * All partitions of all subscribed topics, by topic name and number, dealt in turn to the sorted members; a member
 * that does not subscribe to the topic is passed over.
 *
 * Source: Apache Kafka `RoundRobinAssignor`.
 */
import { type Assignment, type Assignor, type AssignorInput, assignableTopics, compareMembers } from './assignor.ts';

function assign(input: AssignorInput): Assignment {
  const assignment: Assignment = new Map(input.members.map((member) => [member.memberId, []]));
  const members = [...input.members].sort(compareMembers);
  const subscriptions = members.map((member) => new Set(member.topics));
  let turn = 0;
  for (const topic of assignableTopics(input)) {
    for (const partition of topic.partitions) {
      while (!subscriptions[turn]?.has(topic.topicId)) turn = (turn + 1) % members.length;
      const member = members[turn];
      if (member !== undefined) assignment.get(member.memberId)?.push(partition);
      turn = (turn + 1) % members.length;
    }
  }
  return assignment;
}

export const roundRobinAssignor: Assignor = { name: 'roundrobin', rebalanceProtocol: 'EAGER', assign };
