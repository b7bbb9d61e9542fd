import { integer, leaf, listOf, mapOf, object, ref, type Schema, text } from './build.ts';

const quality = {
  jitter: leaf('percent', 'Share of the latency that varies: a packet takes latency × (1 ± jitter).', '10%'),
  bandwidth: leaf('throughput', 'What the way carries, in bits or bytes per second.', '10Gbps', '1GB/s'),
  loss: leaf('percent', 'Share of packets that are lost.', '0%', '2%'),
};

export const placeDefinitions: Readonly<Record<string, Schema>> = {
  region: object({
    zones: listOf(text("A zone's name.", 'a'), 'Availability zones; one zone `a` when nothing is written.', [
      'a',
      'b',
      'c',
    ]),
    network: object(
      {
        withinZone: leaf('duration', 'One-way latency between two machines of one zone. Default 150us.', '150us'),
        betweenZones: leaf('duration', 'One-way latency between two zones of the region. Default 700us.', '700us'),
        ...quality,
      },
      {
        description: 'What the network inside the region is like. Defaults: jitter 10%, bandwidth 10Gbps, loss 0%.',
        examples: [{ withinZone: '150us', betweenZones: '700us', jitter: '10%', bandwidth: '10Gbps' }],
      },
    ),
  }),
  link: object(
    {
      between: listOf(text('A region.', 'eu-west'), 'The two regions.', ['eu-west', 'us-east']),
      latency: leaf('duration', 'One-way latency.', '38ms', '38ms'),
      ...quality,
    },
    { required: ['between', 'latency'] },
  ),
  hardware: object({
    cores: integer('CPU cores of each broker. Default 8.', 1, 1024, 8),
    memory: leaf('size', 'Memory of each broker; what the JVM does not take is page cache. Default 32GiB.', '32GiB'),
    disks: {
      ...listOf(
        object(
          {
            size: leaf('size', 'Capacity. Default 1TB.', '1TB'),
            throughput: leaf('throughput', 'Sequential throughput. Default 250MB/s.', '250MB/s'),
            latency: leaf('duration', 'Time of one access. Default 1ms.', '1ms'),
          },
          { description: 'One disk.', examples: [{ size: '1TB', throughput: '250MB/s', latency: '1ms' }] },
        ),
        'Disks of each broker. Default: one of 1TB, 250MB/s, 1ms.',
        [{ size: '1TB', throughput: '250MB/s', latency: '1ms' }],
      ),
      minItems: 1,
      maxItems: 64,
    },
    network: leaf('throughput', 'Network card of each broker. Default 10Gbps.', '10Gbps'),
  }),
  zones: {
    type: ['array', 'string'],
    items: text('A zone of the region, or region/zone.', 'a', 'eu-west/a'),
    minItems: 1,
    maxItems: 100,
    maxLength: 250,
  },
};

export const placeProperties: Readonly<Record<string, Schema>> = {
  regions: mapOf(
    ref('region', 'A region with its zones and network.', { zones: ['a', 'b', 'c'] }),
    'Regions by name. Without it there is one region `local` with one zone `a`.',
    [{ 'eu-west': { zones: ['a', 'b', 'c'] } }],
  ),
  links: listOf(
    ref('link', 'The way between two regions.', { between: ['eu-west', 'us-east'], latency: '38ms' }),
    'Ways between regions. Two regions that talk to each other need one. Defaults: jitter 10%, bandwidth 10Gbps, loss 0%.',
    [{ between: ['eu-west', 'us-east'], latency: '38ms', bandwidth: '2Gbps' }],
  ),
};
