import { NOT_AVAILABLE_KEYS } from '../notAvailable.ts';
import {
  configs,
  flag,
  integer,
  LIMIT,
  leaf,
  mapOf,
  notAvailable,
  object,
  oneOf,
  ref,
  type Schema,
  text,
} from './build.ts';

const place = {
  cluster: text('The cluster. May be left out when there is one cluster.', 'eu'),
  region: text("Where the clients run. Default: the cluster's region.", 'eu-west'),
  zones: ref('zones', "Zones over which the instances are striped. Default: those of the cluster's brokers.", [
    'a',
    'b',
  ]),
  instances: integer('How many processes, numbered from 0. Default 1.', 1, LIMIT.instances, 4),
  principal: notAvailable(
    NOT_AVAILABLE_KEYS.client.principal,
    'Who the client is to access control. Not available yet.',
    'User:checkout',
  ),
};

const ratePoint = object(
  {
    at: leaf('duration', 'From when on.', '0s', '2m'),
    rate: leaf('rate', 'Records per second of all instances together.', '5k/s'),
    shape: oneOf(
      "step (default): the rate holds until the next point; ramp: it goes straight to the next point's rate.",
      ['step', 'ramp'],
      'ramp',
    ),
  },
  {
    required: ['at', 'rate'],
    description: 'One point of the curve.',
    examples: [{ at: '2m', rate: '50k/s', shape: 'ramp' }],
  },
);

