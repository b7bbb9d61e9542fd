import { ConsumeGapMeter, ProduceGapMeter } from '../meters/gapMeter.ts';
import {
  EndToEndLatencyMeter,
  FetchLatencyMeter,
  ProduceLatencyMeter,
  RequestLatencyMeter,
  SendBlockedMeter,
} from '../meters/latencyMeter.ts';
import { FetchThroughputMeter, ThroughputInMeter } from '../meters/throughputMeter.ts';
import { DISTRIBUTION, listening, type MetricDefinition, metric } from './define.ts';

export const latencies: readonly MetricDefinition[] = [
  metric(
    'produce.latency',
    'us',
    'a producer, an instance of it, a topic or a partition',
    DISTRIBUTION,
    "From the application's send until it learned the outcome, per record. Records that failed count with the time until their failure, so a stall cannot hide behind the records it killed.",
    listening((context) => new ProduceLatencyMeter(context)),
  ),
  metric(
    'produce.blocked',
    'us',
    'a producer, an instance of it, a topic or a partition',
    DISTRIBUTION,
    "How long a send() waited for room in the producer's `buffer.memory`, until there was some or `max.block.ms` was over; one sample for each send() that waited, in the window in which its wait ended. One that still waits when the run ends counts as far as it came. 0 when records were sent and none had to wait.",
    listening((context) => new SendBlockedMeter(context)),
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

export const throughputs: readonly MetricDefinition[] = [
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
