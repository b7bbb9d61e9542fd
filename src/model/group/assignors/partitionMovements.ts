/**
 * Which partitions balancing has moved so far, so that two members never swap partitions of one topic: instead of a
 * second one moving against the first, the first goes home.
 *
 * Source: Apache Kafka `AbstractStickyAssignor.PartitionMovements`.
 */
interface Movement {
  readonly from: number;
  readonly to: number;
  readonly topic: number;
}

export class PartitionMovements {
  readonly #moved = new Map<number, Movement>();

  /** The partition that should really move so that `newOwner` gets one of the topic from `oldOwner`. */
  partitionToMove(topic: number, partition: number, oldOwner: number, newOwner: number): number {
    const origin = this.#moved.get(partition)?.from ?? oldOwner;
    let chosen = partition;
    let hasReverse = false;
    for (const [candidate, movement] of this.#moved) {
      if (movement.topic !== topic || movement.from !== newOwner || movement.to !== origin) continue;
      chosen = hasReverse ? Math.min(chosen, candidate) : candidate;
      hasReverse = true;
    }
    return chosen;
  }

  record(topic: number, partition: number, oldOwner: number, newOwner: number): void {
    const earlier = this.#moved.get(partition);
    if (earlier === undefined) {
      this.#moved.set(partition, { topic, from: oldOwner, to: newOwner });
      return;
    }
    this.#moved.delete(partition);
    if (earlier.from !== newOwner) this.#moved.set(partition, { topic, from: earlier.from, to: newOwner });
  }
}
