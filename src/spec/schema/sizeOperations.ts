import { flag, integer, LIMIT, leaf, listOf, object, ref, type Schema, text } from './build.ts';

const cluster = text('Which cluster is meant, where there are several.', 'eu');
const topic = (description: string) => text(description, 'orders');
const brokerId = (example: number) => integer("A broker's id.", 1, 1_000_000, example);
const brokerIds = (description: string) => ({ ...listOf(brokerId(1), description, [1, 2, 3]), minItems: 1 });
const throttle = leaf(
  'throughput',
  'At most so many bytes a second leave and reach each broker for replicas that move (KIP-73): sets leader.replication.throttled.rate, follower.replication.throttled.rate and both lists of throttled replicas, and takes them away at the end.',
  '50MB/s',
);

function assignment(description: string): Schema {
  return {
    type: 'object',
    propertyNames: { pattern: '^(0|[1-9][0-9]{0,5})$' },
    additionalProperties: { ...listOf(brokerId(1), 'Broker ids, the preferred leader first.', [2, 3, 4]), minItems: 1 },
    minProperties: 1,
    maxProperties: LIMIT.partitionsPerTopic,
    description,
    examples: [{ 0: [2, 3, 4], 1: [3, 4, 1] }],
  };
}

/** Operations that move partitions or change how many there are, of brokers and of partitions. */
export const sizeOperations: Readonly<Record<string, Schema>> = {
  reassign: object(
    {
      cluster,
      topic: topic('The topic whose partitions move.'),
      topics: { ...listOf(topic('A topic.'), 'Several topics. Default: all user topics.', ['orders']), minItems: 1 },
      replicas: assignment('Exactly so: partition to broker ids, the preferred leader first. Other partitions stay.'),
      brokers: brokerIds(
        'Spread over these brokers, as kafka-reassign-partitions --generate proposes: the whole topic is dealt anew, whatever lies where. Default: all brokers that are registered then.',
      ),
      rackAware: flag('Replicas of a partition lie in different racks (default). False: --disable-rack-aware.', false),
      replicationFactor: integer(
        'Replicas of each partition from then on. Default: as many as it has.',
        1,
        LIMIT.brokers,
        3,
      ),
      cancel: flag('Takes back the moves that run, and does nothing else.', true),
      throttle,
      keepThrottle: flag('Nobody runs --verify at the end: the throttles stay. Default false.', true),
      wait: flag(
        'The operation ends when the moves are done (default). False: it ends as soon as the controller has agreed, and throttles stay.',
        false,
      ),
    },
    {
      description:
        'kafka-reassign-partitions: replicas move to other brokers. New replicas copy, join the ISR, and then the old ones go.',
      examples: [
        { topic: 'orders', replicas: { 0: [2, 3, 4] }, throttle: '50MB/s' },
        { topics: ['orders'], brokers: [1, 2, 3, 4] },
        { topic: 'orders', replicationFactor: 3 },
        { topic: 'orders', cancel: true },
      ],
    },
  ),
  addBrokers: object(
    {
      cluster,
      count: integer('How many brokers. Default: as many as `ids` names, else 1.', 1, LIMIT.brokers, 3),
      ids: brokerIds('Their ids. Default: the next free ones.'),
      zones: ref('zones', 'Zones over which they are striped. Default: those of the brokers, the stripe goes on.', [
        'a',
        'b',
        'c',
      ]),
      hardware: ref('hardware', 'The machine of each. Default: that of the other brokers.', { cores: 8 }),
    },
    {
      description:
        'Brokers join the cluster. They register and serve, and get no replica of what is there: `reassign` moves partitions to them.',
      examples: [{ count: 3 }, { ids: [4], zones: ['a'] }],
    },
  ),
  removeBroker: {
    type: ['integer', 'object'],
    minimum: 1,
    maximum: 1_000_000,
    properties: {
      cluster,
      broker: brokerId(3),
      drain: flag(
        'Its replicas are moved to other brokers first (default). False: it is shut down and unregistered as it is, and its replicas stay missing.',
        false,
      ),
      throttle,
    },
    required: ['broker'],
    additionalProperties: false,
    description:
      'A broker leaves the cluster: each of its replicas moves to the broker that has the fewest, in the same rack where one is free; then controlled shutdown, then kafka-cluster unregister.',
    examples: [3, { broker: 3, throttle: '50MB/s' }, { broker: 3, drain: false }],
  },
  createPartitions: object(
    {
      cluster,
      topic: topic('The topic.'),
      partitions: integer('How many it has afterwards; more than before.', 2, LIMIT.partitionsPerTopic, 24),
      replicas: assignment(
        "Where the new partitions go: partition to broker ids. Default: placed by Kafka's placer. Every new partition must be there.",
      ),
    },
    {
      required: ['topic', 'partitions'],
      description:
        'kafka-topics --alter --partitions: a topic gets more partitions. What is there stays where it is, and keys go to other partitions from then on.',
      examples: [{ topic: 'orders', partitions: 24 }],
    },
  ),
};
