import { type ConfigKind, configDefinition, configNames } from '../../kafka/configTable.ts';
import type { KafkaVersion } from '../../kafka/versions.ts';

const PLACES: Partial<Record<ConfigKind, string>> = {
  broker: "it is a broker config: write it under the cluster's config",
  topic: "it is a topic config: write it under the topic's config",
  producer: "it is a producer config: write it under the producer's config",
  consumer: "it is a consumer config: write it under the group's config",
};

/** Where a config that is unknown here belongs; undefined when it belongs nowhere. */
export function misplacedConfig(name: string, kind: ConfigKind, version: KafkaVersion): string | undefined {
  if (kind === 'broker' && configDefinition('topic', name, version)) {
    const [brokerName] = configDefinition('topic', name, version)!.serverDefault;
    const other = brokerName === undefined || brokerName === name ? '' : `, or for all topics as ${brokerName}`;
    return `it is a topic config: write it under the topic's config${other}`;
  }
  if (kind === 'topic') {
    const topicName = configNames('topic', version).find((candidate) =>
      configDefinition('topic', candidate, version)!.serverDefault.includes(name),
    );
    if (topicName !== undefined) return `it is a broker config; the topic config is ${topicName}`;
  }
  const place = (Object.keys(PLACES) as ConfigKind[]).find(
    (other) => other !== kind && configDefinition(other, name, version) !== undefined,
  );
  return place && PLACES[place];
}

/** Configs whose value follows from the shape of the scenario, and the key that stands for them. */
export const SET_BY_STRUCTURE: ReadonlyMap<
  string,
  { readonly kinds: readonly ConfigKind[]; readonly instead: string }
> = new Map([
  ['bootstrap.servers', { kinds: ['producer', 'consumer'], instead: 'use cluster: NAME' }],
  ['client.rack', { kinds: ['producer'], instead: 'use zones: [...]' }],
  ['group.id', { kinds: ['consumer'], instead: "the group's name is its group.id" }],
  ['group.instance.id', { kinds: ['consumer'], instead: 'use static: true' }],
  ['partitioner.class', { kinds: ['producer'], instead: 'use partitioner: keys, sticky, round-robin or weights' }],
  ['broker.id', { kinds: ['broker'], instead: 'use brokers: { ids: [...] }' }],
  ['node.id', { kinds: ['broker'], instead: 'use brokers: { ids: [...] }' }],
  ['broker.rack', { kinds: ['broker'], instead: 'use brokers: { zones: [...] }' }],
  ['process.roles', { kinds: ['broker'], instead: 'use controllers: { combined: true }' }],
  ['controller.quorum.voters', { kinds: ['broker'], instead: 'use controllers: { count: 3 }' }],
  ['controller.quorum.bootstrap.servers', { kinds: ['broker'], instead: 'use controllers: { count: 3 }' }],
  ['zookeeper.connect', { kinds: ['broker'], instead: 'use coordination: { zookeeper: { ensemble: 3 } }' }],
]);
