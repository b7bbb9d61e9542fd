import type { Cast } from '../model/trace.ts';
import type { ClusterFacts } from './clusterFacts.ts';

/** What a broker's ReplicaManager counts of the partitions that it leads or holds. */
export type ReplicaCount = 'leaders' | 'hosted' | 'underReplicated' | 'underMinIsr' | 'atMinIsr' | 'reassigning';

/** Of partitions that a broker leads. */
export type LedCount = Exclude<ReplicaCount, 'hosted'>;

const LED_COUNTS: readonly LedCount[] = ['leaders', 'underReplicated', 'underMinIsr', 'atMinIsr', 'reassigning'];

/** What the controller counts of all partitions. */
export type PartitionCount = 'partitions' | 'offline' | 'notPreferred';

/** A partition's part in the sums, as it was last counted. */
interface Part {
  leader: number;
  replicas: readonly number[];
  cluster: number;
  readonly counts: Record<LedCount, 0 | 1>;
  notPreferred: 0 | 1;
}

/**
 * Sums over partitions by broker and by cluster, moved by the events that change them and never counted anew.
 *
 *   underReplicated  led here, with fewer members in the ISR than replicas that are not being added
 *   underMinIsr      led here, with an ISR below min(min.insync.replicas, replicas)
 *   atMinIsr         led here, with an ISR of just that size
 *   reassigning      led here, with replicas being added or removed
 *
 * Leader, ISR and assignment are what the controller committed; a broker learns of it a little later.
 * Source: Partition.isUnderReplicated, isUnderMinIsr, isAtMinIsr, OngoingReassignmentState; ControllerMetricsChanges.
 */
export class ReplicaCounts {
  readonly #cast: Cast;
  readonly #facts: ClusterFacts;
  readonly #byBroker = new Map<ReplicaCount, number[]>();
  readonly #byCluster = new Map<PartitionCount, number[]>();
  readonly #parts: (Part | undefined)[] = [];

  constructor(cast: Cast, facts: ClusterFacts) {
    this.#cast = cast;
    this.#facts = facts;
  }

  ofBroker(count: ReplicaCount, broker: number): number {
    return this.#byBroker.get(count)?.[broker] ?? 0;
  }

  ofCluster(count: PartitionCount, cluster: number): number {
    return this.#byCluster.get(count)?.[cluster] ?? 0;
  }

  /** One partition's part in a sum of its leader; 0 while it has none. */
  ofPartition(count: LedCount, partition: number): number {
    const part = this.#parts[partition];
    return part === undefined || part.leader < 0 ? 0 : part.counts[count];
  }

  isNotPreferred(partition: number): boolean {
    return this.#parts[partition]?.notPreferred === 1;
  }

  /** Counts a partition as the facts have it now; what it was counted as before is taken back. */
  recount(partition: number): void {
    const before = this.#parts[partition];
    if (before !== undefined) this.#add(before, -1);
    const part = this.#partOf(partition);
    this.#parts[partition] = part;
    this.#add(part, 1);
  }

  /** The partition is deleted. */
  forget(partition: number): void {
    const before = this.#parts[partition];
    if (before !== undefined) this.#add(before, -1);
    this.#parts[partition] = undefined;
  }

  /** Whether a partition's ISR is below min(min.insync.replicas, replicas), with a leader or without. */
  isUnderMinIsr(partition: number): boolean {
    return this.#parts[partition]?.counts.underMinIsr === 1;
  }

  isUnderReplicated(partition: number): boolean {
    return this.#parts[partition]?.counts.underReplicated === 1;
  }

  #partOf(partition: number): Part {
    const { cluster, topic } = this.#cast.partitions[partition]!;
    const facts = this.#facts;
    const leader = facts.leader[partition]!;
    const replicas = facts.replicas[partition]!;
    const inSync = facts.isr[partition]!.length;
    const minIsr = facts.minIsr.effective(cluster, topic, leader, replicas.length);
    return {
      leader,
      replicas,
      cluster: facts.clusterIndex(cluster),
      counts: {
        leaders: 1,
        underReplicated: bit(inSync < replicas.length - facts.adding[partition]!.length),
        underMinIsr: bit(inSync < minIsr),
        atMinIsr: bit(inSync === minIsr),
        reassigning: bit(facts.adding[partition]!.length + facts.removing[partition]!.length > 0),
      },
      notPreferred: bit(leader !== replicas[0]),
    };
  }

  #add({ leader, replicas, cluster, counts, notPreferred }: Part, sign: 1 | -1): void {
    for (const broker of replicas) add(this.#byBroker, 'hosted', broker, sign);
    if (leader >= 0) for (const count of LED_COUNTS) add(this.#byBroker, count, leader, sign * counts[count]);
    add(this.#byCluster, 'partitions', cluster, sign);
    if (leader < 0) add(this.#byCluster, 'offline', cluster, sign);
    add(this.#byCluster, 'notPreferred', cluster, sign * notPreferred);
  }
}

function add<Key>(sums: Map<Key, number[]>, key: Key, index: number, amount: number): void {
  let column = sums.get(key);
  if (column === undefined) {
    column = [];
    sums.set(key, column);
  }
  column[index] = (column[index] ?? 0) + amount;
}

function bit(is: boolean): 0 | 1 {
  return is ? 1 : 0;
}
