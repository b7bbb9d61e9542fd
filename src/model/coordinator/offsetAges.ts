/** What decides whether a group still needs its offsets. */
export interface OffsetsUser {
  readonly hasMembers: boolean;
  /** Since when a classic group of consumers is Empty; null for any other. */
  readonly emptySinceUs: number | null;
}

/**
 * How old committed offsets are. The offsets of a topic that members subscribe to never expire. Those of an empty classic
 * group count from when it became Empty, all others from their commit: so a group of the consumer protocol forgets first
 * what it committed first.
 *
 * Source: Apache Kafka `OffsetMetadataManager.cleanupExpiredOffsets`, `ClassicGroup.offsetExpirationCondition`,
 * `ConsumerGroup.offsetExpirationCondition`; KIP-211.
 */
export class OffsetAges {
  readonly #committedUs = new Map<number, number>();

  committed(partition: number, atUs: number): void {
    this.#committedUs.set(partition, atUs);
  }

  forget(partition: number): void {
    this.#committedUs.delete(partition);
  }

  /** @param untilUs  what was last of use then, or before, is expired */
  expired(partitions: Iterable<number>, { hasMembers, emptySinceUs }: OffsetsUser, untilUs: number): number[] {
    if (hasMembers) return [];
    const baseUs = (partition: number): number => emptySinceUs ?? this.#committedUs.get(partition) ?? untilUs + 1;
    return [...partitions].filter((partition) => baseUs(partition) <= untilUs);
  }
}
