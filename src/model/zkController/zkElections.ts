/**
 * Whom ZooKeeper's controller elects. The first replica in the order of assignment that satisfies the strategy leads.
 *
 * Source: Kafka's `Election`, `PartitionLeaderElectionAlgorithms` (up to 3.9). Brokers are ids of any kind.
 */
export interface Elected {
  readonly leader: number;
  readonly isr: readonly number[];
  /** Outside the ISR: records may be lost. */
  readonly unclean: boolean;
}

type Is = (broker: number) => boolean;

/** OFFLINE: live and in the ISR, which keeps its live members; else, where allowed, the first live replica alone. */
export function electOffline(
  replicas: readonly number[],
  isr: readonly number[],
  isLive: Is,
  uncleanAllowed: boolean,
): Elected | undefined {
  const leader = replicas.find((replica) => isLive(replica) && isr.includes(replica));
  if (leader !== undefined) return { leader, isr: isr.filter(isLive), unclean: false };
  if (!uncleanAllowed) return undefined;
  const unclean = replicas.find(isLive);
  return unclean === undefined ? undefined : { leader: unclean, isr: [unclean], unclean: true };
}

/** PREFERRED: the first replica, if it is live and in the ISR. */
export function electPreferred(replicas: readonly number[], isr: readonly number[], isLive: Is): Elected | undefined {
  const preferred = replicas[0];
  if (preferred === undefined || !isLive(preferred) || !isr.includes(preferred)) return undefined;
  return { leader: preferred, isr, unclean: false };
}

/** CONTROLLED SHUTDOWN: live, in the ISR and not on its way out; those who are leave the ISR. */
export function electOnShutdown(
  replicas: readonly number[],
  isr: readonly number[],
  isLive: Is,
  isShuttingDown: Is,
): Elected | undefined {
  const leader = replicas.find((replica) => isLive(replica) && isr.includes(replica) && !isShuttingDown(replica));
  if (leader === undefined) return undefined;
  return { leader, isr: isr.filter((replica) => !isShuttingDown(replica)), unclean: false };
}

/** REASSIGN: the first of the target that is live and in the ISR. */
export function electReassigned(target: readonly number[], isr: readonly number[], isLive: Is): Elected | undefined {
  const leader = target.find((replica) => isLive(replica) && isr.includes(replica));
  return leader === undefined ? undefined : { leader, isr, unclean: false };
}

/**
 * What is left when a replica goes offline: it leaves the ISR unless it is alone in it, and leads no more.
 * @returns leader -1: none
 */
export function withoutReplica(
  leader: number,
  isr: readonly number[],
  gone: number,
): { readonly leader: number; readonly isr: readonly number[] } {
  return {
    leader: leader === gone ? -1 : leader,
    isr: isr.length === 1 ? isr : isr.filter((replica) => replica !== gone),
  };
}
