import { DuplicateRefusedMeter, ErrorCountMeter, EventCountMeter, RetryMeter } from './meters/countMeter.ts';
import { ConsumeGapMeter, ProduceGapMeter } from './meters/gapMeter.ts';
import { GaugeMeter } from './meters/gaugeMeter.ts';
import {
  EndToEndLatencyMeter,
  FetchLatencyMeter,
  ProduceLatencyMeter,
  RequestLatencyMeter,
} from './meters/latencyMeter.ts';
import { AGGREGATIONS, type Aggregation, type Meter, type MeterContext, type Unit } from './meters/meter.ts';
import { changesLeaderOrIsr, isElection, PartitionChangeMeter } from './meters/partitionChangeMeter.ts';
import { MembersGivingUpMeter, RebalanceDurationMeter, StoppedTimeMeter } from './meters/rebalanceMeter.ts';
import {
  AcknowledgedMeter,
  DeliveredMeter,
  FailedMeter,
  FailedShareMeter,
  LedgerMeter,
  NeverSentMeter,
  OfferedMeter,
} from './meters/recordMeter.ts';
import { FetchThroughputMeter, ThroughputInMeter } from './meters/throughputMeter.ts';
import { UntilAssignedMeter, UntilEventMeter, UntilIsrFullMeter, UntilLeaderMeter } from './meters/timeUntilMeter.ts';
import { brokerName, controllerName } from './names.ts';
import type { TraceListener } from './traceListener.ts';

/** One metric that an expectation may name. */
export interface MetricDefinition {
  readonly name: string;
  readonly unit: Unit;
  /** What it is, in Kafka's terms, and what happens at the edges. */
  readonly description: string;
  /** What `of:` may name. */
  readonly of: string;
  readonly aggregations: readonly Aggregation[];
  /** It counts from `after:` and takes no window. */
  readonly countsFromInstant: boolean;
  readonly create: (context: MeterContext) => Meter;
}

const DISTRIBUTION = AGGREGATIONS;
const COUNT: readonly Aggregation[] = ['total', 'rate'];
const TOTAL: readonly Aggregation[] = ['total'];
const LEVEL: readonly Aggregation[] = ['max', 'min', 'mean', 'p50', 'p95', 'p99', 'p999'];
const TIME_UNTIL: readonly Aggregation[] = ['max', 'min', 'mean', 'p50', 'p95', 'p99', 'p999'];

type Listening = Meter & TraceListener;

function listening(make: (context: MeterContext) => Listening): (context: MeterContext) => Meter {
  return (context) => {
    const meter = make(context);
    context.collector.listen(meter);
    return meter;
  };
}

function metric(
  name: string,
  unit: Unit,
  of: string,
  aggregations: readonly Aggregation[],
  description: string,
  create: (context: MeterContext) => Meter,
  countsFromInstant = false,
): MetricDefinition {
  return { name, unit, of, aggregations, description, create, countsFromInstant };
}

const RECORDS_OF = 'a producer, topic, partition or cluster';
const GROUPS_OF = 'a consumer group';

const latencies: readonly MetricDefinition[] = [
  metric(
    'produce.latency',
    'us',
    'a producer, an instance of it, a topic or a partition',
    DISTRIBUTION,
    "From the application's send until it learned the outcome, per record. Records that failed count with the time until their failure, so a stall cannot hide behind the records it killed.",
    listening((context) => new ProduceLatencyMeter(context)),
  ),
  metric(
    'endToEnd.latency',
    'us',
    'a group, a member of it, a topic or a partition',
    DISTRIBUTION,
    "From the producing application's send until the record went through the consuming application, per delivery.",
    listening((context) => new EndToEndLatencyMeter(context)),
  ),
  metric(
    'fetch.latency',
    'us',
    'a topic, a partition or a broker',
    DISTRIBUTION,
    "A consumer's fetch that returned records, from request to response.",
    listening((context) => new FetchLatencyMeter(context)),
  ),
  metric(
    'request.latency',
    'us',
    'a client, an instance of it or a broker',
    DISTRIBUTION,
    'Any request of a client, from sending it to its response.',
    listening((context) => new RequestLatencyMeter(context)),
  ),
  metric(
    'produce.gap',
    'us',
    'a producer, topic or partition',
    DISTRIBUTION,
    'Time between two consecutive acknowledgements of one partition; `max` is the longest time without an acknowledgement. A gap belongs to the window in which its later end lies. One that is still open at the end counts as far as it came, if records were sent meanwhile.',
    listening((context) => new ProduceGapMeter(context)),
  ),
  metric(
    'consume.gap',
    'us',
    'a group, topic or partition',
    DISTRIBUTION,
    'Time between two consecutive deliveries of one partition to one group. One that is still open at the end counts as far as it came, if records were waiting.',
    listening((context) => new ConsumeGapMeter(context)),
  ),
];