export const clientDefinitions: Readonly<Record<string, Schema>> = {
  rate: {
    type: ['string', 'number', 'array', 'object'],
    maxLength: 100,
    'x-kind': 'rateCurve',
    items: ratePoint,
    minItems: 1,
    maxItems: 1000,
    properties: {
      base: leaf('rate', 'The lowest rate.', '2k/s'),
      peak: leaf('rate', 'The highest rate.', '20k/s'),
      shape: oneOf(
        'daily: a smooth wave, lowest at the start; bursty: peak for a tenth of each period.',
        ['daily', 'bursty'],
        'daily',
      ),
      period: leaf('duration', 'Length of one wave. Default 24h for daily, 1m for bursty.', '24h'),
    },
    required: ['base', 'peak', 'shape'],
    additionalProperties: false,
  },
  keys: object(
    {
      count: leaf('count', 'How many different keys.', '100k'),
      distribution: oneOf(
        'How often each key occurs: all alike, by rank (zipf), or one hot key.',
        ['uniform', 'zipf', 'hot'],
        'zipf',
      ),
      exponent: {
        type: 'number',
        minimum: 0,
        maximum: 10,
        description: 'Of zipf: the larger, the steeper. Default 1.',
        examples: [1.1],
      },
      hotShare: leaf('percent', 'Of hot: share of all records that carry the hot key. Default 50%.', '50%'),
    },
    { required: ['count'] },
  ),
  producer: object(
    {
      ...place,
      to: text('The topic.', 'orders'),
      rate: ref(
        'rate',
        'Records per second of all instances: one rate, a curve of points, or a daily or bursty wave.',
        '20k/s',
        [
          { at: '0s', rate: '5k/s' },
          { at: '2m', rate: '50k/s', shape: 'ramp' },
        ],
        { base: '2k/s', peak: '20k/s', shape: 'daily' },
      ),
      from: leaf('duration', 'When sending starts. Default 0s.', '10s'),
      until: leaf('duration', 'When sending ends. Default: the end of the scenario.', '5m'),
      record: object(
        {
          size: leaf('size', 'Bytes of the value before compression. Default 1KiB.', '1KiB'),
          keySize: leaf('size', 'Bytes of the key. Default 16B when there are keys, else 0B.', '16B'),
          compressesTo: leaf(
            'percent',
            'Compressed size as a share of the original; without effect while compression.type is none. Default 50%.',
            '40%',
          ),
          keys: ref('keys', 'The keys of the records. Default: none.', {
            count: '100k',
            distribution: 'zipf',
            exponent: 1.1,
          }),
        },
        { description: 'What one record looks like.', examples: [{ size: '1KiB', compressesTo: '40%' }] },
      ),
      partitioner: {
        type: ['string', 'object'],
        'x-kind': 'partitioner',
        properties: {
          weights: {
            type: 'array',
            items: {
              type: 'number',
              minimum: 0,
              maximum: 1_000_000,
              description: 'Weight of one partition.',
              examples: [3],
            },
            minItems: 1,
            maxItems: LIMIT.partitionsPerTopic,
            description: 'A partitioner of your own: partition i is chosen in proportion to weight i.',
            examples: [[3, 1, 1]],
          },
        },
        required: ['weights'],
        additionalProperties: false,
        description:
          'keys (murmur2 of the key), sticky, round-robin, or weights. Default: keys when records have keys, else sticky.',
        examples: ['keys', 'round-robin', { weights: [3, 1, 1] }],
      },
      transaction: object(
        {
          every: leaf(
            'duration',
            'From beginTransaction() to commitTransaction(). Default 100ms. A transaction in which nothing was sent goes on.',
            '100ms',
          ),
          abortShare: leaf(
            'percent',
            'Share of the transactions that the application itself aborts. Default 0%.',
            '5%',
          ),
        },
        {
          description:
            'How the application uses transactions; needs transactional.id. Of several instances each has <transactional.id>-<i>.',
          examples: [{ every: '100ms', abortShare: '5%' }],
        },
      ),
      config: configs('producer', 'Producer configs.', { acks: 'all', 'linger.ms': 5 }),
    },
    { required: ['to', 'rate'] },
  ),
  consumer: object(
    {
      ...place,
      from: {
        type: ['array', 'string'],
        items: text('A topic.', 'orders'),
        minItems: 1,
        maxItems: LIMIT.entries,
        maxLength: 250,
        description: 'The topics that the group subscribes to.',
        examples: [['orders'], 'orders'],
      },
      startsAt: {
        type: ['string', 'number', 'array'],
        items: leaf('duration', 'Start of one instance.', '10s'),
        maxItems: LIMIT.instances,
        maxLength: 100,
        'x-kind': 'durations',
        description: 'When the instances start: one time for all, or one per instance. Default 0s.',
        examples: ['10s', ['0s', '0s', '30s']],
      },
      work: object(
        {
          perRecord: leaf('duration', 'Processing time of one record. Default 0us.', '80us'),
          jitter: leaf('percent', 'Share of the processing time that varies. Default 0%.', '20%'),
        },
        { description: 'What an instance does with its records.', examples: [{ perRecord: '80us', jitter: '20%' }] },
      ),
      commit: oneOf(
        "When offsets are committed. Default: auto when enable.auto.commit is true (Kafka's default), else after-processing.",
        ['auto', 'before-processing', 'after-processing'],
        'after-processing',
      ),
      transform: object(
        {
          to: text('The topic that the application writes to: one record for each that it reads.', 'enriched'),
          exactlyOnce: flag(
            'One transaction commits the records and the offsets that they were made from. Default false: offsets are committed as `commit` says.',
            true,
          ),
          every: leaf('duration', 'With exactlyOnce: how often the application commits. Default 100ms.', '100ms'),
          record: object(
            {
              size: leaf('size', 'Bytes of the value before compression. Default 1KiB.', '1KiB'),
              compressesTo: leaf('percent', 'Compressed size as a share of the original. Default 50%.', '40%'),
            },
            { description: 'What one record looks like; it has no key.', examples: [{ size: '1KiB' }] },
          ),
          config: configs('producer', "Configs of the application's producer, <group>-producer.", { 'linger.ms': 5 }),
        },
        {
          required: ['to'],
          description:
            'The application writes what it makes of its records to another topic, from the same process (consume-transform-produce).',
          examples: [{ to: 'enriched', exactlyOnce: true, every: '100ms' }],
        },
      ),
      static: flag('Static membership: instance i has group.instance.id <group>-<i>. Default false.', true),
      config: configs('consumer', 'Consumer configs.', { 'session.timeout.ms': '45s' }),
    },
    { required: ['from'] },
  ),
};

export const clientProperties: Readonly<Record<string, Schema>> = {
  producers: mapOf(
    ref('producer', 'A producing application.', { to: 'orders', rate: '2k/s' }),
    'Producing applications by name.',
    [{ checkout: { to: 'orders', rate: '20k/s' } }],
  ),
  consumers: mapOf(
    ref('consumer', 'A consumer group.', { from: ['orders'], instances: 3 }),
    'Consumer groups by group.id.',
    [{ billing: { from: ['orders'], instances: 6 } }],
  ),
};
