import type { ConfigValue } from '../../scenario/scenario.ts';
import type { ControllerPort } from '../metadata.ts';
import type { ErrorName } from '../protocol.ts';
import type { DynamicConfigs } from './dynamicConfigs.ts';

/** `Topic.validate` */
const LEGAL_NAME = /^(?!\.{1,2}$)[a-zA-Z0-9._-]{1,249}$/;

type Setting = readonly [config: string, value: (number: (name: string) => number) => ConfigValue];

interface InternalTopic {
  /** Broker configs that size it. */
  readonly partitions: string;
  readonly replicationFactor: string;
  readonly configs: readonly Setting[];
}

/** What brokers ask for when they need one of their own topics. Source: GroupCoordinatorConfig, TransactionStateManager. */
const INTERNAL_TOPICS: Readonly<Record<string, InternalTopic>> = {
  __consumer_offsets: {
    partitions: 'offsets.topic.num.partitions',
    replicationFactor: 'offsets.topic.replication.factor',
    configs: [
      ['cleanup.policy', () => 'compact'],
      ['segment.bytes', (number) => number('offsets.topic.segment.bytes')],
      ['compression.type', () => 'producer'],
    ],
  },
  __transaction_state: {
    partitions: 'transaction.state.log.num.partitions',
    replicationFactor: 'transaction.state.log.replication.factor',
    configs: [
      ['cleanup.policy', () => 'compact'],
      ['segment.bytes', (number) => number('transaction.state.log.segment.bytes')],
      ['compression.type', () => 'uncompressed'],
      ['min.insync.replicas', (number) => number('transaction.state.log.min.isr')],
      ['unclean.leader.election.enable', () => false],
    ],
  },
};

/**
 * Topics that come into being because somebody needs them: a coordinator its log, or a client any topic that it asks
 * metadata of. One request at a time and topic; what was refused is asked again with the next need.
 *
 * Source: `AutoTopicCreationManager`, `KafkaApis.getTopicMetadata`.
 */
export class AutoTopicCreation {
  readonly #controller: ControllerPort;
  readonly #configs: () => DynamicConfigs;
  readonly #inFlight = new Set<string>();

  constructor(controller: ControllerPort, configs: () => DynamicConfigs) {
    this.#controller = controller;
    this.#configs = configs;
  }

  /**
   * A client asked for a topic that this broker does not know.
   * @param isAllowed the client did not forbid it (`allow.auto.create.topics`)
   * @returns what it is told
   */
  askedFor(topic: string, isAllowed: boolean): ErrorName {
    if (!LEGAL_NAME.test(topic)) return 'INVALID_TOPIC_EXCEPTION';
    const configs = this.#configs();
    if (!isAllowed || String(configs.broker('auto.create.topics.enable')) !== 'true')
      return 'UNKNOWN_TOPIC_OR_PARTITION';
    this.create(topic);
    return configs.behaviour.autoCreatedTopicAnswer;
  }

  create(topic: string): void {
    if (this.#inFlight.has(topic)) return;
    this.#inFlight.add(topic);
    const configs = this.#configs();
    const number = (name: string): number => configs.number(name);
    const internal = INTERNAL_TOPICS[topic];
    const request = {
      name: topic,
      partitionCount: number(internal?.partitions ?? 'num.partitions'),
      replicationFactor: number(internal?.replicationFactor ?? 'default.replication.factor'),
      assignment: null,
      internal: internal !== undefined,
      configs: internal?.configs.map(([name, value]) => ({ name, value: value(number) })) ?? [],
    };
    this.#controller.createTopic(request, () => this.#inFlight.delete(topic));
  }

  /** The process ended. */
  forget(): void {
    this.#inFlight.clear();
  }
}
