import type { Behaviour } from '../../kafka/behaviour.ts';
import type { Cluster, ConfigEntry, ConfigValue, Topic } from '../../scenario/scenario.ts';
import type { ClusterState } from './clusterState.ts';

/**
 * A topic config as the controller resolves it: topic override, dynamic value of the node that is the controller,
 * cluster-wide dynamic default, static config.
 *
 * Both configs that the controller itself needs (`min.insync.replicas`, `unclean.leader.election.enable`) have the same
 * name as topic and as broker configs. Of values for single brokers only those of the active controller's own node
 * count, which is a broker where nodes are combined.
 *
 * Source: `ConfigurationControlManager.getTopicConfig`, `KafkaConfigSchema`, `ReplicationControlManager`.
 */
export class EffectiveConfigs {
  readonly #cluster: Cluster;
  readonly #behaviour: Pick<Behaviour, 'uncleanElectionByConfig'>;
  readonly #activeBroker: () => number;
  /** Those that are there from the start, until they are deleted; the metadata log has what later ones were created with. */
  readonly #topics: Map<string, Topic>;

  /** @param activeBroker  the broker in the active controller's process; -1: none */
  constructor(
    cluster: Cluster,
    behaviour: Pick<Behaviour, 'uncleanElectionByConfig'> = { uncleanElectionByConfig: true },
    activeBroker: () => number = () => -1,
  ) {
    this.#cluster = cluster;
    this.#behaviour = behaviour;
    this.#activeBroker = activeBroker;
    const there = cluster.topics.filter(({ creation }) => creation === 'atStart');
    this.#topics = new Map(there.map((topic) => [topic.name, topic]));
  }

  topicValue(state: ClusterState, topic: string, name: string): ConfigValue {
    return this.#topicOverride(state, topic, name) ?? this.clusterValue(state, name);
  }

  topicDeleted(topic: string): void {
    this.#topics.delete(topic);
  }

  /** Without a topic's override. */
  clusterValue(state: ClusterState, name: string): ConfigValue {
    const node = this.#activeBroker();
    return (
      (node < 0 ? undefined : state.dynamicBrokerConfig(node, name)) ??
      state.dynamicBrokerConfig(-1, name) ??
      this.#cluster.brokerConfigs.get(name)?.value ??
      null
    );
  }

  minInsyncReplicas(state: ClusterState, topic: string): number {
    return Number(this.topicValue(state, topic, 'min.insync.replicas'));
  }

  /** KRaft did not look at the config before 3.9; only administrators elected uncleanly (KAFKA-12670). */
  isUncleanElectionEnabled(state: ClusterState, topic: string): boolean {
    if (!this.#behaviour.uncleanElectionByConfig) return false;
    const value = this.topicValue(state, topic, 'unclean.leader.election.enable');
    return value === true || value === 'true';
  }

  /** What was set on the topic since; else when it was created; undefined also after the override was taken away. */
  #topicOverride(state: ClusterState, topic: string, name: string): ConfigValue | undefined {
    const change = state.topicConfigs.get(`${topic}/${name}`);
    if (change !== undefined) return change.value ?? undefined;
    const entry = this.#topics.get(topic)?.configs.get(name);
    return entry !== undefined && isOfTheTopic(entry) ? entry.value : undefined;
  }
}

/** Written for the topic itself, in the scenario or by a flag; a broker's config or a default is no override. */
export function isOfTheTopic({ origin }: ConfigEntry): boolean {
  return origin === 'topic' || origin === 'flag';
}
