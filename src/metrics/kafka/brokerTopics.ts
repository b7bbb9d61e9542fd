import { listening } from '../definitions/define.ts';
import { CountMeter } from '../meters/countMeter.ts';
import { hasPartitions, type MeterContext } from '../meters/meter.ts';
import { FetchThroughputMeter, ThroughputInMeter, ThroughputMeter } from '../meters/throughputMeter.ts';
import type { TraceListener } from '../traceListener.ts';
import { BROKER_SCOPES, type KafkaMeter, LEADER_SCOPES } from './define.ts';

const TYPE = 'kafka.server:type=BrokerTopicMetrics';

/** Errors of a produce request that Kafka expects and does not count as failed (ReplicaManager.appendToLocalLog). */
const EXPECTED_ERRORS: ReadonlySet<string> = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'NOT_LEADER_OR_FOLLOWER',
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'CORRUPT_MESSAGE',
  'KAFKA_STORAGE_ERROR',
]);

/** What goes in and out of brokers. Rates of Kafka decay over minutes; here `rate` is over the window and `total` is Kafka's Count. */
export const brokerTopicMeters: readonly KafkaMeter[] = [
  {
    name: 'MessagesInPerSec',
    unit: 'records',
    mbean: `${TYPE},name=MessagesInPerSec`,
    source: 'ReplicaManager.appendToLocalLog',
    scopes: LEADER_SCOPES,
    meaning: 'Records that leaders appended, committed offsets included.',
    create: listening((context) => new MessagesInMeter(context)),
  },
  {
    name: 'BytesInPerSec',
    unit: 'bytes/s',
    mbean: `${TYPE},name=BytesInPerSec`,
    source: 'ReplicaManager.appendToLocalLog',
    scopes: LEADER_SCOPES,
    meaning: 'Bytes that leaders appended, committed offsets included.',
    create: listening((context) => new ThroughputInMeter(context)),
  },
  {
    name: 'BytesOutPerSec',
    unit: 'bytes/s',
    mbean: `${TYPE},name=BytesOutPerSec`,
    source: 'KafkaApis.handleFetchRequest',
    scopes: LEADER_SCOPES,
    meaning: 'Bytes that brokers sent to consumers.',
    create: listening((context) => new FetchThroughputMeter(context, 'consumer')),
  },
  {
    name: 'ReplicationBytesOutPerSec',
    unit: 'bytes/s',
    mbean: `${TYPE},name=ReplicationBytesOutPerSec`,
    source: 'BrokerTopicStats.updateBytesOut',
    scopes: BROKER_SCOPES,
    meaning: 'Bytes that leaders sent to followers.',
    create: listening((context) => new FetchThroughputMeter(context, 'follower')),
  },
  {
    name: 'ReplicationBytesInPerSec',
    unit: 'bytes/s',
    mbean: `${TYPE},name=ReplicationBytesInPerSec`,
    source: 'BrokerTopicStats.updateReplicationBytesIn',
    scopes: BROKER_SCOPES,
    meaning: 'Bytes that followers fetched from leaders, by the instant at which the leader sent them.',
    create: listening((context) => new FollowerThroughputMeter(context, 'in', false)),
  },
  {
    name: 'ReassignmentBytesOutPerSec',
    unit: 'bytes/s',
    mbean: `${TYPE},name=ReassignmentBytesOutPerSec`,
    source: 'BrokerTopicStats.updateBytesOut (KIP-352)',
    scopes: BROKER_SCOPES,
    meaning: 'Bytes that leaders sent to replicas that a reassignment adds; part of ReplicationBytesOutPerSec.',
    create: listening((context) => new FollowerThroughputMeter(context, 'out', true)),
  },
  {
    name: 'ReassignmentBytesInPerSec',
    unit: 'bytes/s',
    mbean: `${TYPE},name=ReassignmentBytesInPerSec`,
    source: 'ReplicaFetcherThread (KIP-352)',
    scopes: BROKER_SCOPES,
    meaning: 'Bytes that replicas fetched which a reassignment adds; part of ReplicationBytesInPerSec.',
    create: listening((context) => new FollowerThroughputMeter(context, 'in', true)),
  },
  {
    name: 'TotalProduceRequestsPerSec',
    unit: 'count',
    mbean: `${TYPE},name=TotalProduceRequestsPerSec`,
    source: 'ReplicaManager.appendToLocalLog',
    scopes: LEADER_SCOPES,
    meaning: 'Partitions that produce requests asked to append to, once for each partition of a request.',
    create: listening((context) => new ProduceRequestMeter(context, 'all')),
  },
  {
    name: 'FailedProduceRequestsPerSec',
    unit: 'count',
    mbean: `${TYPE},name=FailedProduceRequestsPerSec`,
    source: 'ReplicaManager.appendToLocalLog',
    scopes: LEADER_SCOPES,
    meaning: `Appends that brokers refused for a reason that they do not expect, such as NOT_ENOUGH_REPLICAS or OUT_OF_ORDER_SEQUENCE_NUMBER. Expected, and not counted: ${[...EXPECTED_ERRORS].join(', ')}.`,
    create: listening((context) => new ProduceRequestMeter(context, 'failed')),
  },
];

class MessagesInMeter extends CountMeter implements TraceListener {
  protected override hasSubject(): boolean {
    return hasPartitions(this.context);
  }

  appended(partition: number, broker: number, _epoch: number, _baseOffset: number, count: number): void {
    const { scope } = this.context;
    if (scope.partition(partition) && scope.broker(broker)) this.count(count);
  }
}

class ProduceRequestMeter extends CountMeter implements TraceListener {
  readonly #which: 'all' | 'failed';

  constructor(context: MeterContext, which: 'all' | 'failed') {
    super(context);
    this.#which = which;
  }

  protected override hasSubject(): boolean {
    return hasPartitions(this.context);
  }

  appended(partition: number, broker: number): void {
    if (this.#which === 'all') this.#count(partition, broker);
  }

  duplicateRefused(partition: number): void {
    if (this.#which === 'all') this.#count(partition, this.context.collector.facts.leader[partition]!);
  }

  appendRefused(partition: number, broker: number, error: string): void {
    if (this.#which === 'all' || !EXPECTED_ERRORS.has(error)) this.#count(partition, broker);
  }

  #count(partition: number, broker: number): void {
    const { scope } = this.context;
    if (scope.partition(partition) && scope.broker(broker)) this.count(1);
  }
}

/** Bytes between leaders and followers, seen from one end; all, or those of replicas that are being added. */
class FollowerThroughputMeter extends ThroughputMeter implements TraceListener {
  readonly #end: 'in' | 'out';
  readonly #addedOnly: boolean;

  constructor(context: MeterContext, end: 'in' | 'out', addedOnly: boolean) {
    super(context);
    this.#end = end;
    this.#addedOnly = addedOnly;
  }

  fetched(
    kind: 'consumer' | 'follower',
    partition: number,
    fromBroker: number,
    _crossesZone: boolean,
    bytes: number,
    _latencyUs: number,
    atUs: number,
    to: number,
  ): void {
    if (kind !== 'follower') return;
    const { scope, collector } = this.context;
    if (this.#addedOnly && !collector.facts.adding[partition]!.includes(to)) return;
    if (scope.broker(this.#end === 'in' ? to : fromBroker) && scope.partition(partition)) this.count(bytes, atUs);
  }
}
