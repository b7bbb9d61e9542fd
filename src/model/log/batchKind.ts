/**
 * What a batch is, by the attributes of its header (RecordBatch.isTransactional, isControlBatch) and, of a control
 * batch, by its record (ControlRecordType). A small integer: logs hold one for each row.
 */
export type BatchKind = 0 | 1 | 2 | 3;

/** Records outside any transaction. */
export const PLAIN: BatchKind = 0;
/** Records that count once their producer's transaction is committed. */
export const TRANSACTIONAL: BatchKind = 1;
/** The marker that ends a producer's transaction on this partition; it takes one offset and no application sees it. */
export const COMMIT_MARKER: BatchKind = 2;
export const ABORT_MARKER: BatchKind = 3;

export function isMarker(kind: BatchKind): boolean {
  return kind >= COMMIT_MARKER;
}