const throughputs: readonly MetricDefinition[] = [
  metric(
    'throughput.in',
    'bytes/s',
    'a producer, topic, partition, broker or cluster',
    DISTRIBUTION,
    'Bytes that leaders appended. `mean` and `rate` are over the window, `max`, `min` and percentiles over its full seconds, `total` is bytes.',
    listening((context) => new ThroughputInMeter(context)),
  ),
  metric(
    'throughput.out',
    'bytes/s',
    'a topic, partition, broker or cluster',
    DISTRIBUTION,
    'Bytes that consumers fetched.',
    listening((context) => new FetchThroughputMeter(context, 'consumer')),
  ),
  metric(
    'throughput.replication',
    'bytes/s',
    'a topic, partition, broker or cluster',
    DISTRIBUTION,
    'Bytes that followers fetched from leaders.',
    listening((context) => new FetchThroughputMeter(context, 'follower')),
  ),
];

const recordCounts: readonly MetricDefinition[] = [
  metric(
    'records.offered',
    'records',
    RECORDS_OF,
    COUNT,
    'Records that the application handed to its producer.',
    listening((context) => new OfferedMeter(context)),
  ),
  metric(
    'records.acknowledged',
    'records',
    RECORDS_OF,
    COUNT,
    'Records whose success the application learned.',
    listening((context) => new AcknowledgedMeter(context)),
  ),
  metric(
    'records.refused',
    'records',
    RECORDS_OF,
    COUNT,
    'Records that failed and were never on the wire, or were certainly not appended.',
    listening((context) => new FailedMeter(context, 'refused')),
  ),
  metric(
    'records.unknown',
    'records',
    RECORDS_OF,
    COUNT,
    'Records that failed after a request with them was on the wire: they may be in the log.',
    listening((context) => new FailedMeter(context, 'unknown')),
  ),
  metric(
    'records.failed',
    'records',
    RECORDS_OF,
    COUNT,
    'Refused and unknown ones together.',
    listening((context) => new FailedMeter(context, 'both')),
  ),
  metric(
    'records.failedShare',
    'share',
    RECORDS_OF,
    TOTAL,
    'Refused and unknown records as a share of those offered.',
    (context) => new FailedShareMeter(context),
  ),
  metric(
    'records.neverSent',
    'records',
    RECORDS_OF,
    COUNT,
    "Records that found no room in the producer's buffer within `max.block.ms`.",
    listening((context) => new NeverSentMeter(context)),
  ),
  metric(
    'records.delivered',
    'records',
    'a group, a member of it, a topic or a partition',
    COUNT,
    'Deliveries to consuming applications, second ones included.',
    listening((context) => new DeliveredMeter(context)),
  ),
];

const ledgerCounts: readonly MetricDefinition[] = (
  [
    ['stored', 'Records in the surviving log at the end.'],
    ['expired', 'Records that retention removed.'],
    ['lost', 'Records that were acknowledged and are neither in the log nor expired.'],
    ['duplicated', 'Records that are in the log more than once.'],
    [
      'reordered',
      'Backward steps: records that lie in the log behind a later one of the same producer instance and partition; second copies do not count.',
    ],
    ['storedThoughFailed', 'Records that failed for the application and are in the log all the same.'],
    ['redelivered', "Records that went through the same group's application more than once."],
    ['notDelivered', 'Records in the log that the group has not processed.'],
    ['unresolved', 'Records still on their way when the run ended.'],
  ] as const
).map(([field, description]) =>
  metric(
    `records.${field}`,
    'records',
    field === 'redelivered' || field === 'notDelivered' ? 'a group, topic or partition' : RECORDS_OF,
    TOTAL,
    `${description} Known of the whole run only, warm-up included.`,
    (context) => new LedgerMeter(context, field),
  ),
);

