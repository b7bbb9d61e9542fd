import type { ScopeKind } from '../scope.ts';
import { type GaugeSubject, gauge, type KafkaGauge } from './define.ts';

const READERS: readonly ScopeKind[] = ['everything', 'group', 'topic', 'partition'];

export const consumerGauges: readonly KafkaGauge[] = [
  gauge({
    name: 'records-lag-max',
    mbean: 'kafka.consumer:type=consumer-fetch-manager-metrics,name=records-lag-max',
    source: 'FetchMetricsManager (KIP-92)',
    unit: 'records',
    scopes: READERS,
    withEveryBatch: true,
    meaning:
      'The largest lag of a group on one partition: high watermark minus position, in records; of one partition, what Kafka calls `records-lag`. The position is what went through the application (Kafka’s is ahead of it by what the last poll returned). `consumer.lag` is the sum over partitions.',
    read: largestLag,
  }),
];

function largestLag({ collector: { cast, facts }, scope }: GaugeSubject): number | null {
  let largest: number | null = null;
  for (const group of cast.groups.keys()) {
    if (!scope.group(group) || facts.lags.lag(group, 'position') === null) continue;
    for (const partition of facts.partitionsOfGroup(group)) {
      if (scope.partition(partition)) largest = Math.max(largest ?? 0, facts.lags.lagOn(group, partition));
    }
  }
  return largest;
}
