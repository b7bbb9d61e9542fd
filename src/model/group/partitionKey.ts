/**
 * A topic partition as one integer, so that assignments are plain arrays and sets of numbers.
 *
 * The key is topicId * 2^20 + partition: exact below 2^53 for every topic id below 2^32 and every partition number
 * below 1,048,576. Keys of one topic sort by partition; keys of different topics sort by id, not by name.
 */
export type PartitionKey = number;

const PARTITIONS_PER_TOPIC = 1_048_576;

export const partitionKey = (topicId: number, partition: number): PartitionKey =>
  topicId * PARTITIONS_PER_TOPIC + partition;

export const topicIdOf = (key: PartitionKey): number => Math.floor(key / PARTITIONS_PER_TOPIC);

export const partitionOf = (key: PartitionKey): number => key % PARTITIONS_PER_TOPIC;
