/**
 * The sticky assignment when all members subscribe to the same topics: everybody keeps what it owns up to its fair
 * share, and what is left over fills up the others.
 *
 * Fair shares differ by at most one: `minQuota` for all, and `maxQuota` for as many members as the division leaves over.
 *
 * Source: Apache Kafka `AbstractStickyAssignor.ConstrainedAssignmentBuilder`. Kafka's pass over racks does not count how
 * many members it takes above `minQuota`; where it would take too many (and then fail for want of partitions), this one
 * stays within the shares.
 */
import { compareMemberIds, type StickyInput } from './stickyInput.ts';

export interface StickyResult {
  /** Partition indexes of each member, in the order in which they were given. */
  readonly assigned: number[][];
  /** Partitions that another live member still holds: the cooperative protocol must withhold them for now. */
  readonly transferring: ReadonlySet<number>;
}

export function assignConstrained(input: StickyInput): StickyResult {
  const fill = new ConstrainedFill(input);
  fill.keepOwned();
  const unassigned = fill.unassigned();
  const rest = input.racks.isUsed ? fill.dealWithinRacks(unassigned) : unassigned;
  fill.deal(rest);
  return { assigned: fill.assigned, transferring: fill.transferring };
}

class ConstrainedFill {
  readonly assigned: number[][];
  readonly transferring = new Set<number>();
  readonly #input: StickyInput;
  readonly #minQuota: number;
  readonly #maxQuota: number;
  readonly #expectedOverMin: number;
  #overMin = 0;
  #belowMin: number[] = [];
  #atMin: number[] = [];
  /** Who owned each partition that its owner did not keep outright. */
  readonly #releasedBy = new Map<number, number>();

  constructor(input: StickyInput) {
    this.#input = input;
    this.assigned = input.members.map(() => []);
    const memberCount = input.members.length;
    this.#minQuota = Math.floor(input.indexes.length / memberCount);
    this.#maxQuota = Math.ceil(input.indexes.length / memberCount);
    this.#expectedOverMin = input.indexes.length % memberCount;
  }

  keepOwned(): void {
    const { members, racks, claimedTwice } = this.#input;
    for (let member = 0; member < members.length; member++) {
      for (const partition of this.#input.owned[member] ?? []) this.#releasedBy.set(partition, member);
      const owned = this.#byPartitionNumber(this.#input.owned[member] ?? []).filter(
        (partition) => !racks.mismatch(member, partition) && !claimedTwice.has(partition),
      );
      const kept = this.#keptCount(member, owned.length);
      this.assigned[member]?.push(...owned.slice(0, kept));
    }
    const byId = compareMemberIds(this.#input);
    this.#belowMin.sort(byId);
    this.#atMin.sort(byId);
  }

  unassigned(): number[] {
    const taken = new Set(this.assigned.flat());
    const free = this.#input.indexes.map((_, partition) => partition).filter((partition) => !taken.has(partition));
    return this.#input.racks.sortByReaders(free);
  }

  /** @returns what no member could read in its own rack within its share */
  dealWithinRacks(partitions: readonly number[]): number[] {
    let from = 0;
    const rest: number[] = [];
    for (const partition of partitions) {
      const at = this.#nextInRack(partition, this.#belowMin, from);
      const mayExceed = at < 0 && this.#overMin < this.#expectedOverMin;
      const atMin = mayExceed ? this.#nextInRack(partition, this.#atMin, 0) : -1;
      const member = at >= 0 ? this.#belowMin[at] : this.#atMin[atMin];
      if (member === undefined) {
        rest.push(partition);
        continue;
      }
      if (at >= 0) from = this.#countGiven(member, at);
      else this.#exceedMin(atMin);
      this.#give(member, partition);
    }
    return rest;
  }

  deal(partitions: readonly number[]): void {
    let turn = 0;
    for (const partition of partitions) {
      if (turn >= this.#belowMin.length) turn = 0;
      const member = this.#belowMin.length > 0 ? this.#belowMin[turn] : this.#atMin.shift();
      if (member === undefined) throw new Error('a partition is left over although every member has its share');
      this.#give(member, partition);
      if (this.#size(member) === this.#minQuota) {
        this.#belowMin.splice(turn, 1);
        this.#atMin.push(member);
      } else {
        turn++;
      }
    }
  }

  #keptCount(member: number, ownedCount: number): number {
    if (ownedCount < this.#minQuota) {
      this.#belowMin.push(member);
      return ownedCount;
    }
    const mayExceed = this.#overMin < this.#expectedOverMin;
    if (ownedCount >= this.#maxQuota && mayExceed) {
      this.#overMin++;
      if (this.#overMin === this.#expectedOverMin) this.#atMin = [];
      return this.#maxQuota;
    }
    if (mayExceed) this.#atMin.push(member);
    return this.#minQuota;
  }

  /** Where the next search starts, after the member at this place got one more. */
  #countGiven(member: number, at: number): number {
    const size = this.#size(member) + 1;
    if (size < this.#minQuota) return (at + 1) % this.#belowMin.length;
    this.#belowMin.splice(at, 1);
    if (size < this.#maxQuota) this.#atMin.push(member);
    return this.#belowMin.length === 0 ? 0 : at % this.#belowMin.length;
  }

  #exceedMin(at: number): void {
    this.#overMin++;
    this.#atMin.splice(at, 1);
  }

  #nextInRack(partition: number, members: readonly number[], from: number): number {
    for (let step = 0; step < members.length; step++) {
      const at = (from + step) % members.length;
      if (this.#input.racks.match(members[at] as number, partition)) return at;
    }
    return -1;
  }

  #give(member: number, partition: number): void {
    this.assigned[member]?.push(partition);
    const releasedBy = this.#releasedBy.get(partition) ?? member;
    if (releasedBy !== member || this.#input.claimedTwice.has(partition)) this.transferring.add(partition);
  }

  #size(member: number): number {
    return this.assigned[member]?.length ?? 0;
  }

  /** By partition number, then topic name, so that a member that must give up some gives up a bit of every topic. */
  #byPartitionNumber(partitions: readonly number[]): number[] {
    const { numberOf, topicOf } = this.#input;
    return [...partitions].sort(
      (a, b) => (numberOf[a] ?? 0) - (numberOf[b] ?? 0) || (topicOf[a] ?? 0) - (topicOf[b] ?? 0),
    );
  }
}
