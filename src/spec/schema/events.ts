import { NOT_AVAILABLE_KEYS } from '../notAvailable.ts';
import {
  configs,
  flag,
  integer,
  LIMIT,
  leaf,
  listOf,
  notAvailable,
  object,
  oneOf,
  ref,
  type Schema,
  text,
} from './build.ts';
import { sizeOperations } from './sizeOperations.ts';

const id = {
  type: ['integer', 'string', 'array'],
  items: { type: 'integer', minimum: 1, maximum: 1_000_000 },
  minimum: 1,
  maximum: 1_000_000,
  maxItems: LIMIT.brokers,
  maxLength: 400,
};

/** Keys of a target; several of them in one map are a mistake, except `cluster`, which narrows the others. */
export const targetProperties: Readonly<Record<string, Schema>> = {
  broker: {
    ...id,
    description: 'A broker by id, several by a list, or one by role.',
    examples: [3, [1, 2], 'leader of orders-0'],
  },
  controller: { ...id, description: 'A controller node by id.', examples: [101] },
  leaderOf: text('The broker that leads the partition at that moment.', 'orders-0'),
  followerOf: text('A broker that follows the partition at that moment.', 'orders-0'),
  coordinatorOf: text('The broker that coordinates the group at that moment.', 'billing'),
  brokersOf: text('All brokers of a cluster.', 'eu'),
  controllersOf: text('All controllers of a cluster.', 'eu'),
  zookeeper: { ...id, description: 'A ZooKeeper server by id (from 1).', examples: [2] },
  zookeepersOf: text('All ZooKeeper servers of a cluster.', 'eu'),
  zone: text('All brokers, controllers and clients of a zone.', 'eu-west/a'),
  region: text('All brokers, controllers and clients of a region.', 'eu-west'),
  client: text('A producer or consumer group, or one of its instances (from 0).', 'checkout', 'checkout/2'),
  group: text('A consumer group, or one of its instances.', 'billing', 'billing/0'),
  anyOf: ref('target', 'One of these, by a choice that depends only on the seed.', 'brokers of eu'),
  cluster: text('Which cluster is meant, where there are several.', 'eu'),
};

const name = text('A name of your own; others refer to it.', 'zone-a-down');
const when = {
  at: leaf('duration', 'When it happens, in simulated time.', '2m'),
  after: {
    type: ['string', 'object'],
    maxLength: 250,
    'x-kind': 'after',
    properties: {
      failure: text('The failure that it waits for.', 'zone-a-down'),
      operation: text('The operation that it waits for.', 'restart'),
      edge: oneOf('Whether it waits for its start (default) or end.', ['start', 'end'], 'end'),
      delay: leaf('delay', 'Time from then on; with ± it is drawn from a normal distribution.', '2m', '2m ± 1m'),
    },
    additionalProperties: false,
    description: 'It happens after another failure or operation.',
    examples: ['zone-a-down', 'zone-a-down.end', { failure: 'zone-a-down', delay: '2m ± 1m' }],
  },
};
const every = object(
  {
    mtbf: leaf('duration', 'Mean time between failures of one target; exponentially distributed.', '30d'),
    mttr: leaf('duration', 'Mean time to repair; exponentially distributed.', '10m'),
  },
  {
    required: ['mtbf', 'mttr'],
    description: 'It happens again and again, by chance that depends only on the seed.',
    examples: [{ mtbf: '30d', mttr: '10m' }],
  },
);

const diskTarget = {
  type: ['string', 'object'],
  maxLength: 300,
  properties: {
    ...targetProperties,
    disk: integer(
      'Which disk of the broker, from 1. Default: one by a choice that depends only on the seed.',
      1,
      64,
      2,
    ),
  },
  additionalProperties: false,
  'x-kind': 'disk',
};
const target = (description: string, ...examples: unknown[]) => ref('target', description, ...examples);
const two = (description: string, items: Schema, ...examples: unknown[]): Schema => ({
  type: 'array',
  items,
  minItems: 2,
  maxItems: 2,
  description,
  examples,
});

