/**
 * What the records of `__transaction_state` say. The logs hold ranges without content; here stands the content of each
 * record under the place that it was written to, so that a new coordinator finds exactly what its replica holds.
 */
import type { ReplicaLog } from '../log/replicaLog.ts';
import type { TransactionRecord } from './transactionMetadata.ts';

export interface TransactionEntry {
  readonly offset: number;
  readonly leaderEpoch: number;
  readonly transactionalId: string;
  /** Null: a tombstone, the id expired. */
  readonly record: TransactionRecord | null;
}

const FIRST_COMPACTION = 256;

interface Content {
  entries: TransactionEntry[];
  compactAt: number;
}

export class TransactionLog {
  readonly #partitions = new Map<number, Content>();

  /** @param settledOffset  every replica's log reaches that far: what a newer record below it replaces is forgotten */
  append(partition: number, entry: TransactionEntry, log: ReplicaLog, settledOffset: () => number): void {
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

  /** The last record of each id that this replica's log holds. */
  latest(partition: number, log: ReplicaLog): Map<string, TransactionRecord> {
    const found = new Map<string, TransactionRecord>();
    for (const entry of this.#partitions.get(partition)?.entries ?? []) {
      if (!holds(log, entry)) continue;
      if (entry.record === null) found.delete(entry.transactionalId);
      else found.set(entry.transactionalId, entry.record);
    }
    return found;
  }
}

function holds(log: ReplicaLog, { offset, leaderEpoch }: TransactionEntry): boolean {
  return offset >= log.logStartOffset && offset < log.logEndOffset && log.epochAt(offset) === leaderEpoch;
}

/** Drops what newer settled records replace; what is not settled may be truncated and stays. */
function compacted(entries: readonly TransactionEntry[], log: ReplicaLog, settledOffset: number): TransactionEntry[] {
  const replaced = new Set<string>();
  const kept: TransactionEntry[] = [];
  for (let i = entries.length - 1; i >= 0; i--) {
    const entry = entries[i]!;
    const isSettled = entry.offset < settledOffset;
    if (isSettled && (!holds(log, entry) || replaced.has(entry.transactionalId))) continue;
    kept.push(entry);
    if (isSettled) replaced.add(entry.transactionalId);
  }
  return kept.reverse();
}
