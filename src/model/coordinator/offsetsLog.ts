/**
 * What the records of `__consumer_offsets` say. The logs hold ranges without content; here stands the content of each
 * record under the place that it was written to, so that a new coordinator finds exactly what its replica holds.
 */
import type { ConsumerAssignment, ConsumerSubscription } from '../group/consumerSubscription.ts';
import type { GroupRecord } from '../group/groupPorts.ts';
import type { ConsumerGroupImage } from '../group/modern/consumerGroupImage.ts';
import type { ReplicaLog } from '../log/replicaLog.ts';
import type { CommittedOffset } from './groupRequests.ts';

export type ConsumerGroupRecord = GroupRecord<ConsumerSubscription, ConsumerAssignment>;

/** The records of a group of the consumer protocol, and what the group is with them. */
export interface ConsumerGroupRecords {
  readonly image: ConsumerGroupImage;
  /** How many records were written: for members, targets and epochs that are new. */
  readonly changes: number;
}

/** What stands for the group itself, under either protocol. */
export type GroupMetadata = ConsumerGroupRecord | ConsumerGroupRecords;

export function isConsumerGroup(metadata: GroupMetadata): metadata is ConsumerGroupRecords {
  return 'image' in metadata;
}

export function recordsIn(metadata: GroupMetadata | null): number {
  if (metadata === null) return 0;
  return isConsumerGroup(metadata) ? metadata.changes : metadata.members.length;
}

export interface OffsetsEntry {
  readonly offset: number;
  readonly leaderEpoch: number;
  readonly group: number;
  /** Null for a record of offsets. */
  readonly metadata: GroupMetadata | null;
  /** When it was appended. */
  readonly atUs?: number;
  /** Empty for a record of the group; an offset of -1 takes away what was committed (a tombstone). */
  readonly offsets: readonly CommittedOffset[];
  /** The offsets wait for the transaction of this producer. */
  readonly pendingOf?: number;
  /** A marker: the transaction of this producer has ended, and `offsets` are what it committed of the group. */
  readonly endOf?: number;
}

const FIRST_COMPACTION = 256;

interface Content {
  entries: OffsetsEntry[];
  compactAt: number;
}

export class OffsetsLog {
  readonly #partitions = new Map<number, Content>();

  /**
   * @param settledOffset  every replica's log reaches that far: what a newer record below it replaces is forgotten
   */
  append(partition: number, entry: OffsetsEntry, log: ReplicaLog, settledOffset: () => number): void {
    let content = this.#partitions.get(partition);
    if (content === undefined) {
      content = { entries: [], compactAt: FIRST_COMPACTION };
      this.#partitions.set(partition, content);
    }
    content.entries.push(entry);
    if (content.entries.length < content.compactAt) return;
    content.entries = compacted(content.entries, log, settledOffset());
    content.compactAt = 2 * content.entries.length + FIRST_COMPACTION;
  }

  /** The records that this replica's log holds, in offset order. */
  *visible(partition: number, log: ReplicaLog): Iterable<OffsetsEntry> {
    for (const entry of this.#partitions.get(partition)?.entries ?? []) if (holds(log, entry)) yield entry;
  }
}

function holds(log: ReplicaLog, { offset, leaderEpoch }: OffsetsEntry): boolean {
  return offset >= log.logStartOffset && offset < log.logEndOffset && log.epochAt(offset) === leaderEpoch;
}

/** Drops what newer settled records replace; what is not settled may be truncated and stays. */
function compacted(entries: readonly OffsetsEntry[], log: ReplicaLog, settledOffset: number): OffsetsEntry[] {
  const replaced = new Set<string>();
  const ended = new Set<string>();
  const kept: OffsetsEntry[] = [];
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i]!;
    const keys = keysOf(entry);
    if (entry.endOf !== undefined) ended.add(`${entry.group}/${entry.endOf}`);
    if (entry.pendingOf !== undefined) {
      if (entry.offset >= settledOffset || !ended.has(`${entry.group}/${entry.pendingOf}`)) kept.push(entry);
      continue;
    }
    if (entry.offset < settledOffset && (!holds(log, entry) || keys.every((key) => replaced.has(key)))) continue;
    kept.push(entry);
    if (entry.offset < settledOffset) for (const key of keys) replaced.add(key);
  }
  return kept.reverse();
}

function keysOf({ group, metadata, offsets }: OffsetsEntry): string[] {
  return metadata !== null ? [`${group}`] : offsets.map(({ partition }) => `${group}/${partition}`);
}
