import type { LedCount, PartitionCount, ReplicaCount } from '../replicaCounts.ts';
import type { GaugeSubject } from './define.ts';

/** Indexes of the brokers in scope whose metrics can be read now. */
export function reportingBrokers({ collector: { cast, facts }, scope }: GaugeSubject): number[] {
  const brokers: number[] = [];
  for (let broker = 0; broker < cast.brokers.length; broker++)
    if (scope.broker(broker) && facts.isReporting(broker)) brokers.push(broker);
  return brokers;
}

/** What brokers count of the partitions that they lead; null when none of them can be asked. */
export function sumLed(subject: GaugeSubject, count: LedCount): number | null {
  const { kind } = subject.scope;
  return kind === 'topic' || kind === 'partition' ? sumPartitions(subject, count) : sumBrokers(subject, count);
}

export function sumBrokers(subject: GaugeSubject, count: ReplicaCount): number | null {
  const brokers = reportingBrokers(subject);
  if (brokers.length === 0) return null;
  return brokers.reduce((sum, broker) => sum + subject.collector.facts.counts.ofBroker(count, broker), 0);
}

/** A column by broker, summed over those that can be asked; null when none can. */
export function sumOverBrokers(subject: GaugeSubject, column: readonly number[]): number | null {
  const brokers = reportingBrokers(subject);
  return brokers.length === 0 ? null : brokers.reduce((sum, broker) => sum + column[broker]!, 0);
}

/** Null when there is no such partition, or nobody who leads one can be asked. */
function sumPartitions({ collector: { cast, facts }, scope }: GaugeSubject, count: LedCount): number | null {
  let sum: number | null = null;
  for (let partition = 0; partition < cast.partitions.length; partition++) {
    if (!scope.partition(partition) || !facts.exists(partition)) continue;
    const leader = facts.leader[partition]!;
    if (leader < 0 || !facts.isReporting(leader)) continue;
    sum = (sum ?? 0) + facts.counts.ofPartition(count, partition);
  }
  return sum;
}

/** What active controllers count; null while there is none. */
export function sumClusters(
  { collector: { cast, facts }, scope }: GaugeSubject,
  count: (cluster: number, name: string) => number,
): number | null {
  let sum: number | null = null;
  for (const [index, { name }] of cast.scenario.clusters.entries())
    if (scope.cluster(name) && facts.activeController[index]! >= 0) sum = (sum ?? 0) + count(index, name);
  return sum;
}

export function sumPartitionCount(subject: GaugeSubject, count: PartitionCount): number | null {
  return sumClusters(subject, (cluster) => subject.collector.facts.counts.ofCluster(count, cluster));
}

/** The latest samples of the brokers in scope, folded into one number; null while there is none. */
export function foldSamples(
  subject: GaugeSubject,
  column: readonly number[],
  fold: (before: number, sample: number) => number,
): number | null {
  let folded: number | null = null;
  for (const broker of reportingBrokers(subject)) {
    const sample = column[broker] ?? Number.NaN;
    if (!Number.isNaN(sample)) folded = folded === null ? sample : fold(folded, sample);
  }
  return folded;
}

export function sum(a: number, b: number): number {
  return a + b;
}
