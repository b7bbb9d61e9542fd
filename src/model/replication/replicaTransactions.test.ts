import { describe, expect, test } from 'vitest';
import { ABORT_MARKER, type BatchKind, COMMIT_MARKER, PLAIN, TRANSACTIONAL } from '../log/batchKind.ts';
import { PartitionHistory } from '../log/partitionHistory.ts';
import { ReplicaLog } from '../log/replicaLog.ts';
import { ReplicaTransactions } from './replicaTransactions.ts';

function newLog() {
  const history = new PartitionHistory();
  const log = new ReplicaLog(history);
  log.beginEpoch(0);
  const append = (kind: BatchKind, producerId: number, count = 1): number =>
    log.append(count, 100 * count, kind > TRANSACTIONAL ? -1 : 0, 0, 0, 0, producerId, 0, 0, kind);
  return { history, log, append, transactions: new ReplicaTransactions(log) };
}

describe('the last stable offset of a replica', () => {
  test('is the high watermark where there are no transactions', () => {
    const { append, transactions } = newLog();
    append(PLAIN, -1, 5);
    expect(transactions.lastStableOffset(3)).toBe(3);
  });

  test('stands before the first open transaction, whoever wrote what follows', () => {
    const { append, transactions } = newLog();
    append(PLAIN, -1, 2);
    append(TRANSACTIONAL, 7, 3);
    append(PLAIN, -1, 4);
    expect(transactions.lastStableOffset(9)).toBe(2);
    expect(transactions.isOpen(7)).toBe(true);
    append(COMMIT_MARKER, 7);
    expect(transactions.lastStableOffset(9)).toBe(2);
    expect(transactions.lastStableOffset(10)).toBe(10);
    expect(transactions.isOpen(7)).toBe(false);
  });

  test('is read off the log anew after a truncation took the marker away', () => {
    const { log, append, transactions } = newLog();
    append(TRANSACTIONAL, 7, 3);
    append(ABORT_MARKER, 7);
    expect(transactions.lastStableOffset(4)).toBe(4);
    log.truncateTo(3);
    log.beginEpoch(1);
    append(PLAIN, -1, 5);
    expect(transactions.lastStableOffset(8)).toBe(0);
    expect(transactions.abortedWithin(0, 8)).toEqual([]);
  });
});

describe('the transaction index', () => {
  test('names the aborted transactions that overlap a fetch, by their first offsets', () => {
    const { append, transactions } = newLog();
    append(TRANSACTIONAL, 1, 2);
    append(TRANSACTIONAL, 2, 2);
    append(ABORT_MARKER, 2);
    append(ABORT_MARKER, 1);
    append(TRANSACTIONAL, 1, 2);
    append(COMMIT_MARKER, 1);
    expect(transactions.abortedWithin(0, 9).map(({ producerId }) => producerId)).toEqual([1, 2]);
    expect(transactions.abortedWithin(5, 9).map(({ producerId }) => producerId)).toEqual([1]);
    expect(transactions.abortedWithin(6, 9)).toEqual([]);
  });
});
