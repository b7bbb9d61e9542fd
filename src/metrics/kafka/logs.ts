import type { ScopeKind } from '../scope.ts';
import { BROKER_SCOPES, type GaugeSubject, gauge, type KafkaGauge } from './define.ts';
import { foldSamples, sum } from './reading.ts';

const PARTITIONS: readonly ScopeKind[] = ['everything', 'cluster', 'topic', 'partition'];
const TYPE = 'kafka.log:type=Log';

export const logGauges: readonly KafkaGauge[] = [
  gauge({
    name: 'LogEndOffset',
    mbean: `${TYPE},name=LogEndOffset`,
    source: 'UnifiedLog',
    scopes: PARTITIONS,
    withEveryBatch: true,
    meaning: 'Offset after the last record of the leader’s log. Several partitions: the sum.',
    read: (subject) => sumOffsets(subject, subject.collector.facts.endOffset),
  }),
  gauge({
    name: 'LogStartOffset',
    mbean: `${TYPE},name=LogStartOffset`,
    source: 'UnifiedLog',
    scopes: PARTITIONS,
    withEveryBatch: true,
    meaning: 'Offset of the first record of the leader’s log, which retention moves. Several partitions: the sum.',
    read: (subject) => sumOffsets(subject, subject.collector.facts.startOffset),
  }),
  gauge({
    name: 'Size',
    mbean: `${TYPE},name=Size`,
    source: 'UnifiedLog',
    unit: 'bytes',
    scopes: BROKER_SCOPES,
    withEveryBatch: true,
    meaning:
      'Bytes of all logs of the broker (Kafka tells it for each partition). Sampled with the broker’s other figures, less often where there are very many logs. Several brokers: the sum.',
    read: (subject) => foldSamples(subject, subject.collector.facts.samples.logBytes, sum),
  }),
];

function sumOffsets({ collector: { cast, facts }, scope }: GaugeSubject, column: readonly number[]): number | null {
  let offsets: number | null = null;
  for (let partition = 0; partition < cast.partitions.length; partition++)
    if (scope.partition(partition) && facts.exists(partition)) offsets = (offsets ?? 0) + (column[partition] ?? 0);
  return offsets;
}
