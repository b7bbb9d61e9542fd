/**
 * The sticky assignment when members subscribe to different topics: keep what is owned, give the rest to whoever has
 * least, then move single partitions for as long as a move makes the group more even.
 *
 * Source: Apache Kafka `AbstractStickyAssignor.GeneralAssignmentBuilder`. Where Kafka takes any element of a hash set of
 * moved partitions, the lowest partition is taken here. A partition goes back to its owner of an earlier generation only
 * while that member still subscribes to the topic.
 */
import { PartitionMovements } from './partitionMovements.ts';
import type { StickyResult } from './stickyConstrained.ts';
import { compareMemberIds, drop, type StickyInput } from './stickyInput.ts';

export function assignGeneral(input: StickyInput): StickyResult {
  const balancer = new Balancer(input);
  balancer.keepOwned();
  balancer.assignRest();
  balancer.balance();
  return { assigned: balancer.assigned, transferring: transferring(input, balancer.assigned) };
}

/** Partitions that one member gets and another one claims and loses. */
function transferring(input: StickyInput, assigned: readonly (readonly number[])[]): Set<number> {
  const added = new Set<number>();
  const revoked = new Set<number>();
  assigned.forEach((partitions, member) => {
    const claimed = new Set(input.claimed[member]);
    const kept = new Set(partitions);
    for (const partition of partitions) if (!claimed.has(partition)) added.add(partition);
    for (const partition of claimed) if (!kept.has(partition)) revoked.add(partition);
  });
  return new Set([...added].filter((partition) => revoked.has(partition)));
}

class Balancer {
  assigned: number[][];
  readonly #input: StickyInput;
  readonly #ownerOf: number[];
  readonly #previousOwner: Map<number, number>;
  readonly #subscriberCount: number[];
  readonly #reachable: number[];
  readonly #allPartitions: number[];
  readonly #movements = new PartitionMovements();
  /** Members that take part in balancing; ordered on use by size, then id. */
  #movable: number[];
  #mustRevoke = false;
  #wasEmpty = true;
  #unassigned: number[] = [];
  readonly #byId: (left: number, right: number) => number;

  constructor(input: StickyInput) {
    this.#input = input;
    this.assigned = input.owned.map((partitions) => [...partitions]);
    this.#ownerOf = new Array<number>(input.indexes.length).fill(-1);
    this.#previousOwner = previousOwners(input);
    this.#byId = compareMemberIds(input);
    this.#movable = input.members.map((_, member) => member);
    this.#subscriberCount = input.topics.map((_, topic) => input.subscriptions.filter((set) => set.has(topic)).length);
    this.#reachable = input.subscriptions.map((topics) =>
      [...topics].reduce((sum, topic) => sum + (input.topics[topic]?.partitions.length ?? 0), 0),
    );
    this.#allPartitions = input.indexes
      .map((_, partition) => partition)
      .sort((a, b) => this.#subscribersOf(a) - this.#subscribersOf(b) || a - b);
  }

