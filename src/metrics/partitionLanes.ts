import type { Cast, TraceEvent } from '../model/trace.ts';
import type { PartitionLane } from '../result/runResult.ts';
import { brokerIds } from './names.ts';

/**
 * Leader and ISR of each user partition over time, as spans that follow each other until the end. Its replicas are all
 * brokers that ever were: first those it was made with, then those that a reassignment brought.
 */
export function partitionLanesOf(events: readonly TraceEvent[], cast: Cast, endUs: number): PartitionLane[] {
  const lanes: (PartitionLane | undefined)[] = [];
  for (const event of events) {
    if (event.type !== 'partition.changed') continue;
    const { cluster, topic, partition, replicas, internal } = cast.partitions[event.partition]!;
    if (internal) continue;
    let lane = lanes[event.partition];
    if (lane === undefined) {
      lane = { cluster, topic, partition, replicas: brokerIds(cast, replicas), spans: [] };
      lanes[event.partition] = lane;
    }
    for (const broker of brokerIds(cast, event.replicas ?? []))
      if (!lane.replicas.includes(broker)) lane.replicas.push(broker);
    const last = lane.spans.at(-1);
    if (last !== undefined) last.toUs = event.atUs;
    if (last !== undefined && last.fromUs === event.atUs) lane.spans.pop();
    lane.spans.push({
      fromUs: event.atUs,
      toUs: endUs,
      leader: event.leader < 0 ? null : brokerIds(cast, [event.leader])[0]!,
      isr: brokerIds(cast, event.isr),
      leaderEpoch: event.leaderEpoch,
    });
  }
  return lanes.filter((lane) => lane !== undefined);
}
