/**
 * The partition of `__consumer_offsets` that holds a group, or of `__transaction_state` that holds a transactional id;
 * the leader of that partition is the coordinator.
 *
 * Source: `Utils.abs(id.hashCode()) % partitionCount` in `GroupCoordinatorService` and `TransactionStateManager`.
 */
export function coordinatorPartition(id: string, partitionCount: number): number {
  const hash = javaStringHash(id);
  return (hash === -2147483648 ? 0 : Math.abs(hash)) % partitionCount;
}

/** `String.hashCode` of Java: a signed 32-bit integer over the UTF-16 code units. */
export function javaStringHash(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  return hash;
}
