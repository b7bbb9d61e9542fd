/**
 * How far a read_committed consumer may read: to the first transaction that is open, or whose marker is not yet
 * replicated, and never past the high watermark.
 *
 * Source: `ProducerStateManager.firstUnstableOffset`, `UnifiedLog.lastStableOffset`, KIP-98. One per partition log;
 * offsets are exact below 2^53. Not modelled: rebuilding after truncation (the owner replays the log).
 */
export interface LogTransactions {
  /** In order of their first offsets. */
  readonly open: OpenTransaction[];
  /** Ended, but the marker is not below the high watermark; in order of their first offsets. */
  readonly unreplicated: EndedTransaction[];
  /** What a fetch tells read_committed consumers to leave out; in order of their markers. */
  readonly aborted: AbortedTransaction[];
}

export interface OpenTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
}

export interface EndedTransaction extends OpenTransaction {
  /** The offset of the marker. */
  readonly lastOffset: number;
}

export interface AbortedTransaction extends EndedTransaction {
  /** Where the next open transaction began, else behind the marker. */
  readonly lastStableOffset: number;
}

export const NO_OFFSET = -1;

export function newLogTransactions(): LogTransactions {
  return { open: [], unreplicated: [], aborted: [] };
}

/** Transactional records of a producer arrived; only the first ones open a transaction. */
export function appendTransactional(log: LogTransactions, producerId: number, baseOffset: number): void {
  if (!log.open.some((open) => open.producerId === producerId)) log.open.push({ producerId, firstOffset: baseOffset });
}

/** A commit or abort marker arrived; one of a producer without an open transaction changes nothing. */
export function appendMarker(log: LogTransactions, producerId: number, markerOffset: number, isAbort: boolean): void {
  const index = log.open.findIndex((open) => open.producerId === producerId);
  if (index < 0) return;
  const [{ firstOffset }] = log.open.splice(index, 1) as [OpenTransaction];
  const ended = { producerId, firstOffset, lastOffset: markerOffset };
  insertByFirstOffset(log.unreplicated, ended);
  if (isAbort) log.aborted.push({ ...ended, lastStableOffset: log.open[0]?.firstOffset ?? markerOffset + 1 });
}

/** The high watermark moved: transactions whose marker is below it are decided for good. */
export function advanceHighWatermark(log: LogTransactions, highWatermark: number): void {
  const { unreplicated } = log;
  for (let index = unreplicated.length - 1; index >= 0; index--) {
    if (unreplicated[index]!.lastOffset < highWatermark) unreplicated.splice(index, 1);
  }
}

/** NO_OFFSET when every transaction is decided. */
export function firstUnstableOffset({ open, unreplicated }: LogTransactions): number {
  const undecided = open[0]?.firstOffset ?? Infinity;
  const first = Math.min(undecided, unreplicated[0]?.firstOffset ?? Infinity);
  return first === Infinity ? NO_OFFSET : first;
}

export function lastStableOffset(log: LogTransactions, highWatermark: number): number {
  const unstable = firstUnstableOffset(log);
  return unstable === NO_OFFSET ? highWatermark : Math.min(unstable, highWatermark);
}

function insertByFirstOffset(list: EndedTransaction[], ended: EndedTransaction): void {
  const index = list.findIndex((other) => other.firstOffset > ended.firstOffset);
  list.splice(index < 0 ? list.length : index, 0, ended);
}
