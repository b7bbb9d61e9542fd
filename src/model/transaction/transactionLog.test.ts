import { expect, test } from 'vitest';
import { PartitionHistory } from '../log/partitionHistory.ts';
import { ReplicaLog } from '../log/replicaLog.ts';
import { TransactionLog } from './transactionLog.ts';
import type { TransactionRecord } from './transactionMetadata.ts';

function record(producerEpoch: number): TransactionRecord {
  return {
    producerId: 7,
    producerEpoch,
    nextProducerId: -1,
    timeoutUs: 60_000_000,
    state: 'Empty',
    partitions: [],
    startUs: -1,
    lastUpdateUs: 0,
  };
}

function newReplica(history: PartitionHistory): ReplicaLog {
  const log = new ReplicaLog(history);
  log.beginEpoch(0);
  return log;
}

test('a new coordinator finds the last record of each id that its own replica holds', () => {
  const log = newReplica(new PartitionHistory());
  const content = new TransactionLog();
  const write = (transactionalId: string, epoch: number): void => {
    const offset = log.append(1, 150, -1, 0, 0, 0, -1, -1, -1);
    content.append(3, { offset, leaderEpoch: 0, transactionalId, record: record(epoch) }, log, () => 0);
  };
  write('a', 0);
  write('b', 0);
  write('a', 1);
  expect(content.latest(3, log).get('a')!.producerEpoch).toBe(1);
  log.truncateTo(2);
  expect(content.latest(3, log).get('a')!.producerEpoch).toBe(0);
  log.truncateTo(1);
  expect([...content.latest(3, log).keys()]).toEqual(['a']);
});

test('an expired id is gone with its tombstone', () => {
  const log = newReplica(new PartitionHistory());
  const content = new TransactionLog();
  const offset = log.append(1, 150, -1, 0, 0, 0, -1, -1, -1);
  content.append(3, { offset, leaderEpoch: 0, transactionalId: 'a', record: record(0) }, log, () => 0);
  const next = log.append(1, 150, -1, 0, 0, 0, -1, -1, -1);
  content.append(3, { offset: next, leaderEpoch: 0, transactionalId: 'a', record: null }, log, () => 0);
  expect(content.latest(3, log).size).toBe(0);
});

test('compaction keeps the last settled record of each id, and all that may be truncated yet', () => {
  const log = newReplica(new PartitionHistory());
  const content = new TransactionLog();
  for (let epoch = 0; epoch < 1000; epoch++) {
    const offset = log.append(1, 150, -1, 0, 0, 0, -1, -1, -1);
    const entry = { offset, leaderEpoch: 0, transactionalId: `id-${epoch % 3}`, record: record(epoch) };
    content.append(3, entry, log, () => log.logEndOffset - 5);
  }
  expect(content.latest(3, log).get('id-0')!.producerEpoch).toBe(999);
  log.truncateTo(996);
  expect(content.latest(3, log).get('id-0')!.producerEpoch).toBe(993);
});
