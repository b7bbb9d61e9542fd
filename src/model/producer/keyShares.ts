import type { KeyDistribution, PartitionerChoice } from '../../scenario/scenario.ts';
import { ZipfTable } from '../../sim/index.ts';
import { partitionForKey } from '../algorithms/murmur2.ts';

/**
 * Which share of the records each partition gets. Keys are "key-0", "key-1", ... padded to the key's size; each is
 * hashed as Kafka hashes it (murmur2), so a skewed key distribution makes the partitions that it would make in life.
 */
export function partitionShares(keys: KeyDistribution, keyBytes: number, partitionCount: number): number[] {
  const shares = new Array<number>(partitionCount).fill(0);
  const keyCount = keys.kind === 'none' ? 0 : keys.count;
  const weights = keyWeights(keys, keyCount);
  for (let key = 0; key < keyCount; key++) {
    const partition = partitionForKey(keyText(key, keyBytes), partitionCount);
    shares[partition] = shares[partition]! + weights(key);
  }
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}

export function isSticky(partitioner: PartitionerChoice, keys: KeyDistribution): boolean {
  return partitioner.kind === 'sticky' || (partitioner.kind === 'keys' && keys.kind === 'none');
}

function keyWeights(keys: KeyDistribution, count: number): (key: number) => number {
  if (keys.kind === 'zipf') {
    const table = new ZipfTable(count, keys.exponent);
    return (key) => table.weights[key]!;
  }
  if (keys.kind === 'hot') return (key) => (key === 0 ? keys.hotShare : (1 - keys.hotShare) / Math.max(1, count - 1));
  return () => 1;
}

function keyText(key: number, keyBytes: number): Uint8Array {
  const text = `key-${key}`.padEnd(keyBytes, '.');
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
