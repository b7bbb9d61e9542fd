/**
 * The partition of a record without key (KIP-794): stay with one partition for about batch.size bytes, then pick
 * another, preferring those with short queues.
 *
 * Source: `BuiltInPartitioner`. One `StickyPartition` per producer and topic.
 */

/** Draws a whole number from 0 to `bound` - 1. */
export type NextInt = (bound: number) => number;

export interface StickyPartition {
  /** The partition in use; -1 before the first record. */
  partition: number;
  /** Bytes by which the batches of `partition` grew since it was chosen. */
  producedBytes: number;
}

/** Which partitions may be chosen, and how often: index i wins as often as its share of the last cumulative value. */
export interface PartitionLoad {
  partitions: readonly number[];
  cumulativeFrequencies: readonly number[];
}

export function newStickyPartition(): StickyPartition {
  return { partition: -1, producedBytes: 0 };
}

/**
 * The load table of a topic: the longer a queue, the rarer its partition is chosen.
 *
 * @param queueSizes      waiting batches per candidate partition
 * @param partitions      the candidates; fewer than all when some are unavailable for too long
 * @param partitionCount  of the topic
 * @returns undefined when the choice is uniform: one partition, or equal queues and no partition left out
 */
export function partitionLoad(
  queueSizes: readonly number[],
  partitions: readonly number[],
  partitionCount: number,
): PartitionLoad | undefined {
  if (queueSizes.length < 1 || partitionCount < 2) return undefined;
  const longest = queueSizes.reduce((a, b) => Math.max(a, b));
  const areEqual = queueSizes.every((size) => size === longest);
  if (areEqual && queueSizes.length === partitionCount) return undefined;
  let sum = 0;
  const cumulativeFrequencies = queueSizes.map((size) => {
    sum += longest + 1 - size;
    return sum;
  });
  return { partitions, cumulativeFrequencies };
}

/** Index of the entry that `value` (0 to last entry - 1) falls into: the first one above it. */
export function indexForLoad(cumulativeFrequencies: readonly number[], value: number): number {
  let low = 0;
  let high = cumulativeFrequencies.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulativeFrequencies[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The next partition to stick to.
 *
 * @param load       from `partitionLoad`; undefined for a uniform choice
 * @param available  partitions that have a leader; when empty, any of the topic's partitions may be chosen
 */
export function nextPartition(
  load: PartitionLoad | undefined,
  available: readonly number[],
  partitionCount: number,
  nextInt: NextInt,
): number {
  if (load) {
    const total = load.cumulativeFrequencies.at(-1)!;
    return load.partitions[indexForLoad(load.cumulativeFrequencies, nextInt(total))]!;
  }
  if (available.length > 0) return available[nextInt(available.length)]!;
  return nextInt(partitionCount);
}

/**
 * Counts an append to the sticky partition.
 *
 * @param mayLeave  the partition's last batch is full or gone, so leaving it costs no half-filled batch
 * @returns whether the next record needs a new partition: after batch.size bytes if it may leave, after twice that anyway
 */
export function countProduced(
  sticky: StickyPartition,
  appendedBytes: number,
  batchSizeBytes: number,
  mayLeave: boolean,
): boolean {
  // With batch.size 0 every record would make a batch of its own; Kafka counts it as 1.
  const quantum = Math.max(1, batchSizeBytes);
  sticky.producedBytes += appendedBytes;
  return sticky.producedBytes >= (mayLeave ? quantum : 2 * quantum);
}

export function stickTo(sticky: StickyPartition, partition: number): void {
  sticky.partition = partition;
  sticky.producedBytes = 0;
}
