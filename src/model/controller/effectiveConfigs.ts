import type { Cluster, ConfigValue, Topic } from '../../scenario/scenario.ts';
import type { ClusterState } from './clusterState.ts';

/** What the brokers set for internal topics when they ask for them; everything else is the cluster's default. */
const INTERNAL_TOPIC_CONFIGS: ReadonlyMap<string, ReadonlyMap<string, ConfigValue>> = new Map([
  ['__consumer_offsets', new Map<string, ConfigValue>([['cleanup.policy', 'compact']])],
  [
    '__transaction_state',
    new Map<string, ConfigValue>([
      ['cleanup.policy', 'compact'],
      ['min.insync.replicas', 2],
      ['unclean.leader.election.enable', false],
    ]),
  ],
]);

/**
 * A topic config as the controller resolves it: topic override, cluster-wide dynamic default, static config.
 *
 * Both configs that the controller itself needs (`min.insync.replicas`, `unclean.leader.election.enable`) have the same
 * name as topic and as broker configs. The controller is not a broker: per-broker values do not count.
 *
 * Source: `ConfigurationControlManager`, `ReplicationControlManager`.
 */
export class EffectiveConfigs {
  readonly #cluster: Cluster;
  readonly #topics: ReadonlyMap<string, Topic>;

  constructor(cluster: Cluster) {
    this.#cluster = cluster;
    this.#topics = new Map(cluster.topics.map((topic) => [topic.name, topic]));
  }

  topicValue(state: ClusterState, topic: string, name: string): ConfigValue {
    return (
      this.#topicOverride(state, topic, name) ??
      state.dynamicBrokerConfig(-1, name) ??
      this.#cluster.brokerConfigs.get(name)?.value ??
      null
    );
  }

  minInsyncReplicas(state: ClusterState, topic: string): number {
    return Number(this.topicValue(state, topic, 'min.insync.replicas'));
  }

  isUncleanElectionEnabled(state: ClusterState, topic: string): boolean {
    const value = this.topicValue(state, topic, 'unclean.leader.election.enable');
    return value === true || value === 'true';
  }

  /** What was set on the topic since; else when it was created; undefined also after the override was taken away. */
  #topicOverride(state: ClusterState, topic: string, name: string): ConfigValue | undefined {
    const change = state.topicConfigs.get(`${topic}/${name}`);
    if (change !== undefined) return change.value ?? undefined;
    const entry = this.#topics.get(topic)?.configs.get(name);
    if (entry?.origin === 'topic') return entry.value;
    return INTERNAL_TOPIC_CONFIGS.get(topic)?.get(name);
  }
}
