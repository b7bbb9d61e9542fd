/** A replica that a consumer could read from, as its leader knows it. Source: ReplicaView, KIP-392. */
export interface ReadReplica {
  readonly broker: number;
  /** `broker.id`. */
  readonly id: number;
  /** `broker.rack`, or null. */
  readonly rack: string | null;
  readonly logEndOffset: number;
  /** Microseconds since it last had everything that the leader had; the leader's own is 0. */
  readonly sinceCaughtUpUs: number;
}

/**
 * Where a consumer should read: the leader when it is in the consumer's rack or nobody is, else the replica of that rack
 * that is caught up most. Among equals in log end offset the one caught up more recently, then the highest broker id.
 *
 * @param candidates  the leader, and in-sync followers that hold the offset
 * @param rack        `client.rack`; null: the consumer names none
 *
 * Source: RackAwareReplicaSelector, ReplicaView.comparator, KIP-392.
 */
export function selectRackAware(
  leader: ReadReplica,
  candidates: readonly ReadReplica[],
  rack: string | null,
): ReadReplica {
  if (rack === null || rack === '' || leader.rack === rack) return leader;
  let best: ReadReplica | null = null;
  for (const candidate of candidates)
    if (candidate.rack === rack && (best === null || isBetter(candidate, best))) best = candidate;
  return best ?? leader;
}

function isBetter(one: ReadReplica, other: ReadReplica): boolean {
  if (one.logEndOffset !== other.logEndOffset) return one.logEndOffset > other.logEndOffset;
  if (one.sinceCaughtUpUs !== other.sinceCaughtUpUs) return one.sinceCaughtUpUs < other.sinceCaughtUpUs;
  return one.id > other.id;
}

/** `replica.selector.class` names the selector that Kafka ships; null: everybody reads from leaders. */
export function isRackAwareSelector(className: unknown): boolean {
  return typeof className === 'string' && className.endsWith('RackAwareReplicaSelector');
}
