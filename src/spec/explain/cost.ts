import type { Producer, Scenario } from '../../scenario/scenario.ts';

/** What a scenario moves, before anything is simulated. Records are those that producers are asked to send. */
export interface RoughCost {
  readonly records: number;
  /** Values and keys before compression. */
  readonly bytes: number;
  /** After compression, on all replicas. */
  readonly storedBytes: number;
  readonly deliveries: number;
  readonly partitions: number;
  readonly replicas: number;
  readonly clients: number;
}

export function roughCost(scenario: Scenario): RoughCost {
  const topics = scenario.clusters.flatMap((cluster) =>
    cluster.topics.map((topic) => ({ cluster: cluster.name, topic })),
  );
  let [records, bytes, storedBytes, deliveries] = [0, 0, 0, 0];
  for (const producer of scenario.producers) {
    const count = offeredRecords(producer);
    const size = count * (producer.record.valueBytes + producer.record.keyBytes);
    const found = topics.find(({ cluster, topic }) => cluster === producer.cluster && topic.name === producer.topic);
    const groups = scenario.consumers.filter(
      (group) => group.cluster === producer.cluster && group.topics.includes(producer.topic),
    );
    records += count;
    bytes += size;
    storedBytes += size * producer.record.compressedShare * (found?.topic.replicationFactor ?? 1);
    deliveries += count * groups.length;
  }
  return {
    records: Math.round(records),
    bytes: Math.round(bytes),
    storedBytes: Math.round(storedBytes),
    deliveries: Math.round(deliveries),
    partitions: topics.reduce((sum, { topic }) => sum + topic.partitionCount, 0),
    replicas: topics.reduce((sum, { topic }) => sum + topic.partitionCount * topic.replicationFactor, 0),
    clients: [...scenario.producers, ...scenario.consumers].reduce((sum, client) => sum + client.instances.length, 0),
  };
}

/** The area under the rate from the first to the last instant of sending. */
export function offeredRecords({ rate, fromUs, untilUs }: Pick<Producer, 'rate' | 'fromUs' | 'untilUs'>): number {
  let records = 0;
  for (const [index, point] of rate.entries()) {
    const next = rate[index + 1];
    const endUs = next?.atUs ?? Math.max(untilUs, point.atUs);
    const [startUs, stopUs] = [Math.max(point.atUs, fromUs), Math.min(endUs, untilUs)];
    if (stopUs <= startUs) continue;
    const slope =
      point.shape === 'ramp' && next ? (next.recordsPerSec - point.recordsPerSec) / (next.atUs - point.atUs) : 0;
    const middleUs = (startUs + stopUs) / 2 - point.atUs;
    records += ((point.recordsPerSec + slope * middleUs) * (stopUs - startUs)) / 1_000_000;
  }
  return records;
}
