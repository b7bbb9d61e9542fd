import { BROKER_SCOPES, gauge, type KafkaGauge } from './define.ts';
import { foldSamples, sum } from './reading.ts';

const SAMPLED = 'Sampled once a second, in runs of more than an hour 3,600 times in all.';

/** How busy brokers are, as samples tell it. */
export const requestGauges: readonly KafkaGauge[] = [
  gauge({
    name: 'RequestHandlerAvgIdlePercent',
    mbean: 'kafka.server:type=KafkaRequestHandlerPool,name=RequestHandlerAvgIdlePercent',
    source: 'KafkaRequestHandlerPool',
    scopes: BROKER_SCOPES,
    withEveryBatch: true,
    isFraction: true,
    meaning: `Share of the time for which the request handler threads (\`num.io.threads\`) had nothing to do since the last sample, 0 to 1 (Kafka's attribute is a mean of the last minutes). ${SAMPLED} Several brokers: the smallest.`,
    read: (subject) => foldSamples(subject, subject.collector.facts.samples.idleShare, Math.min),
  }),
  gauge({
    name: 'RequestQueueSize',
    mbean: 'kafka.network:type=RequestChannel,name=RequestQueueSize',
    source: 'RequestChannel',
    scopes: BROKER_SCOPES,
    withEveryBatch: true,
    meaning: `Requests that wait for a request handler thread. The queue has no limit here (\`queued.max.requests\` is not modelled). ${SAMPLED} Several brokers: the largest.`,
    read: (subject) => foldSamples(subject, subject.collector.facts.samples.queued, Math.max),
  }),
  gauge({
    name: 'PurgatorySize.Produce',
    mbean: 'kafka.server:type=DelayedOperationPurgatory,name=PurgatorySize,delayedOperation=Produce',
    source: 'DelayedOperationPurgatory, DelayedProduce',
    scopes: BROKER_SCOPES,
    withEveryBatch: true,
    meaning: `Produce requests with acks=all that wait for followers. A request counts once (Kafka counts it once for each of its partitions, and until the next purge when it is done). ${SAMPLED} Several brokers: the sum.`,
    read: (subject) => foldSamples(subject, subject.collector.facts.samples.produces, sum),
  }),
  gauge({
    name: 'PurgatorySize.Fetch',
    mbean: 'kafka.server:type=DelayedOperationPurgatory,name=PurgatorySize,delayedOperation=Fetch',
    source: 'DelayedOperationPurgatory, DelayedFetch',
    scopes: BROKER_SCOPES,
    withEveryBatch: true,
    meaning: `Fetches of consumers and followers that wait for records; counted as \`PurgatorySize.Produce\`. ${SAMPLED} Several brokers: the sum.`,
    read: (subject) => foldSamples(subject, subject.collector.facts.samples.fetches, sum),
  }),
];
