import type { PartitionIndex } from '../../model/group/assignors/assignor.ts';
import type { ServerAssignor, ServerAssignorInput } from '../../model/group/modern/assignors/serverAssignor.ts';
import { serverRangeAssignor } from '../../model/group/modern/assignors/serverRange.ts';
import { uniformAssignor } from '../../model/group/modern/assignors/uniform.ts';
import { type CurrentAssignment, reconcileMember } from '../../model/group/modern/reconcileMember.ts';
import { difference, firstOf, type VectorChecker } from '../checker.ts';
import { replayConsumerTimeline } from '../consumerGroup/replay.ts';
import { type ConsumerTimeline, comparableConsumerEvents } from '../consumerGroup/timeline.ts';

type ByTopic = Readonly<Record<string, readonly number[]>>;

interface ReconciliationCase {
  state: string;
  memberEpoch: number;
  previousMemberEpoch: number;
  assigned: ByTopic;
  pendingRevocation: ByTopic;
  targetEpoch: number;
  target: ByTopic;
  ownedReported: ByTopic | null;
  partitionEpochs: Readonly<Record<string, number>>;
  out?: {
    state: string;
    memberEpoch: number;
    previousMemberEpoch: number;
    assigned: ByTopic;
    pendingRevocation: ByTopic;
  };
}

export const reconciliationChecker: VectorChecker = {
  file: 'kip848-reconciliation',
  check(vector) {
    const c = vector as unknown as ReconciliationCase;
    if (c.state === 'UNKNOWN')
      return { skipped: 'no downgrade leaves a member in a state that the coordinator does not know' };
    const member = {
      ...c,
      assigned: flat(c.assigned),
      pendingRevocation: flat(c.pendingRevocation),
    } as unknown as CurrentAssignment;
    const owned = c.ownedReported === null ? null : flat(c.ownedReported);
    const target = { epoch: c.targetEpoch, partitions: flat(c.target) };
    const isOwned = (partition: PartitionIndex): boolean => nameOf(partition) in c.partitionEpochs;
    const { state, memberEpoch, previousMemberEpoch, assigned, pendingRevocation } = reconcileMember(
      member,
      target,
      owned,
      isOwned,
    );
    return difference('member', c.out, {
      state,
      memberEpoch,
      previousMemberEpoch,
      assigned: byTopic(assigned),
      pendingRevocation: byTopic(pendingRevocation),
    });
  },
};

export const consumerTimelineChecker: VectorChecker = {
  file: 'kip848-timelines',
  check(vector) {
    const timeline = vector as unknown as ConsumerTimeline;
    const { events, finalOwned } = replayConsumerTimeline(timeline);
    const kafkas = comparableConsumerEvents(timeline.events);
    const ours = comparableConsumerEvents(events);
    const length = Math.max(kafkas.length, ours.length);
    return firstOf([
      ...Array.from({ length }, (_, index) => difference(`event ${index}`, kafkas[index] ?? null, ours[index] ?? null)),
      difference('what members own in the end', timeline.finalOwned, finalOwned),
    ]);
  },
};

interface ServerAssignorCase {
  assignor: string;
  topics: Readonly<Record<string, number>>;
  topicIterationOrder: readonly string[];
  members: Readonly<Record<string, { instanceId?: string; subscribed: readonly string[]; current?: ByTopic }>>;
  expected: Readonly<Record<string, ByTopic>>;
}

const ASSIGNORS: Readonly<Record<string, ServerAssignor>> = {
  RangeAssignor: serverRangeAssignor,
  UniformAssignor: uniformAssignor,
};

/**
 * Kafka goes over topics in the order of a hash set whose capacity has changed between releases, so the order in the
 * file is one of those that led to the result; ours must give it for some order.
 */
export const serverAssignorChecker: VectorChecker = {
  file: 'assignor-kip848-server',
  check(vector) {
    const c = vector as unknown as ServerAssignorCase;
    const kafkas = sortedAssignment(Object.entries(c.expected));
    const results = permutations(c.topicIterationOrder).map((order) => {
      const assignment = ASSIGNORS[c.assignor]!.assign(inputOf(c, order));
      return sortedAssignment([...assignment].map(([member, partitions]) => [member, byTopic(partitions)]));
    });
    const differences = results.map((ours) => difference('assignment', kafkas, ours));
    return differences.includes(undefined) ? undefined : differences[0];
  },
};

/** Whether Kafka lists members without partitions depends on its builder; only what members have is compared. */
function sortedAssignment(entries: readonly (readonly [string, ByTopic])[]): object {
  return Object.fromEntries(entries.filter(([, topics]) => Object.keys(topics).length > 0));
}

function inputOf(c: ServerAssignorCase, order: readonly string[]): ServerAssignorInput {
  return {
    topics: order.map((name) => ({ name, partitions: flat({ [name]: indexes(c.topics[name] ?? 0) }) })),
    members: Object.entries(c.members).map(([memberId, { instanceId, subscribed, current }]) => ({
      memberId,
      groupInstanceId: instanceId ?? null,
      subscribedTopics: subscribed,
      target: flat(Object.fromEntries(Object.entries(current ?? {}).filter(([topic]) => topic in c.topics))),
    })),
  };
}

const indexes = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** T3-7 is 3007. */
function flat(topics: ByTopic): PartitionIndex[] {
  return Object.entries(topics)
    .flatMap(([topic, partitions]) => partitions.map((partition) => Number(topic.slice(1)) * 1000 + partition))
    .sort((left, right) => left - right);
}

function nameOf(partition: PartitionIndex): string {
  return `T${Math.floor(partition / 1000)}:${partition % 1000}`;
}

function byTopic(partitions: readonly PartitionIndex[]): ByTopic {
  const topics: Record<string, number[]> = {};
  for (const partition of [...partitions].sort((left, right) => left - right)) {
    const topic = `T${Math.floor(partition / 1000)}`;
    topics[topic] ??= [];
    topics[topic].push(partition % 1000);
  }
  return topics;
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  );
}
