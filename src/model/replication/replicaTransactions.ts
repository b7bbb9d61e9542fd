import {
  type AbortedTransaction,
  advanceHighWatermark,
  appendMarker,
  appendTransactional,
  type LogTransactions,
  lastStableOffset,
  newLogTransactions,
} from '../algorithms/lastStableOffset.ts';
import { ABORT_MARKER, isMarker } from '../log/batchKind.ts';
import type { ReplicaLog } from '../log/replicaLog.ts';

const NONE: readonly AbortedTransaction[] = [];

/**
 * The transactions of one replica's log: which are open, and which were aborted (the transaction index). It is read off
 * the log when somebody asks, each batch once, so appends and follower fetches cost nothing for it; a truncation begins
 * it anew. Source: ProducerStateManager, TransactionIndex, UnifiedLog.fetchLastStableOffsetMetadata.
 */
export class ReplicaTransactions {
  readonly #log: ReplicaLog;
  #state: LogTransactions = newLogTransactions();
  #readTo = 0;
  #truncations = 0;

  constructor(log: ReplicaLog) {
    this.#log = log;
  }

  /** How far a read_committed consumer may read. Never above the high watermark. */
  lastStableOffset(highWatermark: number): number {
    if (!this.#log.hasTransactions) return highWatermark;
    this.#catchUp();
    advanceHighWatermark(this.#state, highWatermark);
    return lastStableOffset(this.#state, highWatermark);
  }

  /** Whether the producer has an open transaction in this log. */
  isOpen(producerId: number): boolean {
    if (!this.#log.hasTransactions) return false;
    this.#catchUp();
    return this.#state.open.some((open) => open.producerId === producerId);
  }

  /** Whether what the producer wrote at that offset belongs to its open transaction. */
  isOpenAt(producerId: number, offset: number): boolean {
    if (!this.#log.hasTransactions) return false;
    this.#catchUp();
    return this.#state.open.some((open) => open.producerId === producerId && open.firstOffset <= offset);
  }

  /** Transactions that end in an abort and overlap [from, to), in order of their first offsets. */
  abortedWithin(from: number, to: number): readonly AbortedTransaction[] {
    if (!this.#log.hasTransactions) return NONE;
    this.#catchUp();
    const found: AbortedTransaction[] = [];
    // In order of their markers: what ended before `from` lies in front.
    const { aborted } = this.#state;
    for (let i = this.#firstEndingAt(from); i < aborted.length; i++)
      if (aborted[i]!.firstOffset < to) found.push(aborted[i]!);
    return found.sort((left, right) => left.firstOffset - right.firstOffset);
  }

  #firstEndingAt(offset: number): number {
    const { aborted } = this.#state;
    let low = 0;
    let high = aborted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (aborted[middle]!.lastOffset < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #catchUp(): void {
    const { truncations, logStartOffset, logEndOffset } = this.#log;
    if (truncations !== this.#truncations) {
      this.#truncations = truncations;
      this.#state = newLogTransactions();
      this.#readTo = logStartOffset;
    }
    if (this.#readTo >= logEndOffset) return;
    this.#log.visitTransactional(this.#readTo, logEndOffset, (producerId, kind, baseOffset) => {
      if (isMarker(kind)) appendMarker(this.#state, producerId, baseOffset, kind === ABORT_MARKER);
      else appendTransactional(this.#state, producerId, baseOffset);
    });
    this.#readTo = logEndOffset;
  }
}
