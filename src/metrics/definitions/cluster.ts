import { DuplicateRefusedMeter, RetryMeter } from '../meters/countMeter.ts';
import { GaugeMeter } from '../meters/gaugeMeter.ts';
import type { MeterContext } from '../meters/meter.ts';
import { changesLeaderOrIsr, isElection, PartitionChangeMeter } from '../meters/partitionChangeMeter.ts';
import { COUNT, GROUPS_OF, LEVEL, listening, type MetricDefinition, metric, RECORDS_OF } from './define.ts';

export const clusterCounts: readonly MetricDefinition[] = [
  metric(
    'retries',
    'count',
    RECORDS_OF,
    COUNT,
    'Batches that were sent again after an error or a lost request.',
    listening((context) => new RetryMeter(context)),
  ),
  metric(
    'duplicatesRefused',
    'records',
    RECORDS_OF,
    COUNT,
    'Records of retries that the leader recognised by their sequence numbers.',
    listening((context) => new DuplicateRefusedMeter(context)),
  ),
  metric(
    'elections.clean',
    'count',
    'a topic, partition or cluster',
    COUNT,
    'New leaders from the ISR (or the ELR).',
    listening(
      (context) => new PartitionChangeMeter(context, (before, after) => isElection(before, after) && !after.unclean),
    ),
  ),
  metric(
    'elections.unclean',
    'count',
    'a topic, partition or cluster',
    COUNT,
    'New leaders that were not in sync.',
    listening(
      (context) => new PartitionChangeMeter(context, (before, after) => isElection(before, after) && after.unclean),
    ),
  ),
  metric(
    'isr.shrinks',
    'count',
    'a topic, partition or cluster',
    COUNT,
    'Committed changes after which the ISR had fewer members.',
    listening((context) => new PartitionChangeMeter(context, (before, after) => after.isr.length < before.isr.length)),
  ),
  metric(
    'isr.expands',
    'count',
    'a topic, partition or cluster',
    COUNT,
    'Committed changes after which the ISR had more members.',
    listening((context) => new PartitionChangeMeter(context, (before, after) => after.isr.length > before.isr.length)),
  ),
  metric(
    'partition.changes',
    'count',
    'a topic, partition or cluster',
    COUNT,
    'Committed changes of leader or ISR.',
    listening((context) => new PartitionChangeMeter(context, changesLeaderOrIsr)),
  ),
];

export const levels: readonly MetricDefinition[] = [
  metric(
    'consumer.lag',
    'records',
    GROUPS_OF,
    LEVEL,
    'High watermark minus position, summed over the partitions of the group, weighted by time. The largest of several groups.',
    (context) => new GaugeMeter(context, true, () => largestLag(context)),
  ),
  metric(
    'underReplicated',
    'count',
    'a topic or cluster',
    LEVEL,
    'Partitions whose ISR is smaller than their replica set without the replicas that a reassignment adds, weighted by time.',
    (context) => new GaugeMeter(context, false, () => sumOverTopics(context, 'underReplicated')),
  ),
  metric(
    'offlinePartitions',
    'count',
    'a topic or cluster',
    LEVEL,
    'Partitions without a leader, weighted by time.',
    (context) => new GaugeMeter(context, false, () => sumOverTopics(context, 'offline')),
  ),
  metric(
    'underMinIsr',
    'count',
    'a topic or cluster',
    LEVEL,
    'Partitions whose ISR is smaller than `min.insync.replicas` (as it is in force; at most the number of replicas), weighted by time.',
    (context) => new GaugeMeter(context, false, () => sumOverTopics(context, 'underMinIsr')),
  ),
  metric(
    'isr.size',
    'count',
    'a topic or partition',
    LEVEL,
    'Members of the ISR, the smallest of several partitions, weighted by time.',
    (context) => new GaugeMeter(context, false, () => smallestIsr(context)),
  ),
];

function largestLag({ collector, scope }: MeterContext): number | null {
  let largest: number | null = null;
  for (const group of collector.cast.groups.keys()) {
    const lag = scope.group(group) ? collector.facts.lags.lag(group, 'position') : null;
    if (lag !== null && (largest === null || lag > largest)) largest = lag;
  }
  return largest;
}

function sumOverTopics(
  { collector, scope }: MeterContext,
  field: 'offline' | 'underReplicated' | 'underMinIsr',
): number | null {
  let sum: number | null = null;
  for (const topic of collector.facts.topics.topics) {
    if (topic.existing > 0 && scope.partition(topic.partitions[0]!)) sum = (sum ?? 0) + topic[field];
  }
  return sum;
}

function smallestIsr({ collector: { facts, cast }, scope }: MeterContext): number | null {
  let smallest: number | null = null;
  for (const partition of cast.partitions.keys()) {
    if (!scope.partition(partition) || !facts.exists(partition)) continue;
    const size = facts.isr[partition]!.length;
    if (smallest === null || size < smallest) smallest = size;
  }
  return smallest;
}