const clusterCounts: readonly MetricDefinition[] = [
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

const levels: readonly MetricDefinition[] = [
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
    'Partitions whose ISR is smaller than their replica set, weighted by time.',
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
    'Partitions whose ISR is smaller than `min.insync.replicas` (as the scenario begins), weighted by time.',
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

const rebalances: readonly MetricDefinition[] = [
  metric(
    'rebalance.count',
    'count',
    GROUPS_OF,
    COUNT,
    'New assignments that the coordinator handed out (generations).',
    listening(
      (context) =>
        new EventCountMeter(context, (event) => event.type === 'group.assigned' && context.scope.group(event.group)),
    ),
  ),
  metric(
    'rebalance.duration',
    'us',
    GROUPS_OF,
    DISTRIBUTION,
    'From leaving `Stable` or `Empty` until `Stable` again.',
    listening((context) => new RebalanceDurationMeter(context)),
  ),
  metric(
    'rebalance.stoppedTime',
    'us',
    GROUPS_OF,
    DISTRIBUTION,
    'How long a partition had no member, from being given up until being taken; one sample per partition.',
    listening((context) => new StoppedTimeMeter(context)),
  ),
  metric(
    'assignment.changes',
    'count',
    'a group or a member of it (`billing-0`)',
    COUNT,
    'How often a member took or gave up partitions.',
    listening(
      (context) =>
        new EventCountMeter(
          context,
          (event) =>
            event.type === 'member.assignment' &&
            event.added.length + event.removed.length > 0 &&
            context.scope.group(event.group) &&
            context.scope.client(event.client),
        ),
    ),
  ),
  metric(
    'assignment.membersGivingUp',
    'count',
    GROUPS_OF,
    TOTAL,
    'Members that had to give up partitions and did not stop themselves.',
    listening((context) => new MembersGivingUpMeter(context)),
  ),
];

const timesUntil: readonly MetricDefinition[] = [
  metric(
    'time.untilLeader',
    'us',
    'a partition or topic',
    TIME_UNTIL,
    'From `after` until a partition has a leader other than the one it had then; one sample per partition that got one.',
    (context) => new UntilLeaderMeter(context),
    true,
  ),
  metric(
    'time.untilIsrFull',
    'us',
    'a partition or topic',
    TIME_UNTIL,
    'From `after` until all replicas of a partition are in its ISR. From a start, partitions whose ISR never shrank do not count; from an end, those that are in sync count as 0.',
    (context) => new UntilIsrFullMeter(context),
    true,
  ),
  metric(
    'time.untilController',
    'us',
    'a cluster',
    TIME_UNTIL,
    'From `after` until a controller became active.',
    (context) =>
      new UntilEventMeter(context, (event) =>
        event.type === 'controller.active' && context.scope.cluster(event.cluster)
          ? `${controllerName(context.collector.cast, event.controller)} became active`
          : null,
      ),
    true,
  ),
  metric(
    'time.untilFenced',
    'us',
    'a broker or cluster',
    TIME_UNTIL,
    'From `after` until the controller fenced a broker.',
    (context) =>
      new UntilEventMeter(context, (event) =>
        event.type === 'broker.control' && event.to === 'FENCED' && context.scope.broker(event.broker)
          ? `${brokerName(context.collector.cast, event.broker)} was fenced`
          : null,
      ),
    true,
  ),
  metric(
    'time.untilUnfenced',
    'us',
    'a broker or cluster',
    TIME_UNTIL,
    'From `after` until the controller unfenced a broker.',
    (context) =>
      new UntilEventMeter(context, (event) =>
        event.type === 'broker.control' && event.to === 'UNFENCED' && context.scope.broker(event.broker)
          ? `${brokerName(context.collector.cast, event.broker)} was unfenced`
          : null,
      ),
    true,
  ),
  metric(
    'time.untilExit',
    'us',
    'a broker or cluster',
    TIME_UNTIL,
    "From `after` until a broker's process ended.",
    (context) =>
      new UntilEventMeter(context, (event) =>
        (event.type === 'broker.exited' || event.type === 'broker.killed') && context.scope.broker(event.broker)
          ? `${brokerName(context.collector.cast, event.broker)} exited`
          : null,
      ),
    true,
  ),
  metric(
    'time.untilAssigned',
    'us',
    GROUPS_OF,
    TIME_UNTIL,
    "From `after` (default: the run's start) until the last change of assignment after which each partition of the group is held by exactly one member. Another failure or operation ends the wait.",
    (context) => new UntilAssignedMeter(context),
    true,
  ),
];

export const METRICS: readonly MetricDefinition[] = [
  ...latencies,
  ...throughputs,
  ...recordCounts,
  ...ledgerCounts,
  ...clusterCounts,
  ...levels,
  ...rebalances,
  ...timesUntil,
];

const BY_NAME = new Map(METRICS.map((definition) => [definition.name, definition]));
const ERROR_PREFIX = 'errors.';

/** Undefined for a name that does not exist. `errors.<NAME>` exists for every spelling of an error code. */
export function metricNamed(name: string): MetricDefinition | undefined {
  if (!name.startsWith(ERROR_PREFIX)) return BY_NAME.get(name);
  const error = name.slice(ERROR_PREFIX.length);
  if (!/^[A-Z][A-Z_]*$/.test(error)) return undefined;
  return metric(
    name,
    'count',
    'a client, topic or partition',
    COUNT,
    `How often a client or follower received ${error}.`,
    listening((context) => new ErrorCountMeter(context, error)),
  );
}

/** Unit of each metric, for reading `"< 60ms"`; `errors.*` stands for every error code. */
export const METRIC_UNITS: Readonly<Record<string, Unit>> = {
  ...Object.fromEntries(METRICS.map(({ name, unit }) => [name, unit])),
  'errors.*': 'count',
};

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
): number {
  let sum = 0;
  for (const topic of collector.facts.topics.topics) {
    const counts = topic.partitions.length > 0 && scope.partition(topic.partitions[0]!);
    if (counts) sum += topic[field];
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
