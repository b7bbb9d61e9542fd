/** What must hold of a quorum after every event, whatever happened before. */

import { assert } from '../../../sim/index.ts';
import type { RaftLog } from '../raftLog.ts';
import type { RaftNode } from '../raftNode.ts';

/**
 * The invariants that Kafka checks on its own simulated quorum, and two of raft's.
 *
 * Source: `RaftEventSimulationTest` (MonotonicEpoch, SingleLeader, MonotonicHighWatermark, MajorityReachedHighWatermark,
 * ConsistentCommittedData, SnapshotAtLogStart, LeaderNeverLoadSnapshot); leader completeness and log matching of raft.
 */
export class RaftInvariants {
  readonly #nodes: readonly RaftNode[];
  readonly #epochs: number[];
  readonly #marks: number[];
  readonly #generations: number[];
  readonly #leaderOf = new Map<number, number>();
  /** The committed log: epochs and ends in turn. */
  readonly #committed: number[] = [];
  #committedEnd = 0;
  #leaderEpoch = 0;
  #leaderMark = -1;

  constructor(nodes: readonly RaftNode[]) {
    this.#nodes = nodes;
    this.#epochs = nodes.map(() => 0);
    this.#marks = nodes.map(() => -1);
    this.#generations = nodes.map(() => -1);
  }

  check(): void {
    for (const node of this.#nodes) {
      this.#monotonicEpoch(node);
      this.#singleLeader(node);
      if (node.leading !== null) this.#highWatermark(node);
    }
    for (const node of this.#nodes) if (node.leading === null) this.#highWatermark(node);
  }

  #monotonicEpoch({ slot, epoch }: RaftNode): void {
    assert(epoch >= this.#epochs[slot]!, `MonotonicEpoch: ${slot} fell from ${this.#epochs[slot]} to ${epoch}`);
    this.#epochs[slot] = epoch;
  }

  #singleLeader(node: RaftNode): void {
    const { slot, epoch, leading, generation } = node;
    if (leading === null) return;
    const other = this.#leaderOf.get(epoch) ?? slot;
    assert(other === slot, `SingleLeader: ${other} and ${slot} lead epoch ${epoch}`);
    this.#leaderOf.set(epoch, slot);
    if (this.#generations[slot] === generation) return;
    this.#generations[slot] = generation;
    this.#matchesCommitted(node.log, this.#committedEnd, `leader completeness: ${slot} leads epoch ${epoch}`);
    assert(
      Math.max(0, node.highWatermark) >= node.log.startOffset,
      `LeaderNeverLoadSnapshot: ${slot} in epoch ${epoch}`,
    );
  }

  #highWatermark(node: RaftNode): void {
    const { slot, highWatermark, log, epoch, leading } = node;
    assert(log.endOffset >= log.startOffset, 'SnapshotAtLogStart');
    if (!node.isUp) {
      this.#marks[slot] = -1;
      return;
    }
    const before = this.#marks[slot]!;
    if (highWatermark === before) {
      // What is committed may not be truncated, whether something moved or not.
      assert(log.endOffset >= highWatermark, `truncated below the high watermark at ${slot}`);
      return;
    }
    assert(highWatermark >= before, `MonotonicHighWatermark: ${slot} fell from ${before} to ${highWatermark}`);
    this.#marks[slot] = highWatermark;
    if (leading !== null && epoch >= this.#leaderEpoch) this.#leaderCommitted(node);
    const known = Math.min(highWatermark, this.#committedEnd);
    assert(known === highWatermark, `${slot} takes ${highWatermark} for committed, which no leader committed`);
    this.#matchesCommitted(log, highWatermark, `ConsistentCommittedData: ${slot}`);
  }

  #leaderCommitted({ slot, epoch, highWatermark, log }: RaftNode): void {
    const isFalling = highWatermark < this.#leaderMark;
    assert(!isFalling, `MonotonicHighWatermark: leader ${slot} has ${highWatermark}, ${this.#leaderMark} was reached`);
    this.#leaderEpoch = epoch;
    this.#leaderMark = highWatermark;
    const reached = this.#nodes.filter((node) => node.log.endOffset >= highWatermark).length;
    const majority = Math.floor(this.#nodes.length / 2) + 1;
    assert(reached >= majority, `MajorityReachedHighWatermark: ${reached} voters reached ${highWatermark}`);
    this.#extend(log, highWatermark);
  }

  #extend(log: RaftLog, to: number): void {
    this.#matchesCommitted(log, this.#committedEnd, 'committed entries stay');
    const ranges = log.read(this.#committedEnd);
    for (let at = 0; at < ranges.length && this.#committedEnd < to; at += 2) {
      const end = Math.min(ranges[at + 1]!, to);
      if (this.#committed.at(-2) === ranges[at]) this.#committed[this.#committed.length - 1] = end;
      else this.#committed.push(ranges[at]!, end);
      this.#committedEnd = end;
    }
  }

  /** Every record of the log below `to` is the one that was committed there. */
  #matchesCommitted(log: RaftLog, to: number, what: string): void {
    assert(log.endOffset >= to, `${what}: its log ends at ${log.endOffset}, below ${to}`);
    const { offset: start, epoch } = log.snapshot;
    if (start > 0) assert(this.#epochBefore(start) === epoch, `SnapshotAtLogStart: ${what}`);
    const ranges = log.read(start);
    let low = start;
    for (let at = 0; at < ranges.length && low < to; at += 2) {
      const high = Math.min(ranges[at + 1]!, to);
      assert(
        this.#epochBefore(low + 1) === ranges[at] && this.#epochBefore(high) === ranges[at],
        `${what}: other records`,
      );
      low = high;
    }
  }

  #epochBefore(offset: number): number {
    for (let at = 0; at < this.#committed.length; at += 2)
      if (offset <= this.#committed[at + 1]!) return this.#committed[at]!;
    return -1;
  }
}