  keepOwned(): void {
    this.assigned.forEach((partitions, member) => {
      const kept = partitions.filter((p) => this.#subscribes(member, p) && !this.#input.racks.mismatch(member, p));
      if (kept.length < partitions.length) this.#mustRevoke = true;
      this.assigned[member] = kept;
      for (const partition of kept) this.#ownerOf[partition] = member;
    });
    this.#wasEmpty = this.assigned.every((partitions) => partitions.length === 0);
    this.#unassigned = this.#allPartitions.filter((partition) => this.#ownerOf[partition] === -1);
  }

  assignRest(): void {
    const { racks } = this.#input;
    const giveToSmallest = (partition: number, mayTake: (member: number) => boolean): void => {
      const member = this.#bySize().find((candidate) => this.#subscribes(candidate, partition) && mayTake(candidate));
      if (member === undefined) return;
      this.assigned[member]?.push(partition);
      this.#ownerOf[partition] = member;
    };
    if (racks.isUsed) {
      for (const p of this.#unassigned) giveToSmallest(p, (member) => !racks.mismatch(member, p));
    }
    for (const p of this.#unassigned) if (this.#ownerOf[p] === -1) giveToSmallest(p, () => true);
  }

  balance(): void {
    const isMovable = (partition: number): boolean => this.#subscribersOf(partition) >= 2;
    this.#movable = this.#movable.filter(
      (member) =>
        (this.assigned[member]?.length ?? 0) < (this.#reachable[member] ?? 0) || this.assigned[member]?.some(isMovable),
    );
    const before = this.assigned.map((partitions) => [...partitions]);
    const scoreBefore = this.#score();
    if (!this.#mustRevoke) this.#moveUntilEven(this.#unassigned.filter(isMovable));
    const hasMoved = this.#moveUntilEven(this.#allPartitions.filter(isMovable));
    if (!this.#wasEmpty && hasMoved && this.#score() >= scoreBefore) this.assigned = before;
  }

  #moveUntilEven(partitions: readonly number[]): boolean {
    let hasMoved = false;
    let movedInPass = true;
    while (movedInPass) {
      movedInPass = false;
      for (const partition of partitions) {
        if (this.#isBalanced()) break;
        const target = this.#betterOwner(partition);
        if (target === -1) continue;
        this.#move(partition, target);
        movedInPass = true;
      }
      hasMoved ||= movedInPass;
    }
    return hasMoved;
  }

  /** @returns the member that should have the partition instead, or -1 */
  #betterOwner(partition: number): number {
    const enough = this.#size(this.#ownerOf[partition] ?? -1) - 1;
    const previous = this.#previousOwner.get(partition);
    if (previous !== undefined && this.#subscribes(previous, partition) && enough > this.#size(previous))
      return previous;
    const hasSmaller = this.#movable.some((m) => this.#subscribes(m, partition) && enough > this.#size(m));
    if (!hasSmaller) return -1;
    return this.#bySize().find((member) => this.#subscribes(member, partition)) ?? -1;
  }

  #move(partition: number, newOwner: number): void {
    const oldOwner = this.#ownerOf[partition] as number;
    const topic = this.#input.topicOf[partition] as number;
    const moved = this.#movements.partitionToMove(topic, partition, oldOwner, newOwner);
    const from = this.#ownerOf[moved] as number;
    this.#movements.record(topic, moved, from, newOwner);
    drop(this.assigned[from], moved);
    this.assigned[newOwner]?.push(moved);
    this.#ownerOf[moved] = newOwner;
  }

  /** No member could take a partition from one that has at least two more. */
  #isBalanced(): boolean {
    const sizes = this.#movable.map((member) => this.#size(member));
    if (Math.min(...sizes) >= Math.max(...sizes) - 1) return true;
    return !this.#allPartitions.some((partition) => {
      const ownerSize = this.#size(this.#ownerOf[partition] ?? -1);
      return this.#movable.some((m) => this.#size(m) + 1 < ownerSize && this.#subscribes(m, partition));
    });
  }

  /** Sum of the size differences of all pairs; 0 when all have the same. */
  #score(): number {
    let score = 0;
    this.#movable.forEach((member, index) => {
      for (const other of this.#movable.slice(index + 1)) score += Math.abs(this.#size(member) - this.#size(other));
    });
    return score;
  }

  #bySize(): number[] {
    return [...this.#movable].sort((a, b) => this.#size(a) - this.#size(b) || this.#byId(a, b));
  }

  #size(member: number): number {
    return this.assigned[member]?.length ?? 0;
  }

  #subscribes(member: number, partition: number): boolean {
    return this.#input.subscriptions[member]?.has(this.#input.topicOf[partition] as number) ?? false;
  }

  #subscribersOf(partition: number): number {
    return this.#subscriberCount[this.#input.topicOf[partition] as number] ?? 0;
  }
}

/** Of the claims older than the newest generation, the newest one for each partition. */
function previousOwners(input: StickyInput): Map<number, number> {
  const owners = new Map<number, number>();
  const generations = new Map<number, number>();
  input.members.forEach(({ generation }, member) => {
    if (generation >= input.maxGeneration) return;
    for (const partition of input.claimed[member] ?? []) {
      if (generation <= (generations.get(partition) ?? -2)) continue;
      generations.set(partition, generation);
      owners.set(partition, member);
    }
  });
  return owners;
}
