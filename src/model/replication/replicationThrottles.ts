import type { Replica } from './replica.ts';
import type { BrokerEnvironment } from './replicaManager.ts';
import { ReplicationQuota } from './replicationQuota.ts';

/**
 * The replication throttles of one broker: its two quotas, and which of its replicas the topics' lists name.
 *
 * `leader.replication.throttled.replicas` and `follower.replication.throttled.replicas` are `*` or a list of
 * partition:broker. Both the list and the rate must be set for anything to be withheld.
 *
 * Source: `TopicConfigHandler.updateThrottledList`, `BrokerConfigHandler`, `ReplicationQuotaManager`, KIP-73.
 */
export class ReplicationThrottles {
  readonly leader: ReplicationQuota;
  readonly follower: ReplicationQuota;
  readonly #env: BrokerEnvironment;

  constructor(env: BrokerEnvironment) {
    this.#env = env;
    const { configs } = env.view;
    const windowMs = configs.number('replication.quota.window.size.seconds') * 1000;
    this.leader = new ReplicationQuota(configs.number('replication.quota.window.num'), windowMs);
    this.follower = new ReplicationQuota(configs.number('replication.quota.window.num'), windowMs);
  }

  /** Configs changed. */
  refresh(): void {
    this.leader.bytesPerSec = this.#rate('leader.replication.throttled.rate');
    this.follower.bytesPerSec = this.#rate('follower.replication.throttled.rate');
    for (const replica of this.#env.replicas.of(this.#env.broker)) this.mark(replica);
  }

  /** Takes down on the replica whether the lists of its topic name it. */
  mark(replica: Replica): void {
    replica.isLeaderThrottled = this.#isListed(replica, 'leader.replication.throttled.replicas');
    replica.isFollowerThrottled = this.#isListed(replica, 'follower.replication.throttled.replicas');
  }

  #rate(name: string): number {
    const value = this.#env.view.configs.broker(name);
    return value === null || Number(value) >= Number.MAX_SAFE_INTEGER ? Number.POSITIVE_INFINITY : Number(value);
  }

  #isListed({ partition }: Replica, name: string): boolean {
    const { view, ctx, broker } = this.#env;
    const list = String(view.configs.topic(view.topicOf(partition), name) ?? '');
    if (list === '' || list === 'none') return false;
    if (list === '*') return true;
    const own = `${ctx.cast.partitions[partition]!.partition}:${ctx.cast.brokers[broker]!.id}`;
    return list.split(',').some((entry) => entry.trim() === own);
  }
}
