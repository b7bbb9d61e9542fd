import type { Behaviour } from '../../kafka/behaviour.ts';
import { topicConfigDefault } from '../../kafka/topicDefaults.ts';
import type { ConfigValue } from '../../scenario/scenario.ts';
import type { ClusterLayout } from '../context.ts';
import { isOfTheTopic } from '../controller/effectiveConfigs.ts';
import type { ConfigChange } from '../metadata.ts';
import type { TopicLimits } from '../replication/replica.ts';

/**
 * Effective configs as one broker sees them: topic override > per-broker dynamic > cluster-wide dynamic > static >
 * default (DynamicBrokerConfig).
 */
export class DynamicConfigs {
  /** Some topic has `flush.messages`: an append may have to wait for an fsync. */
  flushesByCount = false;
  /** Live: of this broker. */
  readonly behaviour: Behaviour;
  readonly #layout: ClusterLayout;
  readonly #broker: number;
  readonly #clusterWide = new Map<string, ConfigValue>();
  readonly #perBroker = new Map<string, ConfigValue>();
  readonly #perTopic = new Map<string, Map<string, ConfigValue>>();
  readonly #limits = new Map<string, TopicLimits>();

  constructor(layout: ClusterLayout, broker: number) {
    this.#layout = layout;
    this.behaviour = layout.versions.ofBroker(broker);
    this.#broker = broker;
    for (const topic of layout.spec.topics) {
      if (topic.creation !== 'atStart') continue;
      const overrides = new Map<string, ConfigValue>();
      for (const [name, entry] of topic.configs) if (isOfTheTopic(entry)) overrides.set(name, entry.value);
      this.#perTopic.set(topic.name, overrides);
    }
  }

  apply(change: ConfigChange): void {
    if (change.topic === null && change.broker >= 0 && change.broker !== this.#broker) return;
    this.#limits.clear();
    const level = this.#level(change);
    if (change.value === null) level.delete(change.name);
    else level.set(change.name, change.value);
  }

  forgetTopic(topic: string): void {
    this.#perTopic.delete(topic);
    this.#limits.delete(topic);
  }

  /** Set for this very broker; a cluster-wide value does not reach it. */
  isSetHere(name: string): boolean {
    return this.#perBroker.has(name);
  }

  /** A broker config's effective value. */
  broker(name: string): ConfigValue {
    return (
      this.#perBroker.get(name) ??
      this.#clusterWide.get(name) ??
      this.#layout.versions.brokerConfigs(this.#broker).get(name)?.value ??
      null
    );
  }

  number(name: string): number {
    return Number(this.broker(name));
  }

  topic(topic: string, name: string): ConfigValue {
    const override = this.#perTopic.get(topic)?.get(name);
    if (override !== undefined) return override;
    const value = topicConfigDefault(
      name,
      this.#layout.versions.software('broker', this.#broker),
      (broker) => this.broker(broker) ?? undefined,
    );
    return Array.isArray(value) ? value.join(',') : ((value ?? null) as ConfigValue);
  }

  /** `file.delete.delay.ms`: from the renaming of a segment to `.deleted` to the moment when its room is free. */
  fileDeleteDelayUs(topic: string): number {
    return Number(this.topic(topic, 'file.delete.delay.ms')) * 1000;
  }

  limits(topic: string): TopicLimits {
    let limits = this.#limits.get(topic);
    if (limits === undefined) {
      const number = (name: string): number => Number(this.topic(topic, name));
      limits = {
        minInsyncReplicas: number('min.insync.replicas'),
        maxMessageBytes: number('max.message.bytes'),
        retentionUs: number('retention.ms') * 1000,
        retentionBytes: number('retention.bytes'),
        segmentBytes: number('segment.bytes'),
        segmentUs: number('segment.ms') * 1000,
        deletes: String(this.topic(topic, 'cleanup.policy')).includes('delete'),
        flushRecords: withoutLimit(number('flush.messages')),
        flushUs: withoutLimit(number('flush.ms')) * 1000,
      };
      this.#limits.set(topic, limits);
      if (limits.flushRecords < Number.POSITIVE_INFINITY) this.flushesByCount = true;
    }
    return limits;
  }

  #level(change: ConfigChange): Map<string, ConfigValue> {
    if (change.topic === null) return change.broker >= 0 ? this.#perBroker : this.#clusterWide;
    let overrides = this.#perTopic.get(change.topic);
    if (overrides === undefined) {
      overrides = new Map();
      this.#perTopic.set(change.topic, overrides);
    }
    return overrides;
  }
}

/** Kafka's Long.MAX_VALUE stands for never. */
function withoutLimit(value: number): number {
  return value >= Number.MAX_SAFE_INTEGER ? Number.POSITIVE_INFINITY : value;
}