export const eventDefinitions: Readonly<Record<string, Schema>> = {
  target: {
    type: ['string', 'object', 'array'],
    maxLength: 300,
    items: { $ref: '#/definitions/target' },
    minItems: 1,
    maxItems: LIMIT.brokers,
    properties: targetProperties,
    additionalProperties: false,
    'x-kind': 'selector',
    description:
      'What is meant: `broker 3`, `leader of orders-0`, `follower of orders-0`, `controller`, `coordinator of group billing`, `brokers of eu`, `controllers of eu`, `zookeeper 2`, `zookeeper leader`, `zookeepers of eu`, `zone eu-west/a`, `region eu-west`, `client checkout/2`, `everything`, the same as a map, or a list of these.',
    examples: ['leader of orders-0', { broker: 3 }, { zone: 'eu-west/a' }, ['broker 1', 'broker 2']],
  },
  failure: object({
    name,
    ...when,
    every,
    for: leaf('duration', 'How long; then it is undone. Without it the failure lasts until the end.', '3m'),
    crash: target('The process dies at once (kill -9); the page cache survives. Undone by a restart.', {
      zone: 'eu-west/a',
    }),
    powerLoss: target(
      'The machine dies: what was not flushed to disk is gone, and peers hear nothing, not even a reset. Undone when the power is back: what ran starts again.',
      { zone: 'eu-west/a' },
    ),
    stop: target('Controlled shutdown. Undone by a start.', { broker: 2 }),
    freeze: target('The process hangs (SIGSTOP, long collection) while its sockets stay open. Undone by resuming.', {
      broker: 2,
    }),
    partition: object(
      {
        between: two('The two sides.', { $ref: '#/definitions/target' }, ['zone eu-west/a', 'zone eu-west/b']),
        oneWay: flag('Only packets from the first to the second side are lost. Default false.', true),
        rejects: flag('Connections are refused with a reset instead of silence. Default false.', true),
      },
      {
        required: ['between'],
        description: 'No packets between two sets of machines. Undone by healing.',
        examples: [{ between: ['broker 1', 'brokers of eu'], oneWay: true }],
      },
    ),
    degrade: object(
      {
        link: two('The way between two regions.', text('A region.', 'eu-west'), ['eu-west', 'us-east']),
        between: two('The way between two sets of machines.', { $ref: '#/definitions/target' }, [
          'broker 1',
          'broker 2',
        ]),
        zone: text('All ways to and from a zone.', 'eu-west/a'),
        region: text('All ways to and from a region.', 'eu-west'),
        broker: { ...id, description: 'All ways to and from a broker.', examples: [2] },
        client: text('All ways to and from a client.', 'checkout'),
        cluster: targetProperties.cluster!,
        latency: leaf('duration', 'Added to the one-way latency.', '+80ms'),
        jitter: leaf('percent', 'Instead of the usual jitter.', '50%'),
        loss: leaf('percent', 'Instead of the usual loss of packets.', '2%'),
        bandwidth: leaf('throughput', 'Instead of the usual bandwidth.', '10Mbps'),
      },
      {
        description: 'A way becomes worse. Undone by restoring.',
        examples: [{ link: ['eu-west', 'us-east'], loss: '2%', latency: '+80ms' }],
      },
    ),
    slow: object(
      {
        ...targetProperties,
        disk: leaf(
          'diskFactor',
          'Disks take this many times as long; `stall`: no write returns until it ends, while the process runs on.',
          '10x',
          'stall',
        ),
        cpu: leaf('factor', 'Request handling takes this many times as long.', '3x'),
        network: leaf('factor', 'The network card carries this many times less.', '10x'),
      },
      {
        'x-kind': 'slow',
        description: 'A machine becomes slower, in one resource. Undone by restoring.',
        examples: [{ broker: 2, disk: '10x' }],
      },
    ),
    failDisk: {
      ...diskTarget,
      description:
        'A disk breaks with all that is on it: its log directory goes offline; a broker without its first or last one halts. Undone by an empty disk and a restart of the broker.',
      examples: [{ broker: 2, disk: 2 }, 'broker 2'],
    },
    fillDisk: {
      ...diskTarget,
      properties: {
        ...diskTarget.properties,
        to: leaf('percent', 'How full the disk becomes. Default 100%: nothing fits any more.', '95%'),
      },
      description:
        'Something else fills a disk. An append that does not fit is an I/O error: the log directory goes offline. Undone by making room, and a restart of a broker that gave the directory up.',
      examples: [{ broker: 2 }, { broker: 2, to: '95%' }],
    },
    loseControllers: {
      type: ['integer', 'object'],
      minimum: 1,
      maximum: 9,
      properties: { count: integer('How many.', 1, 9, 2), cluster: targetProperties.cluster! },
      required: ['count'],
      additionalProperties: false,
      description: 'So many controllers die, the active one first.',
      examples: [2, { count: 2, cluster: 'eu' }],
    },
    loseZooKeeper: {
      type: ['integer', 'object'],
      minimum: 1,
      maximum: 9,
      properties: { count: integer('How many.', 1, 9, 2), cluster: targetProperties.cluster! },
      required: ['count'],
      additionalProperties: false,
      description: 'So many ZooKeeper servers die, the leader of the ensemble first.',
      examples: [2, { count: 2, cluster: 'eu' }],
    },
    crashClient: target('A client process dies at once.', 'billing/1', { client: 'checkout/0' }),
    leaveGroup: target('A group member closes and leaves the group.', 'billing/1'),
    slowConsumer: object(
      {
        client: targetProperties.client!,
        group: targetProperties.group!,
        perRecord: leaf('duration', 'Processing time of one record instead of the usual one.', '5ms'),
      },
      {
        required: ['perRecord'],
        description: 'Processing becomes slow.',
        examples: [{ group: 'billing', perRecord: '5ms' }],
      },
    ),
    ...refused(NOT_AVAILABLE_KEYS.failure, {
      poisonRecord: ['A record that a consumer cannot process.', { topic: 'orders' }],
      schemaRegistryDown: ['Schema Registry does not answer.', true],
      expireCertificate: ['A certificate expires.', { client: 'checkout' }],
      revokeAcl: ['A right is taken away.', { principal: 'User:checkout' }],
    }),
  }),
  operation: object({
    name,
    ...when,
    rollingRestart: object(
      {
        cluster: targetProperties.cluster!,
        pause: leaf('duration', 'Wait between two brokers.', '30s'),
        waitForInSync: flag(
          'Go on only when no partition is under-replicated. Default: true without a pause, else false.',
          true,
        ),
        graceful: flag('Controlled shutdown (default) or kill.', true),
      },
      {
        description: 'One broker after the other is restarted, in order of ids.',
        examples: [{ cluster: 'eu', pause: '30s' }],
      },
    ),
    scale: object(
      {
        client: text('The producer or consumer group.', 'billing'),
        instances: integer('How many processes from then on.', 0, LIMIT.instances, 8),
        graceful: flag('Processes that go close properly (default) or die.', true),
      },
      {
        required: ['client', 'instances'],
        description: 'More or fewer processes of a client.',
        examples: [{ client: 'billing', instances: 8 }],
      },
    ),
    alterConfig: object(
      {
        cluster: targetProperties.cluster!,
        topic: text('Configs of this topic.', 'orders'),
        broker: integer('Configs of this broker only. Without topic and broker: of all brokers.', 1, 1_000_000, 2),
        config: configs('altered', 'What is set; null takes the setting away.', { 'min.insync.replicas': 1 }),
      },
      {
        required: ['config'],
        description: 'Configs are changed while the cluster runs.',
        examples: [{ topic: 'orders', config: { 'min.insync.replicas': 1 } }],
      },
    ),
    upgrade: object(
      {
        cluster: targetProperties.cluster!,
        to: text('The release that every node is restarted with; an older one rolls back.', '4.1'),
        first: oneOf(
          'Which nodes are restarted first. Default: controllers.',
          ['controllers', 'brokers'],
          'controllers',
        ),
        finalize: flag(
          'Raise metadata.version (and features) to that of the release when all nodes run it. Default true.',
          false,
        ),
        pause: leaf('duration', 'Wait between two nodes.', '30s'),
        waitForInSync: flag(
          'Go on only when no partition is under-replicated. Default: true without a pause, else false.',
          true,
        ),
      },
      {
        required: ['to'],
        description: 'A rolling upgrade: node after node is restarted with other binaries.',
        examples: [{ to: '4.1', finalize: false }],
      },
    ),
    createTopic: object(
      {
        cluster: targetProperties.cluster!,
        topic: text("The new topic's name.", 'payments'),
        partitions: integer(
          "How many partitions. Default: the cluster's num.partitions.",
          1,
          LIMIT.partitionsPerTopic,
          6,
        ),
        replicationFactor: integer(
          "Replicas of each partition. Default: the cluster's default.replication.factor.",
          1,
          LIMIT.brokers,
          3,
        ),
        replicas: ref('assignment', 'Manual assignment instead.', { 0: [1, 2, 3] }),
        config: configs('topic', "Topic configs, which override the broker's.", { 'retention.ms': '7d' }),
      },
      {
        required: ['topic'],
        description: 'An administrator creates a topic.',
        examples: [{ topic: 'payments', partitions: 6, replicationFactor: 3 }],
      },
    ),
    deleteTopic: object(
      { cluster: targetProperties.cluster!, topic: text('The topic.', 'payments') },
      { required: ['topic'], description: 'An administrator deletes a topic.', examples: [{ topic: 'payments' }] },
    ),
    electLeaders: object(
      {
        cluster: targetProperties.cluster!,
        type: oneOf(
          'preferred (default): the first replica; unclean: any live replica where there is no leader.',
          ['preferred', 'unclean'],
          'preferred',
        ),
        topic: text('Only partitions of this topic.', 'orders'),
        partition: text('Only this partition.', 'orders-0'),
      },
      { description: 'kafka-leader-election: elects leaders.', examples: [{ type: 'preferred' }] },
    ),
    ...sizeOperations,
    ...refused(NOT_AVAILABLE_KEYS.operation, {
      deploy: ['A rolling deployment of clients.', { client: 'billing' }],
      failover: ['Clients move to another cluster.', { clients: ['checkout'], to: 'us' }],
      failback: ['Clients move back.', { clients: ['checkout'], to: 'eu' }],
      resetOffsets: ['A group reads from elsewhere.', { group: 'billing', to: 'earliest' }],
      promote: ['A mirror or observer becomes the original.', { topic: 'orders' }],
      upgradeSchema: ['A schema gets a new version.', { subject: 'orders-value' }],
      alterAcls: ['Access rights change.', { principal: 'User:checkout' }],
    }),
  }),
};

function refused<K extends string>(
  whats: Readonly<Record<K, string>>,
  words: Readonly<Record<K, readonly [description: string, example: unknown]>>,
): Record<string, Schema> {
  return Object.fromEntries(
    (Object.keys(whats) as K[]).map((key) => [
      key,
      notAvailable(whats[key], `${words[key][0]} Not available yet.`, words[key][1]),
    ]),
  );
}

export const eventProperties: Readonly<Record<string, Schema>> = {
  failures: listOf(
    ref('failure', 'One failure.', { name: 'broker-down', at: '30s', for: '60s', crash: { broker: 1 } }),
    'What goes wrong.',
    [{ name: 'zone-a-down', at: '2m', for: '3m', crash: { zone: 'eu-west/a' } }],
  ),
  operations: listOf(
    ref('operation', 'One operation.', { at: '7m', rollingRestart: { pause: '30s' } }),
    'What people and automation do.',
    [{ at: '7m', rollingRestart: { cluster: 'eu', pause: '30s' } }],
  ),
};
