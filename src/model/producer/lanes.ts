import type { Producer } from '../../scenario/scenario.ts';
import type { ModelContext } from '../context.ts';
import { Arrivals, type RecordSource } from './arrivals.ts';
import { FedRecords } from './fedRecords.ts';
import { isSticky, partitionShares } from './keyShares.ts';
import { Lane } from './lane.ts';
import { RateCurve } from './rateCurve.ts';

/** What a producer instance hands to which partition. */
export interface Lanes {
  readonly lanes: Lane[];
  /** The records without a partition of their own, for the sticky partitioner; null when every lane has its arrivals. */
  readonly stream: RecordSource | null;
  /**
   * The topic has these partitions from `nowUs` on, as far as the client knows: the partitioner goes by their number.
   * Everything that came before must have been admitted. @returns the lanes of those that are new
   */
  grow(partitions: readonly number[], nowUs: number): Lane[];
}

/** The partitions of the topic, and which arrivals each has. Instances share the rate evenly, with phases of their own. */
export function lanesOf(ctx: ModelContext, spec: Producer, instance: number, partitions: readonly number[]): Lanes {
  const random = ctx.kernel.random.stream(`arrivals/${spec.name}/${instance}`);
  const curve = new RateCurve(spec.rate, 1 / Math.max(1, spec.instances.length), spec.fromUs, spec.untilUs);
  if (isSticky(spec.partitioner, spec.record.keys)) {
    const lanes = partitions.map((partition) => new Lane(partition, null));
    const grow = (all: readonly number[]): Lane[] => {
      const fresh = all.slice(lanes.length).map((partition) => new Lane(partition, null));
      lanes.push(...fresh);
      return fresh;
    };
    const stream = spec.fedBy === undefined ? new Arrivals(curve, 1, random.next()) : new FedRecords();
    return { lanes, stream, grow };
  }
  const lanes = partitions.map((partition) => new Lane(partition, null));
  const deal = (fromUs: number): void => {
    const shares = sharesOf(spec, lanes.length);
    const start = spec.partitioner.kind === 'round-robin' ? random.next() : 0;
    for (const [i, lane] of lanes.entries()) {
      const phase =
        spec.partitioner.kind === 'round-robin' ? (start / lanes.length + i / lanes.length) % 1 : random.next();
      lane.arrivals = new Arrivals(curve, shares[i]!, phase, fromUs);
      lane.admitted = 0;
    }
  };
  deal(0);
  const grow = (all: readonly number[], nowUs: number): Lane[] => {
    const fresh = all.slice(lanes.length).map((partition) => new Lane(partition, null));
    lanes.push(...fresh);
    deal(nowUs);
    return fresh;
  };
  return { lanes, stream: null, grow };
}

/** Of all records, by partition. */
function sharesOf(spec: Producer, count: number): number[] {
  const { partitioner, record } = spec;
  if (partitioner.kind === 'round-robin') return new Array<number>(count).fill(1 / count);
  if (partitioner.kind !== 'weights') return partitionShares(record.keys, record.keyBytes, count);
  const weights = Array.from({ length: count }, (_, i) => partitioner.weights[i] ?? 0);
  const total = partitioner.weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
