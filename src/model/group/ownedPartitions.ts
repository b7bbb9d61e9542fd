import type { PartitionIndex } from './assignors/assignor.ts';
import type { MemberHost } from './memberPorts.ts';

type RebalanceListener = Pick<MemberHost, 'onPartitionsRevoked' | 'onPartitionsLost' | 'onPartitionsAssigned'>;

/**
 * What a member owns, and the rebalance listener's calls when that changes.
 *
 * Source: Apache Kafka `ConsumerCoordinator.onJoinPrepare`, `onJoinComplete`; KIP-429.
 */
export class OwnedPartitions {
  readonly #host: RebalanceListener;
  #partitions: readonly PartitionIndex[] = [];

  constructor(host: RebalanceListener) {
    this.#host = host;
  }

  get partitions(): readonly PartitionIndex[] {
    return this.#partitions;
  }

  /** @param areLost  the group has forgotten this member, so others may own them already */
  giveUpAll(areLost: boolean): void {
    const partitions = this.#partitions;
    if (partitions.length === 0) return;
    this.#partitions = [];
    if (areLost) this.#host.onPartitionsLost(partitions);
    else this.#host.onPartitionsRevoked(partitions);
  }

  /** @returns whether something was revoked, so that the group must meet again to hand it out */
  take(assigned: readonly PartitionIndex[]): boolean {
    const had = new Set(this.#partitions);
    const has = new Set(assigned);
    const revoked = this.#partitions.filter((partition) => !has.has(partition));
    const added = assigned.filter((partition) => !had.has(partition));
    if (revoked.length > 0) this.#host.onPartitionsRevoked(revoked);
    this.#partitions = [...assigned];
    this.#host.onPartitionsAssigned(added);
    return revoked.length > 0;
  }
}
