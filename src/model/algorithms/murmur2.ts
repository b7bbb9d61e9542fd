/**
 * Where a keyed record goes: 32-bit murmur2 of the serialized key, sign bit cleared, modulo the partition count.
 *
 * All partitions of the topic count, available or not, so adding partitions moves keys. An empty key is a key; a
 * record without one is placed by the sticky partitioner instead.
 *
 * Source: `Utils.murmur2`, `BuiltInPartitioner.partitionForKey`.
 */
const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;
const SHIFT = 24;

/** The hash of `bytes` as a signed 32-bit integer. */
export function murmur2(bytes: Uint8Array): number {
  const length = bytes.length;
  const blockEnd = length & ~3;
  let hash = SEED ^ length;
  for (let at = 0; at < blockEnd; at += 4) {
    let block = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    block = Math.imul(block, MULTIPLIER);
    block ^= block >>> SHIFT;
    hash = Math.imul(hash, MULTIPLIER) ^ Math.imul(block, MULTIPLIER);
  }
  const tail = length - blockEnd;
  if (tail > 2) hash ^= bytes[blockEnd + 2]! << 16;
  if (tail > 1) hash ^= bytes[blockEnd + 1]! << 8;
  if (tail > 0) hash = Math.imul(hash ^ bytes[blockEnd]!, MULTIPLIER);
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return hash ^ (hash >>> 15);
}

/** A hash with its sign bit cleared: 0 to 2147483647. */
export function toPositive(hash: number): number {
  return hash & 0x7fffffff;
}

export function partitionForKey(key: Uint8Array, partitionCount: number): number {
  return toPositive(murmur2(key)) % partitionCount;
}
