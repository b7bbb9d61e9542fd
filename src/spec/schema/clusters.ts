import { NOT_AVAILABLE_KEYS } from '../notAvailable.ts';
import {
  configs,
  flag,
  integer,
  LIMIT,
  leaf,
  listOf,
  mapOf,
  notAvailable,
  object,
  ref,
  type Schema,
  TOPIC_PATTERN,
  text,
} from './build.ts';

const brokerId = (example: number) => integer("A broker's id.", 1, 1_000_000, example);

export const clusterDefinitions: Readonly<Record<string, Schema>> = {
  brokers: {
    type: ['integer', 'object'],
    minimum: 1,
    maximum: LIMIT.brokers,
    properties: {
      count: integer('How many brokers.', 1, LIMIT.brokers, 3),
      ids: listOf(brokerId(1), 'Broker ids. Default 1, 2, ...', [1, 2, 3]),
      zones: ref(
        'zones',
        'Zones over which the brokers are striped; each broker has its zone as broker.rack. Default: the zones of the region, and no rack when no region is written.',
        ['a', 'b', 'c'],
      ),
      hardware: ref('hardware', 'The machine of each broker.', { cores: 8, memory: '32GiB', network: '10Gbps' }),
    },
    additionalProperties: false,
  },
  controllers: {
    type: ['integer', 'object'],
    minimum: 1,
    maximum: 9,
    properties: {
      count: integer('How many quorum members. Default 3.', 1, 9, 3),
      zones: ref('zones', 'Zones over which they are striped. Default: those of the brokers.', ['a', 'b', 'c']),
      combined: flag(
        'True: the first brokers are controllers too. False (default): nodes of their own, 101, 102, ...',
        false,
      ),
    },
    additionalProperties: false,
  },
  assignment: {
    type: 'object',
    propertyNames: { pattern: '^(0|[1-9][0-9]{0,5})$' },
    additionalProperties: {
      ...listOf(brokerId(1), 'Broker ids, the preferred leader first.', [1, 3, 5]),
      minItems: 1,
    },
    maxProperties: LIMIT.partitionsPerTopic,
  },
  topic: {
    type: ['object', 'null'],
    properties: {
      partitions: {
        type: 'integer',
        minimum: 1,
        maximum: LIMIT.partitionsPerTopic,
        description: "How many partitions. Default: the cluster's num.partitions, or as many as `replicas` names.",
        examples: [12],
      },
      replicationFactor: integer(
        "Replicas of each partition. Default: the cluster's default.replication.factor.",
        1,
        LIMIT.brokers,
        3,
      ),
      replicas: ref(
        'assignment',
        'Manual assignment: partition (from 0) to broker ids, the preferred leader first. Every partition must be there.',
        { 0: [1, 3, 5], 1: [2, 4, 6] },
      ),
      autoCreate: flag(
        'True: nobody creates it; the first client that asks for it does, with num.partitions and default.replication.factor, where auto.create.topics.enable is true. Default false: it is there from the start.',
        true,
      ),
      config: configs('topic', "Topic configs, which override the broker's.", { 'retention.ms': '7d' }),
    },
    additionalProperties: false,
  },
  cluster: object({
    region: text('The region of the brokers. May be left out when there is one region.', 'eu-west'),
    kafka: {
      type: ['string', 'number'],
      maxLength: 20,
      'x-kind': 'kafkaVersion',
      description: 'The Kafka release, as a minor from 2.8 to 4.3: picks defaults and behaviour. Default 4.3.',
      examples: ['4.1'],
    },
    coordination: {
      type: ['string', 'object'],
      'x-kind': 'coordination',
      properties: {
        zookeeper: object(
          {
            ensemble: integer('How many ZooKeeper servers form the ensemble. Default 3.', 1, 9, 3),
            standAlone: integer(
              'Instead of an ensemble: so many ZooKeepers that do not know each other, all named in zookeeper.connect. A mistake, to see what it does.',
              2,
              9,
              2,
            ),
            startsWithin: leaf(
              'duration',
              'With standAlone: how far apart the brokers of a fresh cluster pick their ZooKeeper. Default 1.5s.',
              '200ms',
            ),
            zones: ref('zones', 'Zones over which the servers are striped. Default: those of the brokers.', [
              'a',
              'b',
              'c',
            ]),
            tickTime: leaf('duration', "ZooKeeper's tickTime: sessions end at a multiple of it. Default 2s.", '2s'),
            initLimit: integer('Ticks that a server may take to join a new leader. Default 10.', 1, 1000, 10),
            syncLimit: integer(
              'Ticks after which a leader and a server that are cut give each other up. Default 5.',
              1,
              1000,
              5,
            ),
          },
          { description: 'ZooKeeper servers, for Kafka up to 3.9.', examples: [{ ensemble: 3 }] },
        ),
      },
      additionalProperties: false,
      description:
        'How brokers are coordinated: kraft (default), or zookeeper (up to Kafka 3.9; the word alone is an ensemble of three).',
      examples: ['kraft', { zookeeper: { ensemble: 3 } }],
    },
    controllers: ref('controllers', 'The KRaft controller quorum. Default: three nodes of their own.', {
      count: 3,
      zones: ['a', 'b', 'c'],
    }),
    brokers: ref('brokers', 'The brokers: a number, or count, zones and hardware.', 3, {
      count: 6,
      zones: ['a', 'b', 'c'],
    }),
    config: configs('broker', 'Broker configs, the same on every broker.', { 'min.insync.replicas': 2 }),
    eligibleLeaderReplicas: flag(
      'Whether eligible leader replicas (KIP-966) are on. Default: on for clusters made with Kafka 4.1 or newer; not before 4.0.',
      true,
    ),
    topics: mapOf(
      ref('topic', 'A topic.', { partitions: 12, replicationFactor: 3 }),
      'Topics by name.',
      [{ orders: { partitions: 12, replicationFactor: 3 } }],
      { propertyNames: { pattern: TOPIC_PATTERN }, maxProperties: LIMIT.topics, 'x-names': 'topic' },
    ),
    security: notAvailable(
      NOT_AVAILABLE_KEYS.cluster.security,
      'Authentication and access control lists. Not available yet.',
      { authentication: 'sasl-scram', superUsers: ['User:admin'] },
    ),
  }),
};

const { properties } = clusterDefinitions.cluster as { properties: Record<string, Schema> };

/** A cluster's keys may stand at the top of the file when there is one cluster. */
export const clusterProperties: Readonly<Record<string, Schema>> = {
  clusters: mapOf(
    ref('cluster', 'A cluster.', { brokers: 3 }),
    'Clusters by name.',
    [{ eu: { region: 'eu-west', kafka: '4.1', brokers: { count: 6, zones: ['a', 'b', 'c'] } } }],
    { maxProperties: 20 },
  ),
  cluster: ref('cluster', 'The only cluster; its name is `kafka`.', {
    brokers: 3,
    topics: { orders: { partitions: 6 } },
  }),
  ...Object.fromEntries(
    Object.entries(properties).map(([key, schema]) => [
      key,
      { ...schema, description: `For the only cluster. ${schema.description}` },
    ]),
  ),
};
