import { coordinatorPartition, javaStringHash } from '../../model/algorithms/coordinatorPartition.ts';
import { murmur2, partitionForKey, toPositive } from '../../model/algorithms/murmur2.ts';
import { indexForLoad, nextPartition, partitionLoad } from '../../model/algorithms/stickyPartitioner.ts';
import { type CaseResult, difference, firstOf, type VectorCase, type VectorChecker } from '../checker.ts';

interface KeyCase {
  keyUtf8?: string;
  keyHex: string;
  murmur2: number;
  positive?: number;
  partitionByCount: Record<string, number>;
}

export const murmur2Checker: VectorChecker = { file: 'partitioner-murmur2', check: checkKey };
export const binaryKeyChecker: VectorChecker = { file: 'partitioner-binary-keys', check: checkKey };

function checkKey(vector: VectorCase): CaseResult {
  const { keyUtf8, keyHex, murmur2: hash, positive, partitionByCount } = vector as unknown as KeyCase;
  const key = new Uint8Array(Buffer.from(keyHex, 'hex'));
  return firstOf([
    keyUtf8 === undefined ? undefined : difference('UTF-8', keyHex, Buffer.from(keyUtf8).toString('hex')),
    difference('murmur2', hash, murmur2(key)),
    positive === undefined ? undefined : difference('positive', positive, toPositive(murmur2(key))),
    difference(
      'partitions',
      partitionByCount,
      byCount(partitionByCount, (count) => partitionForKey(key, count)),
    ),
  ]);
}

export const coordinatorChecker: VectorChecker = {
  file: 'coordinator-partition',
  check(vector) {
    const c = vector as { id: string; javaStringHash: number; partitionByCount: Record<string, number> };
    return firstOf([
      difference('hash', c.javaStringHash, javaStringHash(c.id)),
      difference(
        'partitions',
        c.partitionByCount,
        byCount(c.partitionByCount, (n) => coordinatorPartition(c.id, n)),
      ),
    ]);
  },
};

function byCount(expected: Record<string, number>, partitionOf: (count: number) => number): Record<string, number> {
  return Object.fromEntries(Object.keys(expected).map((count) => [count, partitionOf(Number(count))]));
}

interface AdaptiveCase {
  queueSizes: number[];
  adaptiveUsed: boolean;
  cumulativeFrequencyTable?: number[];
  partitionForRandomModulo?: number[];
}

export const adaptiveChecker: VectorChecker = {
  file: 'partitioner-adaptive',
  check(vector) {
    const c = vector as unknown as AdaptiveCase;
    const partitions = c.queueSizes.map((_, partition) => partition);
    const load = partitionLoad(c.queueSizes, partitions, partitions.length);
    if (!load || !c.cumulativeFrequencyTable) return difference('adaptive', c.adaptiveUsed, load !== undefined);
    const draws = c.partitionForRandomModulo!.map((_, draw) => draw);
    return firstOf([
      difference('adaptive', c.adaptiveUsed, true),
      difference('table', c.cumulativeFrequencyTable, load.cumulativeFrequencies),
      difference(
        'partitions',
        c.partitionForRandomModulo,
        draws.map((draw) => indexForLoad(load.cumulativeFrequencies, draw)),
      ),
      difference(
        'next partition',
        c.partitionForRandomModulo,
        draws.map((draw) => nextPartition(load, partitions, partitions.length, () => draw)),
      ),
    ]);
  },
};
